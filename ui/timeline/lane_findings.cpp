#include "ui/timeline/lane_findings.h"

#include "ui/session/replay_policy.h"
#include "ui/session/session.h"
#include "ui/session/trials.h"
#include "ui/timeline/timeline_view.h"

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kMostWords = 400;  // characters of one

QString wordsOf(const model::EvolveError& error)
{
    QStringList where;
    if (!error.handler.empty()) where << QString::fromStdString(error.handler);
    if (error.line > 0)
        where << QStringLiteral("%1:%2").arg(QString::fromStdString(error.file)).arg(error.line) +
                     (error.column > 0 ? QStringLiteral(":%1").arg(error.column) : QString());
    const QString message = QString::fromStdString(error.message).left(kMostWords);
    return where.isEmpty() ? TimelineView::tr("the model failed: %1").arg(message)
                           : TimelineView::tr("the model failed in %1: %2").arg(where.join(QStringLiteral(", ")), message);
}

}  // namespace

std::vector<LaneFinding> laneFindings(Session& session)
{
    const auto history = session.history();
    std::vector<LaneFinding> found;
    if (!history) return found;
    if (const auto failures = session.replayPolicy()->failures(); failures && failures->entity == history->entity)
        for (const replay::ReplayError& one : failures->failures) found.push_back({one.version, wordsOf(one.error)});
    if (const auto view = session.trials()->findings())
        for (const FindingGroupView& group : view->groups)
            for (const auto& row : group.rows)
                if (row->entity == history->entity)
                    found.push_back(
                        {row->version, QString::fromStdString(row->change.empty() ? row->what : row->what + ": " + row->change)
                                           .left(kMostWords)});
    std::ranges::stable_sort(found, {}, &LaneFinding::version);
    return found;
}

}  // namespace hindcast::ui
