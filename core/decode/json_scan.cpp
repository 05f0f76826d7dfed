#include "core/decode/json_scan.h"

#include "core/event/json_walk.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace hindcast::decode {

PointerTrie::PointerTrie()
{
    nodes_.emplace_back();
    nodes_.front().buckets.fill(kNone);
}

PointerTrie::Node PointerTrie::add(const Pointer& pointer)
{
    Node node = kRoot;
    for (const std::string& token : pointer.tokens()) {
        node = add(node, token);
        if (node == kNone) break;
    }
    return node;
}

PointerTrie::Node PointerTrie::add(Node parent, std::string_view token)
{
    if (const Node there = member(parent, token); there != kNone) return there;
    if (nodes_.size() >= kNone) return kNone;
    const Node made = static_cast<Node>(nodes_.size());
    Data& data = nodes_.emplace_back();
    data.name = token;
    data.buckets.fill(kNone);
    data.parent = parent;
    Data& above = nodes_[parent];
    Node& bucket = above.buckets[bucketOf(token)];
    data.next = bucket;
    bucket = made;
    above.leaf = false;
    above.hasIndex = above.hasIndex || arrayIndex(token).has_value();
    return made;
}

PointerTrie::Node PointerTrie::item(Node parent, std::uint32_t index) const
{
    if (!nodes_[parent].hasIndex) return kNone;
    return member(parent, std::to_string(index));
}

JsonValue& JsonScan::begin(PointerTrie::Node node)
{
    // A second value at the same place is a duplicate key: what the first one held is no longer there.
    if (stamps_[node] == stamp_ && !trie_->isLeaf(node)) forgetBelow(node);
    stamps_[node] = stamp_;
    JsonValue& value = values_[node];
    value = JsonValue{};
    return value;
}

void JsonScan::forgetBelow(PointerTrie::Node node)
{
    for (std::size_t other = 0; other < stamps_.size(); ++other) {
        auto above = trie_->parentOf(static_cast<PointerTrie::Node>(other));
        while (above != PointerTrie::kNone && above != node) above = trie_->parentOf(above);
        if (above == node) stamps_[other] = stamp_ - 1;
    }
}

std::string JsonScan::reason() const { return "not JSON: " + error_ + " at byte " + std::to_string(errorOffset_); }

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighs = 0x8080808080808080;

/// Bytes that a string cannot simply run over: quote, backslash, control characters, and all beyond ASCII. Each such byte has its
/// high bit set in the result; of false positives there are none below the first true one.
constexpr std::uint64_t specialBytes(std::uint64_t word)
{
    const std::uint64_t quote = word ^ (kOnes * '"');
    const std::uint64_t backslash = word ^ (kOnes * '\\');
    return (((quote - kOnes) & ~quote) | ((backslash - kOnes) & ~backslash) | ((word - kOnes * 0x20) & ~word) | word) & kHighs;
}

/// Length of the well-formed UTF-8 sequence beyond ASCII at `at`, 0 where it is not one (Unicode 15, table 3-7).
std::size_t utf8Length(const char* at, const char* end)
{
    const auto byte = [&](std::ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
    const auto follows = [&](std::ptrdiff_t i) { return end - at > i && (byte(i) & 0xc0) == 0x80; };
    const unsigned char lead = byte(0);
    if (lead >= 0xc2 && lead <= 0xdf) return follows(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (!follows(1) || !follows(2)) return 0;
        if (lead == 0xe0 && byte(1) < 0xa0) return 0;
        if (lead == 0xed && byte(1) > 0x9f) return 0;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (!follows(1) || !follows(2) || !follows(3)) return 0;
        if (lead == 0xf0 && byte(1) < 0x90) return 0;
        if (lead == 0xf4 && byte(1) > 0x8f) return 0;
        return 4;
    }
    return 0;
}

bool isDigit(char c) { return c >= '0' && c <= '9'; }

bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

bool isUtf8(std::string_view bytes)
{
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at < end) {
        while (end - at >= 8) {
            std::uint64_t word;
            std::memcpy(&word, at, sizeof word);
            if ((word & kHighs) != 0) break;
            at += 8;
        }
        if (at == end) break;
        if (static_cast<unsigned char>(*at) < 0x80) {
            ++at;
            continue;
        }
        const std::size_t length = utf8Length(at, end);
        if (length == 0) return false;
        at += length;
    }
    return true;
}

