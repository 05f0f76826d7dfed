#pragma once
#include "core/store/directory.h"
#include "core/store/types.h"
#include "ui/entities/entity_lines.h"
#include "ui/entities/entity_names.h"
#include "ui/entities/entity_order.h"
#include "ui/session/views.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace hindcast::ui {

/// Which entities the list shows, in which order, and what is known of those in view. Takes plain values; knows no session.
/// Sorting runs off the GUI thread; what is shown stays until the new order is there. GUI thread only.
class EntitiesModel final : public QObject {
    Q_OBJECT
public:
    explicit EntitiesModel(QObject* parent = nullptr);

    void setDirectory(std::shared_ptr<const store::Directory> directory);
    void setCategories(std::vector<store::Category> categories);
    [[nodiscard]] const std::vector<store::Category>& categories() const { return categories_; }

    /// Another mapping: ids may name other entities from the next directory on, which is taken for that of another workspace.
    void forgetNames();
    /// Another model: display names are asked for again.
    void forgetDisplayNames();

    void setCategory(std::optional<CategoryId> category);
    [[nodiscard]] std::optional<CategoryId> category() const { return category_; }
    void setOrder(EntityOrder order);
    [[nodiscard]] EntityOrder order() const { return order_; }
    /// By category, each with a head that opens and closes it. What a search finds, or one category alone, is not grouped.
    void setGrouped(bool grouped);
    [[nodiscard]] bool grouped() const { return grouped_; }
    /// REQUIRES: the row is a group's head.
    void setGroupOpen(std::int64_t row, bool open);
    void setAllGroupsOpen(bool open);

    /// The pinned ones, in the user's order: they come first in whatever order or category. Not while one searches: what is listed
    /// then was found.
    void setPins(std::vector<Pins::Pin> pins);

    /// Empty text: all entities again. The answers come by setNamed(), then by addFound().
    void beginSearch(const QString& text);
    /// Those that the text names as a whole: they come first, whatever the order. After them those that are in view, or have been,
    /// and whose display name holds the text. May be told again, before the last of what was found: each time those that come next,
    /// whatever the order.
    void setNamed(const std::vector<EntityId>& ids);
    void addFound(const std::vector<EntityId>& ids, bool last);
    /// Those whose display name holds the text, as names are looked at: so many of so many by now; of none where nobody has a name.
    void addCalled(const std::vector<EntityId>& ids, std::uint64_t looked, std::uint64_t total);
    [[nodiscard]] const QString& searchText() const { return searchText_; }
    [[nodiscard]] bool isSearching() const { return searching_; }  ///< answers are still to come
    [[nodiscard]] bool isLookingAtNames() const { return !searchText_.isEmpty() && namesLooked_ < namesTotal_; }
    [[nodiscard]] std::uint64_t namesLooked() const { return namesLooked_; }
    [[nodiscard]] std::uint64_t namesTotal() const { return namesTotal_; }  ///< 0: nobody has one, or it is not known yet
    /// The row of the best hit: what Enter in the search field opens. None where there is none, or where another may be better yet.
    [[nodiscard]] std::optional<std::int64_t> firstHit() const;
    /// Nothing is awaited that firstHit() goes by.
    [[nodiscard]] bool isSettled() const { return !searching_ && !sortRunning_ && !isLookingAtNames(); }

    /// While held, no row changes its place: new entities are put at the end, and the order is mended when it is let go.
    void setHeld(bool held);
    /// The user has taken note of what came: the order is mended at once, held or not.
    void mendOrder();

    [[nodiscard]] std::int64_t rowCount() const { return lines_.rowCount(); }
    [[nodiscard]] EntityLine at(std::int64_t row) const { return lines_.at(row); }
    [[nodiscard]] std::optional<EntityId> entityAt(std::int64_t row) const;
    [[nodiscard]] std::optional<std::int64_t> rowOf(EntityId id) const { return lines_.rowOf(id); }
    /// The nearest row after (1) or before (-1) that one with an entity on it.
    [[nodiscard]] std::optional<std::int64_t> nextEntityRow(std::int64_t row, int direction) const;
    [[nodiscard]] const EntityLines& lines() const { return lines_; }
    [[nodiscard]] std::size_t total() const { return directory_ ? directory_->size() : 0; }
    [[nodiscard]] std::size_t matching() const;  ///< those that the search or the category lets through, pinned or not
    /// What is shown is a part of all: by a search or a category.
    [[nodiscard]] bool isFiltered() const { return !searchText_.isEmpty() || category_.has_value(); }

