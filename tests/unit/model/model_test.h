#pragma once
#include "core/event/change.h"
#include "core/event/json.h"
#include "core/model/reducer.h"

#include <QString>
#include <QTest>

#include <random>
#include <string>

namespace hindcast::test {

inline Json json(std::string_view text)
{
    auto parsed = parseJson(text);
    if (!parsed) qFatal("no JSON in a test: %s", parsed.error().message.c_str());
    return std::move(*parsed);
}

inline std::string text(const Json& value) { return value.is_discarded() ? "(none)" : toText(value); }

/// "add /a 1; replace /b 1->2; same /c": a list of changes as a line.
inline std::string line(const Changes& changes)
{
    std::string out;
    for (const Change& change : changes) {
        if (!out.empty()) out += "; ";
        switch (change.op) {
            case Change::Op::Add: out += "add " + change.pointer + " " + text(change.after); break;
            case Change::Op::Remove: out += "remove " + change.pointer + " " + text(change.before); break;
            case Change::Op::Replace:
                out += "replace " + change.pointer + " " + text(change.before) + "->" + text(change.after);
                break;
            case Change::Op::Same: out += "same " + change.pointer; break;
        }
    }
    return out;
}

/// Applies changes in order to a state as RFC 6902 says; a dead state is discarded.
inline Json applied(Json state, const Changes& changes)
{
    for (const Change& change : changes) {
        if (change.pointer.empty() && change.op == Change::Op::Remove) {
            state = Json(Json::value_t::discarded);
        } else if (change.pointer.empty() && change.op != Change::Op::Same) {
            state = change.after;
        } else if (auto done = applyPatch(state, toPatch({change})); !done) {
            qFatal("a change does not apply: %s", done.error().text().c_str());
        }
    }
    return state;
}

/// An event of a test, with what a reducer wants of it.
struct TestEvent {
    std::string type = "Changed";
    std::string payload = {};
    EventKind kind = EventKind::Plain;
    std::string entity = "user-1";
    bool timed = true;
};

/// A fold by hand: keeps the last changes and the last error.
class Fold {
public:
    explicit Fold(std::unique_ptr<model::Reducer> reducer) : reducer_(std::move(reducer)) {}

    Fold& on(const TestEvent& event)
    {
        changes.clear();
        error.clear();
        const Json before = state.document;
        const auto done = reducer_->evolve(state, input(event), &changes);
        if (!done) {
            error = done.error().handler + ": " + done.error().message;
            if (!changes.empty()) qFatal("an event that failed told changes");
        }
        if (!sameText(applied(before, changes), state.document) && !(state.document.is_discarded() && !before.is_discarded()))
            qFatal("the changes do not lead to the state: %s", line(changes).c_str());
        return *this;
    }
    Fold& payload(std::string_view text) { return on(TestEvent{.payload = std::string(text)}); }
    /// Without recording.
    Fold& quietly(const TestEvent& event)
    {
        (void)reducer_->evolve(state, input(event), nullptr);
        return *this;
    }
    [[nodiscard]] std::string now() const { return text(state.document); }

    model::FoldState state;
    Changes changes;
    std::string error;

private:
    model::Input input(const TestEvent& event)
    {
        padded_ = event.payload;
        padded_.reserve(padded_.size() + 64);
        ++version_;
        return {.id = EventId(PartId{1}, Offset{static_cast<std::int64_t>(version_) + 100}),
                .version = Version{version_},
                .category = "user",
                .entity = event.entity,
                .type = event.type,
                .kind = event.kind,
                .time = event.timed ? Timestamp::fromSeconds(1'700'000'000 + static_cast<std::int64_t>(version_)) : Timestamp{},
                .payload = padded_};
    }

    std::unique_ptr<model::Reducer> reducer_;
    std::string padded_;
    std::uint64_t version_ = 0;
};

/// Small random documents over few names, so that they meet.
class RandomJson {
public:
    explicit RandomJson(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t n) { return random_() % n; }
    std::string name() { return std::string(1, static_cast<char>('a' + below(5))); }
    Json scalar()
    {
        switch (below(6)) {
            case 0: return Json(nullptr);
            case 1: return Json(below(2) == 0);
            case 2: return numberFromText(std::to_string(below(3)));
            case 3: return numberFromText("1." + std::to_string(below(3)) + "0");
            case 4: return Json("text " + std::to_string(below(3)));
            default: return numberFromText("-" + std::to_string(1 + below(3)));
        }
    }
    Json value(std::size_t depth)
    {
        if (depth == 0 || below(3) == 0) return scalar();
        if (below(3) == 0) {
            Json array = Json::array();
            for (std::size_t i = below(4); i > 0; --i) array.push_back(value(depth - 1));
            return array;
        }
        return object(depth);
    }
    Json object(std::size_t depth)
    {
        Json object = Json::object();
        for (std::size_t i = below(5); i > 0; --i) object.get_ref<Json::object_t&>()[name()] = value(depth - 1);
        return object;
    }

private:
    std::mt19937 random_;
};

inline QString q(const std::string& text) { return QString::fromStdString(text); }

}  // namespace hindcast::test

/// Compares two std::strings so that a failure shows both.
#define COMPARE_TEXT(actual, expected) QCOMPARE(::hindcast::test::q(actual), ::hindcast::test::q(expected))
