#pragma once
#include "core/model/script_protocol.h"

#include <optional>
#include <string>
#include <string_view>

namespace hindcast::script {

struct Frame {
    model::ScriptFrame kind{};
    std::string body;
};

/// Frames of core/model/script_protocol.h on a descriptor, whole ones, waiting as long as it takes. Threads: one at a time.
class Frames {
public:
    explicit Frames(int descriptor) : descriptor_(descriptor) {}

    /// Empty: the other side is gone, or what it sent is no frame. The string of a frame that is handed back is used again.
    [[nodiscard]] std::optional<Frame> read(std::string reuse = {});
    /// False: the other side is gone.
    [[nodiscard]] bool write(model::ScriptFrame kind, std::string_view body);

private:
    [[nodiscard]] bool readAll(char* to, std::size_t count);
    [[nodiscard]] bool writeAll(const char* from, std::size_t count);

    int descriptor_;
};

}  // namespace hindcast::script
