#include "tests/ui/connect/kafka_fixtures.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/field_text.h"
#include "ui/connect/mapping_dialog.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/properties_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/security_form.h"
#include "ui/connect/topics_table.h"

#include <QComboBox>
#include <QFile>
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
using test::topic;

class TestConnect final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        theme_.apply();
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
    }

    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_->path());
        profiles_ = std::make_unique<Profiles>();
        dialog_ = std::make_unique<ConnectDialog>(theme_, *profiles_);
        dialog_->resize(1240, 860);
        dialog_->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
    }

    void placesAreWrittenAndReadAlike_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"message key", "message key /id", "/order_id", "/a~1b/0", "value", "header ce_type", "topic", "state /name",
              "constant “user”", "constant “”", "constant “a ; b”", "message key · split “-” take 1", "/id · split “::” take -1",
              "/id · regex ^(\\w+) · x", "message key · split “-” take 0 · regex (\\d+)"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }
    void placesAreWrittenAndReadAlike()
    {
        QFETCH(QString, text);
        const auto field = fieldFromText(text);
        QVERIFY2(field.has_value(), field ? "" : qPrintable(field.error()));
        QCOMPARE(fieldText(*field), text);
        const auto again = fieldFromText(fieldText(*field));
        QVERIFY(again && *again == *field);
    }

    void shorterFormsAreUnderstoodAndOthersAreRefusedWithAWord()
    {
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("key"))), QStringLiteral("message key"));
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("\"user\""))), QStringLiteral("constant “user”"));
        QCOMPARE(fieldText(*fieldFromText(QStringLiteral("constant \"user\""))), QStringLiteral("constant “user”"));
        QVERIFY(fieldFromText(QStringLiteral("order_id")).error().contains(QStringLiteral("“order_id”")));
        QVERIFY(!fieldFromText(QStringLiteral("/a~2")).has_value());
        QVERIFY(!fieldFromText(QStringLiteral("header ")).has_value());
        QCOMPARE(fieldsFromText(QStringLiteral("/a + /b"))->size(), std::size_t(2));
        const auto others = otherEntitiesFromText(QStringLiteral("constant “order”: /order_id; topic: /a + /b"));
        QVERIFY(others && others->size() == 2);
        QCOMPARE(otherEntitiesText(*others), QStringLiteral("constant “order”: /order_id; topic: /a + /b"));
        QVERIFY(!otherEntitiesFromText(QStringLiteral("order")).has_value());
    }

    void candidatesComeFromTheSamples()
    {
        const MappingCandidates found = candidatesOf(QStringLiteral("shop.orders"), samples());
        QCOMPARE(found.pointers.mid(0, 2), QStringList({QStringLiteral("/event_type"), QStringLiteral("/timestamp")}));
        QVERIFY(found.pointers.contains(QStringLiteral("/order_id")));
        QCOMPARE(found.headers, QStringList{QStringLiteral("header ce_type")});
        QVERIFY(found.constants.contains(QStringLiteral("constant “order”")));
    }

    void aFirstLookSaysWhatToDo()
    {
        QVERIFY(!dialog_->connectButton().isEnabled());
        QCOMPARE(dialog_->topics().emptyText(), QStringLiteral("No topics yet"));
        QStringList texts;
        for (const QLabel* label : dialog_->findChildren<QLabel*>()) texts << label->text();
        QVERIFY(texts.join(u'|').contains(QStringLiteral("joins no group, commits no offset, creates and produces nothing")));
        test::picture(*dialog_, QStringLiteral("connect-first"));
    }

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

    void profilesAreRememberedWithoutTheirSecrets()
    {
        dialog_->connection().properties().setProperties({{"security.protocol", "SASL_SSL"},
                                                          {"sasl.mechanism", "PLAIN"},
                                                          {"sasl.username", "auditor"},
                                                          {"sasl.password", "hunter2-secret"},
                                                          {"ssl.key.password", "key-secret"},
                                                          {"ssl.key.pem", "pem-secret"},
                                                          {"sasl.oauthbearer.config", "oauth-secret"},
                                                          {"some.plugin.thing", "unknown-secret"}});
        fill();
        QTest::mouseClick(&dialog_->connectButton(), Qt::LeftButton);
        QCOMPARE(profiles_->count(), 1);
        QCOMPARE(profiles_->at(0).name, QStringLiteral("kafka-1:9094"));
        // This session knows the password, the file does not.
        QCOMPARE(profiles_->at(0).properties.at("sasl.password"), std::string("hunter2-secret"));
        QSettings().sync();
        QFile file(QSettings().fileName());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray written = file.readAll();
        QVERIFY2(written.contains("auditor") && written.contains("kafka-2"), written.constData());
        QVERIFY2(!written.contains("secret"), written.constData());
        // Another session asks for it again.
        Profiles later;
        QCOMPARE(later.count(), 1);
        QVERIFY(!later.at(0).properties.contains("sasl.password"));
        QCOMPARE(later.at(0).properties.at("sasl.username"), std::string("auditor"));
        ConnectDialog again(theme_, later);
        QCOMPARE(again.connection().brokersField().text(), QStringLiteral("kafka-1:9094,kafka-2:9094,kafka-3:9094"));
        QCOMPARE(again.connection().security().user().text(), QStringLiteral("auditor"));
        QVERIFY(again.connection().security().password().text().isEmpty());
        QSignalSpy asked(&again, &ConnectDialog::listTopicsWanted);
        again.show();
        again.connection().testButton().click();
        QCOMPARE(asked.count(), 0);
        QVERIFY2(again.connection().outcome().contains(QStringLiteral("No password")), qPrintable(again.connection().outcome()));
        QVERIFY(again.connection().security().password().isVisible());
        again.connection().security().properties().add(QStringLiteral("sasl.password"), QStringLiteral("x"));
        again.connection().testButton().click();
        QCOMPARE(asked.count(), 1);
    }

    void profilesAreChosenRenamedAndDeletedByTheKeyboard()
    {
        profiles_->remember(-1, QStringLiteral("localhost:9092"), {});
        profiles_->remember(-1, QStringLiteral("kafka-1:9094"), {{"security.protocol", "SSL"}}, QStringLiteral("shop · staging"));
        profiles_->remember(-1, QStringLiteral("kafka-1:9094"), {{"sasl.username", "auditor"}}, QStringLiteral("shop · staging"));
        QCOMPARE(profiles_->at(0).name, QStringLiteral("shop · staging (2)"));  // another user is another connection
        dialog_ = std::make_unique<ConnectDialog>(theme_, *profiles_);
        dialog_->resize(1240, 860);
        dialog_->show();
        QVERIFY(QTest::qWaitForWindowExposed(dialog_.get()));
        ProfileRows& rows = dialog_->profiles().rows();
        rows.setFocus();
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("kafka-1:9094"));
        QTest::keyClick(&rows, Qt::Key_Down);
        QTest::keyClick(&rows, Qt::Key_Down);
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("localhost:9092"));
        QTest::keyClick(&rows, Qt::Key_F2);
        auto* field = rows.viewport()->findChild<QLineEdit*>();
        QVERIFY(field != nullptr && field->isVisible());
        QTest::keyClicks(field, QStringLiteral("my own"));
        test::picture(*dialog_, QStringLiteral("connect-rename"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(dialog_->isVisible());
        QCOMPARE(profiles_->at(2).name, QStringLiteral("my own"));
        QTest::keyClick(&rows, Qt::Key_F2);
        QTest::keyClicks(field, QStringLiteral("nothing"));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(dialog_->isVisible());
        QCOMPARE(profiles_->at(2).name, QStringLiteral("my own"));
        QTest::keyClick(&rows, Qt::Key_Delete);
        QCOMPARE(profiles_->count(), 2);
        QCOMPARE(dialog_->connection().brokersField().text(), QStringLiteral("kafka-1:9094"));
        QTest::mouseClick(&dialog_->profiles().newButton(), Qt::LeftButton);
        QVERIFY(dialog_->connection().brokersField().text().isEmpty());
        QCOMPARE(Profiles().count(), 2);
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

    void allChosenTopicsAreSampledOneAfterTheOther()
    {
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        fill();
        dialog_->topics().setChosen(QStringLiteral("payments"), true);
        dialog_->topics().setChosen(QStringLiteral("audit"), true);
        QCOMPARE(sampling.count(), 2);
        QCOMPARE(sampling.last().at(1).toString(), QStringLiteral("payments"));
        dialog_->showSampled(QStringLiteral("payments"), guess());
        QCOMPARE(sampling.count(), 3);
        QCOMPARE(sampling.last().at(1).toString(), QStringLiteral("audit"));
        dialog_->showFailed(QStringLiteral("cannot read audit"), QStringLiteral("not authorised"), {});
        QCOMPARE(sampling.count(), 3);
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

    void aChosenTopicIsSampledGuessedAndPreviewed()
    {
        QSignalSpy sampling(dialog_.get(), &ConnectDialog::sampleWanted);
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        fill();
        QCOMPARE(sampling.count(), 1);
        QCOMPARE(sampling.at(0).at(1).toString(), QStringLiteral("orders"));
        QCOMPARE(previews.count(), 1);
        QCOMPARE(dialog_->mapping().field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        QCOMPARE(dialog_->mapping().field(MappingEditor::Category).currentText(), QStringLiteral("constant “user”"));
        QCOMPARE(dialog_->samples().verdict(), QStringLiteral("4 of 5 samples decode · 1 reject is kept and shown"));
        QVERIFY(dialog_->connectButton().isEnabled());
        test::picture(*dialog_, QStringLiteral("connect"));
    }

    void editingTheMappingPreviewsItAndNonsenseDoesNot()
    {
        fill();
        QSignalSpy previews(dialog_.get(), &ConnectDialog::previewWanted);
        dialog_->mapping().field(MappingEditor::Id).setEditText(QStringLiteral("/order_id"));
        QCOMPARE(previews.count(), 1);
        const auto mapping = previews.takeLast().at(1).value<decode::Mapping>();
        QCOMPARE(mapping.entities.front().id.front().at.text(), std::string("/order_id"));
        QCOMPARE(mapping.entities.front().category->constant, std::string("user"));
        dialog_->mapping().field(MappingEditor::Type).setEditText(QStringLiteral("event type"));
        QCOMPARE(previews.count(), 0);
        QVERIFY(dialog_->mapping().error().contains(QStringLiteral("“event type”")));
        QVERIFY(!dialog_->connectButton().isEnabled());
        dialog_->mapping().field(MappingEditor::Type).setEditText(QString());
        QVERIFY(dialog_->connectButton().isEnabled());
        QVERIFY(!dialog_->request()->ingest.mappings.front().type.has_value());
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

    void aFailedSampleLeavesTheMappingToBeSet()
    {
        dialog_->setBrokers(QStringLiteral("kafka-1:9094"));
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("orders"), true);
        dialog_->showFailed(QStringLiteral("cannot read orders"), QStringLiteral("not authorised"), QString());
        QVERIFY(dialog_->samples().emptyText().contains(QStringLiteral("not authorised")));
        dialog_->setWorkspace(QStringLiteral("/tmp/x.hindcast"));
        QVERIFY(dialog_->request().has_value());
        QVERIFY(dialog_->request()->ingest.mappings.empty());
    }

    void debeziumNeedsNothingToBeSet()
    {
        fill();
        auto rows = samples();
        for (SampleView& row : rows) row.event.decodedAs = "JSON · Debezium";
        dialog_->showPreview(QStringLiteral("orders"), rows);
        QVERIFY(!dialog_->mapping().field(MappingEditor::Id).isEnabled());
    }

    void candidatesThatComeDoNotDisturbWhoWrites()
    {
        MappingEditor editor(theme_);
        editor.setMapping(guess().mapping);
        editor.show();
        QLineEdit* line = editor.field(MappingEditor::Type).lineEdit();
        line->setFocus();
        line->selectAll();
        const MappingCandidates candidates = candidatesOf(QStringLiteral("orders"), samples());
        connect(&editor, &MappingEditor::mappingChanged, &editor, [&] { editor.setCandidates(candidates); });
        editor.setCandidates(candidates);
        QTest::keyClicks(line, QStringLiteral("/user_id"));
        QCOMPARE(line->text(), QStringLiteral("/user_id"));
        line->setCursorPosition(1);
        QTest::keyClicks(line, QStringLiteral("xyz"));
        QCOMPARE(line->text(), QStringLiteral("/xyzuser_id"));
    }

    void theMappingOfWhatIsStoredIsCorrected()
    {
        decode::Mapping stored;
        stored.topic = "orders";
        MappingDialog mappings(theme_, {QStringLiteral("orders"), QStringLiteral("users")}, {});
        QSignalSpy wanted(&mappings, &MappingDialog::sampleWanted);
        QSignalSpy preview(&mappings, &MappingDialog::previewWanted);
        QSignalSpy applied(&mappings, &MappingDialog::applyWanted);
        mappings.show();
        mappings.begin(QStringLiteral("users"));
        mappings.begin(QStringLiteral("orders"));
        QCOMPARE(wanted.takeLast().at(0).toString(), QStringLiteral("orders"));
        QVERIFY(!mappings.applyButton().isEnabled() && !mappings.editor().isEnabled());
        decode::Mapping other;
        other.topic = "users";
        mappings.showSampled(QStringLiteral("users"), other, guess());
        mappings.showSampled(QStringLiteral("orders"), stored, guess());
        mappings.showPreview(QStringLiteral("orders"), samples());
        QVERIFY(!mappings.applyButton().isEnabled() && mappings.editor().isEnabled());
        auto* use = mappings.findChildren<QPushButton*>().at(0);
        QCOMPARE(use->text(), QStringLiteral("Use the guess"));
        use->click();
        QVERIFY(!use->isEnabled());
        QVERIFY(mappings.applyButton().isEnabled());
        QVERIFY(preview.last().at(1).value<decode::Mapping>() == guess().mapping);
        test::picture(mappings, QStringLiteral("mapping"));
        mappings.applyButton().click();
        // A topic that was only looked at keeps what it has, and where it has it from.
        const auto changed = applied.first().at(0).value<std::vector<decode::Mapping>>();
        QCOMPARE(changed.size(), std::size_t{1});
        QVERIFY(changed[0] == guess().mapping);
        QVERIFY(!mappings.isVisible());

        MappingDialog readOnly(theme_, {QStringLiteral("orders")}, QStringLiteral("read-only: process 7 writes it"));
        readOnly.begin();
        readOnly.showSampled(QStringLiteral("orders"), stored, guess());
        QVERIFY(!readOnly.applyButton().isEnabled() && !readOnly.editor().isEnabled());
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
        dialog_->setBrokers(QStringLiteral("kafka-1:9094,kafka-2:9094,kafka-3:9094"));
        dialog_->setWorkspace(QStringLiteral("/tmp/shop.hindcast"));
        dialog_->showTopics(cluster());
        dialog_->topics().setChosen(QStringLiteral("orders"), true);
        dialog_->showSampled(QStringLiteral("orders"), guess());
        dialog_->showPreview(QStringLiteral("orders"), samples());
        QTest::qWait(10);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<Profiles> profiles_;
    std::unique_ptr<ConnectDialog> dialog_;
};

QTEST_MAIN(TestConnect)
#include "test_connect.moc"
