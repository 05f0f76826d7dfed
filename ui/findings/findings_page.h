#pragma once
#include "ui/findings/findings_model.h"
#include "ui/findings/found_page.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <memory>

namespace hindcast::ui {

class FindingsBar;
class FindingsTable;

/// What breaks the models' invariants and where they are not deterministic, grouped by cause, and how far the looking for it has come.
/// Knows no session. GUI thread only.
class FindingsPage final : public FoundPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit FindingsPage(const Theme& theme, QWidget* parent = nullptr);

    /// Whether there is a workspace, and the selected entity's category; empty: none is.
    void setOpen(bool open, const QString& category = {});
    void setView(std::shared_ptr<const FindingsView> view);
    void setDeterminism(std::shared_ptr<const DeterminismView> view);  ///< null: it was not checked
    [[nodiscard]] FindingsModel& model() { return model_; }
    [[nodiscard]] FindingsTable& table() { return *table_; }
    [[nodiscard]] FindingsBar& bar() { return *bar_; }
    [[nodiscard]] QString progress() const;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override { return progress(); }
    void takeFocus() override;

signals:
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);
    void checkWanted(const QString& category);  ///< of determinism; empty: all
    /// The fewest events of an entity that still show a finding, which is at that event.
    void smallestWanted(hindcast::EntityId entity, const hindcast::ui::WantedSymptom& wanted, hindcast::EventId event);

private:
    [[nodiscard]] bool isRunning() const override;
    [[nodiscard]] bool isReducible(qint64 row) const;
    void wantSmallest(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void copy(qint64 row) const;
    void updateWords();

    const Theme& theme_;
    FindingsModel model_;
    std::shared_ptr<const DeterminismView> determinism_;
    FindingsBar* bar_;
    FindingsTable* table_;
    bool open_ = false;
};

}  // namespace hindcast::ui
