#include "tests/ui/fixtures.h"
#include "ui/look/shown_zone.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/rejects/rejects_table.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <map>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

/// Every third offset of two partitions is a reject, the first of them keyed; what a session would answer.
class Log {
public:
    explicit Log(std::int64_t count) : count_(count) {}

    std::int64_t asked = 0;                       ///< questions
    std::size_t handed = 0;                       ///< rows, the most at once
    std::map<std::int64_t, std::int64_t> before;  ///< rejects that came in later: how many before that row of the first ones

    [[nodiscard]] std::int64_t total() const
    {
        std::int64_t all = count_;
        for (const auto& [row, more] : before) all += more;
        return all;
    }
    /// The first ones stand a thousand offsets apart, so that there is room between them.
    [[nodiscard]] EventId original(std::int64_t row) const { return EventId(PartId{1}, Offset{(row + 1) * 1000}); }

    [[nodiscard]] std::shared_ptr<const RejectRows> answer(const store::RejectQuery& query)
    {
        ++asked;
        auto rows = std::make_shared<RejectRows>();
        rows->query = query;
        rows->total = total();
        rows->first = query.first;
        if (query.anchor) {
            rows->anchorRow = rank(*query.anchor);
            rows->first += *rows->anchorRow;
        }
        rows->first = std::clamp<std::int64_t>(rows->first, 0, total());
        if (query.mark) rows->markRow = rank(*query.mark);
        for (std::int64_t row = rows->first; row < total() && rows->rows.size() < query.limit; ++row)
            rows->rows.push_back(rowAt(row));
        handed = std::max(handed, rows->rows.size());
        return rows;
    }

private:
    [[nodiscard]] std::int64_t rank(EventId id) const
    {
        std::int64_t low = 0;
        std::int64_t high = total();
        while (low < high) {
            const std::int64_t middle = (low + high) / 2;
            (idAt(middle) < id ? low : high) = idAt(middle) < id ? middle + 1 : middle;
        }
        return low;
    }
    [[nodiscard]] EventId idAt(std::int64_t row) const
    {
        std::int64_t shift = 0;
        for (const auto& [at, more] : before) {
            if (row < at + shift) break;
            if (row < at + shift + more) return EventId(PartId{1}, Offset{at * 1000 + 1 + row - at - shift});
            shift += more;
        }
        return original(row - shift);
    }
    [[nodiscard]] RejectRow rowAt(std::int64_t at) const
    {
        RejectRow row;
        row.reject.id = idAt(at);
        row.reject.time = Timestamp{test::at("2025-11-04T09:14:22.118Z").ns + at * 1'000'000};
        row.reject.reason = at % 4 == 3 ? "invalid UTF-8 in a string at byte 17" : "unexpected end at byte 211";
        if (at % 3 != 1) {
            row.reject.entity = EntityId{static_cast<std::uint32_t>(at % 3)};
            row.entity = at % 3 == 0 ? QStringLiteral("user-123") : QStringLiteral("public.users #7");
        }
        row.bytes = 211;
        return row;
    }

    std::int64_t count_;
};

}  // namespace

