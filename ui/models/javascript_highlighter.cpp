#include "ui/models/javascript_highlighter.h"

#include <QTextDocument>

#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

std::optional<Theme::Role> roleOf(TokenKind kind)
{
    switch (kind) {
        case TokenKind::Keyword: return Theme::Role::CodeKeyword;
        case TokenKind::Word:
        case TokenKind::Number: return Theme::Role::CodeNumber;
        case TokenKind::Text: return Theme::Role::CodeText;
        case TokenKind::Regex: return Theme::Role::CodeRegex;
        case TokenKind::Comment: return Theme::Role::CodeComment;
        default: return {};
    }
}

std::u16string_view viewOf(const QString& text)
{
    return {reinterpret_cast<const char16_t*>(text.utf16()), static_cast<std::size_t>(text.size())};
}

}  // namespace

JavaScriptHighlighter::JavaScriptHighlighter(QTextDocument& document, const Theme& theme)
    : QSyntaxHighlighter(&document), theme_(theme), states_{LineState{}}, numbers_{{LineState{}, 0}}
{
    rehighlight();  // else nothing is looked at until the event loop has run
    connect(&theme_, &Theme::changed, this, &JavaScriptHighlighter::recolor);
}

void JavaScriptHighlighter::setShown(int first, int last)
{
    // A little more than is seen, so that a line's scroll finds its colours there.
    constexpr int kMargin = 20;
    first_ = first - kMargin;
    last_ = last + kMargin;
    QTextBlock block = document()->findBlockByNumber(std::max(0, first_));
    for (; block.isValid() && block.blockNumber() <= last_; block = block.next()) {
        const auto* facts = static_cast<const LineFacts*>(block.userData());
        if (facts == nullptr || facts->colored != color_) rehighlightBlock(block);
    }
}

void JavaScriptHighlighter::recolor()
{
    ++color_;
    setShown(first_ + 20, last_ - 20);
}

int JavaScriptHighlighter::numberOf(const LineState& state)
{
    const auto [at, added] = numbers_.try_emplace(state, static_cast<int>(states_.size()));
    if (added) states_.push_back(state);
    return at->second;
}

void JavaScriptHighlighter::highlightBlock(const QString& text)
{
    ++looked_;
    const int before = previousBlockState();
    LineState state = before < 0 ? LineState{} : states_[static_cast<std::size_t>(before)];
    state = tokenize(viewOf(text), std::move(state), tokens_);
    setCurrentBlockState(numberOf(state));

    auto* facts = static_cast<LineFacts*>(currentBlockUserData());
    if (facts == nullptr) setCurrentBlockUserData(facts = new LineFacts);
    facts->brackets.clear();
    const int line = currentBlock().blockNumber();
    const bool shown = line >= first_ && line <= last_;
    for (const Token& token : tokens_) {
        const auto from = static_cast<int>(token.from);
        if (token.kind == TokenKind::Bracket) facts->brackets.push_back({from, text.at(from)});
        if (!shown) continue;
        if (const auto role = roleOf(token.kind)) setFormat(from, static_cast<int>(token.length), theme_.color(*role));
    }
    facts->colored = shown ? color_ : 0;
}

bool JavaScriptHighlighter::isProse(const QTextBlock& block, int column) const
{
    const QTextBlock before = block.previous();
    LineState state;
    if (before.isValid() && before.userState() >= 0) state = states_[static_cast<std::size_t>(before.userState())];
    const bool begun = state.inside != LineState::Inside::Code;
    const QString text = block.text();
    std::vector<Token> tokens;
    const LineState after = tokenize(viewOf(text), std::move(state), tokens);
    if (column == 0) return begun;
    for (const Token& token : tokens) {
        const auto from = static_cast<int>(token.from);
        const int to = from + static_cast<int>(token.length);
        if (from >= column || to < column) continue;
        if (token.kind != TokenKind::Text && token.kind != TokenKind::Regex && token.kind != TokenKind::Comment) continue;
        if (column < to) return true;
        // At its end: within where it goes on, or nobody has closed it yet.
        const QStringView piece = QStringView(text).mid(from, to - from);
        const QChar quote = piece.front();
        const bool string = token.kind == TokenKind::Text && (quote == QLatin1Char('"') || quote == QLatin1Char('\''));
        if (string && !(begun && from == 0) && (piece.size() == 1 || piece.back() != quote)) return true;
        if (token.kind == TokenKind::Comment && piece.startsWith(QLatin1String("//"))) return true;
        return to == text.size() && after.inside != LineState::Inside::Code;
    }
    return false;
}

}  // namespace hindcast::ui
