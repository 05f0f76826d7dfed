#pragma once
#include "core/replay/sweep_models.h"
#include "core/store/store.h"
#include "tests/unit/replay/test_log.h"

#include <QTemporaryDir>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hindcast::test {

/// A workspace of random lives: plain entities of two categories, whose events lie in several partitions, in part late and in part in
/// two histories at once, and rows of a table that is truncated now and then. Some records are rejects.
class SweepWorkspace {
public:
    static constexpr int kPartitions = 3;

    explicit SweepWorkspace(unsigned seed = 1) : random_(seed)
    {
        store_ = *store::Store::open(folder_.filePath("w.hindcast").toStdString(), store::Mode::CreateOrOpen);
        writer_ = *store_->writer();
        source_ = *writer_->addSource("file", "capture", "capture", "");
        for (int i = 0; i < kPartitions; ++i) parts_.push_back(*writer_->addPart(source_, "orders", Partition{i}));
        rows_ = *writer_->addPart(source_, "pg.public.users", Partition{0});
    }

    /// Random events of `entities` entities, committed in some steps.
    void grow(int events, int entities)
    {
        for (int i = 0; i < events; ++i) {
            if (below(10) == 0)
                addRow(below(entities));
            else
                addPlain(below(entities));
            if (below(97) == 0) commit();
        }
        commit();
    }
    /// One event of one entity.
    void add(const std::string& id, const std::string& type, const std::string& payload, const std::string& key = {})
    {
        const PartId part = parts_[static_cast<std::size_t>(below(kPartitions))];
        append(part, {{"", "user", id}}, type, EventKind::Plain, payload, now_ += 1'000'000'000, {}, {}, key);
    }
    void commit()
    {
        if (!writer_->commit()) qFatal("cannot commit");
    }

    [[nodiscard]] replay::SweepSource source() const
    {
        return {store_,
                [](store::Reader&) -> Result<std::unique_ptr<PayloadSource>> { return std::make_unique<TestPayloads>(); }};
    }
    [[nodiscard]] const std::shared_ptr<store::Store>& store() const { return store_; }
    [[nodiscard]] std::vector<EntityId> entities() const
    {
        auto reader = *store_->reader();
        const auto directory = *reader->directory();
        std::vector<EntityId> all;
        for (std::uint32_t id = 0; id < directory->size(); ++id)
            if (directory->counts[id] > 0) all.emplace_back(id);
        return all;
    }

    /// Every state of every entity, by an EntityReplay each: what is known of none is what a sweep must find.
    void eachState(const model::Reducer& reducer,
                   const std::function<bool(const replay::History&, Version, const model::FoldState&)>& visit) const
    {
        auto reader = *store_->reader();
        for (const EntityId id : entities()) {
            const auto history = *replay::loadHistory(*reader, id);
            replay::EntityReplay replay(*reader, history, reducer.clone(), std::make_unique<TestPayloads>());
            auto done = replay.walk(Version{1}, history->last(), {}, [&](Version version, const model::FoldState& state) {
                return visit(*history, version, state);
            });
            if (!done) qFatal("cannot replay: %s", done.error().text().c_str());
        }
    }

private:
    int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

    void addPlain(int entity)
    {
        const std::string id = std::to_string(entity);
        std::vector<EntityRef> entities{{"", entity % 3 == 0 ? "order" : "user", id}};
        // Views must live as long as the call.
        const std::string second = std::to_string(below(5));
        if (below(8) == 0) entities.push_back({"", "shop", second});
        now_ += below(2'000'000'000);
        const std::int64_t late = below(5) == 0 ? below(2'000'000'000) * 3LL : 0;
        const std::string payload = R"({"n":)" + std::to_string(below(1000)) + R"(,"a":")" + std::to_string(below(4)) +
                                    R"(","f)" + std::to_string(below(3)) + R"(":)" + std::to_string(below(3)) + "}";
        static constexpr const char* kTypes[] = {"Placed", "Paid", "Shipped"};
        append(parts_[static_cast<std::size_t>(below(kPartitions))], entities, kTypes[below(3)], EventKind::Plain, payload,
               now_ - late, {}, below(50) == 0 ? "no JSON" : "");
    }
    void addRow(int entity)
    {
        const std::string id = std::to_string(entity);
        ++lsn_;
        if (below(25) == 0) {
            append(rows_, {{"pg", "public.users", "*"}}, "truncate", EventKind::Truncate, R"({"op":"t"})", now_, {lsn_, lsn_, 0},
                   {});
            return;
        }
        const bool ends = below(6) == 0;
        const std::string row = R"({"id":)" + id + R"(,"n":)" + std::to_string(below(100)) + "}";
        const std::string payload =
            ends ? R"({"op":"d","before":)" + row + R"(,"after":null})" : R"({"op":"u","before":null,"after":)" + row + "}";
        const EventKind kind = ends ? EventKind::Delete : EventKind::Update;
        append(rows_, {{"pg", "public.users", id}}, std::string(nameOf(kind)), kind, payload, now_, {lsn_, lsn_, 0}, {});
        if (ends) append(rows_, {{"pg", "public.users", id}}, "tombstone", EventKind::Tombstone, "", now_, {}, {});
    }

