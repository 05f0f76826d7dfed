#include "ui/models/javascript_tokens.h"

#include "ui/models/javascript_words.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

using Inside = LineState::Inside;

/// One line at work.
class Scanner {
public:
    Scanner(std::u16string_view line, LineState from, std::vector<Token>& tokens)
        : line_(line), state_(std::move(from)), tokens_(tokens)
    {
    }

    LineState run()
    {
        if (state_.inside == Inside::Code && line_.starts_with(u"#!")) {
            add(0, line_.size(), TokenKind::Comment);
            return std::move(state_);
        }
        while (at_ < line_.size()) {
            switch (state_.inside) {
                case Inside::Code: code(); break;
                case Inside::Comment: comment(at_); break;
                case Inside::Template: templateText(at_); break;
                case Inside::Single: text(at_, u'\''); break;
                case Inside::Double: text(at_, u'"'); break;
            }
        }
        return std::move(state_);
    }

private:
    [[nodiscard]] char16_t peek(std::size_t ahead = 0) const { return at_ + ahead < line_.size() ? line_[at_ + ahead] : u'\0'; }

    void add(std::size_t from, std::size_t to, TokenKind kind)
    {
        if (to > from) tokens_.push_back({from, to - from, kind});
        at_ = to;
    }

    void code()
    {
        const char16_t c = peek();
        const bool afterDot = std::exchange(afterDot_, false);
        if (isBlank(c)) {
            afterDot_ = afterDot;
            ++at_;
        } else if (beginsName(c) || c == u'#') {
            name(afterDot);
        } else if (isDigit(c) || (c == u'.' && isDigit(peek(1)))) {
            number();
        } else if (c == u'"' || c == u'\'') {
            at_ += 1;
            text(at_ - 1, c);
        } else if (c == u'`') {
            at_ += 1;
            state_.inside = Inside::Template;
            templateText(at_ - 1);
        } else if (c == u'/') {
            slash();
        } else {
            mark(c);
        }
    }

    void name(bool afterDot)
    {
        std::size_t to = at_ + 1;
        while (to < line_.size() && isInName(line_[to])) ++to;
        const std::u16string_view word = line_.substr(at_, to - at_);
        const bool keyword = !afterDot && isKeyword(word);
        controls_ = keyword && (word == u"if" || word == u"while" || word == u"for" || word == u"with");
        state_.afterValue = !keyword || isValueWord(word);
        const bool fixed = !afterDot && isFixedWord(word);
        // `{ delete: 1 }` names a member.
        std::size_t next = to;
        while (next < line_.size() && isBlank(line_[next])) ++next;
        const bool member = keyword && next < line_.size() && line_[next] == u':' && word != u"default";
        add(at_, to, keyword && !member ? TokenKind::Keyword : fixed ? TokenKind::Word : TokenKind::Name);
    }

    void number()
    {
        std::size_t to = at_;
        const auto here = [&] { return to < line_.size() ? line_[to] : u'\0'; };
        const auto digits = [&] {
            while (isDigit(here()) || here() == u'_') ++to;
        };
        const char16_t second = peek() == u'0' ? peek(1) | 0x20 : u'\0';
        if (second == u'x' || second == u'o' || second == u'b') {
            to += 2;
            while (isDigit(here()) || here() == u'_' || ((here() | 0x20) >= u'a' && (here() | 0x20) <= u'f')) ++to;
        } else {
            digits();
            if (here() == u'.') {
                ++to;
                digits();
            }
            const bool sign = to + 1 < line_.size() && (line_[to + 1] == u'+' || line_[to + 1] == u'-');
            const std::size_t exponent = to + (sign ? 2 : 1);
            if ((here() | 0x20) == u'e' && exponent < line_.size() && isDigit(line_[exponent])) {
                to = exponent;
                digits();
            }
        }
        if (here() == u'n') ++to;
        state_.afterValue = true;
        controls_ = false;
        add(at_, to, TokenKind::Number);
    }

    /// The rest of a string; at_ is behind its quote.
    void text(std::size_t from, char16_t quote)
    {
        state_.afterValue = true;
        controls_ = false;
        state_.inside = Inside::Code;
        while (at_ < line_.size()) {
            const char16_t c = line_[at_++];
            if (c == quote) break;
            if (c != u'\\') continue;
            if (at_ == line_.size()) {
                // It goes on in the next line.
                state_.inside = quote == u'"' ? Inside::Double : Inside::Single;
                break;
            }
            ++at_;
        }
        add(from, at_, TokenKind::Text);
    }

