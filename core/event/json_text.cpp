#include "core/event/json.h"

#include <charconv>
#include <cmath>

namespace hindcast {

namespace {

/// Bytes that a well-formed UTF-8 sequence takes at `at`; 0 where there is none (overlong forms and surrogates included).
std::size_t utf8Length(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U; };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool overlong = first == 0xE0 && byte(1) < 0xA0;
        const bool surrogate = first == 0xED && byte(1) >= 0xA0;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool overlong = first == 0xF0 && byte(1) < 0x90;
        const bool beyond = first == 0xF4 && byte(1) >= 0x90;
        return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

void appendEscape(std::string& out, char c)
{
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\b': out += "\\b"; return;
        case '\f': out += "\\f"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    static constexpr char kHex[] = "0123456789abcdef";
    out += "\\u00";
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[c & 15];
}

void appendDouble(std::string& out, double number)
{
    if (!std::isfinite(number)) {
        out += "null";  // JSON has no word for it, and parseJson never makes one
        return;
    }
    const double size = std::fabs(number);
    const bool plain = number == 0 || (size >= 1e-4 && size < 1e15);
    char buffer[64];
    const auto form = plain ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, form).ptr;
    const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
    out += text;
    if (plain && text.find('.') == std::string_view::npos) out += ".0";
}

template <class T>
void appendInteger(std::string& out, T number)
{
    char buffer[24];
    out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

void appendNumber(std::string& out, const Json& json)
{
    switch (json.type()) {
        case Json::value_t::number_integer: appendInteger(out, json.get<std::int64_t>()); break;
        case Json::value_t::number_unsigned: appendInteger(out, json.get<std::uint64_t>()); break;
        case Json::value_t::number_float: appendDouble(out, json.get<double>()); break;
        default: {
            const auto& text = json.get_binary();
            out.append(text.begin(), text.end());
        }
    }
}

void appendScalar(std::string& out, const Json& json)
{
    switch (json.type()) {
        case Json::value_t::string: appendJsonString(out, json.get_ref<const std::string&>()); break;
        case Json::value_t::boolean: out += json.get<bool>() ? "true" : "false"; break;
        case Json::value_t::null:
        case Json::value_t::discarded: out += "null"; break;
        default: appendNumber(out, json);
    }
}

/// Prints with a stack of its own, so that depth never meets the end of the thread's stack.
class Printer {
public:
    Printer(std::string& out, int indent) : out_(out), indent_(indent) {}

    void print(const Json& root)
    {
        begin(root);
        while (!open_.empty()) {
            Level& level = open_.back();
            const Json& container = *level.container;
            if (level.next == container.size()) {
                open_.pop_back();
                newLine();
                out_ += container.is_object() ? '}' : ']';
                continue;
            }
            if (level.next > 0) out_ += ',';
            newLine();
            const std::size_t at = level.next++;
            if (container.is_array()) {
                begin(container.get_ref<const Json::array_t&>()[at]);
                continue;
            }
            const auto member = container.get_ref<const Json::object_t&>().begin() + static_cast<std::ptrdiff_t>(at);
            appendJsonString(out_, member->first);
            out_ += indent_ < 0 ? ":" : ": ";
            begin(member->second);
        }
    }

private:
    struct Level {
        const Json* container;
        std::size_t next;
    };

    void begin(const Json& value)
    {
        if (!value.is_structured()) {
            appendScalar(out_, value);
        } else if (value.empty()) {
            out_ += value.is_object() ? "{}" : "[]";
        } else {
            out_ += value.is_object() ? '{' : '[';
            open_.push_back({&value, 0});
        }
    }
    void newLine()
    {
        if (indent_ < 0) return;
        out_ += '\n';
        out_.append(open_.size() * static_cast<std::size_t>(indent_), ' ');
    }

    std::string& out_;
    int indent_;
    std::vector<Level> open_;
};

}  // namespace

void appendJsonString(std::string& out, std::string_view text)
{
    out += '"';
    std::size_t clean = 0;  // what stands before here is written
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80) {
            if (const std::size_t length = utf8Length(text, i)) {
                i += length;
                continue;
            }
        } else if (byte >= 0x20 && byte != '"' && byte != '\\') {
            ++i;
            continue;
        }
        out.append(text, clean, i - clean);
        if (byte >= 0x80)
            out += "\xEF\xBF\xBD";
        else
            appendEscape(out, text[i]);
        clean = ++i;
    }
    out.append(text, clean);
    out += '"';
}

std::string numberText(const Json& json)
{
    std::string text;
    appendNumber(text, json);
    return text;
}

void appendText(std::string& out, const Json& json) { Printer(out, -1).print(json); }

std::string toText(const Json& json, int indent)
{
    std::string text;
    Printer(text, indent).print(json);
    return text;
}

}  // namespace hindcast
