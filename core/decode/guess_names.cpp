#include "core/decode/guess_samples.h"

#include <algorithm>
#include <array>

namespace hindcast::decode {

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isBeyondAscii(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool isWordPart(char c) { return isUpper(c) || isLower(c) || isDigit(c) || isBeyondAscii(c); }
char lowered(char c) { return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

/// Words of a topic's name that say how it is carried, not what it is about.
bool saysNothing(std::string_view word)
{
    static constexpr std::array<std::string_view, 24> kWords{
        "event", "events",  "topic",    "topics", "stream",  "streams", "log",   "logs", "cdc",  "change", "changes", "changelog",
        "data",  "message", "messages", "record", "records", "history", "queue", "feed", "json", "jsonl",  "ndjson",  "gz"};
    if (std::ranges::find(kWords, word) != kWords.end()) return true;
    const bool versioned = word.size() > 1 && word.front() == 'v';
    return std::ranges::all_of(versioned ? word.substr(1) : word, isDigit);
}

}  // namespace

std::string plainName(std::string_view name)
{
    std::string plain;
    for (const char c : name)
        if (isWordPart(c)) plain += lowered(c);
    return plain;
}

std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    bool open = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!isWordPart(c)) {
            open = false;
            continue;
        }
        // A word begins at a capital after a small letter, and at the last capital of a run before a small letter ("HTTPRequest").
        const bool afterSmall = i > 0 && (isLower(name[i - 1]) || isDigit(name[i - 1]));
        const bool beforeSmall = i > 0 && isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1]);
        if (isUpper(c) && (afterSmall || beforeSmall)) open = false;
        if (!open) words.emplace_back();
        open = true;
        words.back() += lowered(c);
    }
    return words;
}

std::string singular(std::string_view word)
{
    const auto without = [&](std::size_t letters) { return std::string(word.substr(0, word.size() - letters)); };
    if (word.size() < 4 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is"))
        return std::string(word);
    if (word.ends_with("ies")) return without(3) + "y";
    for (const std::string_view ending : {"sses", "xes", "ches", "shes", "zes"})
        if (word.ends_with(ending)) return without(2);
    return without(1);
}

std::string topicNoun(std::string_view topic)
{
    std::vector<std::string> words = wordsOf(topic.substr(topic.find_last_of("/\\") + 1));
    std::string whole;
    // Dots and slashes part name spaces; what follows the last of them that tells something is the subject.
    std::size_t end = topic.size();
    while (end > 0) {
        const std::size_t dot = topic.substr(0, end).find_last_of("./\\");
        const std::size_t start = dot == std::string_view::npos ? 0 : dot + 1;
        words = wordsOf(topic.substr(start, end - start));
        while (!words.empty() && saysNothing(words.back())) words.pop_back();
        if (!words.empty()) break;
        end = dot == std::string_view::npos ? 0 : dot;
    }
    if (words.empty()) return std::string(topic);
    words.back() = singular(words.back());
    for (const std::string& word : words) whole += (whole.empty() ? "" : "_") + word;
    return whole;
}

}  // namespace hindcast::decode
