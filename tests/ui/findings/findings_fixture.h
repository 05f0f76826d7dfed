#pragma once
#include "tests/ui/findings/account_rows.h"
#include "ui/session/over_all_views.h"
#include "ui/session/state_search_views.h"

namespace hindcast::ui::test {

/// A search that has found the first `count` accounts, each at an event of its own: odd ones by a fee, at falling times.
inline std::shared_ptr<FirstTimeView> foundAccounts(std::uint32_t count, FirstTimeScope scope = FirstTimeScope::All)
{
    auto view = std::make_shared<FirstTimeView>();
    view->text = QStringLiteral("state.balance < 0.0");
    view->scope = scope;
    view->of = scope == FirstTimeScope::All ? QString() : QStringLiteral("account");
    view->paths = {*Pointer::parse("/balance")};
    view->batches.push_back(accountRows<FirstTimeRow>(count, [](FirstTimeRow& row, std::uint32_t) {
        row.before = {{"6.00", false}};
        row.after = {{"-14.00", false}};
    }));
    view->rows = view->hits = count;
    view->causes = accountCauses(count);
    view->looked = {count, count, 2'400'000, 2'400'000};
    view->took = std::chrono::milliseconds(3100);
    return view;
}

/// The first `count` accounts as of one moment, each with a balance of its own: -2.50, -1.50, 0.50, 1.50 …
inline std::shared_ptr<StatesView> foundStates(std::uint32_t count, FirstTimeScope scope = FirstTimeScope::All)
{
    auto view = std::make_shared<StatesView>();
    view->question = {QStringLiteral("state.balance < 0.0"), SoughtAs::Expression, scope};
    view->of = scope == FirstTimeScope::All ? QString() : QStringLiteral("account");
    view->moment = at("2025-11-06T11:02:19Z");
    view->batches.push_back(accountRows<StateRow>(count, [](StateRow& row, std::uint32_t i) {
        row.type = "Withdrawn";
        row.found = {{"/balance", {std::to_string(static_cast<int>(i) - 2) + ".50", false}}};
        row.places = 1;
    }));
    view->rows = view->hits = count;
    view->asked = 2'400;
    view->looked = {2'400, 2'400, 96'000, 96'000};
    view->took = std::chrono::milliseconds(310);
    return view;
}

/// Findings in two groups: `many` after fees, two after withdrawals.
inline std::shared_ptr<FindingsView> findingsOf(std::uint32_t many)
{
    auto view = std::make_shared<FindingsView>();
    view->declared = true;
    const auto group = [&](const char* cause, std::uint32_t count) {
        FindingGroupView made;
        made.subject = QStringLiteral("never below zero");
        made.cause = QString::fromLatin1(cause);
        made.entities = count;
        for (std::uint32_t i = 0; i < count; ++i) {
            auto row = std::make_shared<FindingRow>();
            row->entity = EntityId{i};
            row->key = {"account", "account-" + std::to_string(i)};
            row->event = EventId(PartId{1}, Offset{i});
            row->version = Version{i + 2};
            row->time = at("2025-11-06T11:02:19Z");
            row->subject = "never below zero";
            row->what = "\"never below zero\" does not hold";
            row->cause = cause;
            row->change = "/balance 6.00 → -14.00";
            made.rows.push_back(std::move(row));
        }
        view->findings += count;
        view->groups.push_back(std::move(made));
    };
    group("FeeCharged", many);
    group("Withdrawn", 2);
    return view;
}

}  // namespace hindcast::ui::test
