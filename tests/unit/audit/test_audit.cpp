#include "core/audit/determinism.h"
#include "core/audit/invariants.h"
#include "tests/unit/replay/sweep_workspace.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

/// Folds as another does and holds "n never falls" and "a is no 3" of its states.
class GuardedRun final : public model::Run, private model::RunSink {
public:
    GuardedRun(std::unique_ptr<model::Reducer> inner, model::RunSink& sink, const model::RunOptions& options)
        : sink_(sink), invariants_(options.invariants), inner_(model::nativeRun(std::move(inner), *this, options))
    {
    }
    Result<void> begin(std::uint64_t tag, const EntityKey& entity, Version version, const model::FoldState* from,
                       model::Detail detail) override
    {
        last_ = 0;
        three_ = false;
        detail_ = detail;
        return inner_->begin(tag, entity, version, from, invariants_ ? model::Detail::States : detail);
    }
    Result<void> feed(const model::Input& input) override { return inner_->feed(input); }
    Result<void> pass(Version version) override { return inner_->pass(version); }
    Result<void> setDetail(model::Detail detail) override { return inner_->setDetail(detail); }
    Result<void> askState() override { return inner_->askState(); }
    Result<void> askAccepted(const model::Input&) override { return {}; }
    Result<void> askDecision(std::string_view, const Json&) override { return {}; }
    Result<void> drain() override { return inner_->drain(); }

private:
    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        sink_.failed(tag, version, error);
    }
    void changes(std::uint64_t tag, Version version, const Changes& changes) override { sink_.changes(tag, version, changes); }
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override
    {
        if (!invariants_) return sink_.state(tag, version, state);
        if (!state.alive()) return;
        const Json& document = *state.inPlace();
        const std::int64_t n = document.contains("n") ? document["n"].get<std::int64_t>() : 0;
        const bool three = document.contains("a") && document["a"] == "3";
        if (n < last_) sink_.broken(tag, version, "n never falls", "");
        if (three && !three_) sink_.broken(tag, version, "a is no 3", "it is 3");
        last_ = n;
        three_ = three;
    }
    model::RunSink& sink_;
    bool invariants_;
    model::Detail detail_ = model::Detail::Nothing;
    std::int64_t last_ = 0;
    bool three_ = false;
    std::unique_ptr<model::Run> inner_;
};

class Guarded final : public model::Reducer {
public:
    std::string name() const override { return "guarded"; }
    std::string describe() const override { return "guarded"; }
    std::string hash() const override { return "guarded"; }
    std::unique_ptr<Reducer> clone() const override { return std::make_unique<Guarded>(); }
    Json initial() const override { return Json(Json::value_t::discarded); }
    Result<std::unique_ptr<model::Run>> start(model::RunSink& sink, model::RunOptions options) const override
    {
        return std::make_unique<GuardedRun>(model::builtIn("merge"), sink, options);
    }
    std::vector<std::string> invariants() const override { return {"n never falls", "a is no 3"}; }
    std::expected<void, model::EvolveError> evolve(model::FoldState& state, const model::Input& input, Changes* changes) override
    {
        return merge_->evolve(state, input, changes);
    }

private:
    std::unique_ptr<model::Reducer> merge_ = model::builtIn("merge");
};

/// A model that is none: it goes by more than the state and the event.
class Hidden final : public model::Reducer {
public:
    enum class Fault { None, CountsAll, RemembersTheFold, WritesInAnyOrder, IsInAMoodOnce, EveryOther };
    explicit Hidden(Fault fault) : fault_(fault) {}
    std::string name() const override { return "hidden"; }
    std::string describe() const override { return "hidden"; }
    std::string hash() const override { return "hidden"; }
    std::unique_ptr<Reducer> clone() const override
    {
        auto copy = std::make_unique<Hidden>(fault_);
        copy->moody_ = moody_;
        return copy;
    }
    Json initial() const override { return Json::object(); }
    std::expected<void, model::EvolveError> evolve(model::FoldState& state, const model::Input& input, Changes*) override
    {
        ++seen_;
        if (input.version.value == 1) fold_ = 0;
        ++fold_;
        if (!state.alive) state = {Json::object(), true};
        state.document["type"] = std::string(input.type);
        state.document["version"] = input.version.value;
        if (fault_ == Fault::CountsAll && input.type == "Paid") state.document["seen"] = seen_;
        if (fault_ == Fault::RemembersTheFold) state.document["fold"] = fold_;
        if (fault_ == Fault::IsInAMoodOnce && std::exchange(*moody_, false)) state.document["mood"] = "bad";
        if (fault_ == Fault::EveryOther) state.document["odd"] = seen_ % 2;
        if (fault_ == Fault::WritesInAnyOrder && seen_ % 3 == 0) {
            Json other = Json::object();
            for (const char* name : {"version", "type"}) other[name] = state.document[name];
            state.document = std::move(other);
        }
        return {};
    }

private:
    Fault fault_;
    std::uint64_t seen_ = 0;
    std::uint64_t fold_ = 0;
    std::shared_ptr<bool> moody_ = std::make_shared<bool>(true);
};

