#include "ui/state/json_place.h"

#include "core/event/pointer.h"

namespace hindcast::ui {

namespace {

constexpr int kLeafShown = 60;

struct Level {
    bool array = false;
    std::size_t index = 0;
    std::string name;
};

void collect(const Json& value, std::string& pointer, std::size_t limit, std::vector<std::pair<std::string, QString>>& out)
{
    if (out.size() >= limit) return;
    const std::size_t length = pointer.size();
    if (!pointer.empty()) out.emplace_back(pointer, value.is_structured() ? containerText(value) : valueText(value, kLeafShown));
    if (value.is_object()) {
        for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
            appendToken(pointer, key);
            collect(member, pointer, limit, out);
            pointer.resize(length);
        }
    } else if (value.is_array()) {
        for (std::size_t i = 0; i < value.size() && out.size() < limit; ++i) {
            appendToken(pointer, std::to_string(i));
            collect(value[i], pointer, limit, out);
            pointer.resize(length);
        }
    }
}

}  // namespace

std::string pointerAt(const JsonLayout& layout, int character)
{
    std::vector<Level> levels;
    for (const JsonLayout::Span& span : layout.spans) {
        if (span.from > character) break;
        const QStringView text = QStringView(layout.text).mid(span.from, span.length);
        if (span.part == JsonPart::Name) {
            const auto name = parseJson(text.toUtf8().toStdString());
            if (!levels.empty()) levels.back().name = name && name->is_string() ? name->get<std::string>() : std::string();
        } else if (span.part == JsonPart::Mark && !text.isEmpty()) {
            const QChar mark = text.at(0);
            if (mark == QLatin1Char('{') || mark == QLatin1Char('['))
                levels.push_back({mark == QLatin1Char('['), 0, {}});
            else if ((mark == QLatin1Char('}') || mark == QLatin1Char(']')) && !levels.empty())
                levels.pop_back();
            else if (mark == QLatin1Char(',') && !levels.empty() && levels.back().array && span.from < character)
                ++levels.back().index;
        }
    }
    // Where a container has just been opened it is itself that is meant.
    if (!levels.empty() && !levels.back().array && levels.back().name.empty()) levels.pop_back();
    std::string pointer;
    for (const Level& level : levels) appendToken(pointer, level.array ? std::to_string(level.index) : level.name);
    return pointer;
}

std::vector<std::pair<std::string, QString>> leavesOf(std::string_view json, std::size_t limit)
{
    std::vector<std::pair<std::string, QString>> out;
    const auto parsed = parseJson(json);
    std::string pointer;
    if (parsed) collect(*parsed, pointer, limit, out);
    return out;
}

}  // namespace hindcast::ui
