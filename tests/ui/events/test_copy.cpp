#include "tests/ui/events/events_fixture.h"
#include "ui/events/copy_progress.h"
#include "ui/session/event_json.h"

#include <QApplication>
#include <QClipboard>
#include <QSignalSpy>

using namespace hindcast;
using namespace hindcast::ui;

class TestCopy final : public test::EventsFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

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
};

QTEST_MAIN(TestCopy)
#include "test_copy.moc"
