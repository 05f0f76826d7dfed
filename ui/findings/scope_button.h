#pragma once
#include "ui/session/over_all_views.h"

#include <QString>
#include <QToolButton>

#include <initializer_list>

class QActionGroup;

namespace hindcast::ui {

/// Of which entities something is asked, by a menu; what was chosen is remembered. Of nobody there is nothing but all to ask.
class ScopeButton final : public QToolButton {
    Q_OBJECT
public:
    /// `setting`: where it is remembered. `scopes`: those to choose from, All among them.
    ScopeButton(const QString& setting, std::initializer_list<FirstTimeScope> scopes, QWidget* parent = nullptr);

    /// The entity that is selected, "category/id", and its category; empty: none is.
    void setSelected(const QString& entity, const QString& category);
    [[nodiscard]] FirstTimeScope scope() const;
    /// Without its being remembered.
    void setScope(FirstTimeScope scope);

signals:
    void changed();  ///< by the user

private:
    [[nodiscard]] QString words(FirstTimeScope scope) const;
    void showScope();

    QString setting_;
    QActionGroup* scopes_;
    QString entity_;
    QString category_;
};

}  // namespace hindcast::ui
