#pragma once
#include "core/event/json_walk.h"
#include "core/event/pointer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

/// Finds the values at some paths of a JSON text in one pass over its tokens, without reading what stands elsewhere. Of duplicate keys
/// the last one wins, as in parseJson. The text is taken to be JSON, as payloads are: where it is not, what was found before the fault
/// counts and nothing else is harmed.
class PayloadScan {
public:
    explicit PayloadScan(const std::vector<Pointer>& paths);

    /// The text has to live as long as what operator[] gives.
    void run(std::string_view text);
    /// The bytes of the value at a path, without white space around it; empty where there is none.
    [[nodiscard]] std::string_view operator[](std::size_t path) const { return found_[path]; }

private:
    using Token = const std::uint32_t*;
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    struct Place {
        std::string name;
        std::size_t item = kNone;  ///< the name as an index of an array
        std::size_t path = kNone;
        std::vector<std::size_t> children;
        std::uint64_t seen = 0;  ///< the run that met it last
    };

    bool value(std::size_t place);
    bool object(std::size_t place);
    bool array(std::size_t place);
    bool skip();
    void forget(std::size_t place);
    [[nodiscard]] std::size_t childOf(std::size_t place, std::string_view name) const;
    [[nodiscard]] std::string_view keyBehind(std::size_t quote);
    [[nodiscard]] char charAt(Token token) const { return token == end_ ? '\0' : text_[*token]; }
    [[nodiscard]] std::size_t endOfScalar(std::size_t begin) const;

    JsonIndex index_;
    std::vector<Place> places_;  ///< the first is the root
    std::vector<std::string_view> found_;
    std::string_view text_;
    Token at_ = nullptr;
    Token end_ = nullptr;
    std::size_t closed_ = 0;  ///< behind the container that was left last
    bool escapes_ = false;
    std::uint64_t run_ = 0;
    std::string name_;
};

}  // namespace hindcast::expression
