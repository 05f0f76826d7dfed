#include "core/event/pointer.h"

#include <charconv>
#include <type_traits>

namespace hindcast {

namespace {

template <class J>
J* walkTo(J& document, const Pointer& pointer)
{
    J* at = &document;
    for (const std::string& token : pointer.tokens()) {
        if (at->is_object()) {
            auto& members =
                at->template get_ref<std::conditional_t<std::is_const_v<J>, const Json::object_t&, Json::object_t&>>();
            const auto found = members.find(token);
            if (found == members.end()) return nullptr;
            at = &found->second;
        } else if (at->is_array()) {
            const auto index = arrayIndex(token);
            if (!index || *index >= at->size()) return nullptr;
            at = &(*at)[*index];
        } else {
            return nullptr;
        }
    }
    return at;
}

}  // namespace

std::optional<Pointer> Pointer::parse(std::string_view text)
{
    std::vector<std::string> tokens;
    if (text.empty()) return Pointer();
    if (text.front() != '/') return {};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '/') {
            tokens.emplace_back();
        } else if (c == '~') {
            if (++i == text.size() || (text[i] != '0' && text[i] != '1')) return {};
            tokens.back() += text[i] == '0' ? '~' : '/';
        } else {
            tokens.back() += c;
        }
    }
    return Pointer(std::move(tokens));
}

std::string Pointer::text() const
{
    std::string text;
    for (const std::string& token : tokens_) appendToken(text, token);
    return text;
}

Pointer Pointer::child(std::string_view token) const
{
    std::vector<std::string> tokens = tokens_;
    tokens.emplace_back(token);
    return Pointer(std::move(tokens));
}

Pointer Pointer::parent() const { return Pointer(std::vector<std::string>(tokens_.begin(), tokens_.end() - 1)); }

void appendToken(std::string& pointer, std::string_view token)
{
    pointer += '/';
    for (const char c : token) {
        if (c == '~')
            pointer += "~0";
        else if (c == '/')
            pointer += "~1";
        else
            pointer += c;
    }
}

const Json* valueAt(const Json& document, const Pointer& pointer) { return walkTo(document, pointer); }
Json* valueAt(Json& document, const Pointer& pointer) { return walkTo(document, pointer); }

std::optional<std::size_t> arrayIndex(std::string_view token)
{
    if (token.empty() || (token.front() == '0' && token.size() > 1)) return {};
    for (const char c : token)
        if (c < '0' || c > '9') return {};
    std::size_t index = 0;
    if (std::from_chars(token.data(), token.data() + token.size(), index).ec != std::errc()) return {};
    return index;
}

}  // namespace hindcast
