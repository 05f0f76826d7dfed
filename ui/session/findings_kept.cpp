#include "ui/session/findings_kept.h"

#include "ui/session/sweep_workspace.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace hindcast::ui {

void FindingsKept::add(const audit::Finding& finding)
{
    if (rows_.size() >= FindingsView::kMostFindings) {
        cut_ = true;
        return;
    }
    rows_.push_back(std::make_shared<const FindingRow>(FindingRow{finding.kind, finding.entity, finding.key, finding.event,
                                                                  finding.version, finding.time, finding.subject, finding.what,
                                                                  finding.cause, changesInBrief(finding.values)}));
}

void FindingsKept::drop(const std::function<bool(EntityId)>& ofThese)
{
    std::erase_if(rows_, [&](const auto& row) { return ofThese(row->entity); });
}

void FindingsKept::clear()
{
    rows_.clear();
    cut_ = false;
}

void FindingsKept::fill(FindingsView& view) const
{
    using Key = std::tuple<audit::Finding::Kind, std::string_view, std::string_view>;
    std::map<Key, std::vector<std::shared_ptr<const FindingRow>>> groups;
    for (const auto& row : rows_) groups[{row->kind, row->subject, row->cause}].push_back(row);
    view.groups.clear();
    for (auto& [key, rows] : groups) {
        FindingGroupView group;
        group.kind = std::get<0>(key);
        group.subject = QString::fromStdString(std::string(std::get<1>(key)));
        group.cause = QString::fromStdString(std::string(std::get<2>(key)));
        std::set<std::uint32_t> entities;
        for (const auto& row : rows) entities.insert(row->entity.value);
        group.entities = entities.size();
        std::ranges::stable_sort(rows, {}, [](const auto& row) { return std::pair(row->time, row->version); });
        group.rows = std::move(rows);
        view.groups.push_back(std::move(group));
    }
    std::ranges::stable_sort(view.groups, std::ranges::greater(),
                             [](const FindingGroupView& group) { return group.rows.size(); });
    view.findings = rows_.size();
    view.cut = cut_;
}

}  // namespace hindcast::ui
