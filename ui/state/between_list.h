#pragma once
#include "ui/look/changes_view.h"
#include "ui/session/comparison_view.h"
#include "ui/state/state_words.h"

#include <QStringList>

#include <map>
#include <memory>

namespace hindcast::ui {

/// What happened between the two sides of a comparison: a line for each event, with what it changed. Any number of them: changes are
/// asked for the lines in view alone. Knows no session. GUI thread only.
class BetweenList final : public ChangesView {
    Q_OBJECT
public:
    explicit BetweenList(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setView(std::shared_ptr<const ComparisonView> view);  ///< null: none
    void setChanges(const std::shared_ptr<const BetweenChanges>& changes);
    /// How many there are, and of which types: "5 events · 3 OrderPlaced · 2 AddressChanged".
    [[nodiscard]] QString totals() const;
    [[nodiscard]] QStringList shorterTotals() const;  ///< of fewer and fewer types

    [[nodiscard]] Row rowCount() const override { return view_ ? static_cast<Row>(view_->between.size()) : 0; }
    [[nodiscard]] QString rowText(Row row) const override;

signals:
    void eventChosen(const hindcast::ui::Between::Row& row);
    void changesWanted(std::size_t first, std::size_t last);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum Column { Entity, Number, Time, Type, Changed };
    void showColumns();
    [[nodiscard]] QString totals(std::size_t typesNamed) const;
    void askForChanges();
    [[nodiscard]] Column kindOf(int column) const { return columns_[static_cast<std::size_t>(column)]; }
    [[nodiscard]] const replay::HistoryEvent& eventOf(Row row) const;
    [[nodiscard]] const replay::History& historyOf(Row row) const;
    [[nodiscard]] QString typeOf(TypeId type) const;
    [[nodiscard]] const Changes* changesOf(Row row) const;  ///< null: not known (yet)
    [[nodiscard]] QString timeOf(Timestamp time) const;
    [[nodiscard]] QString cellText(Row row, Column column) const;
    [[nodiscard]] QString shownText(Row row, Column column) const;  ///< the same, shorter where the view is narrow
    void paintChanged(QPainter& painter, const RowCell& cell) const;

    TypeNames names_;
    std::shared_ptr<const ComparisonView> view_;
    std::map<std::size_t, Changes> changes_;  ///< by row: those that came
    std::vector<Column> columns_;
    bool narrow_ = false;
};

}  // namespace hindcast::ui
