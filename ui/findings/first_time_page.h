#pragma once
#include "ui/findings/expression_field.h"
#include "ui/findings/first_time_model.h"
#include "ui/findings/first_time_text.h"
#include "ui/findings/found_page.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <QString>

#include <memory>

class QToolButton;

namespace hindcast::ui {

class ElidedLabel;
class FirstTimeTable;
class ScopeButton;

/// "First time when …": an expression, of which entities, how the search goes, and what it has found. Knows no session: bind() joins
/// the two. GUI thread only.
class FirstTimePage final : public FoundPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit FirstTimePage(const Theme& theme, QWidget* parent = nullptr);

    void setPartOf(PartOf part) { part_ = std::move(part); }
    /// What can be asked of: a workspace, and the entity that is selected; empty: none is.
    void setAsked(bool open, const QString& entity, const QString& category);
    void setView(std::shared_ptr<const FirstTimeView> view);
    /// What was found was found by a model that is no longer in force.
    void modelChanged(const QString& category);
    /// The row of that event becomes the current one, where there is one.
    void mark(EventId event, EntityId entity);

    [[nodiscard]] FirstTimeScope scope() const;
    void setScope(FirstTimeScope scope);
    /// Asks what stands in the field; nothing where it cannot be read, which is said beneath it.
    void ask();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    void takeFocus() override;

    [[nodiscard]] ExpressionField& field() { return *field_; }
    [[nodiscard]] FirstTimeTable& table() { return *table_; }
    [[nodiscard]] FirstTimeModel& model() { return model_; }
    [[nodiscard]] QToolButton& goButton() { return *go_; }
    [[nodiscard]] QToolButton& scopeButton();
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString message() const;  ///< beneath the field; empty: nothing is said

signals:
    void asked(const QString& text, hindcast::ui::FirstTimeScope scope);
    void cancelWanted();
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);
    /// The fewest events of an entity after which the expression still holds; it does at that event.
    void smallestWanted(hindcast::EntityId entity, const hindcast::ui::WantedSymptom& wanted, hindcast::EventId event);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class As : std::uint8_t { JsonLines, Csv };
    [[nodiscard]] QWidget* makeBar();
    void connectParts();
    void choose(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void copyAll(As as);
    void updateGo();
    void updateWords();
    void placeMessage();
    [[nodiscard]] bool isRunning() const;

    const Theme& theme_;
    FirstTimeModel model_;
    PartOf part_;
    ExpressionField* field_;
    ScopeButton* scope_;
    QToolButton* go_;
    ElidedLabel* summary_;
    ElidedLabel* message_;
    FirstTimeTable* table_;
    bool open_ = false;
    QString notice_;  ///< of what was copied; goes with the next search
    QString stale_;   ///< of what was found under another model
    int columnsShown_ = 0;
    std::uint64_t copying_ = 0;  ///< the last; one that was overtaken is dropped
};

}  // namespace hindcast::ui
