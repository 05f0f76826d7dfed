#include "ui/models/named_categories.h"

#include "ui/models/javascript_tokens.h"

#include <QRegularExpression>

#include <vector>

namespace hindcast::ui {

namespace {

struct Piece {
    TokenKind kind;
    QStringView text;  ///< of the source
};

std::vector<Piece> piecesOf(const QString& source)
{
    std::vector<Piece> pieces;
    LineState state;
    std::vector<Token> tokens;
    const QStringView all(source);
    for (qsizetype from = 0; from <= all.size();) {
        const qsizetype end = all.indexOf(QLatin1Char('\n'), from);
        const QStringView line = all.mid(from, end < 0 ? -1 : end - from);
        state = tokenize({line.utf16(), static_cast<std::size_t>(line.size())}, std::move(state), tokens);
        for (const Token& token : tokens)
            if (token.kind != TokenKind::Comment)
                pieces.push_back(
                    {token.kind, line.mid(static_cast<qsizetype>(token.from), static_cast<qsizetype>(token.length))});
        if (end < 0) break;
        from = end + 1;
    }
    return pieces;
}

bool opens(QChar bracket) { return bracket == u'(' || bracket == u'[' || bracket == u'{'; }

/// What a name or a text in quotes says; empty where the piece is none, or has escapes.
QString saidBy(const Piece& piece)
{
    if (piece.kind == TokenKind::Name || piece.kind == TokenKind::Keyword) return piece.text.toString();
    const bool quoted = piece.kind == TokenKind::Text && piece.text.size() > 2 && piece.text.front() == piece.text.back();
    return quoted && !piece.text.contains(QLatin1Char('\\')) ? piece.text.mid(1, piece.text.size() - 2).toString() : QString();
}

}  // namespace

QStringList namedCategories(const QString& source)
{
    const std::vector<Piece> pieces = piecesOf(source);
    const auto at = [&](std::size_t i) { return i < pieces.size() ? pieces[i].text : QStringView(); };
    QStringList named;
    const auto add = [&](const QString& name) {
        if (!name.isEmpty() && !named.contains(name)) named << name;
    };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (at(i) == QLatin1String("fromCategory") && at(i + 1) == QLatin1String("(") && i + 2 < pieces.size() &&
            pieces[i + 2].kind == TokenKind::Text)
            add(saidBy(pieces[i + 2]));
        const bool begins =
            at(i) == QLatin1String("entities") && at(i + 1) == QLatin1String("=") && at(i + 2) == QLatin1String("{");
        if (!begins) continue;
        int depth = 1;
        bool member = true;  // where a member's name may stand
        for (std::size_t j = i + 3; j < pieces.size() && depth > 0; ++j) {
            const QStringView text = pieces[j].text;
            if (depth == 1 && member) {
                const QStringView after = at(j + 1);
                if (after == QLatin1String(":") || after == QLatin1String(",") || after == QLatin1String("}"))
                    add(saidBy(pieces[j]));
                member = false;
            }
            if (pieces[j].kind == TokenKind::Bracket) depth += opens(text.front()) ? 1 : -1;
            if (depth == 1 && text == QLatin1String(",")) member = true;
        }
    }
    return named;
}

QString memberName(const QString& category)
{
    static const QRegularExpression plain(QStringLiteral(R"(^[A-Za-z_$][\w$]*$)"));
    if (plain.match(category).hasMatch()) return category;
    QString quoted = category;
    quoted.replace(QLatin1Char('\\'), QLatin1String("\\\\")).replace(QLatin1Char('"'), QLatin1String("\\\""));
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

}  // namespace hindcast::ui
