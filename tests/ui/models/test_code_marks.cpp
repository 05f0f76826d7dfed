// Where a script is wrong, and which brackets go together.
#include "tests/ui/fixtures.h"
#include "ui/models/code_editor.h"
#include "ui/models/code_gutter.h"
#include "ui/models/diagnostic_line.h"

#include <QtTest>

#include <memory>

using namespace hindcast::ui;
using namespace hindcast::ui::test;

using Severity = ModelDiagnostic::Severity;

class TestCodeMarks : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<CodeEditor> editor_;

    QString markedText(std::size_t index) const
    {
        const auto [from, to] = editor_->marked().at(index);
        return editor_->toPlainText().mid(from, to - from);
    }

private slots:
    void init()
    {
        theme_.apply();
        editor_ = std::make_unique<CodeEditor>(theme_);
        editor_->resize(600, 240);
        editor_->setSource(QStringLiteral("const a = {\n  x: s => s.ammount + 1,\n\n};\n"));
        editor_->show();
        QVERIFY(QTest::qWaitForWindowExposed(editor_.get()));
    }
    void cleanup() { editor_.reset(); }

    void theWordAtThePlaceIsMarkedAndSaysWhy()
    {
        editor_->setDiagnostics({{Severity::Error, 2, 13, QStringLiteral("“ammount” is undefined")}});
        QCOMPARE(markedText(0), QStringLiteral("ammount"));
        const auto [from, to] = editor_->marked().front();
        QCOMPARE(editor_->messageAt(from + 2), QStringLiteral("“ammount” is undefined"));
        QVERIFY(editor_->messageAt(from - 2).isEmpty());
        const QImage image = picture(*editor_, QStringLiteral("editor-error"));
        QVERIFY(countOf(image, theme_.color(Theme::Role::Warning)) > 10);
    }

    void aPlaceThatIsNoWordIsMarkedSomehow()
    {
        editor_->setDiagnostics({{Severity::Error, 2, 0, QStringLiteral("the line")},
                                 {Severity::Error, 4, 1, QStringLiteral("a sign")},
                                 {Severity::Error, 2, 90, QStringLiteral("its end")},
                                 {Severity::Error, 99, 1, QStringLiteral("beyond")},
                                 {Severity::Error, 0, 0, QStringLiteral("nowhere")}});
        QCOMPARE(editor_->marked().size(), std::size_t{4});
        QCOMPARE(markedText(0), QStringLiteral("x: s => s.ammount + 1,"));
        QCOMPARE(markedText(1), QStringLiteral("}"));
        QCOMPARE(markedText(2), QStringLiteral(","));
    }

    void aRemarkHasAnotherColour()
    {
        editor_->setDiagnostics({{Severity::Remark, 2, 13, QStringLiteral("NaN from here on")}});
        const QImage image = picture(*editor_, QStringLiteral("editor-remark"));
        QVERIFY(countOf(image, theme_.color(Theme::Role::Accent)) > 10);
        QCOMPARE(countOf(image, theme_.color(Theme::Role::Warning)), 0);
    }

    void marksGoWithTheTextAsItIsEdited()
    {
        editor_->setDiagnostics({{Severity::Error, 2, 13, QStringLiteral("why")}});
        QTextCursor(editor_->document()).insertText(QStringLiteral("// first\n"));
        QCOMPARE(markedText(0), QStringLiteral("ammount"));
        editor_->setDiagnostics({});
        QVERIFY(editor_->marked().empty());
    }

    void aClickInTheMarginGoesToWhatIsWrong()
    {
        editor_->setDiagnostics({{Severity::Error, 2, 13, QStringLiteral("why")}});
        editor_->goTo(4, 1);
        const int height = editor_->fontMetrics().height();
        QTest::mouseClick(&editor_->gutter(), Qt::LeftButton, {}, QPoint(6, 4 + height + height / 2));
        QCOMPARE(editor_->textCursor().blockNumber(), 1);
        QCOMPARE(editor_->textCursor().positionInBlock(), 12);
    }

    void theMarginHasRoomForAsManyDigitsAsThereAre()
    {
        const int before = editor_->gutter().wantedWidth();
        editor_->setSource(QString(20'000, u'\n'));
        QVERIFY(editor_->gutter().wantedWidth() > before);
        QCOMPARE(editor_->gutter().width(), editor_->gutter().wantedWidth());
    }

    void bracketsThatGoTogetherAreFoundOverLinesAndNotInText()
    {
        editor_->setSource(QStringLiteral("f({ a: \"}\", // )\n  b: `${ {c: [1]} }` })"));
        const QString text = editor_->toPlainText();
        const auto at = [&](qsizetype position) {
            QTextCursor cursor = editor_->textCursor();
            cursor.setPosition(static_cast<int>(position));
            editor_->setTextCursor(cursor);
            return editor_->brackets();
        };
        QCOMPARE(at(2), std::pair(1, static_cast<int>(text.size()) - 1));
        QCOMPARE(at(text.size() - 1), std::pair(static_cast<int>(text.size()) - 2, 2));
        const auto open = static_cast<int>(text.indexOf(QLatin1String("{ {c")));
        QCOMPARE(at(open), std::pair(open, static_cast<int>(text.indexOf(QLatin1String("}`")))));
        QCOMPARE(at(text.indexOf(QLatin1String("}\""))), std::pair(-1, -1));  // in a string
        editor_->setSource(QStringLiteral("((("));
        QCOMPARE(at(3), std::pair(-1, -1));
    }

    void theHeadsLineTellsTheWorseFirstAndGoesFromPlaceToPlace()
    {
        DiagnosticLine line(theme_);
        QSignalSpy wanted(&line, &DiagnosticLine::placeWanted);
        QVERIFY(line.isHidden());
        line.setDiagnostics({{Severity::Remark, 9, 2, QStringLiteral("odd")}, {Severity::Error, 7, 12, QStringLiteral("wrong")}});
        QVERIFY(!line.isHidden());
        QCOMPARE(line.text(), QStringLiteral("! line 7: wrong (1 of 2)"));
        QCOMPARE(line.accessibleName(), line.text());
        line.click();
        QCOMPARE(wanted.takeFirst(), (QVariantList{7, 12}));
        line.click();
        QCOMPARE(line.text(), QStringLiteral("line 9: odd (2 of 2)"));
        QCOMPARE(wanted.takeFirst(), (QVariantList{9, 2}));
        line.setDiagnostics({{Severity::Error, 0, 0, QStringLiteral("it cannot be started")}});
        QCOMPARE(line.text(), QStringLiteral("! it cannot be started"));
        line.click();
        QVERIFY(wanted.isEmpty());
        line.setDiagnostics({});
        QVERIFY(line.isHidden());
    }
};

QTEST_MAIN(TestCodeMarks)
#include "test_code_marks.moc"
