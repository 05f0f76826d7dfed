#pragma once
#include "core/decode/decoder.h"
#include "core/decode/mapping.h"
#include "core/event/json.h"

#include <QDir>
#include <QFile>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::decode::test {

/// A record with its bytes, each on a heap block of its exact size, so that a sanitizer sees a read beyond the end.
class OwnedRecord {
public:
    OwnedRecord(std::optional<std::string> key, std::optional<std::string> value,
                std::vector<std::pair<std::string, std::optional<std::string>>> headers = {})
    {
        raw.key = keep(key);
        raw.value = keep(value);
        for (const auto& [name, text] : headers) table.push_back({*keep(name), keep(text)});
        raw.headerCount = static_cast<std::uint32_t>(table.size());
    }
    OwnedRecord at(std::int64_t ms) &&
    {
        setTime(ms);
        return std::move(*this);
    }
    void setTime(std::int64_t ms)
    {
        raw.timestampKind = TimestampKind::Create;
        raw.timestamp = Timestamp::fromMilliseconds(ms);
    }

    RawRecord raw;
    std::vector<Header> table;

private:
    std::optional<std::string_view> keep(const std::optional<std::string>& text)
    {
        if (!text) return std::nullopt;
        auto& block = blocks_.emplace_back(std::make_unique<char[]>(text->size()));
        text->copy(block.get(), text->size());
        return std::string_view(block.get(), text->size());
    }
    std::vector<std::unique_ptr<char[]>> blocks_;
};

/// Facts together with the record that they point into, where it was made on the spot.
struct Decoded : EventFacts {
    std::shared_ptr<OwnedRecord> record;
};

inline Decoded decoded(Decoder& decoder, const OwnedRecord& record)
{
    Decoded facts;
    decoder.decode(record.raw, record.table, facts);
    return facts;
}
inline Decoded decoded(Decoder& decoder, OwnedRecord&& record)
{
    const auto kept = std::make_shared<OwnedRecord>(std::move(record));
    Decoded facts = decoded(decoder, *kept);
    facts.record = kept;
    return facts;
}

/// "category/id, category/id", with "server:" before where there is one.
inline QString lanes(const EventFacts& facts)
{
    std::string text;
    for (const EntityRef& entity : facts.entities) {
        if (!text.empty()) text += ", ";
        if (!entity.server.empty()) text += std::string(entity.server) + ":";
        text += EntityKey{std::string(entity.category), std::string(entity.id)}.text();
    }
    return QString::fromStdString(text);
}

inline QString text(std::string_view view) { return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size())); }

inline Mapping mappingOf(const char* json)
{
    const auto parsed = parseJson(json);
    if (!parsed) qFatal("the test's mapping is no JSON");
    auto mappings = mappingsFromJson(*parsed);
    if (!mappings) qFatal("the test's mapping: %s", mappings.error().text().c_str());
    return mappings->front();
}

inline QString samplePath(const char* name) { return QDir(QStringLiteral(HINDCAST_SAMPLES)).filePath(QString::fromUtf8(name)); }

inline std::string fileBytes(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot open %s", qPrintable(path));
    return file.readAll().toStdString();
}

/// One line of a record dump (contracts 4).
struct DumpedRecord {
    std::string topic;
    OwnedRecord record;
};

inline std::optional<std::string> dumpedBytes(const Json& line, const char* name)
{
    const auto& members = line.get_ref<const Json::object_t&>();
    if (const auto plain = members.find(std::string(name)); plain != members.end() && plain->second.is_string())
        return plain->second.get<std::string>();
    if (const auto coded = members.find(std::string(name) + "_b64"); coded != members.end() && coded->second.is_string())
        return QByteArray::fromBase64(QByteArray::fromStdString(coded->second.get<std::string>())).toStdString();
    return std::nullopt;
}

inline std::vector<DumpedRecord> dump(const QString& path)
{
    std::vector<DumpedRecord> records;
    for (const QByteArray& bytes : QByteArray::fromStdString(fileBytes(path)).split('\n')) {
        if (bytes.isEmpty()) continue;
        const auto line = parseJson(bytes.toStdString());
        if (!line) qFatal("%s: a line is no JSON", qPrintable(path));
        std::vector<std::pair<std::string, std::optional<std::string>>> headers;
        if (const Json* given = valueAt(*line, *Pointer::parse("/headers")); given != nullptr) {
            if (given->is_array()) {
                for (const Json& pair : *given)
                    headers.emplace_back(pair[0].get<std::string>(),
                                         pair[1].is_string() ? std::optional(pair[1].get<std::string>()) : std::nullopt);
            } else if (given->is_object()) {
                for (const auto& [name, value] : given->get_ref<const Json::object_t&>())
                    headers.emplace_back(name, value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt);
            }
        }
        const Json* topic = valueAt(*line, *Pointer::parse("/topic"));
        const Json* time = valueAt(*line, *Pointer::parse("/timestamp"));
        records.push_back(
            {topic->get<std::string>(), OwnedRecord(dumpedBytes(*line, "key"), dumpedBytes(*line, "value"), headers)});
        if (time != nullptr && time->is_number_integer()) records.back().record.setTime(time->get<std::int64_t>());
    }
    return records;
}

}  // namespace hindcast::decode::test
