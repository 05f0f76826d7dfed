#include "ui/timeline/bind_timeline.h"

#include "ui/look/format.h"
#include "ui/session/entity_title.h"
#include "ui/session/session.h"
#include "ui/timeline/timeline_view.h"

namespace hindcast::ui {

namespace {

void bind(OverviewStrip& strip, Session& session)
{
    OverviewStrip* to = &strip;
    Session* from = &session;
    to->setTypeWords(
        {[from](TypeId type) { return from->typeName(type); }, [from](TypeId type) { return from->typeSeries(type); }});
    const auto show = [to, from] {
        const store::Counts& counts = from->counts();
        to->setLog(counts.firstTime, counts.lastTime, counts.events);
    };
    QObject::connect(to, &OverviewStrip::wanted, from, &Session::requestDensity);
    QObject::connect(from, &Session::densityReady, to, &OverviewStrip::setDensity);
    QObject::connect(from, &Session::countsChanged, to, [to, show] {
        show();
        to->refresh();  // other times and types may stand behind the same numbers
    });
    QObject::connect(from, &Session::historyChanged, to, &OverviewStrip::typesChanged);
    QObject::connect(from, &Session::opened, to, [to] { to->setVisible(true); });
    QObject::connect(from->typeFilter(), &TypeFilter::changed, to, &OverviewStrip::refresh);
    show();
}

}  // namespace

void bind(TimelineView& view, Session& session)
{
    bind(view.overview(), session);
    TimelineCanvas* canvas = &view.canvas();
    Session* from = &session;
    canvas->setTypeWords(
        {[from](TypeId type) { return from->typeName(type); }, [from](TypeId type) { return from->typeSeries(type); }});
    const auto show = [canvas, from] {
        const auto history = from->history();
        if (!history) {
            canvas->setLane({}, {});
            canvas->setEmptyText(from->isOpen() ? TimelineView::tr("Select an entity to see its life.") : QString());
            return;
        }
        QString about = eventsText(history->events.size());
        if (!history->rejects.empty()) about += QStringLiteral(" · ") + rejectsText(history->rejects.size());
        if (const QString source = from->historySource(); !source.isEmpty()) about += QStringLiteral(" · ") + source;
        canvas->setLane(entityTitle(*history), about);
        canvas->typesChanged();
    };
    QObject::connect(from, &Session::historyChanged, canvas, show);
    QObject::connect(from, &Session::opened, canvas, show);
    QObject::connect(from, &Session::closed, canvas, show);
    // A type that was met for the first time has a name now.
    QObject::connect(from, &Session::countsChanged, canvas, [canvas] { canvas->typesChanged(); });
    show();
}

}  // namespace hindcast::ui
