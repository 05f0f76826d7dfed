// A workspace that was read before: its reading is gone on with, and nothing of it is proposed to another one.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/profiles.h"
#include "ui/connect/range_form.h"
#include "ui/connect/security_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/format.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace hindcast;
using namespace hindcast::ui;
using test::cluster;

class TestResumed final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init()
    {
        openAnew();
        fillIn(test::kThreeBrokers, path("first.hindcast"));
        dialog_->connectButton().click();  // the last 24 hours, live
        QCOMPARE(profiles_->count(), 1);
        QVERIFY(profiles_->at(0).choices.from == ReadChoices::From::LastDay);
    }

    void aLimitThatIsReachedIsRaisedByAsMuchAgain()
    {
        goOn();
        dialog_->showStored(stored(5'000'000, 4'000'000));
        QCOMPARE(dialog_->target().disk().limit().value(), std::optional<std::uint64_t>(5'000'000));
        goOn();
        // By what it holds as a database: its file is smaller yet, or not even there.
        dialog_->showStored(stored(5'000'000, 6'000'000));
        QCOMPARE(dialog_->target().disk().limit().value(), std::optional<std::uint64_t>(11'000'000));
        // No odd bytes: whole megabytes, rounded up.
        goOn();
        dialog_->showStored(stored(5'000'000, 20'037'568));
        QCOMPARE(dialog_->target().disk().currentText(), QStringLiteral("≤ 26 MB"));
    }

    void aRaisedLimitKeepsByHowMuchItIsRaisedAndItsClusterIsWaitedFor()
    {
        goOn();
        dialog_->showStored(stored(1'000'000, 1'050'000));
        QCOMPARE(dialog_->target().disk().limit().value(), std::optional<std::uint64_t>(2'000'000));
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("orders"), true);
        const auto request = dialog_->request();
        QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
        QCOMPARE(request->ingest.diskLimit, std::optional<std::uint64_t>(2'000'000));
        QCOMPARE(request->ingest.diskAllowance, std::optional<std::uint64_t>(1'000'000));
        QVERIFY(request->kafka.waitForCluster);
        dialog_->target().disk().setLimit(5'000'000);  // one that the user chose is what is allowed from now on
        QVERIFY(!dialog_->request()->ingest.diskAllowance);
    }

    void aLimitIsItsWorkspacesAndANewOneGetsTheUsualOne()
    {
        const auto limit = [&] { return dialog_->target().disk().currentText(); };
        goOn();
        dialog_->showStored(stored(750'000'000, 4'000'000));
        QCOMPARE(limit(), QStringLiteral("≤ 750 MB"));
        dialog_->target().setWorkspace(path("next.hindcast"));
        QCOMPARE(limit(), QStringLiteral("≤ 10 GB"));
        dialog_->target().setWorkspace(path("first.hindcast"));
        dialog_->showStored(stored(750'000'000, 4'000'000));
        QCOMPARE(limit(), QStringLiteral("≤ 750 MB"));
        // Nor does what was left of one go to another.
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("next.hindcast"));
        dialog_->begin();
        QCOMPARE(limit(), QStringLiteral("≤ 10 GB"));
        // What was chosen stays wherever it goes.
        dialog_->target().disk().setLimit(2'000'000'000);
        dialog_->target().setWorkspace(path("other.hindcast"));
        QCOMPARE(limit(), QStringLiteral("≤ 2 GB"));
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("first.hindcast"));
        dialog_->begin();
        dialog_->showStored(stored(750'000'000, 4'000'000));
        QCOMPARE(limit(), QStringLiteral("≤ 2 GB"));
    }

    void anotherProfileLeavesTheWorkspacesLimit()
    {
        goOn();
        dialog_->showStored(stored(750'000'000, 4'000'000));
        QTest::mouseClick(&dialog_->profiles().newButton(), Qt::LeftButton);
        QVERIFY(dialog_->connection().brokersField().text().isEmpty());
        QCOMPARE(dialog_->target().disk().currentText(), QStringLiteral("≤ 750 MB"));
    }

    void aFileOfAnotherClusterIsNotProposedAndIsTalkedOfWhereItIsNamed()
    {
        make("kafka.hindcast");
        make("kafka-2.hindcast");
        open();
        dialog_->setWorkspace(path("kafka.hindcast"));
        dialog_->begin();
        dialog_->showStored(anothers());
        QCOMPARE(dialog_->target().workspace(), path("kafka.hindcast"));  // which cluster it is to be is not known yet
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->target().workspace(), path("kafka-3.hindcast"));
        QCOMPARE(dialog_->topics().chosen(), QStringList{QStringLiteral("orders")});
        QVERIFY2(dialog_->verdict().contains(QStringLiteral("kafka.hindcast holds another cluster's events")),
                 qPrintable(dialog_->verdict()));
        // Other brokers may be those of the cluster that it is of.
        dialog_->setBrokers(QStringLiteral("localhost:9092"));
        QCOMPARE(dialog_->target().workspace(), path("kafka.hindcast"));
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        dialog_->showStored(anothers());
        QCOMPARE(dialog_->target().workspace(), path("kafka-3.hindcast"));
        // Who names it means it, and is told.
        dialog_->target().setWorkspace(path("kafka.hindcast"));
        dialog_->showStored(anothers());
        QCOMPARE(dialog_->target().workspace(), path("kafka.hindcast"));
        const QString words =
            QStringLiteral("kafka.hindcast holds %1 events of another cluster, kafka-9:9094").arg(grouped(582'005));
        QVERIFY2(dialog_->verdict().contains(words), qPrintable(dialog_->verdict()));
        QVERIFY(dialog_->connectButton().isEnabled());
        StoredTopics own = anothers();
        own.positions[cluster().clusterId] = {};
        dialog_->showStored(own);
        QVERIFY2(!dialog_->verdict().contains(QStringLiteral("holds")), qPrintable(dialog_->verdict()));
    }

    void aProposalThatGivesWayKeepsWhateverIsInItsName()
    {
        open();
        dialog_->setWorkspace(path("a%2b%1.hindcast"));
        dialog_->begin();
        StoredTopics held = anothers();
        held.workspace = path("a%2b%1.hindcast");
        dialog_->showStored(held);
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->target().workspace(), path("a%2b%1-2.hindcast"));
    }

    void aProposalThatGaveWayIsMadeAnewByTheNextDialog()
    {
        make("kafka.hindcast");
        open();
        dialog_->setWorkspace(path("kafka.hindcast"));
        dialog_->begin();
        dialog_->showTopics(cluster());
        dialog_->showStored(anothers());
        QCOMPARE(dialog_->target().workspace(), path("kafka-2.hindcast"));
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("opened.hindcast"));
        dialog_->begin();
        QCOMPARE(dialog_->target().workspace(), path("opened.hindcast"));
    }

    void aDateIsNotProposedToTheNextWorkspace()
    {
        const Timestamp now = test::at("2025-11-14T12:00:00Z");
        const auto connectWith = [&](const char* from, const char* until) {
            open();
            dialog_->setWorkspace(path("dated.hindcast"));
            dialog_->showTopics(cluster());
            dialog_->topics().setChosen(QStringLiteral("orders"), true);
            dialog_->range().setFrom(RangeForm::From::Time, QString::fromLatin1(from));
            dialog_->range().setUntil(RangeForm::Until::Time, QString::fromLatin1(until));
            dialog_->connectButton().click();
            return profiles_->at(0).choices;
        };
        ReadChoices kept = connectWith("2025-11-04 09:14", "2025-11-05T00:00:00Z");
        QVERIFY(kept.from == ReadChoices::From::LastDay && kept.fromValue.isEmpty());
        QVERIFY(kept.until == ReadChoices::Until::Live && kept.untilValue.isEmpty());
        kept = connectWith("yesterday 14:00", "-1h");
        QVERIFY(kept.from == ReadChoices::From::Time && kept.until == ReadChoices::Until::Time);
        QCOMPARE(kept.fromValue, QStringLiteral("yesterday 14:00"));
        QCOMPARE(kept.untilValue, QStringLiteral("-1h"));
        // Nor is one that stands in a profile that was written before.
        ReadChoices dated;
        dated.from = ReadChoices::From::Time;
        dated.fromValue = QStringLiteral("2025-11-04T09:14:22Z");
        profiles_->remember(0, test::kThreeBrokers, {}, {}, dated);
        open();
        QCOMPARE(dialog_->range().from(now)->time, test::at("2025-11-13T12:00:00Z"));
    }

    void theStartOfAReadingIsNotProposedToTheNextWorkspace()
    {
        goOn();
        QCOMPARE(dialog_->range().from(Timestamp::now())->time, begun());
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        const auto request = dialog_->request();
        QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
        QCOMPARE(request->kafka.from.time, begun());
        dialog_->connectButton().click();
        QCOMPARE(profiles_->count(), 1);
        const ReadChoices kept = profiles_->at(0).choices;
        QVERIFY(kept.from == ReadChoices::From::LastDay && kept.fromValue.isEmpty());
        QCOMPARE(kept.topics, QStringList({QStringLiteral("orders"), QStringLiteral("payments")}));

        open();
        dialog_->setWorkspace(path("next.hindcast"));
        dialog_->begin();
        const Timestamp now = test::at("2025-11-14T12:00:00Z");
        QCOMPARE(dialog_->range().from(now)->time, test::at("2025-11-13T12:00:00Z"));
    }

    void aStartThatTheUserChoseIsKept()
    {
        goOn();
        dialog_->showTopics(cluster());
        dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("-2h"));
        dialog_->range().setUntil(RangeForm::Until::End);
        dialog_->connectButton().click();
        QCOMPARE(profiles_->at(0).choices.fromValue, QStringLiteral("-2h"));
        QVERIFY(profiles_->at(0).choices.until == ReadChoices::Until::End);
    }

    void anotherFileGetsTheUsualRangeAndItsOwnHasItsOwnAgain()
    {
        goOn();
        const Timestamp now = test::at("2025-11-14T12:00:00Z");
        dialog_->range().setUntil(RangeForm::Until::End);
        dialog_->target().setWorkspace(path("next.hindcast"));
        QCOMPARE(dialog_->range().from(now)->time, test::at("2025-11-13T12:00:00Z"));
        QVERIFY(dialog_->range().until(now)->kind == source::KafkaUntil::Kind::CapturedEnd);  // as it was changed
        dialog_->target().setWorkspace(path("first.hindcast"));
        QCOMPARE(dialog_->range().from(now)->time, begun());
        QVERIFY(dialog_->range().until(now)->kind == source::KafkaUntil::Kind::CapturedEnd);
        // What was changed there stays wherever it goes.
        dialog_->target().setWorkspace(path("next.hindcast"));
        dialog_->range().setFrom(RangeForm::From::Earliest);
        dialog_->target().setWorkspace(path("first.hindcast"));
        QVERIFY(dialog_->range().from(now)->kind == source::KafkaStart::Kind::Earliest);
    }

    void whatWasLeftOfAReadingIsNotGoneOnWithInAnotherWorkspace()
    {
        goOn();
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("first.hindcast"));
        dialog_->begin();
        QCOMPARE(dialog_->range().from(Timestamp::now())->time, begun());
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->request()->kafka.positions.size(), std::size_t{1});
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("next.hindcast"));
        dialog_->begin();
        const Timestamp now = test::at("2025-11-14T12:00:00Z");
        QCOMPARE(dialog_->range().from(now)->time, test::at("2025-11-13T12:00:00Z"));
        QVERIFY(dialog_->request()->kafka.positions.empty());
    }

    void enterInThePasswordThatWasAskedForConnects()
    {
        for (const Qt::KeyboardModifiers held :
             {Qt::KeyboardModifiers(Qt::NoModifier), Qt::KeyboardModifiers(Qt::ControlModifier)}) {
            open();
            QSignalSpy wanted(dialog_.get(), &ConnectDialog::connectRequested);
            dialog_->setWorkspace(path("shop.hindcast"));
            source::KafkaOptions kafka;
            kafka.connection.brokers = "kafka-1:9094";
            kafka.connection.properties = {
                {"security.protocol", "SASL_SSL"}, {"sasl.mechanism", "SCRAM-SHA-512"}, {"sasl.username", "auditor"}};
            kafka.topics = {"orders"};
            dialog_->goOn(kafka, ConnectDialog::Secrets::Asked);
            QLineEdit& password = dialog_->connection().security().password();
            QTest::keyClick(&password, Qt::Key_Return, held);  // with nothing in it yet
            QVERIFY(dialog_->isVisible() && wanted.isEmpty());
            QTest::keyClicks(&password, QStringLiteral("secret"));
            QTest::keyClick(&password, Qt::Key_Return, held);
            QCOMPARE(wanted.count(), 1);
            QVERIFY(!dialog_->isVisible());
            const auto request = wanted.front().front().value<ConnectRequest>();
            QCOMPARE(request.kafka.connection.properties.at("sasl.password"), std::string("secret"));
        }
    }

