#pragma once
#include "core/decode/json_scan.h"
#include "core/event/kept_bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace hindcast::decode {

/// The JSON of a record's value, bare or in Connect's {"schema","payload"} wrapper: scanned once, with all that envelope and
/// mapping want of it.
class ValueReader {
public:
    ValueReader();
    ValueReader(const ValueReader&) = delete;  // the scan points to the trie
    ValueReader& operator=(const ValueReader&) = delete;

    /// Where a pointer's value may stand, in a bare value and in a wrapped one.
    struct Place {
        PointerTrie::Node bare = PointerTrie::kNone;
        PointerTrie::Node wrapped = PointerTrie::kNone;
    };
    [[nodiscard]] Place want(const Pointer& pointer);                ///< REQUIRES: read() has not been called
    [[nodiscard]] Place want(Place parent, std::string_view token);  ///< likewise
    [[nodiscard]] Place root() const { return {PointerTrie::kRoot, payload_}; }

    /// False where the text is no JSON; reason() says why. The value counts as bare until wrapped() is told otherwise.
    [[nodiscard]] bool read(std::string_view json);
    [[nodiscard]] std::string reason() const { return scan_->reason(); }

    /// Whether the value has a wrapper's shape: "schema" (a Connect schema, {} or null) and "payload", and nothing else.
    [[nodiscard]] bool looksWrapped() const;
    /// Whether "payload" is the only member: a wrapper as documentation shows it, without its schema.
    [[nodiscard]] bool looksWrappedWithoutSchema() const;
    /// Whether the schema is one that Connect writes, or null: {} and a schema of somebody's own do not prove a wrapper.
    [[nodiscard]] bool schemaIsConnects() const;
    void setWrapped(bool wrapped) { wrapped_ = wrapped; }
    [[nodiscard]] bool wrapped() const { return wrapped_; }

    [[nodiscard]] const JsonValue& at(const Place& place) const { return (*scan_)[wrapped_ ? place.wrapped : place.bare]; }
    /// The same, whatever wrapped() says.
    [[nodiscard]] const JsonValue& bareAt(const Place& place) const { return (*scan_)[place.bare]; }
    [[nodiscard]] const JsonValue& wrappedAt(const Place& place) const { return (*scan_)[place.wrapped]; }
    [[nodiscard]] const JsonValue& payload() const { return at(root()); }

private:
    PointerTrie trie_;
    PointerTrie::Node schema_;
    PointerTrie::Node schemaType_;
    PointerTrie::Node payload_;
    std::optional<JsonScan> scan_;  // made at the first read, when the trie is complete
    bool wrapped_ = false;
};

}  // namespace hindcast::decode
