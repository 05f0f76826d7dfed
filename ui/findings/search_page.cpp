#include "ui/findings/search_page.h"

#include "ui/findings/scope_button.h"
#include "ui/look/wrapped_label.h"

#include <algorithm>

namespace hindcast::ui {

SearchPage::SearchPage(const Theme& theme, const QString& setting, std::initializer_list<FirstTimeScope> scopes, QWidget* parent)
    : FoundRowsPage(parent), field_(new ExpressionField(theme)), scope_(new ScopeButton(setting, scopes))
{
    field_->setMinimumWidth(160);
}

void SearchPage::build(QWidget& lead, RowView& rows)
{
    FoundRowsPage::build({{&lead}, {field_, 3}, {scope_}}, rows);
    connect(field_, &ExpressionField::entered, this, &SearchPage::ask);
    connect(field_, &ExpressionField::wrongChanged, this, &SearchPage::updateWords);
    connect(field_, &QLineEdit::cursorPositionChanged, this, &SearchPage::placeMessage);
    connect(field_, &QLineEdit::textChanged, this, &SearchPage::updateGo);
}

void SearchPage::setAsked(bool open, const QString& entity, const QString& category)
{
    setOpen(open);
    scope_->setSelected(entity, category);
    updateGo();
    updateWords();
}

FirstTimeScope SearchPage::scope() const { return scope_->scope(); }

void SearchPage::setScope(FirstTimeScope scope) { scope_->setScope(scope); }

QToolButton& SearchPage::scopeButton() { return *scope_; }

bool SearchPage::canAsk() const { return isOpen() && !field_->text().trimmed().isEmpty(); }

void SearchPage::ask()
{
    if (!isOpen()) return updateWords();
    if (!field_->check()) {
        if (field_->wrong() && !isRunning()) {
            forgotten_ = true;
            forget();
        }
        return updateWords();
    }
    forgotten_ = false;
    setNotice({});
    setStale({});
    request();
}

void SearchPage::takeFocus()
{
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

QString SearchPage::said() const
{
    if (field_->wrong()) return field_->wrong()->message;
    const auto now = outcome();
    return now && !now->error.isEmpty() ? now->error : FoundRowsPage::said();
}

void SearchPage::updateWords()
{
    FoundRowsPage::updateWords();
    placeMessage();
}

/// Beneath the place that is wrong, or as near to it as its length lets it.
void SearchPage::placeMessage()
{
    WrappedLabel& line = messageLine();
    const int left = field_->mapTo(this, QPoint(field_->wrong() ? field_->wrongX() : 0, 0)).x();
    const int most = width() - line.fontMetrics().horizontalAdvance(line.text()) - 14;
    line.setContentsMargins(std::max(10, std::min(left, most)), 0, 10, 4);
}

void SearchPage::resizeEvent(QResizeEvent* event)
{
    FoundRowsPage::resizeEvent(event);
    placeMessage();
}

}  // namespace hindcast::ui
