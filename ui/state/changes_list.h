#pragma once
#include "ui/look/background.h"
#include "ui/look/row_view.h"
#include "ui/look/value_piece.h"
#include "ui/session/views.h"

#include <string>

class QMenu;

namespace hindcast::ui {

/// A line of a list of changes: a Change without its values, or several of one field as one. Points into what the list keeps alive.
struct ShownChange {
    Change::Op op = Change::Op::Replace;
    const std::string* pointer = nullptr;
    const Json* before = nullptr;  ///< discarded for Add
    const Json* after = nullptr;   ///< discarded for Remove

    [[nodiscard]] Change copy() const { return {op, *pointer, *before, *after}; }  ///< with all that may be in its values
};

/// Changes of a state, a line each: pointer, then old (struck) → new, + new, − old. Any number of them: only those in view are
/// written. For what one event changed, and for what differs between two versions.
class ChangesList final : public RowView {
    Q_OBJECT
public:
    explicit ChangesList(const Theme& theme, QWidget* parent = nullptr);

    /// What the view's event changed: a line for each field, however often the event wrote it.
    void setView(std::shared_ptr<const StateView> view);
    /// `changes` is kept alive by `owner`; null: none.
    void setChanges(std::shared_ptr<const void> owner, const Changes* changes);
    /// Only those whose pointer or values hold the text (ASCII case ignored); empty: all. What is large, by its values, is searched on
    /// another thread.
    void setFilter(const QString& text);

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(selected_.shown.size()); }
    struct Counts {
        std::size_t changed = 0;
        std::size_t added = 0;
        std::size_t removed = 0;
        [[nodiscard]] std::size_t all() const { return changed + added + removed; }
    };
    [[nodiscard]] const Counts& counts() const { return selected_.counts; }  ///< of all, whatever the filter
    [[nodiscard]] bool isWorking() const { return selecting_.isRunning(); }  ///< the lines are being found on another thread
    [[nodiscard]] QString rowText(Row row) const override;
    [[nodiscard]] const ShownChange& change(Row row) const { return selected_.shown[static_cast<std::size_t>(row)]; }
    void fillMenu(QMenu& menu, Row row);

signals:
    void fieldChosen(const QString& pointer);  ///< clicked, or Enter
    void shownChanged();                       ///< other lines are shown
    void menuFilled(QMenu* menu, const QString& pointer);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    struct Selected {
        std::vector<ShownChange> shown;  ///< into changes_: what changed something
        Counts counts;
    };
    struct Selection {
        std::shared_ptr<const void> owner;
        const Changes* changes = nullptr;
        bool fold = false;  ///< several changes of a field are one line
        std::string filter;
    };
    [[nodiscard]] static Selected select(const Selection& wanted);
    void showChanges(std::shared_ptr<const void> owner, const Changes* changes);
    void rebuild();
    void take(Selected selected);
    void openMenu(Row row, const QPoint& position);
    void copyChange(const std::shared_ptr<const void>& owner, const ShownChange& one);
    [[nodiscard]] static ValuePiece fieldsOf(const Json& state);
    void paintUnified(QPainter& painter, const QRect& rect, const ShownChange& change) const;

    std::shared_ptr<const void> owner_;
    const Changes* changes_ = nullptr;
    bool folds_ = false;  ///< as Selection::fold, where a field was written more than once
    Selected selected_;
    std::string filter_;
    std::pair<EntityId, Version> shownOf_;
    bool keepsTop_ = false;
    LatestTask<Selection, Selected> selecting_;
};

}  // namespace hindcast::ui
