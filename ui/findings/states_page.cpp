#include "ui/findings/states_page.h"

#include "ui/findings/expression_history.h"
#include "ui/findings/scope_button.h"
#include "ui/findings/states_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"

#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

const auto kScope = QStringLiteral("findings/states-scope");
const auto kAs = QStringLiteral("findings/states-as");

}  // namespace

StatesPage::StatesPage(const Theme& theme, QWidget* parent) : FoundPage(parent), theme_(theme)
{
    setAccessibleName(tr("Search in states"));
    table_ = new StatesTable(model_, theme_);
    message_ = new ElidedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(message_);
    layout->addWidget(table_, 1);
    connectParts();
    connectTable();
    setAs(QSettings().value(kAs).toInt() == static_cast<int>(SoughtAs::Expression) ? SoughtAs::Expression : SoughtAs::Value);
    updateGo();
    updateWords();
}

QWidget* StatesPage::makeBar()
{
    auto* bar = new QWidget;
    as_ = new QToolButton;
    as_->setProperty("compact", true);
    as_->setPopupMode(QToolButton::InstantPopup);
    as_->setFocusPolicy(Qt::TabFocus);
    makeWays();
    field_ = new ExpressionField(theme_);
    field_->setMinimumWidth(160);
    scope_ = new ScopeButton(kScope, {FirstTimeScope::Category, FirstTimeScope::All});
    go_ = new QToolButton;
    go_->setProperty("compact", true);
    go_->setFocusPolicy(Qt::TabFocus);
    summary_ = new ElidedLabel;
    summary_->setProperty("role", QStringLiteral("secondary"));
    summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(as_);
    row->addWidget(field_, 3);
    row->addWidget(scope_);
    row->addWidget(go_);
    row->addWidget(summary_, 2);
    return bar;
}

void StatesPage::makeWays()
{
    auto* menu = new QMenu(this);
    ways_ = new QActionGroup(this);
    const std::pair<SoughtAs, QString> ways[] = {{SoughtAs::Value, tr("A value that stands in the state")},
                                                 {SoughtAs::Expression, tr("An expression over the state")}};
    for (const auto& [as, text] : ways) {
        QAction* action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(as));
        ways_->addAction(action);
    }
    as_->setMenu(menu);
    connect(ways_, &QActionGroup::triggered, this, [this](const QAction* action) {
        QSettings().setValue(kAs, action->data());
        updateAs();
        field_->setFocus(Qt::OtherFocusReason);
    });
}

void StatesPage::connectParts()
{
    connect(field_, &ExpressionField::entered, this, &StatesPage::ask);
    connect(field_, &ExpressionField::wrongChanged, this, &StatesPage::updateWords);
    connect(field_, &QLineEdit::cursorPositionChanged, this, &StatesPage::placeMessage);
    connect(field_, &QLineEdit::textChanged, this, &StatesPage::updateGo);
    connect(go_, &QToolButton::clicked, this, [this] {
        if (isRunning())
            emit cancelWanted();
        else
            ask();
    });
}

void StatesPage::setAsked(bool open, const QString& entity, const QString& category)
{
    open_ = open;
    scope_->setSelected(entity, category);
    updateGo();
    updateWords();
}

SoughtAs StatesPage::as() const { return static_cast<SoughtAs>(ways_->checkedAction()->data().toInt()); }

void StatesPage::setAs(SoughtAs as)
{
    for (QAction* action : ways_->actions()) action->setChecked(action->data().toInt() == static_cast<int>(as));
    updateAs();
}

void StatesPage::updateAs()
{
    const bool value = as() == SoughtAs::Value;
    as_->setText(value ? tr("states with") : tr("states where"));
    as_->setToolTip(value ? tr("A number, found exactly, or a text, found as a part; \"42\" in quotes is a text. Press to ask an "
                               "expression instead")
                          : tr("An expression that holds for the state. Press to look for a value instead"));
    as_->setAccessibleName(value ? tr("What is looked for: a value") : tr("What is looked for: an expression"));
    field_->setAccessibleName(value ? tr("A value in the states") : tr("An expression over the states"));
    field_->setPlaceholderText(value ? tr("119.90, Berlin, \"42\"") : tr("state.balance < 0.0"));
    field_->setHistory(value ? askedValues() : askedExpressions());
    field_->setReader([as = as()](const std::string& text) { return troubleOf(text, as); });
}

