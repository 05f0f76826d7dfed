#pragma once
#include "core/decode/mapping.h"
#include "core/event/event.h"
#include "core/event/json.h"

#include <string>

namespace hindcast::ui {

/// What stands where a mapping says that an entity's name stands: in its event, or in its state. Empty: nothing does, or what is no
/// name, as an object. Pure; any thread.
[[nodiscard]] std::string nameIn(const decode::FieldSource& source, const Event& event);
[[nodiscard]] std::string nameIn(const decode::FieldSource& source, const Json& state);

}  // namespace hindcast::ui