using Told = std::set<std::string>;

std::string keyOf(const audit::Finding& finding)
{
    return finding.key.text() + " v" + std::to_string(finding.version.value) + " " + finding.subject;
}

}  // namespace

class AuditTest : public QObject {
    Q_OBJECT

private slots:
    void invariantsAreToldWhereTheyCeaseToHoldGroupedByCause()
    {
        SweepWorkspace workspace(31);
        workspace.grow(4000, 100);
        Told expected;
        std::int64_t last = 0;
        bool was = false;
        workspace.eachState(*model::builtIn("merge"),
                            [&](const replay::History& history, Version version, const model::FoldState& state) {
                                if (version.value == 1) {
                                    last = 0;
                                    was = false;
                                }
                                if (!state.alive) return true;
                                const std::int64_t n = state.document.contains("n") ? state.document["n"].get<std::int64_t>() : 0;
                                const bool three = state.document.contains("a") && state.document["a"] == "3";
                                if (n < last)
                                    expected.insert(history.key.text() + " v" + std::to_string(version.value) + " n never falls");
                                if (three && !was)
                                    expected.insert(history.key.text() + " v" + std::to_string(version.value) + " a is no 3");
                                last = n;
                                was = three;
                                return true;
                            });
        QVERIFY(expected.size() > 500);
        for (const unsigned threads : {1u, 4u}) {
            Told told;
            std::uint64_t withValues = 0;
            const auto done = audit::checkInvariants(
                workspace.source(), {}, everywhere(std::make_shared<Guarded>()), {.threads = threads},
                [&](const audit::Finding& finding) {
                    told.insert(keyOf(finding));
                    if (finding.values.empty()) return;
                    ++withValues;
                    const auto at = finding.subject == "a is no 3" ? "/a" : "/n";
                    QVERIFY(std::ranges::any_of(finding.values, [&](const Change& change) { return change.pointer == at; }));
                });
            QVERIFY(done);
            QVERIFY(done->declared);
            QVERIFY(told == expected);
            QCOMPARE(done->findings, expected.size());
            std::uint64_t counted = 0;
            for (const auto& group : done->groups) counted += group.findings;
            QCOMPARE(counted, expected.size());
            QCOMPARE(done->groups.size(), std::size_t{6});  // two invariants, three types
            QCOMPARE(withValues, 6 * audit::kFindingsWithValues);
        }
    }

    void onlyTheEntitiesThatAreNamedAreChecked()
    {
        SweepWorkspace workspace(32);
        workspace.grow(2000, 50);
        replay::SweepScope scope;
        scope.entities = {workspace.entities()[2]};
        Told entities;
        const auto done = audit::checkInvariants(workspace.source(), scope, everywhere(std::make_shared<Guarded>()), {},
                                                 [&](const audit::Finding& finding) { entities.insert(finding.key.text()); });
        QVERIFY(done);
        QCOMPARE(done->looked.entities, std::uint64_t{1});
        QVERIFY(entities.size() <= 1);
    }

    void whereNothingIsDeclaredNothingIsLookedAt()
    {
        SweepWorkspace workspace(33);
        workspace.grow(500, 20);
        const auto done =
            audit::checkInvariants(workspace.source(), {}, everywhere(model::builtIn("merge")), {}, [](const audit::Finding&) {});
        QVERIFY(done);
        QVERIFY(!done->declared);
        QCOMPARE(done->looked.entities, std::uint64_t{0});
    }

