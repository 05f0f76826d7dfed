#include "core/expression/payload_scan.h"

#include <algorithm>

namespace hindcast::expression {

PayloadScan::PayloadScan(const std::vector<Pointer>& paths) : places_(1), found_(paths.size())
{
    for (std::size_t path = 0; path < paths.size(); ++path) {
        std::size_t place = 0;
        for (const std::string& token : paths[path].tokens()) {
            std::size_t child = childOf(place, token);
            if (child == kNone) {
                child = places_.size();
                places_[place].children.push_back(child);
                Place& made = places_.emplace_back();
                made.name = token;
                made.item = arrayIndex(token).value_or(kNone);
            }
            place = child;
        }
        places_[place].path = path;
    }
}

void PayloadScan::run(std::string_view text)
{
    ++run_;
    std::ranges::fill(found_, std::string_view());
    const auto tokens = index_.build(text);
    if (!tokens) return;
    text_ = text;
    at_ = tokens->begin;
    end_ = tokens->end;
    escapes_ = text.find('\\') != std::string_view::npos;
    (void)value(0);
}

std::size_t PayloadScan::childOf(std::size_t place, std::string_view name) const
{
    for (const std::size_t child : places_[place].children)
        if (places_[child].name == name) return child;
    return kNone;
}

/// What stands at the places below is that of an earlier member with the same name.
void PayloadScan::forget(std::size_t place)
{
    if (places_[place].path != kNone) found_[places_[place].path] = {};
    for (const std::size_t child : places_[place].children) forget(child);
}

std::size_t PayloadScan::endOfScalar(std::size_t begin) const
{
    std::size_t end = *at_;  // of the token behind; that of the last one is the length of the text
    while (end > begin + 1 &&
           (text_[end - 1] == ' ' || text_[end - 1] == '\n' || text_[end - 1] == '\r' || text_[end - 1] == '\t'))
        --end;
    return end;
}

bool PayloadScan::value(std::size_t index)
{
    if (at_ == end_) return false;
    Place& place = places_[index];
    if (place.seen == run_) forget(index);
    place.seen = run_;
    const std::size_t begin = *at_;
    const char first = text_[begin];
    const bool container = first == '{' || first == '[';
    bool whole = false;
    if (!container || place.children.empty())
        whole = skip();
    else
        whole = first == '{' ? object(index) : array(index);
    if (!whole) return false;
    const std::size_t path = places_[index].path;
    if (path != kNone) found_[path] = text_.substr(begin, (container ? closed_ : endOfScalar(begin)) - begin);
    return true;
}

/// Behind a value of any kind.
bool PayloadScan::skip()
{
    if (at_ == end_) return false;
    std::size_t depth = 0;
    do {
        if (at_ == end_) return false;
        const char c = text_[*at_++];
        if (c == '{' || c == '[')
            ++depth;
        else if (c == '}' || c == ']') {
            if (depth == 0) return false;
            --depth;
        }
    } while (depth > 0);
    closed_ = std::size_t{*(at_ - 1)} + 1;
    return true;
}

std::string_view PayloadScan::keyBehind(std::size_t quote)
{
    std::size_t end = *at_;  // of the colon
    while (end > quote + 1 && text_[end - 1] != '"') --end;
    const std::string_view raw = text_.substr(quote + 1, end > quote + 1 ? end - quote - 2 : 0);
    if (!escapes_ || raw.find('\\') == std::string_view::npos) return raw;
    if (unescapeJson(raw, name_)) return raw;
    return name_;
}

bool PayloadScan::object(std::size_t place)
{
    ++at_;
    if (charAt(at_) != '}') {
        for (;;) {
            if (charAt(at_) != '"') return false;
            const std::size_t quote = *at_++;
            if (charAt(at_) != ':') return false;
            const std::size_t child = childOf(place, keyBehind(quote));
            ++at_;
            if (!(child == kNone ? skip() : value(child))) return false;
            if (charAt(at_) != ',') break;
            ++at_;
        }
        if (charAt(at_) != '}') return false;
    }
    closed_ = std::size_t{*at_++} + 1;
    return true;
}

bool PayloadScan::array(std::size_t place)
{
    ++at_;
    if (charAt(at_) != ']') {
        for (std::size_t item = 0;; ++item) {
            const auto& children = places_[place].children;
            const auto child = std::ranges::find_if(children, [&](std::size_t each) { return places_[each].item == item; });
            if (!(child == children.end() ? skip() : value(*child))) return false;
            if (charAt(at_) != ',') break;
            ++at_;
        }
        if (charAt(at_) != ']') return false;
    }
    closed_ = std::size_t{*at_++} + 1;
    return true;
}

}  // namespace hindcast::expression
