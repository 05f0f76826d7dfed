#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/theme.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <QApplication>
#include <QClipboard>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// The event types, the table and the timeline's playhead together, on a real workspace.
class TestTypesInWindow final : public InWindow {
    Q_OBJECT

    void restart()
    {
        at_->restart();
        QVERIFY(at_->isShown() && at_->open());
    }
    /// The list of entities and the types share the column's height with nothing between and nothing below.
    [[nodiscard]] bool leftIsFull() const
    {
        const QWidget& entities = at_->window->entities();
        const QWidget& types = at_->window->types();
        return entities.geometry().bottom() + 2 == types.y() && types.geometry().bottom() + 1 == types.parentWidget()->height();
    }
    [[nodiscard]] TypesList& types() { return at_->window->types().list(); }
    [[nodiscard]] EventTable& table() { return at_->window->events().table(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(begin() && at_->openWithEvents(3, 12));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
    }
    void cleanup() { at_.reset(); }

    void theTypesOfTheEntityAreCountedAndThoseOfTheLogOnWish()
    {
        QCOMPARE(types().rowText(0), QStringLiteral("AddressChanged, 11 events, shown"));
        QCOMPARE(types().rowText(1), QStringLiteral("UserRegistered, 1 event, shown"));
        at_->window->types().model().setScope(TypesModel::Scope::All);
        QCOMPARE(types().rowText(0), QStringLiteral("AddressChanged, 33 events, shown"));
    }

    void afterACorrectedMappingTheTypesHaveTheirNewNames()
    {
        at_->window->types().model().setScope(TypesModel::Scope::All);
        QCOMPARE(types().rowText(1), QStringLiteral("UserRegistered, 3 events, shown"));
        decode::Mapping mapping = eventsMapping("events");
        mapping.type = decode::FieldSource{};
        mapping.type->from = decode::FieldSource::From::Const;
        mapping.type->constant = "Something";
        at_->session->remap({mapping});
        QTRY_COMPARE_WITH_TIMEOUT(types().rowCount(), qint64(1), kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(types().rowText(0), QStringLiteral("Something, 36 events, shown"), kWaitMs);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->history() != nullptr; }, kWaitMs) && settle(*at_->window));
        QCOMPARE(types().rowText(0), QStringLiteral("Something, 36 events, shown"));
        at_->window->types().model().setScope(TypesModel::Scope::Entity);
        QCOMPARE(types().rowText(0), QStringLiteral("Something, 12 events, shown"));
        QCOMPARE(table().cellText(0, 2), QStringLiteral("Something"));
    }

    void fromBehindAnEventBackOntoItItsRowComesIntoView()
    {
        at_.reset();
        QVERIFY(begin() && at_->openWithEvents(1, 300));
        QVERIFY(at_->select(QStringLiteral("user/user-0")));
        Playhead* playhead = at_->session->playhead();
        playhead->setVersion(Version{150});
        playhead->setTime(Timestamp{playhead->time().ns + 1});
        QCOMPARE(playhead->version(), Version{150});
        table().setTopRow(0);
        QVERIFY(table().visibleRows().second < 149);
        playhead->setVersion(Version{150});
        QVERIFY(table().visibleRows().first <= 149 && table().visibleRows().second >= 149);
    }

    void hidingATypeTakesItsRowsOutOfTheTableAndLeavesTheStateAlone()
    {
        const auto state = at_->session->state();
        QTest::mouseClick(types().viewport(), Qt::LeftButton, {}, types().boxRect(0).center());
        QCOMPARE(table().rowCount(), qint64(1));
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->state()->state.version, state->state.version);
        QCOMPARE(at_->session->playhead()->version(), Version{12});
        QTest::keyClick(&types(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table().rowCount(), qint64(12));
        QCOMPARE(table().currentRow(), qint64(11));
    }

    void leftAndRightGoToTheEventsOfAType()
    {
        at_->session->playhead()->setVersion(Version{6});
        types().setFocus();
        QTest::mouseClick(types().viewport(), Qt::LeftButton, {}, types().boxRect(1).center() + QPoint(60, 0));
        QTest::keyClick(&types(), Qt::Key_Left);
        QCOMPARE(at_->session->playhead()->version(), Version{1});
        QTest::keyClick(&types(), Qt::Key_Right);  // there is no later one: it is said, and one stays
        QCOMPARE(at_->session->playhead()->version(), Version{1});
        QTest::keyClick(&types(), Qt::Key_Up);
        QTest::keyClick(&types(), Qt::Key_Right);
        QCOMPARE(at_->session->playhead()->version(), Version{2});
    }

    void payloadColumnsAreReadAndRememberedForTheCategory()
    {
        EventColumns columns;
        columns.pointers = {"/address"};
        at_->window->events().model().setColumns(columns);
        emit at_->window->events().columnsChosen(columns);
        QVERIFY(settle(*at_->window));
        QCOMPARE(table().cellText(11, 4), QStringLiteral("11 Main St"));
        QCOMPARE(table().cellText(0, 4), QString());
        restart();
        QVERIFY(at_->select(QStringLiteral("user/user-2")));
        QCOMPARE(at_->window->events().model().columns(), columns);
        QCOMPARE(table().cellText(3, 4), QStringLiteral("3 Main St"));
    }

    void allShownAreCopiedAsJsonLines()
    {
        at_->session->typeFilter()->showOnly(at_->session->history()->events[0].type);
        std::vector<TextExport::Row> rows;
        for (std::int64_t row = 0; row < table().rowCount(); ++row)
            rows.emplace_back(at_->window->events().model().rows().id(row), *at_->window->events().model().rows().version(row));
        QApplication::clipboard()->clear();
        at_->window->events().copyProgress().begin(rows.size());
        emit at_->window->events().copyAllWanted(rows);
        QTRY_VERIFY_WITH_TIMEOUT(!at_->window->events().copyProgress().isCopying(), kWaitMs);
        QCOMPARE(at_->window->events().copyProgress().text(), QStringLiteral("1 event copied"));
        const QString text = QApplication::clipboard()->text();
        QCOMPARE(text.count(u'\n'), 1);
        QVERIFY2(text.startsWith(QStringLiteral("{\"entity\":\"user/user-1\",\"version\":1,\"type\":\"UserRegistered\"")),
                 qPrintable(text));
    }

    void aFailureEndsTheCopying()
    {
        at_->window->events().copyProgress().begin(1000);
        emit at_->session->failed(QStringLiteral("cannot read"), QStringLiteral("the disk is gone"), {});
        QVERIFY(!at_->window->events().copyProgress().isCopying());
        QCOMPARE(at_->window->events().copyProgress().text(), QStringLiteral("not copied"));
    }

    void whatIsFoldedAwayAndHowHighItIsAreRemembered()
    {
        at_->window->types().model().setScope(TypesModel::Scope::All);
        at_->window->types().model().setOrder(TypesModel::Order::Name);
        at_->window->types().setFolded(true);
        QTRY_COMPARE(at_->window->types().height(), 32);
        QTRY_VERIFY(leftIsFull());
        restart();
        QVERIFY(at_->window->types().isFolded());
        QCOMPARE(at_->window->types().model().scope(), TypesModel::Scope::All);
        QCOMPARE(at_->window->types().model().order(), TypesModel::Order::Name);
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        QTRY_COMPARE(at_->window->types().height(), 32);
        QTRY_VERIFY(leftIsFull());
        at_->window->resize(1400, 950);
        QTRY_VERIFY(leftIsFull());
        at_->window->types().setFolded(false);
        QTRY_VERIFY(at_->window->types().height() > 150);
        QTRY_VERIFY(leftIsFull());
    }

    void atTheSmallestSizeTheEntitiesKeepRoom()
    {
        at_->window->resize(1280, 720);
        QVERIFY(settle(*at_->window));
        QVERIFY2(at_->window->types().height() < 250, qPrintable(QString::number(at_->window->types().height())));
        const QString folder = qEnvironmentVariable("HINDCAST_PICTURES");
        if (!folder.isEmpty()) QVERIFY(at_->window->grab().save(folder + QStringLiteral("/window-1280.png")));
    }
};

QTEST_MAIN(TestTypesInWindow)
#include "test_types_in_window.moc"
