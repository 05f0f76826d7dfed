#include "ui/timeline/bind_timeline.h"

#include "ui/look/format.h"
#include "ui/session/entity_title.h"
#include "ui/session/session.h"
#include "ui/timeline/timeline_view.h"

namespace hindcast::ui {

void bind(TimelineView& view, Session& session)
{
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
