// Limits as people write them.
#include "ui/connect/byte_amount.h"
#include "ui/connect/limit_box.h"
#include "ui/look/theme.h"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace hindcast::ui;

class TestAmounts final : public QObject {
    Q_OBJECT
private slots:
    void aUnitIsReadAndANumberAloneIsTheFieldsOwn_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<quint64>("size");  // where the field's own unit is GB
        const std::vector<std::pair<const char*, std::uint64_t>> all{
            {"12 MB", 12'000'000ull},       {"12MB", 12'000'000ull},      {"≤ 12 MB", 12'000'000ull},
            {"<= 12 mb", 12'000'000ull},    {"12 M", 12'000'000ull},      {"1.5 GB", 1'500'000'000ull},
            {"1,5", 1'500'000'000ull},      {"2", 2'000'000'000ull},      {"0.5", 500'000'000ull},
            {"0,125 GB", 125'000'000ull},   {"1 GiB", 1'073'741'824ull},  {"512 kib", 524'288ull},
            {"2 TB", 2'000'000'000'000ull}, {"800 bytes", 800ull},        {"12 000 kB", 12'000'000ull},
            {"1,234,567 B", 1'234'567ull},  {"1.234,5 kB", 1'234'500ull}, {"12\u2009000 B", 12'000ull}};
        for (const auto& [text, size] : all) QTest::newRow(text) << QString::fromUtf8(text) << quint64{size};
    }
    void aUnitIsReadAndANumberAloneIsTheFieldsOwn()
    {
        QFETCH(QString, text);
        QFETCH(quint64, size);
        const auto bytes = bytesFromText(text, AmountOf::Size, 1e9);
        QVERIFY2(bytes.has_value(), bytes ? "" : qPrintable(bytes.error()));
        QCOMPARE(quint64{*bytes}, size);
    }

    void aSpeedIsReadWithItsSecondOrWithoutIt()
    {
        for (const char* text :
             {"100 kB/s", "100 kB / s", "100kb/s", "100 kB per second", "100 kB a second", "100 kB", "0.1", "≤ 0,1 MB/s"})
            QCOMPARE(bytesFromText(QString::fromUtf8(text), AmountOf::Rate, 1e6).value_or(0), std::uint64_t{100'000});
    }

    void whatCannotBeReadIsRefusedWithAWord_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        const std::vector<std::pair<const char*, const char*>> all{{"much", "no amount"},
                                                                   {"-5 MB", "no amount"},
                                                                   {"12 Mbit", "“Mbit” is no unit"},
                                                                   {"12 MBps", "no unit"},
                                                                   {"12 x", "“x” is no unit"},
                                                                   {"5e3", "no unit"},
                                                                   {"12 MB/s", "a speed"},
                                                                   {"1,000", "1000 or 1.000"},
                                                                   {"1.000.000 B", "no number"},
                                                                   {"1,2,3 B", "no number"},
                                                                   {"0", "no limit"},
                                                                   {"0.1 B", "no limit"},
                                                                   {"99999999 TB", "more than can be counted"}};
        for (const auto& [text, word] : all) QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(word);
    }
    void whatCannotBeReadIsRefusedWithAWord()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        const auto bytes = bytesFromText(text, AmountOf::Size, 1e9);
        QVERIFY(!bytes.has_value());
        QVERIFY2(bytes.error().contains(word), qPrintable(bytes.error()));
    }

    void whatIsWrittenIsReadBackToTheByte()
    {
        QCOMPARE(textOfBytes(20'000'000, AmountOf::Rate), QStringLiteral("20 MB/s"));
        QCOMPARE(textOfBytes(500'000, AmountOf::Rate), QStringLiteral("500 kB/s"));
        QCOMPARE(textOfBytes(1'500'000'000, AmountOf::Size), QStringLiteral("1.5 GB"));
        QCOMPARE(textOfBytes(7, AmountOf::Size), QStringLiteral("7 B"));
        for (const std::uint64_t bytes : {1ull, 999ull, 1000ull, 1'234ull, 12'345'678ull, 1'073'741'824ull, 123'456'789'012ull})
            for (const AmountOf of : {AmountOf::Size, AmountOf::Rate})
                QCOMPARE(bytesFromText(textOfBytes(bytes, of), of, 1e9).value_or(0), std::uint64_t{bytes});
    }

    void theFieldShowsWhatItWasTakenForAndMarksWhatItIsNot()
    {
        LimitBox box(AmountOf::Size, 1e9, {1, 2, 10});
        box.show();
        QCOMPARE(box.itemText(2), QStringLiteral("≤ 2 GB"));
        const auto type = [&](const char* text) {
            box.lineEdit()->selectAll();
            QTest::keyClicks(box.lineEdit(), QString::fromUtf8(text));
            QTest::keyClick(box.lineEdit(), Qt::Key_Return);
        };
        type("12 mb");
        QCOMPARE(box.currentText(), QStringLiteral("≤ 12 MB"));
        QCOMPARE(*box.limit(), std::optional<std::uint64_t>(12'000'000));
        type("12 mbit");
        QCOMPARE(box.currentText(), QStringLiteral("12 mbit"));
        QVERIFY(!box.limit().has_value() && box.property("wrong").toBool());
        QVERIFY(box.error().contains(QStringLiteral("mbit")));
        type("2");
        QCOMPARE(box.currentText(), QStringLiteral("≤ 2 GB"));
        QVERIFY(!box.property("wrong").toBool());
        type("No Limit");
        QVERIFY(box.limit().has_value() && !*box.limit());
        box.setLimit(12'345'678);
        QCOMPARE(*box.limit(), std::optional<std::uint64_t>(12'345'678));
        QCOMPARE(box.lineEdit()->cursorPosition(), 0);  // so its beginning is seen
    }
};

QTEST_MAIN(TestAmounts)
#include "test_amounts.moc"
