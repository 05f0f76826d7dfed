#pragma once
#include "ui/session/views.h"

#include <QDialog>
#include <QStringList>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace hindcast::ui {

/// A field to watch, by its JSON pointer: offers those that the state has, and says while one types what stands there, or what is wrong
/// with it. Knows no session. GUI thread only.
class WatchDialog final : public QDialog {
    Q_OBJECT
public:
    /// Of a category whose `watched` fields are watched already. `state`: of the shown entity; may be null.
    WatchDialog(const QString& category, QStringList watched, std::shared_ptr<const StateView> state, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& field() { return *field_; }
    [[nodiscard]] QPushButton& watchButton() { return *watch_; }
    [[nodiscard]] QString words() const;  ///< what is said of what is typed

signals:
    void chosen(const QString& pointer);

private:
    void look();

    QStringList watched_;
    std::shared_ptr<const StateView> state_;
    QLineEdit* field_;
    QLabel* words_;
    QPushButton* watch_;
};

/// The pointers of what stands in a document, in its order: at most `limit` of them.
[[nodiscard]] QStringList pointersIn(const Json& document, int limit);

}  // namespace hindcast::ui
