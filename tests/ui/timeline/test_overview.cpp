#include "tests/ui/timeline/timeline_fixture.h"
#include "ui/timeline/overview_strip.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>

#include <cmath>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr std::int64_t kHour = 3'600'000'000'000;
const Timestamp kFirst = *timestampFromIso("2025-11-03T00:00:00Z");
const Timestamp kLast = *timestampFromIso("2025-11-06T23:59:59Z");

/// As the store would answer: three types with a swell in the middle, a death and a reject now and then.
std::shared_ptr<DensityView> density(Timestamp from, Timestamp to, int columns)
{
    auto view = std::make_shared<DensityView>();
    view->available = true;
    view->from = from;
    view->to = to;
    view->columns = static_cast<std::uint32_t>(columns);
    view->types = {TypeId{test::OrderPlaced}, TypeId{test::AddressChanged}, TypeId{test::UserRegistered}};
    const auto size = static_cast<std::size_t>(columns);
    view->counts.assign(size * 3, 0);
    view->total.assign(size, 0);
    view->deaths.assign(size, 0);
    view->rejects.assign(size, 0);
    for (std::size_t i = 0; i < size; ++i) {
        const double swell = 1 + 3 * std::exp(-std::pow((static_cast<double>(i) / static_cast<double>(size) - 0.5) * 6, 2));
        const auto noise = static_cast<double>((i * 7919) % 13) / 6;
        view->counts[i] = static_cast<std::uint32_t>(40 * swell * (0.4 + noise / 3));
        view->counts[size + i] = static_cast<std::uint32_t>(14 * swell);
        view->counts[2 * size + i] = static_cast<std::uint32_t>(8 * noise);
        view->total[i] = view->counts[i] + view->counts[size + i] + view->counts[2 * size + i] + 5;
        view->deaths[i] = i % 31 == 7 ? 1 : 0;
        view->rejects[i] = i % 57 == 11 ? 2 : 0;
    }
    view->total[3] = 0;
    for (std::size_t type = 0; type < 3; ++type) view->counts[type * size + 3] = 0;
    return view;
}

/// A hundred columns without an event, for a test to put some in: column `i` of type `t` is `counts[t * 100 + i]`.
std::shared_ptr<DensityView> densityOfNothing()
{
    auto view = density(kFirst, {kLast.ns + 1}, 100);
    std::ranges::fill(view->total, 0);
    std::ranges::fill(view->counts, 0);
    return view;
}

}  // namespace

class TestOverview : public test::TimesTest {
    Q_OBJECT
    std::unique_ptr<OverviewStrip> strip_;

    int x(Timestamp time) { return static_cast<int>(std::lround(strip_->scale().pixelFromTime(time))); }
    /// Pixels of what has no colour: it lets the panel through.
    [[nodiscard]] int countOfPale(const QImage& image) const
    {
        const QColor ink = theme_->color(Theme::Role::Density);
        const QColor ground = theme_->color(Theme::Role::Panel);
        const auto between = [](int value, int a, int b) { return value > std::min(a, b) + 4 && value < std::max(a, b) - 4; };
        int count = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) {
                const QColor seen = image.pixelColor(x, y);
                count += between(seen.red(), ink.red(), ground.red()) && between(seen.green(), ink.green(), ground.green()) &&
                                 between(seen.blue(), ink.blue(), ground.blue())
                             ? 1
                             : 0;
            }
        return count;
    }
    Timestamp hour(int hours) { return {kFirst.ns + hours * kHour}; }
    void drag(int from, int to)
    {
        QTest::mousePress(strip_.get(), Qt::LeftButton, {}, {from, 25});
        for (int step = 1; step <= 4; ++step) QTest::mouseMove(strip_.get(), {from + (to - from) * step / 4, 25});
        QTest::mouseRelease(strip_.get(), Qt::LeftButton, {}, {to, 25});
    }
    void near(Timestamp a, Timestamp b, double pixels = 1.5)
    {
        const double off = std::abs(static_cast<double>(a.ns - b.ns)) / strip_->scale().nsPerPixel();
        QVERIFY2(off <= pixels, qPrintable(QStringLiteral("%1 pixels off").arg(off)));
    }

