// How two states differ, and what happened between.
#include "tests/ui/state/state_fixture.h"
#include "ui/look/elided_label.h"
#include "ui/look/shaped_text.h"
#include "ui/session/go_to.h"
#include "ui/state/aligned_list.h"
#include "ui/state/between_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/entity_field.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;
using Mode = DiffPage::Mode;

namespace {

constexpr const char* kBefore =
    R"({"id":"user-123","name":"Alice Smith","address":"123 Main St","phone":"+49 30 1234","status":"customer","orders":[{"id":8838,"total":20.00},{"id":8840,"total":42.00}],"spent":62.00,"settings":{"mail":true,"language":"en"}})";
constexpr const char* kAfter =
    R"({"id":"user-123","name":"Alice Smith","address":"456 Oak Ave","addressChangedAt":"2025-11-04T09:14:22Z","status":"customer","orders":[{"id":8838,"total":20.00},{"id":8840,"total":42.00},{"id":8841,"total":119.90}],"spent":181.90,"settings":{"mail":true,"language":"en"}})";

/// Another user, who has bought less.
std::shared_ptr<replay::History> otherHistory()
{
    auto history = std::make_shared<replay::History>(*userHistory());
    history->entity = EntityId{8};
    history->key = {"user", "user-93"};
    history->events.resize(5);
    for (replay::HistoryEvent& event : history->events) event.effective = event.time = event.time.plus(60'000'000'000);
    return history;
}

std::shared_ptr<ComparisonView> twoUsers(Timestamp a, Timestamp b)
{
    auto view = comparisonOf(Version{9}, Version{9}, kBefore, kAfter);
    const auto other = otherHistory();
    view->sides[0].state.version = view->sides[0].history->versionAt(a);
    view->sides[1].history = other;
    view->sides[1].state.version = other->versionAt(b);
    view->times = {a, b};
    view->between =
        Between({view->sides[0].history, other}, {view->sides[0].state.version, view->sides[1].state.version}, view->times);
    return view;
}

}  // namespace

class TestDiff final : public StateFixture {
    Q_OBJECT
private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void aVersionBeyondTheLastIsSaidToBeNone()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
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

    void twoVersionsAreListedSearchedAndCopied()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
        DiffPage& diff = inspector_->diffPage();
        QCOMPARE(diff.header(), QStringLiteral("user-123 v8 ↔ v9"));
        QCOMPARE(diff.title(), QStringLiteral("2 changed · 2 added · 1 removed"));
        QCOMPARE(diff.list().rowCount(), qint64(5));
        test::picture(*inspector_, QStringLiteral("diff"));
        diff.searchField().setText(QStringLiteral("OAK"));
        QCOMPARE(diff.list().rowCount(), qint64(1));
        diff.searchField().clear();
        QClipboard* clipboard = QApplication::clipboard();
        diff.copyMenu().actions().at(0)->trigger();
        QTRY_VERIFY(clipboard->text().contains(QStringLiteral("\"old\": \"123 Main St\"")));
        diff.copyMenu().actions().at(1)->trigger();
        QTRY_VERIFY(clipboard->text().startsWith(QStringLiteral("| field | v8 OrderPlaced | v9 AddressChanged |\n")));
        QVERIFY(clipboard->text().contains(QStringLiteral("| `/addressChangedAt` | — | `\"2025-11-04T09:14:22Z\"` |")));
        diff.copyMenu().actions().at(2)->trigger();
        QTRY_VERIFY(clipboard->text().startsWith(QStringLiteral("--- v8 OrderPlaced\n+++ v9 AddressChanged\n@@ ")));
        QVERIFY(clipboard->text().contains(QStringLiteral("\n-  \"address\": \"123 Main St\",\n")));
        QVERIFY(clipboard->text().contains(QStringLiteral("\n+  \"address\": \"456 Oak Ave\",\n")));
    }

