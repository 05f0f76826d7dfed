#include "ui/look/row_view.h"
#include "ui/look/search_field.h"

#include <QImage>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <set>

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
    QString rowText(Row row) const override { return QStringLiteral("row %1").arg(row) + words; }
    void paintCell(QPainter& painter, const RowCell& cell) const override
    {
        ++painted;
        paintedColumns.insert(cell.column);
        paintText(painter, cell.rect, QString::number(cell.row), theme().mono(), theme().color(Theme::Role::Text));
    }

    using RowView::detailsChanged;
    using RowView::paintStruck;
    using RowView::paintText;

    Row count = 0;
    QString words;
    mutable int painted = 0;
    mutable std::set<int> paintedColumns;
};

}  // namespace

class TestRowView final : public QObject {
    Q_OBJECT
private slots:
    void init()
    {
        view_ = std::make_unique<Numbers>(theme_);
        view_->resize(400, 26 + 10 * theme_.rowHeight());
        view_->show();
        QVERIFY(QTest::qWaitForWindowExposed(view_.get()));
    }

    void aHundredMillionRowsAreSetUpAndReachedAtOnce()
    {
        view_->count = 100'000'000;
        view_->rowsChanged();
        view_->setCurrentRow(99'999'999);
        view_->grab();
        QCOMPARE(view_->topRow(), qint64(99'999'990));
        QCOMPARE(view_->visibleRows(), std::pair(qint64(99'999'990), qint64(99'999'999)));
        QVERIFY2(view_->painted <= 2 * 2 * 11, "only the rows in view are painted");
    }

