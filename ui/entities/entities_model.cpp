#include "ui/entities/entities_model.h"

#include "ui/look/background.h"

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

// More new entities at once than this wait for the sorted order, so that no single change costs the GUI thread a frame.
constexpr std::size_t kAppendAtOnce = 50'000;
constexpr int kSortPause = 1000;  // ms: a list that is filling is put in order this often, or less often where sorting is slow

}  // namespace

EntitiesModel::EntitiesModel(QObject* parent) : QObject(parent)
{
    sortLater_.setSingleShot(true);
    connect(&sortLater_, &QTimer::timeout, this, [this] { sortNow(false); });
}

void EntitiesModel::reset()
{
    lines_.clear();
    lines_.setPinsFirst(true);
    lines_.setPins(directory_ ? pins_ : std::vector<Pins::Pin>());
    names_.clear();
    covered_ = 0;
    newest_ = Timestamp::min();
    mostEvents_ = 0;
    // What was found were other entities: whoever searches asks again.
    found_.reset();
    forgetHits();
    searching_ = false;
    searchText_.clear();
    closed_.clear();
    ++sortGeneration_;
    sortRunning_ = false;
}

void EntitiesModel::setDirectory(std::shared_ptr<const store::Directory> directory)
{
    const bool first = !directory_;
    const bool anew = std::exchange(anew_, false);
    const bool shrank = directory && directory_ && (directory->size() < covered_ || anew);
    directory_ = std::move(directory);
    if (!directory_ || shrank || first) {  // closed, or another workspace
        if (first && !directory_) return;
        reset();
        emit reordered();
        if (!directory_) return;
    }
    // The first entities of a workspace are put in order at once: nothing is being looked at yet.
    if (first || shrank || covered_ == 0) return sortNow(true);
    appendNew();
    emit changed();
    if (order_ == EntityOrder::FirstSeen && covered_ == directory_->size() && !groupsNow()) return;
    stale_ = true;
    if (!held_ && !sortLater_.isActive() && !sortRunning_) sortLater_.start(kSortPause);
}

void EntitiesModel::setCategories(std::vector<store::Category> categories)
{
    categories_ = std::move(categories);
    categoryIndex_.clear();
    for (std::size_t i = 0; i < categories_.size(); ++i) categoryIndex_[categories_[i].id.value] = i;
    emit categoriesChanged();
    emit changed();
}

void EntitiesModel::forgetNames()
{
    names_.clear();
    anew_ = directory_ != nullptr;
}

void EntitiesModel::setCategory(std::optional<CategoryId> category)
{
    if (category == category_) return;
    category_ = category;
    sortNow(true);
}

void EntitiesModel::setOrder(EntityOrder order)
{
    if (order == order_) return;
    order_ = order;
    sortNow(true);
}

void EntitiesModel::setGrouped(bool grouped)
{
    if (grouped == grouped_) return;
    grouped_ = grouped;
    if (!isFiltered()) sortNow(true);
}

void EntitiesModel::setGroupOpen(std::int64_t row, bool open)
{
    const EntityLine line = lines_.at(row);
    if (line.kind != EntityLine::Kind::Group || lines_.groups()[line.index].open == open) return;
    if (const auto category = lines_.groups()[line.index].category) {
        if (open)
            closed_.erase(category->value);
        else
            closed_.insert(category->value);
    }
    lines_.setOpen(line.index, open);
    emit regrouped();
}

void EntitiesModel::setAllGroupsOpen(bool open)
{
    for (std::size_t i = 0; i < lines_.groups().size(); ++i) {
        const auto category = lines_.groups()[i].category;
        if (category && open) closed_.erase(category->value);
        if (category && !open) closed_.insert(category->value);
    }
    lines_.setAllOpen(open);
    emit regrouped();
}

std::vector<CategoryId> EntitiesModel::groupOrder() const
{
    std::vector<const store::Category*> sorted;
    for (const store::Category& category : categories_) sorted.push_back(&category);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->text < b->text; });
    std::vector<CategoryId> order;
    for (const store::Category* category : sorted) order.push_back(category->id);
    return order;
}

void EntitiesModel::setHeld(bool held)
{
    held_ = held;
    if (!held_ && stale_ && !sortRunning_ && !sortLater_.isActive()) sortLater_.start(kSortPause);
}

void EntitiesModel::mendOrder()
{
    if (stale_ || sortRunning_) sortNow(true);
}

bool EntitiesModel::fits(EntityId id) const
{
    return !category_ || (directory_ && id.value < directory_->size() && directory_->category[id.value] == *category_);
}

void EntitiesModel::appendNew()
{
    if (found_ || directory_->size() - covered_ > kAppendAtOnce) return;
    for (; covered_ < directory_->size(); ++covered_) {
        const EntityId id{static_cast<std::uint32_t>(covered_)};
        newest_ = std::max(newest_, directory_->last[covered_]);
        mostEvents_ = std::max(mostEvents_, directory_->counts[covered_]);
        if (fits(id) && !lines_.isPinned(id)) lines_.append(id);
    }
}

