// The pinned entities: what the workspace remembers of them, and their lives.
#include "ui/session/session_impl.h"

namespace hindcast::ui {

namespace {

Json namesToJson(const QStringList& names)
{
    Json list = Json::array();
    for (const QString& name : names) list.push_back(name.toStdString());
    return list;
}

}  // namespace

QStringList pinsFromJson(const std::optional<Json>& setting)
{
    QStringList names;
    if (!setting || !setting->is_array()) return names;
    for (const Json& name : *setting)
        if (name.is_string()) names << QString::fromStdString(name.get<std::string>());
    names.removeDuplicates();
    return names;
}

void Session::Impl::openPins(const OpenedStore& opened)
{
    // A workspace that cannot be written keeps its user's own pins beside it.
    savedPins = opened.ownPins ? *opened.ownPins : pinsFromJson(opened.pins);
    pins.setNames(savedPins);
    loadLanes(true);
}

void Session::Impl::closePins()
{
    lanes.clear();
    playback.setBeside({});
    savedPins.clear();
    const bool any = !pins.all().empty();
    pins.setNames({});
    if (any) emit q->lanesChanged();
}

void Session::Impl::loadLanes(bool anew)
{
    if (!workspace) return;
    std::vector<std::string> entities;
    for (const Pins::Pin& pin : pins.all()) entities.push_back(pin.entity.toStdString());
    if (entities.empty() && lanes.empty()) return;
    workspace->lanes->load(std::move(entities), overview ? overview->directory : nullptr, counts.rejects, anew);
}

void Session::Impl::pinsChanged()
{
    if (!workspace) return;
    const QStringList names = pins.names();
    if (names == savedPins) return;
    savedPins = names;
    if (workspace->store->readOnly()) {
        toSave.pins(path, names);
        writeSoon();
    } else {
        workspace->lists->saveSetting("pins", namesToJson(names));
    }
    loadLanes(false);
}

void Session::Impl::takeLanes(const LaneWorker::Lanes& news)
{
    lanes = *news;
    std::vector<std::shared_ptr<const replay::History>> lives;
    for (const LaneView& lane : lanes) {
        pins.setId(lane.entity, lane.id);
        lives.push_back(lane.history);
    }
    playback.setBeside(std::move(lives));
    assignColors();
    emit q->lanesChanged();
}

void Session::Impl::assignColors()
{
    // The selected entity's types first, then those of the other lanes, then of the whole log: what is in view has the colours.
    std::vector<store::TypeCount> others;
    std::unordered_map<TypeId, std::uint64_t> counts;
    std::vector<const TypeColors::Counts*> each;
    for (const LaneView& lane : lanes) {
        each.push_back(&lane.types);
        for (const auto& [type, count] : lane.types) counts[type] += count;
    }
    others.reserve(counts.size());
    for (const auto& [type, count] : counts) others.push_back({type, {}, count});
    colors.assign(historyTypes, std::move(others), each);
    if (overview) colors.assignFree(overview->frequent);
}

const std::vector<LaneView>& Session::lanes() const { return impl_->lanes; }

void Session::requestTip(EntityId entity, Version version)
{
    if (!impl_->workspace) return;
    if (impl_->selected == entity)
        impl_->workspace->entity->requestTip(version);
    else
        impl_->workspace->lanes->requestTip(entity, version);
}

}  // namespace hindcast::ui
