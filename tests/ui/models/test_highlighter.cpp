// The colours of a script in a document, and what they cost.
#include "ui/models/javascript_highlighter.h"

#include <QElapsedTimer>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>
#include <QtTest>

using namespace hindcast::ui;

namespace {

QColor colorAt(const QTextDocument& document, int line, int column)
{
    for (const QTextLayout::FormatRange& range : document.findBlockByNumber(line).layout()->formats())
        if (column >= range.start && column < range.start + range.length) return range.format.foreground().color();
    return {};
}

/// A document that tells of its changes: without a layout it tells nobody.
class LaidOut : public QTextDocument {
public:
    LaidOut() { (void)documentLayout(); }
};

QString longScript(int lines)
{
    QString text;
    for (int i = 0; i < lines; ++i) text += QStringLiteral("  Deposited%1: (s, e) => ({ ...s, note: \"x\" }),\n").arg(i);
    return text;
}

}  // namespace

class TestHighlighter : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};

private slots:
    void aTemplateOverSeveralLinesIsOneText()
    {
        LaidOut document;
        JavaScriptHighlighter highlighter(document, theme_);
        document.setPlainText(QStringLiteral("const a = `one\ntwo ${b} if\nthree`;\nif (a) {}"));
        const QColor text = theme_.color(Theme::Role::CodeText);
        QCOMPARE(colorAt(document, 0, 0), theme_.color(Theme::Role::CodeKeyword));
        QCOMPARE(colorAt(document, 0, 10), text);
        QCOMPARE(colorAt(document, 1, 0), text);
        QVERIFY(colorAt(document, 1, 6) != text);  // what is filled in
        QCOMPARE(colorAt(document, 1, 9), text);
        QCOMPARE(colorAt(document, 2, 0), text);
        QCOMPARE(colorAt(document, 3, 0), theme_.color(Theme::Role::CodeKeyword));
    }

    void openingACommentColoursAllThatFollowsAndClosingItBringsItBack()
    {
        LaidOut document;
        JavaScriptHighlighter highlighter(document, theme_);
        document.setPlainText(QStringLiteral("\nif (a) {}\nelse {}"));
        QTextCursor(&document).insertText(QStringLiteral("/*"));
        QCOMPARE(colorAt(document, 2, 0), theme_.color(Theme::Role::CodeComment));
        QTextCursor cursor(&document);
        cursor.movePosition(QTextCursor::EndOfLine);
        cursor.insertText(QStringLiteral("*/"));
        QCOMPARE(colorAt(document, 2, 0), theme_.color(Theme::Role::CodeKeyword));
    }

    void theSchemeChangesTheColours()
    {
        Theme theme(Theme::Scheme::Light);
        LaidOut document;
        JavaScriptHighlighter highlighter(document, theme);
        document.setPlainText(QStringLiteral("if"));
        theme.setScheme(Theme::Scheme::Dark);
        QCOMPARE(colorAt(document, 0, 0), theme.color(Theme::Role::CodeKeyword));
    }

    void whereProseStandsIsKnown_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("prose");
        const auto row = [](const char* name, const char* text, int line, int column, bool prose) {
            QTest::newRow(name) << QString::fromUtf8(text) << line << column << prose;
        };
        row("code", "a = 1", 0, 3, false);
        row("before a string", "\"ab\"", 0, 0, false);
        row("within a string", "\"ab\"", 0, 2, true);
        row("behind a string", "\"ab\"", 0, 4, false);
        row("in a string that is open", "x = \"ab", 0, 7, true);
        row("at the end of a comment", "// ab", 0, 5, true);
        row("before a comment", "a // b", 0, 2, false);
        row("behind a block comment", "/* a */", 0, 7, false);
        row("at the end of a block comment that goes on", "/* a", 0, 4, true);
        row("in its next line", "/* a\n", 1, 0, true);
        row("in a template's next line", "`a\nb`", 1, 0, true);
        row("in what is filled in", "`a${ }`", 0, 4, false);
        row("behind a template", "`a\nb` ", 1, 2, false);
    }
    void whereProseStandsIsKnown()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(bool, prose);
        LaidOut document;
        const JavaScriptHighlighter highlighter(document, theme_);
        document.setPlainText(text);
        QCOMPARE(highlighter.isProse(document.findBlockByNumber(line), column), prose);
    }

    void aLineThatChangesIsLookedAtAloneHoweverLongTheScript()
    {
        LaidOut document;
        JavaScriptHighlighter highlighter(document, theme_);
        document.setPlainText(longScript(10'000));
        const int before = highlighter.looked();
        QTextCursor cursor(document.findBlockByNumber(5000));
        cursor.insertText(QStringLiteral("x"));
        QVERIFY2(highlighter.looked() - before <= 2, qPrintable(QString::number(highlighter.looked() - before)));
    }

    void onlyLinesInViewAreColoured()
    {
        LaidOut document;
        JavaScriptHighlighter highlighter(document, theme_);
        document.setPlainText(longScript(10'000));
        QVERIFY(document.findBlockByNumber(5000).layout()->formats().isEmpty());
        const int before = highlighter.looked();
        highlighter.setShown(4990, 5030);
        QVERIFY(!document.findBlockByNumber(5000).layout()->formats().isEmpty());
        QVERIFY(highlighter.looked() - before < 120);
        const int again = highlighter.looked();
        highlighter.setShown(4990, 5030);
        QCOMPARE(highlighter.looked(), again);
    }
};

QTEST_MAIN(TestHighlighter)
#include "test_highlighter.moc"
