#include "core/replay/model_diff.h"
#include "tests/unit/replay/sweep_workspace.h"

#include <QObject>

using namespace hindcast;
using namespace hindcast::test;

namespace {

std::shared_ptr<const model::Reducer> rules(const char* document)
{
    auto made = model::setRules(json(document));
    if (!made) qFatal("%s", made.error().text().c_str());
    return std::move(*made);
}

/// "user/3 v4: replace /n 1->2", in order.
using Told = std::map<std::string, std::string>;

Told naive(const SweepWorkspace& workspace, const model::Reducer& first, const model::Reducer& second)
{
    std::map<std::string, std::vector<model::FoldState>> states;
    workspace.eachState(first, [&](const replay::History& history, Version, const model::FoldState& state) {
        states[history.key.text()].push_back(state);
        return true;
    });
    Told told;
    workspace.eachState(second, [&](const replay::History& history, Version version, const model::FoldState& state) {
        const model::FoldState& other = states[history.key.text()][version.value - 1];
        if (model::GivenState(state).sameAs(model::GivenState(other))) return true;
        told[history.key.text()] = "v" + std::to_string(version.value) + ": " + line(difference(other.document, state.document));
        return false;
    });
    return told;
}

Told compared(const SweepWorkspace& workspace, const replay::ModelOf& first, const replay::ModelOf& second,
              const replay::SweepOptions& options)
{
    Told told;
    const auto done = replay::modelDifference(workspace.source(), {}, first, second, options, [&](const auto& difference) {
        QVERIFY(!told.contains(difference.key.text()));
        told[difference.key.text()] = "v" + std::to_string(difference.version.value) + ": " + line(difference.changes);
    });
    if (!done) qFatal("%s", done.error().text().c_str());
    if (done->differing != told.size()) qFatal("the summary counts otherwise");
    return told;
}

}  // namespace

class ModelDiffTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstEventAtWhichTheyPartIsFoundWithBothValues()
    {
        SweepWorkspace workspace(11);
        workspace.grow(6000, 150);
        const std::shared_ptr<const model::Reducer> first = rules(
            R"({"entity":"user","initial":{"n":0},"on":{"*":[{"add":"/n","value":{"at":"/n"}},{"set":"/a","value":{"at":"/a"}}]}})");
        const std::shared_ptr<const model::Reducer> second = rules(
            R"({"entity":"user","initial":{"n":0},"on":{"Shipped":[{"set":"/a","value":{"at":"/a"}}],"*":[{"add":"/n","value":{"at":"/n"}},{"set":"/a","value":{"at":"/a"}}],"Paid":[{"add":"/n","value":{"at":"/n"}}]}})");
        const Told expected = naive(workspace, *first, *second);
        QVERIFY(!expected.empty());
        const auto late = [](const std::shared_ptr<const model::Reducer>& inner) {
            return everywhere(std::make_shared<LateReducer>(inner));
        };
        for (const unsigned threads : {1u, 4u}) {
            QVERIFY(compared(workspace, everywhere(first), everywhere(second), {.threads = threads}) == expected);
            // What is told late, by the one, the other, or both.
            QVERIFY(compared(workspace, late(first), everywhere(second), {.threads = threads}) == expected);
            QVERIFY(compared(workspace, everywhere(first), late(second), {.threads = threads}) == expected);
            QVERIFY(compared(workspace, late(first), late(second), {.threads = threads}) == expected);
        }
        QVERIFY(compared(workspace, late(first), everywhere(second), {.threads = 2, .memory = 300'000}) == expected);
    }

    void aModelDoesNotDifferFromItself()
    {
        SweepWorkspace workspace(12);
        workspace.grow(3000, 100);
        const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
        QVERIFY(compared(workspace, everywhere(merge), everywhere(std::make_shared<LateReducer>(merge)), {}).empty());
    }

    void entitiesThatOneOfThemHasNoModelForArePassedOver()
    {
        SweepWorkspace workspace(13);
        workspace.grow(2000, 60);
        const std::shared_ptr<const model::Reducer> merge = model::builtIn("merge");
        const std::shared_ptr<const model::Reducer> latest = model::builtIn("latest");
        const replay::ModelOf users = [&](const store::Category& category) -> Result<std::shared_ptr<const model::Reducer>> {
            return category.text == "user" ? latest : nullptr;
        };
        const Told told = compared(workspace, everywhere(merge), users, {});
        QVERIFY(!told.empty());
        for (const auto& [key, how] : told) QVERIFY(key.starts_with("user/"));
    }
};

QTEST_GUILESS_MAIN(ModelDiffTest)
#include "test_model_diff.moc"
