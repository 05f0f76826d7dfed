#include "ui/look/shown_zone.h"
#include "ui/session/playhead.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/live_controls.h"
#include "ui/shell/status_line.h"
#include "ui/shell/time_field.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <ctime>
#include <set>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

std::shared_ptr<replay::History> history()
{
    auto out = std::make_shared<replay::History>();
    for (int i = 0; i < 14; ++i) {
        replay::HistoryEvent event;
        event.id = EventId{PartId{0}, Offset{i}};
        event.time = event.effective = Timestamp{timestampFromIso("2025-11-04T09:00:00.118Z")->ns + i * 60'000'000'000};
        out->events.push_back(event);
    }
    return out;
}

/// The field of a playhead that stands on the last event, shown and with the focus. Taken apart into its members where it is used.
struct ShownField {
    explicit ShownField(const Theme& theme) : field(theme, playhead)
    {
        playhead.setHistory(history());
        playhead.toLast();
        field.show();
        field.setFocus();
    }
    Playhead playhead;
    TimeField field;
};

void enter(TimeField& field, const QString& text)
{
    field.selectAll();
    QTest::keyClicks(&field, text);
    QTest::keyClick(&field, Qt::Key_Return);
}

}  // namespace

class TestBars : public QObject {
    Q_OBJECT
    Theme theme_{Theme::Scheme::Light};

private slots:
    void initTestCase() { theme_.apply(); }

    void theTimeFieldShowsThePlayheadAndMovesIt()
    {
        Playhead playhead;
        TimeField field(theme_, playhead);
        QVERIFY(!field.isEnabled());
        playhead.setHistory(history());
        playhead.setVersion(Version{9});
        QVERIFY(field.isEnabled());
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:08:00.118"));
        QSignalSpy entered(&field, &TimeField::timeEntered);
        field.show();
        field.setFocus();
        enter(field, QStringLiteral("2025-11-04 09:03"));
        QCOMPARE(entered.count(), 1);
        QCOMPARE(playhead.version().value, std::uint64_t{3});
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:03:00.000"));
    }

    void whatIsNoTimeIsRefusedAndMovesNothing()
    {
        ShownField shown(theme_);
        auto& [playhead, field] = shown;
        QSignalSpy refused(&field, &TimeField::refused);
        enter(field, QStringLiteral("teatime"));
        QCOMPARE(refused.count(), 1);
        QVERIFY(!refused.first().at(0).toString().isEmpty());
        QCOMPARE(playhead.version().value, std::uint64_t{14});
        QCOMPARE(field.text(), QStringLiteral("teatime"));
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(field.text(), QStringLiteral("2025-11-04 09:13:00.118"));
    }

    void theTimeFieldSpeaksTheLanguageOfTheGoToBox()
    {
        ShownField shown(theme_);
        QSignalSpy refused(&shown.field, &TimeField::refused);
        const auto enter = [&](const char* text) {
            ::enter(shown.field, QString::fromUtf8(text));
            return QString::fromStdString(toIso(shown.playhead.time()));
        };
        QCOMPARE(enter("09:03"), QStringLiteral("2025-11-04T09:03:00Z"));  // of the playhead's day
        QCOMPARE(enter("04 Nov 09:07:30"), QStringLiteral("2025-11-04T09:07:30Z"));
        QCOMPARE(enter("2025-11-04 04:02 EST"), QStringLiteral("2025-11-04T09:02:00Z"));
        QVERIFY(refused.isEmpty());
        enter("yesterday 9:15");
        QVERIFY(refused.isEmpty());
        enter("teatime");
        QCOMPARE(refused.count(), 1);
        QVERIFY2(refused.first().at(2).toString().contains(QStringLiteral("09:30, yesterday 9:15")),
                 qPrintable(refused.first().at(2).toString()));
    }

