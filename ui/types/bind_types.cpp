#include "ui/types/bind_types.h"

#include "ui/look/background.h"
#include "ui/session/session.h"
#include "ui/types/type_search.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr std::size_t kWalkAtOnce = 4096;  // events: some microseconds

void step(TypesPanel& panel, Session& session, TypeId type, bool forward)
{
    const auto history = session.history();
    if (!history) return;
    Playhead* playhead = session.playhead();
    const Version from = playhead->version();
    // Between two events the one that has been passed is a step back too.
    const bool between = from.value >= 1 && playhead->time() > history->events[from.value - 1].effective;
    const Version start = between && !forward ? Version{from.value + 1} : from;
    const auto arrive = [&panel, playhead, type, forward, &session](const TypeSearch& search) {
        if (search.found) return playhead->setVersion(*search.found);
        panel.say(
            (forward ? TypesPanel::tr("No later %1") : TypesPanel::tr("No earlier %1")).arg(session.typeName(type).left(80)));
    };
    const TypeSearch near = nextOfType(*history, type, start, forward, kWalkAtOnce);
    if (near.found || near.exhausted) return arrive(near);
    inBackground(
        &panel,
        [history, type, forward, on = near.reached] {
            return nextOfType(*history, type, on, forward, std::numeric_limits<std::size_t>::max());
        },
        [arrive, playhead, history, from](const TypeSearch& search) {
            // Where one has gone elsewhere meanwhile, one stays there.
            if (playhead->history() == history && playhead->version() == from) arrive(search);
        });
}

}  // namespace

void bind(TypesPanel& panel, Session& session)
{
    TypesModel& model = panel.model();
    TypeFilter* filter = session.typeFilter();
    model.setLookups({[&session](TypeId type) { return session.typeName(type); },
                      [&session](TypeId type) { return session.typeSeries(type); }});
    const auto state = [&panel, &session] {
        panel.setState(!session.isOpen()                ? TypesPanel::State::NoWorkspace
                       : session.counts().entities == 0 ? TypesPanel::State::NoEntities
                       : !session.selected()            ? TypesPanel::State::NoEntity
                       : !session.history()             ? TypesPanel::State::Loading
                                                        : TypesPanel::State::Ready);
    };
    auto shown = std::make_shared<std::optional<EntityId>>();
    const auto history = [&model, &session, state, shown] {
        TypesModel::Counts counts;
        for (const auto& [type, count] : session.historyTypes()) counts.emplace(type, count);
        const auto entity = session.history() ? std::optional(session.history()->entity) : std::nullopt;
        const bool another = std::exchange(*shown, entity) != entity;
        model.setEntityCounts(std::move(counts), another);
        state();
    };
    const auto all = [&model, &session, state] {
        TypesModel::Counts counts;
        for (const store::TypeCount& type : session.typeCounts())
            if (type.events > 0) counts.emplace(type.id, type.events);
        model.setAllCounts(std::move(counts));
        state();
    };
    const auto choice = [&model, filter] { model.setChoice(filter->choice()); };
    QObject::connect(&session, &Session::historyChanged, &panel, history);
    QObject::connect(&session, &Session::countsChanged, &panel, all);
    // Other lanes, other colours.
    QObject::connect(&session, &Session::lanesChanged, &panel, [&panel] { panel.list().update(); });
    QObject::connect(&session, &Session::selectionChanged, &panel, state);
    QObject::connect(&session, &Session::opened, &panel, [&model, state] {
        model.forgetNames();
        state();
    });
    QObject::connect(&session, &Session::closed, &panel, [&panel, history, all] {
        panel.searchField().clear();
        panel.model().forgetNames();
        history();
        all();
    });
    QObject::connect(&session, &Session::mappingsChanged, &panel, [&model] { model.forgetNames(); });
    QObject::connect(filter, &TypeFilter::changed, &panel, choice);
    QObject::connect(&panel, &TypesPanel::shownWanted, filter, &TypeFilter::setShown);
    QObject::connect(&panel, &TypesPanel::onlyWanted, filter,
                     [filter](const std::vector<TypeId>& types) { filter->setChoice({true, {types.begin(), types.end()}}); });
    QObject::connect(&panel, &TypesPanel::allWanted, filter, &TypeFilter::showAll);
    QObject::connect(&panel, &TypesPanel::stepWanted, &panel,
                     [&panel, &session](TypeId type, bool forward) { step(panel, session, type, forward); });
    all();
    history();
    choice();
}

}  // namespace hindcast::ui
