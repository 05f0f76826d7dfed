#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/branches/branch_commands.h"
#include "ui/shell/status_line.h"
#include "ui/shell/undo.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// A what-if branch from the button to the states on both sides, and back step by step.
class TestBranchesInWindow : public InDemoWindow {
    Q_OBJECT

    TimelineCanvas& canvas() { return at_->window->timeline().canvas(); }
    Branches& branches() { return *at_->session->branches(); }
    BranchCommands& commands() { return at_->window->branches(); }
    StateTree& tree() { return at_->window->state().statePage().tree(); }
    EventId real(std::size_t version) { return at_->session->history()->events[version - 1].id; }
    bool start()
    {
        at_->session->playhead()->setVersion(Version{5});
        commands().toggleAction().trigger();
        return QTest::qWaitFor([&] { return canvas().branchLane() != nullptr; }, kWaitMs) && settle(*at_->window);
    }
    QString does() { return branches().view() ? branches().view()->does : QString(); }
    QString row(const char* field)
    {
        for (RowView::Row i = 0; i < tree().rowCount(); ++i)
            if (tree().rowText(i).startsWith(QLatin1String(field))) return tree().rowText(i);
        return {};
    }
    static QString read(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginInShop()); }
    void cleanup() { at_.reset(); }

    void wordsAboutTheBranchLeaveTheShownTimeItsRoom()
    {
        at_->window->resize(1280, 800);
        QVERIFY(start());
        const auto labels = at_->window->timeline().findChildren<QLabel*>();
        const auto range = std::ranges::find_if(
            labels, [](const QLabel* label) { return label->accessibleName().startsWith(QStringLiteral("Time shown")); });
        QVERIFY(range != labels.end());
        QVERIFY2((*range)->width() >= (*range)->fontMetrics().horizontalAdvance((*range)->text()),
                 qPrintable(QString::number((*range)->width())));
        picture(*at_->window, QStringLiteral("branch-in-small-window"));
    }

    void theButtonStartsABranchAndDeleteSkipsTheEventAtThePlayhead()
    {
        QVERIFY(start());
        QVERIFY(commands().toggleAction().isChecked());
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(row("address").contains(QStringLiteral("what if")), kWaitMs);
        QTRY_VERIFY2_WITH_TIMEOUT(
            row("address").startsWith(QStringLiteral("address: \"4 Main St\", what if: \"3 Main St\", differs")),
            qPrintable(row("address")), kWaitMs);
        QVERIFY(row("name").contains(QStringLiteral("what if: \"Alice 1\"")) && !row("name").contains(QStringLiteral("differs")));
        QVERIFY(at_->window->statusLine().text().contains(QStringLiteral("1 edit")));
        QTRY_VERIFY_WITH_TIMEOUT(at_->window->statusLine().text().contains(QStringLiteral("branch saved · 1 edit")), kWaitMs);
        picture(*at_->window, QStringLiteral("branch-in-window"));
        commands().toggleAction().trigger();
        QTRY_VERIFY(canvas().branchLane() == nullptr);
        QTRY_COMPARE(row("address"), QStringLiteral("address: \"4 Main St\", changed, set by #5 AddressChanged"));
        QVERIFY(!at_->window->statusLine().text().contains(QStringLiteral("branch")));
        // It is there when it is wanted again.
        commands().toggleAction().trigger();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
    }

    void editsAreTakenBackWithAllOtherStepsInTheirOrder()
    {
        QVERIFY(start());
        QAction& undo = at_->window->actions().undo;
        branches().skip(real(5));
        at_->session->watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
        branches().skip(real(3));
        QVERIFY(settle(*at_->window));
        QCOMPARE(undo.text(), QStringLiteral("&Undo: skip #3 AddressChanged"));
        undo.trigger();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
        QCOMPARE(undo.text(), QStringLiteral("&Undo: watch /address"));
        undo.trigger();
        QCOMPARE(undo.text(), QStringLiteral("&Undo: skip #5 AddressChanged"));
        undo.trigger();
        QTRY_VERIFY_WITH_TIMEOUT(does().isEmpty(), kWaitMs);
        undo.trigger();
        QTRY_VERIFY(canvas().branchLane() == nullptr);
        QVERIFY(branches().here().empty());
        for (int i = 0; i < 4; ++i) at_->window->actions().redo.trigger();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 3, 5"), kWaitMs);
    }

    void anEventIsEditedInADialogThatSaysWhereItsJsonIsWrong()
    {
        QVERIFY(start());
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_E);
        QTRY_VERIFY_WITH_TIMEOUT(commands().eventDialog() != nullptr, kWaitMs);
        EventDialog& dialog = *commands().eventDialog();
        QCOMPARE(dialog.typeField().currentText(), QStringLiteral("AddressChanged"));
        QVERIFY(dialog.payloadField().toPlainText().contains(QStringLiteral("\"address\": \"4 Main St\"")));
        QVERIFY(dialog.trouble().isEmpty());
        picture(dialog, QStringLiteral("branch-edit"));
        dialog.payloadField().setPlainText(QStringLiteral("{\n  \"address\": \"9 Oak Ave\",\n}"));
        QVERIFY2(dialog.trouble().startsWith(QStringLiteral("line 3: ")), qPrintable(dialog.trouble()));
        QVERIFY(!dialog.acceptButton().isEnabled());
        picture(dialog, QStringLiteral("branch-edit-wrong"));
        dialog.payloadField().setPlainText(QStringLiteral("{\"address\": \"9 Oak Ave\"}"));
        dialog.timeField().setText(QStringLiteral("some day"));
        QVERIFY(!dialog.acceptButton().isEnabled());
        dialog.timeField().setText(QStringLiteral("2025-11-04T00:04:30Z"));
        QVERIFY(dialog.acceptButton().isEnabled());
        dialog.acceptButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("edit 5"), kWaitMs);
        at_->session->playhead()->toLast();
        at_->session->playhead()->setTime(*timestampFromIso("2025-11-04T00:04:40Z"));
        QTRY_VERIFY_WITH_TIMEOUT(row("address").contains(QStringLiteral("9 Oak Ave")), kWaitMs);
    }

    void anEventIsAddedWithAPayloadLikeTheOthersOfItsType()
    {
        QVERIFY(start());
        canvas().setFocus();
        QTest::keyClick(&canvas(), Qt::Key_A);
        QTRY_VERIFY_WITH_TIMEOUT(commands().eventDialog() != nullptr, kWaitMs);
        EventDialog& dialog = *commands().eventDialog();
        QCOMPARE(dialog.typeField().currentText(), QStringLiteral("AddressChanged"));
        QTRY_VERIFY_WITH_TIMEOUT(dialog.payloadField().toPlainText().contains(QStringLiteral("4 Main St")), kWaitMs);
        picture(dialog, QStringLiteral("branch-add"));
        dialog.typeField().setCurrentText(QString());
        QVERIFY(!dialog.acceptButton().isEnabled());
        // Its time is read as the window's other fields read one.
        const QString time = dialog.timeField().text();
        for (const char* text : {"yesterday 9:15", "last tuesday 14:00", "00:04", "2025-11-04 00:04:30", "-2h"}) {
            dialog.timeField().setText(QString::fromLatin1(text));
            QVERIFY2(dialog.trouble().isEmpty() || dialog.trouble() == QStringLiteral("an event needs a type"), text);
        }
        dialog.typeField().setCurrentText(QStringLiteral("Ghost"));
        dialog.timeField().setText(QStringLiteral("yesterday 9:15"));
        // Of the log, which ended long before the real one.
        QCOMPARE(dialog.result().time, timestampFromIso("2025-11-03T09:15:00Z"));
        dialog.timeField().setText(QStringLiteral("rubbish"));
        QVERIFY2(dialog.trouble().contains(QStringLiteral("yesterday 9:15")), qPrintable(dialog.trouble()));
        QVERIFY(!dialog.acceptButton().isEnabled());
        dialog.timeField().setText(time);
        dialog.payloadField().setPlainText(QStringLiteral("{\"address\": \"0 End Rd\"}"));
        dialog.acceptButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("add 5+"), kWaitMs);
        const auto& lane = *canvas().branchLane();
        QVERIFY(lane.items[5].added());
        // Between #5 and the next.
        QVERIFY(lane.events.at[5] > lane.events.at[4] && lane.events.at[5] < lane.events.at[6]);
        QTRY_VERIFY_WITH_TIMEOUT(settle(*at_->window), kWaitMs);
        picture(*at_->window, QStringLiteral("branch-added"));
    }

    void whatIfThisEventHadNotComeIsAskedOfTheRealLane()
    {
        QMenu menu;
        commands().fillRealMenu(menu, real(4));
        QAction* leaveOut = menu.actions().value(1);
        QCOMPARE(leaveOut->text().remove(u'&'), QStringLiteral("What if this event had not come"));
        leaveOut->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 4"), kWaitMs);
        QVERIFY(commands().toggleAction().isChecked());
        menu.clear();
        commands().fillMenu(menu);
        QStringList words;
        for (const QAction* action : menu.actions())
            if (action->isEnabled()) words << action->text().section(u'\t', 0, 0).remove(u'&');
        for (const char* wanted : {"What-if branch", "New branch", "what if", "Take back the last edit", "Rename the branch…",
                                   "Export the branch…", "Delete the branch"})
            QVERIFY2(words.contains(QString::fromUtf8(wanted)), wanted);
    }

    void anEventThatWasDraggedIsOneEditAndOneStepBack()
    {
        QVERIFY(start());
        branches().skip(real(3));
        branches().move(real(6), real(4), at_->session->history()->events[3].time.plus(1'000'000'000));
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 3 · move 6"), kWaitMs);
        QTRY_VERIFY2_WITH_TIMEOUT(at_->window->statusLine().text().contains(QStringLiteral("branch saved · 2 edits")),
                                  qPrintable(at_->window->statusLine().text()), kWaitMs);
        branches().takeBackLast();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 3"), kWaitMs);
        QCOMPARE(branches().shown()->branch.edits().size(), std::size_t{1});
        branches().takeBackLast();
        QTRY_VERIFY_WITH_TIMEOUT(does().isEmpty(), kWaitMs);
    }

    void severalBranchesAreSwitchedRenamedAndDeleted()
    {
        QVERIFY(start());
        branches().skip(real(5));
        branches().rename(QStringLiteral("without five"));
        branches().make();
        QTRY_VERIFY_WITH_TIMEOUT(branches().view() && does().isEmpty(), kWaitMs);
        QCOMPARE(branches().here().size(), std::size_t{2});
        branches().show(branches().here().front()->id);
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
        branches().remove();
        QTRY_VERIFY_WITH_TIMEOUT(does().isEmpty(), kWaitMs);
        QCOMPARE(branches().here().size(), std::size_t{1});
        at_->window->actions().undo.trigger();
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
        QCOMPARE(QString::fromStdString(branches().shown()->branch.name()), QStringLiteral("without five"));
        // Another entity has none; this one's is there again afterwards.
        QVERIFY(at_->select(QStringLiteral("user/user-2")));
        QVERIFY(canvas().branchLane() == nullptr);
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QTRY_VERIFY_WITH_TIMEOUT(canvas().branchLane() != nullptr, kWaitMs);
    }

    void itIsWrittenAsARecordDumpAndItIsSaid()
    {
        QVERIFY(start());
        branches().skip(real(5));
        QVERIFY(settle(*at_->window));
        branches().exportTo(at_->path("branch.jsonl"));
        QTRY_VERIFY_WITH_TIMEOUT(at_->window->statusLine().text().contains(QStringLiteral("11 events of the branch written")),
                                 kWaitMs);
        const QString text = read(at_->path("branch.jsonl"));
        QCOMPARE(text.count(u'\n'), 11);
        QVERIFY(!text.contains(QStringLiteral("\"4 Main St")));
    }

    void aBranchOfAReadOnlyWorkspaceIsAskedAboutBeforeItIsLost()
    {
        at_->window->actions().closeWorkspace.trigger();
        Session writer;
        const auto opens = [&] {  // once the window has let go of it
            writer.open(at_->path("shop.hindcast"), false);
            return QTest::qWaitFor([&] { return writer.isOpen(); }, kWaitMs) && writer.readOnlyBecause().isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(opens(), kWaitMs);
        QVERIFY(at_->open());
        QVERIFY(!at_->session->readOnlyBecause().isEmpty());
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QVERIFY(start());
        branches().skip(real(5));
        QVERIFY(settle(*at_->window));
        QTRY_COMPARE_WITH_TIMEOUT(does(), QStringLiteral("skip 5"), kWaitMs);
        const auto answer = [this](QMessageBox::StandardButton button) {
            QTimer::singleShot(0, at_->window.get(), [this, button] {
                auto* box = at_->window->findChild<QMessageBox*>();
                QVERIFY(box != nullptr);
                QVERIFY2(box->text().contains(QStringLiteral("“what if” of user/user-1")), qPrintable(box->text()));
                QCOMPARE(box->buttons().size(), qsizetype(3));  // it can be exported, too
                picture(*box, QStringLiteral("branch-not-saved"));
                box->button(button)->click();
            });
            return at_->window->close();
        };
        QVERIFY(!answer(QMessageBox::Cancel));
        QVERIFY(at_->window->isVisible());
        QCOMPARE(branches().here().size(), std::size_t{1});
        QVERIFY(answer(QMessageBox::Discard));
    }

    void theSmallestWindowHasRoomForItInLightAndDark()
    {
        QVERIFY(start());
        branches().skip(real(5));
        at_->window->resize(1280, 800);
        QVERIFY(settle(*at_->window));
        picture(*at_->window, QStringLiteral("branch-1280"));
        at_->theme.setScheme(Theme::Scheme::Dark);
        QVERIFY(settle(*at_->window));
        picture(*at_->window, QStringLiteral("branch-1280-dark"));
        at_->theme.setScheme(Theme::Scheme::Light);
    }

    void aDeadEntityIsTheSameOnBothSidesUntilItsEndIsSkipped()
    {
        QVERIFY(begin());
        openDemo();
        QVERIFY(at_->select(QStringLiteral("public.users/12")));
        const auto& events = at_->session->history()->events;
        const auto end = std::ranges::find_if(events, [](const replay::HistoryEvent& event) {
            return event.kind == EventKind::Delete || event.kind == EventKind::Tombstone;
        });
        QVERIFY(end != events.end());
        const Version death{static_cast<std::uint64_t>(end - events.begin()) + 1};
        at_->session->playhead()->setVersion(death);
        branches().make();
        QVERIFY(settle(*at_->window));
        QTRY_VERIFY_WITH_TIMEOUT(tree().rowCount() > 0 && tree().rowText(0).contains(QStringLiteral("what if")), kWaitMs);
        for (RowView::Row i = 0; i < tree().rowCount(); ++i) {
            const Json* there = tree().realValue(i);
            QVERIFY2(there != nullptr && tree().branchValue(i) != nullptr && *there == *tree().branchValue(i),
                     qPrintable(tree().rowText(i)));
        }
        picture(*at_->window, QStringLiteral("branch-dead"));
        branches().skip(real(death.value));
        QVERIFY(settle(*at_->window));
        QTRY_VERIFY_WITH_TIMEOUT(tree().rowText(0).contains(QStringLiteral("not there, what if")), kWaitMs);
        const StatePage& page = at_->window->state().statePage();
        QVERIFY2(!page.notice().contains(QStringLiteral("before that:")), qPrintable(page.notice()));
        for (RowView::Row i = 0; i < tree().rowCount(); ++i) {
            const auto by = tree().setBy(i);
            QVERIFY2(!by || *by < death, qPrintable(tree().rowText(i)));
        }
        picture(*at_->window, QStringLiteral("branch-dead-lives"));
    }

    void theDemosUserIsShownWithABranchBesideHisLife()
    {
        QVERIFY(begin());
        openDemo();
        QVERIFY(at_->select(QStringLiteral("user/user-123")));
        for (const char* pointer : {"/spent", "/address"})
            at_->session->watches()->add(QStringLiteral("user"), QLatin1String(pointer));
        branches().make(QStringLiteral("without the fee"));
        branches().skip(real(5));
        QVERIFY(branches().edit(real(6), R"({"order_id": 1, "total": 500.0})", {}, {}));
        const auto& events = at_->session->history()->events;
        QVERIFY(branches().add(real(9), "AddressChanged", R"({"new_address": "7 New Rd", "old_address": "456 Oak Ave"})",
                               events[8].time.plus(events[8].time.until(events[9].time) / 2)));
        at_->session->playhead()->setVersion(Version{9});
        QVERIFY(settle(*at_->window));
        QTRY_VERIFY_WITH_TIMEOUT(tree().rowText(0).contains(QStringLiteral("what if")), kWaitMs);
        picture(*at_->window, QStringLiteral("branch-demo"));
        at_->window->resize(1280, 800);
        at_->theme.setScheme(Theme::Scheme::Dark);
        QVERIFY(settle(*at_->window));
        picture(*at_->window, QStringLiteral("branch-demo-dark"));
        at_->theme.setScheme(Theme::Scheme::Light);
    }
};

QTEST_MAIN(TestBranchesInWindow)
#include "test_branches_in_window.moc"
