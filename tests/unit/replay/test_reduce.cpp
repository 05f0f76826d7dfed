#include "core/replay/event_dump.h"
#include "core/replay/reduce.h"
#include "core/replay/reproducer_text.h"
#include "tests/unit/replay/test_log.h"

#include <QObject>

#include <functional>

using namespace hindcast;
using namespace hindcast::test;
using hindcast::replay::EventsInMemory;
using hindcast::replay::ReduceOptions;
using hindcast::replay::Symptom;

namespace {

using Numbers = std::vector<std::uint64_t>;

/// A model whose state is the list of the numbers that its events carry, and which fails, breaks or refuses as it is told to.
struct Behaviour {
    std::function<std::string(const Numbers& before, std::uint64_t number)> fails{};    // a message; empty: it does not
    std::function<bool(const Numbers& after)> holds{};                                  // the invariant
    std::function<std::string(const Numbers& before, std::uint64_t number)> refuses{};  // a reason
    bool remote = false;
    int diesAfterFolds = 0;  // a run gives up after so many; 0: never
    mutable int folds = 0;
    mutable int runs = 0;
    mutable std::stop_source* stopAfter = nullptr;
    mutable int stopAt = 0;
};

class NumbersRun final : public model::Run {
public:
    NumbersRun(const Behaviour& behaviour, model::RunSink& sink, model::RunOptions options)
        : behaviour_(behaviour), sink_(sink), options_(std::move(options))
    {
        ++behaviour_.runs;
    }
    Result<void> begin(std::uint64_t tag, const EntityKey&, Version, const model::FoldState*, model::Detail detail) override
    {
        if (options_.stop.stop_requested()) return fail("stopped", "", "", Error::Kind::Cancelled);
        if (behaviour_.diesAfterFolds > 0 && ++foldsHere_ > behaviour_.diesAfterFolds) return fail("too many deaths", "");
        if (++behaviour_.folds == behaviour_.stopAt && behaviour_.stopAfter != nullptr) behaviour_.stopAfter->request_stop();
        tag_ = tag;
        detail_ = detail;
        numbers_.clear();
        version_ = Version{};
        broken_ = false;
        return {};
    }
    Result<void> feed(const model::Input& input) override
    {
        version_ = input.version;
        if (input.payload.empty()) return {};  // a tombstone
        const std::uint64_t number = std::stoull(std::string(input.payload));
        if (const std::string why = behaviour_.fails ? behaviour_.fails(numbers_, number) : ""; !why.empty())
            sink_.failed(tag_, version_, {why, "evolve", "model.js", 12, 3});
        else
            numbers_.push_back(number);
        if (options_.invariants && behaviour_.holds) {
            const bool holds = behaviour_.holds(numbers_);
            if (!holds && !broken_) sink_.broken(tag_, version_, "sound", "it is not");
            broken_ = !holds;
        }
        if (detail_ == model::Detail::States) return askState();
        return {};
    }
    Result<void> pass(Version version) override
    {
        version_ = version;
        return {};
    }
    Result<void> setDetail(model::Detail detail) override
    {
        detail_ = detail;
        return {};
    }
    Result<void> askState() override
    {
        model::FoldState state{Json::array(), true};
        for (const std::uint64_t number : numbers_) state.document.push_back(number);
        sink_.state(tag_, version_, state);
        return {};
    }
    Result<void> askAccepted(const model::Input& input) override
    {
        sink_.accepted(tag_, input.version,
                       behaviour_.refuses ? behaviour_.refuses(numbers_, std::stoull(std::string(input.payload))) : "");
        return {};
    }
    Result<void> askDecision(std::string_view, const Json&) override { return {}; }
    Result<void> drain() override { return {}; }

private:
    const Behaviour& behaviour_;
    model::RunSink& sink_;
    model::RunOptions options_;
    std::uint64_t tag_ = 0;
    model::Detail detail_ = model::Detail::Nothing;
    Numbers numbers_;
    Version version_;
    bool broken_ = false;
    int foldsHere_ = 0;
};

class NumbersModel final : public model::Reducer {
public:
    explicit NumbersModel(const Behaviour& behaviour) : behaviour_(behaviour) {}
    std::string name() const override { return "numbers"; }
    std::string describe() const override { return "numbers"; }
    std::string hash() const override { return "numbers"; }
    std::unique_ptr<Reducer> clone() const override { return std::make_unique<NumbersModel>(behaviour_); }
    Json initial() const override { return Json(Json::value_t::discarded); }
    std::expected<void, model::EvolveError> evolve(model::FoldState&, const model::Input&, Changes*) override { return {}; }
    bool isRemote() const override { return behaviour_.remote; }
    Result<std::unique_ptr<model::Run>> start(model::RunSink& sink, model::RunOptions options) const override
    {
        return std::make_unique<NumbersRun>(behaviour_, sink, std::move(options));
    }

private:
    const Behaviour& behaviour_;
};

/// Events 1 … count, each of which carries its version.
std::shared_ptr<const EventsInMemory> numbered(int count)
{
    TestLog log;
    for (int i = 1; i <= count; ++i) log.add(std::to_string(i));
    TestFeed feed(log);
    TestPayloads payloads;
    auto read = replay::readEvents(*log.history(), SIZE_MAX, feed, payloads, {});
    if (!read) qFatal("the events cannot be read");
    return *read;
}

bool has(const Numbers& numbers, std::uint64_t number) { return std::ranges::find(numbers, number) != numbers.end(); }

/// Fails at `last` where all of `needed` came before.
auto failsAfter(Numbers needed, std::uint64_t last)
{
    return [needed = std::move(needed), last](const Numbers& before, std::uint64_t number) {
        const bool all = std::ranges::all_of(needed, [&](std::uint64_t each) { return has(before, each); });
        return number == last && all ? std::string("cannot read undefined") : std::string();
    };
}

Numbers numbersOf(const std::vector<Version>& versions)
{
    Numbers numbers;
    for (const Version version : versions) numbers.push_back(version.value);
    return numbers;
}

Symptom error(std::string message = {})
{
    return {.kind = Symptom::Kind::Error, .name = std::move(message), .holds = {}, .text = {}};
}

}  // namespace

