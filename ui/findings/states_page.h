#pragma once
#include "ui/findings/search_page.h"
#include "ui/findings/states_model.h"
#include "ui/findings/states_text.h"

#include <memory>

class QActionGroup;

namespace hindcast::ui {

class StatesTable;

/// What stands in the states of all entities as of the playhead: a value or an expression, of which entities, and where it was found.
/// Knows no session: bindStates() joins the two. GUI thread only.
class StatesPage final : public SearchPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit StatesPage(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const StatesView> view);
    /// As of when it would be asked now; empty: after all events.
    void setMoment(std::optional<Timestamp> moment);
    /// What was found was found by a model that is no longer in force.
    void modelChanged(const QString& category);

    /// What stands in the field, and how it is meant.
    [[nodiscard]] StateQuestion question() const { return {text(), as(), scope()}; }
    void setAs(SoughtAs as);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;

    [[nodiscard]] StatesTable& table() { return *table_; }
    [[nodiscard]] StatesModel& model() { return model_; }
    [[nodiscard]] QToolButton& asButton() { return *as_; }

signals:
    void asked(const hindcast::ui::StateQuestion& question);
    void chosen(hindcast::EntityId entity, hindcast::EventId event, std::optional<hindcast::Timestamp> moment);
    void lookedAt(bool on);  ///< it is seen, or no more

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeWays();
    [[nodiscard]] SoughtAs as() const;
    void updateAs();
    void request() override;
    void forget() override { setView(nullptr); }
    [[nodiscard]] QString askTip() const override;
    [[nodiscard]] bool isRunning() const override { return model_.view() && model_.view()->running; }
    [[nodiscard]] std::optional<Outcome> outcome() const override;
    [[nodiscard]] Empty invitation() const override;
    [[nodiscard]] Empty nothing() const override;
    void goTo(qint64 row) override;
    void addWays(QMenu& menu, qint64 row) override;
    [[nodiscard]] std::string jsonOf(qint64 row) const override { return jsonLine(model_.row(row), partOf()); }
    [[nodiscard]] EntityKey entityOf(qint64 row) const override { return model_.row(row).key; }
    void copyAll(LinesAs as) override;

    StatesModel model_;
    StatesTable* table_;
    QToolButton* as_;
    QActionGroup* ways_;
    std::optional<Timestamp> moment_;
};

}  // namespace hindcast::ui
