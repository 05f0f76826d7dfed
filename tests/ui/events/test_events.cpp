#include "core/event/pointer.h"
#include "tests/ui/fixtures.h"
#include "ui/events/column_chooser.h"
#include "ui/events/column_list.h"
#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/change_summary.h"
#include "ui/look/elided_label.h"
#include "ui/session/event_json.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <random>

using namespace hindcast;
using namespace hindcast::ui;
using Op = Change::Op;

namespace {

store::Posting reject(std::int64_t offset, const char* time, std::uint32_t part = 3)
{
    store::Posting posting;
    posting.id = EventId(PartId{part}, Offset{offset});
    posting.time = test::at(time);
    posting.reject = true;
    return posting;
}

std::vector<Changes> userChanges()
{
    std::vector<Changes> all(14);
    all[0] = {test::change(Op::Add, "", nullptr, R"({"id":"user-123","name":"Alice Smith","address":"123 Main St"})")};
    all[1] = {test::change(Op::Same, "/address", "\"123 Main St\"", "\"123 Main St\"")};
    for (std::size_t i = 2; i < 6; ++i) all[i] = {test::change(Op::Add, "/orders/0", nullptr, R"({"id":8835,"total":5.00})")};
    all[6] = {test::change(Op::Add, "/orders/1", nullptr, R"({"id":8840,"total":42.00})"),
              test::change(Op::Replace, "/spent", "20.00", "62.00")};
    all[7] = {test::change(Op::Add, "/orders/2", nullptr, R"({"id":8841,"total":119.90})"),
              test::change(Op::Replace, "/spent", "62.00", "181.90")};
    all[8] = {test::change(Op::Replace, "/address", "\"123 Main St\"", "\"456 Oak Ave\"")};
    all[9] = {test::change(Op::Add, "/orders/3", nullptr, R"({"id":8852,"total":310.00})"),
              test::change(Op::Replace, "/spent", "181.90", "491.90")};
    all[10] = {test::change(Op::Remove, "/orders/3", R"({"id":8852,"total":310.00})", nullptr),
               test::change(Op::Replace, "/spent", "491.90", "181.90"),
               test::change(Op::Replace, "/status", "\"customer\"", "\"churn-risk\"")};
    all[12] = {test::change(Op::Remove, "/phone", "\"+49 30 1234\"", nullptr),
               test::change(Op::Replace, "/settings/theme", "\"light\"", "null")};
    all[13] = {test::change(Op::Remove, "", R"({"id":"user-123"})", nullptr)};
    return all;
}

}  // namespace

