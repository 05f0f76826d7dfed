#pragma once
#include "core/model/program_peer.h"

#include <string>

namespace hindcast::model {

/// Changes when the program could fold otherwise: of the command, of the bytes of the files that it names, and of name, size and time
/// of the files beside these with the same ending (what a script imports). Interpreters and what stands elsewhere are not looked at.
[[nodiscard]] std::string hashOf(const Program& program);

}  // namespace hindcast::model
