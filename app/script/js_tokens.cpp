#include "app/script/js_tokens.h"

#include <algorithm>
#include <array>

namespace hindcast::script {

namespace {

constexpr auto npos = std::string_view::npos;

// After these a value begins: a `/` is a regular expression, a `{` an object.
constexpr std::array<std::string_view, 17> kBeforeValue{"return", "typeof", "instanceof", "in",      "of",    "new",
                                                        "delete", "void",   "throw",      "case",    "do",    "else",
                                                        "await",  "yield",  "extends",    "default", "export"};
// A `)` that closes what one of these opened is no value.
constexpr std::array<std::string_view, 4> kBeforeCondition{"if", "while", "for", "with"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool startsWord(char c)
{
    const auto u = static_cast<unsigned char>(c);
    return (u >= 'a' && u <= 'z') || (u >= 'A' && u <= 'Z') || c == '_' || c == '$' || c == '#' || c == '\\' || u >= 0x80;
}
bool isDigit(char c) { return c >= '0' && c <= '9'; }

class Scanner {
public:
    explicit Scanner(std::string_view source) : source_(source) {}

    Tokens run()
    {
        if (source_.starts_with("#!")) at_ = std::min(source_.find('\n'), source_.size());
        while (tokens_.broken == npos) {
            skipSpace();
            if (tokens_.broken != npos || at_ >= source_.size()) break;
            scan();
        }
        if (tokens_.broken == npos && !open_.empty()) {
            const Open& last = open_.back();
            breakAt(tokens_.all[last.token].begin, last.bracket == '('   ? "( that is not closed"
                                                   : last.bracket == '[' ? "[ that is not closed"
                                                                         : "{ that is not closed");
        }
        Token end;
        end.begin = end.end = source_.size();
        end.newLine = true;
        tokens_.all.push_back(end);
        return std::move(tokens_);
    }

private:
    struct Open {
        char bracket;  // ( [ { or $ for ${
        std::size_t token;
        bool condition = false;  // ( after if, while, for, with
        bool value = false;      // { of an object, or of a function that is a value
    };

    void breakAt(std::size_t at, std::string_view why)
    {
        tokens_.broken = at;
        tokens_.why = why;
    }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

    void skipSpace()
    {
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (c == '\n' || c == '\r') {
                newLine_ = true;
                ++at_;
            } else if (c == ' ' || c == '\t' || c == '\v' || c == '\f') {
                ++at_;
            } else if (source_.substr(at_).starts_with("\xC2\xA0")) {
                at_ += 2;
            } else if (source_.substr(at_).starts_with("\xEF\xBB\xBF")) {
                at_ += 3;
            } else if (source_.substr(at_).starts_with("\xE2\x80\xA8") || source_.substr(at_).starts_with("\xE2\x80\xA9")) {
                newLine_ = true;
                at_ += 3;
            } else if (c == '/' && peek(1) == '/') {
                at_ = std::min(source_.find('\n', at_), source_.size());
            } else if (c == '/' && peek(1) == '*') {
                const std::size_t end = source_.find("*/", at_ + 2);
                if (end == npos) return breakAt(at_, "comment that is not closed");
                if (source_.substr(at_, end - at_).find('\n') != npos) newLine_ = true;
                at_ = end + 2;
            } else {
                return;
            }
        }
    }

    void add(Token::Kind kind, std::size_t end, bool value)
    {
        Token token;
        token.kind = kind;
        token.begin = at_;
        token.end = end;
        token.newLine = newLine_;
        token.depth = static_cast<int>(open_.size());
        tokens_.all.push_back(token);
        newLine_ = false;
        afterValue_ = value;
        at_ = end;
    }
    std::string_view last() const
    {
        if (tokens_.all.empty()) return {};
        const Token& token = tokens_.all.back();
        return source_.substr(token.begin, token.end - token.begin);
    }
    bool lastIsMember() const
    {
        if (tokens_.all.size() < 2) return false;
        const Token& before = tokens_.all[tokens_.all.size() - 2];
        const auto text = source_.substr(before.begin, before.end - before.begin);
        return text == "." || text == "?.";
    }

    void scan()
    {
        const char c = source_[at_];
        if (startsWord(c)) return word();
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) return number();
        if (c == '"' || c == '\'') return text(c);
        if (c == '`') return templatePiece(at_ + 1);
        if (c == '/' && !afterValue_) return regex();
        if (c == '(' || c == '[' || c == '{') return opening(c);
        if (c == ')' || c == ']' || c == '}') return closing(c);
        mark();
    }

