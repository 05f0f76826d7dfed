#include "ui/entities/bind_entities.h"

#include "ui/entities/entity_browser.h"
#include "ui/session/session.h"

#include <QSettings>

namespace hindcast::ui {

namespace {

const auto kGrouped = QStringLiteral("entities/grouped");
const auto kOrder = QStringLiteral("entities/order");

}  // namespace

void bind(EntityBrowser& browser, Session& session)
{
    EntitiesModel& model = browser.model();
    const auto refresh = [&browser, &model, &session] {
        model.setCategories(session.categories());
        model.setDirectory(session.directory());
        browser.setWithoutEntity(session.counts().withoutEntity);
        browser.searchAgain();
    };
    QObject::connect(&session, &Session::directoryChanged, &browser, refresh);
    // What is announced and not yet looked at is not to reorder what is in sight.
    QObject::connect(&session, &Session::newEventsChanged, &browser,
                     [&browser, &session] { browser.holdOrder(session.newEvents() > 0); });
    QObject::connect(&session, &Session::newAcknowledged, &browser, &EntityBrowser::showNewest);
    QObject::connect(&session, &Session::mappingsChanged, &browser, [&model] {
        model.setCategory({});  // its number may be another category's
        model.forgetNames();
    });
    QObject::connect(&session, &Session::modelsChanged, &model, &EntitiesModel::forgetDisplayNames);
    QObject::connect(&session, &Session::closed, &browser, [&browser, &model] {
        model.setCategory({});
        model.setCategories({});
        model.setDirectory({});
        browser.setSelected({});
        browser.searchField().clear();
    });
    QObject::connect(&session, &Session::selectionChanged, &browser, [&] { browser.setSelected(session.selected()); });
    QObject::connect(&session, &Session::entityRowsReady, &model, &EntitiesModel::addNames);
    QObject::connect(&session, &Session::entitiesNamed, &model, &EntitiesModel::setNamed);
    QObject::connect(&session, &Session::entitiesFound, &model, &EntitiesModel::addFound);
    QObject::connect(&session, &Session::entitiesCalled, &model, &EntitiesModel::addCalled);
    QObject::connect(&model, &EntitiesModel::namesWanted, &session, &Session::requestEntityRows);
    QObject::connect(&browser, &EntityBrowser::searchWanted, &session, &Session::searchEntities);
    QObject::connect(&browser, &EntityBrowser::entityChosen, &session, &Session::select);
    QObject::connect(&model, &EntitiesModel::displayNamesWanted, &session, &Session::requestEntityNames);
    QObject::connect(&session, &Session::entityNamesReady, &model, &EntitiesModel::addDisplayNames);
    Pins* pins = session.pins();
    QObject::connect(pins, &Pins::changed, &browser, [&model, pins] { model.setPins(pins->all()); });
    QObject::connect(&browser, &EntityBrowser::pinWanted, pins,
                     [pins](const QString& entity, EntityId id) { pins->add(entity, id); });
    QObject::connect(&browser, &EntityBrowser::unpinWanted, pins, &Pins::remove);
    QObject::connect(&browser, &EntityBrowser::pinOrderWanted, pins, &Pins::setNames);
    QObject::connect(&browser, &EntityBrowser::groupedChanged, [](bool grouped) { QSettings().setValue(kGrouped, grouped); });
    browser.setGrouped(QSettings().value(kGrouped).toBool());
    browser.setOrder(static_cast<EntityOrder>(QSettings().value(kOrder, static_cast<int>(EntityOrder::Recent)).toInt()));
    QObject::connect(&browser, &EntityBrowser::orderChanged,
                     [](EntityOrder order) { QSettings().setValue(kOrder, static_cast<int>(order)); });
    model.setPins(pins->all());
    if (!session.isOpen()) return;
    refresh();
    browser.setSelected(session.selected());
}

}  // namespace hindcast::ui
