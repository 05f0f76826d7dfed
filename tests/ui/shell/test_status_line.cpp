// What the status line shows where there is not room for all of it, and that nothing is told twice.
#include "ui/shell/live_controls.h"
#include "ui/shell/status_line.h"

#include <QLabel>
#include <QLayout>
#include <QTimer>
#include <QToolButton>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

ReadingView silentBroker()
{
    ReadingView reading;
    reading.reading = reading.endless = reading.live = reading.resumable = true;
    reading.source = QStringLiteral("orders · kafka-1.example.com:9092");
    reading.progress.connected = false;
    reading.progress.away = source::Away{source::Away::Kind::Brokers, 1, "kafka-1.example.com:9092"};
    reading.awaySince = Timestamp{Timestamp::now().ns - 72'400'000'000};
    return reading;
}

/// A line of this width that tells of a workspace.
struct Line {
    Line(const Theme& theme, int width) : line(theme, &window)
    {
        window.resize(width, 100);
        line.resize(width, line.height());
        line.setPlayhead(true, Version{48'209}, Version{48'211});
        auto view = std::make_shared<StateView>();
        view->state.took = std::chrono::microseconds(41);
        view->state.fromSnapshot = Version{48'128};
        line.setState(view);
        store::Counts counts;
        counts.events = 60'498;
        counts.entities = 20'734;
        counts.rejects = 3;
        counts.fileBytes = 21'000'000;
        line.setCounts(true, counts);
        window.show();
        QCoreApplication::processEvents();
    }
    void setReading(const ReadingView& reading)
    {
        line.setReading(reading);
        QCoreApplication::processEvents();
    }
    /// The figures and words that are shown and cut. The place gives way last of all, and only to the words.
    [[nodiscard]] QStringList cut() const
    {
        QStringList out;
        for (const QLabel* label : line.findChildren<QLabel*>())
            if (label->isVisible() && !label->text().startsWith(QLatin1String("event ")) &&
                label->fontMetrics().horizontalAdvance(label->text()) > label->contentsRect().width())
                out << label->text();
        return out;
    }

    QWidget window;
    StatusLine line;
};

}  // namespace

class TestStatusLine : public QObject {
    Q_OBJECT
    Theme theme_{Theme::Scheme::Light};

private slots:
    void initTestCase() { theme_.apply(); }
    void cleanup() { theme_.setZoom(1); }

    void whoIsAwayIsToldInWholeWordsAndTheFiguresYield_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("zoom");
        QTest::newRow("a desk") << 1280 << 1.0;
        QTest::newRow("the least") << 860 << 1.0;
        QTest::newRow("a presentation") << 1280 << Theme::kPresentation;
    }
    void whoIsAwayIsToldInWholeWordsAndTheFiguresYield()
    {
        QFETCH(int, width);
        QFETCH(double, zoom);
        theme_.setZoom(zoom);
        Line at(theme_, width);
        ReadingView reading = silentBroker();
        at.setReading(reading);
        QVERIFY2(at.line.text().contains(QStringLiteral("broker kafka-1.example.com:9092 away for ")),
                 qPrintable(at.line.text()));
        QVERIFY2(at.cut().isEmpty(), qPrintable(at.cut().join(QLatin1Char('\n'))));
        QVERIFY(at.line.text().contains(QStringLiteral("read-only")));
        // Once it is back, all figures are there again.
        reading.progress.connected = true;
        reading.progress.away.reset();
        reading.awaySince.reset();
        at.setReading(reading);
        QVERIFY2(at.line.text().contains(QStringLiteral("state rebuilt in")), qPrintable(at.line.text()));
        QVERIFY2(at.line.text().contains(QStringLiteral("21 MB")), qPrintable(at.line.text()));
    }

    void aWindowThatIsMadeNarrowerWhileABrokerIsAwayKeepsTheWords()
    {
        Line at(theme_, 1600);
        at.setReading(silentBroker());
        QVERIFY2(at.line.text().contains(QStringLiteral("21 MB")), qPrintable(at.line.text()));
        at.line.resize(900, at.line.height());
        QCoreApplication::processEvents();
        QVERIFY2(!at.line.text().contains(QStringLiteral("21 MB")), qPrintable(at.line.text()));
        QVERIFY2(at.cut().isEmpty(), qPrintable(at.cut().join(QLatin1Char('\n'))));
        at.line.resize(1600, at.line.height());
        QCoreApplication::processEvents();
        QVERIFY2(at.line.text().contains(QStringLiteral("21 MB")), qPrintable(at.line.text()));
    }

    void thePlaceIsWholeAlsoInTheNarrowestWindow()
    {
        Line at(theme_, 860);
        for (const QLabel* label : at.line.findChildren<QLabel*>())
            if (label->text().startsWith(QLatin1String("event ")))
                QVERIFY2(label->fontMetrics().horizontalAdvance(label->text()) <= label->contentsRect().width(),
                         qPrintable(QString::number(label->width())));
        QVERIFY(at.line.text().contains(QStringLiteral("21 MB")));
    }

    void howLongAgoReadingStoppedGoesOnByItself()
    {
        Line at(theme_, 1600);
        ReadingView reading;
        reading.offer.emplace();
        const Timestamp now = Timestamp::now();
        reading.offer->stopped = now.plus(-3'000'000'000);
        at.setReading(reading);
        auto* later = at.line.findChild<QTimer*>();
        QVERIFY(later && later->isActive() && later->interval() <= 1000);
        at.line.tellReading(now.plus(std::int64_t{90} * 1'000'000'000));
        QVERIFY2(at.line.text().contains(QStringLiteral("not reading · stopped 1 min ago")), qPrintable(at.line.text()));
        QCOMPARE(later->intervalAsDuration(), std::chrono::milliseconds(27'000));
        at.line.tellReading(now.plus(std::int64_t{2} * 3600 * 1'000'000'000));
        QVERIFY2(at.line.text().contains(QStringLiteral("stopped 2 h ago")), qPrintable(at.line.text()));
        reading = {};
        reading.reading = true;
        at.setReading(reading);
        QVERIFY(!later->isActive());
    }

    void thatTheDiskLimitEndedTheReadingStaysAndWhatToDo()
    {
        Line at(theme_, 1600);
        ReadingView reading;
        reading.diskFull = reading.resumable = true;
        reading.ended = QStringLiteral("partial, because the disk limit of 1 MB is reached");
        at.setReading(reading);
        const auto words = [&] {
            for (const QLabel* label : at.line.findChildren<QLabel*>())
                if (label->property("role").toString() == QLatin1String("warning")) return label->text();
            return QString();
        };
        QCOMPARE(
            words(),
            QStringLiteral("read: partial, because the disk limit of 1 MB is reached · raise the limit: File > Resume reading"));
        // And to how much, before one does.
        reading.raisedLimit = 38'000'000;
        at.setReading(reading);
        QVERIFY2(words().endsWith(QStringLiteral(" · raise the limit to 38 MB: File > Resume reading")), qPrintable(words()));
        // And in a workspace that was opened again.
        reading = {};
        reading.diskFull = true;
        reading.offer.emplace();
        reading.offer->stopped = Timestamp::now().plus(std::int64_t{-3} * 3600 * 1'000'000'000);
        at.setReading(reading);
        QCOMPARE(words(), QStringLiteral("not reading · stopped 3 h ago · the disk limit is reached · raise the limit: File > "
                                         "Resume reading"));
        reading = {};
        reading.reading = reading.progress.connected = true;
        at.setReading(reading);
        QVERIFY(words().isEmpty());
    }

    void whatHasNothingToSayTakesNoRoom()
    {
        QWidget window;
        window.resize(1280, 100);
        StatusLine line(theme_, &window);
        line.resize(1280, line.height());
        window.show();
        store::Counts counts;
        counts.events = 60'498;
        line.setCounts(true, counts);
        QCoreApplication::processEvents();
        const QLabel* size = nullptr;
        for (const QLabel* label : line.findChildren<QLabel*>()) {
            QCOMPARE(label->isHidden(), label->text().isEmpty());
            if (label->text().contains(QStringLiteral("events"))) size = label;
        }
        QVERIFY(size);
        QCOMPARE(size->mapTo(&line, QPoint()).x(), line.layout()->contentsMargins().left());
        // They are there again as soon as they have something to say.
        line.setPlayhead(true, Version{9}, Version{17});
        auto view = std::make_shared<StateView>();
        view->state.took = std::chrono::microseconds(41);
        line.setState(view);
        QCoreApplication::processEvents();
        QVERIFY2(line.text().startsWith(QStringLiteral("event 9 / 17 | state rebuilt in ")), qPrintable(line.text()));
        line.setPlayhead(false, {}, {});
        line.setState(nullptr);
        QCoreApplication::processEvents();
        QCOMPARE(size->mapTo(&line, QPoint()).x(), line.layout()->contentsMargins().left());
    }

    void rejectsAreCountedOnce()
    {
        Line at(theme_, 1600);
        ReadingView reading;
        reading.reading = true;
        reading.progress.records = 250;
        reading.progress.rejects = 3;
        at.setReading(reading);
        QCOMPARE(at.line.text().count(QStringLiteral("3 rejects")), 1);
    }

    void theButtonsTipTellsWhatAClickDoesAndWhyReadingFailedAndNotHowItGoes()
    {
        QAction pause, follow, first, stop;
        LiveControls live(theme_, {&pause, &follow, &first, &stop});
        ReadingView reading = silentBroker();
        live.setReading(true, reading);
        QVERIFY2(!live.readingButton().toolTip().contains(QStringLiteral("away")), qPrintable(live.readingButton().toolTip()));
        reading.reading = false;
        reading.failed = true;
        reading.ended = QStringLiteral("the broker turned us away");
        live.setReading(true, reading);
        QVERIFY2(live.readingButton().toolTip().contains(reading.ended), qPrintable(live.readingButton().toolTip()));
    }
};

QTEST_MAIN(TestStatusLine)
#include "test_status_line.moc"
