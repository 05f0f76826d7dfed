#include "core/model/runtime.h"
#include "core/model/script.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

#include <random>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::EntityReplay;

namespace {

// Numbers with more digits than a payload's may have to come as numbers: 0.30000000000000004, 1.2e-300, 9007199254741994. And what JSON
// has no word for: Infinity that comes and goes, NaN that stays, undefined.
constexpr const char* kScript =
    R"(export const entities = { user: { initial: () => ({ sum: 0, tiny: 1, large: 9007199254740993, items: [], least: Infinity, odd: 0 }), evolve: {
  $any: (state, { payload }) => ({ sum: state.sum + payload.n, tiny: state.tiny / 3, large: state.large * 1.00001,
                                   items: [...state.items.slice(-3), state.sum / 7],
                                   least: payload.n < 3 ? Infinity : Math.min(state.least, payload.n),
                                   odd: state.odd + (payload.n > 998 ? NaN : 1), open: undefined, was: "open" in state }) } } };)";

}  // namespace

/// What a script made of its state is what it goes on with from a snapshot, to the last digit.
class ScriptStatesTest : public QObject {
    Q_OBJECT

    std::shared_ptr<model::Runtime> runtime_ = std::make_shared<model::Runtime>();

    std::unique_ptr<model::Reducer> reducer()
    {
        auto made = model::scriptReducer(runtime_, {"sum.mjs", kScript, {}}, "user");
        if (!made) qFatal("%s", made.error().text().c_str());
        return std::move(*made);
    }

private slots:
    void anyVersionFromASnapshotIsThatOfOneFoldFromBirth()
    {
        constexpr std::uint64_t kEvents = 12'000;
        std::mt19937 random(4);
        TestLog log;
        for (std::uint64_t i = 0; i < kEvents; ++i)
            log.add("{\"n\":" + std::to_string(random() % 1000) + "." + std::to_string(random() % 10) +
                    std::to_string(1 + random() % 9) + "}");
        const auto history = log.history();
        std::vector<std::string> texts(kEvents + 1);
        EntityReplay one = replayOf(log, history, reducer(), 0);
        QVERIFY(one.walk(Version{1}, history->last(), {}, [&](Version version, const model::FoldState& state) {
            texts[version.value] = toText(state.document);
            return true;
        }));
        EntityReplay replay = replayOf(log, history, reducer());
        QVERIFY(replay.at(history->last()));
        for (int i = 0; i < 300; ++i) {
            const Version version{1 + random() % kEvents};
            const auto state = replay.at(version);
            QVERIFY2(state, state ? "" : state.error().text().c_str());
            COMPARE_TEXT(toText(state->document), texts[version.value]);
        }
    }
};

QTEST_GUILESS_MAIN(ScriptStatesTest)
#include "test_script_states.moc"
