#include "ui/look/fitting.h"
#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace hindcast::ui {

namespace {

void showText(QWidget* parent, const QString& title, const QString& html)
{
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* text = new QLabel(html, dialog);
    text->setTextFormat(Qt::RichText);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->setAccessibleName(title);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* column = new QVBoxLayout(dialog);
    column->setContentsMargins(20, 18, 20, 14);
    column->setSpacing(14);
    // As high as it needs, or as the screen has room for.
    auto* scroll = new QScrollArea(dialog);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(text);
    scroll->setAccessibleName(title);
    text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    const QSize rest = dialog->sizeHint() - scroll->sizeHint();
    const int bar = scroll->verticalScrollBar()->sizeHint().width();
    dialog->resize(fitting(text->sizeHint() + rest + QSize(bar + 4, 4), *parent->screen()));
    dialog->show();
}

}  // namespace

void MainWindow::showKeyboard()
{
    const auto keysOf = [](const QAction& action) { return action.shortcut().toString(QKeySequence::NativeText); };
    QString html = QStringLiteral("<table cellspacing=\"0\" cellpadding=\"3\">");
    const auto title = [&](const QString& text) {
        html += QStringLiteral("<tr><td colspan=\"2\"><b>%1</b></td></tr>").arg(text);
    };
    const auto row = [&](const QString& keys, const QString& text) {
        html += QStringLiteral("<tr><td><span style=\"font-family:'%1'\">%2</span>&nbsp;&nbsp;&nbsp;</td><td>%3</td></tr>")
                    .arg(theme_.mono().family(), keys.toHtmlEscaped(), text.toHtmlEscaped());
    };
    title(tr("Anywhere"));
    for (const QAction* action :
         {&actions_.previous, &actions_.next, &actions_.first, &actions_.last, &actions_.previousChange, &actions_.nextChange,
          &actions_.goToTime, &actions_.findEntity, &actions_.fit, &actions_.zoomIn, &actions_.zoomOut, &actions_.openWorkspace,
          &actions_.presentation, &actions_.importFile, &actions_.connectKafka, &actions_.mapRecords})
        row(keysOf(*action), action->text().remove(QLatin1Char('&')));
    title(tr("In the timeline"));
    row(tr("← →"), tr("previous and next event"));
    row(tr("Page Up, Page Down"), tr("ten events"));
    row(tr("Home, End"), tr("first and last event"));
    row(tr("+ −"), tr("zoom about the playhead"));
    row(tr("Ctrl+← Ctrl+→"), tr("pan"));
    row(tr("F"), tr("the whole life"));
    title(tr("With the mouse in the timeline"));
    row(tr("click, drag"), tr("move the playhead; events near the pointer attract it"));
    row(tr("wheel"), tr("zoom about the pointer"));
    row(tr("Shift+wheel, middle button"), tr("pan"));
    row(tr("double click"), tr("the whole life"));
    html += QStringLiteral("</table>");
    showText(this, tr("Keyboard"), html);
}

void MainWindow::showAbout()
{
    showText(this, tr("About Hindcast"),
             tr("<p><b>Hindcast %1</b></p><p>What did this entity look like at that moment,<br>and which event made it so?</p>"
                "<p>Built with Qt %2. Apache License 2.0.</p>")
                 .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

}  // namespace hindcast::ui
