#pragma once
#include <expected>
#include <string>
#include <string_view>

namespace hindcast::script {

/// A model file as an engine without modules can run it. Every token of the file keeps its column, and its line plus `firstLine` − 1.
struct ModelSource {
    /// Of a module: a function expression that takes a function, gives it the exports as an object of getters, and then runs the
    /// module's body in strict mode. Of a projection: the file as it is.
    std::string text;
    int firstLine = 1;        ///< the line of `text` that is the file's first
    bool projection = false;  ///< an EventStoreDB-style projection (formats 2): it has no exports and calls fromAll() or a sister
};

struct SourceFault {
    std::string message;
    int line = 1;    ///< 1-based
    int column = 1;  ///< 1-based, in UTF-16 units
};

/// `source` is UTF-8. Faults: imports of any kind, exports from other files, brackets and texts without an end, a file that is neither
/// module nor projection. What is wrong beyond that is for the engine to say.
[[nodiscard]] std::expected<ModelSource, SourceFault> modelSource(std::string_view source);

}  // namespace hindcast::script
