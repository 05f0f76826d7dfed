#include "ui/state/state_json.h"

namespace hindcast::ui {

QString stateJson(const replay::History& history, const StateView& view, const EventView* event, const QString& typeName)
{
    const replay::StateAt& at = view.state;
    Json json = Json::object();
    json["entity"] = history.key.text();
    json["version"] = at.version.value;
    json["of"] = at.of.value;
    json["time"] = nullptr;
    json["event"] = nullptr;
    if (at.version.value > 0 && at.version <= history.last()) {
        const replay::HistoryEvent& made = history.events[at.version.value - 1];
        if (made.time.isKnown()) json["time"] = toIso(made.time);
        Json source = Json::object();
        source["type"] = typeName.toStdString();
        if (event != nullptr && event->event.id == made.id) {
            const Position& where = event->event.position;
            Json position = Json::object();
            position["source"] = where.source;
            position["topic"] = where.topic;
            position["partition"] = static_cast<std::int64_t>(where.partition.value);
            position["offset"] = where.offset.value;
            if (where.epoch > 0) position["epoch"] = static_cast<std::int64_t>(where.epoch);
            source["position"] = std::move(position);
        }
        json["event"] = std::move(source);
    }
    // As text of its own: a document of megabytes is not copied first.
    std::string text = toText(json);
    text.pop_back();
    text += ",\"state\":" + (at.alive && !at.document.is_discarded() ? toText(at.document) : std::string("null"));
    Json rest = Json::object();
    rest["alive"] = at.alive;
    rest["complete"] = history.completeness.complete;
    if (!history.completeness.complete) rest["because"] = history.completeness.because;
    rest["model"] = (view.model ? view.model->describes : view.modelName).toStdString();
    if (at.error) {
        Json error = Json::object();
        error["version"] = at.error->version.value;
        error["handler"] = at.error->error.handler;
        error["message"] = at.error->error.message;
        if (at.error->error.line > 0) {
            error["file"] = at.error->error.file;
            error["line"] = at.error->error.line;
            error["column"] = at.error->error.column;
        }
        rest[at.error->version > at.version ? "stoppedAt" : "error"] = std::move(error);
    }
    text += ',' + toText(rest).substr(1);
    return QString::fromStdString(text);
}

}  // namespace hindcast::ui