class TestRejects final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        part_.id = PartId{1};
        part_.topic = "orders";
        part_.partition = Partition{3};
        panel_ = std::make_unique<RejectsPanel>(theme_);
        panel_->resize(820, 200);
        model().setPart([this](PartId) { return &part_; });
        log_ = std::make_unique<Log>(3);
        connect(&model(), &RejectsModel::rowsWanted, panel_.get(), [this](const store::RejectQuery& query) {
            // Later, as a session answers.
            QMetaObject::invokeMethod(panel_.get(), [this, query] { model().take(log_->answer(query)); }, Qt::QueuedConnection);
        });
    }
    void cleanup() { panel_.reset(); }

    void eachSaysWhenWhereWhoseAndWhy()
    {
        show(3);
        QCOMPARE(panel_->title(), QStringLiteral("Rejects 3"));
        QCOMPARE(table().rowCount(), qint64(3));
        QCOMPARE(
            table().rowText(0).replace(QChar(0x2009), QLatin1Char('_')),
            QStringLiteral("reject, 2025-11-04 09:14:22.118 UTC, orders 3 : 1_000, user-123, unexpected end at byte 211, 211 B"));
        QVERIFY(table().rowText(1).contains(QStringLiteral("no entity")));
        QVERIFY(table().rowText(2).contains(QStringLiteral("public.users #7")));
        const QImage image = test::picture(*panel_, QStringLiteral("rejects"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Warning)) > 10);
        panel_->resize(590, 200);
        QCOMPARE(table().columns().size(), std::size_t{5});
        test::picture(*panel_, QStringLiteral("rejects-narrow"));
    }

    void aPositionIsShownWhole()
    {
        part_.topic = "customer-orders";
        panel_->resize(700, 200);
        show(3);
        QCOMPARE(table().columns()[1].title, QStringLiteral("position"));
        const QString place = QString::fromLatin1("customer-orders ") + model().text(0, RejectsModel::Place);
        QVERIFY(table().cellRect(0, 1).width() >= QFontMetrics(theme_.mono()).horizontalAdvance(place));
        QVERIFY(table().columns()[1].width > theme_.px(140));
    }

    void aLongerPositionThatIsScrolledToIsShownWhole()
    {
        part_.topic = "customer-orders";
        panel_->resize(740, 200);
        show(12);  // one answer holds them all
        const int before = table().cellRect(0, 1).width();
        table().setTopRow(11);
        QTRY_VERIFY(model().row(11) != nullptr);
        const auto [first, last] = table().visibleRows();
        QVERIFY(first > 0 && last >= 11);
        const QString place = QString::fromLatin1("customer-orders ") + model().text(11, RejectsModel::Place);
        QVERIFY(model().text(11, RejectsModel::Place).size() > model().text(0, RejectsModel::Place).size());
        QVERIFY(table().cellRect(11, 1).width() > before);
        QVERIFY(table().cellRect(11, 1).width() >= QFontMetrics(theme_.mono()).horizontalAdvance(place));
    }

    void theOrderThatTheTimesDoNotShowIsSaid()
    {
        show(3);
        QCOMPARE(panel_->orderText(), QStringLiteral("· in the log's order"));
        QCOMPARE(panel_->title(), QStringLiteral("Rejects 3"));
        panel_->setCounts(true, 1, 9);
        QVERIFY(panel_->orderText().isEmpty());
        panel_->setCounts(false, 0, 0);
        QVERIFY(panel_->orderText().isEmpty());
    }

    void timesAreInTheShownZone()
    {
        show(3);
        qputenv("TZ", "Europe/Berlin");
        setShownZone(ShownZone::Local);
        QCOMPARE(table().columns().front().title, QStringLiteral("time (CET)"));
        QVERIFY(table().rowText(0).contains(QStringLiteral("10:14:22.118")));
        setShownZone(ShownZone::Utc);
        QCOMPARE(table().columns().front().title, QStringLiteral("time (UTC)"));
    }

    void theModelKeepsTheRulesOfModels()
    {
        const QAbstractItemModelTester tester(&model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        show(3);
        QCOMPARE(model().data(model().index(1, RejectsModel::Entity)).toString(), QStringLiteral("no entity"));
        QCOMPARE(model().headerData(RejectsModel::Reason, Qt::Horizontal).toString(), QStringLiteral("reason"));
        log_->before[1] = 500;
        model().refresh();
        QTRY_COMPARE(model().rowCount(), 503);
        QVERIFY(model().data(model().index(400, 0)).toString().isEmpty());
        model().clear();
        QCOMPARE(model().rowCount(), 0);
    }

    void ofAMillionOnlyThoseInViewAreAskedFor()
    {
        show(1'000'000);
        QCOMPARE(table().rowCount(), qint64(1'000'000));
        for (const qint64 row : {qint64(500'000), qint64(999'990), qint64(12), qint64(777'777)}) {
            table().setTopRow(row);
            const auto [first, last] = table().visibleRows();
            QTRY_VERIFY(model().row(first) && model().row(last));
            QCOMPARE(model().row(first)->reject.id, log_->original(first));
        }
        QVERIFY2(log_->handed < 400, qPrintable(QString::number(log_->handed)));
        QVERIFY2(log_->asked < 12, qPrintable(QString::number(log_->asked)));
        // A step of the wheel finds its rows there.
        const auto asked = log_->asked;
        table().setTopRow(table().topRow() + 3);
        QCoreApplication::processEvents();
        QCOMPARE(log_->asked, asked);
    }

    void nothingIsAskedForWhileNobodyLooks()
    {
        model().refresh();
        QCoreApplication::processEvents();
        QCOMPARE(log_->asked, std::int64_t{0});
        show(3);
        QVERIFY(log_->asked > 0);
        panel_->hide();
        const auto asked = log_->asked;
        model().refresh();
        QCoreApplication::processEvents();
        QCOMPARE(log_->asked, asked);
        log_->before[0] = 2;
        panel_->show();
        QTRY_COMPARE(model().rowCount(), 5);
    }

    void whatArrivesDoesNotMoveWhatOneLooksAt()
    {
        show(1000);
        table().setTopRow(400);
        QTRY_VERIFY(model().row(401));
        const EventId top = model().row(400)->reject.id;
        click(402);
        const EventId current = model().row(402)->reject.id;
        // Before it, between it and the one that is stood upon, behind it.
        log_->before = {{10, 7}, {401, 2}, {900, 50}};
        model().refresh();
        QTRY_COMPARE(model().rowCount(), 1059);
        QCOMPARE(table().topRow(), qint64(407));
        QCOMPARE(model().row(table().topRow())->reject.id, top);
        QCOMPARE(table().currentRow(), qint64(411));
        QCOMPARE(model().row(table().currentRow())->reject.id, current);
        // Also where the one that is stood upon is far away.
        table().setTopRow(900);
        QTRY_VERIFY(model().row(900));
        log_->before[20] = 5;
        model().refresh();
        QTRY_COMPARE(model().rowCount(), 1064);
        QCOMPARE(table().topRow(), qint64(905));
        QCOMPARE(table().currentRow(), qint64(416));
    }

    void twoAnswersOnTheSameChangeMoveItOnce()
    {
        show(1000);
        table().setTopRow(400);
        QTRY_VERIFY(model().row(400));
        store::RejectQuery query;
        query.anchor = model().row(400)->reject.id;
        query.first = -40;
        query.limit = 100;
        log_->before[10] = 7;
        model().take(log_->answer(query));
        model().take(log_->answer(query));
        QCOMPARE(table().topRow(), qint64(407));
    }

    void oneThatIsGoneToBeforeItIsThereIsChosenWhenItIs()
    {
        show(1000);
        QSignalSpy chosen(panel_.get(), &RejectsPanel::rejectChosen);
        QTest::keyClick(&table(), Qt::Key_End);
        QCOMPARE(chosen.size(), 0);
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<EventId>(), log_->original(999));
        QCOMPARE(table().currentRow(), qint64(999));
    }

    void aRejectIsBroughtIntoViewWhereverItIs()
    {
        show(100'000);
        panel_->reveal(log_->original(70'000));
        QTRY_COMPARE(table().currentRow(), qint64(70'000));
        const auto [first, last] = table().visibleRows();
        QVERIFY(first <= 70'000 && 70'000 <= last);
        QTRY_VERIFY(model().row(first) && model().row(last));
        panel_->mark(log_->original(70'001));
        QCOMPARE(table().currentRow(), qint64(70'001));
    }

    void enterGoesToTheEntityWhereThereIsOne()
    {
        show(3);
        QSignalSpy chosen(panel_.get(), &RejectsPanel::rejectChosen);
        QSignalSpy entity(panel_.get(), &RejectsPanel::entityWanted);
        click(0);
        QCOMPARE(chosen.size(), 1);
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(entity.size(), 1);
        QCOMPARE(entity[0][0].value<store::Reject>().id, log_->original(0));
        QTest::keyClick(&table(), Qt::Key_Down);
        QTest::keyClick(&table(), Qt::Key_Return);
        QCOMPARE(entity.size(), 1);
        QCOMPARE(chosen.back()[0].value<EventId>(), log_->original(1));
        QTest::mouseDClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(2, 0).center());
        QCOMPARE(entity.size(), 2);
    }

    void escapeAndTheButtonCloseAndCopyingIsByKeyAndMenu()
    {
        show(3);
        QSignalSpy close(panel_.get(), &RejectsPanel::closeWanted);
        QSignalSpy copy(panel_.get(), &RejectsPanel::copyWanted);
        click(1);
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(copy.size(), 1);
        QCOMPARE(copy[0][0].value<EventId>(), log_->original(1));
        QTest::keyClick(&table(), Qt::Key_Menu);
        auto* menu = panel_->findChild<QMenu*>();
        QVERIFY(menu);
        const auto action = [&](const QString& text) {
            for (QAction* one : menu->actions())
                if (one->text().startsWith(text)) return one;
            return static_cast<QAction*>(nullptr);
        };
        QVERIFY(!action(QStringLiteral("Its key could not be read"))->isEnabled());
        action(QStringLiteral("Copy reason"))->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("unexpected end at byte 211"));
        action(QStringLiteral("Copy position"))->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("orders/3/2000"));
        action(QStringLiteral("Copy as JSON"))->trigger();
        QCOMPARE(copy.size(), 2);
        menu->close();
        QTest::keyClick(&table(), Qt::Key_Escape);
        QCOMPARE(close.size(), 1);
        QTest::mouseClick(&panel_->closeButton(), Qt::LeftButton);
        QCOMPARE(close.size(), 2);
    }

    void whereThereIsNoneItSaysSo()
    {
        show(0);
        QCOMPARE(table().emptyText(), QStringLiteral("No rejects"));
        QVERIFY(panel_->title() == QStringLiteral("Rejects 0"));
        test::picture(*panel_, QStringLiteral("rejects-none"));
        panel_->setCounts(false, 0, 0);
        QCOMPARE(panel_->title(), QStringLiteral("Rejects"));
        panel_->setCounts(true, 5, 9);
        QCOMPARE(table().emptyText(), QStringLiteral("Reading the rejects…"));
    }

private:
    RejectsModel& model() { return panel_->model(); }
    RejectsTable& table() { return panel_->table(); }
    void show(std::int64_t count)
    {
        log_ = std::make_unique<Log>(count);
        panel_->setCounts(true, static_cast<std::uint64_t>(count), 1'000'000);
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
        QTRY_VERIFY(model().isLoaded() && model().rowCount() == count);
    }
    void click(qint64 row)
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().cellRect(row, 0).center());
        QCOMPARE(table().currentRow(), row);
    }

    Theme theme_{Theme::Scheme::Light};
    store::Part part_;
    std::unique_ptr<RejectsPanel> panel_;
    std::unique_ptr<Log> log_;
};

QTEST_MAIN(TestRejects)
#include "test_rejects.moc"
