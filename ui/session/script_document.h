#pragma once
#include "core/event/json.h"

#include <QString>

#include <optional>

namespace hindcast::ui {

/// A model that is a script, as the setting "models" holds it for a category: {"script": {"name", "source", "file"}}.
struct ScriptModel {
    QString name;    ///< "bank.model.mjs"
    QString source;  ///< its text, lines ended by "\n" or "\r\n" as its author has them
    QString file;    ///< the path that it came from; empty: none
    bool operator==(const ScriptModel&) const = default;
};

/// Empty where the document is another kind of model.
[[nodiscard]] std::optional<ScriptModel> scriptOf(const Json& document);
[[nodiscard]] Json documentOf(const ScriptModel& script);

}  // namespace hindcast::ui
