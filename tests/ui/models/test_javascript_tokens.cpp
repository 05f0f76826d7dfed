// The pieces of JavaScript by which a script gets its colours.
#include "ui/models/javascript_tokens.h"
#include "ui/models/named_categories.h"

#include <QtTest>

using namespace hindcast::ui;

namespace {

/// What a line is made of: "kw:const name:x mark:= num:1". Marks are left out.
QString told(const QString& line, LineState from = {}, LineState* after = nullptr)
{
    std::vector<Token> tokens;
    const LineState state = tokenize({reinterpret_cast<const char16_t*>(line.utf16()), static_cast<std::size_t>(line.size())},
                                     std::move(from), tokens);
    if (after != nullptr) *after = state;
    QStringList all;
    std::size_t end = 0;
    for (const Token& token : tokens) {
        if (token.from < end || token.length == 0) return QStringLiteral("pieces overlap");
        end = token.from + token.length;
        if (end > static_cast<std::size_t>(line.size())) return QStringLiteral("a piece beyond the line");
        if (token.kind == TokenKind::Mark || token.kind == TokenKind::Bracket) continue;
        static const char* const kNames[] = {"kw", "word", "name", "num", "text", "regex", "comment"};
        all << QStringLiteral("%1:%2").arg(QLatin1String(kNames[static_cast<int>(token.kind)]),
                                           line.mid(static_cast<qsizetype>(token.from), static_cast<qsizetype>(token.length)));
    }
    return all.join(QLatin1Char(' '));
}

}  // namespace

