#include "ui/state/watch_dialog.h"

#include "core/replay/watch.h"
#include "ui/look/json_text.h"

#include <QCompleter>
#include <QLineEdit>

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
    : FieldDialog({tr("Watch a field"), tr("The field of every %1, by its JSON pointer:").arg(category.left(60)),
                   tr("JSON pointer of the field"), tr("/balance, /items/-1/price, /items/[sku=A]/qty"), tr("What stands there"),
                   tr("Watch it")},
                  48, parent),
      watched_(std::move(watched)),
      state_(std::move(state))
{
    if (state_ && state_->state.alive) {
        auto* completer = new QCompleter(pointersIn(state_->state.document, kMostOffered), this);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        field().setCompleter(completer);
    }
    look();
}

void WatchDialog::choose() { emit chosen(field().text().trimmed()); }

void WatchDialog::look()
{
    const QString text = field().text().trimmed();
    if (text.isEmpty()) return say(tr("A slash before each name: /address/city"), false);
    const auto pointer = replay::WatchPointer::parse(text.toStdString());
    if (!pointer)
        return say(tr("%1: %2").arg(QString::fromStdString(pointer.error().why), QString::fromStdString(pointer.error().hint)),
                   false);
    if (watched_.contains(text)) return say(tr("%1 is watched already").arg(text.left(80)), false);
    const Json* value = state_ && state_->state.alive ? pointer->find(state_->state.document) : nullptr;
    say(value != nullptr ? tr("Now: %1").arg(valueText(*value, 120))
                         : tr("Nothing stands there at the playhead; it is watched all the same"),
        true);
}

}  // namespace hindcast::ui
