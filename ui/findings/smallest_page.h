#pragma once
#include "ui/findings/found_page.h"
#include "ui/look/theme.h"
#include "ui/session/trial_views.h"

#include <QString>
#include <QStringList>

#include <memory>

class QActionGroup;
class QMenu;
class QPushButton;
class QToolButton;

namespace hindcast::ui {

class ElidedLabel;
class ExpressionField;
class SmallestTable;
struct Exported;

/// "Smallest case": a symptom, how the search for the fewest events that still show it goes, and these events, to be looked at and
/// taken along. Knows no session: bind() joins the two. GUI thread only.
class SmallestPage final : public FoundPage {
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
    void ask();
    void copyGivenWhenThen();
    /// To that file; says how it went.
    void exportTestTo(const QString& path);
    void exportEventsTo(const QString& path);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString words() const override;
    void takeFocus() override;

    [[nodiscard]] ExpressionField& field() { return *field_; }
    [[nodiscard]] SmallestTable& table() { return *table_; }
    [[nodiscard]] QToolButton& symptomButton() { return *symptom_; }
    [[nodiscard]] QToolButton& goButton() { return *go_; }
    [[nodiscard]] QPushButton& copyButton() { return *copy_; }
    [[nodiscard]] QPushButton& testButton() { return *test_; }
    [[nodiscard]] QPushButton& eventsButton() { return *events_; }
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString message() const;  ///< what must be said; empty: nothing

signals:
    void asked(const hindcast::ui::WantedSymptom& wanted);
    void cancelWanted();
    void chosen(hindcast::EntityId entity, hindcast::EventId event, hindcast::Timestamp time);
    void failed(const QString& what, const QString& why, const QString& hint);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QWidget* makeBar();
    [[nodiscard]] QWidget* makeResult();
    void connectParts();
    void fillSymptoms();
    void choose(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void askExport(bool test);
    void write(const QString& path, Exported (*how)(const SmallestCase& found, const QString& path));
    void updateBar();
    void updateResult();
    [[nodiscard]] QString said() const;
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] bool isRunning() const;

    const Theme& theme_;
    std::shared_ptr<const SmallestView> view_;
    QToolButton* symptom_;
    QMenu* symptoms_;
    ExpressionField* field_;
    QToolButton* go_;
    ElidedLabel* summary_;
    ElidedLabel* message_;
    QWidget* result_;
    ElidedLabel* heading_;
    ElidedLabel* explained_;
    QPushButton* copy_;
    QPushButton* test_;
    QPushButton* events_;
    SmallestTable* table_;
    WantedSymptom wanted_;  ///< an expression's text stands in the field
    QStringList invariants_;
    bool open_ = false;
    QString entity_;
    QString notice_;  ///< of what was copied or written; goes with the next search
    QString stale_;   ///< of what was found under another model
};

}  // namespace hindcast::ui
