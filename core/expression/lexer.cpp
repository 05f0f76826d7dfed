#include "core/expression/lexer.h"

#include "core/event/decimal.h"
#include "core/expression/big_decimal.h"
#include "core/expression/text_tools.h"

#include <algorithm>
#include <array>

namespace hindcast::expression {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameStart(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte >= 0x80;
}
bool isNamePart(char c) { return isNameStart(c) || isDigit(c); }

int hexDigit(char c)
{
    if (isDigit(c)) return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Of any size: nine hex digits at a time.
std::string decimalOfHex(std::string_view digits)
{
    std::string value = "0";
    while (!digits.empty()) {
        const std::string_view part = digits.substr(0, 9);
        std::uint64_t number = 0;
        for (const char c : part) number = number * 16 + static_cast<std::uint64_t>(hexDigit(c));
        value = addDecimals(multiplyDecimals(value, std::to_string(std::uint64_t{1} << (4 * part.size()))).value_or("0"),
                            std::to_string(number))
                    .value_or("0");
        digits.remove_prefix(part.size());
    }
    return value;
}

constexpr std::array<std::string_view, 6> kPairs{"==", "!=", "<=", ">=", "&&", "||"};
constexpr std::string_view kSingles = "<>!?:+-*/%.,()[]{}";
constexpr std::size_t kMostHexDigits = 4000;

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    std::expected<std::vector<Token>, SyntaxError> run()
    {
        for (;;) {
            skipSpace();
            const std::size_t begin = at_;
            if (at_ == text_.size()) {
                add(Token::Kind::End, begin, {});
                return std::move(tokens_);
            }
            if (!next()) return std::unexpected(std::move(error_));
        }
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

    void skipSpace()
    {
        while (at_ < text_.size()) {
            if (text_.substr(at_, 2) == "//") {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (std::string_view(" \t\r\n\f").find(text_[at_]) != std::string_view::npos) {
                ++at_;
            } else {
                return;
            }
        }
    }

    void add(Token::Kind kind, std::size_t begin, std::string value)
    {
        tokens_.push_back({kind, begin, at_ - begin, std::move(value)});
    }

    bool fail(std::string message, std::size_t begin, std::size_t length)
    {
        error_ = SyntaxError{std::move(message), begin, std::min(length, text_.size() - begin)};
        return false;
    }

    bool next()
    {
        const char c = peek();
        if (c == '"' || c == '\'') return string(at_, false);
        const char after = peek(1);
        if ((c == 'r' || c == 'R') && (after == '"' || after == '\'')) return string(at_++, true);
        if ((c == 'b' || c == 'B') && (after == '"' || after == '\''))
            return fail("there are no bytes in these expressions: leave out the b", at_, 1);
        if (isDigit(c) || (c == '.' && isDigit(after))) return number();
        if (const std::string_view quote = text_.substr(at_, 3); quote == "“" || quote == "”" || quote == "‘" || quote == "’")
            return fail("texts stand in straight quotes: \"…\" or '…'", at_, 3);
        if (isNameStart(c)) return name();
        return symbol();
    }

    bool name()
    {
        const std::size_t begin = at_;
        while (at_ < text_.size() && isNamePart(text_[at_])) ++at_;
        add(Token::Kind::Name, begin, std::string(text_.substr(begin, at_ - begin)));
        return true;
    }

    bool symbol()
    {
        const std::size_t begin = at_;
        const std::string_view pair = text_.substr(at_, 2);
        if (std::ranges::find(kPairs, pair) != kPairs.end()) {
            at_ += 2;
            add(Token::Kind::Symbol, begin, std::string(pair));
            return true;
        }
        if (pair == "<>") return fail("unequal is written !=", begin, 2);
        switch (peek()) {
            case '=': return fail("equal is written ==", begin, 1);
            case '&': return fail("and is written &&", begin, 1);
            case '|': return fail("or is written ||", begin, 1);
            default: break;
        }
        if (kSingles.find(peek()) == std::string_view::npos)
            return fail(std::string("an unexpected character") +
                            (peek() > ' ' && peek() < 0x7F ? ", " + std::string(1, peek()) : std::string()),
                        begin, 1);
        ++at_;
        add(Token::Kind::Symbol, begin, std::string(1, text_[begin]));
        return true;
    }

    std::string_view digits()
    {
        const std::size_t begin = at_;
        while (isDigit(peek())) ++at_;
        return text_.substr(begin, at_ - begin);
    }

    bool number()
    {
        const std::size_t begin = at_;
        std::string value;
        if (peek() == '0' && (peek(1) | 0x20) == 'x') {
            at_ += 2;
            const std::size_t first = at_;
            while (hexDigit(peek()) >= 0) ++at_;
            const std::string_view hex = text_.substr(first, at_ - first);
            if (hex.empty()) return fail("hex digits are missing behind 0x", begin, at_ - begin);
            if (hex.size() > kMostHexDigits) return fail("the number is too long", begin, at_ - begin);
            value = decimalOfHex(hex);
        } else {
            value = digits();
            value.erase(0, std::min(value.find_first_not_of('0'), value.size()));  // 007 is CEL, but not JSON
            if (value.empty()) value = "0";
            if (peek() == '.' && isDigit(peek(1))) {
                ++at_;
                value += '.';
                value += digits();
            }
            if ((peek() | 0x20) == 'e') {
                const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
                if (!isDigit(peek(1 + sign))) return fail("the exponent has no digits", begin, at_ + 1 + sign - begin);
                value += text_.substr(at_, 1 + sign);
                at_ += 1 + sign;
                value += digits();
            }
        }
        if (value.find_first_of(".eE") == std::string::npos && (peek() | 0x20) == 'u') ++at_;
        if (isNamePart(peek())) {
            while (isNamePart(peek())) ++at_;
            return fail("this is neither a number nor a name; texts stand in quotes", begin, at_ - begin);
        }
        add(Token::Kind::Number, begin, std::move(value));
        return true;
    }

    bool string(std::size_t begin, bool raw)
    {
        const char quote = peek();
        const std::string three(3, quote);
        const bool triple = text_.substr(at_, 3) == three;
        at_ += triple ? 3 : 1;
        std::string value;
        for (;;) {
            if (at_ >= text_.size() || (!triple && (peek() == '\n' || peek() == '\r')))
                return fail("the text is not closed: a " + std::string(triple ? three : three.substr(2)) + " is missing", begin,
                            at_ - begin);
            if (triple ? text_.substr(at_, 3) == three : peek() == quote) break;
            if (peek() == '\\' && !raw) {
                if (!escape(value)) return false;
            } else {
                value += text_[at_++];
            }
        }
        at_ += triple ? 3 : 1;
        add(Token::Kind::Text, begin, std::move(value));
        return true;
    }

    bool escape(std::string& value)
    {
        static constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
        static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
        const std::size_t begin = at_;
        const char c = peek(1);
        if (const std::size_t simple = kLetters.find(c); c != '\0' && simple != std::string_view::npos) {
            value += kMeanings[simple];
            at_ += 2;
            return true;
        }
        const auto coded = [&](std::size_t skip, std::size_t count, int base) {
            at_ += skip;
            std::uint32_t code = 0;
            for (std::size_t i = 0; i < count; ++i) {
                const int digit = hexDigit(peek());
                if (digit < 0 || digit >= base) return fail("the escape is too short", begin, at_ - begin);
                code = code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
                ++at_;
            }
            if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
                return fail("the escape names no character", begin, at_ - begin);
            appendCodePoint(value, code);
            return true;
        };
        switch (c) {
            case 'x':
            case 'X': return coded(2, 2, 16);
            case 'u': return coded(2, 4, 16);
            case 'U': return coded(2, 8, 16);
            case '0':
            case '1':
            case '2':
            case '3': return coded(1, 3, 8);
            default: return fail("there is no such escape; a backslash is written \\\\, or r\"…\" around the text", begin, 2);
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    SyntaxError error_;
};

}  // namespace

std::expected<std::vector<Token>, SyntaxError> tokensOf(std::string_view text) { return Lexer(text).run(); }

}  // namespace hindcast::expression
