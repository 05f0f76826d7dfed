#pragma once
#include "ui/look/theme.h"
#include "ui/rejects/rejects_model.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

class RejectsTable;

/// The records that could not be decoded, under a title with their number and a button that closes the panel. Knows no session:
/// bind() joins the two.
class RejectsPanel final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the widget.
    explicit RejectsPanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] RejectsModel& model() { return model_; }
    [[nodiscard]] RejectsTable& table() { return *table_; }
    [[nodiscard]] QToolButton& closeButton() { return *close_; }
    [[nodiscard]] QString title() const;      ///< "Rejects 3"
    [[nodiscard]] QString orderText() const;  ///< how they are ordered, in words; empty where there are not several
    /// How many there are, and of how many records.
    void setCounts(bool open, std::uint64_t rejects, std::uint64_t records);
    /// Stands on that reject, wherever it is, without showing its bytes.
    void reveal(EventId id);
    /// Its row becomes the current one, where it is among those that are there.
    void mark(EventId id);
    /// The keyboard goes to the rows.
    void takeFocus();

signals:
    void rejectChosen(hindcast::EventId id);                   ///< its bytes are to be shown
    void entityWanted(const hindcast::store::Reject& reject);  ///< one with an entity is to be shown in its lane
    void copyWanted(hindcast::EventId id);                     ///< as JSON
    void closeWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void connectTable();
    void choose(qint64 row);
    void activate(qint64 row);
    void takeRows(qint64 by, qint64 current);
    void openMenu(qint64 row, const QPoint& position);
    void updateEmptyText();

    const Theme& theme_;
    RejectsModel model_;
    QLabel* count_;
    QLabel* order_;
    QToolButton* close_;
    RejectsTable* table_;
    std::uint64_t records_ = 0;
    std::uint64_t rejects_ = 0;
};

}  // namespace hindcast::ui
