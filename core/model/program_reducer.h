#pragma once
#include "core/event/json.h"
#include "core/model/program_peer.h"
#include "core/model/reducer.h"

#include <memory>

namespace hindcast::model {

/// The setting's form of a program: {"program": {"command": ["python3", "user.py"], "folder": "/home/ada/models"}}; a command may be
/// one text where it needs no arguments.
[[nodiscard]] bool isProgram(const Json& document);
[[nodiscard]] Json documentOf(const Program& program);
/// What the setting names. The error tells what is wrong with it; Error::Kind::BadInput also where it is no program at all.
[[nodiscard]] Result<Program> programIn(const Json& document);

/// A reducer that folds by a program of the user's. start() is refused where the runtime does not allow programs; nothing is started
/// before. Its hash() is of the command and of what stands in the files that it names as they are now: a file that was changed
/// wants a new reducer.
[[nodiscard]] std::unique_ptr<Reducer> programReducer(const std::shared_ptr<Runtime>& runtime, Program program);
/// The same from the setting. The error tells what is wrong with it. REQUIRES: isProgram(document).
[[nodiscard]] Result<std::unique_ptr<Reducer>> programFrom(const std::shared_ptr<Runtime>& runtime, const Json& document);

}  // namespace hindcast::model
