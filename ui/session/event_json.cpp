#include "ui/session/event_json.h"

#include <QByteArray>
#include <QStringDecoder>

namespace hindcast::ui {

namespace {

Json textOrBytes(const std::optional<std::string>& bytes)
{
    if (!bytes) return nullptr;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(QByteArrayView(bytes->data(), static_cast<qsizetype>(bytes->size())));
    if (!decoder.hasError()) return text.toStdString();
    Json wrapped = Json::object();
    wrapped["b64"] = QByteArray(bytes->data(), static_cast<qsizetype>(bytes->size())).toBase64().toStdString();
    return wrapped;
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
    json["entity"] = view.entity.text();
    if (event.entities.size() > 1)
        for (const EntityKey& key : event.entities) json["entities"].push_back(key.text());
    if (view.version.value > 0) json["version"] = view.version.value;
    if (!event.type.empty()) json["type"] = event.type;
    json["time"] = event.time.isKnown() ? Json(toIso(event.time)) : Json(nullptr);
    Json position = Json::object();
    position["source"] = event.position.source;
    position["topic"] = event.position.topic;
    position["partition"] = static_cast<std::int64_t>(event.position.partition.value);
    position["offset"] = event.position.offset.value;
    json["position"] = std::move(position);
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

}  // namespace hindcast::ui
