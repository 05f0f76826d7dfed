#include "tests/ui/session/session_test.h"

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// The watched fields of the selected entity: what the workspace remembers, what is worked out, and what single writes made.
class TestWatches : public InFolder {
    Q_OBJECT

    static QString printed(const WatchView& watch)
    {
        if (!watch.runs) return watch.trouble.isEmpty() ? QStringLiteral("?") : watch.trouble;
        QString text;
        for (std::size_t i = 0; i < watch.runs->size(); ++i) {
            const replay::WatchValue& value = watch.runs->value(i);
            text += QStringLiteral("%1:%2 ")
                        .arg(watch.runs->from(i).value)
                        .arg(value.kind == replay::WatchValue::Kind::Absent ? QStringLiteral("-")
                                                                            : QString::fromStdString(toText(value.value)));
        }
        return text.trimmed();
    }

private slots:
    void init() { QVERIFY(begin()); }

    void aWatchedFieldIsWorkedOutForWhoeverIsSelected()
    {
        writeEvents(path("events.jsonl"), 2, 4);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-1")));
        QVERIFY(!desk.session.watchViews());
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/name"));
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("no pointer"));
        QVERIFY(desk.idle());
        auto views = desk.session.watchViews();
        QVERIFY(views && views->done);
        QCOMPARE(views->watches.size(), std::size_t{3});
        QCOMPARE(views->history, desk.session.history());
        QCOMPARE(printed(views->watches[0]), QStringLiteral(R"(1:- 2:"1 Main St" 3:"2 Main St" 4:"3 Main St")"));
        QCOMPARE(printed(views->watches[1]), QStringLiteral(R"(1:"Alice 1")"));
        QCOMPARE(views->watches[2].trouble, QStringLiteral("it is no JSON Pointer"));
        const auto runs = views->watches[0].runs;
        // Another one goes, and what is known of the rest is not worked out again.
        desk.session.watches()->remove(QStringLiteral("user"), QStringLiteral("/name"));
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.watchViews()->watches.size(), std::size_t{2});
        QCOMPARE(desk.session.watchViews()->watches[0].runs, runs);
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QCOMPARE(desk.session.watchViews()->entity, *desk.session.selected());
        QVERIFY(printed(desk.session.watchViews()->watches[0]).startsWith(QStringLiteral("1:- 2:")));
        desk.session.watches()->setAll({});
        QVERIFY(desk.idle());
        QVERIFY(desk.session.watchViews()->watches.empty());
        desk.session.close();
        QVERIFY(!desk.session.watchViews());
    }

    void theWorkspaceRemembersThem()
    {
        writeEvents(path("events.jsonl"), 1, 3);
        {
            Opened desk(path("a.hindcast"));
            QVERIFY(desk.import(path("events.jsonl")));
            desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
            desk.session.watches()->add(QStringLiteral("order"), QStringLiteral("/items/[sku=A]/qty"));
            QVERIFY(desk.idle());
        }
        Opened desk(path("a.hindcast"), false);
        QVERIFY2(desk.error.isEmpty(), qPrintable(desk.error));
        QCOMPARE(desk.session.watches()->of(QStringLiteral("user")), QStringList{QStringLiteral("/address")});
        QCOMPARE(desk.session.watches()->of(QStringLiteral("order")), QStringList{QStringLiteral("/items/[sku=A]/qty")});
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        QCOMPARE(desk.session.watchViews()->watches.size(), std::size_t{1});
        // Another program has it open: one's own are kept beside it.
        {
            Opened reader(path("a.hindcast"), false);
            QVERIFY(!reader.session.readOnlyBecause().isEmpty());
            reader.session.watches()->toggle(QStringLiteral("user"), QStringLiteral("/name"));
            reader.session.watches()->toggle(QStringLiteral("user"), QStringLiteral("/address"));
            QVERIFY(reader.idle());
        }
        Opened again(path("a.hindcast"), false);
        QCOMPARE(again.session.watches()->of(QStringLiteral("user")), QStringList{QStringLiteral("/name")});
        QCOMPARE(desk.session.watches()->of(QStringLiteral("user")), QStringList{QStringLiteral("/address")});
    }

    void theyGrowWithTheLife()
    {
        writeEvents(path("first.jsonl"), 1, 3);
        writeEvents(path("more.jsonl"), 1, 3, 3);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("first.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.watchViews()->watches[0].runs->to().value, std::uint64_t{3});
        QVERIFY(desk.import(path("more.jsonl"), "more"));
        QTRY_COMPARE_WITH_TIMEOUT(desk.session.watchViews()->watches[0].runs->to().value, std::uint64_t{6}, kWaitMs);
        QVERIFY(printed(desk.session.watchViews()->watches[0]).endsWith(QStringLiteral(R"(6:"5 Main St")")));
    }

    void aLongLifeTellsHowFarItIsAndStopsForAnother()
    {
        writeMinutes(path("events.jsonl"), 60'000);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        std::size_t partly = 0;
        connect(&desk.session, &Session::watchesChanged, &desk.session, [&] {
            if (const auto views = desk.session.watchViews(); views && !views->done) ++partly;
        });
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/address"));
        QTRY_VERIFY_WITH_TIMEOUT(partly > 0, kWaitMs);
        // What is asked for meanwhile is what counts in the end.
        desk.session.watches()->add(QStringLiteral("user"), QStringLiteral("/name"));
        desk.session.selectByText(QStringLiteral("user/user-1"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.session.watchViews() && desk.session.watchViews()->done &&
                                     desk.session.watchViews()->entity == desk.session.selected(),
                                 kWaitMs);
        QVERIFY(desk.idle());
        QCOMPARE(desk.session.watchViews()->watches.size(), std::size_t{2});
        QCOMPARE(desk.session.watchViews()->watches[0].runs->size(), std::size_t{60'000});
    }

    void whatAWriteMadeOfAFieldIsToldByItsStates()
    {
        writeEvents(path("events.jsonl"), 1, 900);
        Opened desk(path("a.hindcast"));
        QVERIFY(desk.import(path("events.jsonl")));
        QVERIFY(desk.select(QStringLiteral("user/user-0")));
        std::vector<WriteRows::Row> rows;
        connect(&desk.session, &Session::writesReady, &desk.session, [&](const std::shared_ptr<const WriteRows>& writes) {
            QCOMPARE(writes->pointer, QStringLiteral("/address"));
            rows.insert(rows.end(), writes->rows.begin(), writes->rows.end());
        });
        desk.session.requestWrites(QStringLiteral("/address"),
                                   {{Version{1}, Version{2}}, {Version{700}, Version{701}}, {Version{5'000}, Version{6'000}}});
        QVERIFY(desk.idle());
        QCOMPARE(rows.size(), std::size_t{4});
        QVERIFY(rows[0].before.is_discarded() && rows[0].after.is_discarded());
        QVERIFY(rows[1].before.is_discarded());
        QCOMPARE(QString::fromStdString(toText(rows[1].after)), QStringLiteral("\"1 Main St\""));
        QCOMPARE(rows[3].version.value, std::uint64_t{701});
        QCOMPARE(QString::fromStdString(toText(rows[3].before)), QStringLiteral("\"699 Main St\""));
        QCOMPARE(QString::fromStdString(toText(rows[3].after)), QStringLiteral("\"700 Main St\""));
        // Scrubbing goes first, and nothing of what was asked for is lost.
        rows.clear();
        desk.session.requestWrites(QStringLiteral("/address"), {{Version{1}, Version{900}}});
        for (std::uint64_t v = 1; v < 900; v += 7) desk.session.playhead()->setVersion(Version{v});
        QVERIFY(desk.idle());
        QVERIFY(rows.size() >= 900);
        QCOMPARE(rows.back().version.value, std::uint64_t{900});
    }

    void whatTheSettingHoldsIsReadWithCare()
    {
        QVERIFY(watchesFromJson(std::nullopt).isEmpty());
        QVERIFY(watchesFromJson(Json(3)).isEmpty());
        const auto read = watchesFromJson(*parseJson(R"({"user":["/a","/a",5,"/b"],"order":"x","none":[]})"));
        QCOMPARE(read.size(), 1);
        QCOMPARE(read.value(QStringLiteral("user")), (QStringList{QStringLiteral("/a"), QStringLiteral("/b")}));
        QVERIFY(watchesFromJson(watchesToJson(read)) == read);
    }
};

QTEST_GUILESS_MAIN(TestWatches)
#include "test_watches.moc"
