#pragma once
#include "ui/look/theme.h"

#include <QAbstractScrollArea>
#include <QRect>
#include <QString>

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

class QPainter;

namespace hindcast::ui {

/// A column of a RowView. Widths are device-independent pixels at the theme's zoom; they follow it by themselves.
struct RowColumn {
    QString title;
    int width = 80;   ///< of a stretching column: the least
    int stretch = 0;  ///< its share of what the others leave; 0: `width` as it is
    Qt::Alignment alignment = Qt::AlignLeft;
    bool sortable = false;  ///< the header takes clicks: headerClicked()
    std::string key{};      ///< what the width that the user gives it is remembered by; empty: its place
    int least = 0;  ///< px it may be narrowed to where there is no room for all, also when the user chose more; 0: it is not
};

/// One cell that is to be painted. `rect` is the cell without its padding, `full` with it.
struct RowCell {
    qint64 row = 0;
    int column = 0;
    QRect rect;
    QRect full;
    bool current = false;
    bool hovered = false;
};

/// A list or table of up to 2³¹ rows of one height. The scroll bar counts rows, so that setting up, jumping and growing cost the
/// same for ten rows and for a hundred million; only the rows in view are asked for and painted. Subclasses supply the rows.
/// GUI thread only.
class RowView : public QAbstractScrollArea {
    Q_OBJECT
public:
    using Row = qint64;
    static constexpr Row kNone = -1;

    /// `theme` must outlive the view.
    explicit RowView(const Theme& theme, QWidget* parent = nullptr);

    void setColumns(std::vector<RowColumn> columns);
    [[nodiscard]] const std::vector<RowColumn>& columns() const { return columns_; }
    /// The widths that the user has given columns, by RowColumn::key, in px of a desk: what is remembered is the same whatever the
    /// zoom. Those of columns that are not there are kept for when they are.
    using Widths = std::map<std::string, int>;
    [[nodiscard]] const Widths& widths() const { return chosen_; }
    void setWidths(Widths widths);
    void setHeaderVisible(bool visible);
    /// The little arrow in the header; column -1: none.
    void setSortMark(int column, Qt::SortOrder order);
    /// What stands in the middle where there is no row: a sentence, and what to do about it.
    void setEmptyText(const QString& sentence, const QString& hint = {});
    [[nodiscard]] QString emptyText() const { return emptySentence_; }
    [[nodiscard]] QString emptyHint() const { return emptyHint_; }

    [[nodiscard]] Row currentRow() const { return current_; }
    /// Without currentChanged(): that is for what the user does. Scrolls by the least that shows the row where `reveal`.
    void setCurrentRow(Row row, bool reveal = true);
    /// As if the user had gone to that row by a key: with currentChanged(). Clamped.
    void choose(Row row);
    void ensureVisible(Row row);
    [[nodiscard]] Row topRow() const;
    void setTopRow(Row row);
    /// The rows in view, a partly visible last one included; last < first where there is none.
    [[nodiscard]] std::pair<Row, Row> visibleRows() const;
    /// kNone on the header or below the last row; above topRow() on a head that stands in its place.
    [[nodiscard]] Row rowAt(const QPoint& viewportPosition) const;
    [[nodiscard]] int columnAt(int viewportX) const;          ///< -1 beside the columns
    [[nodiscard]] QRect cellRect(Row row, int column) const;  ///< in the viewport, without padding
    [[nodiscard]] virtual Row rowCount() const = 0;
    /// The row in words: what a screen reader says, and what copying a row gives by default.
    [[nodiscard]] virtual QString rowText(Row row) const = 0;

    /// The number of rows, or what they hold, is another one.
    void rowsChanged();

    /// Whether a menu's row becomes the current one; not where that would move the playhead.
    void setMenuTakesRow(bool takes) { menuTakesRow_ = takes; }