/// The moving part of a scan: one object for one document.
class JsonPass {
public:
    JsonPass(JsonScan& scan, std::string_view text)
        : scan_(scan), trie_(*scan.trie_), begin_(text.data()), at_(begin_), end_(begin_ + text.size())
    {
    }
    bool document();

private:
    using Node = PointerTrie::Node;
    struct Frame {
        const char* start;
        std::uint32_t count;
        Node node;
        bool object;
    };

    void skipSpace()
    {
        while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) ++at_;
    }
    bool failAt(const char* where, std::string_view what)
    {
        scan_.error_ = what;
        scan_.errorOffset_ = static_cast<std::size_t>(where - begin_);
        return false;
    }
    bool unexpected();
    bool string(bool& escaped);
    bool escape();
    bool number();
    bool word(std::string_view text);
    bool scalar(Node node);
    bool key(Node parent, Node& child);

    JsonScan& scan_;
    const PointerTrie& trie_;
    const char* const begin_;
    const char* at_;
    const char* const end_;
    std::string name_;  // of a key that holds escapes
};

bool JsonPass::unexpected()
{
    if (at_ >= end_) return failAt(end_, "unexpected end");
    const auto c = static_cast<unsigned char>(*at_);
    if (c > 0x20 && c < 0x7f) return failAt(at_, std::string("unexpected character '") + *at_ + '\'');
    static constexpr char kHex[] = "0123456789abcdef";
    return failAt(at_, std::string("unexpected byte 0x") + kHex[c >> 4] + kHex[c & 15]);
}

bool JsonPass::escape()
{
    if (end_ - at_ < 2) return failAt(end_, "unexpected end");
    switch (at_[1]) {
        case '"':
        case '\\':
        case '/':
        case 'b':
        case 'f':
        case 'n':
        case 'r':
        case 't': at_ += 2; return true;
        case 'u':
            for (int i = 2; i < 6; ++i) {
                if (end_ - at_ <= i) return failAt(end_, "unexpected end");
                if (!isHex(at_[i])) return failAt(at_, "an invalid escape in a string");
            }
            at_ += 6;
            return true;
        default: return failAt(at_, "an invalid escape in a string");
    }
}

bool JsonPass::string(bool& escaped)
{
    ++at_;  // the quote
    for (;;) {
        if constexpr (std::endian::native == std::endian::little) {
            while (end_ - at_ >= 8) {
                std::uint64_t word;
                std::memcpy(&word, at_, sizeof word);
                const std::uint64_t special = specialBytes(word);
                if (special != 0) {
                    at_ += std::countr_zero(special) / 8;
                    break;
                }
                at_ += 8;
            }
        }
        if (at_ >= end_) return failAt(end_, "unexpected end");
        const auto c = static_cast<unsigned char>(*at_);
        if (c == '"') {
            ++at_;
            return true;
        }
        if (c == '\\') {
            escaped = true;
            if (!escape()) return false;
        } else if (c < 0x20) {
            return failAt(at_, "a control character in a string");
        } else if (c < 0x80) {
            ++at_;
        } else {
            const std::size_t length = utf8Length(at_, end_);
            if (length == 0) return failAt(at_, "invalid UTF-8");
            at_ += length;
        }
    }
}

bool JsonPass::number()
{
    if (*at_ == '-') ++at_;
    if (at_ >= end_ || !isDigit(*at_)) return unexpected();
    if (*at_ == '0') {
        ++at_;
    } else {
        while (at_ < end_ && isDigit(*at_)) ++at_;
    }
    if (at_ < end_ && *at_ == '.') {
        ++at_;
        if (at_ >= end_ || !isDigit(*at_)) return unexpected();
        while (at_ < end_ && isDigit(*at_)) ++at_;
    }
    if (at_ < end_ && (*at_ == 'e' || *at_ == 'E')) {
        ++at_;
        if (at_ < end_ && (*at_ == '+' || *at_ == '-')) ++at_;
        if (at_ >= end_ || !isDigit(*at_)) return unexpected();
        while (at_ < end_ && isDigit(*at_)) ++at_;
    }
    return true;
}

