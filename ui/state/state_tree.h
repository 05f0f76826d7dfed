#pragma once
#include "ui/look/background.h"
#include "ui/look/row_view.h"
#include "ui/session/branch_views.h"
#include "ui/state/state_rows.h"
#include "ui/state/state_words.h"

#include <QString>
#include <QTimer>

class QMenu;

namespace hindcast::ui {

/// The rebuilt state as a tree: field, value, set by. A large state costs what is open of it; what takes longer than a frame is
/// worked out on another thread while the old lines stay. What is open, where one stands and what is at the top are kept by
/// pointer while the playhead moves, also over versions at which they are not there.
class StateTree final : public RowView {
    Q_OBJECT
public:
    enum Column { Field, Value, SetBy, WhatIf };
    explicit StateTree(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names)
    {
        names_ = std::move(names);
        viewport()->update();
    }
    /// Whether there is the column that says which event set a field; there is at first.
    void setSetByShown(bool shown);
    void setHistory(std::shared_ptr<const replay::History> history);
    /// Beside the real values stand those of a branch while `shown`: fields of both, tinted where they differ. `state` may be null or of
    /// another version while it is worked out.
    void setBranch(bool shown, std::shared_ptr<const BranchStateView> state);
    void setView(std::shared_ptr<const StateView> view);
    /// Looks for a part of a name or a value: hits are marked where they stand, and what holds one is open.
    void setFilter(const QString& text);
    void setHitsOnly(bool on);
    void setChangedOnly(bool on);
    /// To the next hit after where one stands (or the one before), around the end. False: there is none.
    bool toHit(int direction);
    /// Of the hit that one stands upon, from 1; 0: upon none.
    [[nodiscard]] std::size_t hitNumber() const;

    [[nodiscard]] const StateRows& rows() const { return rows_; }
    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(rows_.rows.size()); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// The field that one stands upon; empty: none.
    [[nodiscard]] QString currentPointer() const;
    /// Opens what is above a field, stands upon it and brings it into view.
    void reveal(const QString& pointer);
    /// The first line that the changes mark, if there is one and it is out of sight; with what stands around it.
    void bringMarkedIntoView();
    /// Where none of them is in view: the next one below its beginning, or the first.
    void bringHitIntoView();
    void setOpen(Row row, bool open);

    /// The value on one side; null where it is not there. In a row without a branch the branch has none.
    [[nodiscard]] const Json* realValue(Row row) const;
    [[nodiscard]] const Json* branchValue(Row row) const;
    /// What a column of the view shows.
    [[nodiscard]] Column columnOf(int column) const;
    /// The event that last set the row's field; empty: not known (yet).
    [[nodiscard]] std::optional<Version> setBy(Row row) const;

    /// The version before or after the shown one at which the current field changed.
    [[nodiscard]] std::optional<Version> previousChange() const;
    [[nodiscard]] std::optional<Version> nextChange() const;

    /// Puts what can be done with a row into a menu.
    void fillMenu(QMenu& menu, Row row);

public slots:
    void toPreviousChange();  ///< versionChosen() with the version before this one at which the field changed
    void toNextChange();

signals:
    void versionChosen(hindcast::Version version);
    void fieldChanged(const QString& pointer);  ///< another field is stood upon
    void rowsTaken();                           ///< the lines are those of the state, the filter and the rest that was set last
    /// The whole of a value is wanted; `owner` keeps it alive.
    void valueWanted(const QString& pointer, const std::shared_ptr<const void>& owner, const hindcast::Json* value);
    void watchWanted(const QString& pointer);              ///< or no longer, by its key
    void writesWanted(const QString& pointer);             ///< who ever wrote it, by its key
    void menuFilled(QMenu* menu, const QString& pointer);  ///< for what others can do with the field

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    [[nodiscard]] Qt::CursorShape cursorAt(Row row, int column, const QPoint& position) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void take(StateRows rows);
    void layOutColumns(int given);
    void fitColumns();
    void click(Row row, int column, const QPoint& position);
    void openMenu(Row row, const QPoint& position);
    void copyValue(Row row);
    void wantValue(Row row);
    void noteTop();
    /// The field that the next lines are to stand upon; empty: none.
    [[nodiscard]] const std::string& wanted() const { return revealed_.empty() ? current_ : revealed_; }
    [[nodiscard]] QString fieldName(const StateRow& row) const;
    [[nodiscard]] QString setByText(Row row) const;
    [[nodiscard]] int nameLeft(const StateRow& row) const;  ///< px within its cell
    [[nodiscard]] QRect markRect(const QRect& cell, const StateRow& row) const;
    [[nodiscard]] bool isOnLink(Row row, int column, const QPoint& position) const;
    void paintValue(QPainter& painter, const RowCell& cell, const StateRow& row) const;
    void paintSide(QPainter& painter, const RowCell& cell, const StateRow& row, const Json* value, bool branch) const;
    void paintJson(QPainter& painter, const RowCell& cell, const StateRow& row, const Json& value, const QColor& text,
                   const QColor& quiet) const;
    void paintSetBy(QPainter& painter, const RowCell& cell) const;
    [[nodiscard]] int branchByWidth() const;
    [[nodiscard]] QColor branchTint(const StateRow& line, Row row) const;
    [[nodiscard]] int setByColumn() const { return branchShown_ ? 3 : 2; }
    /// The lines are those of the real state and the branch's together.
    [[nodiscard]] bool isBeside() const { return beside_ && rows_.view == beside_->joint; }
    [[nodiscard]] const Json* sideValue(const Json& document, Row row) const;
    void paintHit(QPainter& painter, const QRect& rect, const QString& text, const QFont& font) const;

    TypeNames names_;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> view_;  ///< the real state
    bool branchShown_ = false;
    std::shared_ptr<const BranchStateView> branch_;
    std::shared_ptr<const BranchStateView>
        beside_;  ///< of the lines that were asked for last; null: they are those of the real state
    std::shared_ptr<const StateView> besideReal_;  ///< and its real state
    QTimer waiting_;                               ///< for the branch's state: then the lines change once, not twice
    StateRowsTask task_;                           ///< its `top` and `wanted` as of the last rebuild()
    StateRows rows_;
    std::string current_;   ///< pointer; empty: none
    std::string revealed_;  ///< to be revealed with the next lines
    std::string top_;       ///< pointer of the first line, as the user left it
    bool setByShown_ = true;
    int given_ = 0;    ///< px that the fields have of the values' column
    int byWidth_ = 0;  ///< branchByWidth() that the columns were laid out for
    struct Fitted {
        std::optional<EntityId> entity;
        int width = 0;  ///< of the whole view, px
        double zoom = 1;
        bool operator==(const Fitted&) const = default;
    };
    Fitted fitted_;          ///< what fieldWidth_ is of
    int fieldWidth_ = 0;     ///< px to which the fields have grown; 0: they have not. Does not fall
    bool bringHit_ = false;  ///< what is searched for is another: a hit of it is to be in view
    bool taking_ = false;    ///< the lines are being replaced: what scrolls then is not the user
    LatestTask<StateRowsTask, StateRows> making_;
};

}  // namespace hindcast::ui