StateQuestion StatesPage::question() const { return {field_->text(), as(), scope_->scope()}; }

QToolButton& StatesPage::scopeButton() { return *scope_; }

void StatesPage::updateGo()
{
    go_->setText(isRunning() ? tr("Stop") : tr("Find"));
    go_->setToolTip(isRunning() ? QString() : tr("Find as of the playhead"));
    go_->setEnabled(isRunning() || (open_ && !field_->text().trimmed().isEmpty()));
}

bool StatesPage::isRunning() const { return model_.view() && model_.view()->running; }

void StatesPage::ask()
{
    if (!open_ || !field_->check()) return updateWords();
    notice_.clear();
    stale_.clear();
    field_->setHistory(as() == SoughtAs::Value ? rememberValue(field_->text()) : rememberExpression(field_->text()));
    emit asked(question());
}

QString StatesPage::title() const
{
    const auto& view = model_.view();
    return view ? tr("States (%1)").arg(grouped(view->hits)) : tr("States");
}

QString StatesPage::words() const
{
    const auto& view = model_.view();
    if (!view) return {};
    if (view->moment == moment_) return tr("%1, where the playhead stands").arg(momentText(view->moment));
    return tr("%1 · the playhead stands elsewhere: Find looks there").arg(momentText(view->moment));
}

void StatesPage::takeFocus()
{
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void StatesPage::setView(std::shared_ptr<const StatesView> view)
{
    stale_.clear();  // what is found anew is found by the models in force
    model_.setView(std::move(view));
    updateGo();
    updateWords();
    emit viewChanged();
}

void StatesPage::setMoment(std::optional<Timestamp> moment)
{
    if (std::exchange(moment_, moment) == moment || !model_.view()) return;
    emit viewChanged();
}

void StatesPage::modelChanged(const QString& category)
{
    if (!model_.view() || !model_.view()->readsState) return;
    stale_ = tr("%1 has another model now: find anew to ask that").arg(category);
    updateWords();
}

QString StatesPage::summary() const { return summary_->text(); }

QString StatesPage::message() const { return message_->isHidden() ? QString() : message_->text(); }

void StatesPage::updateWords()
{
    const auto& view = model_.view();
    summary_->setText(view ? summaryText(*view) : QString());
    summary_->setShorter(view ? shorterSummaries(*view) : QStringList());
    QString said;
    if (field_->wrong())
        said = field_->wrong()->message;
    else if (view && !view->error.isEmpty())
        said = view->error;
    else {
        QStringList all;
        if (!stale_.isEmpty()) all << stale_;
        if (view) all << view->remarks;
        if (view && view->hits > view->rows && !view->running)
            all << tr("the first %1 that were found are shown").arg(grouped(view->rows));
        if (!notice_.isEmpty()) all << notice_;
        said = all.join(QStringLiteral(" · "));
    }
    message_->setText(said);
    message_->setAccessibleName(said);
    message_->setToolTip(asTip(said));
    message_->setVisible(!said.isEmpty());
    placeMessage();
    sayWhyEmpty();
}

/// Beneath the place that is wrong, or as near to it as its length lets it.
void StatesPage::placeMessage()
{
    const int left = field_->mapTo(this, QPoint(field_->wrong() ? field_->wrongX() : 0, 0)).x();
    const int most = width() - message_->fontMetrics().horizontalAdvance(message_->text()) - 14;
    message_->setContentsMargins(std::max(10, std::min(left, most)), 0, 10, 4);
}

void StatesPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isRunning()) {
        emit cancelWanted();
        return;
    }
    FoundPage::keyPressEvent(event);
}

void StatesPage::resizeEvent(QResizeEvent* event)
{
    FoundPage::resizeEvent(event);
    placeMessage();
}

void StatesPage::showEvent(QShowEvent* event)
{
    FoundPage::showEvent(event);
    emit lookedAt(true);
}

void StatesPage::hideEvent(QHideEvent* event)
{
    FoundPage::hideEvent(event);
    emit lookedAt(false);
}

}  // namespace hindcast::ui
