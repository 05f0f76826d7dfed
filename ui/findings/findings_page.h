#pragma once
#include "ui/findings/findings_model.h"
#include "ui/findings/found_page.h"
#include "ui/look/theme.h"

#include <memory>

namespace hindcast::ui {

class ElidedLabel;
class FindingsTable;

/// What breaks the models' invariants, grouped by cause, and how far the looking for it has come. Knows no session. GUI thread only.
class FindingsPage final : public FoundPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit FindingsPage(const Theme& theme, QWidget* parent = nullptr);

    void setOpen(bool open);  ///< whether there is a workspace
    void setView(std::shared_ptr<const FindingsView> view);
    [[nodiscard]] FindingsModel& model() { return model_; }
    [[nodiscard]] FindingsTable& table() { return *table_; }
    [[nodiscard]] QString message() const;  ///< over the table; empty: nothing is said
    [[nodiscard]] QString progress() const;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override { return progress(); }
    void takeFocus() override;

signals:
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);

private:
    void openMenu(qint64 row, const QPoint& position);
    void copy(qint64 row) const;
    void updateWords();

    const Theme& theme_;
    FindingsModel model_;
    ElidedLabel* message_;
    FindingsTable* table_;
    bool open_ = false;
};

}  // namespace hindcast::ui
