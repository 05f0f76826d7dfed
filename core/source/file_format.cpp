#include "core/source/file.h"
#include "core/source/line_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <set>

namespace hindcast::source {
namespace {

std::unexpected<Error> laterRelease(const std::string& path, std::string_view format)
{
    return fail("cannot import " + path, "the format " + std::string(format) + " is planned for a later release",
                "this release reads JSON lines (jsonl) and record dumps (records)", Error::Kind::Unsupported);
}

std::unexpected<Error> notReadable(const std::string& path, std::string why, std::string hint)
{
    return fail("cannot import " + path, std::move(why), std::move(hint), Error::Kind::BadInput);
}

bool endsWithAny(std::string_view name, std::initializer_list<std::string_view> endings)
{
    if (name.ends_with(".gz")) name.remove_suffix(3);
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

/// The members of the object that a line is; empty where it is none.
std::optional<std::set<std::string>> membersOf(std::string_view line)
{
    simdjson::ondemand::parser parser;
    simdjson::padded_string padded(line);
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    auto error = parser.iterate(padded).get(document);
    if (error == simdjson::UTF8_ERROR) {
        std::string ascii(line);  // the names are what counts here
        std::replace_if(ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
        padded = simdjson::padded_string(ascii);
        error = parser.iterate(padded).get(document);
    }
    if (error || document.get_object().get(object)) return {};
    std::set<std::string> names;
    for (auto found : object) {
        simdjson::ondemand::field field;
        std::string_view name;
        if (std::move(found).get(field) || field.unescaped_key().get(name)) return {};
        names.emplace(name);
    }
    return names;
}

bool isRecord(const std::set<std::string>& members)
{
    const auto has = [&](const char* name) { return members.contains(name); };
    const bool carries = has("value") || has("value_b64") || has("payload");
    const bool stands = has("partition") || has("offset") || has("n") || has("key") || has("key_b64") || has("headers");
    return carries && stands && (has("topic") || (has("partition") && has("offset")));
}

/// The same number of one separator in the first two lines, and no JSON in sight.
bool looksSeparated(std::string_view first, std::string_view second)
{
    for (const char separator : {',', ';', '\t'}) {
        const auto count = std::count(first.begin(), first.end(), separator);
        if (count > 0 && std::count(second.begin(), second.end(), separator) >= count) return true;
    }
    return false;
}

/// What no format of ours looks like; said whatever the user says the format is.
Result<void> checkHead(const std::string& path, std::string_view head)
{
    if (head.starts_with(std::string_view("SQLite format 3\0", 16))) {
        if (endsWithAny(path, {".hindcast"}))
            return notReadable(path, "it is a workspace of Hindcast, not a file of events", "open it instead");
        return laterRelease(path, "sqlite");
    }
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"))
        return notReadable(path, "it is UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8");
    return {};
}

struct Head {
    std::string first;  ///< the first two lines that are not blank
    std::string second;
};

Result<Head> headOf(const std::string& path)
{
    auto input = FileInput::open(path);
    if (!input) return std::unexpected(input.error());
    LineReader reader(std::move(*input));
    Head head;
    LineReader::Line line;
    for (std::string* into : {&head.first, &head.second}) {
        bool found = reader.take(line);
        while (!found) {
            auto more = reader.fill();
            if (!more && head.first.empty()) return std::unexpected(more.error());
            if (!more || !*more) break;
            found = reader.take(line);
        }
        if (!found) break;
        *into = line.text;
    }
    return head;
}

Result<FileFormat> guess(const std::string& path, const Head& head)
{
    if (head.first.empty()) return notReadable(path, "it is empty: nothing to import", "name a file with records in it");
    if (auto checked = checkHead(path, head.first); !checked) return std::unexpected(checked.error());
    if (head.first.find('\0') != std::string::npos)
        return notReadable(path, "it holds binary data, no lines of JSON", "name the format with --format");

    const auto begin = head.first.find_first_not_of(" \t");
    const char opening = head.first[begin];
    if (opening == '{') {
        const auto members = membersOf(head.first);
        if (members && (members->contains("objectTypes") || members->contains("ocel:events"))) return laterRelease(path, "ocel");
        if (members && isRecord(*members)) return FileFormat::Records;
        const auto last = head.first.find_last_not_of(" \t");
        if (!members && (last == begin || head.first[last] == ',')) {
            if (head.first.find("objectTypes") != head.first.npos || head.first.find("ocel") != head.first.npos ||
                endsWithAny(path, {".jsonocel"}))
                return laterRelease(path, "ocel");
            return notReadable(path, "it is one JSON document over several lines, not one a line",
                               "write one a line, for example with jq -c");
        }
        return FileFormat::JsonLines;
    }
    if (opening == '[' && head.first.find_last_not_of(" \t") == begin)
        return notReadable(path, "it is one JSON array over several lines, not one event a line",
                           "write one a line, for example with jq -c '.[]'");
    if (std::strchr("[\"-0123456789tfn", opening)) {
        simdjson::dom::parser parser;
        if (!parser.parse(simdjson::padded_string(head.first)).error()) return FileFormat::JsonLines;
    }
    if (opening == '<' && head.first.find("xml") != head.first.npos) return laterRelease(path, "ocel or other XML");
    if (endsWithAny(path, {".csv", ".tsv"}) || looksSeparated(head.first, head.second)) return laterRelease(path, "csv");
    return notReadable(path, "its first line is neither JSON nor a record dump",
                       "if later lines are, name the format with --format jsonl or records");
}

}  // namespace

std::optional<FileFormat> fileFormatFromName(std::string_view name)
{
    if (name == "jsonl") return FileFormat::JsonLines;
    if (name == "records") return FileFormat::Records;
    if (name == "csv") return FileFormat::Csv;
    if (name == "sqlite") return FileFormat::Sqlite;
    if (name == "ocel") return FileFormat::Ocel;
    return {};
}

Result<FileFormat> detectFormat(const std::string& path)
{
    auto head = headOf(path);
    if (!head) return std::unexpected(head.error());
    return guess(path, *head);
}

Result<std::unique_ptr<Source>> makeFileSource(const std::string& path, std::optional<FileFormat> format,
                                               const std::string& topic)
{
    auto head = headOf(path);
    if (!head) return std::unexpected(head.error());
    if (!format) {
        auto guessed = guess(path, *head);
        if (!guessed) return std::unexpected(guessed.error());
        format = *guessed;
    }
    switch (*format) {
        case FileFormat::Csv: return laterRelease(path, "csv");
        case FileFormat::Sqlite: return laterRelease(path, "sqlite");
        case FileFormat::Ocel: return laterRelease(path, "ocel");
        case FileFormat::JsonLines:
        case FileFormat::Records: break;
    }
    if (auto checked = checkHead(path, head->first); !checked) return std::unexpected(checked.error());
    if (*format == FileFormat::Records) return makeRecordsSource({path});
    return makeJsonLinesSource({path, topic});
}

}  // namespace hindcast::source
