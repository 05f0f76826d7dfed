#pragma once
#include "core/model/rule_draft.h"
#include "ui/look/theme.h"
#include "ui/session/views.h"
#include "ui/state/state_words.h"

#include <QDialog>
#include <QTimer>

#include <string>
#include <utility>
#include <vector>

class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace hindcast::ui {

class StateTree;

/// Makes a rule: "when OrderPlaced, add the number at /total to /spent". Says it in words and as JSON, and shows the state at the
/// playhead under the rules that there would be. Knows no session: previewWanted() asks, setPreview() answers; where it is accepted,
/// rules() is what to save.
class RuleDialog final : public QDialog {
    Q_OBJECT
public:
    struct Start {
        std::shared_ptr<const ModelView> model;  ///< in force
        QStringList types;                       ///< of events that occur, the likeliest first
        std::shared_ptr<const EventView> event;  ///< whose payload's fields are offered; may be null
        QString type;                            ///< to begin with
        QString target;                          ///< pointer into the state
        QString present;                         ///< what that field holds now, on one line
        bool setNow = false;                     ///< the event set it to that
        std::optional<Json> whole;               ///< where it is an object or a list, and no large one: what it holds
        QString source;                          ///< pointer into the payload
        QString readOnlyBecause;                 ///< not empty: can be tried and not saved
    };
    RuleDialog(const Theme& theme, Start start, QWidget* parent = nullptr);

    /// Says and asks for the first time; connect previewWanted() before.
    void begin();

    [[nodiscard]] model::RuleDraft draft() const;
    /// The category's rules with the one that is made. REQUIRES: it was accepted.
    [[nodiscard]] const Json& rules() const { return rules_; }
    [[nodiscard]] QString words() const;  ///< the rule as a sentence, or what is wrong with it
    [[nodiscard]] QString json() const;   ///< the category's whole document
    /// An answer to previewWanted(); others are dropped.
    void setPreview(const std::shared_ptr<const ModelPreview>& preview);

    [[nodiscard]] QComboBox& type() { return *type_; }
    [[nodiscard]] QComboBox& operation() { return *operation_; }
    [[nodiscard]] QLineEdit& target() { return *target_; }
    [[nodiscard]] QComboBox& from() { return *from_; }
    [[nodiscard]] QComboBox& source() { return *source_; }
    [[nodiscard]] StateTree& preview() { return *preview_; }
    [[nodiscard]] QPushButton& saveButton() { return *save_; }
    [[nodiscard]] QString previewWords() const;

    /// The rule as a sentence.
    [[nodiscard]] static QString sentence(const model::RuleDraft& draft);

signals:
    void previewWanted(quint64 ticket, const hindcast::Json& rules);

private:
    enum From { Payload, Constant, Time, Nothing };
    void build(const Theme& theme);
    [[nodiscard]] QLayout* buildFields(const Theme& theme);
    [[nodiscard]] QWidget* buildPreview(const Theme& theme);
    void readPayload();
    void offerFroms();
    void offerSources();
    /// Which of the payload's fields the target probably comes from; empty: none is likelier than another.
    [[nodiscard]] QString likeliest(const std::vector<std::pair<std::string, QString>>& offered) const;
    void remake();
    /// Shows all rules and the state under them: once the user pauses.
    void tell();
    [[nodiscard]] static quint64 nextTicket();

    Start start_;
    std::vector<std::pair<std::string, QString>> offered_;  ///< the payload's fields
    QTimer pause_;
    Json rules_;
    bool complete_ = false;
    quint64 ticket_ = 0;
    bool seeksMarked_ = false;  ///< a preview's lines are to come: what they mark is to be seen
    QComboBox* type_;
    QComboBox* operation_;
    QLineEdit* target_;
    QLabel* targetLabel_;
    QComboBox* from_;
    QComboBox* source_;
    QLabel* words_;
    QLabel* previewWords_;
    StateTree* preview_;
    QPlainTextEdit* rule_;
    QPlainTextEdit* document_;
    QPushButton* save_;
};

}  // namespace hindcast::ui
