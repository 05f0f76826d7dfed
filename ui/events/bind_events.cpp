#include "ui/events/bind_events.h"

#include "ui/events/events_view.h"
#include "ui/session/event_json.h"
#include "ui/session/session.h"

#include <QApplication>
#include <QClipboard>

namespace hindcast::ui {

namespace {

/// "Copy as JSON" needs the event's bytes: they come at once where the event is the one at the playhead, else when they are there.
class CopyEvent final : public QObject {
public:
    CopyEvent(Session& session, QObject* parent) : QObject(parent), session_(session)
    {
        connect(&session, &Session::eventChanged, this, [this] {
            if (wanted_) copyIfThere();
        });
    }
    void copy(EventId id)
    {
        wanted_ = id;
        if (!copyIfThere()) session_.requestEvent(id);
    }

private:
    bool copyIfThere()
    {
        const auto event = session_.event();
        if (!event || event->event.id != *wanted_) return false;
        QApplication::clipboard()->setText(eventJson(*event));
        wanted_.reset();
        return true;
    }

    Session& session_;
    std::optional<EventId> wanted_;
};

}  // namespace

void bind(EventsView& view, Session& session)
{
    EventsModel& model = view.model();
    model.setLookups({[&session](TypeId type) { return session.typeName(type); },
                      [&session](TypeId type) { return session.typeSeries(type); },
                      [&session](PartId part) { return session.part(part); }});
    const auto history = [&] {
        view.setLoading(session.selected().has_value());
        model.setPlayhead(session.playhead()->version());
        model.setHistory(session.history());
    };
    QObject::connect(&session, &Session::historyChanged, &view, history);
    QObject::connect(&session, &Session::selectionChanged, &view, [&] { view.setLoading(session.selected().has_value()); });
    QObject::connect(session.playhead(), &Playhead::moved, &view, [&] { model.setPlayhead(session.playhead()->version()); });
    QObject::connect(&session, &Session::changesReady, &model, &EventsModel::addChanges);
    QObject::connect(&session, &Session::rejectsReady, &model, &EventsModel::addRejects);
    QObject::connect(&session, &Session::mappingsChanged, &model, &EventsModel::forgetChanges);
    QObject::connect(&session, &Session::modelsChanged, &model, &EventsModel::forgetChanges);
    QObject::connect(&model, &EventsModel::changesWanted, &session, &Session::requestChanges);
    QObject::connect(&model, &EventsModel::rejectsWanted, &session, &Session::requestRejects);
    QObject::connect(&view, &EventsView::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&view, &EventsView::rejectChosen, &session, &Session::requestEvent);
    auto* copy = new CopyEvent(session, &view);
    QObject::connect(&view, &EventsView::copyWanted, copy, [copy](EventId id) { copy->copy(id); });
    history();
}

}  // namespace hindcast::ui
