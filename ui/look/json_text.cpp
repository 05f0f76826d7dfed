#include "ui/look/json_text.h"

#include "ui/look/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kItemsNamed = 3;  // of a short array, its items are named instead of counted

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::JsonText)
};

/// What would not be seen, or would turn the text around it: controls and the marks of writing direction.
bool isHidden(QChar c)
{
    const char16_t code = c.unicode();
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x061c || code == 0x200e || code == 0x200f ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

/// A text that without its quotes would be read as null, a boolean or a number.
bool readsAsAnother(std::string_view text)
{
    if (text == "null" || text == "true" || text == "false") return true;
    if (text.size() > 40) return false;
    const auto parsed = parseJson(text);
    return parsed && !parsed->is_string();
}

void appendQuoted(QString& out, std::string_view text, int limit)
{
    // A string of megabytes is cut before it is converted; four bytes a character at most.
    const std::size_t most = static_cast<std::size_t>(std::max(0, limit)) * 4;
    const bool cut = text.size() > most;
    const QString decoded = QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(text.size(), most)));
    out += QLatin1Char('"');
    for (const QChar c : decoded) {
        switch (c.unicode()) {
            case '"': out += QLatin1String("\\\""); break;
            case '\\': out += QLatin1String("\\\\"); break;
            case '\n': out += QLatin1String("\\n"); break;
            case '\r': out += QLatin1String("\\r"); break;
            case '\t': out += QLatin1String("\\t"); break;
            default:
                if (isHidden(c))
                    out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
                else
                    out += c;
        }
        if (out.size() > limit) break;
    }
    if (!cut) out += QLatin1Char('"');
}

void appendValue(QString& out, const Json& value, int limit)
{
    if (out.size() > limit) return;
    switch (value.type()) {
        case Json::value_t::null: out += QLatin1String("null"); return;
        case Json::value_t::discarded: return;
        case Json::value_t::boolean: out += value.get<bool>() ? QLatin1String("true") : QLatin1String("false"); return;
        case Json::value_t::string: appendQuoted(out, value.get_ref<const std::string&>(), limit); return;
        case Json::value_t::array: {
            out += QLatin1Char('[');
            bool first = true;
            for (const Json& item : value.get_ref<const Json::array_t&>()) {
                if (!first) out += QLatin1String(", ");
                first = false;
                appendValue(out, item, limit);
                if (out.size() > limit) return;
            }
            out += QLatin1Char(']');
            return;
        }
        case Json::value_t::object: {
            out += QLatin1Char('{');
            bool first = true;
            for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
                if (!first) out += QLatin1String(", ");
                first = false;
                appendQuoted(out, key, limit);
                out += QLatin1String(": ");
                appendValue(out, member, limit);
                if (out.size() > limit) return;
            }
            out += QLatin1Char('}');
            return;
        }
        default: out += QString::fromStdString(numberText(value)); return;
    }
}

QString clipped(QString text, int limit)
{
    if (text.size() <= limit) return text;
    // Half a pair of surrogates would be shown as a box.
    text.truncate(limit > 0 && text.at(limit - 1).isHighSurrogate() ? limit - 1 : limit);
    return text + QChar(0x2026);
}

QString fieldsText(std::size_t count) { return count == 1 ? Words::tr("1 field") : Words::tr("%1 fields").arg(grouped(count)); }

QString itemsText(std::size_t count) { return count == 1 ? Words::tr("1 item") : Words::tr("%1 items").arg(grouped(count)); }

const Json* idOf(const Json& object)
{
    const Json* found = nullptr;
    for (const auto& [key, member] : object.get_ref<const Json::object_t&>()) {
        if (member.is_structured()) continue;
        if (key == "id") return &member;
        const bool named = key.ends_with("_id") || key.ends_with("Id") || key.ends_with("ID");
        if (named && found == nullptr) found = &member;
    }
    return found;
}

}  // namespace

QString valueText(const Json& value, int limit)
{
    QString out;
    appendValue(out, value, limit);
    return clipped(std::move(out), limit);
}

QString plainText(const Json& value, int limit)
{
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        if (text.empty() || text.front() == ' ' || text.back() == ' ' || readsAsAnother(text)) return valueText(value, limit);
        const QString quoted = valueText(value, limit + 2);
        const bool closed = quoted.endsWith(QLatin1Char('"'));
        return clipped(quoted.mid(1, quoted.size() - (closed ? 2 : 1)), limit);
    }
    if (value.is_object() && !value.empty()) {
        if (const Json* id = value.size() <= 64 ? idOf(value) : nullptr; id != nullptr) return plainText(*id, limit);
        return QLatin1Char('{') + fieldsText(value.size()) + QLatin1Char('}');
    }
    if (value.is_array() && !value.empty() && value.size() <= kItemsNamed) {
        QStringList items;
        for (const Json& item : value.get_ref<const Json::array_t&>())
            items << (item.is_array() ? containerText(item) : plainText(item, limit));
        return QLatin1Char('[') + clipped(items.join(QStringLiteral(", ")), limit) + QLatin1Char(']');
    }
    if (value.is_array() && !value.empty()) return QLatin1Char('[') + itemsText(value.size()) + QLatin1Char(']');
    return valueText(value, limit);
}