    [[nodiscard]] QSize sizeHint() const override;

signals:
    void currentChanged(qint64 row);  ///< by the user: mouse or keyboard
    void activated(qint64 row);       ///< Enter or double click
    void cellClicked(qint64 row, int column, const QPoint& position);
    void headerClicked(int column);
    void headerMenuWanted(int column, const QPoint& globalPosition);  ///< column -1: beside the columns
    void widthsChosen(const hindcast::ui::RowView::Widths& widths);   ///< by the user: to be remembered
    void visibleRowsChanged(qint64 first, qint64 last);
    void textTyped(const QString& text);  ///< printable keys: search as you type
    void menuWanted(qint64 row, const QPoint& globalPosition);
    void copyWanted(qint64 row);  ///< Ctrl+C on a row

protected:
    virtual void paintCell(QPainter& painter, const RowCell& cell) const = 0;
    /// Beneath the cells and the selection; an invalid colour paints nothing.
    [[nodiscard]] virtual QColor rowTint(Row row) const;
    /// Of the current row, in place of its rowTint().
    [[nodiscard]] virtual QColor currentTint(Row row) const;
    [[nodiscard]] virtual QString toolTipText(Row row, int column) const;
    [[nodiscard]] virtual QString headerToolTip(int column) const;
    [[nodiscard]] virtual Qt::CursorShape cursorAt(Row row, int column, const QPoint& position) const;
    /// The head of what the row `top` belongs to, where that lies above it: it is painted in that row's place while `top` is the
    /// first in view, and rowAt() says it there. kNone: there is none. Asked for once a paint, not for each row.
    [[nodiscard]] virtual Row headAbove(Row top) const;
    /// Cells paint beyond their column: where a part of a row is painted anew, all its cells are asked to.
    [[nodiscard]] virtual bool paintsAcrossColumns() const;

    [[nodiscard]] const Theme& theme() const { return theme_; }
    /// What rows say has become more, or another; none has another place.
    void detailsChanged();
    /// The same of some columns: the others are not painted anew.
    void detailsChanged(std::span<const int> columns);
    /// One line of text within `rect`, centred vertically.
    static void paintText(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color,
                          Qt::Alignment alignment = Qt::AlignLeft, Qt::TextElideMode elide = Qt::ElideRight);
    /// As paintText(), struck through: lower than a font does it, so that a minus sign is still seen. One character alone is
    /// not: through a digit there is little left to read, and the sign beside it says that it went.
    static void paintStruck(QPainter& painter, const QRect& rect, const QString& text, const QFont& font, const QColor& color);

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool viewportEvent(QEvent* event) override;

    static constexpr int kSortArrow = 10;  ///< px that it takes beside a title

private:
    static constexpr int kCellPadding = 8;  ///< px left and right of a cell's contents
    [[nodiscard]] int headerHeight() const;
    [[nodiscard]] int fullHeader() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] Row fullRows() const;    ///< whole rows that fit
    [[nodiscard]] Row stickyHead() const;  ///< headAbove() of the first row, where there is room for more than that
    [[nodiscard]] int columnLeft(int column) const;
    [[nodiscard]] int boundaryAt(const QPoint& position) const;  ///< the column whose right edge is here, or -1
    [[nodiscard]] std::string keyOf(int column) const;
    [[nodiscard]] int chosenWidth(int column) const;  ///< px at the theme's zoom; 0: none was chosen
    void dragTo(int x);
    void layoutColumns();
    void shrinkColumns(int beyond);
    void layoutAnew();
    void updateScrollBars();
    void reportVisible(bool always);
    /// Of its cells those whose column reaches into `asked`, or all.
    void paintRow(QPainter& painter, Row row, int y, const QRegion& asked) const;
    void paintHeader(QPainter& painter) const;
    void paintEmpty(QPainter& painter) const;
    void describeCurrent();

    const Theme& theme_;
    std::vector<RowColumn> columns_;
    std::vector<int> widths_;  ///< as laid out
    std::vector<int> lefts_;   ///< of each column, and the right edge of the last
    Widths chosen_;            ///< by the user; px of a desk
    QString emptySentence_;
    QString emptyHint_;
    std::pair<Row, Row> reported_{0, -1};
    Row current_ = kNone;
    Row hovered_ = kNone;
    int sortColumn_ = -1;
    Qt::SortOrder sortOrder_ = Qt::AscendingOrder;
    std::string draggedKey_;  ///< of the column whose edge is held: others may come to stand before it meanwhile
    bool dragging_ = false;
    bool dragged_ = false;  ///< the edge was moved since it was taken hold of
    int dragOffset_ = 0;
    int wheelRest_ = 0;
    bool headerVisible_ = true;
    bool menuTakesRow_ = true;
    double columnsZoom_ = 1;  ///< the theme's, when the widths were set
};

}  // namespace hindcast::ui
