#pragma once
#include "ui/findings/asking_page.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <memory>

class QPushButton;

namespace hindcast::ui {

class ExpressionField;
class SmallestTable;
struct Exported;

/// "Smallest case": a symptom, how the search for the fewest events that still show it goes, and these events, to be looked at and
/// taken along. Knows no session: bind() joins the two. GUI thread only.
class SmallestPage final : public AskingPage {
    Q_OBJECT
public:
    /// `theme` must outlive the page.
    explicit SmallestPage(const Theme& theme, QWidget* parent = nullptr);

    /// A workspace, and the entity that is selected as "category/id"; empty: none is.
    void setAsked(bool open, const QString& entity);
    /// That the model of that entity declares.
    void setInvariants(const QStringList& names);
    /// Null: nothing was asked.
    void setView(std::shared_ptr<const SmallestView> view);
    /// What was found was found by a model that is no longer in force.
    void modelChanged(const QString& category);

    [[nodiscard]] WantedSymptom wanted() const;
    /// As if it had been chosen; an expression goes into the field.
    void setWanted(const WantedSymptom& wanted);
    /// Asks for what is chosen; nothing where an expression cannot be read, which is said beneath it.
    void ask() override;
    void copyGivenWhenThen();
    /// To that file; says how it went.
    void exportTestTo(const QString& path);
    void exportEventsTo(const QString& path);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    [[nodiscard]] QStringList shorterWords() const override;
    void takeFocus() override;

    [[nodiscard]] ExpressionField& field() { return *field_; }
    [[nodiscard]] SmallestTable& table() { return *table_; }
    [[nodiscard]] QToolButton& symptomButton() { return *symptom_; }
    [[nodiscard]] QPushButton& copyButton() { return *copy_; }
    [[nodiscard]] QPushButton& testButton() { return *test_; }
    [[nodiscard]] QPushButton& eventsButton() { return *events_; }
    [[nodiscard]] QString heading() const;

signals:
    void asked(const hindcast::ui::WantedSymptom& wanted);
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    [[nodiscard]] QWidget* makeResult();
    void connectParts();
    void fillSymptoms();
    void choose(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void askExport(bool test);
    void write(const QString& path, Exported (*how)(const SmallestCase& found, const QString& path));
    void updateBar();
    void updateResult();
    [[nodiscard]] QString ofWhom(const QString& summary) const;
    [[nodiscard]] QString said() const;
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] bool canAsk() const override;
    [[nodiscard]] bool isRunning() const override { return view_ && view_->running; }

    std::shared_ptr<const SmallestView> view_;
    QToolButton* symptom_;
    QMenu* symptoms_;
    ExpressionField* field_;
    QWidget* result_;
    ElidedLabel* heading_;
    ElidedLabel* explained_;
    QPushButton* copy_;
    QPushButton* test_;
    QPushButton* events_;
    SmallestTable* table_;
    WantedSymptom wanted_;  ///< an expression's text stands in the field
    QStringList invariants_;
    QString entity_;
};

}  // namespace hindcast::ui
