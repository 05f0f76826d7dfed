#include "ui/session/watches.h"

namespace hindcast::ui {

void Watches::setAll(const All& all)
{
    if (all == all_) return;
    all_ = all;
    emit changed();
}

bool Watches::contains(const QString& category, const QString& pointer) const
{
    const auto found = all_.constFind(category);
    return found != all_.constEnd() && found->contains(pointer);
}

void Watches::add(const QString& category, const QString& pointer)
{
    if (contains(category, pointer)) return;
    all_[category] << pointer;
    emit changed();
}

void Watches::remove(const QString& category, const QString& pointer)
{
    const auto found = all_.find(category);
    if (found == all_.end() || found->removeAll(pointer) == 0) return;
    if (found->isEmpty()) all_.erase(found);
    emit changed();
}

void Watches::toggle(const QString& category, const QString& pointer)
{
    if (contains(category, pointer))
        remove(category, pointer);
    else
        add(category, pointer);
}

Watches::All watchesFromJson(const std::optional<Json>& setting)
{
    Watches::All all;
    if (!setting || !setting->is_object()) return all;
    for (const auto& [category, list] : setting->get_ref<const Json::object_t&>()) {
        if (!list.is_array()) continue;
        QStringList pointers;
        for (const Json& pointer : list)
            if (pointer.is_string()) pointers << QString::fromStdString(pointer.get<std::string>());
        pointers.removeDuplicates();
        if (!pointers.isEmpty()) all.insert(QString::fromStdString(category), pointers);
    }
    return all;
}

Json watchesToJson(const Watches::All& watches)
{
    Json all = Json::object();
    for (auto it = watches.begin(); it != watches.end(); ++it) {
        Json list = Json::array();
        for (const QString& pointer : it.value()) list.push_back(pointer.toStdString());
        all[it.key().toStdString()] = std::move(list);
    }
    return all;
}

}  // namespace hindcast::ui

#include "moc_watches.cpp"
