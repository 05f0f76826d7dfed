// What keys do in the editor of a script.
#include "tests/ui/fixtures.h"
#include "ui/look/search_field.h"
#include "ui/models/code_editor.h"
#include "ui/models/find_line.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>
#include <QtTest>

#include <memory>

using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestCodeEditor : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<QWidget> window_;
    CodeEditor* editor_ = nullptr;
    FindLine* find_ = nullptr;
    QPushButton* after_ = nullptr;

    /// "a|b": the caret; "a[b|c": a selection from [ to |.
    void set(const QString& marked)
    {
        QString text = marked;
        const qsizetype caret = text.indexOf(u'|');
        text.remove(caret, 1);
        qsizetype anchor = text.indexOf(u'\u00ab');
        if (anchor >= 0) text.remove(anchor, 1);
        editor_->setPlainText(text);
        QTextCursor cursor = editor_->textCursor();
        cursor.setPosition(static_cast<int>(anchor >= 0 ? anchor : caret));
        if (anchor >= 0) cursor.setPosition(static_cast<int>(caret - 1), QTextCursor::KeepAnchor);
        editor_->setTextCursor(cursor);
    }
    QString text() const
    {
        QString all = editor_->toPlainText();
        all.insert(editor_->textCursor().position(), u'|');
        return all;
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(editor_, key, modifiers); }

