#pragma once
#include "ui/look/theme.h"
#include "ui/models/ready_made.h"
#include "ui/session/model_diagnostic.h"
#include "ui/session/script_document.h"

#include <QAction>
#include <QDateTime>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace hindcast::ui {

class CodeEditor;
class DiagnosticLine;
class ElidedLabel;
class FindLine;

/// The script that rebuilds the states of a category, to be read and written: its text with what is wrong in it, and what the text as
/// it stands would make of the selected entity. Knows neither session nor files: it says what is wanted, and is told what is so.
/// bind() joins the two. GUI thread only.
class ModelPanel final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the panel.
    explicit ModelPanel(const Theme& theme, QWidget* parent = nullptr);

    // ---- what is shown
    /// The model in force for a category: what is typed from here on is a change of it. `version` as ModelView has it, 0
    /// where it is not known.
    void setModel(const QString& category, const ScriptModel& script, int version);
    /// A text that is in force nowhere yet; of no category where none is known to be meant.
    void setDraft(const QString& category, const ScriptModel& script);
    /// No script: `words` say what there is instead.
    void setNothing(const QString& category, const QString& words);
    void setDiagnostics(const std::vector<ModelDiagnostic>& diagnostics);
    /// "account-77"; empty: it runs on nothing, because of `why`.
    void setRunningOn(const QString& entity, const QString& why = {});
    void setSaved(const QDateTime& when);  ///< invalid: not known
    /// What the text as it stands does to the state on show: a title and a line for each value that differs. An empty title: nothing
    /// is known.
    void setOutcome(const QString& title, const QString& differences);
    void setCategories(const QStringList& categories);  ///< that there are entities of
    void setReadOnly(const QString& because);           ///< empty: the workspace can be written
    void setUndoable(bool on);

    // ---- what there is
    [[nodiscard]] bool hasText() const;  ///< a script is on show
    [[nodiscard]] QString category() const { return category_; }
    [[nodiscard]] ScriptModel script() const;                   ///< with the text as it stands
    [[nodiscard]] ScriptModel base() const { return script_; }  ///< as it was given
    [[nodiscard]] bool isChanged() const;                       ///< what stands there is in force nowhere
    [[nodiscard]] QString headText() const;
    [[nodiscard]] QString outcomeText() const;
    [[nodiscard]] CodeEditor& editor() { return *editor_; }
    [[nodiscard]] FindLine& findLine() { return *find_; }
    [[nodiscard]] DiagnosticLine& diagnosticLine() { return *trouble_; }
    [[nodiscard]] QMenu& newMenu() { return *new_; }
    [[nodiscard]] QMenu& categoryMenu() { return *use_; }
    /// To be listed in a menu, too: open, save, save as, discard, undo, compare.
    [[nodiscard]] QList<QAction*> listed() const { return {open_, save_, saveAs_, discard_, undo_, compare_}; }
    [[nodiscard]] QAction& saveAction() { return *save_; }
    [[nodiscard]] QAction& discardAction() { return *discard_; }
    [[nodiscard]] QAction& undoAction() { return *undo_; }
    [[nodiscard]] QAction& compareAction() { return *compare_; }
    void takeFocus();
    /// Whether a text that is not saved may go: asks the user where there is one.
    [[nodiscard]] bool mayLeave();

    static constexpr int kPause = 150;  ///< ms after the last key

signals:
    void textEdited(const QString& source);  ///< kPause after the last change of the user's
    /// The model is to be in force for these categories (none: nothing can be saved in the workspace); where it has a file, that is to
    /// be written as well.
    void saveRequested(const QStringList& categories, const hindcast::ui::ScriptModel& script);
    void fileRequested(const QString& path);  ///< its text is to be shown
    void discardRequested();                  ///< what is in force is to be shown again
    void undoRequested(const QString& category);
    /// What does the text as it stands make of all entities, beside what is in force?
    void compareRequested(const QString& category);
    void changedChanged(bool changed);  ///< isChanged()
    void closeWanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    [[nodiscard]] QWidget* buildText();
    [[nodiscard]] QWidget* buildNothing();
    [[nodiscard]] QWidget* buildOutcome();
    // model_panel_head.cpp
    [[nodiscard]] QWidget* buildHead();
    void makeActions();
    void fillNew();
    void fillCategories();
    void updateHead();
    void updateActions();
    void startFrom(const ReadyMade& model);
    void askFile();
    void save();
    void saveAs();
    void useFor(const QString& category);
    void setText(const QString& source);
    void noteChange();
    [[nodiscard]] QString savedWords() const;
    [[nodiscard]] QString sourceAsTyped() const;

    const Theme& theme_;
    QString category_;
    ScriptModel script_;
    int version_ = 0;       ///< 0: not known
    bool inForce_ = false;  ///< else it is a draft
    bool changed_ = false;
    bool setting_ = false;  ///< the text is being given, not typed
    QDateTime saved_;
    QString runsOn_;
    QString runsNotBecause_;
    QStringList categories_;
    QString readOnlyBecause_;
    bool undoable_ = false;

    CodeEditor* editor_;
    FindLine* find_;
    DiagnosticLine* trouble_;
    ElidedLabel* head_;
    QStackedWidget* pages_;
    QLabel* nothing_;
    QWidget* outcome_;
    ElidedLabel* outcomeTitle_;
    QPlainTextEdit* differences_;
    QToolButton* saveButton_;
    QMenu* new_;
    QMenu* use_;
    QAction* open_;
    QAction* save_;
    QAction* saveAs_;
    QAction* discard_;
    QAction* undo_;
    QAction* compare_;
    QTimer pause_;
    QTimer clock_;  ///< "saved 2 s ago"
};

}  // namespace hindcast::ui