    [[nodiscard]] std::uint32_t events(EntityId id) const;
    [[nodiscard]] Timestamp last(EntityId id) const;
    [[nodiscard]] Timestamp newest() const { return newest_; }
    [[nodiscard]] std::uint32_t mostEvents() const { return mostEvents_; }  ///< of one entity, as far as is known yet
    [[nodiscard]] const store::Category* categoryOf(EntityId id) const;
    [[nodiscard]] const store::Category* category(CategoryId id) const;

    /// Names of rows in view: asked for by namesWanted() and displayNamesWanted(), remembered within bounds.
    void lookAt(std::int64_t first, std::int64_t last);
    void addNames(const std::vector<EntityRow>& rows);
    void addDisplayNames(const std::vector<EntityName>& names);
    [[nodiscard]] const QString* name(EntityId id) const { return names_.id(id); }       ///< null: not there yet
    [[nodiscard]] QString displayName(EntityId id) const { return names_.display(id); }  ///< empty: none, or not there yet
    /// "category/id", as it is pinned; empty where the id is not there yet.
    [[nodiscard]] QString keyText(EntityId id) const;
    static constexpr std::size_t kNamesKept = EntityNames::kKept;

signals:
    void categoriesChanged();   ///< before changed()
    void changed();             ///< rows were added, or figures are other ones; no row moved
    void reordered();           ///< rows have other places
    void regrouped();           ///< a group was opened or closed: rows beneath its head moved
    void shifted(qint64 rows);  ///< so many more pins: all beneath them moved by that; pins may have other places
    void namesWanted(const std::vector<hindcast::EntityId>& ids);
    void displayNamesWanted(const std::vector<hindcast::EntityId>& ids);

private:
    [[nodiscard]] bool fits(EntityId id) const;
    [[nodiscard]] bool groupsNow() const { return grouped_ && !isFiltered(); }
    [[nodiscard]] std::vector<CategoryId> groupOrder() const;
    [[nodiscard]] std::vector<EntityId> inView() const;
    void reset();
    void appendNew();
    void sortNow(bool asked);
    void sorted(OrderResult result, bool asked);
    void putBack(EntityId id);
    [[nodiscard]] bool isNews(EntityId id);
    void take(EntityId id);
    void forgetHits();

    std::shared_ptr<const store::Directory> directory_;
    std::vector<store::Category> categories_;
    std::unordered_map<std::uint32_t, std::size_t> categoryIndex_;
    std::optional<CategoryId> category_;
    EntityOrder order_ = EntityOrder::Recent;
    bool grouped_ = false;
    std::unordered_set<std::uint32_t> closed_;  ///< categories whose group is closed
    std::vector<Pins::Pin> pins_;               ///< shown only while there is a workspace
    QString searchText_;
    std::shared_ptr<std::vector<EntityId>> found_;
    std::vector<EntityId> named_;
    bool namedTold_ = false;
    std::vector<std::vector<EntityId>> likely_;  ///< in parts, the likelier first
    std::vector<bool> isHit_;                    ///< by number: it is among the hits already
    std::unordered_set<std::uint32_t> byName_;   ///< found by display name before the other answers were there
    std::size_t sortedHits_ = 0;                 ///< of found_, those that the order knows which is being made
    std::uint64_t namesLooked_ = 0;
    std::uint64_t namesTotal_ = 0;
    bool searching_ = false;
    bool anew_ = false;  ///< what comes next is another directory, though it may be as large

    EntityLines lines_;
    std::size_t covered_ = 0;
    Timestamp newest_ = Timestamp::min();
    std::uint32_t mostEvents_ = 0;

    std::uint64_t sortGeneration_ = 0;
    bool sortRunning_ = false;
    bool held_ = false;
    bool stale_ = false;
    QTimer sortLater_;
    QElapsedTimer sortClock_;

    EntityNames names_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
};

}  // namespace hindcast::ui
