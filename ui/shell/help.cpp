#include "ui/look/fitting.h"
#include "ui/shell/keyboard_sheet.h"
#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QMenuBar>
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
    auto* sheet = new KeyboardSheet(theme_, keyGroups(*menuBar(), *this), this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->show();
}

void MainWindow::showAbout()
{
    showText(this, tr("About Hindcast"),
             tr("<p><b>Hindcast %1</b></p><p>What did this entity look like at that moment,<br>and which event made it so?</p>"
                "<p>Built with Qt %2. Apache License 2.0.</p>")
                 .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

}  // namespace hindcast::ui
