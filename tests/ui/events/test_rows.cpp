#include "tests/ui/events/events_fixture.h"
#include "ui/look/change_summary.h"
#include "ui/look/shaped_text.h"
#include "ui/look/theme.h"

#include <optional>
#include <random>

using namespace hindcast;
using namespace hindcast::ui;
using test::reject;
using test::userChanges;
using Op = Change::Op;

class TestRows final : public test::EventsFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void changesReadLikeASentence()
    {
        const auto all = userChanges();
        QCOMPARE(summaryText(all[7]), QStringLiteral("orders +8841 · spent 62.00 → 181.90"));
        QCOMPARE(summaryText(all[8]), QStringLiteral("address 123 Main St → 456 Oak Ave"));
        QCOMPARE(summaryText(all[1]), QString());
        QCOMPARE(summaryText(all[12]), QStringLiteral("phone −+49 30 1234 · settings/theme light → null"));
        QCOMPARE(summaryText(all[0]), QStringLiteral("id +user-123 · name +Alice Smith · address +123 Main St"));
        QCOMPARE(summaryText({test::change(Op::Add, "/a~1b", nullptr, "1")}), QStringLiteral("a/b +1"));
        QCOMPARE(summarise(all[12])[2].kind, SummaryPart::Kind::Struck);
    }

    void aHundredThousandChangesAreSummedUpShort()
    {
        Changes many;
        for (int i = 0; i < 100'000; ++i) many.push_back(test::change(Op::Add, "/x", nullptr, "1"));
        const QString text = summaryText(many);
        QVERIFY(text.size() < 400);
        QVERIFY(text.contains(QStringLiteral("more")));
        QVERIFY(changesInFull(many, 10).count(u'\n') == 10);
    }

    void rejectsStandWhereTheirOffsetPutsThem()
    {
        auto history = test::userHistory();
        history->rejects = {reject(48'150, "2025-11-04T09:20:00Z"), reject(48'000, "2025-11-04T09:20:00Z"),
                            reject(99'999, "2025-11-05T00:00:00Z"), reject(5, "2025-11-04T02:55:35Z", 9)};
        const EventRows rows(history);
        QCOMPARE(rows.count(), std::int64_t(18));
        QVERIFY(!rows.version(0));
        QCOMPARE(rows.reject(0).id.offset().value, std::int64_t(48'000));
        QCOMPARE(rows.version(1), std::optional(Version{1}));
        QVERIFY(!rows.version(4));
        QCOMPARE(rows.reject(4).id.part(), PartId{9});
        QVERIFY(!rows.version(11));
        QVERIFY(!rows.version(17));
        QCOMPARE(rows.rowOf(Version{9}), std::int64_t(10));
        QCOMPARE(rows.rowOf(Version{10}), std::int64_t(12));
        QCOMPARE(rows.rowOf(Version{0}), std::int64_t(-1));
        QCOMPARE(rows.versionAtOrAbove(11), Version{9});
        QCOMPARE(rows.rowOfReject(EventId(PartId{3}, Offset{48'150})), std::optional(std::int64_t(11)));
    }

    void aSummaryThatHasNoRoomEndsInAnEllipsis()
    {
        const QFont mono = Theme(Theme::Scheme::Light).mono();
        for (const Changes& changes : test::userChanges()) {
            const auto parts = summarise(changes);
            double whole = 0;
            for (const SummaryPart& part : parts) whole += textWidthF(mono, part.text);
            for (int width = 12; width < whole + 40; ++width) {
                const auto shown = fitted(parts, mono, width);
                double wide = 0;
                for (const SummaryPart& part : shown) wide += textWidthF(mono, part.text);
                const bool cut = shown.size() < parts.size() || (!parts.empty() && shown.back().text != parts.back().text);
                const QString words =
                    QStringLiteral("%1 px of %2: %3").arg(width).arg(whole).arg(shown.empty() ? QString() : shown.back().text);
                QVERIFY2(!cut || shown.back().text.endsWith(QChar(0x2026)), qPrintable(words));
                QVERIFY2(cut == (whole > width) || std::abs(whole - width) < 2 * static_cast<double>(parts.size()),
                         qPrintable(words));
                QVERIFY2(wide <= width + 1, qPrintable(words));
            }
        }
    }

    void rowsAndVersionsAgreeOnAnyHistory()
    {
        std::mt19937 random(8841);
        for (int round = 0; round < 50; ++round) {
            auto history = std::make_shared<replay::History>();
            const int events = static_cast<int>(random() % 40);
            std::int64_t offset = 0;
            for (int i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                offset += 2 + 2 * static_cast<std::int64_t>(random() % 3);
                event.id = EventId(PartId{static_cast<std::uint32_t>(random() % 3)}, Offset{offset});
                event.time = event.effective = Timestamp{i * 1000};
                history->events.push_back(event);
            }
            for (unsigned i = random() % 10; i > 0; --i) {
                store::Posting posting;
                posting.id = EventId(PartId{static_cast<std::uint32_t>(random() % 4)},
                                     Offset{1 + 2 * static_cast<std::int64_t>(random() % 80)});
                posting.time = Timestamp{static_cast<std::int64_t>(random() % 40'000)};
                history->rejects.push_back(posting);
            }
            const EventRows rows(history);
            QCOMPARE(rows.count(), static_cast<std::int64_t>(history->events.size() + history->rejects.size()));
            std::uint64_t version = 0;
            std::size_t rejects = 0;
            for (std::int64_t row = 0; row < rows.count(); ++row) {
                if (const auto at = rows.version(row)) {
                    QCOMPARE(at->value, ++version);
                    QCOMPARE(rows.rowOf(*at), row);
                    for (std::int64_t below = row + 1; below < rows.count(); ++below)
                        if (!rows.version(below) && rows.reject(below).id.part() == rows.event(row).id.part())
                            QVERIFY(rows.reject(below).id > rows.event(row).id);
                } else {
                    ++rejects;
                }
            }
            QCOMPARE(version, history->events.size());
            QCOMPARE(rejects, history->rejects.size());
        }
    }

    void aFilteredTableIsTheWholeOneWithoutTheHiddenRows()
    {
        std::mt19937 random(4711);
        for (int round = 0; round < 60; ++round) {
            auto history = std::make_shared<replay::History>();
            const auto events = static_cast<std::int64_t>(random() % 40);
            for (std::int64_t i = 0; i < events; ++i) {
                replay::HistoryEvent event;
                event.id = EventId(PartId{static_cast<std::uint32_t>(random() % 2)}, Offset{2 * i + 2});
                event.time = event.effective = Timestamp{i * 1000};
                event.type = TypeId{static_cast<std::uint32_t>(random() % 4)};
                history->events.push_back(event);
            }
            for (unsigned i = random() % 8; i > 0; --i) {
                store::Posting posting;
                posting.id = EventId(PartId{static_cast<std::uint32_t>(random() % 3)},
                                     Offset{1 + 2 * static_cast<std::int64_t>(16 * i + random() % 8)});
                posting.time = Timestamp{static_cast<std::int64_t>(random() % 40'000)};
                history->rejects.push_back(posting);
            }
            TypeFilter::Choice choice;
            choice.only = random() % 2 == 0;
            for (unsigned i = random() % 4; i > 0; --i) choice.named.insert(TypeId{static_cast<std::uint32_t>(random() % 4)});
            const EventRows whole(history);
            const EventRows rows(history, choice);
            std::int64_t row = 0;
            for (std::int64_t at = 0; at < whole.count(); ++at) {
                const auto version = whole.version(at);
                const bool shown = !version || choice.named.contains(whole.event(at).type) == choice.only;
                if (version) QCOMPARE(rows.rowOf(*version), shown ? row : std::int64_t(-1));
                if (shown) {
                    QVERIFY(row < rows.count());
                    QCOMPARE(rows.id(row), whole.id(at));
                    QCOMPARE(rows.version(row), version);
                    QCOMPARE(rows.versionAtOrAbove(row), whole.versionAtOrAbove(at));
                    if (!version) QCOMPARE(rows.rowOfReject(whole.id(at)), std::optional(row));
                    ++row;
                }
            }
            QCOMPARE(row, rows.count());
            QCOMPARE(rows.hidden(), static_cast<std::uint64_t>(whole.count() - rows.count()));
            for (std::uint64_t version = 0; version <= history->events.size(); ++version) {
                std::int64_t expected = -1;
                for (std::int64_t at = 0; at < rows.count(); ++at)
                    if (rows.versionAtOrAbove(at) <= Version{version}) expected = at;
                QCOMPARE(rows.rowAtOrBefore(Version{version}), expected);
            }
        }
    }
};

QTEST_MAIN(TestRows)
#include "test_rows.moc"
