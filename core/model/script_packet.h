#pragma once
#include "core/event/json_walk.h"
#include "core/model/peer.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hindcast::model {

/// Writes ops as script_protocol.h has them: one flat JSON array a packet. A payload goes as its leaves, by a shape that the other
/// side knows or is told just before; parsing payloads whole costs JavaScript twice the time.
/// Threads: one at a time. One for each process.
class ScriptPacket {
public:
    /// Views live until the next call. `places`: for each element of the array that is an op, the number of the op in `ops`; types
    /// and shapes that are told on the way bear that of the op that needs them.
    struct Written {
        std::string_view text;
        std::span<const std::uint32_t> places;
    };
    [[nodiscard]] Written write(std::span<const Op> ops);
    /// Nothing is known to the other side any more.
    void forget();

    /// Shapes that are told; later ones travel as whole payloads.
    static constexpr std::size_t kMostShapes = 4096;

private:
    void writeOp(const Op& op, std::uint32_t place);
    void writeState(const std::optional<std::string_view>& state);
    void writeEvent(const Op& op, int number, std::uint32_t place);
    void item(std::string_view text);
    void number(std::int64_t value);

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

    static constexpr std::uint32_t kWhole = 0;       // of script_protocol.h's shapes
    static constexpr std::uint32_t kFirstShape = 2;  // that is told

    Numbers types_;
    Numbers shapes_;  ///< kWhole: of payloads that travel so, since JavaScript would order their leaves otherwise
    std::uint32_t nextShape_ = kFirstShape;
    JsonIndex index_;
    std::string text_;
    std::string shape_;
    std::string leaves_;
    std::vector<std::uint32_t> places_;
};

/// JSON text with every number that a double cannot hold exactly (integers beyond ±(2^53−1), more than 15 significant digits, out
/// of range) made a string. REQUIRES: `text` is valid JSON.
void appendForScript(std::string& out, std::string_view text);
/// Whether such a number goes as text. `raw` matches JSON's grammar of numbers.
[[nodiscard]] bool goesAsText(std::string_view raw);

}  // namespace hindcast::model