private slots:
    void init()
    {
        theme_.apply();
        window_ = std::make_unique<QWidget>();
        auto* column = new QVBoxLayout(window_.get());
        editor_ = new CodeEditor(theme_);
        find_ = new FindLine(theme_, *editor_);
        after_ = new QPushButton(QStringLiteral("after"));
        column->addWidget(editor_);
        column->addWidget(find_);
        column->addWidget(after_);
        window_->resize(700, 400);
        window_->show();
        QApplication::setActiveWindow(window_.get());
        QVERIFY(QTest::qWaitForWindowActive(window_.get()));
        editor_->setFocus();
    }
    void cleanup() { window_.reset(); }

    void keysDoWhatAnEditorDoes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const char* before, const char* keys, const char* after) {
            QTest::newRow(name) << QString::fromUtf8(before) << QString::fromUtf8(keys) << QString::fromUtf8(after);
        };
        // \t Tab, \v Shift+Tab, \n Return, \b Backspace, \f Ctrl+/
        row("a line keeps its level", "    a;|", "\n", "    a;\n    |");
        row("a bracket goes in", "  if (x) {|", "\n", "  if (x) {\n    |");
        row("a pair of brackets is opened up", "f({|})", "\n", "f({\n  |\n})");
        row("in the middle of the blanks", "  |  a", "\n", "  \n  |a");
        row("in a template nothing goes in", "`{|`", "\n", "`{\n|`");
        row("a tab is blanks to the next level", "a|", "\t", "a |");
        row("a whole level at a line's beginning", "|a", "\t", "  |a");
        row("lines go in", "\u00aba\n\nb|", "\t", "  a\n\n  b|");
        row("lines go out", "\u00ab  a\n b\n\tc|", "\v", "a\nb\nc|");
        row("a line goes out", "  a\n    b|", "\v", "  a\n  b|");
        row("four blanks where the text has four", "a {\n    b\n|}", "\t", "a {\n    b\n    |}");
        row("tabs where the text has tabs", "a {\n\tb\n|}", "\t", "a {\n\tb\n\t|}");
        row("a bracket brings the other", "f|", "(", "f(|)");
        row("and is stepped over", "f|", "(1)", "f(1)|");
        row("not before a word", "|abc", "(", "(|abc");
        row("one that is missing is typed", "f((a|)", ")", "f((a)|)");
        row("a quote brings the other", "x = |", "\"a\"", "x = \"a\"|");
        row("not after a word", "don|", "'", "don'|");
        row("not in a comment", "// it |", "(", "// it (|");
        row("nor in a string", "\"a |", "(", "\"a (|");
        row("a template", "x = |;", "`", "x = `|`;");
        row("an escaped quote", "\"a\\|\"", "\"", "\"a\\\"|\"");
        row("a selection is enclosed", "f\u00abab|", "(", "f(ab|)");
        row("a pair is taken at once", "f(|)", "\b", "f|");
        row("a level of blanks is taken at once", "  a\n    |b", "\b", "  a\n  |b");
        row("a blank within a line is one", "a  |b", "\b", "a |b");
        row("a closing brace goes out", "if (x) {\n    a\n    |", "}", "if (x) {\n    a\n}|");
        row("lines become comments", "\u00ab  a\n\n    b|", "\f", "  // a\n\n  //   b|");
        row("and come back", "\u00ab  // a\n  //b|", "\f", "  a\n  b|");
        row("some are: all become so", "\u00ab// a\nb|", "\f", "// // a\n// b|");
        row("a caret is at one line", "a\nb|\nc", "\f", "a\n// b|\nc");
        row("a line that is only touched stays", "\u00aba\n|b", "\f", "// a\n|b");
    }
    void keysDoWhatAnEditorDoes()
    {
        QFETCH(QString, before);
        QFETCH(QString, keys);
        QFETCH(QString, after);
        set(before);
        for (const QChar key : keys) switch (key.unicode()) {
                case u'\t': press(Qt::Key_Tab); break;
                case u'\v': press(Qt::Key_Backtab, Qt::ShiftModifier); break;
                case u'\n': press(Qt::Key_Return); break;
                case u'\b': press(Qt::Key_Backspace); break;
                case u'\f': press(Qt::Key_Slash, Qt::ControlModifier); break;
                default: QTest::keyClicks(editor_, QString(key));
            }
        QCOMPARE(text(), after);
        // Each of them is a step that can be taken back.
        const int steps = editor_->document()->availableUndoSteps();
        for (int i = 0; i < steps; ++i) editor_->undo();
        QCOMPARE(editor_->toPlainText(), QString(before).remove(u'|').remove(u'\u00ab'));
    }

    void oneEditOfSeveralLinesIsOneStep()
    {
        set(QStringLiteral("\u00aba\nb\nc|"));
        press(Qt::Key_Tab);
        editor_->undo();
        QCOMPARE(editor_->toPlainText(), QStringLiteral("a\nb\nc"));
    }

    void escapeAndThenTabLeavesTheText()
    {
        set(QStringLiteral("a|"));
        press(Qt::Key_Tab);
        QVERIFY(editor_->hasFocus());
        press(Qt::Key_Escape);
        press(Qt::Key_Tab);
        QVERIFY(!editor_->hasFocus());
        QCOMPARE(editor_->toPlainText(), QStringLiteral("a "));
        // Back in it Tab is the text's again, and so it is after any other key.
        editor_->setFocus(Qt::TabFocusReason);
        press(Qt::Key_Tab);
        QVERIFY(editor_->hasFocus());
        press(Qt::Key_Escape);
        QTest::keyClicks(editor_, QStringLiteral("b"));
        press(Qt::Key_Tab);
        QVERIFY(editor_->hasFocus());
    }

    void keysThatTheWindowHasTooAreTheTexts()
    {
        QShortcut other(QKeySequence(QStringLiteral("Ctrl+F")), window_.get());
        QShortcut undo(QKeySequence(QKeySequence::Undo), window_.get());
        QSignalSpy taken(&other, &QShortcut::activated);
        QSignalSpy undone(&undo, &QShortcut::activated);
        set(QStringLiteral("|"));
        QTest::keyClicks(editor_, QStringLiteral("a"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor_->toPlainText(), QString());
        press(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(editor_->toPlainText(), QStringLiteral("a"));
        press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(find_->isVisible());
        QVERIFY(find_->field().hasFocus());
        QVERIFY(taken.isEmpty() && undone.isEmpty());
    }

    void withShiftTheKeyOfTheFindLineIsTheWindows()
    {
        QShortcut other(QKeySequence(QStringLiteral("Ctrl+Shift+F")), window_.get());
        QSignalSpy taken(&other, &QShortcut::activated);
        set(QStringLiteral("|"));
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(taken.size(), 1);
        QVERIFY(!find_->isVisible());
        QCOMPARE(editor_->toPlainText(), QString());
    }

    void whatIsLookedForIsFoundAroundTheEnds()
    {
        set(QStringLiteral("balance |x BALANCE y Balance"));
        press(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(&find_->field(), QStringLiteral("bal"));
        QCOMPARE(editor_->hits(), std::size_t{3});
        QCOMPARE(find_->countText(), QStringLiteral("hit 2 of 3"));
        QTest::keyClick(&find_->field(), Qt::Key_Return);
        QCOMPARE(find_->countText(), QStringLiteral("hit 3 of 3"));
        QTest::keyClick(&find_->field(), Qt::Key_F3);
        QCOMPARE(find_->countText(), QStringLiteral("hit 1 of 3"));
        QTest::keyClick(&find_->field(), Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(find_->countText(), QStringLiteral("hit 3 of 3"));
        QVERIFY(countOf(picture(*editor_, QStringLiteral("editor-find")), theme_.color(Theme::Role::ChangedSoft)) > 100);
        find_->field().setText(QStringLiteral("nowhere"));
        QCOMPARE(find_->countText(), QStringLiteral("no hit"));
        QTest::keyClick(&find_->field(), Qt::Key_Escape);
        QVERIFY(find_->isHidden() && editor_->hasFocus());
        QCOMPARE(editor_->hits(), std::size_t{0});
    }

    void theTextFollowsTheWindowsZoom()
    {
        const int size = editor_->font().pixelSize();
        theme_.setZoom(Theme::kPresentation);
        QVERIFY(editor_->font().pixelSize() > size);
        theme_.setZoom(1);
        QCOMPARE(editor_->font().pixelSize(), size);
    }

    void anotherTextLeavesTheCaretInItsLine()
    {
        set(QStringLiteral("a\nbb|\nc"));
        editor_->setSource(QStringLiteral("x\nyyy\nz"));
        QCOMPARE(text(), QStringLiteral("x\nyy|y\nz"));
        editor_->setSource(QStringLiteral("x"));
        QCOMPARE(text(), QStringLiteral("x|"));
    }

    void anotherTextIsShownFromTheBeginningsOfItsLines()
    {
        const QString wide = QStringLiteral("const name = '") + QStringLiteral("x").repeated(400) + QStringLiteral("';");
        editor_->setSource(wide);
        editor_->goTo(1, 400);
        QVERIFY(editor_->horizontalScrollBar()->value() > 0);
        editor_->setSource(QStringLiteral("// the one before\n") + wide);
        QCoreApplication::processEvents();
        QCOMPARE(editor_->horizontalScrollBar()->value(), 0);
    }

    void typingInAScriptOfTenThousandLinesStaysQuick()
    {
        QString script;
        for (int i = 0; i < 10'000; ++i) script += QStringLiteral("  Deposited%1: (s, e) => ({ ...s, note: \"x\" }),\n").arg(i);
        editor_->setSource(script);
        editor_->goTo(5000, 3);
        QCoreApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        constexpr int kKeys = 50;
        for (int i = 0; i < kKeys; ++i) {
            QTest::keyClick(editor_, Qt::Key_X);
            QCoreApplication::processEvents();
        }
        const double each = static_cast<double>(timer.nsecsElapsed()) / 1e6 / kKeys;
        qInfo("a key in 10,000 lines: %.2f ms", each);
        QVERIFY2(each < 40, "a key takes longer than two frames even on a machine that is busy");
    }
};

QTEST_MAIN(TestCodeEditor)
#include "test_code_editor.moc"
