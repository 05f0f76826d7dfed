#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/event/pointer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

/// A set-rules file as read: values only, no behaviour (set_rules.cpp has that).
namespace hindcast::model::rules {

/// Facts of the event itself, by the names of the expression language.
enum class Meta : std::uint8_t { Time, Type, Kind, Version, Entity, Category, Id, Offset };

/// Where an operation's value comes from.
struct Value {
    enum class From : std::uint8_t { Payload, Const, Meta, Object };
    From from = From::Payload;
    Pointer at;                      ///< Payload
    Json constant;                   ///< Const
    Meta meta = Meta::Time;          ///< Meta
    std::vector<std::string> names;  ///< Object: of its members
    std::vector<Value> members;      ///< Object
};

/// A condition on the payload or on the state so far.
struct When {
    enum class Test : std::uint8_t { Equals, Not, In, Exists };
    bool ofState = false;
    Pointer at;
    Test test = Test::Exists;
    Json wanted;  ///< In: an array; Exists: a boolean
};

struct Operation {
    enum class Do : std::uint8_t { Set, Add, Append, Remove, Merge, End };
    Do what = Do::Set;
    Pointer target;
    std::optional<Value> value;  ///< absent only for End, Remove of a member, and Merge of the whole payload
    std::optional<When> when;
    std::vector<Pointer> except;  ///< Merge: what of the value is left out
    std::string label;            ///< "OrderPlaced[1] add"
};

struct Handler {
    std::vector<Operation> operations;
    bool needsPayload = false;
    bool touchesRoot = false;  ///< an operation is on the whole state, which may be no object then
    std::size_t fallible = 0;  ///< how many operations there are up to the last one that can fail while the state is an object
    std::vector<std::string> only;  ///< the payload's members that it reads; empty: all
};

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

struct File {
    std::string entity;
    Json initial = Json::object();
    std::unordered_map<std::string, Handler, TextHash, std::equal_to<>> on;  ///< without "*"
    std::optional<Handler> any;
    std::optional<Handler> otherwise;  ///< for types that are not in `on`
};

/// The error names the rule and the operation.
[[nodiscard]] Result<File> read(const Json& json);

}  // namespace hindcast::model::rules
