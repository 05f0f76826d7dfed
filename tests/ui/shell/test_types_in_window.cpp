#include "tests/ui/session/workspace_files.h"
#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/theme.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

}  // namespace

/// The event types, the table and the timeline's playhead together, on a real workspace.
class TestTypesInWindow final : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> theme_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    [[nodiscard]] QString path(const char* name) const { return folder_->filePath(QString::fromLatin1(name)); }
    void open()
    {
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->resize(1400, 850);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        bool there = false;
        window_->whenOpen([&] { there = true; });
        window_->openWorkspace(path("shop.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return there; }, kWaitMs));
    }
    void close()
    {
        window_->close();
        window_.reset();
        session_.reset();
    }
    void select(const QString& entity)
    {
        session_->selectByText(entity);
        QVERIFY(QTest::qWaitFor(
            [&] { return session_->history() && QString::fromStdString(session_->history()->key.text()) == entity; }, kWaitMs));
        QVERIFY(settle(*window_));
    }
    [[nodiscard]] TypesList& types() { return window_->types().list(); }
    [[nodiscard]] EventTable& table() { return window_->events().table(); }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        open();
        writeEvents(path("events.jsonl"), 3, 12);
        session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
        QVERIFY(QTest::qWaitFor([&] { return !session_->reading().reading; }, kWaitMs));
        select(QStringLiteral("user/user-1"));
    }
    void cleanup()
    {
        if (window_) close();
    }

    void theTypesOfTheEntityAreCountedAndThoseOfTheLogOnWish()
    {
        QCOMPARE(types().rowText(0), QStringLiteral("AddressChanged, 11 events, shown"));
        QCOMPARE(types().rowText(1), QStringLiteral("UserRegistered, 1 event, shown"));
        window_->types().model().setScope(TypesModel::Scope::All);
        QCOMPARE(types().rowText(0), QStringLiteral("AddressChanged, 33 events, shown"));
    }

    void hidingATypeTakesItsRowsOutOfTheTableAndLeavesTheStateAlone()
    {
        const auto state = session_->state();
        QTest::mouseClick(types().viewport(), Qt::LeftButton, {}, types().boxRect(0).center());
        QCOMPARE(table().rowCount(), qint64(1));
        QVERIFY(settle(*window_));
        QCOMPARE(session_->state()->state.version, state->state.version);
        QCOMPARE(session_->playhead()->version(), Version{12});
        QTest::keyClick(&types(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table().rowCount(), qint64(12));
        QCOMPARE(table().currentRow(), qint64(11));
    }

    void leftAndRightGoToTheEventsOfAType()
    {
        session_->playhead()->setVersion(Version{6});
        types().setFocus();
        QTest::mouseClick(types().viewport(), Qt::LeftButton, {}, types().boxRect(1).center() + QPoint(60, 0));
        QTest::keyClick(&types(), Qt::Key_Left);
        QCOMPARE(session_->playhead()->version(), Version{1});
        QTest::keyClick(&types(), Qt::Key_Right);  // there is no later one: it is said, and one stays
        QCOMPARE(session_->playhead()->version(), Version{1});
        QTest::keyClick(&types(), Qt::Key_Up);
        QTest::keyClick(&types(), Qt::Key_Right);
        QCOMPARE(session_->playhead()->version(), Version{2});
    }

    void payloadColumnsAreReadAndRememberedForTheCategory()
    {
        EventColumns columns;
        columns.pointers = {"/address"};
        window_->events().model().setColumns(columns);
        emit window_->events().columnsChosen(columns);
        QVERIFY(settle(*window_));
        QCOMPARE(table().cellText(11, 4), QStringLiteral("11 Main St"));
        QCOMPARE(table().cellText(0, 4), QString());
        close();
        open();
        select(QStringLiteral("user/user-2"));
        QCOMPARE(window_->events().model().columns(), columns);
        QCOMPARE(table().cellText(3, 4), QStringLiteral("3 Main St"));
    }

    void allShownAreCopiedAsJsonLines()
    {
        session_->typeFilter()->showOnly(session_->history()->events[0].type);
        std::vector<TextExport::Row> rows;
        for (std::int64_t row = 0; row < table().rowCount(); ++row)
            rows.emplace_back(window_->events().model().rows().id(row), *window_->events().model().rows().version(row));
        QApplication::clipboard()->clear();
        window_->events().copyProgress().begin(rows.size());
        emit window_->events().copyAllWanted(rows);
        QTRY_VERIFY_WITH_TIMEOUT(!window_->events().copyProgress().isCopying(), kWaitMs);
        QCOMPARE(window_->events().copyProgress().text(), QStringLiteral("1 event copied"));
        const QString text = QApplication::clipboard()->text();
        QCOMPARE(text.count(u'\n'), 1);
        QVERIFY2(text.startsWith(QStringLiteral("{\"entity\":\"user/user-1\",\"version\":1,\"type\":\"UserRegistered\"")),
                 qPrintable(text));
    }

    void aFailureEndsTheCopying()
    {
        window_->events().copyProgress().begin(1000);
        emit session_->failed(QStringLiteral("cannot read"), QStringLiteral("the disk is gone"), {});
        QVERIFY(!window_->events().copyProgress().isCopying());
        QCOMPARE(window_->events().copyProgress().text(), QStringLiteral("not copied"));
    }

    void whatIsFoldedAwayAndHowHighItIsAreRemembered()
    {
        window_->types().model().setScope(TypesModel::Scope::All);
        window_->types().model().setOrder(TypesModel::Order::Name);
        window_->types().setFolded(true);
        QTRY_COMPARE(window_->types().height(), 32);
        close();
        open();
        QVERIFY(window_->types().isFolded());
        QCOMPARE(window_->types().model().scope(), TypesModel::Scope::All);
        QCOMPARE(window_->types().model().order(), TypesModel::Order::Name);
        select(QStringLiteral("user/user-1"));
        QTRY_COMPARE(window_->types().height(), 32);
        window_->types().setFolded(false);
        QTRY_VERIFY(window_->types().height() > 150);
    }

    void atTheSmallestSizeTheEntitiesKeepRoom()
    {
        window_->resize(1280, 720);
        QVERIFY(settle(*window_));
        QVERIFY2(window_->types().height() < 250, qPrintable(QString::number(window_->types().height())));
        const QString folder = qEnvironmentVariable("HINDCAST_PICTURES");
        if (!folder.isEmpty()) QVERIFY(window_->grab().save(folder + QStringLiteral("/window-1280.png")));
    }
};

QTEST_MAIN(TestTypesInWindow)
#include "test_types_in_window.moc"
