// Two versions beside each other.
#include "tests/ui/state/state_fixture.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;

class TestDiff final : public StateFixture {
    Q_OBJECT
private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void aVersionBeyondTheLastIsSaidToBeNone()
    {
        show();
        inspector_->setPlayhead(Version{9});
        inspector_->showTab(StateInspector::Diff);
        DiffPage& diff = inspector_->diffPage();
        const int last = diff.pickerB().maximum();
        diff.pickerB().setFocus();
        diff.pickerB().selectAll();
        QTest::keyClicks(&diff.pickerB(), QStringLiteral("99"));
        QTest::keyClick(&diff.pickerB(), Qt::Key_Return);
        QCOMPARE(diff.pickerB().value(), last);
        QTRY_COMPARE(diff.notice(), QStringLiteral("There is no v99: the last is v%1.").arg(last));
        diff.pickerB().selectAll();
        QTest::keyClicks(&diff.pickerB(), QStringLiteral("3"));
        QTest::keyClick(&diff.pickerB(), Qt::Key_Return);
        QCOMPARE(diff.pickerB().value(), 3);
        QVERIFY(!diff.notice().contains(QStringLiteral("v99")));
    }

    void twoVersionsAreComparedAndTheDiffFollowsThePlayhead()
    {
        show();
        QSignalSpy wanted(inspector_.get(), &StateInspector::diffWanted);
        inspector_->setPlayhead(Version{10});
        QCOMPARE(wanted.count(), 0);  // not seen: nothing is asked
        inspector_->setPlayhead(Version{9});
        inspector_->showTab(StateInspector::Diff);
        DiffPage& diff = inspector_->diffPage();
        QCOMPARE(wanted.takeLast().at(0).value<Version>(), Version{8});
        const auto view = diffOf(Version{8}, Version{9}, test::userState()->changes);
        view->changes.pop_back();
        inspector_->setDiff(view);
        QCOMPARE(diff.title(), QStringLiteral("1 changed · 1 added · 1 removed"));
        QCOMPARE(diff.list().rowCount(), qint64(3));
        test::picture(*inspector_, QStringLiteral("diff"));
        diff.searchField().setText(QStringLiteral("OAK"));
        QCOMPARE(diff.list().rowCount(), qint64(1));
        diff.searchField().clear();
        diff.copyMenu().actions().at(0)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"old\": \"123 Main St\"")));
        diff.copyMenu().actions().at(1)->trigger();
        QTRY_VERIFY(
            QApplication::clipboard()->text().startsWith(QStringLiteral("| field | v8 OrderPlaced | v9 AddressChanged |\n")));
        QVERIFY(QApplication::clipboard()->text().contains(
            QStringLiteral("| `/addressChangedAt` | — | `\"2025-11-04T09:14:22Z\"` |")));
        // A is held, B goes with the playhead.
        diff.pickerA().setValue(3);
        QCOMPARE(wanted.takeLast().at(0).value<Version>(), Version{3});
        inspector_->setPlayhead(Version{12});
        QCOMPARE(wanted.last().at(0).value<Version>(), Version{3});
        QCOMPARE(wanted.takeLast().at(1).value<Version>(), Version{12});
        QCOMPARE(diff.title(), QStringLiteral("Comparing…"));  // an answer for other versions is none
        diff.swap();
        QCOMPARE(wanted.last().at(0).value<Version>(), Version{12});
        QCOMPARE(wanted.takeLast().at(1).value<Version>(), Version{3});
        // "Compare with here" in the state's menu.
        inspector_->showTab(StateInspector::State);
        QMenu menu;
        page().fillCopyMenu(menu);
        menu.actions().back()->trigger();
        QCOMPARE(diff.a(), Version{9});
        QVERIFY(diff.bFollows());
        QVERIFY(diff.isVisible());
    }

    void aHundredThousandDifferencesDoNotHoldTheWindow()
    {
        show();
        inspector_->showTab(StateInspector::Diff);
        const auto view = diffOf(Version{8}, Version{9});
        for (int i = 0; i < 100'000; ++i)
            view->changes.push_back(test::change(Op::Replace, ("/m" + std::to_string(i)).c_str(), "1", "2"));
        inspector_->setDiff(view);
        QVERIFY2(inspector_->diffPage().list().isWorking(), "so many are put in order elsewhere");
        QCOMPARE(inspector_->diffPage().title(), QStringLiteral("Comparing…"));
        QTRY_COMPARE(inspector_->diffPage().list().rowCount(), qint64(100'000));
        QCOMPARE(inspector_->diffPage().title(), QStringLiteral("100\u2009000 changed"));
        inspector_->diffPage().searchField().setText(QStringLiteral("m99998"));
        QVERIFY2(inspector_->diffPage().list().isWorking(), "and so are they searched");
        QTRY_COMPARE(inspector_->diffPage().list().rowCount(), qint64(1));
    }

    void sameUnbornAndDeadAreSaidInTheDiff()
    {
        show();
        inspector_->showTab(StateInspector::Diff);
        DiffPage& diff = inspector_->diffPage();
        const auto answer = [&](std::uint64_t a, std::uint64_t b, bool aliveA, bool aliveB, Changes changes) {
            inspector_->setPlayhead(Version{b});
            diff.pickerA().setValue(static_cast<int>(a));
            inspector_->setDiff(diffOf(Version{a}, Version{b}, std::move(changes), aliveA, aliveB));
        };
        answer(8, 9, true, true, {});
        QCOMPARE(diff.title(), QStringLiteral("The same"));
        QCOMPARE(diff.list().emptyText(), QStringLiteral("The states at v8 and v9 are the same"));
        test::picture(*inspector_, QStringLiteral("diff-same"));
        answer(0, 9, false, true, {test::change(Op::Add, "", nullptr, R"({"id":"user-123"})")});
        QVERIFY2(diff.notice().contains(QStringLiteral("before its birth")), qPrintable(diff.notice()));
        test::picture(*inspector_, QStringLiteral("diff-unborn"));
        answer(9, 14, true, false, {test::change(Op::Remove, "", R"({"id":"user-123"})", nullptr)});
        QVERIFY2(diff.notice().contains(QStringLiteral("all of A is gone")), qPrintable(diff.notice()));
        test::picture(*inspector_, QStringLiteral("diff-dead"));
    }
};

QTEST_MAIN(TestDiff)
#include "test_diff.moc"
