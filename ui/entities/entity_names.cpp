#include "ui/entities/entity_names.h"

#include <utility>

namespace hindcast::ui {

namespace {

constexpr qint64 kAgainMs = 2000;  // how often names are looked at again while events come in

template <class Value>
void keepOnly(std::unordered_map<std::uint32_t, Value>& all, const std::vector<EntityId>& inView)
{
    std::unordered_map<std::uint32_t, Value> kept;
    for (const EntityId id : inView)
        if (const auto at = all.find(id.value); at != all.end()) kept.insert(std::move(*at));
    all = std::move(kept);
}

}  // namespace

void EntityNames::clear()
{
    ids_.clear();
    display_.clear();
    askedIds_.clear();
    askedDisplay_.clear();
}

void EntityNames::forgetDisplay()
{
    display_.clear();
    askedDisplay_.clear();
}

const QString* EntityNames::id(EntityId entity) const
{
    const auto at = ids_.find(entity.value);
    return at == ids_.end() ? nullptr : &at->second;
}

QString EntityNames::display(EntityId entity) const
{
    const auto at = display_.find(entity.value);
    return at == display_.end() ? QString() : at->second.name;
}

std::vector<EntityId> EntityNames::idsWanted(const std::vector<EntityId>& inView)
{
    std::vector<EntityId> wanted;
    for (const EntityId id : inView)
        if (!ids_.contains(id.value)) wanted.push_back(id);
    if (wanted.empty() || wanted == askedIds_) return {};
    // An answer may be dropped when another question overtakes it: the latest question holds all that is in view.
    askedIds_ = wanted;
    return wanted;
}

std::vector<EntityId> EntityNames::displayWanted(const std::vector<EntityId>& inView, const std::vector<std::uint32_t>& events)
{
    std::vector<EntityId> wanted;
    std::vector<EntityId> again;
    for (std::size_t i = 0; i < inView.size(); ++i) {
        const auto known = display_.find(inView[i].value);
        if (known == display_.end())
            wanted.push_back(inView[i]);
        else if (known->second.events != events[i])
            again.push_back(inView[i]);
    }
    if (!again.empty() && (!askedAgain_.isValid() || askedAgain_.elapsed() > kAgainMs)) {
        askedAgain_.start();
        wanted.insert(wanted.end(), again.begin(), again.end());
        askedDisplay_ = wanted;
        return wanted;
    }
    if (wanted.empty() || wanted == askedDisplay_) return {};
    askedDisplay_ = wanted;
    return wanted;
}

void EntityNames::add(const std::vector<EntityRow>& rows, const std::vector<EntityId>& inView)
{
    if (ids_.size() + rows.size() > kKept) keepOnly(ids_, inView);
    for (const EntityRow& row : rows) ids_[row.id.value] = row.name;
    askedIds_.clear();
}

void EntityNames::add(const std::vector<EntityName>& names, const std::vector<EntityId>& inView)
{
    if (display_.size() + names.size() > kKept) keepOnly(display_, inView);
    for (const EntityName& name : names) display_[name.id.value] = {name.name, name.events};
}

std::vector<EntityId> EntityNames::holding(const QString& text) const
{
    std::vector<EntityId> ids;
    for (const auto& [id, display] : display_)
        if (display.name.contains(text, Qt::CaseInsensitive)) ids.emplace_back(id);
    return ids;
}

}  // namespace hindcast::ui