class ReduceTest : public QObject {
    Q_OBJECT

private slots:
    void theKnownFewestEventsAreFound()
    {
        struct Case {
            Numbers needed;
            std::uint64_t last;
        };
        for (const bool remote : {false, true})
            for (const Case& each : {Case{{}, 1}, Case{{}, 2}, Case{{}, 300}, Case{{2}, 3}, Case{{7, 150, 299}, 300},
                                     Case{{2, 3, 4, 5, 6, 7, 8}, 200}, Case{{30, 60, 90, 120, 150, 180, 210, 240, 270}, 290}}) {
                const auto events = numbered(300);
                const Behaviour behaviour{.fails = failsAfter(each.needed, each.last), .remote = remote};
                const auto made = replay::reduce(*events, NumbersModel(behaviour), error(), {});
                QVERIFY(made);
                Numbers expected = each.needed;
                if (each.last != 1) expected.insert(expected.begin(), 1);
                expected.push_back(each.last);
                QCOMPARE(numbersOf(made->kept), expected);
                QVERIFY(made->minimal);
                QCOMPARE(made->of.value, each.last);
                COMPARE_TEXT(made->shown, std::string("cannot read undefined"));
                QCOMPARE(made->states.size(), made->kept.size());
            }
    }

    void noSingleEventCanGoOfWhatRandomConditionsLeave()
    {
        for (std::uint32_t seed = 1; seed <= 40; ++seed) {
            RandomJson random(seed);
            // Some of these groups whole, but never 5 and 6 together: not monotone, so that a smaller part may fail where a larger does.
            std::vector<Numbers> groups(3);
            for (Numbers& group : groups)
                for (std::size_t i = 1 + random.below(4); i > 0; --i) group.push_back(2 + random.below(58));
            const auto fails = [groups](const Numbers& before, std::uint64_t number) -> std::string {
                if (number != 60) return {};
                if (has(before, 5) && !has(before, 6)) return {};
                for (const Numbers& group : groups)
                    if (std::ranges::all_of(group, [&](std::uint64_t each) { return has(before, each); })) return "failed";
                return {};
            };
            const Behaviour behaviour{.fails = fails, .remote = seed % 2 == 0};
            const auto made = replay::reduce(*numbered(80), NumbersModel(behaviour), error(), {});
            QVERIFY(made && made->minimal);
            const Numbers kept = numbersOf(made->kept);
            QVERIFY(!fails(Numbers(kept.begin(), kept.end() - 1), kept.back()).empty());
            for (std::size_t left = 1; left + 1 < kept.size(); ++left) {
                Numbers fewer(kept.begin(), kept.end() - 1);
                fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(left));
                QVERIFY(fails(fewer, kept.back()).empty());
            }
        }
    }

    void aBrokenInvariantAndAnExpressionAreSymptomsToo()
    {
        const auto events = numbered(100);
        Behaviour behaviour;
        behaviour.holds = [](const Numbers& after) { return !(has(after, 40) && has(after, 77)); };
        auto made = replay::reduce(*events, NumbersModel(behaviour),
                                   {.kind = Symptom::Kind::Invariant, .name = "sound", .holds = {}, .text = {}}, {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 40, 77}));
        COMPARE_TEXT(made->invariant, std::string("sound"));
        QVERIFY(!replay::reduce(*events, NumbersModel(behaviour),
                                {.kind = Symptom::Kind::Invariant, .name = "other", .holds = {}, .text = {}}, {}));

        // The state is a list of numbers: it grows to four for the first time at version 4, and from three to four.
        Symptom symptom{.kind = Symptom::Kind::State, .name = {}, .holds = {}, .text = "size(state) == 4"};
        symptom.wantsPrevious = true;
        std::uint64_t asked = 0;
        symptom.holds = [&](const model::Input& input, const model::GivenState& state, const model::GivenState* previous) {
            ++asked;
            if (input.version.value != state.document().size()) qFatal("a state of another event");
            if (input.version.value > 1 && (previous == nullptr || previous->document().size() + 1 != state.document().size()))
                qFatal("not the state before");
            return state.document().size() == 4;
        };
        made = replay::reduce(*events, NumbersModel(behaviour), symptom,
                              {.mostFolds = 1000, .at = Version{50}, .accepted = true, .stop = {}, .progress = {}});
        QVERIFY(!made);  // after 50 events it has 50
        made = replay::reduce(*events, NumbersModel(behaviour), symptom, {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 2, 3, 4}));
        QVERIFY(asked > 4);
    }

    void onlyTheSameMessageCounts()
    {
        const auto fails = [](const Numbers& before, std::uint64_t number) -> std::string {
            if (number != 50) return {};
            return has(before, 20) ? "the wanted one" : "another one";
        };
        const Behaviour behaviour{.fails = fails};
        auto made = replay::reduce(*numbered(60), NumbersModel(behaviour), error("the wanted one"), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 20, 50}));
        // Without a name that of the first failure, numbers aside.
        made = replay::reduce(*numbered(60), NumbersModel(behaviour), error(), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 20, 50}));
        const auto counts = [](const Numbers& before, std::uint64_t number) -> std::string {
            return number == 50 ? "there are " + std::to_string(before.size()) + " before it" : "";
        };
        made = replay::reduce(*numbered(60), NumbersModel({.fails = counts}), error(), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 50}));
        COMPARE_TEXT(made->shown, std::string("there are 1 before it"));
    }

    void whatIsKeptBeginsWithTheLifeInWhichItShows()
    {
        TestLog log;
        for (int i = 1; i <= 30; ++i) log.add(std::to_string(i), i == 12 || i == 20 ? EventKind::Tombstone : EventKind::Plain);
        TestFeed feed(log);
        TestPayloads payloads;
        const auto events = replay::readEvents(*log.history(), SIZE_MAX, feed, payloads, {});
        QVERIFY(events);
        const Behaviour alone{.fails = failsAfter({25}, 28)};
        auto made = replay::reduce(**events, NumbersModel(alone), error(), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{21, 25, 28}));
        // Where a former life plays a part in it, all of them are looked at.
        const Behaviour haunted{.fails = failsAfter({3, 25}, 28)};
        made = replay::reduce(**events, NumbersModel(haunted), error(), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 3, 25, 28}));
    }

    void everyStepThatStaysIsAcceptedWhereItWasAcceptedBefore()
    {
        // An even number is accepted only behind the odd one before it; 30 never is, and stays all the same where it is needed.
        Behaviour behaviour{.fails = failsAfter({20, 30}, 40)};
        behaviour.refuses = [](const Numbers& before, std::uint64_t number) -> std::string {
            if (number == 30) return "30 is never accepted";
            return number % 2 == 0 && !has(before, number - 1) ? "its odd neighbour is missing" : "";
        };
        behaviour.remote = true;
        auto made = replay::reduce(*numbered(50), NumbersModel(behaviour), error(), {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 19, 20, 30, 39, 40}));
        QCOMPARE(numbersOf(made->refused), (Numbers{30}));
        ReduceOptions options;
        options.accepted = false;
        made = replay::reduce(*numbered(50), NumbersModel(behaviour), error(), options);
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 20, 30, 40}));
    }

    void whatIsNowhereToBeSeenIsSaid()
    {
        const Behaviour behaviour;
        const auto made = replay::reduce(*numbered(10), NumbersModel(behaviour), error(), {});
        QVERIFY(!made);
        QVERIFY(made.error().kind == Error::Kind::BadInput);
        COMPARE_TEXT(made.error().why, std::string("the model fails at none of its 10 events"));
        QVERIFY(!replay::reduce(EventsInMemory(), NumbersModel(behaviour), error(), {}));
    }

    void aBoundOnFoldsAndAStopGiveTheBestSoFar()
    {
        const Behaviour behaviour{.fails = failsAfter({7, 150, 289}, 290)};
        ReduceOptions options;
        options.mostFolds = 25;
        std::vector<std::uint64_t> told;
        options.progress = [&](std::uint64_t folds, std::size_t kept, std::size_t of) {
            told.push_back(folds);
            if (kept > of || of != 290) qFatal("progress makes no sense");
        };
        auto made = replay::reduce(*numbered(300), NumbersModel(behaviour), error(), options);
        QVERIFY(made);
        QVERIFY(!made->minimal);
        COMPARE_TEXT(made->because, std::string("25 folds were tried"));
        QVERIFY(made->folds <= 25 && made->kept.size() < 290);
        QVERIFY(!told.empty() && std::ranges::is_sorted(told));
        Numbers kept = numbersOf(made->kept);
        kept.pop_back();
        QVERIFY(!behaviour.fails(kept, 290).empty());

        std::stop_source stop;
        Behaviour stopping = behaviour;
        stopping.folds = 0;
        stopping.stopAfter = &stop;
        stopping.stopAt = 12;
        options = {};
        options.stop = stop.get_token();
        made = replay::reduce(*numbered(300), NumbersModel(stopping), error(), options);
        QVERIFY(made);
        COMPARE_TEXT(made->because, std::string("it was stopped"));
        QVERIFY(made->kept.size() > 11 && made->kept.size() <= 290);
        const auto never = replay::reduce(*numbered(300), NumbersModel(stopping), error(), options);
        QVERIFY(!never && never.error().kind == Error::Kind::Cancelled);
    }

    void nothingIsFoldedTwice()
    {
        const Behaviour behaviour{.fails = failsAfter({7, 150, 299}, 300)};
        const auto made = replay::reduce(*numbered(300), NumbersModel(behaviour), error(), {});
        QVERIFY(made);
        QVERIFY(made->known > 0);
        QCOMPARE(static_cast<std::uint64_t>(behaviour.folds), made->folds + 1);  // one more to tell of it
        QVERIFY2(made->folds < 200, qPrintable(QString::number(made->folds)));
    }

    void aRunThatGivesUpIsReplacedByAFreshOne()
    {
        for (const bool remote : {false, true}) {
            Behaviour behaviour{.fails = failsAfter({7, 15, 29}, 30), .remote = remote};
            behaviour.diesAfterFolds = 4;
            const auto made = replay::reduce(*numbered(40), NumbersModel(behaviour), error(), {});
            QVERIFY(made);
            QCOMPARE(numbersOf(made->kept), (Numbers{1, 7, 15, 29, 30}));
            QVERIFY(behaviour.runs > 3);
        }
    }

    void aNativeModelIsReducedByItsOwnRun()
    {
        TestLog log;
        for (int i = 0; i < 500; ++i) log.add(R"({"n":)" + std::to_string(i) + "}");
        log.add(R"({"a":{"b":1}})");
        for (int i = 0; i < 500; ++i) log.add(R"({"m":)" + std::to_string(i) + "}");
        TestFeed feed(log);
        TestPayloads payloads;
        const auto events = replay::readEvents(*log.history(), SIZE_MAX, feed, payloads, {});
        QVERIFY(events);
        QCOMPARE(log.read, 1001u);
        Symptom symptom{.kind = Symptom::Kind::State, .name = {}, .holds = {}, .text = "state.a.b == 1 && state.m == 77"};
        symptom.holds = [](const model::Input&, const model::GivenState& state, const model::GivenState*) {
            const Json* document = state.inPlace();
            return document != nullptr && document->contains("a") && document->contains("m") && (*document)["m"] == 77;
        };
        const auto made = replay::reduce(**events, *model::builtIn("merge"), symptom, {});
        QVERIFY(made);
        QCOMPARE(numbersOf(made->kept), (Numbers{1, 501, 579}));
        QCOMPARE(log.read, 1001u);
        const std::string told = replay::givenWhenThen(**events, symptom, *made, "merge");
        QVERIFY2(told.find("  Given Changed {\"n\":0}") != std::string::npos, told.c_str());
        QVERIFY2(told.find("   When Changed {\"m\":77}") != std::string::npos, told.c_str());
        QVERIFY2(told.find("    And the state is {\"n\":0,\"a\":{\"b\":1},\"m\":77}") != std::string::npos, told.c_str());
        const std::string script = replay::javaScriptTest(**events, symptom, *made, "./model.js");
        QVERIFY2(script.find(R"(and(is(at(state, "a", "b"), "==", 1), is(at(state, "m"), "==", 77)), true)") != std::string::npos,
                 script.c_str());
        const std::string dump =
            replay::recordDump(**events, *made, "reproducer", [](EventId) { return std::optional<std::string>(); });
        QCOMPARE(std::ranges::count(dump, '\n'), 3);
        QVERIFY2(dump.starts_with(R"({"topic":"reproducer","partition":0,"offset":0,)"), dump.c_str());
    }
};

QTEST_GUILESS_MAIN(ReduceTest)
#include "test_reduce.moc"
