#pragma once
#include "tests/ui/session/over_all_fixture.h"
#include "tests/ui/session/session_test.h"

#include <optional>

namespace hindcast::ui::test {

/// A test whose cases have a session each on the accounts: four lives.
class OnAccounts : public InFolder {
protected:
    /// For init(). `model`: the one in force, where one is given; then account-0 is selected.
    [[nodiscard]] bool beginOnAccounts(const std::optional<Json>& model = {})
    {
        if (!begin()) return false;
        opened_ = std::make_unique<Opened>(path("accounts.hindcast"));
        writeAccounts(path("accounts.jsonl"), {});
        if (!opened_->import(path("accounts.jsonl"))) return false;
        return !model || (setModel(session(), *model) && opened_->select(QStringLiteral("user/account-0")));
    }
    [[nodiscard]] Session& session() { return opened_->session; }

    std::unique_ptr<Opened> opened_;
};

}  // namespace hindcast::ui::test
