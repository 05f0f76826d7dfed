#include "core/source/kafka_errors.h"

#include <QtTest>

using namespace hindcast;
using namespace hindcast::source::kafka;

class TestKafkaErrors : public QObject {
    Q_OBJECT

    [[nodiscard]] static QString hint(const char* protocol, const char* text)
    {
        ConnectionFacts facts;
        facts.brokers = "kafka-1:9094";
        facts.protocol = protocol;
        facts.timeout = std::chrono::seconds(10);
        return QString::fromStdString(connectionError(facts, {RD_KAFKA_RESP_ERR__TRANSPORT, text}).hint);
    }

private slots:
    void aConnectionThatIsClosedBeforeAnAnswerNamesWhatThePortMayWant()
    {
        for (const char* text : {"kafka-1:9094/bootstrap: Send failed: Broken pipe", "Receive failed: Connection reset by peer",
                                 "Disconnected (after 3ms in state APIVERSION_QUERY)"}) {
            QVERIFY2(hint("", text).contains("may want a login or encryption"), qPrintable(hint("", text)));
            QVERIFY2(hint("PLAINTEXT", text).contains("may want a login or encryption"), qPrintable(hint("PLAINTEXT", text)));
            QVERIFY2(hint("ssl", text).contains("may want a login"), qPrintable(hint("ssl", text)));
            QVERIFY2(hint("SASL_PLAINTEXT", text).contains("may want encryption"), qPrintable(hint("SASL_PLAINTEXT", text)));
            QVERIFY2(hint("SASL_SSL", text).contains("security.protocol"), qPrintable(hint("SASL_SSL", text)));
            QVERIFY(hint("", text).contains("check the address"));
        }
    }

    void oneThatIsRefusedOrSilentIsNoQuestionOfLogin()
    {
        QVERIFY(!hint("", "Connect to ipv4#127.0.0.1:9094 failed: Connection refused").contains("login"));
        QVERIFY(!hint("", "").contains("login"));
    }
};

QTEST_APPLESS_MAIN(TestKafkaErrors)
#include "test_kafka_errors.moc"