    void append(PartId part, const std::vector<EntityRef>& entities, const std::string& type, EventKind kind,
                const std::string& payload, std::int64_t time, SourceOrder order, const std::string& reject,
                const std::string& key = {})
    {
        RawRecord record;
        record.offset = Offset{next_[part.value]++};
        record.key = key;
        if (kind != EventKind::Tombstone) record.value = payload;
        EventFacts facts;
        facts.entities = entities;
        facts.type = type;
        facts.kind = kind;
        facts.time = Timestamp{time};
        facts.order = order;
        facts.payload = record.value.value_or("");
        facts.reject = reject;
        if (!writer_->append(part, record, {}, facts)) qFatal("cannot append");
        writer_->setProgress(part, Offset{next_[part.value]});
    }

    QTemporaryDir folder_;
    std::mt19937 random_;
    std::shared_ptr<store::Store> store_;
    std::unique_ptr<store::Writer> writer_;
    SourceId source_;
    std::vector<PartId> parts_;
    PartId rows_;
    std::map<std::uint32_t, std::int64_t> next_;
    std::int64_t now_ = 1'700'000'000'000'000'000;
    std::uint64_t lsn_ = 0;
};

/// The same model for every category.
inline replay::ModelOf everywhere(std::shared_ptr<const model::Reducer> reducer)
{
    return [reducer = std::move(reducer)](const store::Category&) -> Result<std::shared_ptr<const model::Reducer>> {
        return reducer;
    };
}

/// A run that folds here, and tells late: some hundred calls are kept until they are carried out.
class LateRun final : public model::Run {
public:
    explicit LateRun(std::unique_ptr<model::Run> run) : run_(std::move(run)) {}
    Result<void> begin(std::uint64_t tag, const EntityKey& entity, Version version, const model::FoldState* from,
                       model::Detail detail) override
    {
        const auto state = from ? std::make_shared<model::FoldState>(*from) : nullptr;
        return later([=, this] { return run_->begin(tag, entity, version, state.get(), detail); });
    }
    Result<void> feed(const model::Input& input) override
    {
        struct Kept {
            model::Input input;
            std::string category, entity, type, payload;
        };
        const auto kept = std::make_shared<Kept>(Kept{input, std::string(input.category), std::string(input.entity),
                                                      std::string(input.type), std::string(input.payload)});
        kept->payload.reserve(kept->payload.size() + 64);
        kept->input.category = kept->category;
        kept->input.entity = kept->entity;
        kept->input.type = kept->type;
        kept->input.payload = kept->payload;
        return later([this, kept] { return run_->feed(kept->input); });
    }
    Result<void> pass(Version version) override
    {
        return later([=, this] { return run_->pass(version); });
    }
    Result<void> setDetail(model::Detail detail) override
    {
        return later([=, this] { return run_->setDetail(detail); });
    }
    Result<void> askState() override
    {
        return later([this] { return run_->askState(); });
    }
    Result<void> askAccepted(const model::Input&) override { return {}; }
    Result<void> askDecision(std::string_view, const Json&) override { return {}; }
    Result<void> drain() override
    {
        for (const auto& each : std::exchange(waiting_, {}))
            if (auto done = each(); !done) return done;
        return run_->drain();
    }

private:
    Result<void> later(std::function<Result<void>()> call)
    {
        waiting_.push_back(std::move(call));
        return waiting_.size() < 700 ? Result<void>() : drain();
    }
    std::unique_ptr<model::Run> run_;
    std::vector<std::function<Result<void>()>> waiting_;
};

/// A model that is told late of, as one in another process is.
class LateReducer final : public model::Reducer {
public:
    explicit LateReducer(std::shared_ptr<const model::Reducer> inner) : inner_(std::move(inner)) {}
    std::string name() const override { return "late"; }
    std::string describe() const override { return "late"; }
    std::string hash() const override { return "late " + inner_->hash(); }
    std::unique_ptr<Reducer> clone() const override { return std::make_unique<LateReducer>(inner_); }
    Json initial() const override { return Json(Json::value_t::discarded); }
    bool isRemote() const override { return true; }
    Result<std::unique_ptr<model::Run>> start(model::RunSink& sink, model::RunOptions options) const override
    {
        return std::make_unique<LateRun>(model::nativeRun(inner_->clone(), sink, std::move(options)));
    }
    std::expected<void, model::EvolveError> evolve(model::FoldState&, const model::Input&, Changes*) override
    {
        return std::unexpected(model::EvolveError{"not here", ""});
    }

private:
    std::shared_ptr<const model::Reducer> inner_;
};

}  // namespace hindcast::test
