#include "tests/ui/timeline/timeline_fixture.h"
#include "ui/timeline/density_words.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>
#include <QtTest>

#include <cmath>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr std::uint32_t kUser = 123;

std::shared_ptr<replay::History> life()
{
    auto out = test::lifeOf(kUser, {{30, 0},
                                    {240, 1},
                                    {540, 2},
                                    {541, 2},
                                    {541, 2},
                                    {542, 2},
                                    {545, 2},
                                    {700, 3},
                                    {914, 3},
                                    {1130, 2},
                                    {1300, 4},
                                    {1330, 2},
                                    {1520, 3}});
    out->events.back().kind = EventKind::Delete;
    return out;
}

}  // namespace

class TestCanvas : public test::LanesTest {
    Q_OBJECT

    QPoint pointOf(std::uint64_t version) { return LanesTest::pointOf(*canvas().selectedLane(), version - 1); }
    void show(const std::shared_ptr<replay::History>& with)
    {
        playhead_->setHistory(with);
        canvas().setLanes({test::laneFor(with, false)});
        QTRY_VERIFY(!canvas().isPreparing());
        fit(*with, *with);
        playhead_->setVersion(Version{9});
    }
    void wheel(QPoint at, int dx, int dy, Qt::KeyboardModifiers modifiers = {}, QPoint pixels = {})
    {
        QWheelEvent event(at, canvas().mapToGlobal(at), pixels, QPoint(dx, dy), Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&canvas(), &event);
    }

private slots:
    void init()
    {
        beginView(230);
        show(life());
    }
    void cleanup() { view_.reset(); }

