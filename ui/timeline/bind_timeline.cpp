#include "ui/timeline/bind_timeline.h"

#include "ui/look/change_summary.h"
#include "ui/look/format.h"
#include "ui/session/entity_title.h"
#include "ui/session/replay_policy.h"
#include "ui/session/session.h"
#include "ui/session/trials.h"
#include "ui/timeline/lane_findings.h"
#include "ui/timeline/timeline_view.h"

namespace hindcast::ui {

namespace {

Lane laneOf(const std::shared_ptr<const replay::History>& history, const QString& source, bool pinned)
{
    Lane lane;
    lane.history = history;
    lane.name = entityTitle(*history);
    lane.pinned = pinned;
    lane.about = eventsText(history->events.size());
    if (!history->rejects.empty()) lane.about += QStringLiteral(" · ") + rejectsText(history->rejects.size());
    if (source.isEmpty()) return lane;
    // "shop.public.users/0": what stands last says most.
    if (source.contains(QLatin1Char('.')))
        lane.aboutShorter << lane.about + QStringLiteral(" · …") + source.section(QLatin1Char('.'), -1);
    lane.aboutShorter << lane.about;
    lane.about += QStringLiteral(" · ") + source;
    return lane;
}

/// The pins in their order; the selected entity above them where it is none of them.
std::vector<Lane> lanesOf(const Session& session)
{
    std::vector<Lane> lanes;
    const auto selected = session.history();
    bool seen = false;
    for (const LaneView& view : session.lanes()) {
        if (!view.history) continue;
        const bool same = selected && selected->entity == view.history->entity;
        seen = seen || same;
        // Of the two readings of one life the playhead's: it is the one that is stepped through.
        lanes.push_back(laneOf(same ? selected : view.history, session.sourceOf(view.parts), true));
    }
    if (selected && !seen) lanes.insert(lanes.begin(), laneOf(selected, session.historySource(), false));
    return lanes;
}

/// Hands the watched fields of the selected entity over.
void showWatches(TimelineCanvas& canvas, Session& session)
{
    const auto views = session.watchViews();
    std::vector<WatchLane> lanes;
    if (!views) {
        const auto history = session.history();
        if (!history) return canvas.setWatches({}, {});
        for (const QString& pointer : session.watches()->of(QString::fromStdString(history->key.category)))
            lanes.push_back({pointer, nullptr, {}});
        return canvas.setWatches(history->entity, std::move(lanes));
    }
    for (const WatchView& view : views->watches) {
        WatchLane lane{view.pointer, view.runs, view.trouble};
        if (!views->done && lane.note.isEmpty()) {
            const std::uint64_t last = std::max<std::uint64_t>(views->history->last().value, 1);
            lane.note = TimelineView::tr("working out its values: %1 %").arg(views->at.value * 100 / last);
        } else if (lane.note.isEmpty() && lane.runs && !lane.runs->any()) {
            lane.note = TimelineView::tr("never there in this life");
        }
        lanes.push_back(std::move(lane));
    }
    canvas.setWatches(views->entity, std::move(lanes));
}

}  // namespace

void bind(TimelineView& view, Session& session)
{
    bind(view.overview(), session);
    TimelineCanvas* canvas = &view.canvas();
    Session* from = &session;
    canvas->setTypeWords(
        {[from](TypeId type) { return from->typeName(type); }, [from](TypeId type) { return from->typeSeries(type); }});
    const auto empty = [canvas, from] {
        canvas->setEmptyText(!from->isOpen()                ? QString()
                             : from->counts().entities == 0 ? TimelineView::tr("No entities yet")
                                                            : TimelineView::tr("Select an entity to see its life."));
    };
    const auto show = [canvas, from, empty] {
        empty();
        canvas->typesChanged();
        canvas->setLanes(lanesOf(*from));
    };
    QObject::connect(from, &Session::historyChanged, canvas, show);
    QObject::connect(from, &Session::lanesChanged, canvas, show);
    QObject::connect(from, &Session::opened, canvas, show);
    QObject::connect(from, &Session::closed, canvas, show);
    const auto findings = [canvas, from] {
        const auto history = from->history();
        canvas->setFindings(history ? history->entity : EntityId{}, laneFindings(*from));
    };
    QObject::connect(from, &Session::historyChanged, canvas, findings);
    QObject::connect(from->replayPolicy(), &ReplayPolicy::failuresChanged, canvas, findings);
    QObject::connect(from->trials(), &Trials::findingsChanged, canvas, findings);
    // A type that was met for the first time has a name now.
    QObject::connect(from, &Session::countsChanged, canvas, [canvas, empty] {
        empty();
        canvas->typesChanged();
    });
    canvas->setFollowing(from->following());
    QObject::connect(from, &Session::followingChanged, canvas, [canvas, from] { canvas->setFollowing(from->following()); });
    Marks* marks = from->marks();
    const auto showMarks = [canvas, marks] {
        const auto time = [marks](Marks::Which which) {
            const auto& mark = marks->get(which);
            return mark ? std::optional(mark->time) : std::nullopt;
        };
        canvas->setMarks({time(Marks::A), time(Marks::B)});
    };
    QObject::connect(marks, &Marks::changed, canvas, showMarks);
    showMarks();
    Playback* playback = from->playback();
    QObject::connect(playback, &Playback::changed, canvas, [canvas, playback] { canvas->setPlaying(playback->isPlaying()); });
    TypeFilter* filter = from->typeFilter();
    QObject::connect(filter, &TypeFilter::changed, canvas, [canvas, filter] { canvas->setFilter(filter->choice()); });

    QObject::connect(canvas, &TimelineCanvas::laneChosen, from, &Session::select);
    QObject::connect(canvas, &TimelineCanvas::laneEventChosen, from, &Session::selectEvent);
    QObject::connect(canvas, &TimelineCanvas::tipWanted, from, &Session::requestTip);
    QObject::connect(from, &Session::tipReady, canvas, [canvas](const std::shared_ptr<const TipView>& tip) {
        canvas->setTipText(tip->entity, tip->version, changesInFull(tip->changes, 12));
    });
    canvas->setPlaceWords([from](EventId id) {
        const QString offset = grouped(static_cast<std::uint64_t>(id.offset().value));
        const store::Part* part = from->part(id.part());
        return part == nullptr
                   ? offset
                   : QStringLiteral("%1 %2 : %3").arg(QString::fromStdString(part->topic)).arg(part->partition.value).arg(offset);
    });
    QObject::connect(canvas, &TimelineCanvas::rejectTipWanted, from, [from](EventId id) { from->requestRejects({id}); });
    QObject::connect(from, &Session::rejectsReady, canvas, [canvas](const std::vector<store::Reject>& rejects) {
        for (const store::Reject& reject : rejects) canvas->setRejectReason(reject.id, QString::fromStdString(reject.reason));
    });
    QObject::connect(canvas, &TimelineCanvas::rejectChosen, from, [from](EntityId entity, const store::Posting& reject) {
        if (from->selected() == entity) return from->requestEvent(reject.id);
        GoToHit hit;
        hit.kind = GoToHit::Kind::Record;
        hit.entity = entity;
        hit.event = reject.id;
        hit.time = reject.time;
        hit.reject = true;
        from->goTo(hit);
    });
    QObject::connect(from, &Session::watchesChanged, canvas, [canvas, from] { showWatches(*canvas, *from); });
    QObject::connect(&view, &TimelineView::watchRemoveWanted, from, [from](const QString& pointer) {
        if (const auto history = from->history()) from->watches()->remove(QString::fromStdString(history->key.category), pointer);
    });
    Pins* pins = from->pins();
    QObject::connect(&view, &TimelineView::pinWanted, pins, [pins](const QString& entity, bool pinned) {
        if (pinned)
            pins->add(entity);
        else
            pins->remove(entity);
    });
    QObject::connect(&view, &TimelineView::laneSwapWanted, pins, [pins](const QString& one, const QString& other) {
        QStringList names = pins->names();
        const qsizetype first = names.indexOf(one);
        const qsizetype second = names.indexOf(other);
        if (first < 0 || second < 0) return;
        names.swapItemsAt(first, second);
        pins->setNames(names);
    });
    show();
    showWatches(*canvas, *from);
}

}  // namespace hindcast::ui
