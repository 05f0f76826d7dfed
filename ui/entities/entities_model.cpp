#include "ui/entities/entities_model.h"

#include "ui/look/background.h"

#include <algorithm>
#include <numeric>
#include <ranges>
#include <utility>

namespace hindcast::ui {

namespace {

// More new entities at once than this wait for the sorted order, so that no single change costs the GUI thread a frame.
constexpr std::size_t kAppendAtOnce = 50'000;
constexpr int kSortPause = 1000;  // ms: a list that is filling is put in order this often, or less often where sorting is slow

template <class Key, class Before>
void sortBy(std::vector<EntityId>& ids, const std::vector<Key>& keys, Before before)
{
    // Keys beside their ids: sorting by a look-up per comparison is three times slower at a million.
    std::vector<std::pair<Key, EntityId>> pairs;
    pairs.reserve(ids.size());
    for (const EntityId id : ids) pairs.emplace_back(keys[id.value], id);
    std::sort(pairs.begin(), pairs.end(),
              [&](const auto& a, const auto& b) { return a.first != b.first ? before(a.first, b.first) : a.second < b.second; });
    std::transform(pairs.begin(), pairs.end(), ids.begin(), [](const auto& pair) { return pair.second; });
}

}  // namespace

OrderResult orderEntities(const OrderTask& task)
{
    OrderResult result;
    if (!task.directory) return result;
    const store::Directory& directory = *task.directory;
    result.covered = directory.size();
    const auto take = [&](EntityId id) {
        if (id.value < result.covered && (!task.category || directory.category[id.value] == *task.category))
            result.ids.push_back(id);
    };
    if (task.among) {
        for (const EntityId id : *task.among) take(id);
    } else {
        result.ids.reserve(task.category ? 0 : result.covered);
        for (std::size_t i = 0; i < result.covered; ++i) take(EntityId{static_cast<std::uint32_t>(i)});
    }
    switch (task.order) {
        case EntityOrder::Recent: sortBy(result.ids, directory.last, std::greater<>()); break;
        case EntityOrder::MostEvents: sortBy(result.ids, directory.counts, std::greater<>()); break;
        case EntityOrder::FirstSeen: std::sort(result.ids.begin(), result.ids.end()); break;
    }
    for (const EntityId id : std::views::reverse(task.before)) {
        const auto at = std::find(result.ids.begin(), result.ids.end(), id);
        if (at != result.ids.end()) std::rotate(result.ids.begin(), at, at + 1);
    }
    for (const Timestamp time : directory.last) result.newest = std::max(result.newest, time);
    for (const std::uint32_t count : directory.counts) result.mostEvents = std::max(result.mostEvents, count);
    return result;
}

EntitiesModel::EntitiesModel(QObject* parent) : QObject(parent)
{
    sortLater_.setSingleShot(true);
    connect(&sortLater_, &QTimer::timeout, this, [this] { sortNow(false); });
}

void EntitiesModel::setDirectory(std::shared_ptr<const store::Directory> directory)
{
    const bool first = !directory_;
    const bool shrank = directory && directory_ && (directory->size() < covered_ || std::exchange(anew_, false));
    directory_ = std::move(directory);
    if (!directory_ || shrank) {  // closed, or another workspace
        rows_.clear();
        names_.clear();
        asked_.clear();
        covered_ = 0;
        newest_ = Timestamp::min();
        mostEvents_ = 0;
        // What was found were other entities: whoever searches asks again.
        found_.reset();
        named_.clear();
        searching_ = false;
        searchText_.clear();
        ++sortGeneration_;
        sortRunning_ = false;
        emit reordered();
        if (!directory_) return;
    }
    if (first || shrank) return sortNow(true);
    appendNew();
    emit changed();
    if (order_ == EntityOrder::FirstSeen && covered_ == directory_->size()) return;
    stale_ = true;
    if (!held_ && !sortLater_.isActive() && !sortRunning_) sortLater_.start(kSortPause);
}

void EntitiesModel::setCategories(std::vector<store::Category> categories)
{
    categories_ = std::move(categories);
    categoryIndex_.clear();
    for (std::size_t i = 0; i < categories_.size(); ++i) categoryIndex_[categories_[i].id.value] = i;
    emit changed();
}

void EntitiesModel::forgetNames()
{
    names_.clear();
    asked_.clear();
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

void EntitiesModel::beginSearch(const QString& text)
{
    if (text == searchText_) return;
    searchText_ = text;
    searching_ = !text.isEmpty();
    named_.clear();
    if (!searching_) {
        found_.reset();
        sortNow(true);
        return;
    }
    found_ = std::make_shared<std::vector<EntityId>>();
    rows_.clear();
    ++sortGeneration_;  // an order of what was shown before is of no use now
    sortRunning_ = false;
    emit reordered();
}

void EntitiesModel::setNamed(const std::vector<EntityId>& ids)
{
    if (!searching_) return;
    named_ = ids;
    for (const EntityId id : ids)
        if (fits(id)) rows_.push_back(id);
    emit changed();
}

void EntitiesModel::addFound(const std::vector<EntityId>& ids, bool last)
{
    if (!searching_) return;
    // A new vector each time would be quadratic; no sort is running while answers come, so this one is ours to grow.
    found_->insert(found_->end(), ids.begin(), ids.end());
    for (const EntityId id : ids)
        if (fits(id) && std::find(named_.begin(), named_.end(), id) == named_.end()) rows_.push_back(id);
    searching_ = !last;
    emit changed();
    if (last && order_ != EntityOrder::FirstSeen && !rows_.empty()) sortNow(true);
}

void EntitiesModel::setHeld(bool held)
{
    held_ = held;
    if (!held_ && stale_ && !sortRunning_ && !sortLater_.isActive()) sortLater_.start(kSortPause);
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
        if (fits(id)) rows_.push_back(id);
    }
}

void EntitiesModel::sortNow(bool asked)
{
    if (!directory_ || searching_) return;
    sortLater_.stop();
    stale_ = false;
    sortRunning_ = true;
    sortClock_.start();
    OrderTask task{directory_, found_, category_, order_, named_};
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
        return;
    }
    rows_ = std::move(result.ids);
    covered_ = result.covered;
    newest_ = std::max(newest_, result.newest);
    mostEvents_ = std::max(mostEvents_, result.mostEvents);
    appendNew();
    emit reordered();
    if (directory_->size() > result.covered || stale_) {
        stale_ = true;
        if (!held_) sortLater_.start(std::max<int>(kSortPause, static_cast<int>(5 * sortClock_.elapsed())));
    }
}

