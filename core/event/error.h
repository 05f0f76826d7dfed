#pragma once
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace hindcast {

/// What went wrong, in words for the person in front of the screen. Absence is never an Error: it is an empty optional.
struct Error {
    enum class Kind {
        Failed,       ///< will fail again as it stands
        Retry,        ///< may succeed later (broker away, file locked)
        BadInput,     ///< what the user gave cannot be used
        Unsupported,  ///< made by a later release, or a format that is not there yet
        NoSpace,      ///< disk full, read-only, or a limit of ours reached
        Denied,       ///< authentication or authorisation
        Cancelled,
    };

    std::string what;  ///< what failed: "cannot open orders.hindcast"
    std::string why;   ///< the reason: "the file is no SQLite database"
    std::string hint;  ///< what to do: "choose a *.hindcast file, or import this one"; may be empty
    Kind kind = Kind::Failed;

    /// One line: "what: why (hint)".
    [[nodiscard]] std::string text() const
    {
        std::string line = what;
        if (!why.empty()) line += ": " + why;
        if (!hint.empty()) line += " (" + hint + ")";
        return line;
    }
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(std::string what, std::string why, std::string hint = {},
                                                 Error::Kind kind = Error::Kind::Failed)
{
    return std::unexpected(Error{std::move(what), std::move(why), std::move(hint), kind});
}

}  // namespace hindcast