    void typingIsNotOverwrittenByALivePlayhead()
    {
        ShownField shown(theme_);
        auto& [playhead, field] = shown;
        QApplication::setActiveWindow(&field);
        field.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&field));
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("2025"));
        playhead.step(-1);
        QCOMPARE(field.text(), QStringLiteral("2025"));
    }

    void theStatusLineTellsPlaceCostAndSize()
    {
        StatusLine line(theme_);
        line.setPlayhead(true, Version{9}, Version{14});
        auto view = std::make_shared<StateView>();
        view->state.took = std::chrono::microseconds(41);
        view->state.fromSnapshot = Version{8};
        line.setState(view);
        store::Counts counts;
        counts.events = 48'211;
        counts.entities = 8'412;
        counts.fileBytes = 21'000'000;
        line.setCounts(true, counts);
        QCOMPARE(
            line.text().replace(QChar(0x2009), QLatin1Char('_')),
            QStringLiteral("event 9 / 14 | state rebuilt in 41 µs from snapshot v8 | 48_211 events · 8_412 entities · 21 MB | "
                           "read-only · no offsets committed"));
        line.setCounts(false, {});
        line.setPlayhead(false, {}, {});
        line.setState(nullptr);
        QVERIFY(line.text().isEmpty());
    }

    void readingShowsProgressAndCanBeCancelled()
    {
        StatusLine line(theme_);
        line.show();
        ReadingView reading;
        reading.reading = true;
        reading.progress.records = 250;
        reading.progress.total = 1000;
        reading.progress.recordsPerSecond = 412;
        reading.progress.timeLeft = std::chrono::seconds(3);
        line.setReading(reading);
        QVERIFY2(line.text().contains(QStringLiteral("250 of 1 000 records · 412 msg/s · 3 s left")), qPrintable(line.text()));
        QCOMPARE(line.findChild<QProgressBar*>()->value(), 250);
        QSignalSpy cancel(&line, &StatusLine::cancelWanted);
        QTest::mouseClick(line.findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(cancel.count(), 1);
        reading.progress.connected = false;
        reading.progress.notice = "broker localhost:9092 is away, trying again";
        line.setReading(reading);
        QVERIFY(line.text().contains(QStringLiteral("is away")));
        reading = {};
        reading.ended = QStringLiteral("complete");
        line.setReading(reading);
        QVERIFY(!line.findChild<QPushButton*>()->isVisible());
        QVERIFY(line.text().contains(QStringLiteral("complete")));
    }

    void atTheHeadRateAndLagAreToldAndABrokerThatGoesIsToldCalmly()
    {
        StatusLine line(theme_);
        line.show();
        ReadingView reading;
        reading.reading = reading.endless = reading.live = reading.resumable = true;
        reading.progress.recordsPerSecond = 412;
        reading.progress.lag = 0;
        line.setReading(reading);
        QCOMPARE(line.text(), QStringLiteral("412 msg/s · lag 0"));
        QVERIFY(!line.findChild<QPushButton*>()->isVisible());  // it is paused above
        reading.progress.connected = false;
        using Kind = source::Away::Kind;
        reading.progress.away = source::Away{Kind::Brokers, 1, "localhost:9092"};
        const Timestamp now = Timestamp::now();
        // As of the same moment, however long the test takes.
        const auto tell = [&] {
            line.setReading(reading);
            line.tellReading(now);
        };
        reading.awaySince = Timestamp{now.ns - 12'400'000'000};
        tell();
        QCOMPARE(line.text(), QStringLiteral("broker localhost:9092 away for 12 s, trying again · lag unknown"));
        reading.progress.away = source::Away{Kind::Silent, 1, "localhost:9092"};
        tell();
        QCOMPARE(line.text(), QStringLiteral("no answer from localhost:9092 for 12 s · lag unknown"));
        reading.progress.away = source::Away{Kind::NoLeader, 2, {}};
        tell();
        QCOMPARE(line.text(), QStringLiteral("2 partitions have no leader for 12 s, waiting for one · lag unknown"));
        reading.progress.connected = true;
        reading.progress.notice.clear();
        reading.awaySince.reset();
        reading.backSince = now;
        tell();
        QCOMPARE(line.text(), QStringLiteral("the broker is back · 412 msg/s · lag 0"));
        reading.reading = false;
        reading.paused = true;
        reading.ended = QStringLiteral("paused");
        line.setReading(reading);
        QCOMPARE(line.text(), QStringLiteral("reading is paused · the place is kept"));
    }

    void sinceWhenABrokerIsAwayIsToldInTheShownZone()
    {
        ReadingView reading;
        reading.reading = true;
        reading.progress.connected = false;
        reading.progress.away = source::Away{source::Away::Kind::Brokers, 1, "b:9092"};
        const auto told = [&](const char* since) {
            reading.awaySince = timestampFromIso(since);
            return noticeWords(reading);
        };
        QCOMPARE(told("2025-11-04T23:14:22.5Z"), QStringLiteral("broker b:9092 away since 23:14:22 UTC, trying again"));
        qputenv("TZ", "Europe/Berlin");
        tzset();
        setShownZone(ShownZone::Local);
        const QString winter = told("2025-11-04T23:14:22.5Z");
        const QString summer = told("2025-07-04T23:14:22Z");
        qunsetenv("TZ");
        tzset();
        setShownZone(ShownZone::Utc);
        QCOMPARE(winter, QStringLiteral("broker b:9092 away since 00:14:22 CET, trying again"));
        QCOMPARE(summer, QStringLiteral("broker b:9092 away since 01:14:22 CEST, trying again"));
        reading.progress.connected = true;
        reading.progress.notice = "reads slowly: a quota";
        QCOMPARE(noticeWords(reading), QStringLiteral("reads slowly: a quota"));
    }

    void howFarItIsToTheHeadIsToldWhileThatTakesMoreThanAMoment()
    {
        StatusLine line(theme_);
        line.show();
        auto* bar = line.findChild<QProgressBar*>();
        ReadingView reading;
        reading.reading = reading.endless = reading.resumable = true;
        reading.progress.records = reading.progress.stored = 250'000;
        reading.progress.recordsPerSecond = 10'000;
        reading.progress.lag = 750'000;
        line.setReading(reading);
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->value(), 250);
        QVERIFY2(line.text().contains(QStringLiteral("1 min left")), qPrintable(line.text()));
        // The topic grows meanwhile: only what is read beyond that brings the head nearer.
        reading.progress.headPerSecond = 7'500;
        line.setReading(reading);
        QVERIFY2(line.text().contains(QStringLiteral("5 min left")), qPrintable(line.text()));
        for (const double growth : {10'000., 12'000.}) {
            reading.progress.headPerSecond = growth;
            line.setReading(reading);
            QVERIFY(bar->isVisible() && !line.text().contains(QStringLiteral("left")));
            QVERIFY2(line.text().contains(QStringLiteral("does not catch up")), qPrintable(line.text()));
        }
        reading.progress.headPerSecond = 0;
        reading.progress.lag = 20'000;
        line.setReading(reading);
        QVERIFY(!bar->isVisible() && !line.text().contains(QStringLiteral("left")));
        reading.progress.lag = 750'000;
        reading.live = true;
        line.setReading(reading);
        QVERIFY(!bar->isVisible());
    }

    void readingIsPausedAndGoneOnWithByOneButtonThatSaysWhichItIs()
    {
        QAction pause, follow, first, stop;
        pause.setShortcut(QKeySequence(QStringLiteral("Ctrl+P")));
        follow.setCheckable(true);
        LiveControls live(theme_, {&pause, &follow, &first, &stop});
        live.show();
        live.setReading(true, {});
        QVERIFY(!live.readingButton().isVisible() && !live.followButton().isVisible());
        ReadingView reading;
        reading.reading = reading.resumable = true;
        live.setReading(true, reading);
        QCOMPARE(live.readingButton().text(), QStringLiteral("Reading"));
        QVERIFY(live.readingButton().toolTip().contains(QStringLiteral("Pause")));
        QSignalSpy clicked(&pause, &QAction::triggered);
        QTest::mouseClick(&live.readingButton(), Qt::LeftButton);
        QCOMPARE(clicked.count(), 1);
        reading.progress.connected = false;
        live.setReading(true, reading);
        QCOMPARE(live.readingButton().text(), QStringLiteral("Waiting"));
        reading.reading = false;
        reading.paused = true;
        live.setReading(true, reading);
        QCOMPARE(live.readingButton().text(), QStringLiteral("Paused"));
        QCOMPARE(pause.text(), QStringLiteral("&Resume reading"));
        live.setNew(312, 3);
        QVERIFY(live.badge().isVisible());
        QCOMPARE(live.badge().accessibleName(), QStringLiteral("+312 new"));
        QSignalSpy went(&first, &QAction::triggered);
        QTest::mouseClick(&live.badge(), Qt::LeftButton);
        QCOMPARE(went.count(), 1);
        live.setNew(0, 0);
        QVERIFY(!live.badge().isVisible());
        reading = {};
        reading.reading = true;  // a file: it can be stopped
        live.setReading(true, reading);
        QVERIFY(!live.readingButton().isVisible());
    }

    void theButtonOfTheReadingIsAsWideWhateverItSays()
    {
        QAction pause, follow, first, stop;
        follow.setCheckable(true);
        LiveControls live(theme_, {&pause, &follow, &first, &stop});
        live.show();
        ReadingView reading;
        reading.reading = reading.resumable = reading.progress.connected = true;
        QStringList said;
        std::set<int> widths;
        const auto look = [&] {
            live.setReading(true, reading);
            said << live.readingButton().text();
            widths.insert(std::max(live.readingButton().minimumWidth(), live.readingButton().sizeHint().width()));
        };
        look();
        reading.progress.connected = false;
        look();
        reading.reading = false;
        look();
        reading.paused = true;
        look();
        QCOMPARE(said, (QStringList{QStringLiteral("Reading"), QStringLiteral("Waiting"), QStringLiteral("Resume"),
                                    QStringLiteral("Paused")}));
        QCOMPARE(widths.size(), std::size_t{1});
    }

    void whatAReopenedWorkspaceOffersToGoOnWithIsToldInTheTip()
    {
        QAction pause, follow, first, stop;
        pause.setShortcut(QKeySequence(QStringLiteral("Ctrl+P")));
        LiveControls live(theme_, {&pause, &follow, &first, &stop});
        live.show();
        ReadingView reading;
        reading.offer.emplace();
        reading.offer->topics = QStringList{QStringLiteral("orders"), QStringLiteral("payments")};
        reading.offer->brokers = QStringLiteral("localhost:9092");
        const Timestamp now = Timestamp::now();
        reading.offer->stopped = Timestamp{now.ns - 3 * 3'600'000'000'000 - 60'000'000'000};
        live.setReading(true, reading);
        QVERIFY(live.readingButton().isVisible() && live.readingButton().isEnabled());
        QCOMPARE(live.readingButton().text(), QStringLiteral("Resume"));
        QVERIFY2(live.readingButton().toolTip().contains(
                     QStringLiteral("Go on reading orders and payments from localhost:9092, from where it stopped 3 h ago")),
                 qPrintable(live.readingButton().toolTip()));
        QCOMPARE(live.readingButton().accessibleDescription(),
                 QStringLiteral("Go on reading orders and payments from localhost:9092, from where it stopped 3 h ago (Ctrl+P)"));
        StatusLine line(theme_);
        line.setReading(reading);
        QCOMPARE(line.text(), QStringLiteral("not reading · stopped 3 h ago"));
        // Where the limit on disk is reached it is raised by that, and is told to how much.
        reading.raisedLimit = 38'000'000;
        live.setReading(true, reading);
        const QString tip = live.readingButton().accessibleDescription();
        QVERIFY2(tip.startsWith(QStringLiteral("Resume, up to 38 MB on disk. Go on reading orders and payments")),
                 qPrintable(tip));
        reading.offer.reset();
        reading.resumable = reading.diskFull = true;
        live.setReading(true, reading);
        QCOMPARE(live.readingButton().accessibleDescription(),
                 QStringLiteral("Resume, up to 38 MB on disk. Go on where it stopped: each record once (Ctrl+P)"));
        ReadingOffer many;
        for (const char* topic : {"a", "b", "c", "d", "e"}) many.topics << QString::fromLatin1(topic);
        many.brokers = QStringLiteral("k:1");
        many.withheld << QStringLiteral("sasl.password");
        QCOMPARE(offerWords(many, now),
                 QStringLiteral("Go on reading a, b and 3 more topics from k:1, from where it stopped; asks "
                                "for the password first, which is kept nowhere"));
        QCOMPARE(agoText(Timestamp{now.ns - 5'000'000'000}, now), QStringLiteral("5 s ago"));
        QCOMPARE(agoText(Timestamp{now.ns - 72 * 3'600'000'000'000}, now), QStringLiteral("3 d ago"));
        QVERIFY(agoText(Timestamp{now.ns + 1}, now).isEmpty());
    }

    void troubleIsToldAndCanBeClosed()
    {
        ErrorBar bar(theme_);
        QVERIFY(bar.isHidden());
        bar.say(QStringLiteral("cannot open <b>.hindcast"), QStringLiteral("the file is no SQLite database"),
                QStringLiteral("import it"));
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.text(), QStringLiteral("cannot open <b>.hindcast: the file is no SQLite database (import it)"));
        QVERIFY(bar.findChild<QLabel*>()->text().contains(QStringLiteral("&lt;b&gt;")));
        bar.show();
        QTest::mouseClick(bar.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(bar.isHidden());
    }
};

QTEST_MAIN(TestBars)
#include "test_bars.moc"