    void whatIsStruckThroughCanStillBeRead()
    {
        const auto painted = [this](const QString& text, bool struck) {
            QImage image(200, 24, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            if (struck)
                Numbers::paintStruck(painter, image.rect(), text, theme_.mono(), Qt::black);
            else
                Numbers::paintText(painter, image.rect(), text, theme_.mono(), Qt::black);
            return image;
        };
        QVERIFY(painted(QStringLiteral("pending"), true) != painted(QStringLiteral("pending"), false));
        QVERIFY(painted(QStringLiteral("12"), true) != painted(QStringLiteral("12"), false));
        QCOMPARE(painted(QStringLiteral("0"), true), painted(QStringLiteral("0"), false));
    }

    void theLastRowCanBeSeenWhole()
    {
        view_->count = 25;
        view_->rowsChanged();
        view_->verticalScrollBar()->setValue(view_->verticalScrollBar()->maximum());
        QCOMPARE(view_->visibleRows().second, qint64(24));
        QVERIFY(view_->cellRect(24, 0).bottom() <= view_->viewport()->height());
    }

    void keysMoveByRowPageAndEnd()
    {
        view_->count = 1000;
        view_->rowsChanged();
        QSignalSpy moved(view_.get(), &RowView::currentChanged);
        QTest::keyClick(view_.get(), Qt::Key_Down);
        QCOMPARE(view_->currentRow(), qint64(0));
        QTest::keyClick(view_.get(), Qt::Key_Down);
        QTest::keyClick(view_.get(), Qt::Key_PageDown);
        QCOMPARE(view_->currentRow(), qint64(10));
        QTest::keyClick(view_.get(), Qt::Key_End);
        QCOMPARE(view_->currentRow(), qint64(999));
        QTest::keyClick(view_.get(), Qt::Key_Home);
        QTest::keyClick(view_.get(), Qt::Key_Up);
        QCOMPARE(view_->currentRow(), qint64(0));
        QCOMPARE(moved.count(), 5);
        QCOMPARE(view_->accessibleDescription(), QStringLiteral("row 0"));
    }

    void movingScrollsByTheLeastAndJumpsShowWhatIsAround()
    {
        view_->count = 1000;
        view_->rowsChanged();
        view_->setCurrentRow(500);
        QCOMPARE(view_->topRow(), qint64(495));
        view_->setCurrentRow(497);
        QCOMPARE(view_->topRow(), qint64(495));
        view_->setCurrentRow(494);
        QCOMPARE(view_->topRow(), qint64(494));
        view_->setCurrentRow(504);
        QCOMPARE(view_->topRow(), qint64(495));
    }

    void aClickChoosesTheRowUnderIt()
    {
        view_->count = 30;
        view_->rowsChanged();
        QSignalSpy clicked(view_.get(), &RowView::cellClicked);
        const QPoint on = view_->cellRect(3, 1).center();
        QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, on);
        QCOMPARE(view_->currentRow(), qint64(3));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(1).toInt(), 1);
        QCOMPARE(view_->rowAt(QPoint(5, 3)), RowView::kNone);
    }

    void theHeaderSortsAndItsEdgesResize()
    {
        QSignalSpy sorted(view_.get(), &RowView::headerClicked);
        QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, QPoint(30, 10));
        QCOMPARE(sorted.count(), 1);
        QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, QPoint(200, 10));
        QCOMPARE(sorted.count(), 1);
        view_->count = 5;
        view_->rowsChanged();
        QTest::mousePress(view_->viewport(), Qt::LeftButton, {}, QPoint(80, 10));
        QTest::mouseMove(view_->viewport(), QPoint(130, 10));
        QTest::mouseRelease(view_->viewport(), Qt::LeftButton, {}, QPoint(130, 10));
        QCOMPARE(view_->cellRect(0, 1).left(), 130 + 8);
    }

    void aWidthThatIsChosenIsTheSameAtEveryZoom()
    {
        view_->count = 5;
        view_->rowsChanged();
        QSignalSpy chosen(view_.get(), &RowView::widthsChosen);
        const auto drag = [this](int from, int to) {
            QTest::mousePress(view_->viewport(), Qt::LeftButton, {}, QPoint(from, 10));
            QTest::mouseMove(view_->viewport(), QPoint(to, 10));
            QTest::mouseRelease(view_->viewport(), Qt::LeftButton, {}, QPoint(to, 10));
        };
        const auto widthOfFirst = [this] { return view_->cellRect(0, 0).width() + 16; };
        drag(80, 120);
        QCOMPARE(view_->widths(), (RowView::Widths{{"0", 120}}));
        QCOMPARE(chosen.count(), 1);
        theme_.setZoom(Theme::kPresentation);
        QCOMPARE(widthOfFirst(), 162);
        QCOMPARE(view_->widths(), (RowView::Widths{{"0", 120}}));
        // What is dragged in a talk is as wide on the desk, less the zoom.
        drag(162, 270);
        QCOMPARE(view_->widths(), (RowView::Widths{{"0", 200}}));
        theme_.setZoom(1);
        QCOMPARE(widthOfFirst(), 200);
        // A view that is made during a talk takes what was remembered on the desk.
        theme_.setZoom(Theme::kPresentation);
        Numbers another(theme_);
        another.resize(400, 200);
        another.setWidths({{"0", 100}});
        QCOMPARE(another.cellRect(0, 0).width() + 16, 135);
        theme_.setZoom(1);
        QTest::mouseClick(view_->viewport(), Qt::LeftButton, {}, QPoint(200, 10));  // takes hold and drags nothing
        QCOMPARE(chosen.count(), 2);
        QTest::mouseDClick(view_->viewport(), Qt::LeftButton, {}, QPoint(200, 10));
        QCOMPARE(chosen.count(), 3);
        QVERIFY(view_->widths().empty());
        QCOMPARE(widthOfFirst(), 80);
    }

    void widthsBelongToColumnsAndNotToPlaces()
    {
        const auto column = [](const char* key, int stretch) {
            RowColumn made{QString::fromLatin1(key), 60, stretch};
            made.key = key;
            return made;
        };
        view_->setColumns({column("a", 0), column("b", 0), column("c", 1)});
        view_->setWidths({{"b", 90}, {"gone", 70}});
        view_->count = 1;
        view_->rowsChanged();
        QCOMPARE(view_->cellRect(0, 1).width() + 16, 90);
        view_->setColumns({column("b", 0), column("gone", 0), column("a", 1)});
        QCOMPARE(view_->cellRect(0, 0).width() + 16, 90);
        QCOMPARE(view_->cellRect(0, 1).width() + 16, 70);
        // A column that goes while its edge is held ends nothing but its own drag.
        QTest::mousePress(view_->viewport(), Qt::LeftButton, {}, QPoint(160, 10));
        view_->setColumns({column("a", 1)});
        QTest::mouseMove(view_->viewport(), QPoint(200, 10));
        QTest::mouseRelease(view_->viewport(), Qt::LeftButton, {}, QPoint(200, 10));
        QCOMPARE(view_->widths(), (RowView::Widths{{"b", 90}, {"gone", 70}}));
    }

    void whatTheCurrentRowSaysIsToldWhenItBecomesMore()
    {
        view_->count = 5;
        view_->rowsChanged();
        view_->choose(2);
        QCOMPARE(view_->accessibleDescription(), QStringLiteral("row 2"));
        view_->words = QStringLiteral(", spent 3 → 5");
        view_->detailsChanged();
        QCOMPARE(view_->accessibleDescription(), QStringLiteral("row 2, spent 3 → 5"));
    }

    void whatComesLaterIsPaintedInItsOwnColumnsAlone()
    {
        view_->count = 5;
        view_->rowsChanged();
        view_->repaint();
        view_->painted = 0;
        view_->paintedColumns.clear();
        const int late[] = {1};
        view_->detailsChanged(late);
        QTRY_VERIFY(view_->painted > 0);
        QCOMPARE(view_->paintedColumns, std::set<int>{1});
        QCOMPARE(view_->painted, 5);
    }

    void aSearchFieldAndItsListHandTheKeyboardToEachOther()
    {
        SearchField field(theme_);
        field.setList(*view_);
        field.show();
        QApplication::setActiveWindow(&field);
        view_->count = 5;
        view_->rowsChanged();
        QSignalSpy moved(view_.get(), &RowView::currentChanged);
        QSignalSpy entered(&field, &SearchField::entered);
        QTest::keyClick(view_.get(), 'u');
        QCOMPARE(field.text(), QStringLiteral("u"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(entered.count(), 1);
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(view_->currentRow(), qint64(0));
        QCOMPARE(moved.count(), 1);
        view_->choose(3);
        QTest::keyClick(&field, Qt::Key_Down);  // one goes on where one was
        QCOMPARE(view_->currentRow(), qint64(3));
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        view_->count = 0;
        view_->rowsChanged();
        QTest::keyClick(&field, Qt::Key_Down);
        QCOMPARE(view_->currentRow(), RowView::kNone);
    }

    void typingIsHandedOnAndAltArrowsAreNot()
    {
        view_->count = 5;
        view_->rowsChanged();
        QSignalSpy typed(view_.get(), &RowView::textTyped);
        QTest::keyClick(view_.get(), 'u');
        QCOMPARE(typed.count(), 1);
        QCOMPARE(typed.at(0).at(0).toString(), QStringLiteral("u"));
        QTest::keyClick(view_.get(), Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(view_.get(), Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(typed.count(), 1);
    }

    void rowsInViewAreReportedWhenTheyChange()
    {
        view_->count = 100;
        QSignalSpy seen(view_.get(), &RowView::visibleRowsChanged);
        view_->rowsChanged();
        QCOMPARE(seen.takeLast().at(1).toLongLong(), 9);
        view_->setTopRow(40);
        QCOMPARE(seen.takeLast().at(0).toLongLong(), 40);
        view_->count = 3;
        view_->rowsChanged();
        QCOMPARE(seen.takeLast().at(1).toLongLong(), 2);
    }

    void aListThatShrinksLosesItsMarkAndNothingElse()
    {
        view_->count = 50;
        view_->rowsChanged();
        view_->setCurrentRow(49);
        view_->count = 10;
        view_->rowsChanged();
        QCOMPARE(view_->currentRow(), RowView::kNone);
        QCOMPARE(view_->topRow(), qint64(0));
    }

    void anEmptyListSaysWhy()
    {
        view_->setEmptyText(QStringLiteral("No rows"), QStringLiteral("Add one"));
        view_->rowsChanged();
        QCOMPARE(view_->accessibleDescription(), QStringLiteral("No rows"));
        const QImage image = view_->grab().toImage();
        int ink = 0;
        for (int y = 40; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) ink += image.pixelColor(x, y) != theme_.color(Theme::Role::Panel) ? 1 : 0;
        QVERIFY(ink > 50);
    }

    void aFigureInWhatAnEmptyListSaysStaysOnItsLine()
    {
        const QString words = QStringLiteral("Looking on… names: 6%1043 of 20%1734 looked at.");
        for (int width = 80; width <= 340; width += 4) {
            view_->resize(width, 300);
            const auto pictureWith = [&](char16_t space) {
                view_->setEmptyText(words.arg(QChar(space)), words.arg(QChar(space)));
                return view_->grab().toImage();
            };
            QCOMPARE(pictureWith(0x2009), pictureWith(0x202f));
        }
    }

private:
    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<Numbers> view_;
};

QTEST_MAIN(TestRowView)
#include "test_row_view.moc"
