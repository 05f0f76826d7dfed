#pragma once
#include "core/model/program_reducer.h"
#include "core/model/run.h"
#include "core/model/runtime.h"
#include "tests/unit/model/model_test.h"

#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::test {

/// Writes down what a run tells.
class Told final : public model::RunSink {
public:
    struct Line {
        char what;  ///< 's'tate, 'c'hanges, 'f'ields, 'e'rror, 'a'ccepted, 'd'ecided
        std::uint64_t tag;
        std::uint64_t version;
        std::string text;
        bool operator==(const Line&) const = default;
    };

    void failed(std::uint64_t tag, Version version, const model::EvolveError& error) override
    {
        lines.push_back({'e', tag, version.value, error.message});
        errors.push_back(error);
    }
    void state(std::uint64_t tag, Version version, const model::GivenState& state) override
    {
        lines.push_back({'s', tag, version.value, state.alive() ? text(state.document()) : "(dead)"});
    }
    void changes(std::uint64_t tag, Version version, const Changes& changes) override
    {
        lines.push_back({'c', tag, version.value, line(changes)});
    }
    void fields(std::uint64_t tag, Version version, std::span<const Json> values) override
    {
        std::string all;
        for (const Json& value : values) all += (all.empty() ? "" : ",") + text(value);
        lines.push_back({'f', tag, version.value, all});
    }
    void accepted(std::uint64_t tag, Version version, std::string_view refusal) override
    {
        lines.push_back({'a', tag, version.value, std::string(refusal)});
    }
    void decided(std::uint64_t tag, const std::expected<Json, model::EvolveError>& events) override
    {
        lines.push_back({'d', tag, 0, events ? text(*events) : events.error().message});
    }

    /// "s1 {…}": of one kind, in order.
    [[nodiscard]] std::vector<std::string> of(char what) const
    {
        std::vector<std::string> found;
        for (const Line& each : lines)
            if (each.what == what) found.push_back(std::to_string(each.version) + " " + each.text);
        return found;
    }

    std::vector<Line> lines;
    std::vector<model::EvolveError> errors;
};

inline std::shared_ptr<model::Runtime> runtimeForPrograms(model::Limits limits = {})
{
    auto runtime = std::make_shared<model::Runtime>(limits);
    runtime->allowPrograms(true);
    return runtime;
}

/// An event as a run is fed with it.
inline model::Input inputOf(const TestEvent& event, std::uint64_t version)
{
    return {.id = EventId(PartId{1}, Offset{static_cast<std::int64_t>(version) + 100}),
            .version = Version{version},
            .category = "user",
            .entity = event.entity,
            .type = event.type,
            .kind = event.kind,
            .time = Timestamp::fromSeconds(1'700'000'000 + static_cast<std::int64_t>(version)),
            .payload = event.payload};
}

/// Whether it went well; else says why it did not.
inline bool well(const Result<void>& done)
{
    if (!done) qWarning("%s", done.error().text().c_str());
    return done.has_value();
}

/// tests/data/programs/odd.py.
inline model::Program odd(const std::string& what = "", std::uint64_t at = 0)
{
    return {{"python3", "odd.py", what, std::to_string(at)}, HINDCAST_TEST_DATA "/programs"};
}

}  // namespace hindcast::test
