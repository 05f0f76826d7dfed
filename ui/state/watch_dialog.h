#pragma once
#include "ui/look/field_dialog.h"
#include "ui/session/views.h"

#include <QStringList>

#include <memory>

namespace hindcast::ui {

/// A field to watch, by its JSON pointer: offers those that the state has, and says while one types what stands there, or what is wrong
/// with it. Knows no session. GUI thread only.
class WatchDialog final : public FieldDialog {
    Q_OBJECT
public:
    /// Of a category whose `watched` fields are watched already. `state`: of the shown entity; may be null.
    WatchDialog(const QString& category, QStringList watched, std::shared_ptr<const StateView> state, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& watchButton() { return acceptButton(); }

signals:
    void chosen(const QString& pointer);

private:
    void look() override;
    void choose() override;

    QStringList watched_;
    std::shared_ptr<const StateView> state_;
};

/// The pointers of what stands in a document, in its order: at most `limit` of them.
[[nodiscard]] QStringList pointersIn(const Json& document, int limit);

}  // namespace hindcast::ui
