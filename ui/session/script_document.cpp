#include "ui/session/script_document.h"

namespace hindcast::ui {

namespace {

QString textAt(const Json& object, const char* key)
{
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? QString::fromStdString(at->get_ref<const std::string&>()) : QString();
}

}  // namespace

std::optional<ScriptModel> scriptOf(const Json& document)
{
    if (!document.is_object()) return {};
    const auto script = document.find("script");
    if (script == document.end() || !script->is_object()) return {};
    return ScriptModel{textAt(*script, "name"), textAt(*script, "source"), textAt(*script, "file")};
}

Json documentOf(const ScriptModel& script)
{
    Json inner = Json::object();
    inner["name"] = script.name.toStdString();
    inner["source"] = script.source.toStdString();
    if (!script.file.isEmpty()) inner["file"] = script.file.toStdString();
    Json document = Json::object();
    document["script"] = std::move(inner);
    return document;
}

}  // namespace hindcast::ui
