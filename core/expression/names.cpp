#include "core/expression/names.h"

#include "core/expression/text_tools.h"

#include <algorithm>
#include <array>
#include <vector>

namespace hindcast::expression {

namespace {

constexpr std::array<std::string_view, 14> kNames{"entity",    "category", "id",  "version", "type",    "time",  "topic",
                                                  "partition", "offset",   "key", "headers", "payload", "state", "previous"};
constexpr std::array<std::string_view, 10> kFunctions{"size",  "contains", "startsWith", "endsWith",  "matches",
                                                      "lower", "number",   "string",     "timestamp", "duration"};
constexpr std::array<std::string_view, 5> kMacros{"exists", "all", "exists_one", "map", "filter"};

struct OtherName {
    std::string_view text;
    std::string_view ours;
};
/// What other languages call it.
constexpr OtherName kElsewhere[] = {
    {"int", "number"},         {"uint", "number"},          {"double", "number"},
    {"float", "number"},       {"decimal", "number"},       {"len", "size"},
    {"length", "size"},        {"count", "size"},           {"str", "string"},
    {"text", "string"},        {"toLower", "lower"},        {"lowercase", "lower"},
    {"lowerAscii", "lower"},   {"tolower", "lower"},        {"toLowerCase", "lower"},
    {"some", "exists"},        {"any", "exists"},           {"every", "all"},
    {"includes", "contains"},  {"has_one", "exists_one"},   {"match", "matches"},
    {"regex", "matches"},      {"regexp", "matches"},       {"like", "matches"},
    {"date", "timestamp"},     {"datetime", "timestamp"},   {"starts_with", "startsWith"},
    {"ends_with", "endsWith"}, {"hasPrefix", "startsWith"},
};
constexpr OtherName kNamesElsewhere[] = {
    {"value", "payload"},  {"event", "payload"}, {"data", "payload"}, {"record", "payload"},  {"timestamp", "time"},
    {"header", "headers"}, {"name", "type"},     {"old", "previous"}, {"before", "previous"}, {"stream", "topic"},
};

template <class Enum, std::size_t N>
std::optional<Enum> find(const std::array<std::string_view, N>& list, std::string_view text)
{
    const auto at = std::ranges::find(list, text);
    if (at == list.end()) return {};
    return static_cast<Enum>(at - list.begin());
}

std::string_view elsewhere(std::span<const OtherName> list, std::string_view text)
{
    const auto at = std::ranges::find(list, text, &OtherName::text);
    return at == list.end() ? std::string_view() : at->ours;
}

template <class List>
std::string joined(const List& list, std::string_view behind)
{
    std::string text;
    for (const auto& each : list) {
        if (!text.empty()) text += ", ";
        text += each;
        text += behind;
    }
    return text;
}

}  // namespace

std::optional<Name> nameFromText(std::string_view text) { return find<Name>(kNames, text); }
std::string_view textOf(Name name) { return kNames[static_cast<std::size_t>(name)]; }
std::optional<Function> functionFromText(std::string_view text) { return find<Function>(kFunctions, text); }
std::string_view textOf(Function function) { return kFunctions[static_cast<std::size_t>(function)]; }
std::optional<Macro> macroFromText(std::string_view text) { return find<Macro>(kMacros, text); }

std::size_t operandsOf(Function function)
{
    switch (function) {
        case Function::Contains:
        case Function::StartsWith:
        case Function::EndsWith:
        case Function::Matches: return 2;
        default: return 1;
    }
}

std::string unknownName(std::string_view text, std::span<const std::string> variables)
{
    std::vector<std::string_view> candidates(kNames.begin(), kNames.end());
    candidates.insert(candidates.end(), variables.begin(), variables.end());
    std::string message = "there is no name " + std::string(text);
    std::string_view near = nearest(text, candidates);
    if (const auto ours = elsewhere(kNamesElsewhere, text); near.empty()) near = ours;
    if (!near.empty()) message += "; did you mean " + std::string(near) + "?";
    message += near.empty() ? "; the names are " : " (the names are ";
    message += joined(candidates, "");
    if (!near.empty()) message += ')';
    return message;
}

std::string unknownFunction(std::string_view text)
{
    std::string message = "there is no function " + std::string(text) + "()";
    std::vector<std::string_view> candidates(kFunctions.begin(), kFunctions.end());
    candidates.insert(candidates.end(), kMacros.begin(), kMacros.end());
    candidates.push_back("has");
    std::string_view near = elsewhere(kElsewhere, text);
    if (near.empty()) near = nearest(text, candidates);
    if (near.empty()) {
        std::vector<std::string_view> others;
        for (const OtherName& each : kElsewhere) others.push_back(each.text);
        near = elsewhere(kElsewhere, nearest(text, others));
    }
    if (!near.empty()) return message + "; did you mean " + std::string(near) + "()?";
    return message + "; the functions are " + joined(candidates, "()");
}

}  // namespace hindcast::expression
