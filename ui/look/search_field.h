#pragma once
#include "ui/look/theme.h"

#include <QLineEdit>
#include <QPointer>
#include <QStringList>

namespace hindcast::ui {

class RowView;

/// A line to search or filter by, with the sign for it and a cross that empties it.
class SearchField final : public QLineEdit {
    Q_OBJECT
public:
    /// `theme` must outlive the field.
    explicit SearchField(const Theme& theme, QWidget* parent = nullptr);

    /// What stands in it while it is empty: the first that has room, from more to fewer words.
    void setWords(const QStringList& words);
    /// The list that is searched: what is typed in it goes to the field; Down in the field goes to the list, and Escape where there
    /// is text, which goes. Where the field may be hidden, connect what shows it to RowView::textTyped before.
    void setList(RowView& list);
    /// To the list, and to its first row where it has no current one. No effect without a list, or where it has no row.
    void toList();

signals:
    void entered();  ///< Return or Enter

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] QRectF crossRect() const;
    [[nodiscard]] bool isOnCross(const QPointF& position) const;

    void placeWords();

    const Theme& theme_;
    QStringList words_;
    QPointer<RowView> list_;
};

}  // namespace hindcast::ui
