// The event at the playhead, in words and in bytes.
#include "tests/ui/state/state_fixture.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/json_place.h"
#include "ui/state/raw_page.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QMenu>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTextDocument>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;

class TestEvent final : public StateFixture {
    Q_OBJECT
private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void aPlaceInThePayloadHasItsPointer()
    {
        const JsonLayout layout = layoutJson(R"({"a":{"b":[10,{"c~/d":"x"}]},"e":null})", 1000);
        const auto at = [&](const char* text) {
            return QString::fromStdString(pointerAt(layout, static_cast<int>(layout.text.indexOf(QString::fromUtf8(text))) + 1));
        };
        QCOMPARE(at("10"), QStringLiteral("/a/b/0"));
        QCOMPARE(at("\"x\""), QStringLiteral("/a/b/1/c~0~1d"));
        QCOMPARE(at("\"e\""), QStringLiteral("/e"));
        QCOMPARE(at("null"), QStringLiteral("/e"));
        const auto leaves = leavesOf(R"({"total":1.50,"lines":[{"sku":"a"}]})", 10);
        QCOMPARE(leaves.size(), std::size_t{4});
        QCOMPARE(leaves[0].second, QStringLiteral("1.50"));
        QCOMPARE(QString::fromStdString(leaves[3].first), QStringLiteral("/lines/0/sku"));
        show();
        inspector_->showTab(StateInspector::Event);
        EventDetails& details = inspector_->eventDetails();
        QTextCursor cursor = details.document()->find(QStringLiteral("12345678901234567890123"));
        cursor.setPosition(cursor.selectionStart() + 1);
        details.setTextCursor(cursor);
        QCOMPARE(details.pointerAt(details.cursorRect().center()), QStringLiteral("/count"));
        QMenu menu;
        details.fillMenu(menu, details.cursorRect().center());
        QStringList texts;
        for (const QAction* one : menu.actions()) texts << one->text();
        QVERIFY(texts.contains(QStringLiteral("Copy pointer /count")));
        QVERIFY(texts.contains(QStringLiteral("Copy the event as JSON")));
    }

