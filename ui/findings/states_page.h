#pragma once
#include "ui/findings/expression_field.h"
#include "ui/findings/found_page.h"
#include "ui/findings/states_model.h"
#include "ui/findings/states_text.h"
#include "ui/look/theme.h"

#include <QString>

#include <memory>
#include <optional>
#include <utility>

class QActionGroup;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;
class ScopeButton;
class StatesTable;

/// What stands in the states of all entities as of the playhead: a value or an expression, of which entities, and where it was found.
/// Knows no session: bindStates() joins the two. GUI thread only.
class StatesPage final : public FoundPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit StatesPage(const Theme& theme, QWidget* parent = nullptr);

    void setPartOf(PartOf part) { part_ = std::move(part); }
    /// What can be asked of: a workspace, and the entity that is selected; empty: none is.
    void setAsked(bool open, const QString& entity, const QString& category);
    void setView(std::shared_ptr<const StatesView> view);
    /// As of when it would be asked now; empty: after all events.
    void setMoment(std::optional<Timestamp> moment);
    /// What was found was found by a model that is no longer in force.
    void modelChanged(const QString& category);
    /// The row of that entity becomes the current one, where there is one.
    void mark(EntityId entity);

    /// What stands in the field, and how it is meant.
    [[nodiscard]] StateQuestion question() const;
    void setAs(SoughtAs as);
    /// Asks what stands in the field; nothing where it cannot be read, which is said beneath it.
    void ask();
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    void takeFocus() override;

    [[nodiscard]] ExpressionField& field() { return *field_; }
    [[nodiscard]] StatesTable& table() { return *table_; }
    [[nodiscard]] StatesModel& model() { return model_; }
    [[nodiscard]] QToolButton& goButton() { return *go_; }
    [[nodiscard]] QToolButton& asButton() { return *as_; }
    [[nodiscard]] QToolButton& scopeButton();
    [[nodiscard]] QString summary() const;
    [[nodiscard]] QString message() const;  ///< beneath the field; empty: nothing is said

signals:
    void asked(const hindcast::ui::StateQuestion& question);
    void cancelWanted();
    void chosen(hindcast::EntityId entity, hindcast::EventId event, std::optional<hindcast::Timestamp> moment);
    void lookedAt(bool on);  ///< it is seen, or no more

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    enum class As : std::uint8_t { JsonLines, Csv };
    [[nodiscard]] QWidget* makeBar();
    void makeWays();
    void connectParts();
    void connectTable();
    [[nodiscard]] SoughtAs as() const;
    void updateAs();
    void choose(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void copyAll(As as);
    void updateGo();
    void updateWords();
    void sayWhyEmpty();
    void placeMessage();
    [[nodiscard]] bool isRunning() const;

    const Theme& theme_;
    StatesModel model_;
    PartOf part_;
    QToolButton* as_;
    QActionGroup* ways_;
    ExpressionField* field_;
    ScopeButton* scope_;
    QToolButton* go_;
    ElidedLabel* summary_;
    ElidedLabel* message_;
    StatesTable* table_;
    bool open_ = false;
    std::optional<Timestamp> moment_;
    QString notice_;             ///< of what was copied; goes with the next search
    QString stale_;              ///< of what was found under another model
    std::uint64_t copying_ = 0;  ///< the last; one that was overtaken is dropped
};

}  // namespace hindcast::ui