class TestJavascriptTokens : public QObject {
    Q_OBJECT
private slots:
    void eachPieceOfALineIsKnown_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("pieces");
        const auto row = [](const char* name, const char* line, const char* pieces) {
            QTest::newRow(name) << QString::fromUtf8(line) << QString::fromUtf8(pieces);
        };
        row("nothing", "", "");
        row("blanks", "   \t ", "");
        row("declaration", "export const entities = {", "kw:export kw:const name:entities");
        row("arrow", "Deposited: (s, e) => ({ ...s, balance: s.balance + e.payload.amount }),",
            "name:Deposited name:s name:e name:s name:balance name:s name:balance name:e name:payload name:amount");
        row("words", "true false null undefined NaN", "word:true word:false word:null word:undefined word:NaN");
        row("a member called as a keyword", "a.delete(b?.if)", "name:a name:delete name:b name:if");
        row("a key called as a keyword", "{ delete: 1, new : 2 }", "name:delete num:1 name:new num:2");
        row("default of a switch", "default: return 1;", "kw:default kw:return num:1");
        row("private and escaped names", "this.#x + \\u0061b", "kw:this name:#x name:\\u0061b");
        row("names in any script", "größe = имя", "name:größe name:имя");
        row("integers", "0 42 1_000 7n", "num:0 num:42 num:1_000 num:7n");
        row("fractions", ".5 1. 1.5e-3 2E8", "num:.5 num:1. num:1.5e-3 num:2E8");
        row("other bases", "0xFF_a 0b101n 0o17", "num:0xFF_a num:0b101n num:0o17");
        row("a number's member", "1..toFixed", "num:1. name:toFixed");
        row("strings", "\"a\\\"b\" 'it''s' \"\"", "text:\"a\\\"b\" text:'it' text:'s' text:\"\"");
        row("a string nobody closed", "x = 'abc", "name:x text:'abc");
        row("a template", "`a ${b} c` + 1", "text:`a  name:b text: c` num:1");
        row("a template within one", "`a ${`b ${c}`} d`", "text:`a  text:`b  name:c text:` text: d`");
        row("braces within a template", "`${ {a: {}} } x`", "text:` name:a text: x`");
        row("an escaped template", "`\\${no} \\` ${yes}`", "text:`\\${no} \\`  name:yes text:`");
        row("line comment", "a // b /* c", "name:a comment:// b /* c");
        row("block comment", "a /* b */ c", "name:a comment:/* b */ name:c");
        row("hashbang", "#!/usr/bin/env node", "comment:#!/usr/bin/env node");
        row("regular expression", "x = /a[/]b\\//gi.test(y)", "name:x regex:/a[/]b\\//gi name:test name:y");
        row("division", "a / b / c", "name:a name:b name:c");
        row("division after a call", "f(x) / 2 / 3", "name:f name:x num:2 num:3");
        row("division after an index", "a[0] / 2 / 3", "name:a num:0 num:2 num:3");
        row("division after counting up", "i++ / 2 / 3", "name:i num:2 num:3");
        row("regular expression after if", "if (x) /re/.exec(y)", "kw:if name:x regex:/re/ name:exec name:y");
        row("regular expression after return", "return /re/", "kw:return regex:/re/");
        row("regular expression as an argument", "f(/a/, /b/)", "name:f regex:/a/ regex:/b/");
        row("division of this", "this / 2 / 3", "kw:this num:2 num:3");
        row("a slash alone", "return /", "kw:return");
        row("spread and dots", "[...a, b.c]", "name:a name:b name:c");
        row("signs without a meaning", "@ § \\ 1", "name:§ name:\\ num:1");
    }
    void eachPieceOfALineIsKnown()
    {
        QFETCH(QString, line);
        QFETCH(QString, pieces);
        QCOMPARE(told(line), pieces);
    }

    void whatGoesOnInTheNextLineIsKnownThere()
    {
        LineState state;
        QCOMPARE(told(QStringLiteral("x /* begins"), {}, &state), QStringLiteral("name:x comment:/* begins"));
        QCOMPARE(told(QStringLiteral("if 'in' it"), state, &state), QStringLiteral("comment:if 'in' it"));
        QCOMPARE(told(QStringLiteral("ends */ if"), state, &state), QStringLiteral("comment:ends */ kw:if"));
        QCOMPARE(state, LineState{});

        QCOMPARE(told(QStringLiteral("`one ${a("), {}, &state), QStringLiteral("text:`one  name:a"));
        QCOMPARE(told(QStringLiteral("{b: 1}, `two"), state, &state), QStringLiteral("name:b num:1 text:`two"));
        QCOMPARE(told(QStringLiteral("if ${c}` )} three"), state, &state), QStringLiteral("text:if  name:c text:` text: three"));
        QCOMPARE(state.inside, LineState::Inside::Template);
        QCOMPARE(told(QStringLiteral("four` if"), state, &state), QStringLiteral("text:four` kw:if"));
        QVERIFY(state.open.empty());

        QCOMPARE(told(QStringLiteral("'goes \\"), {}, &state), QStringLiteral("text:'goes \\"));
        QCOMPARE(told(QStringLiteral("on' if"), state, &state), QStringLiteral("text:on' kw:if"));
        QCOMPARE(told(QStringLiteral("x = a"), {}, &state), QStringLiteral("name:x name:a"));
        QCOMPARE(told(QStringLiteral("/ 2 / 3"), state, &state), QStringLiteral("num:2 num:3"));
    }

    void nestingBeyondAllMeasureIsBounded()
    {
        LineState state;
        (void)told(QStringLiteral("`${").repeated(1000), {}, &state);
        QVERIFY(state.open.size() <= kMostNested);
        (void)told(QStringLiteral("{").repeated(100'000), state, &state);
        (void)told(QStringLiteral("}").repeated(200'000), state, &state);
    }

    void anyTextIsTakenApartWithoutHarm()
    {
        const QString signs = QStringLiteral("a1 \t'\"`$(){}[]/\\*+-.=>#\u00a0\u00e9") + QChar(0xd800);  // half a character, too
        quint32 random = 1;
        LineState state;
        for (int line = 0; line < 4000; ++line) {
            QString text;
            for (int i = 0; i < 24; ++i) {
                random = random * 1664525 + 1013904223;
                text += signs.at(static_cast<qsizetype>((random >> 16) % static_cast<quint32>(signs.size())));
            }
            const QString pieces = told(text, state, &state);
            QVERIFY2(!pieces.startsWith(QLatin1String("pieces overlap")) && !pieces.startsWith(QLatin1String("a piece beyond")),
                     qPrintable(text));
        }
    }

    void theCategoriesThatAScriptNames_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QStringList>("categories");
        const auto row = [](const char* name, const char* source, const QStringList& categories) {
            QTest::newRow(name) << QString::fromUtf8(source) << categories;
        };
        row("none", "const x = 1;", {});
        row("members",
            "export const entities = {\n  user: { evolve: {a: 1, b: 2} },\n  \"public.users\": {},\n  'x/y': f(1, 2),\n};",
            {"user", "public.users", "x/y"});
        row("by a variable of that name", "const account = {};\nexport const entities = { account, user };", {"account", "user"});
        row("a projection", "fromCategory('account').foreachStream().when({})", {"account"});
        row("in a comment or a text", "// export const entities = { a: 1 }\nconst t = \"entities = { b: 1 }\";", {});
        row("cut off", "export const entities = { a: { b: ", {"a"});
        row("a template as a body", "export const entities = { a: `${ {c: 1} }, d: 2`, e: 1 }", {"a", "e"});
    }
    void theCategoriesThatAScriptNames()
    {
        QFETCH(QString, source);
        QFETCH(QStringList, categories);
        QCOMPARE(namedCategories(source), categories);
    }

    void aCategoryIsWrittenAsAMembersName()
    {
        QCOMPARE(memberName(QStringLiteral("user")), QStringLiteral("user"));
        QCOMPARE(memberName(QStringLiteral("public.users")), QStringLiteral("\"public.users\""));
        QCOMPARE(memberName(QStringLiteral("a\"b")), QStringLiteral("\"a\\\"b\""));
    }
};

QTEST_APPLESS_MAIN(TestJavascriptTokens)
#include "test_javascript_tokens.moc"
