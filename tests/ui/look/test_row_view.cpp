#include "ui/look/row_view.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace hindcast::ui;

namespace {

class Numbers final : public RowView {
public:
    explicit Numbers(const Theme& theme) : RowView(theme)
    {
        setColumns(
            {{QStringLiteral("number"), 80, 0, Qt::AlignRight, true}, {QStringLiteral("text"), 100, 1, Qt::AlignLeft, false}});
    }
    Row rowCount() const override { return count; }
    QString rowText(Row row) const override { return QStringLiteral("row %1").arg(row); }
    void paintCell(QPainter& painter, const RowCell& cell) const override
    {
        ++painted;
        paintText(painter, cell.rect, QString::number(cell.row), theme().mono(), theme().color(Theme::Role::Text));
    }

    Row count = 0;
    mutable int painted = 0;
};

}  // namespace

class TestRowView final : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        view = std::make_unique<Numbers>(theme);
        view->resize(400, 26 + 10 * Theme::kRowHeight);
        view->show();
        QVERIFY(QTest::qWaitForWindowExposed(view.get()));
    }

    void aHundredMillionRowsAreSetUpAndReachedAtOnce()
    {
        view->count = 100'000'000;
        QElapsedTimer clock;
        clock.start();
        view->rowsChanged();
        view->setCurrentRow(99'999'999);
        view->grab();
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(view->topRow(), qint64(99'999'990));
        QCOMPARE(view->visibleRows(), std::pair(qint64(99'999'990), qint64(99'999'999)));
        QVERIFY2(view->painted <= 2 * 2 * 11, "only the rows in view are painted");
    }

    void theLastRowCanBeSeenWhole()
    {
        view->count = 25;
        view->rowsChanged();
        view->verticalScrollBar()->setValue(view->verticalScrollBar()->maximum());
        QCOMPARE(view->visibleRows().second, qint64(24));
        QVERIFY(view->cellRect(24, 0).bottom() <= view->viewport()->height());
    }

    void keysMoveByRowPageAndEnd()
    {
        view->count = 1000;
        view->rowsChanged();
        QSignalSpy moved(view.get(), &RowView::currentChanged);
        QTest::keyClick(view.get(), Qt::Key_Down);
        QCOMPARE(view->currentRow(), qint64(0));
        QTest::keyClick(view.get(), Qt::Key_Down);
        QTest::keyClick(view.get(), Qt::Key_PageDown);
        QCOMPARE(view->currentRow(), qint64(10));
        QTest::keyClick(view.get(), Qt::Key_End);
        QCOMPARE(view->currentRow(), qint64(999));
        QTest::keyClick(view.get(), Qt::Key_Home);
        QTest::keyClick(view.get(), Qt::Key_Up);
        QCOMPARE(view->currentRow(), qint64(0));
        QCOMPARE(moved.count(), 5);
        QCOMPARE(view->accessibleDescription(), QStringLiteral("row 0"));
    }

    void movingScrollsByTheLeastAndJumpsShowWhatIsAround()
    {
        view->count = 1000;
        view->rowsChanged();
        view->setCurrentRow(500);
        QCOMPARE(view->topRow(), qint64(495));
        view->setCurrentRow(497);
        QCOMPARE(view->topRow(), qint64(495));
        view->setCurrentRow(494);
        QCOMPARE(view->topRow(), qint64(494));
        view->setCurrentRow(504);
        QCOMPARE(view->topRow(), qint64(495));
    }

    void aClickChoosesTheRowUnderIt()
    {
        view->count = 30;
        view->rowsChanged();
        QSignalSpy clicked(view.get(), &RowView::cellClicked);
        const QPoint on = view->cellRect(3, 1).center();
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, on);
        QCOMPARE(view->currentRow(), qint64(3));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(1).toInt(), 1);
        QCOMPARE(view->rowAt(QPoint(5, 3)), RowView::kNone);
    }

    void theHeaderSortsAndItsEdgesResize()
    {
        QSignalSpy sorted(view.get(), &RowView::headerClicked);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(30, 10));
        QCOMPARE(sorted.count(), 1);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(200, 10));
        QCOMPARE(sorted.count(), 1);
        view->count = 5;
        view->rowsChanged();
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, QPoint(80, 10));
        QTest::mouseMove(view->viewport(), QPoint(130, 10));
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, QPoint(130, 10));
        QCOMPARE(view->cellRect(0, 1).left(), 130 + 8);
    }

    void typingIsHandedOnAndAltArrowsAreNot()
    {
        view->count = 5;
        view->rowsChanged();
        QSignalSpy typed(view.get(), &RowView::textTyped);
        QTest::keyClick(view.get(), 'u');
        QCOMPARE(typed.count(), 1);
        QCOMPARE(typed.at(0).at(0).toString(), QStringLiteral("u"));
        QTest::keyClick(view.get(), Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(view.get(), Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(typed.count(), 1);
    }

    void rowsInViewAreReportedWhenTheyChange()
    {
        view->count = 100;
        QSignalSpy seen(view.get(), &RowView::visibleRowsChanged);
        view->rowsChanged();
        QCOMPARE(seen.takeLast().at(1).toLongLong(), 9);
        view->setTopRow(40);
        QCOMPARE(seen.takeLast().at(0).toLongLong(), 40);
        view->count = 3;
        view->rowsChanged();
        QCOMPARE(seen.takeLast().at(1).toLongLong(), 2);
    }

    void aListThatShrinksLosesItsMarkAndNothingElse()
    {
        view->count = 50;
        view->rowsChanged();
        view->setCurrentRow(49);
        view->count = 10;
        view->rowsChanged();
        QCOMPARE(view->currentRow(), RowView::kNone);
        QCOMPARE(view->topRow(), qint64(0));
    }

    void anEmptyListSaysWhy()
    {
        view->setEmptyText(QStringLiteral("No rows"), QStringLiteral("Add one"));
        view->rowsChanged();
        QCOMPARE(view->accessibleDescription(), QStringLiteral("No rows"));
        const QImage image = view->grab().toImage();
        int ink = 0;
        for (int y = 40; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) ink += image.pixelColor(x, y) != theme.color(Theme::Role::Panel) ? 1 : 0;
        QVERIFY(ink > 50);
    }

private:
    Theme theme{Theme::Scheme::Light};
    std::unique_ptr<Numbers> view;
};

QTEST_MAIN(TestRowView)
#include "test_row_view.moc"
