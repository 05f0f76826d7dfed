#include "core/source/kafka_health.h"

#include <QtTest>

#include <algorithm>

using namespace hindcast;
using namespace hindcast::source::kafka;

namespace {

/// What librdkafka tells each second of one broker that leads a partition, with times in milliseconds.
struct Second {
    std::int64_t clock = 0;
    const char* state = "UP";
    int owed = 1;             ///< answers
    std::int64_t quiet = 50;  ///< since something came; -1: nothing yet
    std::int64_t asked = 50;  ///< since something was sent
    std::int64_t throttle = 0;
    const char* broker = "ssl://kafka-1:9093/1";

    [[nodiscard]] std::string json() const
    {
        const auto us = [](std::int64_t ms) { return std::to_string(ms < 0 ? -1 : ms * 1000); };
        std::string text = "{'ts':" + us(clock) + ",'brokers':{'" + broker + "':{'state':'" + state +
                           "','source':'learned','waitresp_cnt':" + std::to_string(owed) + ",'rxidle':" + us(quiet) +
                           ",'txidle':" + us(asked) + ",'throttle':{'max':" + std::to_string(throttle) +
                           "},'toppars':{'t-0':{'topic':'t','partition':0}}}}}";
        std::ranges::replace(text, '\'', '"');
        return text;
    }
};

}  // namespace

class TestKafkaHealth : public QObject {
    Q_OBJECT
    std::unique_ptr<Health> health_;

    void hear(const Second& second) { health_->onStatistics(second.json()); }
    [[nodiscard]] bool connected() const { return health_->view().connected; }

private slots:
    void init() { health_ = std::make_unique<Health>(); }

    void aBrokerThatAnswersIsWellHoweverSeldomSomethingIsNew()
    {
        for (std::int64_t t = 0; t < 60'000; t += 1000) {
            hear({.clock = t});
            QVERIFY(connected());
        }
    }

    void oneThatOwesAnAnswerForSecondsIsNamedWithSinceWhen()
    {
        hear({.clock = 10'000});
        hear({.clock = 11'000, .quiet = 900, .asked = 850});
        hear({.clock = 14'000, .quiet = 3900, .asked = 3850});
        QVERIFY(connected());
        hear({.clock = 16'000, .quiet = 5900, .asked = 5850});
        const Health::View view = health_->view();
        QVERIFY(!view.connected);
        QVERIFY2(view.notice.starts_with("no answer from kafka-1:9093 since ") && view.notice.ends_with(" UTC"),
                 view.notice.c_str());
        QVERIFY(view.since.has_value());
        QVERIFY((view.away == source::Away{source::Away::Kind::Silent, 1, "kafka-1:9093"}));
        const std::int64_t ago = (Timestamp::now().ns - view.since->ns) / 1'000'000;
        QVERIFY2(ago >= 5850, qPrintable(QString::number(ago)));
        hear({.clock = 17'000, .quiet = 20, .asked = 20});
        QVERIFY(connected() && health_->view().notice.empty() && !health_->view().since && !health_->view().away);
    }

    void askingAgainDoesNotBeginTheWaitAnew()
    {
        hear({.clock = 10'000, .quiet = 2000, .asked = 1950});
        hear({.clock = 13'000, .owed = 2, .quiet = 5000, .asked = 10});  // one more question on the same connection
        QVERIFY(connected());
        hear({.clock = 14'000, .owed = 2, .quiet = 6000, .asked = 1010});
        QVERIFY(!connected());
    }

    void aQuestionAfterALongRestIsNotSilence()
    {
        hear({.clock = 10'000, .owed = 0, .quiet = 60'000, .asked = 60'000});  // what is held ready is enough: nothing is asked
        hear({.clock = 11'000, .owed = 1, .quiet = 61'000, .asked = 100});
        QVERIFY(connected());
    }

    void aLongAnswerThatComesInPiecesIsNotSilence()
    {
        for (std::int64_t t = 0; t < 20'000; t += 1000) {
            hear({.clock = t, .quiet = 300, .asked = t});
            QVERIFY(connected());
        }
    }

    void whatAQuotaHoldsBackIsWaitedFor()
    {
        hear({.clock = 10'000, .quiet = 50, .asked = 40, .throttle = 8000});
        hear({.clock = 17'000, .quiet = 7050, .asked = 7040});
        QVERIFY(connected());
        hear({.clock = 24'000, .quiet = 14'050, .asked = 14'040});
        QVERIFY(!connected());
    }

    void aLongerWaitForNewRecordsIsAllowed()
    {
        health_->setFetchWait(std::chrono::seconds(20));
        hear({.clock = 40'000, .quiet = 19'000, .asked = 19'000});
        QVERIFY(connected());
        hear({.clock = 46'500, .quiet = 25'500, .asked = 25'500});
        QVERIFY(!connected());
    }

    void whoHasAnsweredIsNotAwayAnyMore()
    {
        health_->onError(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, "1/1 brokers are down");
        QVERIFY(!health_->view().connected);
        health_->onAnswer();
        QVERIFY(health_->view().connected);
        QVERIFY(!health_->view().away);
    }

    void oneThatIsGivenUpAfterItsSilenceWasAwayAllThatTime()
    {
        hear({.clock = 70'000, .quiet = 59'000, .asked = 59'000});
        const auto silent = health_->view().since;
        QVERIFY(silent.has_value());
        hear({.clock = 71'000, .state = "CONNECT", .owed = 0, .quiet = -1, .asked = -1});
        QVERIFY2(health_->view().notice.starts_with("broker kafka-1:9093 is away since "), health_->view().notice.c_str());
        QVERIFY((health_->view().away == source::Away{source::Away::Kind::Brokers, 1, "kafka-1:9093"}));
        QCOMPARE(health_->view().since, silent);
        hear({.clock = 72'000, .quiet = -1, .asked = 10});  // up again, nothing has come yet
        QVERIFY(connected());
    }
};

QTEST_GUILESS_MAIN(TestKafkaHealth)
#include "test_kafka_health.moc"