    void whatIsChosenIsAskedFor()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
        DiffPage& diff = inspector_->diffPage();
        QSignalSpy held(&diff, &DiffPage::heldChanged);
        diff.pickerA().setValue(3);
        QCOMPARE(held.last().at(0).toInt(), 0);
        QCOMPARE(held.last().at(1).value<std::optional<Version>>(), std::optional(Version{3}));
        // An answer for other versions is none.
        ComparedSides sides = sidesOf(*comparisonOf(Version{3}, Version{9}, kBefore, kAfter));
        diff.setSides(sides, false);
        QCOMPARE(diff.title(), QStringLiteral("Comparing…"));
        QCOMPARE(diff.header(), QStringLiteral("user-123 v3 ↔ v9"));
        // "Compare with here" in the state's menu.
        inspector_->showTab(StateInspector::State);
        QSignalSpy from(inspector_.get(), &StateInspector::compareFromWanted);
        QMenu menu;
        page().fillCopyMenu(menu);
        menu.actions().back()->trigger();
        QCOMPARE(from.last().at(0).value<Version>(), Version{9});
        QVERIFY(diff.isVisible());
    }

    void bothStatesAreOneTextOrStandBesideEachOther()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
        DiffPage& diff = inspector_->diffPage();
        diff.setMode(Mode::Unified);
        QVERIFY(diff.lines().isVisible());
        QCOMPARE(diff.title(), QStringLiteral("3 differences"));
        test::picture(*inspector_, QStringLiteral("diff-unified"));
        QTest::keyClick(&diff.lines(), Qt::Key_F7);
        QCOMPARE(diff.title(), QStringLiteral("1 of 3 differences"));
        diff.setMode(Mode::SideBySide);
        QCOMPARE(diff.lines().columns().size(), std::size_t{2});
        QCOMPARE(diff.lines().columns()[0].title, QStringLiteral("A · v8"));
        test::picture(*inspector_, QStringLiteral("diff-side"));
        inspector_->resize(760, 920);
        diff.lines().setOnlyDifferences(false);
        test::picture(*inspector_, QStringLiteral("diff-side-wide"));
        theme_.setScheme(Theme::Scheme::Dark);
        test::picture(*inspector_, QStringLiteral("diff-side-dark"));
        diff.setMode(Mode::Unified);
        test::picture(*inspector_, QStringLiteral("diff-unified-dark"));
        theme_.setScheme(Theme::Scheme::Light);
        // It is remembered.
        DiffPage again(theme_);
        QCOMPARE(again.mode(), Mode::Unified);
        QCOMPARE(again.modeBox().currentText(), QStringLiteral("Unified"));
    }

    void inANarrowPanelWhatIsComparedIsWholeAndInAWideOneItTakesNoLine()
    {
        StateFixture::show();
        inspector_->resize(360, 728);
        const Timestamp at = userHistory()->events[8].effective;
        show(twoUsers(userHistory()->events[1].effective, at));
        DiffPage& diff = inspector_->diffPage();
        const auto label = [&](const QString& text) {
            for (ElidedLabel* one : diff.findChildren<ElidedLabel*>())
                if (one->text() == text) return one;
            return static_cast<ElidedLabel*>(nullptr);
        };
        const auto isWhole = [&](const QString& text) {
            const ElidedLabel* one = label(text);
            return one != nullptr && textWidth(one->font(), text) <= one->width();
        };
        const QString place = QStringLiteral("OrderPlaced · 04 Nov 02:57:02.881");
        QVERIFY(isWhole(place));
        QVERIFY(isWhole(diff.header()));
        QVERIFY(isWhole(diff.title()));
        QVERIFY(label(place)->y() > diff.pickerB().geometry().bottom());
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme_.setScheme(scheme);
            const QImage both = diff.findChild<QCheckBox*>()->grab().toImage();
            const int ground = both.pixelColor(0, 0).lightness();
            int outline = 0;
            for (int x = 0; x < 18; ++x)
                outline = std::max(outline, std::abs(both.pixelColor(x, both.height() / 2).lightness() - ground));
            QVERIFY2(outline > 40, "its box is seen");
            const QString suffix = scheme == Theme::Scheme::Light ? QStringLiteral("-light") : QStringLiteral("-dark");
            for (const Mode mode : {Mode::List, Mode::Unified, Mode::SideBySide, Mode::Between}) {
                diff.setMode(mode);
                test::picture(*inspector_, QStringLiteral("diff-narrow-%1").arg(static_cast<int>(mode)) + suffix);
            }
        }
        theme_.setScheme(Theme::Scheme::Light);
        diff.setMode(Mode::List);
        inspector_->resize(760, 728);
        QVERIFY(isWhole(place));
        QVERIFY(label(place)->y() < diff.pickerB().geometry().bottom());
        test::picture(*inspector_, QStringLiteral("diff-wide"));
    }

    void longIdsAreCutInTheirMiddleAndToldWhole()
    {
        StateFixture::show();
        inspector_->resize(360, 728);
        auto history = std::make_shared<replay::History>(*userHistory());
        history->key = {"customer", "3f2b8c1e-77aa-4c11-9d5e-0a1b2c3d4e5f"};
        const auto view = comparisonOf(Version{8}, Version{9}, kBefore, kAfter, history);
        auto other = std::make_shared<replay::History>(*otherHistory());
        other->key = {"customer", "3f2b8c1e-77aa-4c11-9d5e-0a1b2c3d9999"};
        view->sides[1].history = other;
        view->sides[1].state.version = Version{5};
        show(view);
        DiffPage& diff = inspector_->diffPage();
        QVERIFY(diff.header().contains(QStringLiteral("3f2b8c1e-77aa-4c11-9d5e-0a1b2c3d9999")));
        QCOMPARE(diff.entityB().toolTip(), QStringLiteral("customer/3f2b8c1e-77aa-4c11-9d5e-0a1b2c3d9999"));
        diff.setMode(Mode::SideBySide);
        QVERIFY2(diff.lines().columns()[1].title.endsWith(QStringLiteral("3d9999 v5")),
                 qPrintable(diff.lines().columns()[1].title));
        test::picture(*inspector_, QStringLiteral("diff-long-ids"));
    }

    void itemsOfListsAreMatchedByWhatTheyAreWhereToldSo()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, R"({"l":[{"id":1,"n":1},{"id":2,"n":2}]})", R"({"l":[{"id":2,"n":2}]})"));
        DiffPage& diff = inspector_->diffPage();
        diff.setMode(Mode::SideBySide);
        diff.lines().setOnlyDifferences(false);
        qint64 row = 0;
        while (diff.lines().pointerOf(row) != QStringLiteral("/l/0/id")) ++row;
        QVERIFY(diff.lines().rowText(row).contains(QStringLiteral("in B")));  // by its place
        QMenu menu;
        diff.fillLineMenu(menu, row);
        menu.actions().back()->trigger();
        QCOMPARE(diff.lines().differences(), std::size_t{1});
        QMenu back;
        diff.fillLineMenu(back, 0);
        QCOMPARE(back.actions().back()->text(), QStringLiteral("Match the items of lists by their place"));
    }

    void theEventsBetweenAreListedWithWhatTheyChanged()
    {
        StateFixture::show();
        const auto view = comparisonOf(Version{3}, Version{9}, kBefore, kAfter);
        show(view);
        DiffPage& diff = inspector_->diffPage();
        QSignalSpy wanted(&diff, &DiffPage::changesWanted);
        diff.setMode(Mode::Between);
        QCOMPARE(diff.between().rowCount(), qint64(6));
        QCOMPARE(diff.title(), QStringLiteral("6 events · 5 OrderPlaced · 1 AddressChanged"));
        QTRY_VERIFY(!wanted.isEmpty() && wanted.last().at(1).value<std::size_t>() == 5);
        QCOMPARE(wanted.last().at(0).value<std::size_t>(), std::size_t{0});
        auto changes = std::make_shared<BetweenChanges>();
        changes->of = view;
        for (int i = 0; i < 6; ++i) changes->changes.push_back({test::change(Op::Replace, "/spent", "20.00", "62.00")});
        diff.setChanges(changes);
        QVERIFY(diff.between().rowText(5).startsWith(QStringLiteral("#9, ")));
        QVERIFY(diff.between().rowText(5).contains(QStringLiteral("spent 20.00 → 62.00")));
        test::picture(*inspector_, QStringLiteral("diff-between"));
        QSignalSpy chosen(&diff, &DiffPage::eventChosen);
        diff.between().choose(2);
        QTest::keyClick(&diff.between(), Qt::Key_Return);
        QCOMPARE(chosen.last().at(0).value<Between::Row>(), (Between::Row{0, Version{6}}));
    }

    void twoEntitiesAreNamedAndTheirEventsBetweenTold()
    {
        StateFixture::show();
        const Timestamp at = userHistory()->events[8].effective;
        const auto same = twoUsers(at, at);
        DiffPage& diff = inspector_->diffPage();
        show(same);
        QCOMPARE(diff.header(), QStringLiteral("user-123 ↔ user-93, at 04 Nov 09:14:22.118"));
        QVERIFY(diff.findChild<QCheckBox*>()->isVisible());
        diff.setMode(Mode::Between);
        QCOMPARE(diff.between().emptyText(), QStringLiteral("A and B are the same moment: nothing lies between"));
        const auto apart = twoUsers(userHistory()->events[1].effective, at);
        show(apart);
        QCOMPARE(diff.header(), QStringLiteral("user-123 v2 ↔ user-93 v5"));
        QCOMPARE(diff.between().columns().front().title, QStringLiteral("side"));
        inspector_->resize(760, 920);
        QCOMPARE(diff.between().columns().front().title, QStringLiteral("entity"));
        inspector_->resize(440, 920);
        QCOMPARE(diff.between().rowCount(), qint64(7 + 4));
        test::picture(*inspector_, QStringLiteral("diff-two-between"));
        diff.setMode(Mode::SideBySide);
        QCOMPARE(diff.lines().columns()[1].title, QStringLiteral("B · user-93 v5"));
        test::picture(*inspector_, QStringLiteral("diff-two"));
    }

    void anEntityIsTypedFoundAndChosen()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
        DiffPage& diff = inspector_->diffPage();
        EntityField& field = diff.entityB();
        QCOMPARE(field.text(), QStringLiteral("user/user-123"));
        QSignalSpy wanted(&diff, &DiffPage::searchWanted);
        QSignalSpy chosen(&diff, &DiffPage::entityChosen);
        diff.chooseEntity();
        QTest::keyClicks(&field, QStringLiteral("93"));
        QCOMPARE(wanted.last().at(0).toString(), QStringLiteral("93"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);  // not known yet
        diff.setFound(QStringLiteral("93"), {QStringLiteral("user/user-93"), QStringLiteral("user/user-930")});
        QCOMPARE(chosen.last().at(0).toInt(), 1);
        QCOMPARE(chosen.takeLast().at(1).toString(), QStringLiteral("user/user-93"));
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("zzz"));
        diff.setFound(QStringLiteral("zzz"), {});
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(diff.notice(), QStringLiteral("No entity is called “zzz”. Type its id, or category/id."));
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(diff.notice(), QString());
        QCOMPARE(field.text(), QStringLiteral("user/user-123"));
        // Emptied it is the selected one again.
        field.selectAll();
        QTest::keyClick(&field, Qt::Key_Delete);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(chosen.takeLast().at(1).toString(), QString());
    }

    void itIsExportedByTheFilesEndingOrSaidWhyNot()
    {
        StateFixture::show();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kAfter));
        DiffPage& diff = inspector_->diffPage();
        const QTemporaryDir folder;
        const auto written = [&](const char* name) {
            const QString path = folder.filePath(QString::fromLatin1(name));
            diff.exportTo(path);
            QFile file(path);
            (void)QTest::qWaitFor([&] { return file.exists(); });
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        };
        QVERIFY(written("a.json").startsWith(QLatin1Char('[')));
        QVERIFY(written("a.md").startsWith(QStringLiteral("| field |")));
        QVERIFY(written("a.diff").startsWith(QStringLiteral("--- v8")));
        QSignalSpy failed(inspector_.get(), &StateInspector::failed);
        diff.exportTo(folder.filePath(QStringLiteral("none/a.json")));
        QVERIFY(failed.wait());
        QVERIFY(failed.first().at(0).toString().contains(QStringLiteral("none/a.json")));
    }

    void aHundredThousandDifferencesDoNotHoldTheWindow()
    {
        StateFixture::show();
        const auto view = comparisonOf(Version{8}, Version{9}, kBefore, kBefore);
        for (int i = 0; i < 100'000; ++i)
            view->changes.push_back(test::change(Op::Replace, ("/m" + std::to_string(i)).c_str(), "1", "2"));
        show(view);
        DiffPage& diff = inspector_->diffPage();
        QTRY_COMPARE(diff.list().rowCount(), qint64(100'000));
        QCOMPARE(diff.title(), QStringLiteral("100\u2009000 changed"));
        diff.searchField().setText(QStringLiteral("m99998"));
        QVERIFY2(diff.list().isWorking(), "so many are searched elsewhere");
        QTRY_COMPARE(diff.list().rowCount(), qint64(1));
    }

    void sameUnbornAndDeadAreSaidInTheDiff()
    {
        StateFixture::show();
        DiffPage& diff = inspector_->diffPage();
        show(comparisonOf(Version{8}, Version{9}, kBefore, kBefore));
        QCOMPARE(diff.title(), QStringLiteral("The same"));
        QCOMPARE(diff.list().emptyText(), QStringLiteral("The states at v8 and v9 are the same"));
        test::picture(*inspector_, QStringLiteral("diff-same"));
        show(comparisonOf(Version{0}, Version{9}, nullptr, kAfter));
        QVERIFY2(diff.notice().contains(QStringLiteral("before its birth")), qPrintable(diff.notice()));
        test::picture(*inspector_, QStringLiteral("diff-unborn"));
        show(comparisonOf(Version{9}, Version{14}, kAfter, nullptr));
        QVERIFY2(diff.notice().contains(QStringLiteral("all of A is gone")), qPrintable(diff.notice()));
        diff.setMode(Mode::SideBySide);
        test::picture(*inspector_, QStringLiteral("diff-dead"));
    }

    void aModelThatFailedAndAPartialLifeAreSaid()
    {
        StateFixture::show();
        auto history = std::make_shared<replay::History>(*userHistory());
        history->completeness = {false, "orders/3 was read from offset 1200", {}};
        const auto view = comparisonOf(Version{8}, Version{9}, kBefore, kAfter, history);
        view->sides[1].state.error = replay::ReplayError{Version{9}, {}};
        view->sides[1].state.error->error.message = "ammount is undefined";
        show(view);
        const QString said = inspector_->diffPage().notice();
        QVERIFY2(said.contains(QStringLiteral("B: the model failed at v9 (ammount is undefined)")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("user-123 is not known from its birth")), qPrintable(said));
        test::picture(*inspector_, QStringLiteral("diff-troubles"));
    }
};

QTEST_MAIN(TestDiff)
#include "test_diff.moc"