private slots:
    void init()
    {
        begin();
        strip_ = std::make_unique<OverviewStrip>(*theme_, *playhead_, *window_);
        strip_->setTypeWords(test::typeWords());
        strip_->resize(840, 52);
        // As Session would: the entity's life is a part of the log.
        playhead_->setHistory(test::userHistory());
        playhead_->setVersion(Version{9});
        fit(*playhead_->history(), *playhead_->history());
        connect(strip_.get(), &OverviewStrip::wanted, strip_.get(),
                [this](Timestamp from, Timestamp to, int columns) { strip_->setDensity(density(from, to, columns)); });
        strip_->setLog(kFirst, kLast, 48'211);
        strip_->show();
        QVERIFY(QTest::qWaitForWindowExposed(strip_.get()));
    }

    void itShowsTheLogTheWindowAndThePlayheadInLightAndDark()
    {
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme_->setScheme(scheme);
            const QImage image = test::picture(*strip_, scheme == Theme::Scheme::Light ? "overview-light" : "overview-dark");
            QVERIFY(test::countOf(image, theme_->color(Theme::Role::AccentSoft)) > 500);
            QVERIFY(test::countOf(image, theme_->series(test::OrderPlaced)) > 1000);
            QVERIFY(test::countOf(image, theme_->series(test::AddressChanged)) > 300);
            QVERIFY(countOfPale(image) > 20);
            QVERIFY(test::countOf(image, theme_->color(Theme::Role::Playhead)) > 20);
        }
    }

    void whatIsThereIsSeenHoweverSmallItsShare()
    {
        const auto view = densityOfNothing();
        view->total[10] = view->counts[10] = 1'000'000;
        view->total[80] = view->counts[280] = 1;
        strip_->setDensity(view);
        QCOMPARE(strip_->geometry().pieces.size(), std::size_t{2});
        QVERIFY(strip_->geometry().pieces[1].box.height() >= 1);
        QCOMPARE(strip_->geometry().pieces[1].series, int(test::UserRegistered));
        QVERIFY(!strip_->geometry().deaths.empty());
        QVERIFY(!strip_->geometry().rejects.empty());
    }

    void aColumnIsAsHighAsTheRootOfItsShareOfTheHighest()
    {
        const auto view = densityOfNothing();
        view->total[10] = view->counts[10] = 6'400;
        view->total[80] = view->counts[80] = 400;
        strip_->setDensity(view);
        const auto& pieces = strip_->geometry().pieces;
        QCOMPARE(pieces.size(), std::size_t{2});
        QVERIFY(std::abs(pieces[0].box.height() - 4 * pieces[1].box.height()) <= 4);
    }

    void withinAColumnTypesHaveTheirShares()
    {
        const auto view = densityOfNothing();
        view->total[10] = 100;
        view->counts[10] = 75;
        view->counts[110] = 25;
        strip_->setDensity(view);
        const auto& pieces = strip_->geometry().pieces;
        QCOMPARE(pieces.size(), std::size_t{2});
        QVERIFY(std::abs(pieces[0].box.height() - 3 * pieces[1].box.height()) <= 3);
    }

    void theColoursStandUponWhatHasNone()
    {
        const auto view = densityOfNothing();
        view->total[10] = 100;
        view->counts[10] = 25;
        view->counts[110] = 15;
        strip_->setDensity(view);
        const auto& pieces = strip_->geometry().pieces;
        QCOMPARE(pieces.size(), std::size_t{3});
        QCOMPARE(pieces[0].series, -1);
        QCOMPARE(pieces[1].series, int(test::OrderPlaced));
        QVERIFY(pieces[1].box.bottom() <= pieces[0].box.top() + 0.01);
        QVERIFY(pieces[2].box.bottom() <= pieces[1].box.top() + 0.01);
    }

    void whatHasNoColourIsPale()
    {
        auto view = density(kFirst, {kLast.ns + 1}, 100);
        std::fill(view->counts.begin(), view->counts.end(), 0);
        std::fill(view->total.begin(), view->total.end(), 1'000);
        strip_->setDensity(view);
        window_->set(kLast, {kLast.ns + kHour});  // away from what is looked at
        const QRectF box = strip_->geometry().pieces[20].box;
        const QImage image = strip_->grab().toImage();
        const int middle = static_cast<int>(box.center().x());
        const QColor body = image.pixelColor(middle, static_cast<int>(box.center().y()));
        QVERIFY(body.lightness() > theme_->color(Theme::Role::Density).lightness() + 15);
        QVERIFY(body != theme_->color(Theme::Role::Panel));
    }

    void whereLivesEndEverywhereNoMarksSaySo()
    {
        const auto bandOf = [this](std::optional<std::uint32_t> deathsEverywhere) {
            auto view = density(kFirst, {kLast.ns + 1}, 100);
            if (deathsEverywhere) std::ranges::fill(view->deaths, *deathsEverywhere);
            strip_->setDensity(view);
            const QImage image = strip_->grab().toImage();
            return image.copy(0, image.height() - 8, image.width(), 8);
        };
        QVERIFY(bandOf({}) != bandOf(0U));  // now and then
        QCOMPARE(bandOf(3U), bandOf(0U));
    }

    void theColumnsFillTheirHeightAndNeverMoreThanTheStrip()
    {
        const OverviewGeometry& geometry = strip_->geometry();
        QVERIFY(geometry.pieces.size() > 300);
        QVERIFY(geometry.pieces.size() < 4 * 180);
        double highest = 100;
        for (const OverviewRect& piece : geometry.pieces) {
            QVERIFY(piece.box.left() >= strip_->scale().left && piece.box.right() <= strip_->width());
            QVERIFY(piece.box.height() > 0);
            highest = std::min(highest, piece.box.top());
        }
        QVERIFY(std::abs(highest - 6) <= 1);
    }

    void draggingTheBoxPansAndItMayLeaveTheLifeOfTheEntity()
    {
        const std::int64_t span = window_->span();
        const int from = x({window_->from().ns + span / 2});
        const Timestamp before = window_->from();
        drag(from, from + 260);
        QCOMPARE(window_->span(), span);
        near({before.ns + static_cast<std::int64_t>(260 * strip_->scale().nsPerPixel())}, window_->from());
        QVERIFY(window_->from() > window_->extentLast());
        // And not beyond the log.
        drag(x({window_->from().ns + span / 2}), 5'000);
        near({window_->from().ns + span / 2}, kLast);
    }

    void aDragBesideTheBoxMarksTheStretchToBeShown()
    {
        drag(x(hour(60)), x(hour(80)));
        near(window_->from(), hour(60));
        near(window_->to(), hour(80));
        drag(x(hour(40)), x(hour(30)));  // backwards as well
        near(window_->from(), hour(30));
        near(window_->to(), hour(40));
        drag(x(hour(90)), 3'000);  // and out of the widget
        near(window_->to(), {kLast.ns + 1});
    }

    void aClickCentresAndADoubleClickShowsTheWholeLog()
    {
        const std::int64_t span = window_->span();
        QTest::mouseClick(strip_.get(), Qt::LeftButton, {}, {x(hour(70)), 20});
        near({window_->from().ns + span / 2}, hour(70));
        QVERIFY(std::abs(window_->span() - span) < 1'000);
        QTest::mouseDClick(strip_.get(), Qt::LeftButton, {}, {x(hour(10)), 20});
        QVERIFY(window_->from() <= kFirst);
        QVERIFY(window_->to() > kLast);
        // Where all is shown a drag marks a part of it.
        drag(x(hour(20)), x(hour(40)));
        near(window_->from(), hour(20));
        near(window_->to(), hour(40));
    }

    void theWheelZoomsAboutThePointerOutToTheWholeLog()
    {
        const auto wheel = [&](int notches, Timestamp at, Qt::KeyboardModifiers modifiers = {}) {
            const QPointF position(x(at), 20);
            QWheelEvent event(position, strip_->mapToGlobal(position), {}, {0, notches * 120}, Qt::NoButton, modifiers,
                              Qt::NoScrollPhase, false);
            QApplication::sendEvent(strip_.get(), &event);
        };
        const std::int64_t span = window_->span();
        const Timestamp fixed{window_->from().ns + span / 4};
        wheel(2, fixed);
        QVERIFY(window_->span() < span * 7 / 10);
        const double share = static_cast<double>(fixed.ns - window_->from().ns) / static_cast<double>(window_->span());
        QVERIFY(std::abs(share - 0.25) < 0.03);
        wheel(-40, fixed);
        QVERIFY(window_->from() <= kFirst && window_->to() > kLast);
        wheel(4, hour(50));
        const Timestamp before = window_->from();
        wheel(-1, hour(50), Qt::ShiftModifier);
        QVERIFY(window_->from() > before);
    }

    void theKeyboardPansZoomsAndGoesToTheEnds()
    {
        strip_->setFocus(Qt::TabFocusReason);
        const std::int64_t span = window_->span();
        Timestamp from = window_->from();
        QTest::keyClick(strip_.get(), Qt::Key_Right);
        near({from.ns + span / 8}, window_->from());
        from = window_->from();
        QTest::keyClick(strip_.get(), Qt::Key_Left);
        near({from.ns - span / 8}, window_->from());
        QTest::keyClick(strip_.get(), Qt::Key_Plus);
        QVERIFY(window_->span() < span);
        QTest::keyClick(strip_.get(), Qt::Key_Minus);
        near({span}, {window_->span()});
        QTest::keyClick(strip_.get(), Qt::Key_End);
        near({window_->from().ns + window_->span() / 2}, kLast);
        QTest::keyClick(strip_.get(), Qt::Key_Home);
        near({window_->from().ns + window_->span() / 2}, kFirst);
        QTest::keyClick(strip_.get(), Qt::Key_F);
        QVERIFY(window_->from() <= kFirst && window_->to() > kLast);
        QVERIFY(strip_->hasFocus());
        test::picture(*strip_, "overview-focus");
    }

    void clicksInTheGutterOrWithoutALogDoNoHarm()
    {
        QSignalSpy changed(window_.get(), &TimeWindow::changed);
        QTest::mouseClick(strip_.get(), Qt::LeftButton, {}, {20, 20});
        drag(30, 100);
        strip_->setLog({}, {}, 0);
        QTest::mouseClick(strip_.get(), Qt::LeftButton, {}, {400, 20});
        QTest::mouseDClick(strip_.get(), Qt::LeftButton, {}, {400, 20});
        drag(300, 500);
        QTest::keyClick(strip_.get(), Qt::Key_Right);
        QCOMPARE(changed.size(), 0);
        QVERIFY(strip_->box().isNull());
        test::picture(*strip_, "overview-empty");
    }

    void aLogOfOneInstantOrOfAllTimeIsDrawnAndMoved()
    {
        for (const auto& [first, last] :
             {std::pair{kFirst, kFirst}, std::pair{Timestamp{INT64_MIN + 1}, Timestamp{INT64_MAX - 1}}}) {
            strip_->setLog(first, last, 5);
            (void)test::picture(*strip_, "overview-extreme");
            drag(300, 500);
            drag(500, 300);
            QTest::mouseClick(strip_.get(), Qt::LeftButton, {}, {400, 20});
            for (const auto key :
                 {Qt::Key_F, Qt::Key_Left, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_End, Qt::Key_Right, Qt::Key_Home})
                QTest::keyClick(strip_.get(), key);
            QVERIFY(window_->from() < window_->to());
        }
    }

    void whatWasShownStaysUntilTheNewIsThereAndItAsksAFewTimesASecondAtMost()
    {
        strip_->disconnect(SIGNAL(wanted(hindcast::Timestamp, hindcast::Timestamp, int)));
        QSignalSpy wanted(strip_.get(), &OverviewStrip::wanted);
        const std::size_t had = strip_->geometry().pieces.size();
        for (int i = 1; i <= 40; ++i) strip_->setLog(kFirst, Timestamp{kLast.ns + i * kHour}, 48'211U + static_cast<unsigned>(i));
        QVERIFY(strip_->geometry().pieces.size() > had / 2);
        QVERIFY(strip_->geometry().pieces.back().box.right() < strip_->width() - 100);  // where its times now are
        QVERIFY(wanted.size() <= 1);
        QTRY_VERIFY(!wanted.isEmpty());
        QCOMPARE(wanted.back().at(1).value<Timestamp>(), (Timestamp{kLast.ns + 40 * kHour + 1}));
        QVERIFY(wanted.size() <= 2);
        strip_->resize(1240, 52);
        QTRY_COMPARE(wanted.back().at(2).toInt(), (1240 - 149) / 4);
    }

    void aTipTellsTheSpanTheTypesAndWhatIsRare()
    {
        const double column = strip_->scale().left + 7.5 * strip_->scale().width / overviewColumns(strip_->scale());
        const QString tip = strip_->tipAt(column);
        QVERIFY2(tip.contains("2025-11-03") && tip.contains("UTC"), qPrintable(tip));
        static const QRegularExpression finer(QStringLiteral("\\.\\d{4,}"));
        QVERIFY2(!finer.match(tip).hasMatch(), qPrintable(tip));  // a pixel knows no nanoseconds
        QVERIFY2(tip.contains("OrderPlaced ×") && tip.contains("other types ×5"), qPrintable(tip));
        QVERIFY2(tip.contains("✕ 1 "), qPrintable(tip));
        QVERIFY(strip_->tipAt(20).contains("48"));
        QVERIFY(!strip_->accessibleName().isEmpty());
        QVERIFY2(strip_->accessibleDescription().contains("2025-11-03"), qPrintable(strip_->accessibleDescription()));
    }

    void aWorkspaceThatCannotTellGoesWithoutTheStrip()
    {
        strip_->setDensity(std::make_shared<DensityView>());
        QVERIFY(!strip_->isVisible());
        strip_->setDensity(density(kFirst, {kLast.ns + 1}, 100));
        QVERIFY(strip_->isVisible());
    }
};

QTEST_MAIN(TestOverview)
#include "test_overview.moc"
