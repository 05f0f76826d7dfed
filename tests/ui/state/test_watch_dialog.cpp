// A field to watch, by a pointer that is typed.
#include "tests/ui/fixtures.h"
#include "ui/state/watch_dialog.h"

#include <QCompleter>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;

class TestWatchDialog final : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Scheme::Light};

private slots:
    void initTestCase() { theme_.apply(); }

    void thePointersOfTheStateAreOffered()
    {
        WatchDialog dialog(QStringLiteral("user"), {}, test::userState());
        QCompleter* completer = dialog.field().completer();
        QVERIFY(completer);
        completer->setCompletionPrefix(QStringLiteral("total"));
        QCOMPARE(completer->completionCount(), 3);
        QCOMPARE(completer->currentCompletion(), QStringLiteral("/orders/0/total"));
        QCOMPARE(pointersIn(test::json(R"({"a/b":{"c":[1]}})"), 10),
                 (QStringList{QStringLiteral("/a~1b"), QStringLiteral("/a~1b/c"), QStringLiteral("/a~1b/c/0")}));
        QCOMPARE(pointersIn(test::json("[1,2,3,4]"), 2).size(), 2);
    }

    void whatIsTypedIsSaidAndChosen()
    {
        WatchDialog dialog(QStringLiteral("user"), {QStringLiteral("/status")}, test::userState());
        dialog.show();
        QSignalSpy chosen(&dialog, &WatchDialog::chosen);
        QVERIFY(!dialog.watchButton().isEnabled());
        dialog.field().setText(QStringLiteral("spent"));
        QVERIFY(!dialog.watchButton().isEnabled());
        QVERIFY2(dialog.words().contains(QStringLiteral("no JSON Pointer")), qPrintable(dialog.words()));
        test::picture(dialog, QStringLiteral("watch-dialog-wrong"));
        dialog.field().setText(QStringLiteral("/status"));
        QCOMPARE(dialog.words(), QStringLiteral("/status is watched already"));
        dialog.field().setText(QStringLiteral("/not/there"));
        QVERIFY(dialog.words().startsWith(QStringLiteral("Nothing stands there")));
        QVERIFY(dialog.watchButton().isEnabled());
        dialog.field().setText(QStringLiteral(" /orders/[id=8840]/total "));
        QCOMPARE(dialog.words(), QStringLiteral("Now: 42.00"));
        test::picture(dialog, QStringLiteral("watch-dialog"));
        dialog.watchButton().click();
        QCOMPARE(chosen.takeLast().at(0).toString(), QStringLiteral("/orders/[id=8840]/total"));
        QVERIFY(!dialog.isVisible());
    }

    void withoutAStateAPointerCanBeTypedAllTheSame()
    {
        WatchDialog dialog(QStringLiteral("user"), {}, {});
        dialog.field().setText(QStringLiteral("/balance"));
        QVERIFY(dialog.watchButton().isEnabled());
    }
};

QTEST_MAIN(TestWatchDialog)
#include "test_watch_dialog.moc"
