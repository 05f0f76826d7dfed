#pragma once
#include "core/store/directory.h"
#include "core/store/types.h"
#include "ui/session/views.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

enum class EntityOrder : std::uint8_t {
    Recent,  ///< newest event first
    MostEvents,
    FirstSeen,  ///< by id: the order in which the workspace met them
};

/// What an order is made from: values and shared immutable data only, so that it may be made on any thread.
struct OrderTask {
    std::shared_ptr<const store::Directory> directory;
    std::shared_ptr<const std::vector<EntityId>> among;  ///< null: all
    std::optional<CategoryId> category;
    EntityOrder order = EntityOrder::Recent;
    std::vector<EntityId> before{};  ///< come first
};
struct OrderResult {
    std::vector<EntityId> ids;
    std::size_t covered = 0;       ///< entities of the directory that were looked at
    std::uint32_t mostEvents = 0;  ///< of one entity
    Timestamp newest = Timestamp::min();
};
/// Pure. A million entities: some 100 ms. Ties keep the order in which entities were first seen.
[[nodiscard]] OrderResult orderEntities(const OrderTask& task);

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

    void setCategory(std::optional<CategoryId> category);
    [[nodiscard]] std::optional<CategoryId> category() const { return category_; }
    void setOrder(EntityOrder order);
    [[nodiscard]] EntityOrder order() const { return order_; }

    /// Empty text: all entities again. The answers come by setNamed(), then by addFound().
    void beginSearch(const QString& text);
    /// Those that the text names as a whole: they come first, whatever the order.
    void setNamed(const std::vector<EntityId>& ids);
    void addFound(const std::vector<EntityId>& ids, bool last);
    [[nodiscard]] const QString& searchText() const { return searchText_; }
    [[nodiscard]] bool isSearching() const { return searching_; }  ///< answers are still to come

    /// While held, no row changes its place: new entities are put at the end, and the order is mended when it is let go.
    void setHeld(bool held);

    [[nodiscard]] std::int64_t rowCount() const { return static_cast<std::int64_t>(rows_.size()); }
    [[nodiscard]] std::size_t total() const { return directory_ ? directory_->size() : 0; }
    /// What is shown is a part of all: by a search or a category.
    [[nodiscard]] bool isFiltered() const { return !searchText_.isEmpty() || category_.has_value(); }
    [[nodiscard]] EntityId idAt(std::int64_t row) const { return rows_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] std::optional<std::int64_t> rowOf(EntityId id) const;

    [[nodiscard]] std::uint32_t events(EntityId id) const;
    [[nodiscard]] Timestamp last(EntityId id) const;
    [[nodiscard]] Timestamp newest() const { return newest_; }
    [[nodiscard]] std::uint32_t mostEvents() const { return mostEvents_; }  ///< of one entity, as far as is known yet
    [[nodiscard]] const store::Category* categoryOf(EntityId id) const;

    /// Names of rows in view: asked for by namesWanted(), remembered within bounds.
    void lookAt(std::int64_t first, std::int64_t last);
    void addNames(const std::vector<EntityRow>& rows);
    [[nodiscard]] const QString* name(EntityId id) const;  ///< null: not there yet
    static constexpr std::size_t kNamesKept = 4096;

signals:
    void changed();    ///< rows were added, or figures are other ones; no row moved
    void reordered();  ///< rows have other places
    void namesWanted(const std::vector<hindcast::EntityId>& ids);

private:
    [[nodiscard]] bool fits(EntityId id) const;
    void appendNew();
    void sortNow(bool asked);
    void sorted(OrderResult result, bool asked);

    std::shared_ptr<const store::Directory> directory_;
    std::vector<store::Category> categories_;
    std::unordered_map<std::uint32_t, std::size_t> categoryIndex_;
    std::optional<CategoryId> category_;
    EntityOrder order_ = EntityOrder::Recent;
    QString searchText_;
    std::shared_ptr<std::vector<EntityId>> found_;
    std::vector<EntityId> named_;
    bool searching_ = false;
    bool anew_ = false;  ///< what comes next is another directory, though it may be as large

    std::vector<EntityId> rows_;
    std::size_t covered_ = 0;
    Timestamp newest_ = Timestamp::min();
    std::uint32_t mostEvents_ = 0;

    std::uint64_t sortGeneration_ = 0;
    bool sortRunning_ = false;
    bool held_ = false;
    bool stale_ = false;
    QTimer sortLater_;
    QElapsedTimer sortClock_;

    std::unordered_map<std::uint32_t, QString> names_;
    std::vector<EntityId> asked_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
};

}  // namespace hindcast::ui
