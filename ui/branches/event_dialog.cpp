#include "ui/branches/event_dialog.h"

#include "core/event/json.h"
#include "ui/branches/typed_time.h"
#include "ui/look/dialog_buttons.h"
#include "ui/look/say.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

QLabel* troubleLabel()
{
    auto* label = new QLabel;
    label->setProperty("role", QStringLiteral("warning"));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

void tell(QLabel& label, const QString& text)
{
    say(label, {}, text);
    label.setVisible(!text.isEmpty());
}

/// The number of the line that a byte of the text lies in, from 0.
int lineOf(const std::string& text, std::size_t offset)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace

EventDialog::EventDialog(const Theme& theme, Start start, QWidget* parent)
    : QDialog(parent),
      theme_(theme),
      start_(std::move(start)),
      type_(new QComboBox),
      time_(new QLineEdit),
      timeTrouble_(troubleLabel()),
      payload_(new QPlainTextEdit),
      payloadTrouble_(troubleLabel())
{
    build();
    if (start_.time) time_->setText(QString::fromStdString(toIso(*start_.time)));
    setPayload(start_.payload);
    connect(type_, &QComboBox::currentTextChanged, this, &EventDialog::check);
    connect(time_, &QLineEdit::textChanged, this, &EventDialog::check);
    connect(payload_, &QPlainTextEdit::textChanged, this, &EventDialog::check);
    const auto wantPayload = [this] {
        const QString type = type_->currentText().trimmed();
        if (start_.isNew && !type.isEmpty() && payload_->toPlainText() == offered_) emit payloadWanted(type);
    };
    connect(type_, &QComboBox::textActivated, this, wantPayload);
    connect(type_->lineEdit(), &QLineEdit::editingFinished, this, wantPayload);
    check();
    if (start_.isNew)
        type_->setFocus();
    else
        payload_->setFocus();
}

void EventDialog::build()
{
    setWindowTitle(start_.title);
    setAttribute(Qt::WA_DeleteOnClose);
    type_->setEditable(true);
    type_->setInsertPolicy(QComboBox::NoInsert);
    type_->addItems(start_.types);
    type_->setCurrentText(start_.type);
    type_->setAccessibleName(tr("Type"));
    if (QCompleter* completer = type_->completer()) {
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setCompletionMode(QCompleter::PopupCompletion);
    }
    time_->setAccessibleName(tr("Time"));
    time_->setFont(theme_.mono());
    time_->setPlaceholderText(tr("as the event before"));
    payload_->setAccessibleName(tr("Payload, as JSON"));
    payload_->setFont(theme_.mono());
    payload_->setTabChangesFocus(true);
    payload_->setLineWrapMode(QPlainTextEdit::NoWrap);

    auto* about = new QLabel(start_.about);
    about->setProperty("role", QStringLiteral("secondary"));
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    auto* form = new QFormLayout;
    form->addRow(tr("T&ype"), type_);
    form->addRow(tr("T&ime"), time_);
    form->addRow(QString(), timeTrouble_);
    auto* payload = new QLabel(tr("&Payload"));
    payload->setBuddy(payload_);
    const DialogButtons buttons = dialogButtons(*this, start_.isNew ? tr("&Add the event") : tr("&Edit the event"));
    accept_ = buttons.accept;
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addWidget(payload);
    layout->addWidget(payload_, 1);
    layout->addWidget(payloadTrouble_);
    layout->addWidget(buttons.box);
    resize(theme_.px(560), theme_.px(460));
}

void EventDialog::setPayload(const QString& text)
{
    offered_ = text;
    payload_->setPlainText(text);
}

void EventDialog::offerPayload(const QString& payload)
{
    if (payload_->toPlainText() == offered_) setPayload(payload.isEmpty() ? QStringLiteral("{\n  \n}") : payload);
}

void EventDialog::check()
{
    typeTrouble_ = type_->currentText().trimmed().isEmpty() ? tr("an event needs a type") : QString();
    TypedTime typed = typedTime(time_->text(), start_.reader, start_.time);
    chosenTime_ = typed.time;
    if (!typed.time && typed.wrong.isEmpty() && !start_.isNew && start_.time)
        typed.wrong =
            tr("an event that is edited keeps a time: write one like %1").arg(QString::fromStdString(toIso(*start_.time)));
    tell(*timeTrouble_, typed.wrong);
    checkPayload();
    accept_->setEnabled(trouble().isEmpty());
    accept_->setToolTip(trouble());
}

void EventDialog::checkPayload()
{
    const std::string text = payload_->toPlainText().toStdString();
    const auto json = parseJson(text);
    QList<QTextEdit::ExtraSelection> marks;
    if (json) {
        tell(*payloadTrouble_, {});
    } else {
        const int line = lineOf(text, json.error().offset);
        tell(*payloadTrouble_, tr("line %1: %2").arg(line + 1).arg(QString::fromStdString(json.error().message)));
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(payload_->document()->findBlockByNumber(line));
        mark.format.setBackground(theme_.color(Theme::Role::RemovedSoft));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << mark;
    }
    payload_->setExtraSelections(marks);
}

QString EventDialog::trouble() const
{
    for (const QString& one : {typeTrouble_, timeTrouble_->text(), payloadTrouble_->text()})
        if (!one.isEmpty()) return one;
    return {};
}

EventDialog::Result EventDialog::result() const
{
    Result out;
    const QString type = type_->currentText().trimmed();
    if (start_.isNew || type != start_.type) out.type = type.toStdString();
    if (chosenTime_ && (start_.isNew || chosenTime_ != start_.time)) out.time = chosenTime_;
    const std::string text = payload_->toPlainText().toStdString();
    const auto now = parseJson(text);
    const auto was = parseJson(start_.payload.toStdString());
    if (start_.isNew || !was || !now || !sameText(*was, *now)) out.payload = text;
    return out;
}

}  // namespace hindcast::ui
