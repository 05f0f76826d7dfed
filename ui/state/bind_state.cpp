#include "ui/state/bind_state.h"

#include "ui/session/session.h"
#include "ui/state/state_inspector.h"

namespace hindcast::ui {

void bind(StateInspector& inspector, Session& session)
{
    // While reading, a history may be there before the names of its newest types.
    const auto names = [&] { inspector.setTypeNames([&session](TypeId type) { return session.typeName(type); }); };
    QObject::connect(&session, &Session::countsChanged, &inspector, names);
    names();
    const auto history = [&] {
        inspector.setHistory(session.history());
        inspector.setPlayhead(session.playhead()->version());
    };
    QObject::connect(&session, &Session::historyChanged, &inspector, history);
    QObject::connect(session.playhead(), &Playhead::moved, &inspector,
                     [&] { inspector.setPlayhead(session.playhead()->version()); });
    QObject::connect(&session, &Session::stateChanged, &inspector, [&] { inspector.setState(session.state()); });
    QObject::connect(&session, &Session::eventChanged, &inspector, [&] { inspector.setEvent(session.event()); });
    QObject::connect(&session, &Session::closed, &inspector, [&] {
        inspector.setHistory({});
        inspector.setState({});
        inspector.setEvent({});
    });
    QObject::connect(&inspector, &StateInspector::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&inspector, &StateInspector::entityChosen, &session, &Session::selectByText);
    history();
    inspector.setState(session.state());
    inspector.setEvent(session.event());
}

}  // namespace hindcast::ui