    void aModelThatGoesByTheStateAndTheEventAlonePasses()
    {
        SweepWorkspace workspace(34);
        workspace.grow(3000, 80);
        const auto pure = std::make_shared<Hidden>(Hidden::Fault::None);
        for (const auto& models :
             {everywhere(pure), everywhere(std::make_shared<LateReducer>(pure)), everywhere(model::builtIn("merge"))}) {
            const auto done =
                audit::checkDeterminism(workspace.source(), {}, models, {.threads = 2}, [](const audit::Finding&) {});
            QVERIFY(done);
            QCOMPARE(done->findings, std::uint64_t{0});
            QCOMPARE(done->looked.entities, workspace.entities().size());
        }
    }

    void aStateThatIsTheSameIsSoHoweverItIsWritten()
    {
        SweepWorkspace workspace(37);
        workspace.grow(1500, 60);
        const auto model = std::make_shared<Hidden>(Hidden::Fault::WritesInAnyOrder);
        for (const auto& models : {everywhere(model), everywhere(std::make_shared<LateReducer>(model))}) {
            const auto done =
                audit::checkDeterminism(workspace.source(), {}, models, {.threads = 1}, [](const audit::Finding&) {});
            QVERIFY(done);
            QCOMPARE(done->findings, std::uint64_t{0});
        }
    }

    void whatWasSeenOnceIsToldThoughItIsNotSeenAgain()
    {
        SweepWorkspace workspace(38);
        workspace.grow(1500, 60);
        for (const bool late : {false, true}) {
            std::shared_ptr<const model::Reducer> model = std::make_shared<Hidden>(Hidden::Fault::IsInAMoodOnce);
            if (late) model = std::make_shared<LateReducer>(model);
            std::vector<audit::Finding> told;
            const auto done = audit::checkDeterminism(workspace.source(), {}, everywhere(model), {.threads = 1},
                                                      [&](const audit::Finding& finding) { told.push_back(finding); });
            QVERIFY(done);
            QCOMPARE(told.size(), std::size_t{1});
            QCOMPARE(told.front().version.value, std::uint64_t{1});
            QVERIFY(told.front().what.ends_with("asked once more it gave the same"));
        }
    }

    void aModelThatCountsItsCallsIsCaughtThoughTheyComeOutEven()
    {
        SweepWorkspace workspace(39);
        workspace.grow(1200, 60);
        for (const EntityId entity : workspace.entities()) {
            replay::SweepScope scope;
            scope.entities = {entity};
            const auto done = audit::checkDeterminism(workspace.source(), scope,
                                                      everywhere(std::make_shared<Hidden>(Hidden::Fault::EveryOther)),
                                                      {.threads = 1}, [](const audit::Finding&) {});
            QVERIFY(done);
            if (done->looked.events > 1) QCOMPARE(done->findings, std::uint64_t{1});
        }
    }

    void aModelThatRemembersOtherEntitiesIsCaughtAtTheEventWithBothValues()
    {
        SweepWorkspace workspace(35);
        workspace.grow(1500, 60);
        std::map<std::string, audit::Finding> told;
        const auto hidden = std::make_shared<Hidden>(Hidden::Fault::CountsAll);
        const auto done = audit::checkDeterminism(workspace.source(), {}, everywhere(hidden), {.threads = 1},
                                                  [&](const audit::Finding& finding) { told[finding.key.text()] = finding; });
        QVERIFY(done);
        QVERIFY(told.size() > 20);
        QCOMPARE(done->findings, told.size());
        for (const auto& [key, finding] : told) {
            QCOMPARE(finding.cause, std::string("Paid"));
            QVERIFY(finding.subject == "a second replay" || finding.subject == "a replay from a snapshot");
        }
    }

    void aModelThatLosesItsMemoryInASnapshotIsCaught()
    {
        SweepWorkspace workspace(36);
        workspace.grow(1500, 60);
        std::uint64_t named = 0;
        const auto hidden = std::make_shared<Hidden>(Hidden::Fault::RemembersTheFold);
        const auto done = audit::checkDeterminism(workspace.source(), {}, everywhere(hidden), {.threads = 2},
                                                  [&](const audit::Finding& finding) {
                                                      if (finding.subject != "a replay from a snapshot") return;
                                                      for (const Change& change : finding.values)
                                                          if (change.pointer == "/fold") ++named;
                                                  });
        QVERIFY(done);
        QVERIFY(done->findings > 20);
        QVERIFY(named > 0);
    }
};

QTEST_GUILESS_MAIN(AuditTest)
#include "test_audit.moc"
