// Connections that were made: remembered without their secrets, chosen, renamed and deleted.
#include "tests/ui/connect/dialog_fixture.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/properties_editor.h"
#include "ui/connect/security_form.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;

class TestProfiles final : public QObject, private test::DialogFixture {
    Q_OBJECT
private slots:
    void initTestCase() { prepare(); }
    void init() { openAnew(); }

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

private:
    void fill()
    {
        fillIn(test::kThreeBrokers, QStringLiteral("/tmp/shop.hindcast"));
        QTest::qWait(10);
    }
};

QTEST_MAIN(TestProfiles)
#include "test_profiles.moc"
