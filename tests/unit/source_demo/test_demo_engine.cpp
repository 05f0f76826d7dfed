#include "core/decode/decoder.h"
#include "core/model/reducer.h"
#include "tests/unit/source_demo/demo_log.h"

#include <QFile>
#include <QTest>

#include <memory>
#include <span>

using namespace hindcast;

namespace {

Json readData(const char* name)
{
    QFile file(QStringLiteral(HINDCAST_TEST_DATA "/demo/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly)) return Json(Json::value_t::discarded);
    const QByteArray bytes = file.readAll();
    auto parsed = parseJson(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
    return parsed ? *parsed : Json(Json::value_t::discarded);
}

/// An entity and what the model has made of it so far.
struct Life {
    model::FoldState state;
    std::uint64_t version = 0;
    Timestamp last;
};

}  // namespace

/// The demo's mapping file and models, read by the decoder and the set rules themselves. The demo's records come in the order of
/// time, so the fold needs no store.
class TestDemoEngine : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        const auto mappings = decode::mappingsFromJson(parseJson(source::demoMappings()).value());
        QVERIFY2(mappings.has_value(), mappings ? "" : mappings.error().text().c_str());
        for (const auto& [category, text] : source::demoModels()) {
            const Json document = parseJson(text).value();
            if (document.contains("script")) continue;  // runs in a process of its own: the window's tests fold it
            auto rules = model::setRules(document);
            QVERIFY2(rules.has_value(), rules ? "" : rules.error().text().c_str());
            models_[category] = std::move(*rules);
        }
        const auto source = source::makeDemoSource({});
        QVERIFY(source->open({}).has_value());
        std::map<std::string, decode::Decoder> decoders;
        while (!source->finished()) {
            const auto batch = source->next(std::chrono::milliseconds(0));
            QVERIFY(batch.has_value());
            for (const RawRecord& record : batch->records) {
                const std::string& topic = (*batch->streams)[record.stream].topic;
                auto decoder = decoders.find(topic);
                if (decoder == decoders.end()) {
                    const decode::Mapping* mapping = decode::mappingFor(*mappings, topic);
                    QVERIFY(mapping != nullptr);
                    decoder = decoders.try_emplace(topic, *mapping, topic).first;
                }
                EventFacts facts;
                decoder->second.decode(record, std::span(batch->headers).subspan(record.firstHeader, record.headerCount), facts);
                apply(topic, facts);
            }
        }
    }

    void threeRecordsAreRejectedAndKeepTheirLanes()
    {
        QCOMPARE(rejects_.size(), std::size_t{3});
        for (const std::string& entity : rejects_) QVERIFY(!entity.empty());
    }

    void onlyHeartbeatsAndTransactionMarkersBelongToNobody()
    {
        QCOMPARE(ofNobody_.size(), std::size_t{2});
        QVERIFY(ofNobody_.contains("shop.transaction"));
        QVERIFY(ofNobody_.contains("__debezium-heartbeat.shop"));
    }

    void noHandlerFails() { QCOMPARE(failures_, std::vector<std::string>{}); }

    void user123IsWhatHerStorySays()
    {
        QCOMPARE(lives_.at("user/user-123").version, std::uint64_t{17});
        QCOMPARE(toText(lives_.at("user/user-123").state.document), toText(readData("user-123.json")));
        QCOMPARE(ninth_, toText(readData("user-123-version-9.json")));
    }

    void cart77IsWhatOrder8841Sold()
    {
        const Json& cart = lives_.at("cart/cart-77").state.document;
        const Json& order = lives_.at("order/order-8841").state.document;
        QCOMPARE(numberAt(cart, "/total"), std::string("119.90"));
        QCOMPARE(cart.at("items").size(), order.at("lines").size());
        QCOMPARE(textAt(cart, "/order"), std::string("order-8841"));
        QCOMPARE(textAt(order, "/shipTo"), std::string("456 Oak Ave"));
        QCOMPARE(textAt(order, "/status"), std::string("returned"));
    }

    void theCatalogueIsOneEntityWithManyEvents()
    {
        const Life& catalogue = lives_.at("catalog/product-catalog");
        QVERIFY(catalogue.version >= 5'000);
        QCOMPARE(numberAt(catalogue.state.document, "/products"), std::string("200"));
    }

    void anEntitysEventsComeInTheOrderOfTheirTimes() { QCOMPARE(outOfOrder_, std::size_t{0}); }

    void deletedUsersAreDead()
    {
        std::size_t dead = 0;
        for (const auto& [entity, life] : lives_)
            if (entity.starts_with("user/") && !life.state.alive) ++dead;
        QVERIFY(dead > 20);
    }

private:
    void apply(const std::string& topic, const EventFacts& facts)
    {
        if (!facts.reject.empty()) {
            rejects_.push_back(facts.entities.empty() ? "" : std::string(facts.entities.front().id));
            return;
        }
        if (facts.entities.empty()) ++ofNobody_[topic];
        for (const EntityRef& entity : facts.entities) {
            const auto model = models_.find(std::string(entity.category));
            if (model == models_.end()) continue;
            const std::string name = std::string(entity.category) + "/" + std::string(entity.id);
            Life& life = lives_[name];
            if (!life.state.alive) life.state = {model->second->initial(), true};
            // The catalogue gathers two partitions, which the history's order merges by time; here they come as the broker took them.
            if (facts.time < life.last && entity.category != "catalog" && entity.category != "product") ++outOfOrder_;
            life.last = facts.time;
            model::Input input;
            input.version = Version{++life.version};
            input.category = entity.category;
            input.entity = entity.id;
            input.type = facts.type;
            input.kind = facts.kind;
            input.time = facts.time;
            const std::string padded = std::string(facts.payload) + std::string(64, ' ');
            input.payload = std::string_view(padded).substr(0, facts.payload.size());
            const auto applied = model->second->evolve(life.state, input, nullptr);
            if (!applied) failures_.push_back(name + ": " + applied.error().handler + ": " + applied.error().message);
            if (name == "user/user-123" && life.version == 9) ninth_ = toText(life.state.document);
        }
    }

    std::map<std::string, std::unique_ptr<model::Reducer>> models_;
    std::map<std::string, Life> lives_;
    std::vector<std::string> rejects_;
    std::vector<std::string> failures_;
    std::map<std::string, std::size_t> ofNobody_;
    std::string ninth_;
    std::size_t outOfOrder_ = 0;
};

QTEST_GUILESS_MAIN(TestDemoEngine)
#include "test_demo_engine.moc"
