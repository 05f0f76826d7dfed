#pragma once
#include "tests/ui/fixtures.h"
#include "tests/ui/session/over_all_fixture.h"
#include "tests/ui/shell/window_fixture.h"

#include <optional>

namespace hindcast::ui::test {

/// A test whose cases have a window each on the accounts: four lives, one of which is selected.
class OnAccounts : public InWindow {
protected:
    /// For init(). `model`: the one in force, where one is given.
    [[nodiscard]] bool beginOnAccounts(const QString& selected, const std::optional<Json>& model = {})
    {
        at_ = std::make_unique<WindowFixture>();
        writeAccounts(at_->path("accounts.jsonl"), {});
        if (!at_->activate() || !at_->open()) return false;
        session().importFile(at_->path("accounts.jsonl"), {}, {eventsMapping("events")});
        return QTest::qWaitFor([&] { return !session().reading().reading; }, kWaitMs) && settle(window()) &&
               (!model || setModel(session(), *model)) && at_->select(selected);
    }
    [[nodiscard]] MainWindow& window() { return *at_->window; }
    [[nodiscard]] Session& session() { return *at_->session; }
};

}  // namespace hindcast::ui::test
