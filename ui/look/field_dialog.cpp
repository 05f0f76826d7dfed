#include "ui/look/field_dialog.h"

#include "ui/look/dialog_buttons.h"
#include "ui/look/say.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace hindcast::ui {

FieldDialog::FieldDialog(const Texts& texts, int characters, QWidget* parent)
    : QDialog(parent), wordsName_(texts.wordsName), field_(new QLineEdit(this)), words_(new QLabel(this))
{
    setWindowTitle(texts.title);
    field_->setAccessibleName(texts.name);
    field_->setPlaceholderText(texts.placeholder);
    field_->setMinimumWidth(fontMetrics().averageCharWidth() * characters);
    words_->setTextFormat(Qt::PlainText);
    words_->setWordWrap(true);
    words_->setMinimumHeight(2 * fontMetrics().lineSpacing());
    words_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* label = new QLabel(texts.label, this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field_);
    const DialogButtons buttons = dialogButtons(*this, texts.accept);
    accept_ = buttons.accept;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(8);
    column->addWidget(label);
    column->addWidget(field_);
    column->addWidget(words_);
    column->addStretch(1);
    column->addWidget(buttons.box);
    connect(field_, &QLineEdit::textChanged, this, [this] { look(); });
    field_->setFocus();
}

QString FieldDialog::words() const { return words_->text(); }

void FieldDialog::say(const QString& text, bool usable)
{
    ui::say(*words_, wordsName_, text);
    accept_->setEnabled(usable);
    const bool wrong = !usable && !field_->text().trimmed().isEmpty();
    const QString role = wrong ? QStringLiteral("warning") : QStringLiteral("secondary");
    if (words_->property("role").toString() == role) return;
    words_->setProperty("role", role);
    words_->style()->unpolish(words_);
    words_->style()->polish(words_);
}

void FieldDialog::accept()
{
    if (!accept_->isEnabled()) return;
    choose();
    QDialog::accept();
}

}  // namespace hindcast::ui
