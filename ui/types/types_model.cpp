#include "ui/types/types_model.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace hindcast::ui {

namespace {

template <class Row>
bool comesFirst(const Row& a, const Row& b, TypesModel::Order order)
{
    if (order == TypesModel::Order::Count && a.count != b.count) return a.count > b.count;
    const int names = QString::compare(a.name, b.name, Qt::CaseInsensitive);
    return names != 0 ? names < 0 : a.id < b.id;
}

}  // namespace

TypesModel::TypesModel(QObject* parent) : QObject(parent) {}

void TypesModel::setEntityCounts(Counts counts, bool another)
{
    entity_ = std::move(counts);
    if (scope_ == Scope::Entity) return update(another);
    emit changed();  // colours go by the entity
}

void TypesModel::setAllCounts(Counts counts)
{
    all_ = std::move(counts);
    // In the other scope too: a name may have been unknown, or another type's: a mapping that decodes anew gives the numbers away before
    // its names are there, and who asks in between is told those from before.
    names_.clear();
    update(std::any_of(rows_.begin(), rows_.end(), [this](const Row& row) { return row.name != nameOf(row.id); }));
}

void TypesModel::setChoice(TypeFilter::Choice choice)
{
    choice_ = std::move(choice);
    emit changed();
}

void TypesModel::setScope(Scope scope)
{
    if (scope == scope_) return;
    scope_ = scope;
    update(true);
}

void TypesModel::setOrder(Order order)
{
    if (order == order_ && !stale_) return;
    order_ = order;
    update(true);
}

void TypesModel::mendOrder()
{
    if (stale_) update(true);
}

void TypesModel::setSearch(const QString& text)
{
    if (text == search_) return;
    search_ = text;
    update(true);
}

void TypesModel::lookAt(std::int64_t first, std::int64_t last)
{
    viewFirst_ = first;
    viewLast_ = last;
    if (stale_ && sortUnseen()) emit reordered();
}

void TypesModel::forgetNames()
{
    names_.clear();
    rows_.clear();
    update(true);
}

bool TypesModel::fits(const QString& name) const { return search_.isEmpty() || name.contains(search_, Qt::CaseInsensitive); }

const QString& TypesModel::nameOf(TypeId type)
{
    // While something is read a type may be counted before its name is known.
    QString& name = names_[type];
    if (name.isEmpty() && lookups_.name) name = lookups_.name(type);
    return name;
}

void TypesModel::rebuild()
{
    rows_.clear();
    rows_.reserve(counts().size());
    for (const auto& [id, count] : counts())
        if (const QString& name = nameOf(id); fits(name)) rows_.push_back({id, name, count});
    std::sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) { return comesFirst(a, b, order_); });
    stale_ = false;
}

bool TypesModel::sortUnseen()
{
    std::vector<Row> sorted = rows_;
    std::sort(sorted.begin(), sorted.end(), [this](const Row& a, const Row& b) { return comesFirst(a, b, order_); });
    stale_ = sorted != rows_;
    const std::int64_t end = std::min(viewLast_ + 1, rowCount());
    for (std::int64_t row = viewFirst_; stale_ && row < end; ++row)
        if (sorted[static_cast<std::size_t>(row)].id != idAt(row)) return false;
    if (!stale_) return false;
    rows_ = std::move(sorted);
    stale_ = false;
    return true;
}

void TypesModel::update(bool asked)
{
    // What is another list altogether (another entity, a question of the user's) is put in order at once.
    const Counts& now = counts();
    const bool same =
        !asked && !rows_.empty() && std::all_of(rows_.begin(), rows_.end(), [&](const Row& row) { return now.contains(row.id); });
    // A row without a name is none that anybody has read.
    const bool nameless = std::any_of(rows_.begin(), rows_.end(), [](const Row& row) { return row.name.isEmpty(); });
    if (!same || nameless) {
        const std::vector<TypeId> before = listed();
        rebuild();
        if (before == listed()) return emit changed();
        return emit reordered();
    }
    std::unordered_set<TypeId> known;
    for (Row& row : rows_) {
        known.insert(row.id);
        row.count = now.at(row.id);
    }
    for (const auto& [id, count] : now) {
        if (known.contains(id)) continue;
        if (const QString& name = nameOf(id); fits(name)) rows_.push_back({id, name, count});
    }
    // Those that are new among themselves in their order, not in that of a table of hashes.
    std::sort(rows_.end() - static_cast<std::ptrdiff_t>(rows_.size() - known.size()), rows_.end(),
              [this](const Row& a, const Row& b) { return comesFirst(a, b, order_); });
    if (sortUnseen()) return emit reordered();
    emit changed();
}

int TypesModel::colorIndex(std::int64_t row) const { return lookups_.colorIndex ? lookups_.colorIndex(idAt(row)) : -1; }

bool TypesModel::isOnly(std::int64_t row) const { return choice_.only && choice_.named.size() == 1 && isShown(row); }

std::int64_t TypesModel::rowOf(TypeId type) const
{
    const auto found = std::find_if(rows_.begin(), rows_.end(), [type](const Row& row) { return row.id == type; });
    return found == rows_.end() ? -1 : found - rows_.begin();
}

std::vector<TypeId> TypesModel::listed() const
{
    std::vector<TypeId> ids;
    ids.reserve(rows_.size());
    for (const Row& row : rows_) ids.push_back(row.id);
    return ids;
}

std::size_t TypesModel::hidden() const
{
    if (!hidesAny()) return 0;
    return static_cast<std::size_t>(
        std::count_if(counts().begin(), counts().end(), [this](const auto& entry) { return !shows(entry.first); }));
}

std::uint64_t TypesModel::mostEvents() const
{
    std::uint64_t most = 0;
    for (const Row& row : rows_) most = std::max(most, row.count);
    return most;
}

}  // namespace hindcast::ui