void EntitiesModel::sortNow(bool asked)
{
    if (!directory_ || searching_) return;
    sortLater_.stop();
    stale_ = false;
    sortRunning_ = true;
    sortedHits_ = found_ ? found_->size() : 0;
    sortClock_.start();
    OrderTask task{directory_, found_, category_, order_, named_, {}, {}, likely_};
    if (!found_) task.without = lines_.pinnedIds();
    if (groupsNow()) task.groups = groupOrder();
    const std::uint64_t generation = ++sortGeneration_;
    inBackground(
        this, [task = std::move(task)] { return orderEntities(task); },
        [this, generation, asked](OrderResult result) {
            if (generation == sortGeneration_) sorted(std::move(result), asked);
        });
}

void EntitiesModel::sorted(OrderResult result, bool asked)
{
    sortRunning_ = false;
    if (held_ && !asked) {
        stale_ = true;
        emit changed();  // nothing is on its way any more
        return;
    }
    std::vector<EntityLines::Group> groups;
    for (const OrderedGroup& group : result.groups)
        groups.push_back({group.category, group.begin, group.count, !closed_.contains(group.category.value)});
    lines_.setPinsFirst(!found_);
    lines_.setIds(std::move(result.ids), std::move(groups));
    covered_ = result.covered;
    // Pins that came or went while it was sorted.
    const std::vector<EntityId> pinned = found_ ? std::vector<EntityId>() : lines_.pinnedIds();
    for (const EntityId id : pinned)
        if (std::find(result.without.begin(), result.without.end(), id) == result.without.end()) lines_.take(id);
    for (const EntityId id : result.without)
        if (std::find(pinned.begin(), pinned.end(), id) == pinned.end()) putBack(id);
    newest_ = std::max(newest_, result.newest);
    mostEvents_ = std::max(mostEvents_, result.mostEvents);
    // Hits that came while the others were sorted.
    if (found_)
        for (std::size_t i = sortedHits_; i < found_->size(); ++i) take((*found_)[i]);
    appendNew();
    emit reordered();
    if (directory_->size() > result.covered || stale_) {
        stale_ = true;
        if (!held_) sortLater_.start(std::max<int>(kSortPause, static_cast<int>(5 * sortClock_.elapsed())));
    }
}

std::optional<EntityId> EntitiesModel::entityAt(std::int64_t row) const
{
    const EntityLine line = lines_.at(row);
    return line.isEntity() ? std::optional(line.id) : std::nullopt;
}

std::optional<std::int64_t> EntitiesModel::nextEntityRow(std::int64_t row, int direction) const
{
    for (row += direction; row >= 0 && row < rowCount(); row += direction)
        if (lines_.at(row).isEntity()) return row;
    return std::nullopt;
}

std::uint32_t EntitiesModel::events(EntityId id) const
{
    return directory_ && id.value < directory_->size() ? directory_->counts[id.value] : 0;
}

Timestamp EntitiesModel::last(EntityId id) const
{
    return directory_ && id.value < directory_->size() ? directory_->last[id.value] : Timestamp{};
}

const store::Category* EntitiesModel::categoryOf(EntityId id) const
{
    return directory_ && id.value < directory_->size() ? category(directory_->category[id.value]) : nullptr;
}

const store::Category* EntitiesModel::category(CategoryId id) const
{
    const auto at = categoryIndex_.find(id.value);
    return at == categoryIndex_.end() ? nullptr : &categories_[at->second];
}

QString EntitiesModel::keyText(EntityId id) const
{
    const QString* name = names_.id(id);
    const store::Category* category = categoryOf(id);
    if (name == nullptr || category == nullptr) return {};
    return QString::fromStdString(EntityKey{category->text, name->toStdString()}.text());
}

void EntitiesModel::forgetDisplayNames()
{
    names_.forgetDisplay();
    lookAt(viewFirst_, viewLast_);
}

void EntitiesModel::lookAt(std::int64_t first, std::int64_t last)
{
    viewFirst_ = first;
    viewLast_ = std::min(last, rowCount() - 1);
    std::vector<EntityId> inView;
    std::vector<std::uint32_t> counts;
    for (std::int64_t row = viewFirst_; row <= viewLast_; ++row) {
        const auto id = entityAt(row);
        if (!id) continue;
        inView.push_back(*id);
        counts.push_back(events(*id));
    }
    if (const auto wanted = names_.idsWanted(inView); !wanted.empty()) emit namesWanted(wanted);
    if (const auto wanted = names_.displayWanted(inView, counts); !wanted.empty()) emit displayNamesWanted(wanted);
}

std::vector<EntityId> EntitiesModel::inView() const
{
    std::vector<EntityId> ids;
    for (std::int64_t row = viewFirst_; row <= std::min(viewLast_, rowCount() - 1); ++row)
        if (const auto id = entityAt(row)) ids.push_back(*id);
    return ids;
}

void EntitiesModel::addNames(const std::vector<EntityRow>& rows)
{
    names_.add(rows, inView());
    emit changed();
}

void EntitiesModel::addDisplayNames(const std::vector<EntityName>& names)
{
    names_.add(names, inView());
    emit changed();
}

}  // namespace hindcast::ui
