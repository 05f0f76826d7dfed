#pragma once
#include "ui/look/background.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// The rows that a search has found, of all its batches, in an order that the user chooses: sorted off the GUI thread where there are
/// many. `View` has `batches` of what it found, and how many `rows` there are in them; each row has an `entity`. A base of who shows
/// them. GUI thread only.
template <class View, class OrderBy>
class SortedRows {
public:
    using FoundRow = typename View::Batch::element_type::value_type;
    using Rows = std::vector<const FoundRow*>;
    using Order = OrderBy;
    static constexpr std::int64_t kNowhere = -1;

    /// Null: nothing was asked.
    void setView(std::shared_ptr<const View> view)
    {
        // Only how far it has come is new.
        const bool same = view_ && view && view_->rows == view->rows && view->rows > 0 && view_->batches == view->batches;
        view_ = std::move(view);
        if (!same) arrange();
    }
    [[nodiscard]] const std::shared_ptr<const View>& view() const { return view_; }
    void setOrder(Order order, Qt::SortOrder direction)
    {
        if (std::exchange(order_, order) == order && direction_ == direction) return;
        direction_ = direction;
        arrange();
    }
    /// By that; the other way round where it is so already, upwards.
    void sortBy(Order order)
    {
        const bool again = order_ == order && direction_ == Qt::AscendingOrder;
        setOrder(order, again ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    [[nodiscard]] Order order() const { return order_; }
    [[nodiscard]] Qt::SortOrder direction() const { return direction_; }
    [[nodiscard]] bool isSorting() const { return sort_.isRunning(); }

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(arranged_.rows.size()); }
    /// REQUIRES: 0 ≤ row < count().
    [[nodiscard]] const FoundRow& row(std::int64_t row) const { return *arranged_.rows[static_cast<std::size_t>(row)]; }
    /// What the rows that stand here were found by; null: none do.
    [[nodiscard]] const std::shared_ptr<const View>& shown() const { return arranged_.view; }
    /// All rows as they stand, with what they live in.
    [[nodiscard]] std::pair<std::shared_ptr<const View>, Rows> all() const { return {arranged_.view, arranged_.rows}; }
    /// Where what stood in that row before now stands; kNowhere: it does not. Only while replaceRows() goes on.
    [[nodiscard]] std::int64_t movedTo(std::int64_t row) const
    {
        if (row < 0 || row >= static_cast<std::int64_t>(before_.rows.size())) return kNowhere;
        const FoundRow& stood = *before_.rows[static_cast<std::size_t>(row)];
        const auto now = std::ranges::find_if(arranged_.rows, [&](const FoundRow* each) { return same_(*each, stood); });
        return now == arranged_.rows.end() ? kNowhere : now - arranged_.rows.begin();
    }

protected:
    using Compare = std::strong_ordering (*)(const FoundRow& a, const FoundRow& b, Order order);
    using Same = bool (*)(const FoundRow& a, const FoundRow& b);

    /// `context`: whose base this is. Rows that are alike by `compare` stand by their entities, whichever thread has found them first.
    SortedRows(
        QObject* context, Order order, Compare compare,
        Same same = [](const FoundRow& a, const FoundRow& b) { return a.entity == b.entity; })
        : compare_(compare),
          same_(same),
          order_(order),
          sort_(context, &SortedRows::sorted, [this](Arranged arranged, bool) { take(std::move(arranged)); })
    {
    }
    ~SortedRows() = default;

    /// `exchange()` puts other rows in the place of these; tells before and after it who has to know.
    virtual void replaceRows(const std::function<void()>& exchange) = 0;

private:
    static constexpr std::uint64_t kAtOnce = 2000;  // rows that are sorted within a millisecond or so
    struct Task {
        std::shared_ptr<const View> view;
        Order order;
        Qt::SortOrder direction;
        Compare compare;
    };
    struct Arranged {
        std::shared_ptr<const View> view;  ///< that the rows stand in
        Rows rows;
    };
    [[nodiscard]] static Arranged sorted(const Task& task)
    {
        Arranged made{task.view, {}};
        made.rows.reserve(task.view->rows);
        for (const auto& batch : task.view->batches)
            for (const FoundRow& row : *batch) made.rows.push_back(&row);
        std::ranges::sort(made.rows, [&](const FoundRow* a, const FoundRow* b) {
            if (task.direction == Qt::DescendingOrder) std::swap(a, b);
            const auto order = task.compare(*a, *b, task.order);
            return order != 0 ? order < 0 : a->entity < b->entity;
        });
        return made;
    }
    void arrange()
    {
        if (view_ && view_->rows > kAtOnce) return sort_.ask({view_, order_, direction_, compare_});
        sort_.cancel();
        take(view_ ? sorted({view_, order_, direction_, compare_}) : Arranged{});
    }
    void take(Arranged arranged)
    {
        before_ = std::move(arranged);
        replaceRows([this] { std::swap(arranged_, before_); });
        before_ = {};
    }

    Compare compare_;
    Same same_;
    std::shared_ptr<const View> view_;
    Arranged arranged_;
    Arranged before_;  ///< while rows are replaced: those that come, and then those that went
    Order order_;
    Qt::SortOrder direction_ = Qt::AscendingOrder;
    LatestTask<Task, Arranged> sort_;
};

}  // namespace hindcast::ui