    void word()
    {
        std::size_t end = at_ + 1;
        while (end < source_.size() && (startsWord(source_[end]) || isDigit(source_[end]))) ++end;
        const std::string_view text = source_.substr(at_, end - at_);
        const bool member = last() == "." || last() == "?.";
        add(Token::Kind::Word, end, member || !contains(kBeforeValue, text));
    }
    void number()
    {
        std::size_t end = at_ + 1;
        while (end < source_.size()) {
            const char c = source_[end];
            const bool sign = (c == '+' || c == '-') && (source_[end - 1] == 'e' || source_[end - 1] == 'E') &&
                              !source_.substr(at_).starts_with("0x") && !source_.substr(at_).starts_with("0X");
            if (!isDigit(c) && !startsWord(c) && c != '.' && !sign) break;
            ++end;
        }
        add(Token::Kind::Number, end, true);
    }
    void text(char quote)
    {
        std::size_t end = at_ + 1;
        while (end < source_.size() && source_[end] != quote && source_[end] != '\n') end += source_[end] == '\\' ? 2 : 1;
        if (end >= source_.size() || source_[end] == '\n') return breakAt(at_, "text that is not closed");
        add(Token::Kind::Text, end + 1, true);
    }
    void templatePiece(std::size_t from)
    {
        std::size_t end = from;
        while (end < source_.size() && source_[end] != '`' && source_.substr(end, 2) != "${") end += source_[end] == '\\' ? 2 : 1;
        if (end >= source_.size()) return breakAt(at_, "template that is not closed");
        if (source_[end] == '`') return add(Token::Kind::Template, end + 1, true);
        add(Token::Kind::Template, end + 2, false);
        open_.push_back({'$', tokens_.all.size() - 1});
    }
    void regex()
    {
        std::size_t end = at_ + 1;
        bool inClass = false;
        for (; end < source_.size() && source_[end] != '\n'; ++end) {
            const char c = source_[end];
            if (c == '\\')
                ++end;
            else if (c == '[')
                inClass = true;
            else if (c == ']')
                inClass = false;
            else if (c == '/' && !inClass)
                break;
        }
        if (end >= source_.size() || source_[end] == '\n') return breakAt(at_, "regular expression that is not closed");
        ++end;
        while (end < source_.size() && startsWord(source_[end])) ++end;
        add(Token::Kind::Regex, end, true);
    }
    void opening(char c)
    {
        Open open{c, tokens_.all.size()};
        open.condition = c == '(' && contains(kBeforeCondition, last()) && !lastIsMember();
        // A brace where a value may begin is an object; after => it is a function that is a value.
        open.value = c == '{' && !afterValue_ && last() != ";" && last() != "{" && last() != "}" && last() != "do" &&
                     last() != "else" && last() != ")" && !tokens_.all.empty();
        add(Token::Kind::Mark, at_ + 1, false);
        open_.push_back(open);
    }
    void closing(char c)
    {
        const char partner = c == ')' ? '(' : c == ']' ? '[' : '{';
        if (c == '}' && !open_.empty() && open_.back().bracket == '$') {
            tokens_.all[open_.back().token].match = tokens_.all.size();
            open_.pop_back();
            return templatePiece(at_ + 1);
        }
        if (open_.empty() || open_.back().bracket != partner)
            return breakAt(at_, c == ')' ? ") without its (" : c == ']' ? "] without its [" : "} without its {");
        const Open open = open_.back();
        open_.pop_back();
        tokens_.all[open.token].match = tokens_.all.size();
        add(Token::Kind::Mark, at_ + 1, c == ')' ? !open.condition : c == ']' || open.value);
        tokens_.all.back().match = open.token;
    }
    void mark()
    {
        std::size_t length = 1;
        for (const std::string_view each : {"...", "=>", "?.", "++", "--"})
            if (source_.substr(at_).starts_with(each)) {
                length = each.size();
                break;
            }
        if (length == 2 && source_[at_] == '?' && isDigit(peek(2))) length = 1;  // a ?.5 : b
        const std::string_view text = source_.substr(at_, length);
        // A value is still a value after x++.
        add(Token::Kind::Mark, at_ + length, afterValue_ && (text == "++" || text == "--"));
    }

    std::string_view source_;
    std::size_t at_ = 0;
    bool newLine_ = false;
    bool afterValue_ = false;
    std::vector<Open> open_;
    Tokens tokens_;
};

}  // namespace

Tokens tokensOf(std::string_view source) { return Scanner(source).run(); }

}  // namespace hindcast::script
