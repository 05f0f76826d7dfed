#include "core/event/entity.h"

namespace hindcast {

namespace {

void appendEscaped(std::string& out, std::string_view text, char separator, std::string_view escape)
{
    for (const char c : text) {
        if (c == '%')
            out += "%25";
        else if (c == separator)
            out += escape;
        else
            out += c;
    }
}

std::string unescapedCategory(std::string_view text)
{
    std::string category;
    category.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view escape = text.substr(i, 3);
        if (escape == "%25")
            category += '%';
        else if (escape == "%2F" || escape == "%2f")
            category += '/';
        else {
            category += text[i];
            continue;
        }
        i += 2;
    }
    return category;
}

}  // namespace

std::string EntityKey::text() const
{
    std::string text;
    text.reserve(category.size() + 1 + id.size());
    appendEscaped(text, category, '/', "%2F");
    text += '/';
    text += id;
    return text;
}

EntityKey EntityKey::fromText(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return {{}, std::string(text)};
    return {unescapedCategory(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

void CompositeId::add(std::string_view part)
{
    if (!empty_) text_ += ',';
    empty_ = false;
    appendEscaped(text_, part, ',', "%2C");
}

}  // namespace hindcast
