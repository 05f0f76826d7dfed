#pragma once
#include "tests/ui/findings/account_rows.h"
#include "ui/session/trial_views.h"

namespace hindcast::ui::test {

/// Four of nine events that break "never below zero", as the mock-up shows them.
inline std::shared_ptr<SmallestView> smallestOfNine()
{
    struct Line {
        std::uint64_t version;
        const char* type;
        const char* payload;
        const char* change;
    };
    static constexpr Line kLines[] = {{1, "UserRegistered", R"({"owner":"Alice Smith"})", "state ∅ → {\"balance\":0.00}"},
                                      {2, "Deposited", R"({"amount":50.00})", "/balance 0.00 → 50.00"},
                                      {5, "FeeCharged", R"({"amount":26.00})", "/balance 50.00 → 24.00"},
                                      {7, "Withdrawn", R"({"amount":38.00})", "/balance 24.00 → -14.00"}};
    auto events = std::make_shared<replay::EventsInMemory>();
    events->key = {"account", "account-77"};
    static const std::string kPayload = std::string(R"({"amount":1})") + std::string(64, ' ');
    for (std::uint64_t i = 1; i <= 9; ++i) {
        replay::EventsInMemory::Each each;
        each.event.id = EventId(PartId{1}, Offset{static_cast<std::int64_t>(i)});
        each.event.time = at("2025-11-06T11:02:19Z");
        each.type = "Deposited";
        each.payload = std::string_view(kPayload).substr(0, kPayload.size() - 64);
        events->events.push_back(std::move(each));
    }
    auto found = std::make_shared<SmallestCase>();
    auto view = std::make_shared<SmallestView>();
    view->entity = EntityId{7};
    view->key = events->key;
    view->wanted = {WantedSymptom::Kind::Invariant, QStringLiteral("never below zero")};
    for (const Line& line : kLines) {
        const EventId id = events->events[line.version - 1].event.id;
        events->events[line.version - 1].type = line.type;
        view->rows.push_back(
            {Version{line.version}, id, line.type, at("2025-11-06T11:02:19Z"), {line.payload, false}, line.change});
        found->made.kept.push_back(Version{line.version});
        found->made.states.emplace_back();
    }
    found->events = events;
    found->symptom.kind = replay::Symptom::Kind::Invariant;
    found->symptom.name = found->made.invariant = "never below zero";
    found->made.of = Version{9};
    found->made.minimal = true;
    found->made.folds = 38;
    found->model = "bank.model.mjs";
    found->dump = "{\"topic\":\"reproducer\"}\n";
    found->script = ScriptModel{QStringLiteral("bank.model.mjs"), QStringLiteral("export const entities = {};\n"), {}};
    found->decides = true;
    view->found = found;
    view->folds = 38;
    view->kept = 4;
    view->of = 9;
    view->took = std::chrono::milliseconds(12);
    view->shown = QStringLiteral("the invariant \"never below zero\" is broken");
    return view;
}

/// The first `count` of 2000 accounts, for which two models part: odd ones by a fee, at falling times.
inline std::shared_ptr<ModelDiffView> differingAccounts(std::uint32_t count)
{
    auto view = std::make_shared<ModelDiffView>();
    view->category = QStringLiteral("account");
    view->first = QStringLiteral("the model in force");
    view->second = QStringLiteral("the one before it");
    view->batches.push_back(accountRows<ModelDiffRow>(count, [](ModelDiffRow& row, std::uint32_t) {
        row.fields = {{"/balance", {"-14.00", false}, {"16.00", false}}, {"/tier", {"\"blocked\"", false}, {}}};
    }));
    view->rows = view->differing = count;
    view->causes = accountCauses(count);
    view->fields = {{QStringLiteral("/balance"), count}, {QStringLiteral("/tier"), count}};
    view->looked = {2000, 2000, 2'400'000, 2'400'000};
    view->took = std::chrono::milliseconds(3100);
    return view;
}

}  // namespace hindcast::ui::test
