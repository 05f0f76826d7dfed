#include "ui/timeline/clear_place.h"

#include <QtTest>

using namespace hindcast::ui;

class TestClearPlace : public QObject {
    Q_OBJECT

    const QRectF lane_{0, 0, 400, 60};
    const QSizeF size_{80, 14};
    std::optional<QPointF> place(const std::vector<QRectF>& taken, std::array<double, 2> tops = {10, 30}, double left = 0) const
    {
        return clearPlace(size_, left, 390, tops, taken, lane_);
    }

private slots:
    void wordsStandAtTheRightAtTheBetterOfTwoPlaces()
    {
        QCOMPARE(place({}), QPointF(310, 10));
        QCOMPARE(place({QRectF(0, 10, 100, 14)}), QPointF(310, 10));
    }

    void whereTheBetterPlaceIsTakenTheOtherOneIs()
    {
        QCOMPARE(place({QRectF(330, 8, 40, 14)}), QPointF(310, 30));
        QCOMPARE(place({}, {-20, 30}), QPointF(310, 30));  // the better one lies outside
    }

    void whereBothAreTakenTheyGiveWayToTheLeftAndCoverNothing()
    {
        const std::vector<QRectF> taken{QRectF(330, 8, 40, 14), QRectF(300, 32, 60, 14), QRectF(240, 10, 30, 14)};
        const auto at = place(taken);
        QVERIFY(at);
        for (const QRectF& box : taken) QVERIFY(!box.intersects(QRectF(*at, size_)));
        QCOMPARE(at->y(), 30.0);  // further to the right than the other
    }

    void theFirstPlaceThatCoversNothingIsBetterThanOneThatCoversLittle()
    {
        const std::vector<QRectF> places{{0, 0, 40, 10}, {0, 20, 40, 10}, {50, 20, 40, 10}};
        QCOMPARE(leastCovering(places, {}), std::size_t{0});
        QCOMPARE(leastCovering(places, {QRectF(30, 5, 20, 1)}), std::size_t{1});
        QCOMPARE(leastCovering(places, {QRectF(30, 5, 20, 20)}), std::size_t{2});
        // Where each covers something.
        QCOMPARE(leastCovering(places, {QRectF(0, 0, 40, 10), QRectF(38, 20, 2, 10), QRectF(50, 20, 40, 10)}), std::size_t{1});
    }

    void whereThereIsNoRoomNothingIsWritten()
    {
        QVERIFY(!place({QRectF(0, 0, 400, 60)}));
        QVERIFY(!place({QRectF(330, 8, 40, 14), QRectF(330, 28, 40, 14)}, {10, 30}, 300));
        QVERIFY(!place({}, {50, 70}));
    }
};

QTEST_APPLESS_MAIN(TestClearPlace)
#include "test_clear_place.moc"
