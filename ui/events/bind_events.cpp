#include "ui/events/bind_events.h"

#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/look/format.h"
#include "ui/session/event_json.h"
#include "ui/session/replay_policy.h"
#include "ui/session/session.h"

#include <QApplication>
#include <QClipboard>

#include <memory>
#include <utility>

namespace hindcast::ui {

namespace {

void bindCopying(EventsView& view, Session& session)
{
    CopyProgress& progress = view.copyProgress();
    const auto single = std::make_shared<bool>(false);
    // Read for the clipboard alone: what is shown of the playhead stays.
    QObject::connect(&view, &EventsView::copyWanted, &progress,
                     [&view, &session, &progress, single](const TextExport::Row& event) {
                         const auto& history = view.model().history();
                         if (!history || session.selected() != history->entity) return;  // another one is on its way
                         *single = true;
                         progress.begin(1);
                         session.requestText({event}, eventJson);
                     });
    QObject::connect(&view, &EventsView::copyAllWanted, &session, [&session, single](const std::vector<TextExport::Row>& rows) {
        *single = false;
        session.requestText(rows, eventJson);
    });
    QObject::connect(&progress, &CopyProgress::cancelled, &session, &Session::cancelText);
    QObject::connect(&session, &Session::selectionChanged, &progress, [&progress, &session] {
        if (!progress.isCopying()) return;
        session.cancelText();
        progress.abandon();
    });
    QObject::connect(&session, &Session::modelsChanged, &progress, [&progress] {
        if (progress.isCopying()) progress.end(EventsView::tr("not copied: the model is another one"));
    });
    QObject::connect(session.replayPolicy(), &ReplayPolicy::rebuildWanted, &progress, [&progress] {
        if (progress.isCopying()) progress.end(EventsView::tr("not copied: the states are being rebuilt"));
    });
    // It may have been the copying that failed: what is left of it is not waited for.
    QObject::connect(&session, &Session::failed, &progress, [&progress, &session] {
        if (!progress.isCopying()) return;
        session.cancelText();
        progress.end(EventsView::tr("not copied"));
    });
    QObject::connect(
        &session, &Session::textWritten, &progress, [&progress, single](const std::shared_ptr<const TextExport>& text) {
            if (!progress.isCopying()) return;
            if (!text->ended) return progress.progress(text->done);
            if (text->text.isEmpty()) return progress.end(EventsView::tr("nothing was there to copy"));
            // One event is pasted into the middle of something; lines of many end, each of them.
            QApplication::clipboard()->setText(*single ? text->text.chopped(1) : text->text);
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

bool isBetweenEvents(const Playhead& playhead)
{
    const auto& history = playhead.history();
    const auto version = playhead.version().value;
    return history && version > 0 && version <= history->events.size() &&
           playhead.time() > history->events[version - 1].effective;
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
        model.setPlayhead(session.playhead()->version(), session.playhead()->time());
        model.setHistory(session.history());
    };
    QObject::connect(&session, &Session::historyChanged, &view, history);
    const auto anyEntity = [&] { view.setNoEntities(session.isOpen() && session.counts().entities == 0); };
    QObject::connect(&session, &Session::countsChanged, &view, anyEntity);
    anyEntity();
    // Other lanes, other colours.
    QObject::connect(&session, &Session::lanesChanged, &view, [&view] { view.table().viewport()->update(); });
    QObject::connect(&session, &Session::selectionChanged, &view, [&] { view.setLoading(session.selected().has_value()); });
    QObject::connect(session.playhead(), &Playhead::moved, &view, [&, between = false]() mutable {
        const Playhead& playhead = *session.playhead();
        const Version version = playhead.version();
        const bool arrives = std::exchange(between, isBetweenEvents(playhead)) && !between && version == model.playhead();
        model.setPlayhead(version, playhead.time());
        // From behind it back onto the event: the version is the same, and yet one wants to see where one is.
        if (arrives) view.revealPlayhead();
    });
    QObject::connect(&session, &Session::changesReady, &model, &EventsModel::addChanges);
    QObject::connect(&session, &Session::rejectsReady, &model, &EventsModel::addRejects);
    // After another mapping a history may be there before the names of its types.
    const auto renamed = std::make_shared<bool>(false);
    QObject::connect(&session, &Session::mappingsChanged, &model, [&model, renamed] {
        *renamed = true;
        model.forgetChanges();
    });
    QObject::connect(&session, &Session::countsChanged, &view, [&view, renamed] {
        if (std::exchange(*renamed, false)) view.namesChanged();
    });
    QObject::connect(&model, &EventsModel::changesWanted, &session, &Session::requestChangesOf);
    QObject::connect(&session, &Session::modelsChanged, &model, &EventsModel::forgetChanges);
    QObject::connect(session.replayPolicy(), &ReplayPolicy::rebuildWanted, &model, &EventsModel::forgetChanges);
    QObject::connect(&model, &EventsModel::rejectsWanted, &session, &Session::requestRejects);
    QObject::connect(&view, &EventsView::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&view, &EventsView::rejectChosen, &session, &Session::requestEvent);
    // The marked row is what is shown: a reject that was gone to from elsewhere, and after it the playhead's event again.
    QObject::connect(&session, &Session::eventChanged, &view, [&view, &session] {
        const auto event = session.event();
        if (event && event->version.value == 0)
            view.markReject(event->event.id);
        else
            view.unmarkReject();
    });
    bindCopying(view, session);
    bindColumns(view, session);
    bindFilter(view, session);
    history();
}

}  // namespace hindcast::ui
