#include "ui/session/event_json.h"

#include <QByteArray>
#include <QStringDecoder>

namespace hindcast::ui {

namespace {

/// Empty where it is no UTF-8.
std::optional<std::string> asText(const std::string& bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return decoder.hasError() ? std::nullopt : std::optional(text.toStdString());
}

std::string base64(const std::string& bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

Json textOrBytes(const std::optional<std::string>& bytes)
{
    if (!bytes) return nullptr;
    if (auto text = asText(*bytes)) return std::move(*text);
    Json wrapped = Json::object();
    wrapped["b64"] = base64(*bytes);
    return wrapped;
}

void addTextOrBytes(Json& json, const std::string& name, const std::string& bytes)
{
    if (auto text = asText(bytes))
        json[name] = std::move(*text);
    else
        json[name + "_b64"] = base64(bytes);
}

Json timeJson(Timestamp time) { return time.isKnown() ? Json(toIso(time)) : Json(nullptr); }

Json positionJson(const Position& position)
{
    Json json = Json::object();
    json["source"] = position.source;
    json["topic"] = position.topic;
    json["partition"] = static_cast<std::int64_t>(position.partition.value);
    json["offset"] = position.offset.value;
    return json;
}

}  // namespace

QString positionText(const std::string& topic, Partition partition, Offset offset)
{
    return QStringLiteral("%1/%2/%3").arg(QString::fromStdString(topic)).arg(partition.value).arg(offset.value);
}

QString positionText(const Position& position) { return positionText(position.topic, position.partition, position.offset); }

QString eventJson(const EventView& view)
{
    const Event& event = view.event;
    Json json = Json::object();
    if (view.entity != EntityKey{}) json["entity"] = view.entity.text();
    if (event.entities.size() > 1)
        for (const EntityKey& key : event.entities) json["entities"].push_back(key.text());
    if (view.version.value > 0) json["version"] = view.version.value;
    if (!event.type.empty()) json["type"] = event.type;
    json["time"] = timeJson(event.time);
    json["position"] = positionJson(event.position);
    json["key"] = textOrBytes(event.key);
    if (!event.headers.empty()) {
        Json headers = Json::array();
        for (const auto& [name, value] : event.headers) {
            Json pair = Json::array();
            pair.push_back(name);
            pair.push_back(textOrBytes(value));
            headers.push_back(std::move(pair));
        }
        json["headers"] = std::move(headers);
    }
    if (!event.reject.empty()) json["reject"] = event.reject;
    if (event.payload.empty()) json["value"] = textOrBytes(event.value);

    std::string text = toText(json);
    if (!event.payload.empty()) {  // as it came, not through a document
        text.pop_back();
        text += ",\"payload\":" + event.payload + "}";
    }
    return QString::fromStdString(text);
}

QString rejectJson(const EventView& view)
{
    const Event& event = view.event;
    Json json = Json::object();
    json["reason"] = event.reject;
    json["time"] = timeJson(event.time);
    json["position"] = positionJson(event.position);
    if (event.position.epoch > 0) json["position"]["epoch"] = event.position.epoch;
    if (view.entity != EntityKey{}) json["entity"] = view.entity.text();
    if (event.key) addTextOrBytes(json, "key", *event.key);
    addTextOrBytes(json, "value", event.value.value_or(std::string()));
    return QString::fromStdString(toText(json));
}

}  // namespace hindcast::ui
