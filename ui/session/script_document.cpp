#include "ui/session/script_document.h"

#include "core/model/script.h"

namespace hindcast::ui {

std::optional<ScriptModel> scriptOf(const Json& document)
{
    const auto script = model::scriptFrom(document);
    if (!script) return {};
    return ScriptModel{QString::fromStdString(script->name), QString::fromStdString(script->source),
                       QString::fromStdString(script->file)};
}

Json documentOf(const ScriptModel& script)
{
    return model::documentOf({script.name.toStdString(), script.source.toStdString(), script.file.toStdString()});
}

}  // namespace hindcast::ui
