#pragma once
#include "core/store/types.h"
#include "ui/session/type_filter.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// Which event types the panel lists, in which order, and which of them are shown. Takes plain values; knows no session. Costs what
/// some thousands of types cost; never walks events. GUI thread only.
class TypesModel final : public QObject {
    Q_OBJECT
public:
    enum class Scope : unsigned char { Entity, All };
    enum class Order : unsigned char { Count, Name };
    using Counts = std::unordered_map<TypeId, std::uint64_t>;

    explicit TypesModel(QObject* parent = nullptr);

    /// Words and colours that live elsewhere; set once.
    struct Lookups {
        std::function<QString(TypeId)> name;
        std::function<int(TypeId)> colorIndex;  ///< for Theme::series(); -1: neutral
    };
    void setLookups(Lookups lookups) { lookups_ = std::move(lookups); }

    /// `another`: of another entity than before, whose types are put in order at once.
    void setEntityCounts(Counts counts, bool another = false);
    /// The types are called what they are called now.
    void setAllCounts(Counts counts);
    void setChoice(TypeFilter::Choice choice);
    void setScope(Scope scope);
    /// The order that is there already puts the rows in it again.
    void setOrder(Order order);
    void setSearch(const QString& text);
    /// The rows in view; last < first: none. No row in view changes its place because figures do: counts change where they stand, and
    /// types that are new come last. What nobody looks at is put in order.
    void lookAt(std::int64_t first, std::int64_t last);
    /// Puts all rows in their order now, those in view as well.
    void mendOrder();
    /// Rows stand where the order would not put them.
    [[nodiscard]] bool isStale() const { return stale_; }
    /// Another mapping: numbers may be other types'.
    void forgetNames();

    [[nodiscard]] Scope scope() const { return scope_; }
    [[nodiscard]] Order order() const { return order_; }
    [[nodiscard]] const QString& search() const { return search_; }

    [[nodiscard]] std::int64_t rowCount() const { return static_cast<std::int64_t>(rows_.size()); }
    [[nodiscard]] TypeId idAt(std::int64_t row) const { return rows_[static_cast<std::size_t>(row)].id; }
    [[nodiscard]] const QString& name(std::int64_t row) const { return rows_[static_cast<std::size_t>(row)].name; }
    [[nodiscard]] std::uint64_t count(std::int64_t row) const { return rows_[static_cast<std::size_t>(row)].count; }
    [[nodiscard]] int colorIndex(std::int64_t row) const;
    [[nodiscard]] bool isShown(std::int64_t row) const { return shows(idAt(row)); }
    [[nodiscard]] bool isOnly(std::int64_t row) const;    ///< shown, and no other type is
    [[nodiscard]] std::int64_t rowOf(TypeId type) const;  ///< -1: not listed
    [[nodiscard]] std::vector<TypeId> listed() const;

    [[nodiscard]] std::size_t total() const { return counts().size(); }  ///< in the scope, found or not
    [[nodiscard]] std::size_t hidden() const;                            ///< of them
    [[nodiscard]] bool hidesAny() const { return choice_.only || !choice_.named.empty(); }
    [[nodiscard]] bool occursInEntity(TypeId type) const { return entity_.contains(type); }
    [[nodiscard]] std::uint64_t mostEvents() const;

signals:
    void changed();    ///< figures, colours or what is shown; rows were added at the end at the most
    void reordered();  ///< rows have other places

private:
    struct Row {
        TypeId id;
        QString name;
        std::uint64_t count = 0;
        bool operator==(const Row&) const = default;
    };
    [[nodiscard]] const Counts& counts() const { return scope_ == Scope::Entity ? entity_ : all_; }
    [[nodiscard]] bool shows(TypeId type) const { return choice_.named.contains(type) == choice_.only; }
    [[nodiscard]] bool fits(const QString& name) const;
    [[nodiscard]] const QString& nameOf(TypeId type);
    void update(bool asked);
    void rebuild();
    /// Puts the rows in order where that moves none that is in view.
    [[nodiscard]] bool sortUnseen();

    Lookups lookups_;
    Counts entity_;
    Counts all_;
    TypeFilter::Choice choice_;
    Scope scope_ = Scope::Entity;
    Order order_ = Order::Count;
    QString search_;
    std::vector<Row> rows_;
    std::unordered_map<TypeId, QString> names_;
    std::int64_t viewFirst_ = 0;
    std::int64_t viewLast_ = -1;
    bool stale_ = false;
};

}  // namespace hindcast::ui