private:
    static Timestamp begun() { return test::at("2025-11-04T09:14:22.118Z"); }

    void make(const char* name) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a file");
    }

    /// What kafka.hindcast tells of itself where it was read from another cluster.
    [[nodiscard]] StoredTopics anothers() const
    {
        StoredTopics out;
        out.workspace = path("kafka.hindcast");
        out.events = 582'005;
        out.reading.emplace();
        out.reading->cluster = "another";
        out.reading->kafka.connection.brokers = "kafka-9:9094";
        return out;
    }

    /// What that workspace tells of itself.
    [[nodiscard]] StoredTopics stored(std::uint64_t diskLimit, std::uint64_t fileBytes) const
    {
        StoredTopics out;
        out.workspace = path("first.hindcast");
        out.reading.emplace();
        out.reading->diskLimit = diskLimit;
        out.fileBytes = fileBytes;
        return out;
    }

    /// The dialog of the workspace that was read from then on, as the window opens it.
    void goOn()
    {
        open();
        dialog_->setWorkspace(path("first.hindcast"));
        source::KafkaOptions kafka;
        kafka.connection.brokers = test::kThreeBrokers.toStdString();
        kafka.topics = {"orders"};
        kafka.from.kind = source::KafkaStart::Kind::Time;
        kafka.from.time = begun();
        kafka.until.kind = source::KafkaUntil::Kind::Never;
        kafka.bytesPerSecond = 20'000'000;
        kafka.positions = {{SourceStream{"orders", Partition{0}}, Offset{7}}};
        dialog_->goOn(kafka, ConnectDialog::Secrets::Known);
        dialog_->begin();
    }
};

QTEST_MAIN(TestResumed)
#include "test_resumed.moc"