std::optional<std::int64_t> EntitiesModel::rowOf(EntityId id) const
{
    const auto at = std::find(rows_.begin(), rows_.end(), id);
    if (at == rows_.end()) return std::nullopt;
    return at - rows_.begin();
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
    if (!directory_ || id.value >= directory_->size()) return nullptr;
    const auto at = categoryIndex_.find(directory_->category[id.value].value);
    return at == categoryIndex_.end() ? nullptr : &categories_[at->second];
}

void EntitiesModel::lookAt(std::int64_t first, std::int64_t last)
{
    viewFirst_ = first;
    viewLast_ = std::min(last, rowCount() - 1);
    std::vector<EntityId> wanted;
    for (std::int64_t row = viewFirst_; row <= viewLast_; ++row)
        if (!names_.contains(idAt(row).value)) wanted.push_back(idAt(row));
    if (wanted.empty() || wanted == asked_) return;
    asked_ =
        wanted;  // an answer may be dropped when another question overtakes it: the latest question holds all that is in view
    emit namesWanted(wanted);
}

void EntitiesModel::addNames(const std::vector<EntityRow>& rows)
{
    if (names_.size() + rows.size() > kNamesKept) {
        std::unordered_map<std::uint32_t, QString> kept;
        for (std::int64_t row = viewFirst_; row <= std::min(viewLast_, rowCount() - 1); ++row) {
            const auto at = names_.find(idAt(row).value);
            if (at != names_.end()) kept.insert(*at);
        }
        names_ = std::move(kept);
    }
    for (const EntityRow& row : rows) names_[row.id.value] = row.name;
    asked_.clear();
    emit changed();
}

const QString* EntitiesModel::name(EntityId id) const
{
    const auto at = names_.find(id.value);
    return at == names_.end() ? nullptr : &at->second;
}

}  // namespace hindcast::ui
