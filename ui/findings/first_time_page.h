#pragma once
#include "ui/findings/first_time_model.h"
#include "ui/findings/first_time_text.h"
#include "ui/findings/search_page.h"
#include "ui/session/trial_views.h"

#include <memory>

namespace hindcast::ui {

class FirstTimeTable;

/// "First time when …": an expression, of which entities, how the search goes, and what it has found. Knows no session: bind() joins
/// the two. GUI thread only.
class FirstTimePage final : public SearchPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit FirstTimePage(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const FirstTimeView> view);
    /// What was found was found by a model that is no longer in force.
    void modelChanged(const QString& category);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;

    [[nodiscard]] FirstTimeTable& table() { return *table_; }
    [[nodiscard]] FirstTimeModel& model() { return model_; }

signals:
    void asked(const QString& text, hindcast::ui::FirstTimeScope scope);
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);
    /// The fewest events of an entity after which the expression still holds; it does at that event.
    void smallestWanted(hindcast::EntityId entity, const hindcast::ui::WantedSymptom& wanted, hindcast::EventId event);

private:
    void request() override;
    void forget() override { setView(nullptr); }
    [[nodiscard]] bool isRunning() const override { return model_.view() && model_.view()->running; }
    [[nodiscard]] std::optional<Outcome> outcome() const override;
    [[nodiscard]] Empty invitation() const override;
    [[nodiscard]] Empty nothing() const override;
    void goTo(qint64 row) override;
    void addWays(QMenu& menu, qint64 row) override;
    [[nodiscard]] std::string jsonOf(qint64 row) const override;
    [[nodiscard]] EntityKey entityOf(qint64 row) const override { return model_.row(row).key; }
    void copyAll(LinesAs as) override;

    FirstTimeModel model_;
    FirstTimeTable* table_;
};

}  // namespace hindcast::ui
