#include "ui/state/bind_state.h"

#include "ui/session/comparison.h"
#include "ui/session/go_to.h"
#include "ui/session/session.h"
#include "ui/state/bind_diff.h"
#include "ui/state/state_inspector.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hindcast::ui {

namespace {

/// The types of the selected entity's events, the most frequent first.
QStringList typesOf(const Session& session)
{
    std::vector<std::pair<std::uint32_t, QString>> counted;
    for (const auto& [type, count] : session.historyTypes())
        if (const QString name = session.typeName(type); !name.isEmpty()) counted.emplace_back(count, name);
    std::sort(counted.begin(), counted.end(),
              [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
    QStringList names;
    for (const auto& [count, name] : counted) names << name;
    return names;
}

}  // namespace

void bind(StateInspector& inspector, Session& session)
{
    // While reading, a history may be there before the names of its newest types.
    const auto names = [&] {
        inspector.setTypeNames([&session](TypeId type) { return session.typeName(type); });
        inspector.setTypes(typesOf(session));
    };
    QObject::connect(&session, &Session::countsChanged, &inspector, names);
    names();
    const auto anyEntity = [&] { inspector.setNoEntities(session.isOpen() && session.counts().entities == 0); };
    QObject::connect(&session, &Session::countsChanged, &inspector, anyEntity);
    anyEntity();
    const auto history = [&] {
        inspector.setTypes(typesOf(session));
        inspector.setHistory(session.history());
        inspector.setPlayhead(session.playhead()->version());
    };
    QObject::connect(&session, &Session::historyChanged, &inspector, history);
    // The fields that are watched are those of the entity's category.
    const auto category = [&session] {
        const auto life = session.history();
        return life ? QString::fromStdString(life->key.category) : QString();
    };
    const auto watched = [&, category] { inspector.setWatched(session.watches()->of(category())); };
    QObject::connect(&session, &Session::historyChanged, &inspector, watched);
    QObject::connect(session.watches(), &Watches::changed, &inspector, watched);
    QObject::connect(&session, &Session::watchesChanged, &inspector, [&] { inspector.setWatches(session.watchViews()); });
    QObject::connect(&session, &Session::writesReady, &inspector, &StateInspector::setWrites);
    QObject::connect(&inspector, &StateInspector::valuesWanted, &session, &Session::requestWrites);
    QObject::connect(&inspector, &StateInspector::watchToggled, &session, [&, category](const QString& pointer) {
        if (const QString of = category(); !of.isEmpty()) session.watches()->toggle(of, pointer);
    });
    QObject::connect(session.playhead(), &Playhead::moved, &inspector,
                     [&] { inspector.setPlayhead(session.playhead()->version()); });
    QObject::connect(&session, &Session::stateChanged, &inspector, [&] { inspector.setState(session.state()); });
    QObject::connect(&session, &Session::eventChanged, &inspector, [&] { inspector.setEvent(session.event()); });
    QObject::connect(&session, &Session::modelPreviewReady, &inspector, &StateInspector::setPreview);
    QObject::connect(&session, &Session::modelsChanged, &inspector, &StateInspector::modelChanged);
    QObject::connect(&session, &Session::opened, &inspector, [&] { inspector.setReadOnly(session.readOnlyBecause()); });
    QObject::connect(&session, &Session::closed, &inspector, [&] {
        inspector.setHistory({});
        inspector.setState({});
        inspector.setEvent({});
        inspector.modelChanged({}, true);
    });
    QObject::connect(&inspector, &StateInspector::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&inspector, &StateInspector::entityChosen, &session, &Session::selectByText);
    QObject::connect(&inspector, &StateInspector::rejectChosen, &session, [&session](EventId id, Timestamp time) {
        GoToHit hit;
        hit.kind = GoToHit::Kind::Record;
        hit.entity = session.selected();
        hit.event = id;
        hit.time = time;
        hit.reject = true;
        session.goTo(hit);
    });
    QObject::connect(&inspector, &StateInspector::compareFromWanted, session.comparison(), &Comparison::compareFrom);
    QObject::connect(&inspector, &StateInspector::previewWanted, &session, &Session::previewModel);
    QObject::connect(&inspector, &StateInspector::failed, &session, &Session::failed);
    history();
    watched();
    inspector.setWatches(session.watchViews());
    bind(inspector.diffPage(), session);
    inspector.setReadOnly(session.readOnlyBecause());
    inspector.setState(session.state());
    inspector.setEvent(session.event());
}

}  // namespace hindcast::ui
