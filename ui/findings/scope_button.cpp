#include "ui/findings/scope_button.h"

#include "ui/findings/first_time_text.h"

#include <QActionGroup>
#include <QMenu>
#include <QSettings>

namespace hindcast::ui {

namespace {

QString plainMnemonics(QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); }

}  // namespace

ScopeButton::ScopeButton(const QString& setting, std::initializer_list<FirstTimeScope> scopes, QWidget* parent)
    : QToolButton(parent), setting_(setting), scopes_(new QActionGroup(this))
{
    setProperty("compact", true);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    auto* menu = new QMenu(this);
    for (const FirstTimeScope scope : scopes) {
        QAction* action = menu->addAction(QString());
        action->setCheckable(true);
        action->setData(static_cast<int>(scope));
        scopes_->addAction(action);
    }
    setMenu(menu);
    connect(scopes_, &QActionGroup::triggered, this, [this](const QAction* action) {
        QSettings().setValue(setting_, action->data());
        showScope();
        emit changed();
    });
    setScope(static_cast<FirstTimeScope>(QSettings().value(setting_, static_cast<int>(FirstTimeScope::All)).toInt()));
}

void ScopeButton::setSelected(const QString& entity, const QString& category)
{
    entity_ = entity;
    category_ = category;
    showScope();
}

FirstTimeScope ScopeButton::scope() const
{
    const QAction* chosen = scopes_->checkedAction();
    if (chosen == nullptr || entity_.isEmpty()) return FirstTimeScope::All;
    return static_cast<FirstTimeScope>(chosen->data().toInt());
}

void ScopeButton::setScope(FirstTimeScope scope)
{
    QAction* all = nullptr;
    bool known = false;
    for (QAction* action : scopes_->actions()) {
        const auto each = static_cast<FirstTimeScope>(action->data().toInt());
        if (each == FirstTimeScope::All) all = action;
        if (each == scope) action->setChecked(known = true);
    }
    if (!known && all) all->setChecked(true);
    showScope();
}

QString ScopeButton::words(FirstTimeScope scope) const
{
    return scopeText(scope, scope == FirstTimeScope::Entity ? entity_ : category_).left(60);
}

void ScopeButton::showScope()
{
    for (QAction* action : scopes_->actions()) {
        const auto scope = static_cast<FirstTimeScope>(action->data().toInt());
        const bool none = scope != FirstTimeScope::All && entity_.isEmpty();
        action->setEnabled(!none);
        action->setText(plainMnemonics(scope == FirstTimeScope::Entity && none ? tr("the selected entity")
                                       : none                                  ? tr("those of its category")
                                                                               : words(scope)));
    }
    setText(plainMnemonics(words(scope()).left(24)));
    setAccessibleName(tr("Of which entities: %1").arg(words(scope())));
    setToolTip(tr("Of which entities: %1").arg(words(scope())));
}

}  // namespace hindcast::ui
