#include "core/event/json_walk.h"

#include <simdjson.h>

#include <algorithm>

namespace hindcast {

namespace {

/// Above this a buffer is given back as soon as a small text comes: one event of 10 MB must not hold 40 MB for ever.
constexpr std::size_t kKeptCapacity = std::size_t{1} << 20;
constexpr std::size_t kFirstCapacity = 4096;

JsonError errorOf(simdjson::error_code code, std::size_t size)
{
    switch (code) {
        case simdjson::EMPTY: return {"the text is empty", size};
        case simdjson::UNCLOSED_STRING: return {"a string is not closed", size};
        case simdjson::UNESCAPED_CHARS: return {"a control character inside a string", 0};
        case simdjson::UTF8_ERROR: return {"invalid UTF-8", 0};
        case simdjson::CAPACITY: return {"the text is longer than 4 GB", size};
        case simdjson::MEMALLOC: return {"not enough memory", 0};
        default: return {simdjson::error_message(code), 0};
    }
}

void appendUtf8(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
}

/// The four hex digits at `at`; empty where there are not four.
std::optional<std::uint32_t> hex4(std::string_view body, std::size_t at)
{
    if (body.size() < at + 4) return {};
    std::uint32_t code = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        const char c = body[i];
        const char lower = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9')
            code = code * 16 + static_cast<std::uint32_t>(c - '0');
        else if (lower >= 'a' && lower <= 'f')
            code = code * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
        else
            return {};
    }
    return code;
}

constexpr bool isHighSurrogate(std::uint32_t code) { return code >= 0xD800 && code < 0xDC00; }
constexpr bool isLowSurrogate(std::uint32_t code) { return code >= 0xDC00 && code < 0xE000; }

}  // namespace

struct JsonIndex::Impl {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    std::size_t capacity = 0;
    bool needsPadding = false;  ///< simdjson's scalar fallback looks a few bytes ahead
    std::string padded;
};

JsonIndex::JsonIndex() : impl_(std::make_unique<Impl>())
{
    impl_->needsPadding = simdjson::get_active_implementation()->name() == "fallback";
}
JsonIndex::~JsonIndex() = default;
JsonIndex::JsonIndex(JsonIndex&&) noexcept = default;
JsonIndex& JsonIndex::operator=(JsonIndex&&) noexcept = default;

std::expected<JsonIndex::Tokens, JsonError> JsonIndex::build(std::string_view text)
{
    const auto broken = [&](simdjson::error_code code) { return std::unexpected(errorOf(code, text.size())); };
    if (text.empty()) return broken(simdjson::EMPTY);
    if (text.size() > simdjson::SIMDJSON_MAXSIZE_BYTES - simdjson::SIMDJSON_PADDING) return broken(simdjson::CAPACITY);

    Impl& impl = *impl_;
    const bool tooSmall = text.size() > impl.capacity;
    const bool wasteful = impl.capacity > kKeptCapacity && text.size() <= kKeptCapacity;
    if (tooSmall || wasteful) {
        const std::size_t wanted = std::max(kFirstCapacity, text.size() + text.size() / 4);
        const std::size_t capacity = std::min<std::size_t>(wanted, simdjson::SIMDJSON_MAXSIZE_BYTES);
        impl.stage.reset();
        impl.capacity = 0;
        if (const auto code = simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, impl.stage))
            return broken(code);
        impl.capacity = capacity;
        if (wasteful) std::string().swap(scratch_);
    }

    const char* bytes = text.data();
    if (impl.needsPadding) {
        impl.padded.assign(text);
        impl.padded.append(simdjson::SIMDJSON_PADDING, '\0');
        bytes = impl.padded.data();
    }
    const auto code =
        impl.stage->stage1(reinterpret_cast<const std::uint8_t*>(bytes), text.size(), simdjson::stage1_mode::regular);
    if (code) return broken(code);
    std::uint32_t* tokens = impl.stage->structural_indexes.get();
    const std::uint32_t count = impl.stage->n_structural_indexes;
    tokens[count] = static_cast<std::uint32_t>(text.size());
    return Tokens{tokens, tokens + count};
}

std::optional<std::size_t> unescapeJson(std::string_view body, std::string& out)
{
    out.clear();
    for (std::size_t i = 0; i < body.size();) {
        const std::size_t slash = body.find('\\', i);
        if (slash == std::string_view::npos) {
            out.append(body.substr(i));
            break;
        }
        out.append(body.substr(i, slash - i));
        if (slash + 1 >= body.size()) return slash;
        i = slash + 2;
        switch (body[slash + 1]) {
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            case '/': out += '/'; break;
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'u': {
                auto code = hex4(body, i);
                if (!code) return slash;
                i += 4;
                if (isHighSurrogate(*code) && body.substr(i, 2) == "\\u") {
                    const auto low = hex4(body, i + 2);
                    if (!low) return i;
                    if (isLowSurrogate(*low)) {
                        code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
                        i += 6;
                    }
                }
                const bool lone = *code >= 0xD800 && *code < 0xE000;
                appendUtf8(out, lone ? 0xFFFD : *code);
                break;
            }
            default: return slash;
        }
    }
    return {};
}

JsonError detail::unexpectedAt(std::string_view text, std::size_t offset)
{
    if (offset >= text.size()) return {"unexpected end of the text", text.size()};
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte > 0x20 && byte < 0x7F) {
        // A word says more than its first letter: NaN, True, 01.
        std::string_view word = text.substr(offset, 24);
        word = word.substr(0, word.find_first_of(" \t\r\n,:{}[]\""));
        return {"unexpected '" + std::string(word.empty() ? text.substr(offset, 1) : word) + "'", offset};
    }
    static constexpr char kHex[] = "0123456789ABCDEF";
    return {std::string("unexpected byte 0x") + kHex[byte >> 4] + kHex[byte & 15], offset};
}

}  // namespace hindcast
