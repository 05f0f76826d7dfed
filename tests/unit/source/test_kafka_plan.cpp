#include "core/source/kafka_plan.h"

#include <QtTest>

using namespace hindcast;
using namespace hindcast::source;
using namespace hindcast::source::kafka;

namespace {

const std::vector<SourceStream> kStreams{{"t", Partition{0}}, {"t", Partition{1}}, {"u", Partition{0}}};
const std::vector<Watermarks> kMarks{{10, 100}, {0, 50}, {0, 7}};

PlanFacts facts()
{
    PlanFacts facts;
    facts.streams = kStreams;
    facts.marks = kMarks;
    return facts;
}

}  // namespace

class TestKafkaPlan : public QObject {
    Q_OBJECT

private slots:
    void onlyAStoresCheckpointIsResumedFrom()
    {
        PlanFacts known = facts();
        known.positions = {{kStreams[0], 40}, {kStreams[1], 0}, {kStreams[2], 5}};
        known.resume = {{kStreams[2], 6}};
        const auto plans = plan({KafkaStart::Kind::Latest, 0, {}}, {}, known);
        QCOMPARE(plans[0].start, 40);
        QCOMPARE(plans[0].reason, std::string("began at offset 40"));
        QCOMPARE(plans[1].start, 0);
        QCOMPARE(plans[1].reason, std::string("from the beginning"));
        QCOMPARE(plans[2].start, 6);
        QCOMPARE(plans[2].reason, std::string("resumed"));
    }

    void whatRetentionRemovedSinceIsSaid()
    {
        PlanFacts known = facts();
        known.positions = {{kStreams[0], 4}};
        const auto plans = plan({KafkaStart::Kind::Latest, 0, {}}, {}, known);
        QCOMPARE(plans[0].start, 10);
        QCOMPARE(plans[0].reason, std::string("began at offset 10: retention removed those from 4 on"));
        known.resume = {{kStreams[0], 6}};
        const auto resumed = plan({KafkaStart::Kind::Latest, 0, {}}, {}, known);
        QCOMPARE(resumed[0].reason, std::string("resumed at offset 10: retention removed those from 6 on"));
    }

    void aPartitionThatWasAddedSinceIsReadFromItsBeginning()
    {
        PlanFacts known = facts();
        known.positions = {{kStreams[0], 100}};
        known.whole = {"t"};
        const auto plans = plan({KafkaStart::Kind::Latest, 0, {}}, {}, known);
        QCOMPARE(plans[0].start, 100);
        QCOMPARE(plans[1].start, 0);
        QCOMPARE(plans[1].reason, std::string("from the beginning (the partition was added since)"));
        QCOMPARE(plans[2].start, 7);  // a topic that nothing is known of begins where it was asked to
    }
};

QTEST_APPLESS_MAIN(TestKafkaPlan)
#include "test_kafka_plan.moc"
