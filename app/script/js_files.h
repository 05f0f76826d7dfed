#pragma once
#include <span>
#include <string_view>

namespace hindcast::script {

/// Our own JavaScript, built into the program: each file is a function expression that takes the runtime object.
struct JsFile {
    std::string_view name;
    std::string_view text;
};
/// In the order in which they are to run.
[[nodiscard]] std::span<const JsFile> jsFiles();

}  // namespace hindcast::script
