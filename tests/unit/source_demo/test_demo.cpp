#include "core/event/decimal.h"
#include "core/event/time.h"
#include "tests/unit/source_demo/demo_log.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace hindcast;
using source::DemoOptions;

namespace {

/// FNV-1a over everything that a record says.
std::uint64_t hashOf(const std::vector<DemoRecord>& records)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    const auto eat = [&](const std::string& text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
        hash = (hash ^ text.size()) * 0x100000001b3u;
    };
    for (const DemoRecord& record : records) {
        eat(record.topic + "/" + std::to_string(record.partition) + "/" + std::to_string(record.offset));
        eat(std::to_string(record.brokerMs));
        eat(record.key);
        eat(record.value.value_or("(null)"));
        for (const auto& [name, value] : record.headers) eat(name + "=" + value);
    }
    return hash;
}

/// user-123's history by the demo's mapping: her own events, and the orders' events that name her.
std::vector<DemoRecord> historyOfUser123(const std::vector<DemoRecord>& records)
{
    std::vector<DemoRecord> history;
    for (const DemoRecord& record : records) {
        const bool own = record.topic == "users" && record.key == "user-123";
        const bool ordered = record.topic == "orders" && textAt(record.payload(), "/user_id") == "user-123";
        if (own || ordered) history.push_back(record);
    }
    return history;
}

/// A second, plain implementation of what the set-rules file for `user` says: not the engine's.
class UserFold {
public:
    explicit UserFold(const Json& rules) : on_(rules.at("on")), state_(rules.at("initial")) {}

    void apply(const DemoRecord& record)
    {
        payload_ = record.payload();
        const std::string type = textAt(payload_, "/event_type");
        if (!on_.contains(type)) return;
        for (const Json& operation : on_.at(type)) {
            if (operation.contains("set")) state_[member(operation, "set")] = value(operation.at("value"));
            if (operation.contains("append")) state_[member(operation, "append")].push_back(value(operation.at("value")));
            if (operation.contains("add")) {
                Json& sum = state_[member(operation, "add")];
                const std::string before = isNumber(sum) ? numberText(sum) : "0";
                sum = numberFromText(*addDecimals(before, numberText(value(operation.at("value")))));
            }
            if (operation.contains("end")) state_ = Json::object();
        }
    }
    [[nodiscard]] const Json& state() const { return state_; }

private:
    static std::string member(const Json& operation, const char* name)
    {
        return operation.at(name).get<std::string>().substr(1);  // the user's rules write top-level members only
    }
    [[nodiscard]] Json value(const Json& form) const
    {
        if (form.contains("at")) return *valueAt(payload_, *Pointer::parse(form.at("at").get<std::string>()));
        if (form.contains("const")) return form.at("const");
        if (form.contains("meta")) return toIso(*timestampFromIso(textAt(payload_, "/timestamp")));
        Json object = Json::object();
        for (const auto& [name, inner] : form.at("object").items()) object[name] = value(inner);
        return object;
    }

    Json on_;
    Json state_;
    Json payload_;
};