class TestEvents final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        part_.topic = "orders";
        part_.partition = Partition{3};
        view_ = std::make_unique<EventsView>(theme_);
        view_->resize(980, 320);
        view_->model().setLookups({test::typeName, [](TypeId type) { return static_cast<int>(type.value); },
                                   [this](PartId id) { return id.value == 3 ? &part_ : nullptr; }});
        connect(&view_->model(), &EventsModel::changesWanted, view_.get(), [this](const VersionRuns& runs) {
            asked_.insert(asked_.end(), runs.begin(), runs.end());
            if (!answers_) return;
            const auto all = userChanges();
            for (const auto& [first, last] : VersionRuns(runs))
                view_->model().addChanges(first, std::vector<Changes>(all.begin() + static_cast<std::ptrdiff_t>(first.value) - 1,
                                                                      all.begin() + static_cast<std::ptrdiff_t>(last.value)));
        });
        connect(view_.get(), &EventsView::versionChosen, view_.get(),
                [this](Version version) { view_->model().setPlayhead(version); });
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
        asked_.clear();
        answers_ = true;
    }

    void changesReadLikeASentence()
    {
        const auto all = userChanges();
        QCOMPARE(summaryText(all[7]), QStringLiteral("orders +8841 · spent 62.00 → 181.90"));
        QCOMPARE(summaryText(all[8]), QStringLiteral("address 123 Main St → 456 Oak Ave"));
        QCOMPARE(summaryText(all[1]), QString());
        QCOMPARE(summaryText(all[12]), QStringLiteral("phone −+49 30 1234 · settings/theme light → null"));
        QCOMPARE(summaryText(all[0]), QStringLiteral("id +user-123 · name +Alice Smith · address +123 Main St"));
        QCOMPARE(summaryText({test::change(Op::Add, "/a~1b", nullptr, "1")}), QStringLiteral("a/b +1"));
        QCOMPARE(summarise(all[12])[2].kind, SummaryPart::Kind::Struck);
    }

    void aHundredThousandChangesAreSummedUpShort()
    {
        Changes many;
        for (int i = 0; i < 100'000; ++i) many.push_back(test::change(Op::Add, "/x", nullptr, "1"));
        const QString text = summaryText(many);
        QVERIFY(text.size() < 400);
        QVERIFY(text.contains(QStringLiteral("more")));
        QVERIFY(changesInFull(many, 10).count(u'\n') == 10);
    }

    void rejectsStandWhereTheirOffsetPutsThem()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z"), reject(48'000, "2025-11-04T09:20:00Z"),
                            reject(99'999, "2025-11-05T00:00:00Z"), reject(5, "2025-11-04T02:55:35Z", 9)};
        const EventRows rows(history);
        QCOMPARE(rows.count(), std::int64_t(18));
        QVERIFY(!rows.version(0));
        QCOMPARE(rows.reject(0).id.offset().value, std::int64_t(48'000));
        QCOMPARE(rows.version(1), std::optional(Version{1}));
        QVERIFY(!rows.version(4));
        QCOMPARE(rows.reject(4).id.part(), PartId{9});
        QVERIFY(!rows.version(11));
        QVERIFY(!rows.version(17));
        QCOMPARE(rows.rowOf(Version{9}), std::int64_t(10));
        QCOMPARE(rows.rowOf(Version{10}), std::int64_t(12));
        QCOMPARE(rows.rowOf(Version{0}), std::int64_t(-1));
        QCOMPARE(rows.versionAtOrAbove(11), Version{9});
        QCOMPARE(rows.rowOfReject(EventId(PartId{3}, Offset{48'150})), std::optional(std::int64_t(11)));
    }

    void rowsAndVersionsAgreeOnAnyHistory()
    {
        std::mt19937 random(8841);
        for (int round = 0; round < 50; ++round) {
            auto history = std::make_shared<replay::History>();
            const int events = static_cast<int>(random() % 40);
            std::int64_t offset = 0;
            for (int i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                offset += 2 + 2 * static_cast<std::int64_t>(random() % 3);
                event.id = EventId(PartId{static_cast<std::uint32_t>(random() % 3)}, Offset{offset});
                event.time = event.effective = Timestamp{i * 1000};
                history->events.push_back(event);
            }
            for (unsigned i = random() % 10; i > 0; --i) {
                store::Posting posting;
                posting.id = EventId(PartId{static_cast<std::uint32_t>(random() % 4)},
                                     Offset{1 + 2 * static_cast<std::int64_t>(random() % 80)});
                posting.time = Timestamp{static_cast<std::int64_t>(random() % 40'000)};
                history->rejects.push_back(posting);
            }
            const EventRows rows(history);
            QCOMPARE(rows.count(), static_cast<std::int64_t>(history->events.size() + history->rejects.size()));
            std::uint64_t version = 0;
            std::size_t rejects = 0;
            for (std::int64_t row = 0; row < rows.count(); ++row) {
                if (const auto at = rows.version(row)) {
                    QCOMPARE(at->value, ++version);
                    QCOMPARE(rows.rowOf(*at), row);
                    for (std::int64_t below = row + 1; below < rows.count(); ++below)
                        if (!rows.version(below) && rows.reject(below).id.part() == rows.event(row).id.part())
                            QVERIFY(rows.reject(below).id > rows.event(row).id);
                } else {
                    ++rejects;
                }
            }
            QCOMPARE(version, history->events.size());
            QCOMPARE(rejects, history->rejects.size());
        }
    }

    void aFilteredTableIsTheWholeOneWithoutTheHiddenRows()
    {
        std::mt19937 random(4711);
        for (int round = 0; round < 60; ++round) {
            auto history = std::make_shared<replay::History>();
            const auto events = static_cast<std::int64_t>(random() % 40);
            for (std::int64_t i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                event.id = EventId(PartId{static_cast<std::uint32_t>(random() % 2)}, Offset{2 * i + 2});
                event.time = event.effective = Timestamp{i * 1000};
                event.type = TypeId{static_cast<std::uint32_t>(random() % 4)};
                history->events.push_back(event);
            }
            for (unsigned i = random() % 8; i > 0; --i) {
                store::Posting posting;
                posting.id = EventId(PartId{static_cast<std::uint32_t>(random() % 3)},
                                     Offset{1 + 2 * static_cast<std::int64_t>(16 * i + random() % 8)});
                posting.time = Timestamp{static_cast<std::int64_t>(random() % 40'000)};
                history->rejects.push_back(posting);
            }
            TypeFilter::Choice choice;
            choice.only = random() % 2 == 0;
            for (unsigned i = random() % 4; i > 0; --i) choice.named.insert(TypeId{static_cast<std::uint32_t>(random() % 4)});
            const EventRows whole(history);
            const EventRows rows(history, choice);
            std::int64_t row = 0;
            for (std::int64_t at = 0; at < whole.count(); ++at) {
                const auto version = whole.version(at);
                const bool shown = !version || choice.named.contains(whole.event(at).type) == choice.only;
                if (version) QCOMPARE(rows.rowOf(*version), shown ? row : std::int64_t(-1));
                if (shown) {
                    QVERIFY(row < rows.count());
                    QCOMPARE(rows.id(row), whole.id(at));
                    QCOMPARE(rows.version(row), version);
                    QCOMPARE(rows.versionAtOrAbove(row), whole.versionAtOrAbove(at));
                    if (!version) QCOMPARE(rows.rowOfReject(whole.id(at)), std::optional(row));
                    ++row;
                }
            }
            QCOMPARE(row, rows.count());
            QCOMPARE(rows.hidden(), static_cast<std::uint64_t>(whole.count() - rows.count()));
            for (std::uint64_t version = 0; version <= history->events.size(); ++version) {
                std::int64_t expected = -1;
                for (std::int64_t at = 0; at < rows.count(); ++at)
                    if (rows.versionAtOrAbove(at) <= Version{version}) expected = at;
                QCOMPARE(rows.rowAtOrBefore(Version{version}), expected);
            }
        }
    }

    void timesShowNoMoreDateThanIsNeeded()
    {
        auto history = test::userHistory();
        QCOMPARE(timeStyleOf(*history).text(history->events[8].time), QStringLiteral("04 09:14:22.118"));
        QCOMPARE(timeStyleOf(*history).context, QStringLiteral("Nov 2025"));
        history->events.erase(history->events.begin(), history->events.begin() + 2);
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("09:14:22.118"));
        history->events[0].time = test::at("2025-10-01T00:00:00.000001Z");
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("04 Nov 09:14:22.118000"));
        history->events[0].time = test::at("2024-10-01T00:00:00.000000001Z");
        QCOMPARE(timeStyleOf(*history).text(history->events[6].time), QStringLiteral("2025-11-04 09:14:22.118000000"));
    }

    void thePlayheadsRowIsMarkedAndLaterOnesAreDimmed()
    {
        show();
        QCOMPARE(view_->table().currentRow(), qint64(8));
        const QImage image = test::picture(*view_, QStringLiteral("events"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Selection)) > 5000);
        view_->model().setPlayhead(Version{0});
        QCOMPARE(view_->table().currentRow(), RowView::kNone);
    }

    void clickAndKeysMoveThePlayhead()
    {
        show();
        QSignalSpy chosen(view_.get(), &EventsView::versionChosen);
        EventTable& table = view_->table();
        table.setTopRow(0);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.cellRect(2, EventTable::Changed).center());
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{3});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{4});
        QTest::keyClick(&table, Qt::Key_End);
        QCOMPARE(view_->model().playhead(), Version{14});
    }

    void changesAreAskedForTheRowsInViewOnly()
    {
        answers_ = false;
        const auto history = longHistory(1'000'000);
        view_->model().setPlayhead(Version{500'000});
        view_->model().setHistory(history);
        QVERIFY2(view_->model().isPreparing(), "the rows of a long history are made elsewhere");
        QCOMPARE(view_->model().rows().count(), std::int64_t(0));
        QTRY_COMPARE(view_->table().currentRow(), qint64(499'999));
        view_->grab();
        const auto [first, last] = asked_.back();
        QVERIFY(first <= Version{500'000} && last >= Version{500'000});
        QVERIFY(last.value - first.value < 30);
    }

    void hidingTypesOfAMillionEventsHoldsNothingUp()
    {
        answers_ = false;
        EventsModel& model = view_->model();
        QSignalSpy rows(&model, &EventsModel::rowsChanged);
        model.setPlayhead(Version{500'001});
        model.setHistory(longHistory(1'000'000));
        QVERIFY(rows.wait(5000));
        asked_.clear();
        model.setFilter({true, {TypeId{9'999}}});  // one in ten thousand
        QVERIFY2(model.isPreparing(), "they are sought out elsewhere");
        QCOMPARE(model.rows().count(), std::int64_t(1'000'000));
        QVERIFY(rows.wait(5000));
        QCOMPARE(model.rows().count(), std::int64_t(100));
        QCOMPARE(model.rows().hidden(), std::uint64_t{999'900});
        view_->grab();
        QVERIFY(!asked_.empty());
        for (const auto& [first, last] : asked_) QCOMPARE(first, last);  // and nothing of what lies between
    }

    void whileAnotherLongHistoryIsPreparedNoRowOfTheOldOneIsShown()
    {
        show();
        EventsModel& model = view_->model();
        QSignalSpy rows(&model, &EventsModel::rowsChanged);
        view_->setLoading(true);
        model.setHistory(longHistory(50'000));
        QCOMPARE(view_->table().rowCount(), qint64(0));
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Reading the history…"));
        QTRY_COMPARE(view_->table().rowCount(), qint64(50'000));
        // And where one has gone back meanwhile, what was being prepared is dropped.
        model.setHistory(longHistory(60'000));
        model.setHistory(test::userHistory());
        QCOMPARE(view_->table().rowCount(), qint64(14));
        QTRY_VERIFY(!model.isPreparing());
        QCOMPARE(view_->table().rowCount(), qint64(14));
    }

    void aLongerHistoryKeepsWhatIsKnownAndAnotherOneDoesNot()
    {
        show();
        QVERIFY(view_->model().changes(Version{9}) != nullptr);
        auto longer = std::make_shared<replay::History>(*test::userHistory());
        longer->events.push_back(longer->events.back());
        longer->events.back().id = EventId(PartId{3}, Offset{90'000});
        answers_ = false;
        view_->model().setHistory(longer);
        QVERIFY(view_->model().changes(Version{9}) != nullptr);
        auto shifted = std::make_shared<replay::History>(*test::userHistory());
        shifted->events.insert(shifted->events.begin(), shifted->events.front());
        shifted->events.front().id = EventId(PartId{3}, Offset{1});
        view_->model().setHistory(shifted);
        QVERIFY(view_->model().changes(Version{9}) == nullptr);
    }

    void aRejectSaysItsReasonAndLeavesThePlayheadAlone()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        connect(&view_->model(), &EventsModel::rejectsWanted, view_.get(), [this](const std::vector<EventId>& ids) {
            store::Reject answer;
            answer.id = ids.front();
            answer.reason = "unexpected end at byte 211";
            view_->model().addRejects({answer});
        });
        view_->model().setPlayhead(Version{10});
        view_->model().setHistory(history);
        view_->grab();
        QSignalSpy chosen(view_.get(), &EventsView::rejectChosen);
        QSignalSpy versions(view_.get(), &EventsView::versionChosen);
        EventTable& table = view_->table();
        table.setTopRow(5);
        QVERIFY(table.rowText(9).contains(QStringLiteral("unexpected end at byte 211")));
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.cellRect(9, EventTable::Changed).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(versions.count(), 0);
        QCOMPARE(view_->model().playhead(), Version{10});
        test::picture(*view_, QStringLiteral("events-reject"));
    }

    void theMarkOfARejectGoesWhenThePlayheadsEventIsShownAgain()
    {
        auto history = test::userHistory();
        const store::Posting posting = reject(48'150, "2025-11-04T09:20:00Z");
        history->rejects = {posting};
        view_->model().setPlayhead(Version{3});
        view_->model().setHistory(history);
        EventTable& table = view_->table();
        view_->markReject(posting.id);
        QVERIFY(!view_->model().rows().version(table.currentRow()));
        view_->unmarkReject();
        QCOMPARE(table.currentRow(), qint64(2));
        // More that arrives brings it not back.
        view_->markReject(posting.id);
        view_->unmarkReject();
        view_->model().setHistory(std::make_shared<replay::History>(*history));
        QCOMPARE(table.currentRow(), qint64(2));
    }

    void theCurrentRowIsToldInFullWhenWhatChangedArrives()
    {
        answers_ = false;
        show();
        view_->model().setPlayhead(Version{7});
        EventTable& table = view_->table();
        QVERIFY(!table.accessibleDescription().contains(QStringLiteral("8840")));
        view_->model().addChanges(Version{7}, {Changes{test::change(Op::Add, "/orders/1", nullptr, R"({"id":8840})")}});
        QVERIFY2(table.accessibleDescription().contains(QStringLiteral("8840")), qPrintable(table.accessibleDescription()));
        QVERIFY2(table.accessibleDescription().contains(QStringLiteral("2025-11-04 09:01:10.402 UTC")),
                 qPrintable(table.accessibleDescription()));
    }

    void aMenuActsOnItsEventThoughRowsHaveComeBeforeIt()
    {
        answers_ = false;  // there are no changes for a fifteenth event
        auto history = test::userHistory();
        view_->model().setPlayhead(Version{14});
        view_->model().setHistory(history);
        QSignalSpy versions(view_.get(), &EventsView::versionChosen);
        QAction* go = menuAction(6, QStringLiteral("Go to this event"));
        auto longer = std::make_shared<replay::History>(*history);
        longer->events.insert(longer->events.begin(), longer->events.front());
        longer->events.front().id = EventId(PartId{9}, Offset{1});
        view_->model().setHistory(longer);
        go->trigger();
        QCOMPARE(versions.takeLast().at(0).value<Version>(), Version{8});
    }

    void copyingAsksForTheEventAndItsJsonKeepsThePayloadToTheLetter()
    {
        show();
        QSignalSpy copy(view_.get(), &EventsView::copyWanted);
        QTest::keyClick(&view_->table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copy.count(), 1);
        const QString text = eventJson(*test::userEvent());
        QVERIFY(text.contains(QStringLiteral("\"count\":12345678901234567890123,\"ok\":true")));
        QVERIFY(text.contains(QStringLiteral("\"score\":1.50")));
        const auto parsed = parseJson(text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(parsed->at("version").get<int>(), 9);
    }

    void bytesGoToTheClipboardAsBase64()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload.clear();
        event->event.value = std::string("\xff\x00\x01", 3);
        QVERIFY(eventJson(*event).contains(QStringLiteral("{\"b64\":\"/wAB\"}")));
        event->event.value.reset();
        QVERIFY(eventJson(*event).contains(QStringLiteral("\"value\":null")));
    }

    void emptyAndLoadingSayWhatTheyAre()
    {
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Select an entity to see its events"));
        view_->setLoading(true);
        QCOMPARE(view_->table().emptyText(), QStringLiteral("Reading the history…"));
        test::picture(*view_, QStringLiteral("events-loading"));
    }

    void hiddenTypesLeaveTheTableAndTheTitleSaysSo()
    {
        show();
        view_->model().setFilter({false, {TypeId{test::OrderPlaced}}});
        QCOMPARE(view_->table().rowCount(), qint64(6));
        QCOMPARE(titleText(), QStringLiteral("user-123 · 6 of 14 events · 8 hidden by type"));
        QCOMPARE(view_->table().currentRow(), qint64(2));  // #9
        QSignalSpy all(view_.get(), &EventsView::allTypesWanted);
        QTest::mouseClick(button(QStringLiteral("Show all")), Qt::LeftButton);
        QCOMPARE(all.count(), 1);
        view_->model().setFilter({});
        QVERIFY(!button(QStringLiteral("Show all"))->isVisible());
        QCOMPARE(titleText(), QStringLiteral("user-123 · 14 events"));
    }

    void whereThePlayheadsEventIsHiddenNoRowIsCurrentAndALineTellsItsPlace()
    {
        show();
        view_->model().setPlayhead(Version{8});
        view_->model().setFilter({false, {TypeId{test::OrderPlaced}}});
        EventTable& table = view_->table();
        QCOMPARE(table.currentRow(), RowView::kNone);
        QCOMPARE(table.anchorRow(), qint64(1));  // #2
        QVERIFY(titleText().endsWith(QStringLiteral("the playhead is on #8 OrderPlaced, hidden")));
        const QImage image = test::picture(*view_, QStringLiteral("events-hidden"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Playhead)) > 500);
        QCOMPARE(test::countOf(image, theme_.color(Theme::Role::Selection)), 0);
    }

    void upAndDownStepAmongTheShownRowsFromWhereThePlayheadIs()
    {
        show();
        EventsModel& model = view_->model();
        EventTable& table = view_->table();
        model.setFilter({false, {TypeId{test::OrderPlaced}}});
        model.setPlayhead(Version{8});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{9});
        model.setPlayhead(Version{8});
        QTest::keyClick(&table, Qt::Key_Up);
        QCOMPARE(model.playhead(), Version{2});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{9});
        QTest::keyClick(&table, Qt::Key_Down);
        QCOMPARE(model.playhead(), Version{11});
    }

    void aRejectStaysInItsPlaceUnderAFilter()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z")};
        view_->model().setPlayhead(Version{9});
        view_->model().setHistory(history);
        view_->model().setFilter({true, {TypeId{test::UserDeleted}}});
        QCOMPARE(view_->table().rowCount(), qint64(2));
        QVERIFY(!view_->model().rows().version(0));
        QCOMPARE(titleText(),
                 QStringLiteral(
                     "user-123 · 1 of 14 events · 13 hidden by type · 1 reject · the playhead is on #9 AddressChanged, hidden"));
        QTest::keyClick(&view_->table(), Qt::Key_Down);  // from below the reject, which is not after #9
        QCOMPARE(view_->model().playhead(), Version{14});
    }

    void whereAllAreHiddenTheTableSaysHowToGetThemBack()
    {
        show();
        view_->model().setFilter({true, {}});
        QCOMPARE(view_->table().rowCount(), qint64(0));
        QVERIFY(view_->table().emptyText().contains(QStringLiteral("14 events")));
        test::picture(*view_, QStringLiteral("events-all-hidden"));
    }

    void payloadColumnsShowNumbersAsTheyCameAndTellMissingNullAndEmptyApart()
    {
        showFields({"/total", "/note", "/items"});
        EventTable& table = view_->table();
        QCOMPARE(table.columns().size(), std::size_t{8});
        QCOMPARE(table.columns()[4].title, QStringLiteral("total"));
        QCOMPARE(table.columns()[4].alignment, Qt::Alignment(Qt::AlignRight));
        QCOMPARE(table.columns()[5].alignment, Qt::Alignment(Qt::AlignLeft));
        QCOMPARE(table.columns()[7].title, QStringLiteral("position"));
        QCOMPARE(table.cellText(6, 4), QStringLiteral("42.00"));
        QCOMPARE(table.cellText(0, 4), QString());
        QCOMPARE(table.cellText(1, 5), QStringLiteral("null"));
        QCOMPARE(table.cellText(2, 5), QStringLiteral("\"\""));
        QCOMPARE(table.cellText(3, 5), QStringLiteral("\"null\""));  // a text that reads so
        QCOMPARE(table.cellText(4, 6), QStringLiteral("{\"id\":1}"));
        QCOMPARE(table.cellText(5, 6), QStringLiteral("[1\u2009200 items]"));
        table.setTopRow(0);
        test::picture(*view_, QStringLiteral("events-fields"));
        theme_.setScheme(Theme::Scheme::Dark);
        test::picture(*view_, QStringLiteral("events-fields-dark"));
        theme_.setScheme(Theme::Scheme::Light);
    }

    void valuesAreAskedForTheRowsInViewOnlyAndRememberedWithinBounds()
    {
        answers_ = false;
        std::vector<EventId> wanted;
        connect(&view_->model(), &EventsModel::fieldsWanted, view_.get(),
                [&](const std::vector<EventId>& ids, const std::vector<std::string>& pointers) {
                    wanted = ids;
                    QCOMPARE(pointers, std::vector<std::string>{"/total"});
                    FieldRows rows;
                    rows.pointers = pointers;
                    for (const EventId id : ids) rows.rows.push_back({id, {FieldValue{}}});
                    view_->model().addFields(rows);
                });
        QSignalSpy made(&view_->model(), &EventsModel::rowsChanged);
        view_->model().setHistory(longHistory(100'000));
        QVERIFY(made.wait(5000));
        EventColumns columns;
        columns.pointers = {"/total"};
        view_->model().setColumns(columns);
        for (int top = 0; top < 90'000; top += 400) {
            view_->table().setTopRow(top);
            QVERIFY(!wanted.empty() && wanted.size() < 30);
        }
        QVERIFY(view_->model().field(wanted.front(), 0) != nullptr);
        QVERIFY(view_->model().field(EventId(PartId{3}, Offset{0}), 0) == nullptr);  // long gone from view
    }

    void answersForOtherColumnsAreDropped()
    {
        show();
        EventColumns columns;
        columns.pointers = {"/b"};
        view_->model().setColumns(columns);
        FieldRows late;
        late.pointers = {"/a"};
        late.rows = {{view_->model().rows().id(0), {FieldValue{}}}};
        view_->model().addFields(late);
        QVERIFY(view_->model().field(view_->model().rows().id(0), 0) == nullptr);
    }

    void columnsAreChosenInASheetByMouseKeysAndPointer()
    {
        show();
        QSignalSpy wanted(view_.get(), &EventsView::fieldNamesWanted);
        QSignalSpy chosen(view_.get(), &EventsView::columnsChosen);
        QTest::mouseClick(button(QStringLiteral("Columns")), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(!wanted.first().at(0).value<std::vector<EventId>>().empty());
        auto* sheet = view_->findChild<ColumnChooser*>();
        QVERIFY(sheet != nullptr);
        FieldNames names;
        names.events = 9;
        addFieldNames(test::json(R"({"order_id":8840,"total":42.00,"items":[1,2],"customer":{"name":"Alice","tier":null}})"),
                      names);
        view_->setFieldNames(names);
        QCOMPARE(sheet->list().rowCount(), qint64(10));
        QVERIFY(sheet->list().rowText(6).contains(QStringLiteral("/total, not shown, for example 42.00")));
        test::picture(*sheet, QStringLiteral("events-columns"));
        QTest::mouseClick(sheet->list().viewport(), Qt::LeftButton, {}, sheet->list().cellRect(6, 0).center());
        QCOMPARE(view_->model().columns().pointers, std::vector<std::string>{"/total"});
        QTest::keyClicks(&sheet->field(), QStringLiteral("tier"));
        QCOMPARE(sheet->list().rowCount(), qint64(1));
        QTest::keyClick(&sheet->field(), Qt::Key_Return);
        QTest::keyClicks(&sheet->field(), QStringLiteral("/not/in/view"));
        QTest::keyClick(&sheet->field(), Qt::Key_Return);
        QCOMPARE(view_->model().columns().pointers, (std::vector<std::string>{"/total", "/customer/tier", "/not/in/view"}));
        // The position goes by the keyboard alone.
        QTest::keyClicks(&sheet->field(), QStringLiteral("position"));
        QTest::keyClick(&sheet->field(), Qt::Key_Down);
        QTest::keyClick(&sheet->list(), Qt::Key_Space);
        QVERIFY(!view_->model().columns().shown[EventColumns::Place]);
        QCOMPARE(chosen.last().at(0).value<EventColumns>(), view_->model().columns());
        sheet->close();
        QCOMPARE(view_->table().columns().back().title, QStringLiteral("view"));
    }

    void oneColumnAlwaysStays()
    {
        ColumnList list(theme_);
        EventColumns columns;
        columns.shown = {false, true, false, false, false};
        list.setColumns(columns);
        list.toggle(1);
        QCOMPARE(list.chosen().count(), 1);
        list.toggle(2);
        list.toggle(1);
        QCOMPARE(list.chosen().shown, (std::array<bool, 5>{false, false, true, false, false}));
    }

    void aColumnTooManyIsRefusedInWords()
    {
        EventColumns columns;
        for (std::size_t i = 0; i < EventColumns::kMostPointers; ++i) columns.pointers.push_back("/f" + std::to_string(i));
        ColumnChooser sheet(columns, theme_, nullptr);
        sheet.setAttribute(Qt::WA_DeleteOnClose, false);
        FieldNames names;
        names.events = 1;
        addFieldNames(test::json(R"({"more":1})"), names);
        sheet.setNames(names);
        sheet.list().setSearch(QStringLiteral("more"));
        QCOMPARE(sheet.list().rowCount(), qint64(1));
        sheet.list().toggle(0);
        QCOMPARE(sheet.list().chosen().pointers.size(), EventColumns::kMostPointers);
        QStringList said;
        for (const QLabel* label : sheet.findChildren<QLabel*>()) said << label->text();
        QVERIFY2(said.join(u' ').contains(QStringLiteral("No more than 24")), qPrintable(said.join(u' ')));
    }

    void columnsOfACategoryAreRemembered()
    {
        QTemporaryDir folder;
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
        EventColumns columns;
        columns.pointers = {"/total", "/a~1b/c,d", "/ü"};
        columns.shown[EventColumns::Place] = false;
        columns.widths = {{"time", 210}, {"/total", 77}};
        saveColumns(QStringLiteral("public.users/x"), columns);
        QCOMPARE(loadColumns(QStringLiteral("public.users/x")), columns);
        QVERIFY(loadColumns(QStringLiteral("user")).isDefault());
        saveColumns(QStringLiteral("public.users/x"), {});
        QVERIFY(loadColumns(QStringLiteral("public.users/x")).isDefault());
    }

    void aDraggedWidthIsReportedAndKept()
    {
        show();
        QSignalSpy chosen(view_.get(), &EventsView::columnsChosen);
        EventTable& table = view_->table();
        const QRect type = table.cellRect(0, EventTable::Type);
        const QPoint edge(type.right() + 8, 12);
        QTest::mousePress(table.viewport(), Qt::LeftButton, {}, edge);
        QTest::mouseMove(table.viewport(), edge + QPoint(60, 0));
        QTest::mouseRelease(table.viewport(), Qt::LeftButton, {}, edge + QPoint(60, 0));
        QCOMPARE(chosen.count(), 1);
        const int width = table.cellRect(0, EventTable::Type).width();
        QVERIFY(width > type.width() + 50);
        view_->model().setHistory(nullptr);
        show();
        QCOMPARE(table.cellRect(0, EventTable::Type).width(), width);
        QTest::mouseDClick(table.viewport(), Qt::LeftButton, {}, QPoint(table.cellRect(0, EventTable::Type).right() + 8, 12));
        QCOMPARE(table.cellRect(0, EventTable::Type).width(), type.width());
        QVERIFY(view_->model().columns().isDefault());
    }

    void aRowIsCopiedAsTextAndTheMenuKnowsItsType()
    {
        showFields({"/total"});
        EventTable& table = view_->table();
        QSignalSpy only(view_.get(), &EventsView::typeOnlyWanted);
        QSignalSpy hide(view_.get(), &EventsView::typeHiddenWanted);
        menuAction(6, QStringLiteral("Copy row as text"))->trigger();
        QCOMPARE(QApplication::clipboard()->text(),
                 QStringLiteral(
                     "7\t2025-11-04 09:01:10.402\tOrderPlaced\torders +8840 · spent 20.00 → 62.00\t42.00\t3 : 48\u2009127"));
        menuAction(6, QStringLiteral("Only events of this type"))->trigger();
        QCOMPARE(only.takeFirst().at(0).value<TypeId>(), TypeId{test::OrderPlaced});
        menuAction(8, QStringLiteral("Hide events of this type"))->trigger();
        QCOMPARE(hide.takeFirst().at(0).value<TypeId>(), TypeId{test::AddressChanged});
        Q_UNUSED(table);
    }

    void copyingAllAsksForTheShownRowsAndSaysHowItGoes()
    {
        show();
        view_->model().setFilter({false, {TypeId{test::OrderPlaced}}});
        QSignalSpy wanted(view_.get(), &EventsView::copyAllWanted);
        menuAction(0, QStringLiteral("Copy all shown as JSON lines"))->trigger();
        QCOMPARE(wanted.count(), 1);
        const auto rows = wanted.first().at(0).value<std::vector<TextExport::Row>>();
        QCOMPARE(rows.size(), std::size_t{6});
        QCOMPARE(rows[2].second, Version{9});
        CopyProgress& progress = view_->copyProgress();
        QVERIFY(progress.isCopying());
        progress.progress(2);
        QCOMPARE(progress.text(), QString());  // what is quick needs no progress
        QTest::qWait(320);
        progress.progress(3);
        QCOMPARE(progress.text(), QStringLiteral("copying 3 of 6"));
        QSignalSpy cancelled(&progress, &CopyProgress::cancelled);
        QTest::mouseClick(&progress.cancelButton(), Qt::LeftButton);
        QCOMPARE(cancelled.count(), 1);
        QCOMPARE(progress.text(), QStringLiteral("not copied"));
    }

    void ofAVeryLongHistoryOnlyTheFirstAreCopiedAndTheMenuSaysSo()
    {
        QSignalSpy made(&view_->model(), &EventsModel::rowsChanged);
        answers_ = false;
        view_->model().setHistory(longHistory(300'000));
        QVERIFY(made.wait(5000));
        QSignalSpy wanted(view_.get(), &EventsView::copyAllWanted);
        menuAction(0, QStringLiteral("Copy the first 100\u2009000 events as JSON lines"))->trigger();
        QCOMPARE(wanted.first().at(0).value<std::vector<TextExport::Row>>().size(), std::size_t{100'000});
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        show();
        const QImage image = test::picture(*view_, QStringLiteral("events-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Selection)) > 5000);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    static std::shared_ptr<replay::History> longHistory(std::size_t count)
    {
        auto history = std::make_shared<replay::History>();
        history->entity = EntityId{static_cast<std::uint32_t>(count)};
        history->events.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            history->events[i].id = EventId(PartId{3}, Offset{static_cast<std::int64_t>(i)});
            history->events[i].time = history->events[i].effective = Timestamp{static_cast<std::int64_t>(i) * 1'000'000'000};
            history->events[i].type = TypeId{static_cast<std::uint32_t>(i % 10'000)};
        }
        return history;
    }

    [[nodiscard]] QString titleText() const
    {
        for (const auto* label : view_->findChildren<ElidedLabel*>())
            if (label->text().contains(QStringLiteral("user-123"))) return label->text();
        return {};
    }
    [[nodiscard]] QToolButton* button(const QString& text) const
    {
        for (auto* one : view_->findChildren<QToolButton*>())
            if (one->text() == text) return one;
        return nullptr;
    }
    QAction* menuAction(qint64 row, const QString& text)
    {
        for (auto* menu : view_->findChildren<QMenu*>()) delete menu;
        emit view_->table().menuWanted(row, view_->mapToGlobal(QPoint(50, 50)));
        auto* menu = view_->findChild<QMenu*>();
        menu->hide();
        for (QAction* action : menu->actions())
            if (action->text() == text) return action;
        qFatal("no such action: %s", qPrintable(text));
    }

    /// user-123 with these payload columns, answered.
    void showFields(std::vector<std::string> pointers)
    {
        static const char* const kPayloads[] = {R"({"user_id":"user-123"})", R"({"note":null})", R"({"total":5.00,"note":""})",
                                                R"({"total":5.00,"note":"null"})", R"({"total":5.00,"items":{"id":1}})"};
        connect(&view_->model(), &EventsModel::fieldsWanted, view_.get(),
                [this](const std::vector<EventId>& ids, const std::vector<std::string>& at) {
                    FieldRows rows;
                    rows.pointers = at;
                    for (const EventId id : ids) {
                        const auto& events = view_->model().history()->events;
                        const auto index = static_cast<std::size_t>(
                            std::find_if(events.begin(), events.end(), [&](const auto& one) { return one.id == id; }) -
                            events.begin());
                        Json payload = test::json(index < 5 ? kPayloads[index] : R"({"total":42.00,"note":"on the way"})");
                        if (index == 5) payload["items"] = Json(std::vector<Json>(1200, Json(1)));
                        std::vector<FieldValue> values;
                        for (const std::string& pointer : at)
                            values.push_back(fieldValue(valueAt(payload, *Pointer::parse(pointer))));
                        rows.rows.emplace_back(id, std::move(values));
                    }
                    view_->model().addFields(rows);
                });
        EventColumns columns;
        columns.pointers = std::move(pointers);
        view_->model().setColumns(columns);
        view_->resize(980, 420);
        show();
        QCoreApplication::processEvents();
    }

    void show()
    {
        view_->model().setPlayhead(Version{9});
        view_->model().setHistory(test::userHistory());
        view_->grab();
    }

    Theme theme_{Theme::Scheme::Light};
    store::Part part_;
    std::unique_ptr<EventsView> view_;
    std::vector<std::pair<Version, Version>> asked_;
    bool answers_ = true;
};

QTEST_MAIN(TestEvents)
#include "test_events.moc"