QString containerText(const Json& container)
{
    if (container.is_array()) {
        if (container.empty()) return QStringLiteral("[ ]");
        return itemsText(container.size());
    }
    if (container.empty()) return QStringLiteral("{ }");
    if (container.size() <= 4) {
        QStringList parts;
        for (const auto& [key, member] : container.get_ref<const Json::object_t&>()) {
            if (member.is_structured()) return fieldsText(container.size());
            parts << plainText(member, 24);
        }
        return parts.join(QStringLiteral(" · "));
    }
    return fieldsText(container.size());
}

QString bytesAsText(std::string_view bytes, int limit)
{
    const std::size_t most = static_cast<std::size_t>(std::max(0, limit)) * 4;
    QString text = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(std::min(bytes.size(), most)));
    for (QChar& c : text) {
        if (c.unicode() == '\n' || c.unicode() == '\r')
            c = QChar(0x21b5);
        else if (c.unicode() < 0x20)
            c = QChar(0xfffd);
    }
    if (bytes.size() > most && text.size() <= limit) return text + QChar(0x2026);
    return clipped(std::move(text), limit);
}

namespace {

/// Walks over JSON text token by token and writes it out line by line.
class Layout {
public:
    Layout(std::string_view json, int limit) : json_(json), limit_(limit) {}

    JsonLayout run()
    {
        while (at_ < json_.size() && !full()) step();
        out_.cut = at_ < json_.size();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool full() const { return out_.text.size() >= limit_; }
    [[nodiscard]] char here() const { return json_[at_]; }
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool isMark(char c) { return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':'; }

    void skipBlanks()
    {
        while (at_ < json_.size() && isBlank(here())) ++at_;
    }
    void put(std::string_view text, JsonPart part)
    {
        const auto from = static_cast<int>(out_.text.size());
        const auto most = static_cast<std::size_t>(std::max<qsizetype>(0, limit_ - from) + 1) * 4;
        if (text.size() > most) text = text.substr(0, most);
        out_.text += QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
        out_.spans.push_back({from, static_cast<int>(out_.text.size()) - from, part});
    }
    void breakLine()
    {
        out_.text += QLatin1Char('\n');
        out_.text += QString(2 * std::min(depth_, 60), QLatin1Char(' '));
    }
    void step()
    {
        skipBlanks();
        if (at_ >= json_.size()) return;
        const char c = here();
        if (c == '{' || c == '[')
            open(c);
        else if (c == '}' || c == ']')
            close();
        else if (c == ',') {
            put(json_.substr(at_++, 1), JsonPart::Mark);
            breakLine();
        } else if (c == ':') {
            put(json_.substr(at_++, 1), JsonPart::Mark);
            out_.text += QLatin1Char(' ');
        } else if (c == '"')
            string();
        else
            word();
    }
    void open(char c)
    {
        put(json_.substr(at_++, 1), JsonPart::Mark);
        skipBlanks();
        if (at_ < json_.size() && here() == (c == '{' ? '}' : ']')) {
            put(json_.substr(at_++, 1), JsonPart::Mark);
            return;
        }
        ++depth_;
        breakLine();
    }
    void close()
    {
        depth_ = std::max(0, depth_ - 1);
        breakLine();
        put(json_.substr(at_++, 1), JsonPart::Mark);
    }
    void string()
    {
        // A string of megabytes is not walked to its end: what lies beyond the limit is not shown.
        const std::size_t stop = std::min(json_.size(), at_ + static_cast<std::size_t>(limit_) * 4 + 16);
        std::size_t end = at_ + 1;
        while (end < stop && json_[end] != '"') end += json_[end] == '\\' ? 2 : 1;
        end = std::min(end + 1, json_.size());
        const std::string_view text = json_.substr(at_, end - at_);
        at_ = end;
        skipBlanks();
        put(text, at_ < json_.size() && here() == ':' ? JsonPart::Name : JsonPart::Text);
    }
    void word()
    {
        std::size_t end = at_;
        while (end < json_.size() && !isBlank(json_[end]) && !isMark(json_[end]) && json_[end] != '"') ++end;
        const char c = here();
        put(json_.substr(at_, end - at_), c == '-' || (c >= '0' && c <= '9') ? JsonPart::Number : JsonPart::Word);
        at_ = end;
    }

    std::string_view json_;
    JsonLayout out_;
    std::size_t at_ = 0;
    int limit_;
    int depth_ = 0;
};

}  // namespace

JsonLayout layoutJson(std::string_view json, int limit) { return Layout(json, limit).run(); }

}  // namespace hindcast::ui
