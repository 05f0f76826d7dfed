#include "ui/events/bind_events.h"

#include "ui/events/copy_progress.h"
#include "ui/events/events_view.h"
#include "ui/look/format.h"
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
        // Whoever goes elsewhere no longer waits for it.
        connect(&session, &Session::selectionChanged, this, [this] { wanted_.reset(); });
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

void bindCopying(EventsView& view, Session& session)
{
    auto* copy = new CopyEvent(session, &view);
    QObject::connect(&view, &EventsView::copyWanted, copy, [copy](EventId id) { copy->copy(id); });
    CopyProgress& progress = view.copyProgress();
    QObject::connect(&view, &EventsView::copyAllWanted, &session,
                     [&session](const std::vector<TextExport::Row>& rows) { session.requestText(rows, eventJson); });
    QObject::connect(&progress, &CopyProgress::cancelled, &session, &Session::cancelText);
    QObject::connect(&session, &Session::selectionChanged, &progress, [&progress, &session] {
        if (!progress.isCopying()) return;
        session.cancelText();
        progress.abandon();
    });
    QObject::connect(&session, &Session::modelsChanged, &progress, [&progress] {
        if (progress.isCopying()) progress.end(EventsView::tr("not copied: the model is another one"));
    });
    // It may have been the copying that failed: what is left of it is not waited for.
    QObject::connect(&session, &Session::failed, &progress, [&progress, &session] {
        if (!progress.isCopying()) return;
        session.cancelText();
        progress.end(EventsView::tr("not copied"));
    });
    QObject::connect(&session, &Session::textWritten, &progress, [&progress](const std::shared_ptr<const TextExport>& text) {
        if (!progress.isCopying()) return;
        if (!text->ended) return progress.progress(text->done);
        QApplication::clipboard()->setText(text->text);
        progress.end(text->cut ? EventsView::tr("the first %1 of %2 copied: no more than %3 at once")
                                     .arg(grouped(text->done), eventsText(text->total), bytesText(TextExport::kMost))
                               : EventsView::tr("%1 copied").arg(eventsText(text->done)));
    });
}

/// Columns are a matter of the category: they are loaded when an entity of another one is shown.
void bindColumns(EventsView& view, Session& session)
{
    EventsModel& model = view.model();
    QObject::connect(&model, &EventsModel::rowsChanged, &view, [&model, shown = QString()]() mutable {
        if (!model.history()) return;
        const QString category = QString::fromStdString(model.history()->key.category);
        if (std::exchange(shown, category) != category) model.setColumns(loadColumns(category));
    });
    QObject::connect(&view, &EventsView::columnsChosen, &model, [&model](const EventColumns& columns) {
        if (model.history()) saveColumns(QString::fromStdString(model.history()->key.category), columns);
    });
    QObject::connect(&model, &EventsModel::fieldsWanted, &session, &Session::requestFields);
    QObject::connect(&session, &Session::fieldsReady, &model,
                     [&model](const std::shared_ptr<const FieldRows>& rows) { model.addFields(*rows); });
    QObject::connect(&view, &EventsView::fieldNamesWanted, &session, &Session::requestFieldNames);
    QObject::connect(&session, &Session::fieldNamesReady, &view,
                     [&view](const std::shared_ptr<const FieldNames>& names) { view.setFieldNames(*names); });
}

void bindFilter(EventsView& view, Session& session)
{
    TypeFilter* filter = session.typeFilter();
    EventsModel& model = view.model();
    QObject::connect(filter, &TypeFilter::changed, &model, [&model, filter] { model.setFilter(filter->choice()); });
    QObject::connect(&view, &EventsView::typeOnlyWanted, filter, &TypeFilter::showOnly);
    QObject::connect(&view, &EventsView::typeHiddenWanted, filter, [filter](TypeId type) { filter->setShown(type, false); });
    QObject::connect(&view, &EventsView::allTypesWanted, filter, &TypeFilter::showAll);
    model.setFilter(filter->choice());
}

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
    QObject::connect(&model, &EventsModel::changesWanted, &session, &Session::requestChangesOf);
    QObject::connect(&session, &Session::modelsChanged, &model, &EventsModel::forgetChanges);
    QObject::connect(&model, &EventsModel::rejectsWanted, &session, &Session::requestRejects);
    QObject::connect(&view, &EventsView::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&view, &EventsView::rejectChosen, &session, &Session::requestEvent);
    // A reject that was gone to from elsewhere has its row marked.
    QObject::connect(&session, &Session::eventChanged, &view, [&view, &session] {
        if (const auto event = session.event(); event && event->version.value == 0) view.markReject(event->event.id);
    });
    bindCopying(view, session);
    bindColumns(view, session);
    bindFilter(view, session);
    history();
}

}  // namespace hindcast::ui
