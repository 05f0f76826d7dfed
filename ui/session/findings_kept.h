#pragma once
#include "ui/session/over_all_views.h"

#include <functional>
#include <memory>
#include <vector>

namespace hindcast::ui {

/// The findings of an audit as it goes on. Threads: one at a time.
class FindingsKept {
public:
    void add(const audit::Finding& finding);
    /// Forgets those of some entities: they are looked at again.
    void drop(const std::function<bool(EntityId)>& ofThese);
    void clear();
    /// Sets groups, their number, and whether there are more than are kept.
    void fill(FindingsView& view) const;

private:
    std::vector<std::shared_ptr<const FindingRow>> rows_;
    bool cut_ = false;
};

}  // namespace hindcast::ui