bool JsonPass::word(std::string_view text)
{
    for (const char c : text) {
        if (at_ >= end_ || *at_ != c) return unexpected();
        ++at_;
    }
    return true;
}

bool JsonPass::scalar(Node node)
{
    const char* const start = at_;
    JsonKind kind = JsonKind::Number;
    bool escaped = false;
    bool good = false;
    switch (*at_) {
        case '"':
            kind = JsonKind::String;
            good = string(escaped);
            break;
        case 't':
            kind = JsonKind::True;
            good = word("true");
            break;
        case 'f':
            kind = JsonKind::False;
            good = word("false");
            break;
        case 'n':
            kind = JsonKind::Null;
            good = word("null");
            break;
        default: good = *at_ == '-' || isDigit(*at_) ? number() : unexpected();
    }
    if (!good) return false;
    if (node != PointerTrie::kNone) {
        JsonValue& value = scan_.begin(node);
        value.kind = kind;
        value.escaped = escaped;
        value.raw = {start, static_cast<std::size_t>(at_ - start)};
    }
    return true;
}

/// Reads `"name" :` and finds the node that it leads to.
bool JsonPass::key(Node parent, Node& child)
{
    if (at_ >= end_ || *at_ != '"') return unexpected();
    const char* const start = at_ + 1;
    bool escaped = false;
    if (!string(escaped)) return false;
    child = PointerTrie::kNone;
    if (parent != PointerTrie::kNone && !trie_.isLeaf(parent)) {
        std::string_view name(start, static_cast<std::size_t>(at_ - 1 - start));
        if (escaped) {
            (void)unescapeJson(name, name_);  // string() has checked the escapes
            name = name_;
        }
        child = trie_.member(parent, name);
    }
    skipSpace();
    if (at_ >= end_ || *at_ != ':') return unexpected();
    ++at_;
    skipSpace();
    return true;
}

bool JsonPass::document()
{
    std::array<Frame, kMaxJsonDepth> frames;
    std::size_t depth = 0;
    Node node = PointerTrie::kRoot;
    skipSpace();
    for (;;) {
        // A value is to begin here.
        if (at_ >= end_) return unexpected();
        if (*at_ == '{' || *at_ == '[') {
            if (depth == kMaxJsonDepth) return failAt(at_, "nested deeper than " + std::to_string(kMaxJsonDepth) + " levels");
            const bool object = *at_ == '{';
            frames[depth++] = Frame{at_, 0, node, object};
            if (node != PointerTrie::kNone) scan_.begin(node).kind = object ? JsonKind::Object : JsonKind::Array;
            ++at_;
            skipSpace();
            if (at_ >= end_) return unexpected();
            if (*at_ != (object ? '}' : ']')) {
                frames[depth - 1].count = 1;
                const Node parent = node;
                if (object) {
                    if (!key(parent, node)) return false;
                } else {
                    node = parent == PointerTrie::kNone ? PointerTrie::kNone : trie_.item(parent, 0);
                }
                continue;
            }
        } else if (!scalar(node)) {
            return false;
        }
        // A value has ended; so may the containers around it.
        for (;;) {
            if (depth == 0) {
                skipSpace();
                return at_ == end_ || failAt(at_, "more text after the end of the document");
            }
            skipSpace();
            if (at_ >= end_) return unexpected();
            Frame& frame = frames[depth - 1];
            if (*at_ == ',') {
                ++at_;
                skipSpace();
                const std::uint32_t index = frame.count++;
                if (frame.object) {
                    if (!key(frame.node, node)) return false;
                } else {
                    node = frame.node == PointerTrie::kNone ? PointerTrie::kNone : trie_.item(frame.node, index);
                }
                break;
            }
            if (*at_ != (frame.object ? '}' : ']')) return unexpected();
            ++at_;
            if (frame.node != PointerTrie::kNone) {
                JsonValue& value = scan_.values_[frame.node];
                value.raw = {frame.start, static_cast<std::size_t>(at_ - frame.start)};
                value.count = frame.count;
            }
            --depth;
        }
    }
}

bool JsonScan::run(std::string_view text)
{
    stamp_ += 2;  // forgetBelow() uses the number between
    error_.clear();
    errorOffset_ = 0;
    if (text.empty()) {
        error_ = "unexpected end";
        return false;
    }
    return JsonPass(*this, text).document();
}

}  // namespace hindcast::decode
