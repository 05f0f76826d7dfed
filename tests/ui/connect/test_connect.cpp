// The connect dialog as a whole: its first look, what it would read, and what it asks for in the end.
#include "tests/ui/connect/dialog_fixture.h"
#include "tests/ui/session/session_test.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/estimate_text.h"
#include "ui/connect/range_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/format.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

#include <cstdlib>

using namespace hindcast;
using namespace hindcast::ui;
using test::guess;

class TestConnect final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

    void aFirstLookSaysWhatToDo()
    {
        QVERIFY(!dialog_->connectButton().isEnabled());
        QCOMPARE(dialog_->topics().emptyText(), QStringLiteral("No topics yet"));
        QStringList texts;
        for (const QLabel* label : dialog_->findChildren<QLabel*>()) texts << label->text();
        QVERIFY(texts.join(u'|').contains(QStringLiteral("joins no group, commits no offset, creates and produces nothing")));
        test::picture(*dialog_, QStringLiteral("connect-first"));
    }

    void theEstimateIsAskedForWhenWhatIsReadChanges()
    {
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::estimateWanted);
        fill();
        QVERIFY(wanted.wait(2000));
        const auto options = wanted.takeLast().at(0).value<source::KafkaOptions>();
        QCOMPARE(options.topics, std::vector<std::string>{"orders"});
        QVERIFY(options.from.kind == source::KafkaStart::Kind::Time);
        dialog_->showSampled(QStringLiteral("orders"), guess(), 200);
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 2'100'000, false}}});
        QCOMPARE(dialog_->range().estimate(), QStringLiteral("≈ 2.1\u2009M records, 420 MB read, 105 MB stored"));
        dialog_->range().setFrom(RangeForm::From::Earliest);
        QVERIFY(!dialog_->range().estimate().contains(QStringLiteral("stored")));  // no longer true
        QVERIFY(wanted.wait(2000));
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 48'000'000, true}}});
        QCOMPARE(dialog_->range().estimate(), QStringLiteral("≤ 48.0\u2009M records, 9.6 GB read, 2.4 GB stored"));
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 0, false}}});
        QCOMPARE(dialog_->range().estimate(), QStringLiteral("nothing there yet, then what comes"));
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 480'000'000, false}}});
        QVERIFY(dialog_->range().estimate().contains(QStringLiteral("more than the disk limit")));
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 5, false}, {"users", 7, false}}});
        QCOMPARE(dialog_->range().estimate(), QStringLiteral("≈ 12 records, size not known yet"));
    }

    void anEmptyWorkspaceTakesRoomBesideAQuarterOfWhatIsRead()
    {
        // 1000 records of 200 bytes.
        constexpr std::uint64_t kQuarter = 50'000;
        const auto storedIs = [&](std::uint64_t bytes) {
            dialog_->showEstimate(source::KafkaEstimate{{{"orders", 1000, false}}});
            return dialog_->range().estimate().endsWith(QStringLiteral("200 kB read, %1 stored").arg(bytesText(bytes)));
        };
        fillIn(test::kThreeBrokers, path("new.hindcast"), 200);
        QVERIFY2(storedIs(kQuarter + kEmptyWorkspaceBytes), qPrintable(dialog_->range().estimate()));
        // In one that holds events that room is taken already.
        StoredTopics held;
        held.workspace = path("new.hindcast");
        held.events = 7;
        dialog_->showStored(held);
        QVERIFY2(storedIs(kQuarter), qPrintable(dialog_->range().estimate()));
        // That is about what a real one takes, give or take four pages.
        test::writeEvents(path("one.jsonl"), 1, 1);
        test::Opened real(path("real.hindcast"));
        QVERIFY2(real.error.isEmpty(), qPrintable(real.error));
        QVERIFY(real.import(path("one.jsonl"), "one"));
        const auto bytes = static_cast<std::int64_t>(real.session.counts().fileBytes);
        QVERIFY2(std::abs(bytes - static_cast<std::int64_t>(kEmptyWorkspaceBytes)) <= 4 * 4096,
                 qPrintable(QString::number(bytes)));
    }

    void nothingButTheTablesScrollsOnASmallScreen()
    {
        dialog_->resize(1256, 672);
        fill();
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        QTest::mouseClick(&dialog_->connection().testButton(), Qt::LeftButton);
        dialog_->showFailed(QStringLiteral("cannot reach kafka-1:9094"), QStringLiteral("Connection refused"),
                            QStringLiteral("check that the broker runs and that this is its port"));
        QTest::qWait(20);
        QVERIFY2(dialog_->height() <= 672, qPrintable(QString::number(dialog_->height())));
        QVERIFY2(dialog_->width() <= 1256, qPrintable(QString::number(dialog_->width())));
        test::picture(*dialog_, QStringLiteral("connect-small"));
        dialog_->connection().securityButton().click();
        QTest::qWait(20);
        QVERIFY2(dialog_->height() <= 672, qPrintable(QString::number(dialog_->height())));
        test::picture(*dialog_, QStringLiteral("connect-small-security"));
    }

    void theRequestHoldsWhatWasChosen()
    {
        fill();
        QSignalSpy asked(dialog_.get(), &ConnectDialog::connectRequested);
        QTest::mouseClick(&dialog_->connectButton(), Qt::LeftButton);
        QCOMPARE(asked.count(), 1);
        const auto request = asked.at(0).at(0).value<ConnectRequest>();
        QCOMPARE(request.workspace, QStringLiteral("/tmp/shop.hindcast"));
        QCOMPARE(request.kafka.topics, std::vector<std::string>{"orders"});
        QVERIFY(request.kafka.from.kind == source::KafkaStart::Kind::Time);
        QVERIFY(Timestamp::now().ns - request.kafka.from.time.ns < 25LL * 3600 * 1'000'000'000);
        QVERIFY(request.kafka.until.kind == source::KafkaUntil::Kind::Never);
        QCOMPARE(request.kafka.bytesPerSecond, std::optional<std::uint64_t>(20'000'000));
        QCOMPARE(request.ingest.diskLimit, std::optional<std::uint64_t>(10'000'000'000));
        QCOMPARE(request.ingest.proposals.size(), std::size_t(1));  // as guessed: nobody has changed it
        QVERIFY(request.ingest.mappings.empty());
        QVERIFY(!dialog_->isVisible());
    }

    void rangesAreReadAndWrongOnesNamed()
    {
        RangeForm form(theme_);
        const Timestamp now = test::at("2025-11-04T12:00:00Z");
        form.setFrom(RangeForm::From::LastRecords);
        QCOMPARE(form.from(now)->offset, std::int64_t(100'000));
        form.setFrom(RangeForm::From::LastRecords, QStringLiteral("5\u2009000"));
        QCOMPARE(form.from(now)->offset, std::int64_t(5000));
        form.setFrom(RangeForm::From::Offset, QStringLiteral("x"));
        QVERIFY(form.from(now).error().contains(QStringLiteral("“x”")));
        form.setFrom(RangeForm::From::Time, QStringLiteral("-2h"));
        QCOMPARE(form.from(now)->time, test::at("2025-11-04T10:00:00Z"));
        form.setUntil(RangeForm::Until::Time, QStringLiteral("nonsense"));
        QVERIFY(!form.until(now).has_value());
        form.setUntil(RangeForm::Until::Live);
        form.setFrom(RangeForm::From::Earliest);
        form.setChosen(2, 50'111'000);
        QCOMPARE(form.estimate(), QStringLiteral("about 50.1\u2009M records"));
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        fill();
        const QImage image = test::picture(*dialog_, QStringLiteral("connect-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Panel)) > image.width() * image.height() / 3);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    void fill()
    {
        fillIn(test::kThreeBrokers, QStringLiteral("/tmp/shop.hindcast"));
        QTest::qWait(10);
    }
};

QTEST_MAIN(TestConnect)
#include "test_connect.moc"
