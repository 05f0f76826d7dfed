#include "ui/state/bind_diff.h"

#include "ui/session/comparison.h"
#include "ui/session/session.h"
#include "ui/state/diff_page.h"

namespace hindcast::ui {

namespace {

Marks::Which whichOf(int side) { return side == 0 ? Marks::A : Marks::B; }

}  // namespace

void bind(DiffPage& page, Session& session)
{
    Comparison* comparison = session.comparison();
    const auto sides = [&page, comparison] { page.setSides(comparison->sides(), comparison->isAtPlayhead()); };
    const auto view = [&page, comparison] { page.setView(comparison->view()); };
    QObject::connect(comparison, &Comparison::sidesChanged, &page, sides);
    QObject::connect(comparison, &Comparison::viewChanged, &page, view);
    QObject::connect(comparison, &Comparison::changesReady, &page, &DiffPage::setChanges);
    QObject::connect(comparison, &Comparison::entitiesFound, &page,
                     [&page](const QString& text, const std::vector<GoToHit>& hits) {
                         QStringList names;
                         for (const GoToHit& hit : hits) names << hit.entityText;
                         page.setFound(text, names);
                     });
    QObject::connect(&page, &DiffPage::seen, comparison, &Comparison::setWanted);
    QObject::connect(&page, &DiffPage::heldChanged, comparison,
                     [comparison](int side, std::optional<Version> version) { comparison->hold(whichOf(side), version); });
    QObject::connect(&page, &DiffPage::entityChosen, comparison,
                     [comparison](int side, const QString& entity) { comparison->setEntity(whichOf(side), entity); });
    QObject::connect(&page, &DiffPage::atPlayheadChosen, comparison, &Comparison::setAtPlayhead);
    QObject::connect(&page, &DiffPage::swapWanted, comparison, &Comparison::swap);
    QObject::connect(&page, &DiffPage::resetWanted, comparison, &Comparison::reset);
    QObject::connect(&page, &DiffPage::versionChosen, session.playhead(), &Playhead::setVersion);
    QObject::connect(&page, &DiffPage::eventChosen, comparison, &Comparison::goTo);
    QObject::connect(&page, &DiffPage::changesWanted, comparison, &Comparison::requestChanges);
    QObject::connect(&page, &DiffPage::searchWanted, comparison, &Comparison::findEntities);
    const auto pins = [&page, &session] { page.setOffered(session.pins()->names()); };
    QObject::connect(session.pins(), &Pins::changed, &page, pins);
    pins();
    sides();
    view();
}

}  // namespace hindcast::ui