    void aClickOnAnEventPutsThePlayheadThere()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(2) + QPoint(3, 0));
        QCOMPARE(playhead_->version().value, std::uint64_t{2});
        QCOMPARE(playhead_->time(), playhead_->history()->events[1].effective);
    }

    void aClickBetweenEventsPutsThePlayheadAtThatTime()
    {
        const QPoint between = (pointOf(1) + pointOf(2)) / 2;
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(between.x(), 10));  // on the axis
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        QVERIFY(std::abs(canvas().scale().pixelFromTime(playhead_->time()) - between.x()) < 0.6);
    }

    void aRejectIsAMarkOfItsOwn()
    {
        auto with = life();
        store::Posting reject;
        reject.id = EventId{PartId{kUser}, Offset{99}};
        reject.time = with->events[7].time;  // the square stands right above an event
        reject.reject = true;
        with->rejects = {reject};
        show(with);
        canvas().setPlaceWords([](EventId id) { return QStringLiteral("orders 0 : %1").arg(id.offset().value); });
        const auto marks = canvas().rejectMarks(0);
        QCOMPARE(marks.size(), std::size_t{1});
        const QPoint at = marks[0].box.center().toPoint();
        QSignalSpy chosen(&canvas(), &TimelineCanvas::rejectChosen);
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, at);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].value<EntityId>(), EntityId{kUser});
        QCOMPARE(chosen[0][1].value<store::Posting>().id, reject.id);
        QCOMPARE(playhead_->version().value, std::uint64_t{9});  // it is no event of the life
        QTest::mouseMove(&canvas(), at + QPoint(1, 1));
        QCOMPARE(canvas().cursor().shape(), Qt::PointingHandCursor);
        // Its tip says what and where at once, and why when that has been read.
        QSignalSpy wanted(&canvas(), &TimelineCanvas::rejectTipWanted);
        QHelpEvent help(QEvent::ToolTip, at, canvas().mapToGlobal(at));
        QCoreApplication::sendEvent(&canvas(), &help);
        QCOMPARE(wanted.count(), 1);
        QVERIFY2(QToolTip::text().contains(QStringLiteral("orders 0 : 99")), qPrintable(QToolTip::text()));
        QVERIFY2(!QToolTip::text().contains(QStringLiteral("#8")), qPrintable(QToolTip::text()));
        canvas().setRejectReason(reject.id, QStringLiteral("not JSON"));
        QVERIFY2(QToolTip::text().contains(QStringLiteral("not JSON")), qPrintable(QToolTip::text()));
        QToolTip::hideText();
        // Beside it the lane is what it was.
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, pointOf(8));
        QCOMPARE(playhead_->version().value, std::uint64_t{8});
        QCOMPARE(chosen.count(), 1);
    }

    void draggingScrubsThroughTheEvents()
    {
        QSignalSpy moved(playhead_.get(), &Playhead::moved);
        QTest::mousePress(&canvas(), Qt::LeftButton, {}, pointOf(1));
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        QTest::mouseMove(&canvas(), pointOf(8));
        QCOMPARE(playhead_->version().value, std::uint64_t{8});
        QTest::mouseMove(&canvas(), QPoint(canvas().width() + 50, 70));  // beyond the edge it stays in the window
        QCOMPARE(playhead_->version().value, std::uint64_t{13});
        QVERIFY(playhead_->time() < window_->to());
        QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, pointOf(13));
        QVERIFY(moved.count() >= 3);
    }

    void pressingOnTheLaneNamesDoesNotMoveThePlayhead()
    {
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(40, 60));
        QCOMPARE(playhead_->version().value, std::uint64_t{9});
    }

    void keysStepAndJump()
    {
        view_->setFocus();
        QTest::keyClick(&canvas(), Qt::Key_Right);
        QCOMPARE(playhead_->version().value, std::uint64_t{10});
        QTest::keyClick(&canvas(), Qt::Key_Left);
        QTest::keyClick(&canvas(), Qt::Key_Left);
        QCOMPARE(playhead_->version().value, std::uint64_t{8});
        QTest::keyClick(&canvas(), Qt::Key_Home);
        QCOMPARE(playhead_->version().value, std::uint64_t{1});
        QTest::keyClick(&canvas(), Qt::Key_End);
        QCOMPARE(playhead_->version().value, std::uint64_t{13});
    }

    void theWheelZoomsAboutThePointer()
    {
        const QPoint at = pointOf(10);
        const Timestamp under = canvas().scale().timeFromPixel(at.x());
        const std::int64_t span = window_->span();
        wheel(at, 0, 120);
        QVERIFY(window_->span() < span);
        QVERIFY(std::abs(canvas().scale().pixelFromTime(under) - at.x()) < 0.5);
        wheel(at, 0, -120);
        QVERIFY(std::abs(static_cast<double>(window_->span() - span)) < 0.001 * static_cast<double>(span));
    }

    void aTrackpadsPixelsZoomSmoothly()
    {
        const std::int64_t span = window_->span();
        wheel(pointOf(10), 0, 15, {}, QPoint(0, 10));
        QVERIFY(window_->span() < span);
        QVERIFY(static_cast<double>(window_->span()) > 0.9 * static_cast<double>(span));
    }

    void shiftAndWheelPanAsAHorizontalWheelDoes()
    {
        const std::int64_t span = window_->span();
        const Timestamp from = window_->from();
        wheel(pointOf(10), 0, -120, Qt::ShiftModifier);
        QVERIFY(window_->from() > from);
        QCOMPARE(window_->span(), span);
        wheel(pointOf(10), 120, 0);
        QVERIFY(std::abs(window_->from().ns - from.ns) < 1000);
    }

    void theMiddleButtonDragsTheWindow()
    {
        const Timestamp under = canvas().scale().timeFromPixel(500);
        QTest::mousePress(&canvas(), Qt::MiddleButton, {}, QPoint(500, 60));
        QTest::mouseMove(&canvas(), QPoint(560, 60));
        QTest::mouseRelease(&canvas(), Qt::MiddleButton, {}, QPoint(560, 60));
        QVERIFY(std::abs(canvas().scale().pixelFromTime(under) - 560) < 0.5);
        QCOMPARE(playhead_->version().value, std::uint64_t{9});
    }

    void zoomKeysAndFit()
    {
        view_->setFocus();
        const std::int64_t span = window_->span();
        QTest::keyClick(&canvas(), Qt::Key_Plus);
        QVERIFY(window_->span() < span);
        QTest::keyClick(&canvas(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&canvas(), Qt::Key_F);
        QCOMPARE(window_->span(), span);
        QTest::keyClick(&canvas(), Qt::Key_Plus);
        QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, QPoint(600, 100));
        QCOMPARE(window_->span(), span);
    }

    void steppingWithKeysKeepsThePlayheadInView()
    {
        view_->setFocus();
        window_->zoomAbout(playhead_->history()->events[0].effective, 20);
        playhead_->setVersion(Version{1});
        for (int i = 0; i < 12; ++i) {
            QTest::keyClick(&canvas(), Qt::Key_Right);
            QVERIFY(playhead_->time() >= window_->from() && playhead_->time() < window_->to());
        }
    }

    void theColoursOfEventsAndPlayheadAreWhereTheyBelong()
    {
        const QImage picture = canvas().grab().toImage();
        const auto pixel = [&](QPoint at) { return QColor(picture.pixel(at)); };
        const double x = canvas().scale().pixelFromTime(playhead_->time());
        QCOMPARE(pixel(QPoint(static_cast<int>(std::lround(x)), 110)), theme_->color(Theme::Role::Playhead));
        QCOMPARE(pixel(pointOf(2)), theme_->series(1));
        // What the playhead has not reached is dimmed: lighter than its colour.
        QVERIFY(pixel(pointOf(10)).lightness() > theme_->series(2).lightness() + 20);
    }

    void theRingOfAClusterLeavesItsNeighboursWhole()
    {
        AxisChoice plain;
        plain.fold = false;
        canvas().setAxis(plain);
        int near = 0;
        for (int minute = 3'200; minute < 3'500; minute += 10) {
            std::vector<std::pair<int, int>> events{{0, 0}};
            for (int i = 0; i < 6; ++i) events.emplace_back(3'000 + i * 8, 1);
            for (int i = 0; i < 3; ++i) events.emplace_back(minute + i * 8, 2);
            events.emplace_back(8'000, 3);
            show(test::lifeOf(kUser, events));
            playhead_->setVersion(Version{11});
            const QImage after = canvas().grab().toImage();
            const auto& marks = canvas().geometry(0).marks;
            if (marks.size() != 4 || marks[1].count != 6 || marks[2].count != 3) continue;
            const double edge = marks[1].x + marks[1].halfWidth;
            if (marks[2].x - marks[2].halfWidth - edge > 3) continue;
            ++near;
            const int left = static_cast<int>(std::ceil(marks[1].x - marks[1].halfWidth));
            const QRect pill(left, static_cast<int>(canvas().laneMiddle(0)) - 8, static_cast<int>(edge) - left, 16);
            for (const std::uint64_t version : {8, 9, 10}) {
                playhead_->setVersion(Version{version});
                QCOMPARE(canvas().grab().toImage().copy(pill), after.copy(pill));
            }
        }
        QVERIFY(near > 0);
    }

    void theWordsOfADensityEndBeforeTheLaneDoes()
    {
        const QFont font = theme_->text(0.85);
        const QFontMetricsF metrics(font);
        const auto within = [&](double room) {
            return densityWords(QStringLiteral("20 000 events"), QStringLiteral("90"), font, room);
        };
        const QString whole = within(2'000);
        const QString first = whole.section(QLatin1Char(','), 0, 0);
        QVERIFY(whole.endsWith(QStringLiteral("zoom in for one mark per event")));
        for (double room = 2'000; room > 0; room -= 1) {
            const QString words = within(room);
            QVERIFY(metrics.horizontalAdvance(words) <= room);
            // Whole parts, or dots; at last nothing.
            const bool parts = words == whole || words == whole.section(QLatin1Char(';'), 0, 0) || words == first;
            QVERIFY2(parts || words.isEmpty() || words.endsWith(QChar(0x2026)), qPrintable(words));
            QVERIFY(parts || metrics.horizontalAdvance(first) > room);
        }
    }

    void picturesForTheEye()
    {
        save("timeline-light");
        theme_->setScheme(Theme::Scheme::Dark);
        save("timeline-dark");
        theme_->setScheme(Theme::Scheme::Light);
        window_->zoomAbout(playhead_->history()->events[3].effective, 120);
        save("timeline-zoomed");
        std::vector<std::pair<int, int>> many;
        for (int i = 0; i < 20'000; ++i) many.emplace_back(i + static_cast<int>(900 * std::sin(i / 700.0)), i % 5);
        std::sort(many.begin(), many.end());
        show(test::lifeOf(kUser, many));
        playhead_->setVersion(Version{9'000});
        view_->setFocus();
        save("timeline-density");
        QVERIFY(canvas().geometry(0).density());
    }
};

QTEST_MAIN(TestCanvas)
#include "test_canvas.moc"
