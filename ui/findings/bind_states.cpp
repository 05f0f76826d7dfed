#include "ui/findings/bind_states.h"

#include "ui/findings/states_page.h"
#include "ui/session/session.h"
#include "ui/session/state_search.h"

namespace hindcast::ui {

void bindStates(StatesPage& page, Session& session)
{
    StateSearch& search = *session.stateSearch();
    page.setPartOf([&session](PartId part) { return session.part(part); });
    const auto asked = [&page, &session] {
        const auto& history = session.playhead()->history();
        page.setAsked(session.isOpen(), history ? QString::fromStdString(history->key.text()) : QString(),
                      history ? QString::fromStdString(history->key.category) : QString());
    };
    const auto moment = [&page, &search] { page.setMoment(search.moment()); };
    QObject::connect(&session, &Session::opened, &page, asked);
    QObject::connect(&session, &Session::closed, &page, asked);
    QObject::connect(&session, &Session::historyChanged, &page, asked);
    QObject::connect(session.playhead(), &Playhead::moved, &page, moment);
    QObject::connect(&page, &StatesPage::asked, &search, &StateSearch::request);
    QObject::connect(&page, &StatesPage::cancelWanted, &search, &StateSearch::cancel);
    QObject::connect(&page, &StatesPage::lookedAt, &search, &StateSearch::setFollowing);
    // The entity with the playhead at the moment that was asked of: so its state is the one in which it was found.
    QObject::connect(&page, &StatesPage::chosen, &session,
                     [&session](EntityId entity, EventId event, std::optional<Timestamp> at) {
                         if (!at) return session.selectEvent(entity, event);
                         session.playhead()->setTime(*at);
                         session.select(entity);
                     });
    QObject::connect(&search, &StateSearch::changed, &page, [&page, &search] {
        page.setMoment(search.moment());
        page.setView(search.view());
    });
    QObject::connect(&session, &Session::modelsChanged, &page, [&page](const QString& category) { page.modelChanged(category); });
    asked();
    moment();
    page.setView(search.view());
    search.setFollowing(page.isVisible());
}

}  // namespace hindcast::ui
