#include "app/cli/print.h"

#include "core/event/base64.h"

namespace hindcast::cli {

void JsonLine::name(std::string_view name)
{
    if (line_.size() > 1) line_ += ',';
    quoteInto(line_, name);
    line_ += ':';
}

JsonLine& JsonLine::text(std::string_view member, std::string_view value)
{
    name(member);
    quoteInto(line_, value);
    return *this;
}

JsonLine& JsonLine::number(std::string_view member, std::int64_t value)
{
    name(member);
    line_ += std::to_string(value);
    return *this;
}

JsonLine& JsonLine::boolean(std::string_view member, bool value)
{
    name(member);
    line_ += value ? "true" : "false";
    return *this;
}

JsonLine& JsonLine::time(std::string_view name, Timestamp time) { return time.isKnown() ? text(name, toIso(time)) : null(name); }

JsonLine& JsonLine::null(std::string_view member)
{
    name(member);
    line_ += "null";
    return *this;
}

JsonLine& JsonLine::raw(std::string_view member, std::string_view json)
{
    name(member);
    const std::size_t from = line_.size();
    line_ += json;
    for (std::size_t i = from; i < line_.size(); ++i)
        if (line_[i] == '\n' || line_[i] == '\r') line_[i] = ' ';
    return *this;
}

JsonLine& JsonLine::value(std::string_view member, const Json& json)
{
    name(member);
    appendText(line_, json);
    return *this;
}

void quoteInto(std::string& out, std::string_view text) { appendText(out, Json(std::string(text))); }

std::string base64(std::string_view bytes) { return toBase64(bytes); }

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xc2 && lead < 0xe0 ? 2
                                   : lead >= 0xe0 && lead < 0xf0 ? 3
                                   : lead >= 0xf0 && lead < 0xf5 ? 4
                                                                 : 0;
        if (length == 0 || i + length > text.size()) return false;
        std::uint32_t point = length == 1 ? lead : lead & (0xffu >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xc0) != 0x80) return false;
            point = point << 6 | (next & 0x3f);
        }
        if ((length == 3 && (point < 0x800 || (point >= 0xd800 && point < 0xe000))) ||
            (length == 4 && (point < 0x10000 || point > 0x10ffff)))
            return false;
        i += length;
    }
    return true;
}

std::string positionText(const Position& position)
{
    return position.topic + "/" + std::to_string(position.partition.value) + "@" + std::to_string(position.offset.value) +
           (position.epoch > 0 ? " epoch " + std::to_string(position.epoch) : "");
}

std::string positionJson(const Position& position)
{
    JsonLine line;
    line.text("source", position.source).text("topic", position.topic).number("partition", position.partition.value);
    line.number("offset", position.offset.value);
    if (position.epoch > 0) line.number("epoch", position.epoch);
    return line.done();
}

std::string eventJson(const Event& event, const EntityKey* lane, Version version)
{
    JsonLine line;
    if (lane != nullptr)
        line.text("entity", lane->text());
    else if (!event.entities.empty())
        line.text("entity", event.entities.front().text());
    if (event.entities.size() > 1) {
        std::string all = "[";
        for (const EntityKey& key : event.entities) {
            if (all.size() > 1) all += ',';
            quoteInto(all, key.text());
        }
        line.raw("entities", all + "]");
    }
    if (version.value > 0) line.number("version", static_cast<std::int64_t>(version.value));
    line.text("type", event.type).text("kind", nameOf(event.kind)).time("time", event.time);
    if (event.brokerTime) line.time("broker_time", *event.brokerTime);
    if (event.databaseTime) line.text("database_time", toIso(*event.databaseTime));
    line.raw("position", positionJson(event.position));
    if (event.key) {
        if (isUtf8(*event.key))
            line.text("key", *event.key);
        else
            line.text("key_b64", base64(*event.key));
    }
    if (!event.headers.empty()) {
        std::string all = "[";
        for (const auto& [name, value] : event.headers) {
            all += all.size() > 1 ? ",[" : "[";
            quoteInto(all, name);
            all += ',';
            if (!value)
                all += "null";
            else if (isUtf8(*value))
                quoteInto(all, *value);
            else
                all += "{\"b64\":\"" + base64(*value) + "\"}";
            all += ']';
        }
        line.raw("headers", all + "]");
    }
    if (event.domainVersion) line.text("domain_version", *event.domainVersion);
    if (event.correlation) line.text("correlation", *event.correlation);
    if (event.causation) line.text("causation", *event.causation);
    if (!event.transaction.empty()) line.text("transaction", event.transaction);
    if (event.linkedTo) line.text("continues_as", event.linkedTo->text());
    if (event.linkedFrom) line.text("continues", event.linkedFrom->text());
    line.text("decoded_as", event.decodedAs);
    if (!event.reject.empty()) line.text("reject", event.reject);
    if (!event.payload.empty())
        line.raw("payload", event.payload);
    else
        line.null("payload");
    return line.done();
}

void addCompleteness(JsonLine& line, const replay::Completeness& completeness)
{
    line.boolean("complete", completeness.complete);
    if (!completeness.complete) line.text("because", completeness.because);
}

std::string timeText(Timestamp time) { return time.isKnown() ? toIso(time) : "(no time)"; }

std::string oneLine(std::string_view text, std::size_t longest)
{
    std::string line;
    for (const char c : text) {
        if (line.size() >= longest) {
            while (!line.empty() && (static_cast<unsigned char>(line.back()) & 0xc0) == 0x80) line.pop_back();
            if (!line.empty() && static_cast<unsigned char>(line.back()) >= 0xc0) line.pop_back();
            return line + "…";
        }
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
    return line;
}

}  // namespace hindcast::cli
