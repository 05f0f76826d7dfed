#pragma once
#include "core/decode/json_scan.h"
#include "core/event/entity.h"
#include "core/event/kept_bytes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::decode {

/// Reads message keys: JSON (bare, behind a schema id, or wrapped as {"schema","payload"}), text, or bytes.
class KeyReader {
public:
    KeyReader();
    KeyReader(const KeyReader&) = delete;  // the scan points to the trie
    KeyReader& operator=(const KeyReader&) = delete;

    /// Both places at which a pointer's value may stand: in a bare key, and in a wrapped one.
    struct Place {
        PointerTrie::Node bare = PointerTrie::kNone;
        PointerTrie::Node wrapped = PointerTrie::kNone;
    };
    /// Asks for a value inside of JSON keys. REQUIRES: read() has not been called.
    [[nodiscard]] Place want(const Pointer& pointer);

    void read(std::optional<std::string_view> key);

    [[nodiscard]] bool present() const { return present_; }
    /// The id that the key stands for: text as it is; a JSON scalar's text; the one member of an object, or all of its members
    /// in their order as a composite id; hexadecimal where the key is no text. Empty where there is no key, or it names nothing.
    [[nodiscard]] std::string_view id(KeptBytes& arena);
    /// A value inside of a JSON key; missing where the key is no JSON.
    [[nodiscard]] const JsonValue& at(const Place& place) const;

private:
    [[nodiscard]] std::string_view objectId(const JsonValue& object, KeptBytes& arena);

    PointerTrie trie_;
    PointerTrie::Node schema_;
    PointerTrie::Node payload_;
    std::optional<JsonScan> scan_;  // made at the first read, when the trie is complete
    std::string_view bytes_;
    bool present_ = false;
    bool json_ = false;
    bool wrapped_ = false;
    bool hasSchemaId_ = false;
    std::string_view id_;
    bool idKnown_ = false;
    CompositeId composite_;
    std::vector<std::pair<std::string_view, JsonValue>> columns_;
};

}  // namespace hindcast::decode
