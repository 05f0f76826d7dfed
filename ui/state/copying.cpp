#include "ui/state/copying.h"

#include "ui/look/background.h"
#include "ui/session/event_json.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>

#include <algorithm>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::Copying)
};

constexpr std::size_t kSmall = 20'000;          // values, each ten bytes of text counted as one more
constexpr std::size_t kShort = 200'000;         // bytes that are written within a frame
constexpr std::size_t kMarkdownValue = 10'000;  // characters of one cell

bool take(std::size_t cost, std::size_t& left)
{
    const bool enough = cost <= left;
    left = enough ? left - cost : 0;
    return enough;
}

std::size_t costOf(const std::string& text) { return text.size() / (kShort / kSmall); }

bool within(const Json& value, std::size_t& left)
{
    if (!take(1, left)) return false;
    if (value.is_string()) return take(costOf(value.get_ref<const std::string&>()), left);
    if (value.is_object()) {
        const auto& members = value.get_ref<const Json::object_t&>();
        return std::all_of(members.begin(), members.end(),
                           [&](const auto& one) { return take(costOf(one.first), left) && within(one.second, left); });
    }
    if (value.is_array()) return std::all_of(value.begin(), value.end(), [&](const Json& one) { return within(one, left); });
    return true;
}

QString cell(const Json& value)
{
    if (value.is_discarded()) return QStringLiteral("—");
    QString text = QString::fromStdString(toText(value)).left(kMarkdownValue);
    // A cell ends at a bar even within code; back ticks would end the code.
    text.replace(QLatin1Char('|'), QStringLiteral("\\|"));
    const QString fence = text.contains(QLatin1Char('`')) ? QStringLiteral("``") : QStringLiteral("`");
    const QString blank = fence.size() > 1 ? QStringLiteral(" ") : QString();
    return fence + blank + text + blank + fence;
}

}  // namespace

void copyText(const QString& text) { QApplication::clipboard()->setText(text); }

void copyLater(QObject* context, std::function<QString()> make)
{
    inBackground(context, std::move(make), [](const QString& text) { copyText(text); });
}

void copyBytes(QObject* context, std::shared_ptr<const std::string> text)
{
    if (text->size() < kShort) return copyText(QString::fromStdString(*text));
    copyLater(context, [text = std::move(text)] { return QString::fromStdString(*text); });
}

void copyEvent(QObject* context, std::shared_ptr<const EventView> event)
{
    const Event& one = event->event;
    if (one.payload.size() + (one.value ? one.value->size() : 0) < kShort) return copyText(eventJson(*event));
    copyLater(context, [event = std::move(event)] { return eventJson(*event); });
}

bool isSmall(const Json& value)
{
    std::size_t left = kSmall;
    return within(value, left);
}

bool areSmall(const Changes& changes)
{
    std::size_t left = kSmall;
    return std::all_of(changes.begin(), changes.end(), [&](const Change& one) {
        return take(costOf(one.pointer), left) && within(one.before, left) && within(one.after, left);
    });
}

void copyJson(QObject* context, std::shared_ptr<const void> owner, const Json& value, int indent)
{
    const auto make = [owner = std::move(owner), value = &value, indent] {
        return QString::fromStdString(toText(*value, indent));
    };
    if (isSmall(value)) return copyText(make());
    copyLater(context, make);
}

QString patchText(const Changes& changes)
{
    Changes changed;
    for (const Change& change : changes)
        if (change.op != Change::Op::Same) changed.push_back(change);
    return QString::fromStdString(toText(toPatch(changed), 2));
}

QString markdownText(const Changes& changes, const QString& before, const QString& after)
{
    QString text = QStringLiteral("| %1 | %2 | %3 |\n| --- | --- | --- |\n").arg(Words::tr("field"), before, after);
    for (const Change& change : changes) {
        if (change.op == Change::Op::Same) continue;
        const QString pointer =
            change.pointer.empty() ? Words::tr("(the whole state)") : cell(Json(change.pointer)).remove(QLatin1Char('"'));
        text += QStringLiteral("| %1 | %2 | %3 |\n").arg(pointer, cell(change.before), cell(change.after));
    }
    return text;
}

}  // namespace hindcast::ui
