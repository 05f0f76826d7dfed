#include "ui/state/watch_dialog.h"

#include "core/replay/watch.h"
#include "ui/look/json_text.h"
#include "ui/look/say.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStringListModel>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kMostOffered = 2000;

void collect(const Json& value, std::string& pointer, QStringList& out, int limit)
{
    const std::size_t length = pointer.size();
    const auto into = [&](const std::string& token, const Json& inner) {
        appendToken(pointer, token);
        if (out.size() < limit) out << QString::fromStdString(pointer);
        if (inner.is_structured() && out.size() < limit) collect(inner, pointer, out, limit);
        pointer.resize(length);
    };
    if (value.is_object()) {
        for (const auto& [name, inner] : value.get_ref<const Json::object_t&>()) {
            if (out.size() >= limit) return;
            into(name, inner);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size() && out.size() < limit; ++i) into(std::to_string(i), value[i]);
    }
}

}  // namespace

QStringList pointersIn(const Json& document, int limit)
{
    QStringList out;
    std::string pointer;
    collect(document, pointer, out, limit);
    return out;
}

WatchDialog::WatchDialog(const QString& category, QStringList watched, std::shared_ptr<const StateView> state, QWidget* parent)
    : QDialog(parent),
      watched_(std::move(watched)),
      state_(std::move(state)),
      field_(new QLineEdit(this)),
      words_(new QLabel(this))
{
    setWindowTitle(tr("Watch a field"));
    field_->setAccessibleName(tr("JSON pointer of the field"));
    field_->setPlaceholderText(tr("/balance, /items/-1/price, /items/[sku=A]/qty"));
    field_->setMinimumWidth(fontMetrics().averageCharWidth() * 48);
    if (state_ && state_->state.alive) {
        auto* completer = new QCompleter(pointersIn(state_->state.document, kMostOffered), this);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        field_->setCompleter(completer);
    }
    words_->setTextFormat(Qt::PlainText);
    words_->setWordWrap(true);
    words_->setMinimumHeight(2 * fontMetrics().lineSpacing());
    words_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    watch_ = buttons->button(QDialogButtonBox::Ok);
    watch_->setText(tr("Watch it"));
    watch_->setProperty("primary", true);
    for (QAbstractButton* one : buttons->buttons()) one->setIcon({});
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (!watch_->isEnabled()) return;
        emit chosen(field_->text().trimmed());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(8);
    auto* label = new QLabel(tr("The field of every %1, by its JSON pointer:").arg(category.left(60)), this);
    label->setTextFormat(Qt::PlainText);
    label->setBuddy(field_);
    column->addWidget(label);
    column->addWidget(field_);
    column->addWidget(words_);
    column->addStretch(1);
    column->addWidget(buttons);
    connect(field_, &QLineEdit::textChanged, this, &WatchDialog::look);
    look();
    field_->setFocus();
}

QString WatchDialog::words() const { return words_->text(); }

void WatchDialog::look()
{
    const QString text = field_->text().trimmed();
    QString said;
    bool good = false;
    if (const auto pointer = replay::WatchPointer::parse(text.toStdString()); text.isEmpty()) {
        said = tr("A slash before each name: /address/city");
    } else if (!pointer) {
        said = tr("%1: %2").arg(QString::fromStdString(pointer.error().why), QString::fromStdString(pointer.error().hint));
    } else if (watched_.contains(text)) {
        said = tr("%1 is watched already").arg(text.left(80));
    } else {
        good = true;
        const Json* value = state_ && state_->state.alive ? pointer->find(state_->state.document) : nullptr;
        said = value != nullptr ? tr("Now: %1").arg(valueText(*value, 120))
                                : tr("Nothing stands there at the playhead; it is watched all the same");
    }
    say(*words_, tr("What stands there"), said);
    watch_->setEnabled(good);
    const QString role = good || text.isEmpty() ? QStringLiteral("secondary") : QStringLiteral("warning");
    if (words_->property("role").toString() == role) return;
    words_->setProperty("role", role);
    words_->style()->unpolish(words_);
    words_->style()->polish(words_);
}

}  // namespace hindcast::ui
