#include "ui/session/pins.h"

#include <algorithm>

namespace hindcast::ui {

bool Pins::contains(EntityId id) const
{
    return std::ranges::any_of(pins_, [id](const Pin& pin) { return pin.id == id; });
}

bool Pins::contains(const QString& entity) const
{
    return std::ranges::any_of(pins_, [&](const Pin& pin) { return pin.entity == entity; });
}

QStringList Pins::names() const
{
    QStringList names;
    for (const Pin& pin : pins_) names << pin.entity;
    return names;
}

void Pins::setNames(const QStringList& names)
{
    if (names == this->names()) return;
    std::vector<Pin> wanted;
    for (const QString& name : names) {
        const auto known = std::ranges::find(pins_, name, &Pin::entity);
        wanted.push_back(known != pins_.end() ? *known : Pin{name, {}});
    }
    pins_ = std::move(wanted);
    emit changed();
}

void Pins::add(const QString& entity, std::optional<EntityId> id)
{
    if (contains(entity)) return;
    pins_.push_back({entity, id});
    emit changed();
}

void Pins::remove(const QString& entity)
{
    if (std::erase_if(pins_, [&](const Pin& pin) { return pin.entity == entity; }) > 0) emit changed();
}

void Pins::setId(const QString& entity, std::optional<EntityId> id)
{
    const auto pin = std::ranges::find(pins_, entity, &Pin::entity);
    if (pin == pins_.end() || pin->id == id) return;
    pin->id = id;
    emit changed();
}

void Pins::forgetIds()
{
    if (std::ranges::none_of(pins_, [](const Pin& pin) { return pin.id.has_value(); })) return;
    for (Pin& pin : pins_) pin.id.reset();
    emit changed();
}

}  // namespace hindcast::ui

#include "moc_pins.cpp"
