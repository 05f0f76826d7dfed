#include "core/decode/field.h"

#include "core/decode/json_text.h"
#include "core/decode/wire.h"

#include <ranges>

namespace hindcast::decode {

const Header* headerNamed(std::span<const Header> headers, std::string_view name)
{
    for (const Header& header : headers | std::views::reverse)
        if (header.name == name) return header.value ? &header : nullptr;
    return nullptr;
}

Field::Field(const FieldSource& source, KeyReader& key, ValueReader& value) : source_(source)
{
    if (source.from == FieldSource::From::Key && !source.at.isRoot()) keyPlace_ = key.want(source.at);
    if (source.from == FieldSource::From::Value) valuePlace_ = value.want(source.at);
    if (!source.regex.empty()) {
        try {
            regex_ = std::make_unique<std::regex>(source.regex, std::regex::ECMAScript | std::regex::optimize);
        } catch (const std::regex_error&) {
            neverMatches_ = true;
        }
    }
}

std::string_view Field::whole(const RecordView& record) const
{
    switch (source_.from) {
        case FieldSource::From::Const: return source_.constant;
        case FieldSource::From::Topic: return record.topic;
        case FieldSource::From::Key:
            return source_.at.isRoot() ? record.key->id(*record.arena) : textOf(record.key->at(keyPlace_), *record.arena);
        case FieldSource::From::Value:
            if (record.json != nullptr) return textOf(record.json->at(valuePlace_), *record.arena);
            return record.text && source_.at.isRoot() ? *record.text : std::string_view();
        case FieldSource::From::Header: {
            const Header* header = headerNamed(record.headers, source_.name);
            if (header == nullptr) return {};
            return isReadable(*header->value) ? *header->value : record.arena->keep(hexText(*header->value));
        }
        case FieldSource::From::State: return {};  // known only after a replay
    }
    return {};
}

namespace {

/// The part number `take` of a text, counted from the end where negative; empty where there are not so many.
std::string_view part(std::string_view text, std::string_view by, int take)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (;;) {
        const std::size_t end = text.find(by, start);
        parts.push_back(text.substr(start, end - start));
        if (end == std::string_view::npos) break;
        start = end + by.size();
    }
    const auto count = static_cast<std::ptrdiff_t>(parts.size());
    const std::ptrdiff_t index = take < 0 ? count + take : take;
    return index < 0 || index >= count ? std::string_view() : parts[static_cast<std::size_t>(index)];
}

// std::regex recurses once a character and would overflow the stack on a long text: it sees this much of it.
constexpr std::size_t kLongestForRegex = 2048;

}  // namespace

std::string_view Field::cut(std::string_view text) const
{
    if (!source_.splitBy.empty()) text = part(text, source_.splitBy, source_.splitTake);
    if (neverMatches_) return {};
    if (regex_ == nullptr || text.empty()) return text;
    text = text.substr(0, kLongestForRegex);
    std::cmatch match;
    try {
        if (!std::regex_search(text.data(), text.data() + text.size(), match, *regex_)) return {};
    } catch (const std::regex_error&) {  // too complex a match
        return {};
    }
    const auto& group = match.size() > 1 ? match[1] : match[0];
    return group.matched ? std::string_view(group.first, static_cast<std::size_t>(group.length())) : std::string_view();
}

std::string_view Field::read(const RecordView& record) const
{
    const std::string_view text = whole(record);
    if (source_.splitBy.empty() && source_.regex.empty()) return text;
    return cut(text);
}

}  // namespace hindcast::decode
