#include "core/ingest/head_growth.h"

#include <QTest>

#include <cmath>

using namespace hindcast;
using namespace std::chrono_literals;

class TestHeadGrowth : public QObject {
    Q_OBJECT
private slots:
    void nothingIsSaidBeforeAFewSecondsHaveBeenSeen()
    {
        ingest::HeadGrowth growth;
        QCOMPARE(growth.perSecond(), 0.0);
        growth.note(begin_, 1'000);
        growth.note(begin_ + 1s, 900'000);
        QCOMPARE(growth.perSecond(), 0.0);
        growth.note(begin_ + 4s, 5'000);
        QCOMPARE(growth.perSecond(), 1'000.0);
    }

    void aHeadThatIsToldByFitsAndStartsGrowsEvenly()
    {
        ingest::HeadGrowth growth;
        // 2,000 a second, of which the broker tells each two seconds.
        for (int half = 0; half <= 200; ++half) {
            growth.note(begin_ + half * 500ms, static_cast<std::uint64_t>(half / 4) * 4'000);
            if (half >= 40)
                QVERIFY2(std::abs(growth.perSecond() - 2'000) <= 400, qPrintable(QString::number(growth.perSecond())));
        }
    }

    void onlyTheLastSecondsCount()
    {
        ingest::HeadGrowth growth;
        for (int second = 0; second <= 60; ++second)
            growth.note(begin_ + second * 1s, second <= 30 ? static_cast<std::uint64_t>(second) * 50'000 : 1'500'000);
        QCOMPARE(growth.perSecond(), 0.0);
    }

    void aHeadThatComesNearerByHolesIsNegativeAndWhatWasForgottenIsNotKnown()
    {
        ingest::HeadGrowth growth;
        growth.note(begin_, 10'000);
        growth.note(begin_ + 5s, 9'000);  // a compacted topic: fewer records than offsets
        QCOMPARE(growth.perSecond(), -200.0);
        growth.forget();
        QCOMPARE(growth.perSecond(), 0.0);
    }

private:
    ingest::HeadGrowth::Clock::time_point begin_{};
};

QTEST_GUILESS_MAIN(TestHeadGrowth)
#include "test_head_growth.moc"
