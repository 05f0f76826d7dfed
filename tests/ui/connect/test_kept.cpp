// What the connect dialog keeps: what was filled in, what a profile was read with, and which mapping a workspace holds.
#include "core/ingest/ingest.h"
#include "core/store/store.h"
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/bind_connect.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/profiles.h"
#include "ui/connect/properties_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/session/workspace_probe.h"

#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;
using test::cluster;
using test::guess;

class TestKept final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

    void whatWasFilledInIsThereAgainAfterEscape()
    {
        fill();
        dialog_->connection().properties().setProperties(
            {{"security.protocol", "SASL_SSL"}, {"sasl.mechanism", "PLAIN"}, {"sasl.password", "hunter2-secret"}});
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("-2h"));
        dialog_->range().setUntil(RangeForm::Until::End);
        dialog_->connection().rate().setLimit(5'000'000);
        dialog_->target().disk().setLimit(std::nullopt);
        dialog_->mapping().field(MappingEditor::Id).setEditText(QStringLiteral("/order_id"));
        dialog_->target().setWorkspace(path("mine.hindcast"));
        QTest::keyClick(dialog_.get(), Qt::Key_Escape);
        QVERIFY(!dialog_->isVisible());

        dialog_ = std::make_unique<ConnectDialog>(theme_, *profiles_);
        dialog_->setBrokers(QStringLiteral("localhost:9092"));
        dialog_->setWorkspace(path("kafka.hindcast"));
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        dialog_->begin();
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("kafka-1:9094,kafka-2:9094,kafka-3:9094"));
        QCOMPARE(dialog_->connection().connection().properties.at("sasl.password"), std::string("hunter2-secret"));
        QCOMPARE(dialog_->topics().total(), 7);
        QCOMPARE(dialog_->topics().chosen(), QStringList({QStringLiteral("orders"), QStringLiteral("payments")}));
        QCOMPARE(dialog_->target().workspace(), path("mine.hindcast"));
        const Timestamp now = test::at("2025-11-04T12:00:00Z");
        QCOMPARE(dialog_->range().from(now)->time, test::at("2025-11-04T10:00:00Z"));
        QVERIFY(dialog_->range().until(now)->kind == source::KafkaUntil::Kind::CapturedEnd);
        const auto request = dialog_->request();
        QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
        QCOMPARE(request->kafka.bytesPerSecond, std::optional<std::uint64_t>(5'000'000));
        QVERIFY(!request->ingest.diskLimit);
        QCOMPARE(request->ingest.mappings.size(), std::size_t(1));
        QCOMPARE(request->ingest.mappings.front().entities.front().id.front().at.text(), std::string("/order_id"));
        QVERIFY(sampling.count() >= 1);  // the samples are this dialog's to be read
        // In memory only.
        QSettings().sync();
        QFile file(QSettings().fileName());
        QVERIFY(!file.open(QIODevice::ReadOnly) || !file.readAll().contains("hunter2"));
    }

    void aWorkspaceThatWasNamedIsNotTakenForAnotherThatIsOpenByThen()
    {
        fill();
        dialog_->target().setWorkspace(path("mine.hindcast"));
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("opened.hindcast"));
        dialog_->begin();
        QCOMPARE(dialog_->target().workspace(), path("opened.hindcast"));
        QCOMPARE(dialog_->topics().chosen(), QStringList{QStringLiteral("orders")});  // all else is as it was left
        QCOMPARE(dialog_->request()->workspace, path("opened.hindcast"));
    }

    void theWindowsCloseKeepsItAndConnectingNeedsItNoMore()
    {
        dialog_->setBrokers(QStringLiteral("kafka-7:9094"));
        dialog_->close();
        open();
        dialog_->begin();
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("kafka-7:9094"));
        fill();
        dialog_->connectButton().click();
        QVERIFY(!profiles_->draft());
        QCOMPARE(profiles_->count(), 1);
    }

    void aWorkspaceThatNobodyNamedIsProposedAnew()
    {
        dialog_->setWorkspace(path("first.hindcast"));
        dialog_->reject();
        open();
        dialog_->setWorkspace(path("second.hindcast"));
        dialog_->begin();
        QCOMPARE(dialog_->target().workspace(), path("second.hindcast"));
    }

    void aProfileThatWasBeingChangedIsTheOneAgain()
    {
        profiles_->remember(-1, QStringLiteral("localhost:9092"), {});
        profiles_->remember(-1, QStringLiteral("kafka-1:9094"), {}, QStringLiteral("shop"));
        open();
        QTest::keyClick(&dialog_->profiles().rows(), Qt::Key_Down);
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("localhost:9092"));
        dialog_->setBrokers(QStringLiteral("localhost:9093"));
        dialog_->reject();
        open();
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("kafka-1:9094"));
        dialog_->begin();
        QCOMPARE(dialog_->profiles().current(), 1);
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("localhost:9093"));
        // A new one is an empty one.
        QTest::mouseClick(&dialog_->profiles().newButton(), Qt::LeftButton);
        QVERIFY(dialog_->connection().brokersField().text().isEmpty());
    }

    void aProfileRemembersWhatWasReadAndChoosesItAgain()
    {
        fill();
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        dialog_->range().setFrom(RangeForm::From::LastRecords, QStringLiteral("5000"));
        dialog_->range().setUntil(RangeForm::Until::End);
        dialog_->connection().rate().setLimit(std::nullopt);
        dialog_->target().disk().setLimit(2'000'000'000);
        dialog_->connectButton().click();

        profiles_ = std::make_unique<Profiles>();  // of another session
        open();
        QCOMPARE(dialog_->range().from(Timestamp::now())->offset, std::int64_t(5000));
        QVERIFY(dialog_->range().until(Timestamp::now())->kind == source::KafkaUntil::Kind::CapturedEnd);
        QVERIFY(!*dialog_->connection().rate().limit());
        // The limit on disk is its workspace's: the next one gets the usual one.
        QCOMPARE(*dialog_->target().disk().limit(), std::optional<std::uint64_t>(10'000'000'000));
        QCOMPARE(dialog_->target().disk().currentText(), QStringLiteral("≤ 10 GB"));
        QVERIFY(dialog_->topics().chosen().isEmpty());  // nothing is listed yet
        auto found = cluster();
        std::erase_if(found.topics, [](const source::TopicInfo& topic) { return topic.name == "payments"; });
        dialog_->connection().testButton().click();
        dialog_->showTopics(found);
        QCOMPARE(dialog_->topics().chosen(), QStringList{QStringLiteral("orders")});
        QVERIFY2(dialog_->topicsHint().contains(QStringLiteral("not here any more: payments")),
                 qPrintable(dialog_->topicsHint()));
        // What is put back is not chosen again by another test.
        dialog_->topics().setChosen(QStringLiteral("orders"), false);
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        QVERIFY(dialog_->topics().chosen().isEmpty());
        // A new connection begins as usual.
        QTest::mouseClick(&dialog_->profiles().newButton(), Qt::LeftButton);
        QCOMPARE(*dialog_->connection().rate().limit(), std::optional<std::uint64_t>(20'000'000));
        QVERIFY(dialog_->range().until(Timestamp::now())->kind == source::KafkaUntil::Kind::Never);
    }

    void aCorrectedMappingIsProposedToTheNextWorkspace()
    {
        fill();
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("/kind"));
        dialog_->connectButton().click();

        profiles_ = std::make_unique<Profiles>();  // of another session
        open();
        dialog_->setWorkspace(path("next.hindcast"));
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        QVERIFY2(shows("/kind", "as you set it when this cluster was read before"), qPrintable(dialog_->mappingHint()));
        dialog_->showSampled(QStringLiteral("orders"), guess(), 200);
        QVERIFY2(shows("/kind", "as you set it"), qPrintable(dialog_->mappingHint()));
        // As a guess is: a workspace that has its own keeps that.
        const auto request = dialog_->request();
        QVERIFY2(request.has_value(), request ? "" : qPrintable(request.error()));
        QVERIFY(request->ingest.mappings.empty());
        QCOMPARE(request->ingest.proposals.size(), std::size_t(1));
        QCOMPARE(request->ingest.proposals.front().type->at.text(), std::string("/kind"));
        // The samples' is a click away, and another cluster's topics are others.
        QVERIFY(dialog_->guessButton().isVisible());
        dialog_->setBrokers(QStringLiteral("kafka-9:9094"));
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        dialog_->showSampled(QStringLiteral("orders"), guess(), 200);
        QVERIFY2(shows("/event_type", "guessed from"), qPrintable(dialog_->mappingHint()));
    }

    void oneMoreBrokerKeepsTheTopicsThatWereChosen()
    {
        fill();
        dialog_->setBrokers(QStringLiteral("kafka-1:9094,kafka-4:9094"));
        QVERIFY(dialog_->topics().chosen().isEmpty());
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->topics().chosen(), QStringList{QStringLiteral("orders")});
    }

    void theMappingShownIsTheOneThatWillBeUsed()
    {
        decode::Mapping held = guess().mapping;
        held.type.reset();
        make("shop.hindcast");
        make("other.hindcast");
        fill();
        QSignalSpy looks(dialog_.get(), &ConnectDialog::storedWanted);
        dialog_->target().setWorkspace(path("shop.hindcast"));
        QVERIFY2(dialog_->mappingHint().contains(QStringLiteral("looking")), qPrintable(dialog_->mappingHint()));
        QVERIFY(looks.wait(5000));
        QCOMPARE(looks.takeLast().at(0).toString(), path("shop.hindcast"));
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        dialog_->showStored({path("shop.hindcast"), {held}, {}, {}});
        QVERIFY(previews.takeLast().at(1).value<decode::Mapping>() == held);
        QVERIFY(shows({}, "the workspace's own"));
        QVERIFY(dialog_->request()->ingest.mappings.empty() && dialog_->request()->ingest.proposals.empty());
        // Samples that come later are guessed from, and the workspace's holds on.
        dialog_->showSampled(QStringLiteral("orders"), guess());
        QVERIFY(previews.takeLast().at(1).value<decode::Mapping>() == held);
        // A file that is not there yet knows nothing of it: the fields are the guess's again, as the words say.
        dialog_->target().setWorkspace(path("new.hindcast"));
        QVERIFY(shows("/event_type", "guessed from"));
        QVERIFY(previews.takeLast().at(1).value<decode::Mapping>() == guess().mapping);
        QCOMPARE(dialog_->request()->ingest.proposals.size(), std::size_t(1));
        // Nor is an answer about one taken for another's.
        dialog_->showStored({path("shop.hindcast"), {held}, {}, {}});
        QVERIFY(shows("/event_type", "guessed from"));
        dialog_->target().setWorkspace(path("other.hindcast"));
        QVERIFY(looks.wait(5000));
        dialog_->showStored({path("other.hindcast"), {held}, {}, {}});
        QVERIFY(shows({}, "the workspace's own"));
        // The user's own holds wherever it goes, and the words say what that does.
        dialog_->mapping().field(MappingEditor::Id).setEditText(QStringLiteral("/order_id"));
        QVERIFY(shows({}, "decoded anew"));
        QCOMPARE(dialog_->request()->ingest.mappings.size(), std::size_t(1));
        dialog_->target().setWorkspace(path("new.hindcast"));
        QVERIFY(shows({}, "changed by you"));
        QCOMPARE(dialog_->request()->ingest.mappings.size(), std::size_t(1));
        dialog_->target().setWorkspace(path("shop.hindcast"));
        QVERIFY(looks.wait(5000));
        dialog_->showStored({path("shop.hindcast"), {held}, {}, {}});
        dialog_->mapping().field(MappingEditor::Id).setEditText(QStringLiteral("message key"));
        QVERIFY(shows({}, "the workspace's own"));
        QVERIFY(dialog_->request()->ingest.mappings.empty());
    }

    void aTestThatFailsLeavesWhatIsKnownFromBefore()
    {
        fill();
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        dialog_->connection().testButton().click();
        QVERIFY(shows("/event_type", "guessed from"));
        dialog_->showFailed(QStringLiteral("cannot reach kafka-1:9094"), QStringLiteral("connection refused"), {});
        QVERIFY(shows("/event_type", "guessed from"));
        QCOMPARE(dialog_->samples().rowCount(), qint64(5));
        QCOMPARE(dialog_->request()->ingest.proposals.size(), std::size_t(1));
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("/kind"));
        QCOMPARE(previews.count(), 1);
        QCOMPARE(sampling.count(), 0);
        // An answer is a new beginning; what the user wrote stays.
        dialog_->connection().testButton().click();
        dialog_->showTopics(cluster());
        QVERIFY(shows("/kind", "changed by you"));
        QCOMPARE(sampling.count(), 1);
    }

    void anEmptyTopicIsGuessedFromItsFirstRecords()
    {
        fill();
        dialog_->topics().setChosen(QStringLiteral("orders"), false);
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        decode::Guess nothing;
        nothing.mapping.topic = "payments";
        nothing.reasons = {"no records to look at: the key is the id and the topic the category"};
        dialog_->showSampled(QStringLiteral("payments"), nothing, 0);
        dialog_->showPreview(QStringLiteral("payments"), {});
        QVERIFY(shows({}, "guessed when the first records come"));
        QCOMPARE(dialog_->mapping().field(MappingEditor::Id).lineEdit()->placeholderText(),
                 QStringLiteral("guessed from the first records"));
        // Nothing is proposed, or that would hold.
        QVERIFY(dialog_->request()->ingest.mappings.empty() && dialog_->request()->ingest.proposals.empty());
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("/kind"));
        QCOMPARE(dialog_->mapping().field(MappingEditor::Id).lineEdit()->placeholderText(), QStringLiteral("message key"));
        QCOMPARE(dialog_->request()->ingest.mappings.size(), std::size_t(1));
    }

    void aFileIsLookedIntoWithoutBeingOpened()
    {
        decode::Mapping held = guess().mapping;
        {
            auto store = store::Store::open(path("shop.hindcast").toStdString(), store::Mode::CreateOrOpen);
            QVERIFY(store.has_value());
            Json mappings = Json::array();
            mappings.push_back(decode::toJson(held));
            QVERIFY((*store)->saveSetting("mappings", mappings).has_value());
        }
        QFile text(path("letter.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write("Dear Ada, this is no workspace, and it is long enough to be looked at.\n");
        text.close();
        WorkspaceProbe probe;
        bind(*dialog_, probe);
        QSignalSpy looked(&probe, &WorkspaceProbe::looked);
        fill();
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("/event_type"));
        dialog_->target().setWorkspace(path("shop.hindcast"));
        QVERIFY(QTest::qWaitFor([&] { return dialog_->mappingHint().contains(QStringLiteral("the workspace's own")); }, 10'000));
        QCOMPARE(looked.last().at(0).value<StoredTopics>().fileBytes,
                 static_cast<std::uint64_t>(QFileInfo(path("shop.hindcast")).size()));
        // What is none cannot be read into, and that is said before it is tried.
        dialog_->target().setWorkspace(text.fileName());
        QVERIFY(QTest::qWaitFor([&] { return !dialog_->connectButton().isEnabled(); }, 10'000));
        QVERIFY2(dialog_->request().error().contains(QStringLiteral("letter.txt")), qPrintable(dialog_->request().error()));
        dialog_->target().setWorkspace(path("new.hindcast"));
        QVERIFY(dialog_->connectButton().isEnabled());
        QVERIFY(!QFile::exists(path("new.hindcast")));
        QVERIFY(!QFile::exists(path("shop.hindcast-lock")));
    }

private:
    void make(const char* name) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a file");
    }

    void fill() { fillIn(test::kThreeBrokers, path("kafka.hindcast")); }

    /// The field of the type and the words above it.
    bool shows(const char* type, const char* words)
    {
        return dialog_->mapping().field(MappingEditor::Type).currentText() == QString::fromLatin1(type) &&
               dialog_->mappingHint().contains(QString::fromLatin1(words));
    }
};

QTEST_MAIN(TestKept)
#include "test_kept.moc"
