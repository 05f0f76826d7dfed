#include "core/audit/finding.h"

#include <algorithm>

namespace hindcast::audit {

std::string_view nameOf(Finding::Kind kind)
{
    switch (kind) {
        case Finding::Kind::Invariant: return "invariant";
        case Finding::Kind::ModelFailed: return "model-failed";
        case Finding::Kind::Determinism: return "determinism";
    }
    return "";
}

std::string_view nameOf(Finding::Severity severity) { return severity == Finding::Severity::Error ? "error" : "warning"; }

std::uint64_t FindingGroups::add(const Finding& finding)
{
    ++findings_;
    const auto same = [&](const FindingGroup& each) {
        return each.kind == finding.kind && each.subject == finding.subject && each.cause == finding.cause;
    };
    auto group = std::ranges::find_if(groups_, same);
    if (group == groups_.end()) {
        groups_.push_back({finding.kind, finding.subject, finding.cause, 0, 0, finding});
        last_.emplace_back();
        group = std::prev(groups_.end());
    }
    EntityKey& last = last_[static_cast<std::size_t>(group - groups_.begin())];
    if (last != finding.key) {
        ++group->entities;
        last = finding.key;
    }
    return group->findings++;
}

std::vector<FindingGroup> FindingGroups::take()
{
    std::ranges::stable_sort(groups_, std::ranges::greater(), &FindingGroup::findings);
    return std::move(groups_);
}

std::vector<Finding> findingsOf(const replay::SweepFailures& failures)
{
    std::vector<Finding> findings;
    for (const replay::SweepFailures::Example& each : failures.first) {
        Finding& finding = findings.emplace_back();
        finding.kind = Finding::Kind::ModelFailed;
        finding.key = each.key;
        finding.event = each.event;
        finding.version = each.version;
        finding.cause = each.type;
        finding.subject = each.error.handler;
        finding.what = each.error.message;
        if (each.error.line > 0) finding.what += " (" + each.error.file + ":" + std::to_string(each.error.line) + ")";
    }
    return findings;
}

}  // namespace hindcast::audit
