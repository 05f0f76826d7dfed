#include "ui/session/name_cache.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

std::optional<QString> NameCache::find(EntityId id, std::uint32_t events) const
{
    const auto at = names_.find(id.value);
    if (at == names_.end() || at->second.events != events) return std::nullopt;
    return QString::fromStdString(at->second.text);
}

std::vector<EntityId> NameCache::called(const QString& text) const
{
    std::vector<EntityId> found;
    for (const auto& [id, name] : names_)
        if (QString::fromStdString(name.text).contains(text, Qt::CaseInsensitive)) found.push_back(EntityId{id});
    std::ranges::sort(found);
    return found;
}

void NameCache::keep(EntityId id, std::uint32_t events, const QString& name)
{
    std::string text = name.toStdString();
    if (const auto before = names_.find(id.value); before != names_.end()) drop(before);
    while (!names_.empty() && bytes_ + cost(text) > limit_) drop(names_.begin());
    put(id, events, std::move(text));
}

void NameCache::keepWhereThereIsRoom(EntityId id, std::uint32_t events, const QString& name)
{
    std::string text = name.toStdString();
    if (const auto before = names_.find(id.value); before != names_.end()) drop(before);  // of another number of events
    if (bytes_ + cost(text) <= limit_) put(id, events, std::move(text));
}

void NameCache::clear()
{
    names_.clear();
    bytes_ = 0;
}

/// With what the table itself and the allocator take; a short text stands in its string.
std::size_t NameCache::cost(const std::string& text)
{
    constexpr std::size_t kEntry = sizeof(Names::value_type) + 32;
    constexpr std::size_t kAllocation = 16;
    static const std::size_t within = std::string().capacity();
    return kEntry + (text.size() > within ? text.size() + kAllocation : 0);
}

void NameCache::put(EntityId id, std::uint32_t events, std::string text)
{
    bytes_ += cost(text);
    names_.emplace(id.value, Name{events, std::move(text)});
}

void NameCache::drop(Names::iterator at)
{
    bytes_ -= cost(at->second.text);
    names_.erase(at);
}

}  // namespace hindcast::ui
