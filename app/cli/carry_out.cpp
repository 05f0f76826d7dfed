// export: whole results, streamed.
#include "app/cli/commands.h"
#include "app/cli/print.h"
#include "core/event/number_text.h"

#include <fmt/core.h>
#include <cerrno>
#include <cstring>
#include <memory>

namespace hindcast::cli {

namespace {

/// A record dump line (contracts 4): reads back to the same bytes.
std::string recordJson(const Position& position, const RawRecord& record, std::span<const Header> headers)
{
    JsonLine line;
    line.text("topic", position.topic).number("partition", position.partition.value).number("offset", position.offset.value);
    if (record.timestampKind != TimestampKind::None) {
        line.number("timestamp", record.timestamp.milliseconds());
        line.text("timestamp_type", record.timestampKind == TimestampKind::Create ? "CreateTime" : "LogAppendTime");
    }
    const auto bytes = [&](const char* name, const char* encoded, const std::optional<std::string_view>& value) {
        if (!value)
            line.null(name);
        else if (isUtf8(*value))
            line.text(name, *value);
        else
            line.text(encoded, base64(*value));
    };
    bytes("key", "key_b64", record.key);
    bytes("value", "value_b64", record.value);
    if (!record.defect.empty()) line.text("defect", record.defect);  // so that it is one again where this is read
    std::string all = "[";
    for (const Header& header : headers) {
        all += all.size() > 1 ? ",[" : "[";
        quoteInto(all, header.name);
        all += ',';
        if (!header.value)
            all += "null";
        else if (isUtf8(*header.value))
            quoteInto(all, *header.value);
        else
            all += "{\"b64\":\"" + base64(*header.value) + "\"}";
        all += ']';
    }
    return line.raw("headers", all + "]").done();
}

std::string csvCell(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string cell = "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

std::string csvLine(const Event& event)
{
    return csvCell(event.entities.empty() ? "" : event.entities.front().text()) + "," + csvCell(event.type) + "," +
           toIso(event.time) + "," + csvCell(event.position.topic) + "," + std::to_string(event.position.partition.value) + "," +
           std::to_string(event.position.offset.value) + "," + csvCell(event.key.value_or("")) + "," + csvCell(event.reject) +
           "," + csvCell(event.payload);
}

}  // namespace

int exportTo(const Common& common, const ExportOptions& options)
{
    if (options.format != "jsonl" && options.format != "records" && options.format != "csv")
        return tell({"cannot export as " + options.format, "there is no such format", "formats are jsonl, records and csv",
                     Error::Kind::BadInput});
    auto desk = Desk::open(common.workspace, store::Mode::ReadOnly);
    if (!desk) return tell(desk.error());
    const auto close = [](std::FILE* file) {
        if (file != nullptr && file != stdout) std::fclose(file);
    };
    const std::unique_ptr<std::FILE, decltype(close)> out(options.out == "-" ? stdout : std::fopen(options.out.c_str(), "wb"),
                                                          close);
    if (out == nullptr)
        return tell({"cannot write " + options.out, std::strerror(errno), "choose another place", Error::Kind::NoSpace});
    if (options.format == "csv") fmt::print(out.get(), "entity,type,time,topic,partition,offset,key,reject,payload\n");
    std::uint64_t written = 0;
    bool broken = false;
    auto done = desk->reader().scan(EventId{}, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        const auto position = desk->reader().position(id);
        decode::Decoder* decoder = desk->decoders().of(id.part());
        if (!position || decoder == nullptr || common.stop.stop_requested()) return false;
        std::string line;
        if (options.format == "records") {
            line = recordJson(*position, record, headers);
        } else {
            Event event = decode::describe(*decoder, record, headers);
            event.position = *position;
            line = options.format == "csv" ? csvLine(event) : eventJson(event, nullptr, Version{});
        }
        line += '\n';
        broken = std::fwrite(line.data(), 1, line.size(), out.get()) != line.size();
        if (!broken) ++written;
        return !broken;
    });
    if (!done) return tell(done.error());
    if (broken || std::fflush(out.get()) != 0)
        return tell(
            {"cannot write all of " + options.out, std::strerror(errno), "make room and export again", Error::Kind::NoSpace});
    if (options.out != "-") fmt::print(stderr, "{} records written to {}\n", grouped(written), options.out);
    return common.stop.stop_requested() ? kInPart : kDone;
}

}  // namespace hindcast::cli