Json readData(const char* name)
{
    QFile file(QStringLiteral(HINDCAST_TEST_DATA "/demo/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly)) return Json(Json::value_t::discarded);
    const QByteArray bytes = file.readAll();
    auto parsed = parseJson(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return parsed ? *parsed : Json(Json::value_t::discarded);
}

Json modelOf(const std::string& category)
{
    for (const auto& [name, text] : source::demoModels())
        if (name == category) return parseJson(text).value();
    return Json(Json::value_t::discarded);
}

/// By how many cents an account's event moves its balance. `fee`: instead of the one that was charged.
std::int64_t centsMoved(const DemoRecord& record, std::optional<std::int64_t> fee)
{
    const Json payload = record.payload();
    const std::string type = textAt(payload, "/event_type");
    if (type == "AccountOpened") return 0;
    std::string amount = numberAt(payload, "/amount");
    amount.erase(amount.find('.'), 1);
    const std::int64_t cents = std::stoll(amount);
    if (type == "FeeCharged") return -fee.value_or(cents);
    return type == "Deposited" ? cents : -cents;
}

/// Each account's balance after each of its events, in cents.
std::map<std::string, std::vector<std::int64_t>> balancesOf(const std::vector<DemoRecord>& records,
                                                            std::optional<std::int64_t> fee)
{
    std::map<std::string, std::vector<std::int64_t>> balances;
    for (const DemoRecord& record : records) {
        if (record.topic != "accounts") continue;
        auto& of = balances[record.key];
        of.push_back((of.empty() ? 0 : of.back()) + centsMoved(record, fee));
    }
    return balances;
}

}  // namespace

class TestDemo : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { demo_ = readDemo({}); }

    void theDefaultDemoHasAboutSixtyThousandRecords()
    {
        QVERIFY(demo_.size() >= 57'000);
        QVERIFY(demo_.size() <= 63'000);
    }

    void theVolumeFollowsTheWish_data()
    {
        QTest::addColumn<quint64>("events");
        QTest::newRow("5,000") << quint64{5'000};
        QTest::newRow("20,000") << quint64{20'000};
        QTest::newRow("200,000") << quint64{200'000};
    }
    void theVolumeFollowsTheWish()
    {
        QFETCH(quint64, events);
        const auto size = readDemo({.seed = 3, .events = events}).size();
        QVERIFY2(size > events * 92 / 100 && size < events * 108 / 100, qPrintable(QString::number(size)));
    }

    void theSameSeedGivesTheSameBytesOnEveryMachine()
    {
        QCOMPARE(hashOf(readDemo({})), hashOf(demo_));
        // A change of the generator changes this number, and nothing else may.
        QCOMPARE(hashOf(demo_), quint64{16306752807953390314u});
    }

    void anotherSeedGivesAnotherShop()
    {
        QVERIFY(hashOf(readDemo({.seed = 1, .events = 5'000})) != hashOf(readDemo({.seed = 2, .events = 5'000})));
    }

    void brokerTimesNeverFallAndOffsetsCountUp()
    {
        std::map<std::pair<std::string, int>, std::int64_t> next;
        std::int64_t last = 0;
        for (const DemoRecord& record : demo_) {
            QVERIFY(record.brokerMs >= last);
            last = record.brokerMs;
            QCOMPARE(record.offset, (next[{record.topic, record.partition}]++));
        }
        const std::map<std::string, std::size_t> partitions{{"accounts", 3},
                                                            {"users", 3},
                                                            {"orders", 6},
                                                            {"products", 2},
                                                            {"carts", 4},
                                                            {"shop.public.users", 3},
                                                            {"shop.public.order_items", 3},
                                                            {"shop.transaction", 1},
                                                            {"__debezium-heartbeat.shop", 1}};
        std::map<std::string, std::size_t> seen;
        for (const auto& [stream, end] : next) ++seen[stream.first];
        QCOMPARE(seen, partitions);
        QVERIFY(last < timestampFromIso("2025-11-06T12:00:01Z")->milliseconds());
        QVERIFY(last > timestampFromIso("2025-11-06T11:50:00Z")->milliseconds());
        QVERIFY(demo_.front().brokerMs > timestampFromIso("2025-10-27T00:00:00Z")->milliseconds());
    }

    void theStreamsTellTheirEnds()
    {
        const auto source = source::makeDemoSource({});
        QVERIFY(source->open({}).has_value());
        std::uint64_t total = 0;
        for (const source::StreamFacts& facts : source->streams()) {
            QCOMPARE(facts.logStart, Offset{0});
            QCOMPARE(facts.startedAt, Offset{0});
            QVERIFY(facts.capturedEnd.has_value());
            total += static_cast<std::uint64_t>(facts.capturedEnd->value);
        }
        QCOMPARE(total, std::uint64_t{demo_.size()});
        QCOMPARE(source->status().recordsTotal, std::optional<std::uint64_t>(demo_.size()));
        QVERIFY(!source->finished());
    }

    void theIdentityNamesSeedAndVolume()
    {
        QCOMPARE(source::makeDemoSource({})->identity()->id, std::string("demo:8841"));
        QCOMPARE(source::makeDemoSource({.seed = 5})->identity()->id, std::string("demo:5"));
        QCOMPARE(source::makeDemoSource({.seed = 5, .events = 9'000})->identity()->id, std::string("demo:5:9000"));
        QVERIFY(source::makeDemoSource({})->identity()->kind == source::Kind::Demo);
    }

    void resumingGivesExactlyTheRest()
    {
        const DemoOptions options{.seed = 4, .events = 8'000};
        const auto whole = readDemo(options);
        for (const std::size_t cut : {std::size_t{1}, std::size_t{2'000}, whole.size() / 2, whole.size() - 1, whole.size()}) {
            std::map<std::pair<std::string, int>, std::int64_t> next;
            for (std::size_t i = 0; i < cut; ++i) next[{whole[i].topic, whole[i].partition}] = whole[i].offset + 1;
            std::vector<source::Resume> resume;
            for (const auto& [stream, offset] : next)
                resume.push_back({{stream.first, Partition{stream.second}}, Offset{offset}});
            QVERIFY(readDemo(options, resume) ==
                    std::vector<DemoRecord>(whole.begin() + static_cast<std::ptrdiff_t>(cut), whole.end()));
        }
    }

    void progressStandsBehindTheLastRecordOfEachStream()
    {
        const auto source = source::makeDemoSource({.seed = 4, .events = 8'000});
        QVERIFY(source->open({}).has_value());
        const auto batch = source->next(std::chrono::milliseconds(0));
        QVERIFY(batch.has_value());
        QCOMPARE(batch->records.size(), std::size_t{2'000});
        std::map<std::uint32_t, std::int64_t> next;
        for (const RawRecord& record : batch->records) next[record.stream] = record.offset.value + 1;
        QCOMPARE(batch->progress.size(), next.size());
        for (const RecordBatch::Progress& progress : batch->progress) QCOMPARE(progress.next.value, next[progress.stream]);
        QVERIFY(batch->bytes > 2'000 * 100);
    }

    void aCancelledReadSaysSo()
    {
        const auto source = source::makeDemoSource({.seed = 4, .events = 8'000});
        QVERIFY(source->open({}).has_value());
        source->cancel();
        const auto batch = source->next(std::chrono::milliseconds(0));
        QVERIFY(!batch.has_value());
        QVERIFY(batch.error().kind == Error::Kind::Cancelled);
        QVERIFY(!source->finished());
    }

    void allPayloadsAreJsonButThree()
    {
        std::vector<std::string> broken;
        for (const DemoRecord& record : demo_) {
            if (!record.value) continue;
            bool duplicates = false;
            if (!parseJson(*record.value, &duplicates)) broken.push_back(record.topic);
            QVERIFY(!duplicates);
        }
        std::sort(broken.begin(), broken.end());
        QCOMPARE(broken, (std::vector<std::string>{"carts", "orders", "users"}));
    }

    void everyEventIsNamedTimedAndTraced()
    {
        for (const DemoRecord& record : demo_) {
            if (record.isDatabase()) continue;
            const Json payload = record.payload();
            if (payload.is_discarded()) continue;
            QVERIFY(!textAt(payload, "/event_type").empty());
            const std::string at = textAt(payload, "/timestamp");
            QCOMPARE(at.size(), std::size_t{24});
            const auto time = timestampFromIso(at);
            QVERIFY(time.has_value());
            const auto latency = record.brokerMs - time->milliseconds();
            QVERIFY(latency >= 2 && latency <= 40);
            for (const char* name : {"event_id", "correlation_id", "trace-id", "source"}) QVERIFY(record.headers.contains(name));
        }
    }

    void everyCauseStandsInTheLogBeforeItsEffect()
    {
        std::map<std::string, const DemoRecord*> events;
        std::size_t caused = 0;
        std::size_t acrossProcesses = 0;
        for (const DemoRecord& record : demo_) {
            if (record.isDatabase()) continue;
            if (const auto cause = record.headers.find("causation_id"); cause != record.headers.end()) {
                const auto found = events.find(cause->second);
                QVERIFY2(found != events.end(), qPrintable(QString::fromStdString(record.key + " " + record.value.value_or(""))));
                if (found->second->headers.at("correlation_id") != record.headers.at("correlation_id")) ++acrossProcesses;
                ++caused;
            }
            events[record.headers.at("event_id")] = &record;
        }
        QVERIFY(caused > 15'000);
        QCOMPARE(acrossProcesses, std::size_t{1});  // user-123's move, which changes the address of an order under way
    }

    void anOrderIsCausedStepByStep()
    {
        std::map<std::string, const DemoRecord*> events;
        for (const DemoRecord& record : demo_)
            if (const auto id = record.headers.find("event_id"); id != record.headers.end()) events[id->second] = &record;
        std::vector<std::string> chain;
        const auto shipped = std::find_if(demo_.begin(), demo_.end(), [](const DemoRecord& record) {
            return record.key == "order-8841" && textAt(record.payload(), "/event_type") == "OrderShipped";
        });
        QVERIFY(shipped != demo_.end());
        for (const DemoRecord* at = &*shipped;;) {
            chain.push_back(textAt(at->payload(), "/event_type"));
            const auto cause = at->headers.find("causation_id");
            if (cause == at->headers.end()) break;
            at = events.at(cause->second);
        }
        QCOMPARE(chain,
                 (std::vector<std::string>{"OrderShipped", "OrderPaid", "StockReserved", "OrderPlaced", "CartCheckedOut"}));
    }

    void user123LivesTheSameStoryAtAnyVolume()
    {
        const auto told = [](const std::vector<DemoRecord>& records) {
            std::vector<std::string> story;
            for (const DemoRecord& record : historyOfUser123(records))
                story.push_back(record.key + " " + *record.value + " " + record.headers.at("event_id") +
                                std::to_string(record.brokerMs));
            return story;
        };
        const auto story = told(demo_);
        QCOMPARE(story.size(), std::size_t{17});
        QCOMPARE(told(readDemo({.events = 5'000})), story);
        QCOMPARE(told(readDemo({.events = 150'000})), story);
    }

    void user123MovesInTheMiddleOfHerLife()
    {
        const auto history = historyOfUser123(demo_);
        const Json ninth = history[8].payload();
        QCOMPARE(textAt(ninth, "/event_type"), std::string("AddressChanged"));
        QCOMPARE(textAt(ninth, "/timestamp"), std::string("2025-11-04T09:14:22.118Z"));
        QCOMPARE(textAt(ninth, "/old_address"), std::string("123 Main St"));
        QCOMPARE(textAt(ninth, "/new_address"), std::string("456 Oak Ave"));
    }

    void user123EndsAsTheStorySays()
    {
        UserFold fold(modelOf("user"));
        const auto history = historyOfUser123(demo_);
        for (std::size_t i = 0; i < history.size(); ++i) {
            fold.apply(history[i]);
            if (i + 1 == 9) QCOMPARE(toText(fold.state()), toText(readData("user-123-version-9.json")));
        }
        QCOMPARE(toText(fold.state()), toText(readData("user-123.json")));
    }

    void order8841HasSixEvents()
    {
        std::vector<std::string> types;
        for (const DemoRecord& record : demo_)
            if (record.topic == "orders" && record.key == "order-8841") types.push_back(textAt(record.payload(), "/event_type"));
        QCOMPARE(types, (std::vector<std::string>{"OrderPlaced", "OrderPaid", "OrderAddressChanged", "OrderShipped",
                                                  "OrderDelivered", "OrderReturned"}));
    }

    void ordersAddUpToTheirTotals()
    {
        std::size_t orders = 0;
        for (const DemoRecord& record : demo_) {
            if (record.topic != "orders") continue;
            const Json payload = record.payload();
            if (textAt(payload, "/event_type") != "OrderPlaced") continue;
            ++orders;
            std::string sum = "0.00";
            for (const Json& line : payload.at("lines"))
                for (auto piece = line.at("quantity").get<std::uint64_t>(); piece > 0; --piece)
                    sum = *addDecimals(sum, numberText(line.at("price")));
            QCOMPARE(numberAt(payload, "/total"), sum);
        }
        QVERIFY(orders > 2'500);
    }

    void account77IsBelowZeroSinceItsSeventhEventForTheFifthTookTenTimesTheFee()
    {
        const auto balances = balancesOf(demo_, {});
        const std::vector<std::int64_t> told{0, 5'000, 2'800, 7'200, 4'600, 600, -1'400, 600, -2'000};
        QCOMPARE(balances.at("account-77"), told);
        std::vector<std::string> types;
        for (const DemoRecord& record : demo_)
            if (record.key == "account-77") types.push_back(textAt(record.payload(), "/event_type"));
        QCOMPARE(types.at(4), std::string("FeeCharged"));
        QCOMPARE(types.at(6), std::string("Withdrawn"));
    }

    void fourAccountsFallBelowZeroThreeByTheFeeItself()
    {
        std::map<std::string, std::int64_t> balance;
        std::map<std::string, std::string> fallen;
        for (const DemoRecord& record : demo_) {
            if (record.topic != "accounts") continue;
            const std::int64_t now = balance[record.key] += centsMoved(record, {});
            if (now < 0) fallen.try_emplace(record.key, textAt(record.payload(), "/event_type"));
        }
        const std::map<std::string, std::string> told{{"account-77", "Withdrawn"},
                                                      {"account-79", "FeeCharged"},
                                                      {"account-80", "FeeCharged"},
                                                      {"account-82", "FeeCharged"}};
        QCOMPARE(fallen, told);
    }

    void withTheRightFeeNoAccountWouldHaveFallenBelowZero_data()
    {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {8841, 1, 2, 3}) QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void withTheRightFeeNoAccountWouldHaveFallenBelowZero()
    {
        QFETCH(quint64, seed);
        for (const auto& [account, balances] : balancesOf(readDemo({.seed = seed, .events = 5'000}), std::int64_t{260}))
            for (const std::int64_t balance : balances) QVERIFY2(balance >= 0, account.c_str());
    }

    void oneEntityHasManyEvents()
    {
        const auto count =
            std::count_if(demo_.begin(), demo_.end(), [](const DemoRecord& record) { return record.topic == "products"; });
        QVERIFY(count >= 5'000);
    }

    void nothingHappensToAUserAfterItsDeletion()
    {
        std::set<std::string> gone;
        for (const DemoRecord& record : demo_) {
            if (record.topic != "users" && record.topic != "orders" && record.topic != "carts") continue;
            const Json payload = record.payload();
            const std::string user = textAt(payload, "/user_id");
            QVERIFY(!gone.contains(user));
            if (textAt(payload, "/event_type") == "UserDeleted") gone.insert(user);
        }
        QVERIFY(gone.size() > 20);
    }

    void everyTopicHasAMappingAndEveryCategoryAModel()
    {
        const auto mappings = parseJson(source::demoMappings());
        QVERIFY(mappings.has_value());
        std::set<std::string> categories;
        std::set<std::string> topics;
        for (const Json& mapping : *mappings) {
            topics.insert(mapping.at("topic").get<std::string>());
            if (!mapping.contains("entities")) continue;
            for (const Json& entity : mapping.at("entities")) categories.insert(textAt(entity, "/category/const"));
        }
        for (const DemoRecord& record : demo_)
            QVERIFY(topics.contains(record.topic) ||
                    (record.topic.starts_with("shop.public.") && topics.contains("shop.public.*")));
        std::set<std::string> models;
        for (const auto& [category, text] : source::demoModels()) {
            const Json model = parseJson(text).value();
            if (!model.contains("script")) QCOMPARE(textAt(model, "/entity"), category);
            models.insert(category);
        }
        QCOMPARE(models, categories);
    }

    void theModelsReadOnlyWhatTheEventsHold()
    {
        std::map<std::string, Json> sample;  // by type; all events of a type have the same members
        for (const DemoRecord& record : demo_) {
            if (record.isDatabase()) continue;
            const Json payload = record.payload();
            if (!payload.is_discarded()) sample.try_emplace(textAt(payload, "/event_type"), payload);
        }
        std::size_t read = 0;
        const auto check = [&](const auto& self, const Json& value, const Json& payload) -> void {
            if (value.contains("at")) {
                ++read;
                QVERIFY(valueAt(payload, *Pointer::parse(value.at("at").get<std::string>())) != nullptr);
            }
            if (value.contains("object"))
                for (const auto& [name, inner] : value.at("object").items()) self(self, inner, payload);
        };
        for (const auto& [category, text] : source::demoModels()) {
            const Json rules = parseJson(text).value();
            if (rules.contains("script")) continue;
            for (const auto& [type, operations] : rules.at("on").items()) {
                QVERIFY2(sample.contains(type), type.c_str());
                for (const Json& operation : operations)
                    if (operation.contains("value")) check(check, operation.at("value"), sample.at(type));
            }
        }
        QVERIFY(read > 30);
    }

private:
    std::vector<DemoRecord> demo_;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "test_demo.moc"
