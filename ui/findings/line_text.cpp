#include "ui/findings/line_text.h"

#include "core/event/json.h"

#include <charconv>

namespace hindcast::ui {

void addMember(std::string& json, std::string_view name, const std::string& raw)
{
    json += json.empty() ? '{' : ',';
    appendJsonString(json, name);
    json += ':';
    json += raw;
}

std::string inQuotes(std::string_view text)
{
    std::string json;
    appendJsonString(json, text);
    return json;
}

std::string eventText(EventId event, std::string_view type, const PartOf& part)
{
    std::string position;
    if (const store::Part* of = part ? part(event.part()) : nullptr) {
        addMember(position, "topic", inQuotes(of->topic));
        addMember(position, "partition", std::to_string(of->partition.value));
        addMember(position, "offset", std::to_string(event.offset().value));
        position += '}';
    }
    std::string text;
    addMember(text, "type", inQuotes(type));
    addMember(text, "position", position.empty() ? "null" : position);
    return text + '}';
}

std::string placeText(EventId event, const PartOf& part)
{
    const store::Part* of = part ? part(event.part()) : nullptr;
    if (of == nullptr) return {};
    return of->topic + "/" + std::to_string(of->partition.value) + "/" + std::to_string(event.offset().value);
}

std::string csvField(std::string text)
{
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size()) text.insert(0, 1, '\'');
    }
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string field = "\"";
    for (const char c : text) field.append(c == '"' ? 2 : 1, c);
    return field + '"';
}

}  // namespace hindcast::ui
