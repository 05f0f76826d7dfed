#pragma once
#include "ui/look/row_view.h"
#include "ui/session/go_to.h"

#include <QFrame>

class QLabel;

namespace hindcast::ui {

/// A hit in words: its kind, and what it is. "record", "orders 3 : 48 112 → order/8841 · OrderPlaced".
struct GoToWords {
    QString kind;
    QString text;
    QString trouble = {};  ///< why one cannot go there

    [[nodiscard]] QString all() const { return trouble.isEmpty() ? text : text + QStringLiteral(" · ") + trouble; }
};

/// The rows beneath the go-to box: what could be gone to, the best first. Never takes the focus: the box hands its keys on.
class GoToRows final : public RowView {
    Q_OBJECT
public:
    explicit GoToRows(const Theme& theme, QWidget* parent = nullptr);

    void setWords(std::vector<GoToWords> words, std::vector<bool> possible);
    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(words_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// Why one cannot go where one cannot, a line each; in a view so wide: with what has no room in its row.
    [[nodiscard]] QString troubles(int width) const;
    /// What the sentence and the hint need in a view so wide.
    [[nodiscard]] int emptyHeight(int width) const;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    std::vector<GoToWords> words_;
    std::vector<bool> possible_;  ///< one can go there
};

/// The drop-down of the go-to box: rows with why one cannot go there beneath them, or a sentence where there is nothing. Lies over the
/// window's other contents.
class GoToList final : public QFrame {
    Q_OBJECT
public:
    explicit GoToList(const Theme& theme, QWidget* parent);

    [[nodiscard]] GoToRows& rows() { return *rows_; }
    void setWords(std::vector<GoToWords> words, std::vector<bool> possible);
    [[nodiscard]] QLabel& note() { return *note_; }
    void setEmpty(const QString& sentence, const QString& hint);
    /// Beneath `box`, as high as what it holds; within the parent.
    void placeBelow(const QWidget& box);

private:
    const Theme& theme_;
    GoToRows* rows_;
    QLabel* note_;
};

}  // namespace hindcast::ui
