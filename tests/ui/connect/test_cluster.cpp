// The way to a cluster: asked for its topics step by step, with what it takes to be let in.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/failure_words.h"
#include "ui/connect/properties_editor.h"
#include "ui/connect/security_form.h"
#include "ui/connect/topics_table.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::cluster;
using test::topic;

class TestCluster final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

    void topicsAreAskedForAndAnErrorStandsInPlace()
    {
        QSignalSpy wanted(dialog_.get(), &ConnectDialog::listTopicsWanted);
        dialog_->setBrokers(QStringLiteral(" kafka-1:9094, kafka-2:9094 "));
        QTest::mouseClick(&dialog_->connection().testButton(), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.at(0).at(0).value<source::KafkaConnection>().brokers, std::string("kafka-1:9094,kafka-2:9094"));
        QCOMPARE(dialog_->connection().testButton().text(), QStringLiteral("Cancel"));
        dialog_->showStep({source::ConnectStep::Kind::Names, true, {}});
        dialog_->showStep({source::ConnectStep::Kind::Tcp, false, {}});
        dialog_->showFailed(QStringLiteral("cannot reach kafka-1:9094"), QStringLiteral("connection refused"),
                            QStringLiteral("is the broker running?"));
        QCOMPARE(dialog_->connection().steps(), QStringLiteral("✓ names ✗ TCP"));
        QCOMPARE(dialog_->connection().outcome(),
                 QStringLiteral("cannot reach kafka-1:9094: connection refused — is the broker running?"));
        QCOMPARE(dialog_->connection().testButton().text(), QStringLiteral("Test connection"));
        test::picture(*dialog_, QStringLiteral("connect-failed"));
    }

    void aFailureIsToldInTheNamesOfTheFields()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->connection().testButton().click();
        dialog_->showFailed(
            QStringLiteral("cannot set up TLS with kafka-1:9094"),
            QStringLiteral(
                "SSL handshake failed: ../ssl/statem/statem_clnt.c:1889: error:0A000086:SSL routines::certificate verify "
                "failed: : broker certificate could not be verified"),
            QStringLiteral("name the certificate of its authority by ssl.ca.location"));
        QCOMPARE(dialog_->connection().outcome(),
                 QStringLiteral("cannot set up TLS with kafka-1:9094: SSL handshake failed: certificate verify failed: broker "
                                "certificate could not be verified — name the certificate of its authority by “CA file” under "
                                "Security"));
        QCOMPARE(inWordsOfFields(QStringLiteral("the port may not speak TLS: check security.protocol")),
                 QStringLiteral("the port may not speak TLS: check “Protocol” under Security"));
        QCOMPARE(inWordsOfFields(QStringLiteral("check sasl.mechanism, sasl.username and sasl.password")),
                 QStringLiteral("check “Mechanism”, “User” and “Password” under Security"));
        // What is to be written as it stands, and what only looks like it.
        for (const char* text :
             {"give ssl.ca.location=ca.pem", "ssl.ca.location.x is not known", "node.c:9094: Connection refused"})
            QCOMPARE(inWordsOfFields(QString::fromUtf8(text)), QString::fromUtf8(text));
    }

    void aFailureOfAnyStepSaysWhatFailedWhyAndWhatToDo_data()
    {
        using Kind = source::ConnectStep::Kind;
        QTest::addColumn<int>("passed");
        QTest::addColumn<QString>("advice");
        const std::vector<std::pair<const char*, const char*>> all{{"names", "names are written"},
                                                                   {"TCP", "its port"},
                                                                   {"TLS", "certificates, under Security"},
                                                                   {"login", "password, under Security"},
                                                                   {"cluster", "broker's log"}};
        for (int i = 0; i < static_cast<int>(all.size()); ++i)
            QTest::newRow(all[static_cast<std::size_t>(i)].first)
                << i + static_cast<int>(Kind::Names) << QString::fromUtf8(all[static_cast<std::size_t>(i)].second);
        QTest::newRow("before the first") << -1 << QStringLiteral("properties under Security");
    }
    void aFailureOfAnyStepSaysWhatFailedWhyAndWhatToDo()
    {
        QFETCH(int, passed);
        QFETCH(QString, advice);
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->connection().testButton().click();
        for (int step = 0; step < passed; ++step) dialog_->showStep({static_cast<source::ConnectStep::Kind>(step), true, {}});
        if (passed >= 0) dialog_->showStep({static_cast<source::ConnectStep::Kind>(passed), false, {}});
        dialog_->showFailed(QStringLiteral("cannot talk to kafka-1:9094"), {}, {});
        const QString outcome = dialog_->connection().outcome();
        QVERIFY2(outcome.startsWith(QStringLiteral("cannot talk to kafka-1:9094: no reason was given — ")), qPrintable(outcome));
        QVERIFY2(outcome.contains(advice), qPrintable(outcome));
        // Who failed may know better; and another test is not told the advice of this one's step.
        dialog_->connection().testButton().click();
        dialog_->showFailed(QStringLiteral("cannot talk"), QStringLiteral("busy"), QStringLiteral("wait"));
        QCOMPARE(dialog_->connection().outcome(), QStringLiteral("cannot talk: busy — wait"));
    }

    void whatIsMissingBeforeATestIsSaidWithAReason()
    {
        dialog_->connection().testButton().click();
        QCOMPARE(dialog_->connection().outcome(),
                 QStringLiteral("No brokers: no address says whom to ask — write host:port, several with commas between them"));
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->connection().properties().setProperties(
            {{"security.protocol", "SASL_SSL"}, {"sasl.mechanism", "PLAIN"}, {"sasl.username", "auditor"}});
        QVERIFY(dialog_->connection().securityButton().text().endsWith(QStringLiteral("user “auditor” · password to be given")));
        dialog_->connection().testButton().click();
        QVERIFY(dialog_->connection().outcome().startsWith(QStringLiteral("No password: it is kept for a session only — ")));
    }

    void whereNoPasswordIsUsedNoneIsAskedFor()
    {
        QSignalSpy asked(dialog_.get(), &ConnectDialog::listTopicsWanted);
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        const PropertiesEditor& editor = dialog_->connection().properties();
        const auto signInBy = [&](const char* name, const char* mechanism) {
            dialog_->connection().properties().setProperties(
                {{"security.protocol", "SASL_SSL"}, {name, mechanism}, {"sasl.username", "auditor"}});
        };
        int tests = 0;
        for (const auto& [name, mechanism] :
             std::initializer_list<std::pair<const char*, const char*>>{{"sasl.mechanism", "GSSAPI"},
                                                                        {"sasl.mechanisms", "gssapi"},
                                                                        {"sasl.mechanism", "OAUTHBEARER"},
                                                                        {"sasl.kerberos.principal", "auditor@SHOP.EXAMPLE"}}) {
            signInBy(name, mechanism);
            QVERIFY2(!editor.lacksPassword(), mechanism);
            QVERIFY2(!editor.summary().contains(QStringLiteral("password")), qPrintable(editor.summary()));
            dialog_->connection().testButton().click();
            QCOMPARE(asked.count(), ++tests);
            dialog_->showFailed(QStringLiteral("cannot sign in"), QStringLiteral("no ticket"), QStringLiteral("run kinit"));
        }
        for (const char* mechanism : {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
            signInBy("sasl.mechanism", mechanism);
            QVERIFY2(editor.lacksPassword(), mechanism);
        }
    }

    void aFileThatIsTooLargeForPropertiesIsNotRead()
    {
        QFile file(path("server.log"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(2'000'000));
        file.close();
        PropertiesEditor& editor = dialog_->connection().properties();
        QVERIFY(!editor.addFile(file.fileName()));
        QVERIFY2(editor.error().contains(QStringLiteral("larger than 1 MB")), qPrintable(editor.error()));
    }

    void internalTopicsHideUntilTheyAreNamed()
    {
        dialog_->showTopics(cluster());
        QCOMPARE(dialog_->topics().rowCount(), qint64(6));
        dialog_->topics().setFilter(QStringLiteral("__con"));
        QCOMPARE(dialog_->topics().rowCount(), qint64(1));
        dialog_->topics().setFilter(QStringLiteral("zzz"));
        QCOMPARE(dialog_->topics().rowCount(), qint64(0));
        dialog_->topics().setFilter({});
        const auto buttons = dialog_->findChildren<QToolButton*>();
        const auto internal = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* button) {
            return button->text() == QStringLiteral("internal topics");
        });
        QVERIFY(internal != buttons.end() && (*internal)->isVisible());
        QTest::mouseClick(*internal, Qt::LeftButton);
        QCOMPARE(dialog_->topics().rowCount(), qint64(7));
    }

    void theStepsThatWereTakenAreToldOneByOne()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        QTest::mouseClick(&dialog_->connection().testButton(), Qt::LeftButton);
        using Kind = source::ConnectStep::Kind;
        dialog_->showStep({Kind::Names, true, "2 of 3"});
        for (const Kind kind : {Kind::Tcp, Kind::Tls, Kind::Login, Kind::Cluster}) dialog_->showStep({kind, true, {}});
        source::ClusterInfo found = cluster();
        found.version = "4.1 or newer";
        dialog_->showTopics(found);
        QCOMPARE(dialog_->connection().steps(),
                 QStringLiteral("✓ names (2 of 3) ✓ TCP ✓ TLS ✓ SASL ✓ 3 brokers, Kafka 4.1 or newer"));
        // What was found is the cluster's that was asked: other brokers are another one, and its answer is not taken for theirs.
        dialog_->setBrokers(QStringLiteral("kafka-9:9094"));
        QCOMPARE(dialog_->connection().steps(), QString());
        QCOMPARE(dialog_->topics().total(), 0);
        QTest::mouseClick(&dialog_->connection().testButton(), Qt::LeftButton);
        dialog_->setBrokers(QStringLiteral("kafka-8:9094"));
        dialog_->showTopics(found);
        QCOMPARE(dialog_->topics().total(), 0);
    }

    void aSmallerClusterTakesThePlaceOfALargerOne()
    {
        fill();
        TopicsTable& table = dialog_->topics();
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.cellRect(4, TopicsTable::Name).center());
        QCOMPARE(table.currentTopic(), QStringLiteral("orders"));
        source::ClusterInfo small;
        small.topics = {topic("orders", 1, 5, false, "delete")};
        dialog_->showTopics(small);
        QCOMPARE(table.currentTopic(), QStringLiteral("orders"));
        dialog_->setBrokers(QStringLiteral("kafka-9:9094"));
        QCOMPARE(table.rowCount(), qint64(0));
        QVERIFY(table.chosen().isEmpty());
        QVERIFY(!dialog_->connectButton().isEnabled());
    }

    void fieldsAndRawPropertiesStayInStep()
    {
        SecurityForm& form = dialog_->connection().security();
        QTest::mouseClick(&dialog_->connection().securityButton(), Qt::LeftButton);
        QVERIFY(form.isVisible() && !dialog_->topics().isVisible());
        QVERIFY(!form.user().isEnabled());
        QTest::keyClick(&form.protocol(), Qt::Key_Down);
        QTest::keyClick(&form.protocol(), Qt::Key_Down);
        QCOMPARE(form.properties().properties().at("security.protocol"), std::string("SASL_SSL"));
        QVERIFY(form.user().isEnabled() && form.authority().isEnabled());
        QTest::keyClicks(&form.user(), QStringLiteral("auditor"));
        QTest::keyClicks(&form.password(), QStringLiteral(" hunter2 "));
        QTest::keyClicks(&form.authority(), QStringLiteral("/etc/ca.pem"));
        const auto& all = form.properties().properties();
        QCOMPARE(all.at("sasl.username"), std::string("auditor"));
        QCOMPARE(all.at("sasl.password"), std::string(" hunter2 "));
        QCOMPARE(all.at("ssl.ca.location"), std::string("/etc/ca.pem"));
        QVERIFY(form.properties().add(QStringLiteral("sasl.mechanism"), QStringLiteral("SCRAM-SHA-512")));
        QCOMPARE(form.mechanism().currentText(), QStringLiteral("SCRAM-SHA-512"));
        form.properties().remove(QStringLiteral("sasl.username"));
        QCOMPARE(form.user().text(), QString());
        QTest::keyClicks(&form.user(), QStringLiteral("auditor"));
        QVERIFY(
            dialog_->connection().securityButton().text().contains(QStringLiteral("SASL_SSL · SCRAM-SHA-512 · user “auditor”")));
        test::picture(*dialog_, QStringLiteral("connect-security"));
        QTest::mouseClick(&form.doneButton(), Qt::LeftButton);
        QVERIFY(!form.isVisible() && dialog_->topics().isVisible());
    }

    void aJavaClientsPropertiesFileIsUnderstood()
    {
        QFile file(folder_->filePath(QStringLiteral("client.properties")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "bootstrap.servers=kafka-1:9094,kafka-2:9094\nsecurity.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\n"
            "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\\n"
            "  username=\"auditor\" password=\"hunter2\";\n");
        file.close();
        PropertiesEditor& editor = dialog_->connection().properties();
        QVERIFY2(editor.addFile(file.fileName()), qPrintable(editor.error()));
        QCOMPARE(editor.takeBrokers(), QStringLiteral("kafka-1:9094,kafka-2:9094"));
        QCOMPARE(dialog_->connection().security().user().text(), QStringLiteral("auditor"));
        QCOMPARE(dialog_->connection().security().password().text(), QStringLiteral("hunter2"));
    }

    void secretsAreMaskedAndNeverInTheSummary()
    {
        PropertiesEditor& editor = dialog_->connection().properties();
        editor.setProperties({{"security.protocol", "sasl_ssl"},
                              {"sasl.mechanism", "SCRAM-SHA-512"},
                              {"sasl.username", "auditor"},
                              {"sasl.password", "hunter2"}});
        QCOMPARE(editor.summary(), QStringLiteral("SASL_SSL · SCRAM-SHA-512 · user “auditor” · password given"));
        QVERIFY(!editor.shownValue(QStringLiteral("sasl.password")).contains(QStringLiteral("hunter2")));
        dialog_->connection().securityButton().setChecked(true);
        QStringList texts;
        for (const QLabel* label : dialog_->findChildren<QLabel*>()) texts << label->text() << label->toolTip();
        for (const QLineEdit* field : dialog_->findChildren<QLineEdit*>())
            if (field->echoMode() == QLineEdit::Normal) texts << field->text();
        QVERIFY(!texts.join(u'|').contains(QStringLiteral("hunter2")));
        QCOMPARE(dialog_->connection().connection().properties.at("sasl.password"), std::string("hunter2"));
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        test::picture(*dialog_, QStringLiteral("connect-properties"));
        editor.remove(QStringLiteral("sasl.password"));
        QVERIFY(!editor.properties().contains("sasl.password"));
    }

private:
    void fill()
    {
        fillIn(test::kThreeBrokers, QStringLiteral("/tmp/shop.hindcast"));
        QTest::qWait(10);
    }
};

QTEST_MAIN(TestCluster)
#include "test_cluster.moc"
