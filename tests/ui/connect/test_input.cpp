// What is typed into the connect dialog: understood, or refused where it stands; and what keys and buttons do.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/profiles.h"
#include "ui/connect/properties_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/security_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using decode::FieldSource;
using test::cluster;
using test::guess;
using test::samples;

class TestInput final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

    void aLimitThatCannotBeReadIsSaidAtItsField()
    {
        fill();
        dialog_->target().disk().setEditText(QStringLiteral("12 MB"));
        QCOMPARE(dialog_->request()->ingest.diskLimit, std::optional<std::uint64_t>(12'000'000));
        dialog_->connection().rate().setEditText(QStringLiteral("100 kB/s"));
        QCOMPARE(dialog_->request()->kafka.bytesPerSecond, std::optional<std::uint64_t>(100'000));
        dialog_->connection().rate().setEditText(QStringLiteral("100 kbit/s"));
        dialog_->target().disk().setEditText(QStringLiteral("12 MB/s"));
        QVERIFY(!dialog_->connectButton().isEnabled());
        QVERIFY(says("What is wrong with the speed", "“kbit”") && says("What is wrong with the limit", "a speed"));
        QVERIFY(dialog_->target().disk().property("wrong").toBool());
        test::picture(*dialog_, QStringLiteral("connect-limits"));
        dialog_->connection().rate().setLimit(std::nullopt);
        dialog_->target().disk().setLimit(std::nullopt);
        QVERIFY(dialog_->connectButton().isEnabled());
        QVERIFY(says("What is wrong with the speed", nullptr) && says("What is wrong with the limit", nullptr));
    }

    void aProfileKeepsItsClusterWhenAnotherIsConnectedTo()
    {
        profiles_->remember(-1, QStringLiteral("kafka-1:9094"), {{"security.protocol", "SSL"}},
                            QStringLiteral("shop · production"));
        open();
        QCOMPARE(dialog_->profiles().current(), 0);
        fill("localhost:9092");
        QVERIFY2(dialog_->verdict().contains(QStringLiteral("new profile: “shop · production” stays")),
                 qPrintable(dialog_->verdict()));
        dialog_->connectButton().click();
        QCOMPARE(profiles_->count(), 2);
        QCOMPARE(profiles_->at(0).name, QStringLiteral("localhost:9092"));
        QCOMPARE(profiles_->at(1).name, QStringLiteral("shop · production"));
        QCOMPARE(profiles_->at(1).brokers, QStringLiteral("kafka-1:9094"));
        // Another way in is another connection; its name says who signs in.
        open();
        fill("localhost:9092");
        dialog_->connection().properties().setProperties({{"security.protocol", "SASL_SSL"},
                                                          {"sasl.mechanism", "PLAIN"},
                                                          {"sasl.username", "auditor"},
                                                          {"sasl.password", "one"}});
        dialog_->connectButton().click();
        QCOMPARE(profiles_->count(), 3);
        QCOMPARE(profiles_->at(0).name, QStringLiteral("localhost:9092 · auditor"));
        QCOMPARE(profiles_->at(1).name, QStringLiteral("localhost:9092"));
        QVERIFY(!profiles_->at(1).properties.contains("sasl.username"));
        // Another password, topics or speed are not.
        open();
        fill("localhost:9092");
        dialog_->connection().properties().add(QStringLiteral("sasl.password"), QStringLiteral("two"));
        dialog_->connection().properties().add(QStringLiteral("fetch.wait.max.ms"), QStringLiteral("50"));
        QVERIFY(!dialog_->verdict().contains(QStringLiteral("profile")));
        dialog_->connectButton().click();
        QCOMPARE(profiles_->count(), 3);
        QCOMPARE(profiles_->at(0).properties.at("sasl.password"), std::string("two"));
        // What is there already is not kept twice.
        open();
        dialog_->profiles().setCurrent(2);
        emit dialog_->profiles().chosen(2);
        fill("localhost:9092");
        QVERIFY2(dialog_->verdict().contains(QStringLiteral("kept as profile “localhost:9092”")), qPrintable(dialog_->verdict()));
        dialog_->connectButton().click();
        QCOMPARE(profiles_->count(), 3);
    }

    void aSignInNeedsAMechanismAndThatIsSaid()
    {
        QSignalSpy asked(dialog_.get(), &ConnectDialog::listTopicsWanted);
        fill();
        SecurityForm& security = dialog_->connection().security();
        QVERIFY(!security.lacksMechanism());
        dialog_->connection().properties().setProperties(
            {{"security.protocol", "SASL_PLAINTEXT"}, {"sasl.username", "auditor"}, {"sasl.password", "x"}});
        QVERIFY(security.lacksMechanism() && security.mechanism().property("wrong").toBool());
        QVERIFY(!dialog_->connectButton().isEnabled());
        QVERIFY(dialog_->verdict().contains(QStringLiteral("mechanism")));
        dialog_->connection().testButton().click();
        QCOMPARE(asked.count(), 0);
        QVERIFY(security.isVisible() && says("What is missing to sign in", "PLAIN or SCRAM"));
        QVERIFY2(dialog_->connection().outcome().contains(QStringLiteral("No mechanism")),
                 qPrintable(dialog_->connection().outcome()));
        test::picture(*dialog_, QStringLiteral("connect-mechanism"));
        security.mechanism().setFocus();
        QTest::keyClick(&security.mechanism(), Qt::Key_Down);
        QCOMPARE(security.properties().properties().at("sasl.mechanism"), std::string("PLAIN"));
        QVERIFY(!security.lacksMechanism() && says("What is missing to sign in", nullptr));
        dialog_->connection().testButton().click();
        QCOMPARE(asked.count(), 1);
        // Kerberos that is set up by its own properties is a mechanism that was named.
        security.properties().setProperties({{"security.protocol", "SASL_SSL"}, {"sasl.kerberos.principal", "me"}});
        QVERIFY(!security.lacksMechanism());
    }

    void aSignInNeedsAPasswordAndThatIsSaid()
    {
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::connectRequested);
        fill();
        SecurityForm& security = dialog_->connection().security();
        dialog_->connection().securityButton().setChecked(true);
        for (const char* mechanism : {"PLAIN", "SCRAM-SHA-512"}) {
            security.properties().setProperties(
                {{"security.protocol", "SASL_PLAINTEXT"}, {"sasl.mechanism", mechanism}, {"sasl.username", "auditor"}});
            QVERIFY(!dialog_->connectButton().isEnabled());
            QVERIFY2(dialog_->verdict().contains(QStringLiteral("Give the password")), qPrintable(dialog_->verdict()));
            QVERIFY(security.password().property("wrong").toBool() && !security.mechanism().property("wrong").toBool());
            QVERIFY(says("What is missing to sign in", "password of “auditor”"));
            QTest::keyClick(dialog_.get(), Qt::Key_Return, Qt::ControlModifier);
            QVERIFY(dialog_->isVisible() && wanted.isEmpty());
            security.password().setFocus();
            QTest::keyClicks(&security.password(), QStringLiteral("x"));
            QVERIFY(dialog_->connectButton().isEnabled());
            QVERIFY(!security.password().property("wrong").toBool() && says("What is missing to sign in", nullptr));
        }
        // Enter in the field is the field's, where nobody asked for the password.
        QTest::keyClick(&security.password(), Qt::Key_Return);
        QVERIFY(dialog_->isVisible() && wanted.isEmpty());
    }

    void spaceTicksTheTopicThatTabLedTo()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->showTopics(cluster());
        QApplication::setActiveWindow(dialog_.get());
        TopicsTable& table = dialog_->topics();
        QVERIFY(table.currentTopic().isEmpty());
        table.setFocus(Qt::TabFocusReason);
        QCOMPARE(table.currentRow(), qint64{0});
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(table.chosen(), QStringList{table.currentTopic()});
        QTest::keyClick(&table, Qt::Key_Space);
        QVERIFY(table.chosen().isEmpty());
        // Of another list, with the focus on it, the row one stands upon is seen as well.
        table.setFilter(QStringLiteral("pay"));
        QCOMPARE(table.currentTopic(), QStringLiteral("payments"));
        table.setFilter(QStringLiteral("no such topic"));
        QTest::keyClick(&table, Qt::Key_Space);
        QCOMPARE(table.rowCount(), qint64{0});
        QVERIFY(table.chosen().isEmpty());
        QVERIFY(table.hasFocus());  // and not the filter
    }

    void aRowIsBlueWhereItsTopicIsTickedAndNotForStandingOnIt()
    {
        fill();
        TopicsTable& table = dialog_->topics();
        const auto ground = [&](qint64 row) {
            const QRect cell = table.cellRect(row, TopicsTable::Name);
            return table.viewport()->grab().toImage().pixelColor(cell.right() + 2, cell.center().y());
        };
        for (qint64 row = 0; row < 2; ++row) {
            table.setCurrentRow(row);
            const QString topic = table.currentTopic();
            table.setChosen(topic, false);
            table.setCurrentRow(row);
            QCOMPARE(ground(row), theme_.color(Theme::Role::Field));
            table.setChosen(topic, true);
            table.setCurrentRow(row);
            QCOMPARE(ground(row), theme_.color(Theme::Role::Selection));
            table.setCurrentRow(row + 1);
            QCOMPARE(ground(row), theme_.color(Theme::Role::AccentSoft));
        }
    }

    void whatTheGoToBoxTakesIsTakenForAMoment_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("moment");
        for (const auto& [text, moment] :
             std::vector<std::pair<const char*, const char*>>{{"yesterday", "2025-11-03T00:00:00Z"},
                                                              {"2h ago", "2025-11-04T10:00:00Z"},
                                                              {"2 hours ago", "2025-11-04T10:00:00Z"},
                                                              {"yesterday 14:00", "2025-11-03T14:00:00Z"},
                                                              {"last tuesday 2pm", "2025-10-28T14:00:00Z"},
                                                              {"09:14", "2025-11-04T09:14:00Z"},
                                                              {"4 Nov 2025 09:14", "2025-11-04T09:14:00Z"},
                                                              {"-2h", "2025-11-04T10:00:00Z"},
                                                              {"2025-11-04 09:14", "2025-11-04T09:14:00Z"}})
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(moment);
    }
    void whatTheGoToBoxTakesIsTakenForAMoment()
    {
        QFETCH(QString, text);
        QFETCH(QString, moment);
        RangeForm form(theme_);
        form.setFrom(RangeForm::From::Time, text);
        form.setUntil(RangeForm::Until::Time, text);
        const Timestamp now = test::at("2025-11-04T12:00:00Z");
        const auto from = form.from(now);
        QVERIFY2(from.has_value(), from ? "" : qPrintable(from.error()));
        QCOMPARE(from->time, test::at(qPrintable(moment)));
        QCOMPARE(form.until(now)->time, test::at(qPrintable(moment)));
    }

    void aMomentThatIsNoneIsSaidAtItsFieldAndNothingIsEstimated()
    {
        fill();
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::estimateWanted);
        QVERIFY(!dialog_->range().estimate().isEmpty());
        dialog_->range().setFrom(RangeForm::From::Time);
        QVERIFY(dialog_->range().error().isEmpty());  // nothing is written yet
        QVERIFY(dialog_->range().estimate().isEmpty());
        dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("the day before"));
        QVERIFY2(dialog_->range().error().contains(QStringLiteral("“the day before” is no time")),
                 qPrintable(dialog_->range().error()));
        QVERIFY(says("What is wrong with the range", "From: "));
        QVERIFY(dialog_->range().estimate().isEmpty());
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 2'100'000, false}}});  // an answer that was on its way
        QVERIFY(dialog_->range().estimate().isEmpty());
        QVERIFY(!dialog_->connectButton().isEnabled());
        test::picture(*dialog_, QStringLiteral("connect-from"));
        dialog_->range().setFrom(RangeForm::From::Time, QStringLiteral("yesterday"));
        QVERIFY(dialog_->range().error().isEmpty() && dialog_->connectButton().isEnabled());
        QVERIFY(wanted.wait(2000));
    }

    void aTestThatRunsSaysWhatItWaitsForAndIsCancelled()
    {
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::listTopicsWanted);
        QSignalSpy cancelled(dialog_.get(), &ConnectDialog::cancelWanted);
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        QPushButton& button = dialog_->connection().testButton();
        button.click();
        QCOMPARE(button.text(), QStringLiteral("Cancel"));
        QCOMPARE(dialog_->connection().steps(), QStringLiteral("looking up names…"));
        using Kind = source::ConnectStep::Kind;
        dialog_->showStep({Kind::Names, true, {}});
        QCOMPARE(dialog_->connection().steps(), QStringLiteral("✓ names connecting by TCP…"));
        dialog_->showStep({Kind::Tcp, true, {}});
        QCOMPARE(dialog_->connection().steps(), QStringLiteral("✓ names ✓ TCP waiting for an answer, up to 10 s…"));
        test::picture(*dialog_, QStringLiteral("connect-asking"));
        // Enter in the field does not cancel what is under way.
        QTest::keyClick(&dialog_->connection().brokersField(), Qt::Key_Return);
        QCOMPARE(cancelled.count(), 0);
        button.click();
        QCOMPARE(cancelled.count(), 1);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(button.text(), QStringLiteral("Test connection"));
        QCOMPARE(dialog_->connection().outcome(), QStringLiteral("cancelled"));
        dialog_->showTopics(cluster());  // was on its way
        QCOMPARE(dialog_->topics().total(), 0);
        button.click();
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->topics().total(), 7);
    }

    void theGuessIsOneClickAway()
    {
        fill();
        QVERIFY(!dialog_->guessButton().isVisible());
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("/kind"));
        QVERIFY(dialog_->guessButton().isVisible());
        test::picture(*dialog_, QStringLiteral("connect-guess"));
        dialog_->guessButton().click();
        QCOMPARE(dialog_->mapping().field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        QVERIFY(!dialog_->guessButton().isVisible());
        QVERIFY(dialog_->request()->ingest.mappings.empty());
        // Also from what cannot be understood.
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("no place"));
        QVERIFY(dialog_->guessButton().isVisible() && !dialog_->connectButton().isEnabled());
        dialog_->guessButton().click();
        QVERIFY(dialog_->mapping().error().isEmpty() && dialog_->connectButton().isEnabled());
        // And from what the workspace has.
        decode::Mapping held = guess().mapping;
        held.type.reset();
        dialog_->showStored({dialog_->target().workspace(), {held}, {}, {}});
        QVERIFY(dialog_->guessButton().isVisible());
        dialog_->guessButton().click();
        QCOMPARE(dialog_->request()->ingest.mappings.size(), std::size_t{1});
        QVERIFY2(dialog_->mappingHint().contains(QStringLiteral("decoded anew")), qPrintable(dialog_->mappingHint()));
    }

    void aNameIsWrittenBehindMoreWhichTellsWhatIsSetAndOpensByNobodyElse()
    {
        fill();
        MappingEditor& editor = dialog_->mapping();
        QVERIFY(!editor.field(MappingEditor::Name).isVisible());
        QCOMPARE(editor.moreButton().text(), QStringLiteral("More…"));
        decode::Guess richer = guess();
        richer.mapping.correlation = FieldSource{FieldSource::From::Value, *Pointer::parse("/correlation_id"), {}, {}, {}, 0, {}};
        dialog_->showSampled(QStringLiteral("orders"), richer, 200);
        dialog_->showPreview(QStringLiteral("orders"), samples());
        QVERIFY(!editor.field(MappingEditor::Correlation).isVisible());
        QCOMPARE(editor.moreButton().text(), QStringLiteral("More (1 set)…"));
        QVERIFY(editor.moreButton().toolTip().contains(QStringLiteral("Set: Correlation")));
        editor.moreButton().click();
        QComboBox& name = editor.field(MappingEditor::Name);
        QVERIFY(name.isVisible());
        QVERIFY(name.findText(QStringLiteral("state /order_id")) >= 0);
        name.setEditText(QStringLiteral("state /name"));
        QCOMPARE(editor.moreButton().text(), QStringLiteral("More (2 set)…"));
        const auto mappings = dialog_->request()->ingest.mappings;
        QCOMPARE(mappings.size(), std::size_t{1});
        QVERIFY(mappings.front().name && mappings.front().name->from == FieldSource::From::State);
        QCOMPARE(mappings.front().name->at.text(), std::string("/name"));
        test::picture(*dialog_, QStringLiteral("connect-name"));
        name.setEditText(QString());
        QVERIFY(dialog_->request()->ingest.mappings.empty());
    }

    void whatIsBeingReadIntoTheSameFileIsSaidBeforeConnecting()
    {
        fill();
        OpenWorkspace open{dialog_->target().workspace(), QStringLiteral("noisy · kafka-1:9094"), true, true, {}};
        dialog_->setOpenWorkspace(open);
        QVERIFY2(dialog_->verdict().contains(QStringLiteral("noisy · kafka-1:9094 is being read: it stops for a moment")),
                 qPrintable(dialog_->verdict()));
        QVERIFY(dialog_->connectButton().isEnabled());
        open.source = QStringLiteral("noisy · elsewhere:9092");
        dialog_->setOpenWorkspace(open);
        QVERIFY(dialog_->verdict().contains(QStringLiteral("connecting stops that at its place")));
        // A file that is being imported cannot stop and go on.
        open.source = QStringLiteral("events.jsonl");
        open.resumable = false;
        dialog_->setOpenWorkspace(open);
        QVERIFY(!dialog_->connectButton().isEnabled());
        QVERIFY(dialog_->verdict().contains(QStringLiteral("events.jsonl is being read into this workspace: wait for its end")));
        open.reading = false;
        dialog_->setOpenWorkspace(open);
        QVERIFY(dialog_->connectButton().isEnabled());
        open.reading = true;
        dialog_->setOpenWorkspace(open);
        dialog_->target().setWorkspace(folder_->filePath(QStringLiteral("another.hindcast")));
        QVERIFY(dialog_->connectButton().isEnabled());
    }

    void theEstimateOfWhatIsBeingReadCountsFromWhereThatIsNow()
    {
        fill();
        auto info = cluster();
        std::int64_t now = 1000;
        const SourceStream stream{"orders", Partition{0}};
        const auto positions = [&] {
            std::map<std::string, std::vector<source::Resume>> out;
            out[info.clusterId].push_back({stream, Offset{now}});
            return out;
        };
        dialog_->setOpenWorkspace(
            {dialog_->target().workspace(), QStringLiteral("orders · kafka-1:9094"), true, true, positions});
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::estimateWanted);
        now = 5000;
        dialog_->range().setFrom(RangeForm::From::Earliest);
        QVERIFY(wanted.wait(2000));
        const auto options = wanted.takeLast().at(0).value<source::KafkaOptions>();
        QCOMPARE(options.positions.size(), std::size_t{1});
        QVERIFY(options.positions.front().next == Offset{5000});
        dialog_->showEstimate(source::KafkaEstimate{{{"orders", 12, false}}});
        QVERIFY2(dialog_->range().estimate().endsWith(QStringLiteral(" · being read now")),
                 qPrintable(dialog_->range().estimate()));
    }

private:
    void fill(const char* brokers = "kafka-1:9094") { fillIn(QLatin1String(brokers), path("kafka.hindcast"), 200); }

    /// The words of that name, in sight where there are any; null: none are.
    [[nodiscard]] bool says(const char* name, const char* words)
    {
        for (const QLabel* label : dialog_->findChildren<QLabel*>())
            if (label->accessibleName() == QLatin1String(name))
                return words == nullptr ? label->isHidden()
                                        : label->isVisible() && label->text().contains(QString::fromUtf8(words));
        return false;
    }
};

QTEST_MAIN(TestInput)
#include "test_input.moc"
