#include "tests/ui/fixtures.h"
#include "ui/state/changes_list.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>

using namespace hindcast;
using namespace hindcast::ui;
using Op = Change::Op;

namespace {

/// The lines of a tree as text: "orders: 3 items", two blanks a level, "*" changed, "+" added.
QString printed(const StateTree& tree)
{
    QString text;
    for (RowView::Row row = 0; row < tree.rowCount(); ++row) {
        const StateRow& line = tree.rows().rows[static_cast<std::size_t>(row)];
        text += QString(2 * line.depth, u' ');
        text += line.mark == FieldMark::Added     ? u"+"_qs
                : line.mark == FieldMark::Changed ? u"*"_qs
                : line.mark == FieldMark::Inside  ? u"~"_qs
                                                  : QString();
        text += tree.rowText(row).section(u',', 0, 0) + u'\n';
    }
    return text;
}

std::shared_ptr<StateView> stateOf(const char* document, Version version = Version{9}, Changes changes = {})
{
    auto view = std::make_shared<StateView>();
    view->entity = EntityId{7};
    view->state.version = version;
    view->state.of = Version{14};
    view->state.alive = true;
    view->state.document = test::json(document);
    view->changes = std::move(changes);
    return view;
}

}  // namespace

class TestState final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        inspector_ = std::make_unique<StateInspector>(theme_);
        inspector_->setTypeNames(test::typeName);
        inspector_->resize(440, 920);
        inspector_->show();
        QVERIFY(QTest::qWaitForWindowExposed(inspector_.get()));
    }

    void theStateIsATreeOfExactValues()
    {
        show();
        QCOMPARE(inspector_->where(), QStringLiteral("v9 of 14 · life complete"));
        QCOMPARE(page().title(), QStringLiteral("#9 AddressChanged changed"));
        QCOMPARE(page().changes().rowCount(), qint64(3));
        const QString text = printed(tree());
        QVERIFY2(text.startsWith(
                     QStringLiteral("id: \"user-123\"\nname: \"Alice Smith\"\n*address: \"456 Oak Ave\"\n+addressChangedAt: ")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("orders: 3 items\n  0: 8838 · 20.00\n")), qPrintable(text));
        QVERIFY(text.contains(
            QStringLiteral("score: 123456789012345678901234567890\nnickname: null\nnote: \"\"\ntags: []\nprofile: {}\n")));
        const QImage image = test::picture(*inspector_, QStringLiteral("state"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::ChangedSoft)) > 5000);
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::AddedSoft)) > 5000);
        QCOMPARE(test::countOf(image, theme_.color(Theme::Role::Playhead)), 0);
    }

    void setByNamesTheEventAndLeadsThere()
    {
        show();
        const auto row = static_cast<qint64>(*tree().rows().find("/spent"));
        QCOMPARE(tree().setBy(row), std::optional(Version{8}));
        QVERIFY(tree().rowText(row).endsWith(QStringLiteral("set by #8 OrderPlaced")));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        tree().ensureVisible(row);
        const QRect cell = tree().cellRect(row, StateTree::SetBy);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 12, cell.center().y()));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<Version>(), Version{8});
    }

    void oneStepsThroughTheChangesOfAField()
    {
        show();
        tree().reveal(QStringLiteral("/address"));
        QCOMPARE(inspector_->currentField(), QStringLiteral("/address"));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        QVERIFY(inspector_->hasPreviousChange());
        inspector_->toPreviousChange();
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{1});
        QVERIFY(inspector_->hasNextChange());
        inspector_->toNextChange();
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{13});
        tree().reveal(QStringLiteral("/name"));
        QVERIFY(!inspector_->hasNextChange());
        inspector_->toNextChange();
        QCOMPARE(chosen.count(), 0);
    }

    void whatIsOpenAndStoodUponStaysWhileThePlayheadMoves()
    {
        show();
        tree().reveal(QStringLiteral("/settings/theme/dark"));
        QVERIFY(printed(tree()).contains(QStringLiteral("    dark: false")));
        inspector_->setState(stateOf(R"({"id":"user-123","settings":{"theme":{"dark":true}},"x":1})", Version{10}));
        QCOMPARE(printed(tree()), QStringLiteral("id: \"user-123\"\nsettings: 1 field\n  theme: true\n    dark: true\nx: 1\n"));
        QCOMPARE(tree().currentRow(), qint64(3));
        inspector_->setState(stateOf(R"({"id":"user-123"})", Version{11}));
        QCOMPARE(tree().currentRow(), RowView::kNone);
        QCOMPARE(inspector_->currentField(), QStringLiteral("/settings/theme/dark"));
        inspector_->setState(stateOf(R"({"settings":{"theme":{"dark":true}}})", Version{12}));
        QCOMPARE(tree().currentRow(), qint64(2));
    }

    void theArrowsOpenAndCloseAndGoToTheContainer()
    {
        inspector_->setState(stateOf(R"({"a":{"b":{"c":1}},"z":[1,2,3,4,5,6,7,8]})"));
        QCOMPARE(printed(tree()), QStringLiteral("a: 1 field\n  b: 1\nz: 8 items\n"));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Right);
        QCOMPARE(tree().rowCount(), qint64(4));
        QTest::keyClick(&tree(), Qt::Key_Down);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/a/b/c"));
        QTest::keyClick(&tree(), Qt::Key_Left);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/a/b"));
        QTest::keyClick(&tree(), Qt::Key_Left);
        QTest::keyClick(&tree(), Qt::Key_Left);
        QTest::keyClick(&tree(), Qt::Key_Left);
        QCOMPARE(printed(tree()), QStringLiteral("a: 1 field\nz: 8 items\n"));
    }

    void theFilterFindsFieldsAndValuesWhereverTheyAre()
    {
        show();
        page().filterField().setText(QStringLiteral("8840"));
        QCOMPARE(printed(tree()), QStringLiteral("orders: 3 items\n  1: 8840 · 42.00\n    id: 8840\n"));
        page().filterField().setText(QStringLiteral("ADDR"));
        QCOMPARE(printed(tree()).count(u'\n'), 2);
        page().filterField().setText(QStringLiteral("zzz"));
        QCOMPARE(tree().rowCount(), qint64(0));
        QCOMPARE(tree().emptyText(), QStringLiteral("No field or value holds “zzz”"));
        test::picture(*inspector_, QStringLiteral("state-nothing"));
        page().filterField().clear();
        tree().setChangedOnly(true);
        QCOMPARE(printed(tree()).count(u'\n'), 2);
    }

    void aFieldAddedInsideAClosedContainerTintsIt()
    {
        inspector_->setState(
            stateOf(R"({"big":{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":{"h":1}},"x":1})", Version{9},
                    {test::change(Op::Replace, "/big/g/h", "0", "1"), test::change(Op::Add, "/x", nullptr, "1")}));
        QCOMPARE(printed(tree()), QStringLiteral("~big: 7 fields\n+x: 1\n"));
    }

    void aHundredThousandMembersDoNotHoldTheWindow()
    {
        std::string text = "{";
        for (int i = 0; i < 100'000; ++i)
            text += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":{\"n\":" + std::to_string(i) + ",\"t\":\"text\"}";
        text += "}";
        const auto state = stateOf(text.c_str());
        QElapsedTimer clock;
        clock.start();
        inspector_->setState(state);
        const auto held = clock.elapsed();
        QTRY_COMPARE(tree().rowCount(), qint64(100'000));
        QVERIFY2(held < 60, qPrintable(QString::number(held)));
        clock.restart();
        tree().setCurrentRow(99'999);
        tree().grab();
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
        page().filterField().setText(QStringLiteral("m99998"));
        QTRY_COMPARE(tree().rowCount(), qint64(1));
    }

    void copyingGivesValuePointerAndJson()
    {
        show();
        tree().reveal(QStringLiteral("/address"));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("456 Oak Ave"));
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/address"));
    }

    void aDeadEntitySaysByWhatAndWhatWasBefore()
    {
        show();
        auto dead = std::make_shared<StateView>();
        dead->entity = EntityId{7};
        dead->state.version = Version{14};
        dead->state.of = Version{14};
        dead->state.document = Json(Json::value_t::discarded);
        dead->changes = {test::change(Op::Remove, "", R"({"id":"user-123","spent":181.90})", nullptr)};
        auto provenance = std::make_shared<replay::Provenance>();
        provenance->add(Version{1},
                        {test::change(Op::Add, "/id", nullptr, "\"user-123\""), test::change(Op::Add, "/spent", nullptr, "0")});
        provenance->add(Version{8}, {test::change(Op::Replace, "/spent", "0", "181.90")});
        provenance->add(Version{14}, dead->changes);
        dead->provenance = provenance;
        inspector_->setPlayhead(Version{14});
        inspector_->setState(dead);
        QVERIFY2(
            page().notice().contains(QStringLiteral("Ended by")) && page().notice().contains(QStringLiteral("#14 UserDeleted")),
            qPrintable(page().notice()));
        QCOMPARE(printed(tree()), QStringLiteral("id: \"user-123\"\nspent: 181.90\n"));
        QVERIFY(tree().rows().isPast);
        QVERIFY2(tree().rowText(1).endsWith(QStringLiteral("set by #8 OrderPlaced")), qPrintable(tree().rowText(1)));
        test::picture(*inspector_, QStringLiteral("state-dead"));
    }

    void beforeTheFirstEventThereIsNothingAndItSaysSo()
    {
        show();
        auto none = std::make_shared<StateView>();
        none->entity = EntityId{7};
        none->state.of = Version{14};
        none->state.document = Json(Json::value_t::discarded);
        inspector_->setPlayhead(Version{0});
        inspector_->setState(none);
        QCOMPARE(inspector_->where(), QStringLiteral("before the first of 14 · life complete"));
        QVERIFY(page().notice().contains(QStringLiteral("#1 UserRegistered")));
        QCOMPARE(tree().rowCount(), qint64(0));
        test::picture(*inspector_, QStringLiteral("state-before"));
    }

    void aPartialLifeAndAFailingModelAreSaidInPlace()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->completeness = {false, "orders/3 was read from offset 1 200 (began at 2025-11-03T00:00:00Z)"};
        inspector_->setHistory(history);
        auto state = std::make_shared<StateView>(*test::userState());
        state->state.error = replay::ReplayError{Version{5}, {"cannot add 1 to \"<b>twelve</b>\"", "OrderPlaced[1] add"}};
        state->modelNote = QStringLiteral("last seen values, no model");
        inspector_->setState(state);
        QVERIFY(inspector_->where().startsWith(QStringLiteral("v9 of 14 · partial: orders/3")));
        QVERIFY(page().notice().contains(QStringLiteral("#5 OrderPlaced")));
        QVERIFY(page().notice().contains(QStringLiteral("OrderPlaced[1] add")));
        QVERIFY2(page().notice().contains(QStringLiteral("&lt;b&gt;")), "text from outside is escaped");
        test::picture(*inspector_, QStringLiteral("state-partial"));
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
        QElapsedTimer clock;
        clock.start();
        inspector_->setEvent(event);
        QVERIFY2(clock.elapsed() < 120, qPrintable(QString::number(clock.elapsed())));
        inspector_->showTab(StateInspector::Event);
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
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("no value (tombstone)")));
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

    void aStateThatIsOneValueIsShown()
    {
        inspector_->setState(stateOf("42.10"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): 42.10\n"));
        inspector_->setState(stateOf("{}"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): {}\n"));
    }

    void scrubbingStaysWithinAFrame()
    {
        show();
        std::vector<std::shared_ptr<StateView>> states;
        for (std::uint64_t i = 0; i < 40; ++i) {
            auto state = std::make_shared<StateView>(*test::userState());
            state->state.version = Version{1 + i % 14};
            states.push_back(state);
        }
        QElapsedTimer clock;
        clock.start();
        for (const auto& state : states) {
            inspector_->setState(state);
            inspector_->setEvent(test::userEvent());
        }
        const double each = static_cast<double>(clock.nsecsElapsed()) / 1e6 / 40;
        qInfo("one step of the playhead: %.2f ms", each);
        QVERIFY2(each < 40, qPrintable(QString::number(each)));
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        show();
        const QImage image = test::picture(*inspector_, QStringLiteral("state-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::ChangedSoft)) > 5000);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    StatePage& page() { return inspector_->statePage(); }
    StateTree& tree() { return page().tree(); }
    void show()
    {
        inspector_->setHistory(test::userHistory());
        inspector_->setPlayhead(Version{9});
        inspector_->setState(test::userState());
        inspector_->setEvent(test::userEvent());
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<StateInspector> inspector_;
};

QTEST_MAIN(TestState)
#include "test_state.moc"
