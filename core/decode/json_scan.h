#pragma once
#include "core/event/pointer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::decode {

enum class JsonKind : std::uint8_t { Missing, Null, False, True, Number, String, Object, Array };

/// A value as it stands in the text of a document. The view points into that text.
struct JsonValue {
    std::string_view raw;     ///< the whole value: a string with its quotes, a container with its brackets
    std::uint32_t count = 0;  ///< members or items of a container, duplicates counted
    JsonKind kind = JsonKind::Missing;
    bool escaped = false;  ///< a string that holds a backslash

    [[nodiscard]] bool is(JsonKind wanted) const { return kind == wanted; }
    [[nodiscard]] bool missing() const { return kind == JsonKind::Missing; }
    [[nodiscard]] bool isContainer() const { return kind == JsonKind::Object || kind == JsonKind::Array; }
    /// Between the quotes, still escaped. REQUIRES: is(String).
    [[nodiscard]] std::string_view inner() const { return raw.substr(1, raw.size() - 2); }
};

/// The pointers that one pass over a document is to collect. Built once per mapping.
class PointerTrie {
public:
    using Node = std::uint16_t;
    static constexpr Node kNone = 0xffff;
    static constexpr Node kRoot = 0;

    PointerTrie();
    /// The node of a pointer, made where it is new; the nodes above it are collected as well.
    /// kNone where the trie holds its 65,534 nodes already.
    Node add(const Pointer& pointer);
    Node add(Node parent, std::string_view token);

    [[nodiscard]] std::size_t size() const { return nodes_.size(); }
    [[nodiscard]] bool isLeaf(Node node) const { return nodes_[node].leaf; }
    /// REQUIRES: `name` is unescaped.
    [[nodiscard]] Node member(Node parent, std::string_view name) const
    {
        for (Node child = nodes_[parent].buckets[bucketOf(name)]; child != kNone; child = nodes_[child].next)
            if (nodes_[child].name == name) return child;
        return kNone;
    }
    [[nodiscard]] Node item(Node parent, std::uint32_t index) const;
    [[nodiscard]] Node parentOf(Node node) const { return nodes_[node].parent; }

private:
    static constexpr std::size_t kBuckets = 32;
    struct Data {
        std::string name;
        std::array<Node, kBuckets> buckets;
        Node next = kNone;
        Node parent = kNone;
        bool leaf = true;
        bool hasIndex = false;  ///< some child's name is an array index
    };
    static std::size_t bucketOf(std::string_view name)
    {
        if (name.empty()) return 0;
        return (name.size() * 5 + static_cast<unsigned char>(name.front()) + static_cast<unsigned char>(name.back()) * 3) %
               kBuckets;
    }
    std::vector<Data> nodes_;
};

/// One pass over a text that proves it strict JSON (RFC 8259, UTF-8 checked, at most kMaxJsonDepth levels) and collects the values
/// at the trie's pointers. Of duplicate keys the last one wins, with all that lies below it. Needs no padding behind the text,
/// does not recurse and does not allocate. The trie must outlive it.
class JsonScan {
public:
    explicit JsonScan(const PointerTrie& trie) : trie_(&trie), values_(trie.size()), stamps_(trie.size()) {}

    /// False where the text is no JSON: reason() and errorOffset() then say why.
    [[nodiscard]] bool run(std::string_view text);
    /// A value of the latest run; `missing()` where the document has none there.
    [[nodiscard]] const JsonValue& operator[](PointerTrie::Node node) const
    {
        static const JsonValue none;
        return node == PointerTrie::kNone || stamps_[node] != stamp_ ? none : values_[node];
    }
    [[nodiscard]] std::size_t errorOffset() const { return errorOffset_; }
    /// "not JSON: unexpected end at byte 211"
    [[nodiscard]] std::string reason() const;

private:
    friend class JsonPass;
    JsonValue& begin(PointerTrie::Node node);
    void forgetBelow(PointerTrie::Node node);

    const PointerTrie* trie_;
    std::vector<JsonValue> values_;
    std::vector<std::uint64_t> stamps_;
    std::uint64_t stamp_ = 0;
    std::string error_;
    std::size_t errorOffset_ = 0;
};

/// Whether the bytes are well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] bool isUtf8(std::string_view bytes);

}  // namespace hindcast::decode