    void templateText(std::size_t from)
    {
        while (at_ < line_.size()) {
            const char16_t c = line_[at_];
            if (c == u'\\') {
                at_ = std::min(at_ + 2, line_.size());
            } else if (c == u'`') {
                state_.inside = Inside::Code;
                state_.afterValue = true;
                controls_ = false;
                return add(from, at_ + 1, TokenKind::Text);
            } else if (c == u'$' && peek(1) == u'{' && state_.open.size() < kMostNested) {
                add(from, at_, TokenKind::Text);
                add(at_, at_ + 1, TokenKind::Mark);
                add(at_, at_ + 1, TokenKind::Bracket);
                state_.open.push_back(0);
                state_.inside = Inside::Code;
                state_.afterValue = false;
                return;
            } else {
                ++at_;
            }
        }
        add(from, at_, TokenKind::Text);
    }

    void comment(std::size_t from)
    {
        const std::size_t end = line_.find(u"*/", at_);
        state_.inside = end == std::u16string_view::npos ? Inside::Comment : Inside::Code;
        add(from, end == std::u16string_view::npos ? line_.size() : end + 2, TokenKind::Comment);
    }

    void slash()
    {
        const std::size_t from = at_;
        if (peek(1) == u'/') return add(from, line_.size(), TokenKind::Comment);
        if (peek(1) == u'*') {
            at_ += 2;
            return comment(from);
        }
        if (const std::size_t end = state_.afterValue ? 0 : regexEnd(); end > 0) {
            state_.afterValue = true;
            controls_ = false;
            return add(from, end, TokenKind::Regex);
        }
        mark(u'/');
    }

    /// Behind the regular expression that begins here and its flags; 0: it has no end in this line, so it is none.
    [[nodiscard]] std::size_t regexEnd() const
    {
        bool set = false;  // within [ ] a slash is one of the characters
        for (std::size_t i = at_ + 1; i < line_.size(); ++i) {
            const char16_t c = line_[i];
            if (c == u'\\')
                ++i;
            else if (c == u'[')
                set = true;
            else if (c == u']')
                set = false;
            else if (c == u'/' && !set) {
                ++i;
                while (i < line_.size() && isInName(line_[i])) ++i;
                return i;
            }
        }
        return 0;
    }

    void mark(char16_t c)
    {
        const bool controls = std::exchange(controls_, false);
        switch (c) {
            case u'(':
                parens_.push_back(controls);
                state_.afterValue = false;
                return add(at_, at_ + 1, TokenKind::Bracket);
            case u')': {
                // Behind `if (…)` a statement begins, behind a call's a value has ended.
                const bool opened = !parens_.empty() && parens_.back();
                if (!parens_.empty()) parens_.pop_back();
                state_.afterValue = !opened;
                return add(at_, at_ + 1, TokenKind::Bracket);
            }
            case u'[': state_.afterValue = false; return add(at_, at_ + 1, TokenKind::Bracket);
            case u']': state_.afterValue = true; return add(at_, at_ + 1, TokenKind::Bracket);
            case u'{':
                if (!state_.open.empty() && state_.open.back() < 0xffff) ++state_.open.back();
                state_.afterValue = false;
                return add(at_, at_ + 1, TokenKind::Bracket);
            case u'}': return closeBrace();
            case u'.':
                afterDot_ = peek(1) != u'.';
                if (!afterDot_)
                    while (peek() == u'.') add(at_, at_ + 1, TokenKind::Mark);
                else
                    add(at_, at_ + 1, TokenKind::Mark);
                state_.afterValue = false;
                return;
            case u'+':
            case u'-':
                if (peek(1) == c) return add(at_, at_ + 2, TokenKind::Mark);  // a++ / 2: what was before it stands
                [[fallthrough]];
            default: state_.afterValue = false; return add(at_, at_ + 1, TokenKind::Mark);
        }
    }

    void closeBrace()
    {
        const bool ends = !state_.open.empty() && state_.open.back() == 0;
        if (ends) {
            state_.open.pop_back();
            state_.inside = Inside::Template;
        } else if (!state_.open.empty()) {
            --state_.open.back();
        }
        state_.afterValue = false;
        add(at_, at_ + 1, TokenKind::Bracket);
    }

    std::u16string_view line_;
    LineState state_;
    std::vector<Token>& tokens_;
    std::size_t at_ = 0;
    bool afterDot_ = false;       ///< what follows names a member
    bool controls_ = false;       ///< the last word was if, while, for or with
    std::vector<bool> parens_{};  ///< those open in this line: whether such a word stood before
};

}  // namespace

LineState tokenize(std::u16string_view line, LineState from, std::vector<Token>& tokens)
{
    tokens.clear();
    return Scanner(line, std::move(from), tokens).run();
}

}  // namespace hindcast::ui
