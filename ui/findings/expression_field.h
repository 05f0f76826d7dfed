#pragma once
#include "core/expression/expression.h"
#include "ui/look/theme.h"

#include <QLineEdit>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

class QCompleter;
class QStringListModel;

namespace hindcast::ui {

/// A line for an expression: what is wrong in it is underlined, and what was asked before is offered.
class ExpressionField final : public QLineEdit {
    Q_OBJECT
public:
    /// Where the text is wrong: characters of it, and why.
    struct Wrong {
        qsizetype from = 0;
        qsizetype length = 0;  ///< at least 1; may lie behind the last character
        QString message;
        bool operator==(const Wrong&) const = default;
    };

    /// `theme` must outlive the field.
    explicit ExpressionField(const Theme& theme, QWidget* parent = nullptr);

    /// How the text is read: what is wrong in it, where something is. Else as an expression.
    using Reader = std::function<std::optional<expression::SyntaxError>(const std::string&)>;
    void setReader(Reader reader);
    /// What was asked before, the latest first.
    void setHistory(const QStringList& expressions);
    [[nodiscard]] const std::optional<Wrong>& wrong() const { return wrong_; }
    /// The px from the field's left edge at which the first wrong character stands; within the field.
    [[nodiscard]] int wrongX() const;
    /// Reads the text at once, and says whether it can be asked.
    bool check();

signals:
    void entered();       ///< Return or Enter
    void wrongChanged();  ///< also where it now stands elsewhere

protected:
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    void settleList();
    void setWrong(std::optional<Wrong> wrong);
    [[nodiscard]] int xOf(qsizetype character) const;

    const Theme& theme_;
    Reader reader_;
    QCompleter* completer_;
    QStringListModel* history_;
    QTimer checkLater_;  ///< nobody is told of a word that is being typed
    std::optional<Wrong> wrong_;
};

}  // namespace hindcast::ui
