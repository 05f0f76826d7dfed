// import, ingest, demo, remap: what brings records into a workspace.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/decode/mapping.h"
#include "core/event/number_text.h"
#include "core/ingest/demo.h"
#include "core/source/file.h"
#include "core/source/kafka.h"

#include <fmt/core.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <set>

namespace hindcast::cli {

namespace {

Result<std::vector<decode::Mapping>> givenMappings(const std::string& path)
{
    if (path.empty()) return std::vector<decode::Mapping>{};
    return decode::mappingsFromFile(path);
}

/// "500", "64k", "20M", "2G": bytes. Empty text: none.
Result<std::optional<std::uint64_t>> bytesFromText(const std::string& option, const std::string& text)
{
    if (text.empty()) return std::optional<std::uint64_t>{};
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    unsigned shift = 64;
    if (unit.empty()) shift = 0;
    if (unit == "k" || unit == "K") shift = 10;
    if (unit == "m" || unit == "M") shift = 20;
    if (unit == "g" || unit == "G") shift = 30;
    if (error != std::errc() || shift == 64 || number == 0 || number > (UINT64_MAX >> shift))
        return fail("cannot use " + option + " " + text, "it is no number of bytes", "write 64k, 20M or 2G",
                    Error::Kind::BadInput);
    return std::optional(number << shift);
}

/// Progress for a person at a terminal: one line that is written over.
class Meter {
public:
    explicit Meter(bool shown) : shown_(shown && ::isatty(STDERR_FILENO) == 1) {}
    void show(const ingest::Progress& progress)
    {
        if (!shown_) return;
        std::string line = grouped(progress.records) + " records";
        if (progress.total) line += " of " + grouped(*progress.total);
        line += ", " + grouped(static_cast<std::uint64_t>(progress.recordsPerSecond)) + "/s";
        if (progress.timeLeft) line += ", " + std::to_string(progress.timeLeft->count()) + " s left";
        if (progress.rejects > 0) line += ", " + grouped(progress.rejects) + " rejects";
        if (!progress.notice.empty()) line += " — " + progress.notice;
        fmt::print(stderr, "\r\033[K{}", line);
        std::fflush(stderr);
    }
    ~Meter()
    {
        if (shown_) fmt::print(stderr, "\r\033[K");
    }
    Meter(const Meter&) = delete;
    Meter& operator=(const Meter&) = delete;

private:
    bool shown_;
};

int report(const Common& common, const ingest::Summary& summary)
{
    const ingest::Progress& p = summary.progress;
    if (common.json) {
        JsonLine line;
        line.number("records", static_cast<std::int64_t>(p.records)).number("stored", static_cast<std::int64_t>(p.stored));
        line.number("duplicates", static_cast<std::int64_t>(p.duplicates))
            .number("rejects", static_cast<std::int64_t>(p.rejects));
        line.number("bytes", static_cast<std::int64_t>(p.bytes)).boolean("complete", summary.complete);
        if (!summary.complete) line.text("because", summary.because);
        std::string notices = "[";
        for (const std::string& notice : summary.notices) {
            if (notices.size() > 1) notices += ',';
            quoteInto(notices, notice);
        }
        fmt::print("{}\n", line.raw("notices", notices + "]").done());
    } else {
        fmt::print("{} records read, {} stored, {} were there already, {} rejects\n", grouped(p.records), grouped(p.stored),
                   grouped(p.duplicates), grouped(p.rejects));
        for (const std::string& notice : summary.notices) fmt::print("{}\n", notice);
        fmt::print("{}\n", summary.complete ? "complete" : "partial: " + summary.because);
    }
    if (p.rejects > 0)
        fmt::print(stderr, "hindcast-cli: {} records could not be decoded: kept with their reasons (hindcast-cli rejects {})\n",
                   grouped(p.rejects), common.workspace);
    if (!summary.complete) fmt::print(stderr, "hindcast-cli: not all was read: {}\n", summary.because);
    return summary.complete && p.rejects == 0 ? kDone : kInPart;
}

Result<ingest::Summary> bring(const Common& common, store::Store& store, source::Source& source, const ingest::Options& options)
{
    Meter meter(!common.json);
    return ingest::run(store, source, options, common.stop, [&](const ingest::Progress& progress) { meter.show(progress); });
}

}  // namespace

int importFiles(const Common& common, const ImportOptions& options)
{
    ingest::Options how;
    auto mappings = givenMappings(options.mapping);
    if (!mappings) return tell(mappings.error());
    how.mappings = std::move(*mappings);
    auto limit = bytesFromText("--disk-limit", options.diskLimit);
    if (!limit) return tellMisuse(limit.error());
    how.diskLimit = *limit;
    std::optional<source::FileFormat> format;
    if (options.format != "auto") {
        format = source::fileFormatFromName(options.format);
        if (!format)
            return tell({"cannot import as " + options.format, "there is no such format", "formats are auto, jsonl and records",
                         Error::Kind::BadInput});
    }
    // All files are looked at before anything is made, so that a wrong name leaves no empty workspace behind.
    std::vector<std::unique_ptr<source::Source>> sources;
    for (const std::string& file : options.files) {
        auto source = source::makeFileSource(file, format, options.stream);
        if (!source) return tell(source.error());
        sources.push_back(std::move(*source));
    }
    auto store = store::Store::open(common.workspace, store::Mode::CreateOrOpen);
    if (!store) return tell(store.error());
    ingest::Summary all;
    all.complete = true;
    for (const auto& source : sources) {
        auto summary = bring(common, **store, *source, how);
        if (!summary) return tell(summary.error());
        all.progress.records += summary->progress.records;
        all.progress.stored += summary->progress.stored;
        all.progress.duplicates += summary->progress.duplicates;
        all.progress.rejects += summary->progress.rejects;
        all.progress.bytes += summary->progress.bytes;
        all.complete = all.complete && summary->complete;
        if (!summary->complete) all.because = summary->because;
        all.notices.insert(all.notices.end(), summary->notices.begin(), summary->notices.end());
        if (!summary->complete) break;
    }
    return report(common, all);
}

int ingestTopics(const Common& common, const IngestOptions& options)
{
    source::KafkaOptions kafka;
    kafka.connection.brokers = options.brokers;
    kafka.connection.timeout = std::chrono::seconds(options.timeoutSeconds);
    for (const std::string& property : options.properties) {
        auto added = property.starts_with('@') ? source::addPropertiesFile(kafka.connection, property.substr(1))
                                               : source::addProperty(kafka.connection, property);
        if (!added) return tell(added.error());
    }
    kafka.topics = options.topics;
    kafka.readUncommitted = options.uncommitted;
    auto from = source::kafkaStartFromText(options.from);
    if (!from) return tellMisuse(from.error());
    kafka.from = *from;
    auto until = source::kafkaUntilFromText(options.until);
    if (!until) return tellMisuse(until.error());
    kafka.until = *until;
    auto rate = bytesFromText("--rate", options.rate);
    if (!rate) return tellMisuse(rate.error());
    kafka.bytesPerSecond = *rate;
    ingest::Options how;
    auto mappings = givenMappings(options.mapping);
    if (!mappings) return tell(mappings.error());
    how.mappings = std::move(*mappings);
    auto disk = bytesFromText("--disk-limit", options.diskLimit);
    if (!disk) return tellMisuse(disk.error());
    how.diskLimit = *disk;
    auto memory = bytesFromText("--memory-limit", options.memoryLimit);
    if (!memory) return tellMisuse(memory.error());
    if (*memory) {
        how.memoryLimit = **memory / 2;
        kafka.memoryLimit = **memory / 2;
    }
    how.kafka = kafka;
    // The cluster is asked before anything is made.
    auto source = source::makeKafkaSource(std::move(kafka));
    if (auto identity = source->identity(); !identity) return tell(identity.error());
    auto store = store::Store::open(common.workspace, store::Mode::CreateOrOpen);
    if (!store) return tell(store.error());
    auto summary = bring(common, **store, *source, how);
    if (!summary) return tell(summary.error());
    return report(common, *summary);
}

int makeDemo(const Common& common, const DemoOptions& options)
{
    auto store = store::Store::open(common.workspace, store::Mode::CreateOrOpen);
    if (!store) return tell(store.error());
    auto summary = [&] {
        Meter meter(!common.json);
        return ingest::runDemo(**store, {options.seed, options.events}, common.stop,
                               [&](const ingest::Progress& progress) { meter.show(progress); });
    }();
    if (!summary) return tell(summary.error());
    const int ended = report(common, *summary);
    // Its few broken records are part of the show.
    return summary->complete ? kDone : ended;
}

int decodeAnew(const Common& common, const std::string& mapping)
{
    auto mappings = decode::mappingsFromFile(mapping);
    if (!mappings) return tell(mappings.error());
    auto store = store::Store::open(common.workspace, store::Mode::ReadWrite);
    if (!store) return tell(store.error());
    auto reader = (*store)->reader();
    if (!reader) return tell(reader.error());
    auto parts = (*reader)->parts();
    if (!parts) return tell(parts.error());
    std::string unknown;
    for (const decode::Mapping& given : *mappings) {
        const bool known =
            std::ranges::any_of(*parts, [&](const store::Part& part) { return decode::topicMatches(given.topic, part.topic); });
        if (!known) unknown += (unknown.empty() ? "" : ", ") + given.topic;
    }
    if (!unknown.empty()) {
        std::set<std::string> topics;
        for (const store::Part& part : *parts) topics.insert(part.topic);
        std::string there;
        for (const std::string& topic : topics) there += (there.empty() ? "" : ", ") + topic;
        return tell(
            {"cannot map " + unknown, "the workspace has no topic of that name", "there are: " + there, Error::Kind::BadInput});
    }
    Meter meter(!common.json);
    auto done = ingest::remap(**store, *mappings, common.stop, [&](std::uint64_t records, std::uint64_t total) {
        ingest::Progress progress;
        progress.records = records;
        progress.total = total;
        meter.show(progress);
    });
    if (!done) return tell(done.error());
    auto counts = (*reader)->counts();
    if (!counts) return tell(counts.error());
    if (common.json)
        fmt::print("{}\n", JsonLine()
                               .number("events", static_cast<std::int64_t>(counts->events))
                               .number("entities", static_cast<std::int64_t>(counts->entities))
                               .number("rejects", static_cast<std::int64_t>(counts->rejects))
                               .done());
    else
        fmt::print("{} events of {} entities, {} rejects\n", grouped(counts->events), grouped(counts->entities),
                   grouped(counts->rejects));
    return kDone;
}

}  // namespace hindcast::cli