    void rawBytesAreCopiedAndSavedAsTheyAre()
    {
        show();
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.value = std::string("a\0\xff", 3);
        event->event.headers = {{"bin", std::string("\x01\x02", 2)}, {"none", std::nullopt}};
        inspector_->setEvent(event);
        inspector_->showTab(StateInspector::Raw);
        RawPage& raw = inspector_->rawPage();
        const auto copied = [&](int how) {
            raw.copyMenu().actions().at(how)->trigger();
            return QApplication::clipboard()->text();
        };
        QCOMPARE(copied(0), QStringLiteral("6100ff"));
        QCOMPARE(copied(1), QStringLiteral("YQD/"));
        raw.part().setCurrentIndex(2);
        emit raw.part().activated(2);
        QCOMPARE(raw.part().currentText(), QStringLiteral("header bin · 2 B"));
        QCOMPARE(copied(0), QStringLiteral("0102"));
        test::picture(*inspector_, QStringLiteral("raw-header"));
        raw.part().setCurrentIndex(3);
        emit raw.part().activated(3);
        QCOMPARE(inspector_->bytes().emptyText(), QStringLiteral("null: nothing was sent here"));
        raw.part().setCurrentIndex(0);
        emit raw.part().activated(0);
        QTemporaryDir folder;
        QSignalSpy saved(&raw, &RawPage::saved);
        QSignalSpy failed(inspector_.get(), &StateInspector::failed);
        raw.save(folder.filePath(QStringLiteral("value.bin")));
        QTRY_COMPARE(saved.count(), 1);
        QFile file(folder.filePath(QStringLiteral("value.bin")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("a\0\xff", 3));
        raw.save(folder.filePath(QStringLiteral("no/such/folder.bin")));
        QTRY_COMPARE(failed.count(), 1);
    }

    void keysAndHeadersAreTextBytesEmptyOrNull()
    {
        show();
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.key = std::string("\x00\x01k", 3);
        event->event.headers = {{"bin", std::string("\xff\xfe", 2)}, {"empty", ""}, {"null", std::nullopt}, {"word", "null"}};
        event->event.kind = EventKind::Update;
        event->event.databaseTime = test::at("2025-11-04T09:14:22.100Z");
        event->event.position.epoch = 2;
        inspector_->setEvent(event);
        inspector_->showTab(StateInspector::Event);
        const QString text = inspector_->eventDetails().toPlainText();
        for (const char* part : {"00 01 6b (3 B)", "bin=ff fe (2 B)", "empty=empty", "null=null", "word=null", "update",
                                 "database commit", "epoch 2", "by the producer"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), part);
        test::picture(*inspector_, QStringLiteral("event-bytes"));
    }

    void theEventTellsAllItsCoordinates()
    {
        show();
        inspector_->showTab(StateInspector::Event);
        const QString text = inspector_->eventDetails().toPlainText();
        for (const char* part : {"\"count\": 12345678901234567890123", "\"score\": 1.50", "2025-11-04 09:14:22.118 UTC",
                                 "orders · partition 3 · offset 48\u202f112", "8UIjTq7OQn2nbdRUHc9Zkg", "user-123",
                                 "trace-id=9f1c2d77", "empty=null", "address/a/77", "c-8812", "e-48101", "JSON"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), part);
        test::picture(*inspector_, QStringLiteral("event"));
    }

    void anEntityInTheEventIsALink()
    {
        show();
        QSignalSpy chosen(inspector_.get(), &StateInspector::entityChosen);
        emit inspector_->eventDetails().anchorClicked(QUrl(QStringLiteral("entity:address%2Fa%2F77")));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), QStringLiteral("address/a/77"));
    }

    void tenMegabytesAreCutWithAWordAndRawHasAll()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        std::string large = "[";
        while (large.size() < 10'000'000) large += "{\"n\":1,\"text\":\"some words in an item\"},";
        large += "1]";
        event->event.payload = large;
        event->event.value = large;
        inspector_->setEvent(event);
        inspector_->showTab(StateInspector::Event);
        const int length = inspector_->eventDetails().document()->characterCount();
        QVERIFY2(length < 400'000, qPrintable(QString::number(length)));
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("the beginning of 10 MB")));
        inspector_->showTab(StateInspector::Raw);
        QCOMPARE(inspector_->bytes().rowCount(), static_cast<qint64>((large.size() + 7) / 8));
        inspector_->resize(700, 920);
        QTRY_COMPARE(inspector_->bytes().rowCount(), static_cast<qint64>((large.size() + 15) / 16));
        test::picture(*inspector_, QStringLiteral("event-raw"));
    }

    void tombstonesBytesAndRejectsAreToldApart()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload.clear();
        event->event.value.reset();
        event->event.wire = Wire::None;
        event->event.decodedAs.clear();
        inspector_->showTab(StateInspector::Event);
        inspector_->setEvent(event);
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("∅ tombstone: a null value")));
        test::picture(*inspector_, QStringLiteral("event-tombstone"));
        auto rejected = std::make_shared<EventView>(*event);
        rejected->version = Version{0};
        rejected->event.value = "{\"a\":";
        rejected->event.reject = "unexpected end at byte 5";
        rejected->event.key.reset();
        inspector_->setEvent(rejected);
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("unexpected end at byte 5")));
        test::picture(*inspector_, QStringLiteral("event-reject"));
    }

    void hexShowsBytesAndText()
    {
        QCOMPARE(HexView::hexOf("{\"user_id\":"), QStringLiteral("7b 22 75 73 65 72 5f 69  64 22 3a"));
        QCOMPARE(HexView::asciiOf(std::string_view("a\0\xff", 3)), QStringLiteral("a··"));
    }
};

QTEST_MAIN(TestEvent)
#include "test_event.moc"
