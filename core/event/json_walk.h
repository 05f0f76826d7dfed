#pragma once
#include "core/event/decimal.h"
#include "core/event/json.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hindcast {

/// Where the tokens of a JSON text begin: simdjson's first stage (UTF-8, closed strings and control characters checked with
/// SIMD), the grammar being left to walkJson. One per thread, kept and reused: it owns the buffers, which grow to what the
/// largest recent text needed.
///
/// The text needs no padding: nothing is read beyond its end.
class JsonIndex {
public:
    JsonIndex();
    ~JsonIndex();
    JsonIndex(JsonIndex&&) noexcept;
    JsonIndex& operator=(JsonIndex&&) noexcept;

    struct Tokens {
        const std::uint32_t* begin = nullptr;
        const std::uint32_t* end = nullptr;  ///< *end is readable too: the length of the text
    };
    /// Valid until the next build(). An error where the text holds no token or is more than 4 GB long.
    [[nodiscard]] std::expected<Tokens, JsonError> build(std::string_view text);

    /// Where walkJson writes a string that holds escapes.
    [[nodiscard]] std::string& scratch() { return scratch_; }

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    std::string scratch_;
};

/// The text of a JSON string from what stands between its quotes, into `out`. An escaped surrogate that has no partner becomes
/// U+FFFD, as UTF-8 cannot hold it. Where an escape is none of JSON's: the offset within `body`.
[[nodiscard]] std::optional<std::size_t> unescapeJson(std::string_view body, std::string& out);

namespace detail {

[[nodiscard]] JsonError unexpectedAt(std::string_view text, std::size_t offset);

template <class V>
class JsonWalk {
public:
    JsonWalk(std::string_view text, JsonIndex::Tokens tokens, std::string& scratch, V& visitor)
        : text_(text), at_(tokens.begin), end_(tokens.end), scratch_(scratch), visitor_(visitor)
    {
    }

    std::expected<void, JsonError> run()
    {
        if (!value(0)) return std::unexpected(std::move(error_));
        if (at_ != end_) return std::unexpected(JsonError{"text after the end of the document", *at_});
        return {};
    }

private:
    bool value(std::size_t depth)
    {
        if (at_ == end_) return fail("unexpected end of the text", text_.size());
        const std::size_t begin = *at_++;
        switch (text_[begin]) {
            case '{': return depth < kMaxJsonDepth ? object(begin, depth + 1) : tooDeep(begin);
            case '[': return depth < kMaxJsonDepth ? array(begin, depth + 1) : tooDeep(begin);
            case '"': {
                const std::string_view raw = rawString(begin);
                std::string_view content;
                if (!unescaped(raw, begin, content)) return false;
                visitor_.string(content, raw);
                return true;
            }
            case 't': return literal(begin, "true", [this](std::string_view raw) { visitor_.boolean(true, raw); });
            case 'f': return literal(begin, "false", [this](std::string_view raw) { visitor_.boolean(false, raw); });
            case 'n': return literal(begin, "null", [this](std::string_view raw) { visitor_.null(raw); });
            default: {
                const std::string_view raw = rawScalar(begin);
                if (!isJsonNumber(raw)) return unexpected(begin);
                visitor_.number(raw);
                return true;
            }
        }
    }

    bool object(std::size_t begin, std::size_t depth)
    {
        visitor_.startObject(begin);
        if (nextIs('}')) return close([this](std::size_t end) { visitor_.endObject(end); });
        for (;;) {
            if (!nextIs('"')) return unexpected();
            const std::size_t start = *at_++;
            std::string_view name;
            if (!unescaped(rawString(start), start, name)) return false;
            visitor_.key(name);
            if (!nextIs(':')) return unexpected();
            ++at_;
            if (!value(depth)) return false;
            if (nextIs('}')) return close([this](std::size_t end) { visitor_.endObject(end); });
            if (!nextIs(',')) return unexpected();
            ++at_;
        }
    }

    bool array(std::size_t begin, std::size_t depth)
    {
        visitor_.startArray(begin);
        if (nextIs(']')) return close([this](std::size_t end) { visitor_.endArray(end); });
        for (;;) {
            if (!value(depth)) return false;
            if (nextIs(']')) return close([this](std::size_t end) { visitor_.endArray(end); });
            if (!nextIs(',')) return unexpected();
            ++at_;
        }
    }

    template <class F>
    bool close(F tell)
    {
        tell(std::size_t{*at_++} + 1);
        return true;
    }
    template <class F>
    bool literal(std::size_t begin, std::string_view word, F tell)
    {
        const std::string_view raw = rawScalar(begin);
        if (raw != word) return unexpected(begin);
        tell(raw);
        return true;
    }

    [[nodiscard]] bool nextIs(char c) const { return at_ != end_ && text_[*at_] == c; }

    /// From the token at `begin` (at_ is already behind it) to the next one, without the white space between.
    [[nodiscard]] std::string_view rawScalar(std::size_t begin) const
    {
        std::size_t end = *at_;
        while (end > begin && isSpace(text_[end - 1])) --end;
        return text_.substr(begin, end - begin);
    }
    /// The index has made sure that a string is closed, and that between its closing quote and the next token is white space.
    [[nodiscard]] std::string_view rawString(std::size_t begin) const
    {
        std::size_t end = *at_;
        while (end > begin + 2 && text_[end - 1] != '"') --end;
        return text_.substr(begin, end - begin);
    }
    static bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

    bool unescaped(std::string_view raw, std::size_t begin, std::string_view& out)
    {
        const std::string_view body = raw.substr(1, raw.size() - 2);
        if (body.find('\\') == std::string_view::npos) {
            out = body;
            return true;
        }
        if (const auto bad = unescapeJson(body, scratch_)) return fail("invalid escape in a string", begin + 1 + *bad);
        out = scratch_;
        return true;
    }

    bool fail(const char* message, std::size_t offset)
    {
        error_ = JsonError{message, offset};
        return false;
    }
    bool unexpected() { return unexpected(at_ == end_ ? text_.size() : *at_); }
    bool unexpected(std::size_t offset)
    {
        error_ = unexpectedAt(text_, offset);
        return false;
    }
    bool tooDeep(std::size_t offset) { return fail("nested more than 256 levels deep", offset); }

    std::string_view text_;
    const std::uint32_t* at_;
    const std::uint32_t* end_;
    std::string& scratch_;
    V& visitor_;
    JsonError error_;
};

}  // namespace detail

/// Walks a whole JSON text and tells the visitor what stands there, in order; the text is checked as strictly as parseJson does,
/// but the visitor has heard what came before an error. No memory is taken but for the index.
///
/// A visitor has
///   startObject(size_t begin), key(string_view name), endObject(size_t end),
///   startArray(size_t begin), endArray(size_t end),
///   string(string_view content, string_view raw), number(string_view raw), boolean(bool, string_view raw), null(string_view raw)
/// where `begin` is the offset of the bracket and `end` the offset behind it, and `raw` is the value's bytes within `text`
/// (its offset is raw.data() - text.data()). `name` and `content` are unescaped; they lie within `text` where they held no
/// escape, else they live until the next call.
///
/// Depth is bounded by kMaxJsonDepth, so the recursion takes at most about 64 KB of stack.
template <class V>
[[nodiscard]] std::expected<void, JsonError> walkJson(JsonIndex& index, std::string_view text, V& visitor)
{
    auto tokens = index.build(text);
    if (!tokens) return std::unexpected(std::move(tokens.error()));
    return detail::JsonWalk<V>(text, *tokens, index.scratch(), visitor).run();
}

}  // namespace hindcast
