#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
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
    column->addWidget(text);
    column->addWidget(buttons);
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
          &actions_.importFile, &actions_.connectKafka, &actions_.mapRecords})
        row(keysOf(*action), action->text().remove(QLatin1Char('&')));
    title(tr("In the timeline"));
    row(tr("← →"), tr("previous and next event"));
    row(tr("Page Up, Page Down"), tr("ten events"));
    row(tr("Home, End"), tr("first and last event"));
    row(tr("+ −"), tr("zoom about the playhead"));
    row(tr("Ctrl+← Ctrl+→"), tr("pan"));
    row(tr("F"), tr("the whole life"));
    title(tr("In the event types"));
    row(tr("Space, Enter"), tr("show or hide a type, show only this type"));
    row(tr("Ctrl+A"), tr("show all types"));
    row(tr("← →"), tr("previous and next event of the type"));
    row(tr("letters"), tr("search"));
    title(tr("In the event table"));
    row(tr("↑ ↓"), tr("previous and next event that is shown"));
    row(tr("Ctrl+C"), tr("copy the event as JSON"));
    title(tr("In the state"));
    row(tr("← → Space"), tr("close and open a field"));
    row(tr("Return, Ctrl+Return"), tr("the whole of a value"));
    row(tr("F3, Shift+F3"), tr("next and previous hit of what is looked for"));
    row(tr("Ctrl+C, Ctrl+Shift+C"), tr("copy the value; its pointer"));
    row(tr("Menu"), tr("copy as JSON, compare versions, make a rule"));
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
