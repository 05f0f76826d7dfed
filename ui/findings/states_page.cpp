#include "ui/findings/states_page.h"

#include "ui/findings/expression_history.h"
#include "ui/findings/states_table.h"
#include "ui/look/format.h"

#include <QActionGroup>
#include <QMenu>
#include <QSettings>
#include <QToolButton>

#include <utility>

namespace hindcast::ui {

namespace {

const auto kAs = QStringLiteral("findings/states-as");

/// What may be done where nothing was found.
QString hintFor(const StatesView& view)
{
    if (view.asked == 0) return StatesPage::tr("Nothing lives then: move the playhead.");
    if (view.question.as != SoughtAs::Value) return {};
    const auto expression = expression::Expression::parse(view.question.text.toStdString());
    return expression && !(*expression)->statePaths().empty()
               ? StatesPage::tr("This reads like an expression: choose \"states where\" to ask it.")
               : QString();
}

}  // namespace

StatesPage::StatesPage(const Theme& theme, QWidget* parent)
    : SearchPage(theme, QStringLiteral("findings/states-scope"), {FirstTimeScope::Category, FirstTimeScope::All}, parent),
      table_(new StatesTable(model_, theme))
{
    setAccessibleName(tr("Search in states"));
    makeWays();
    build(*as_, *table_);
    setAs(QSettings().value(kAs).toInt() == static_cast<int>(SoughtAs::Expression) ? SoughtAs::Expression : SoughtAs::Value);
    updateGo();
    updateWords();
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
    as_ = choiceButton(*menu);
    connect(ways_, &QActionGroup::triggered, this, [this](const QAction* action) {
        QSettings().setValue(kAs, action->data());
        updateAs();
        field().setFocus(Qt::OtherFocusReason);
    });
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
    field().setAccessibleName(value ? tr("A value in the states") : tr("An expression over the states"));
    field().setPlaceholderText(value ? tr("119.90, Berlin, \"42\"") : tr("state.balance < 0.0"));
    field().setHistory(value ? askedValues() : askedExpressions());
    field().setReader([as = as()](const std::string& text) { return troubleOf(text, as); });
}

QString StatesPage::askTip() const { return tr("Find as of the playhead"); }

void StatesPage::request()
{
    field().setHistory(as() == SoughtAs::Value ? rememberValue(text()) : rememberExpression(text()));
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

void StatesPage::setView(std::shared_ptr<const StatesView> view)
{
    setStale({});  // what is found anew is found by the models in force
    if (isForgotten()) view = nullptr;
    model_.setView(std::move(view));
    updateAll();
}

void StatesPage::setMoment(std::optional<Timestamp> moment)
{
    if (std::exchange(moment_, moment) == moment || !model_.view()) return;
    emit viewChanged();
}

void StatesPage::modelChanged(const QString& category)
{
    if (!model_.view() || !model_.view()->readsState) return;
    setStale(tr("%1 has another model now: find anew to ask that").arg(category));
    updateWords();
}

std::optional<FoundRowsPage::Outcome> StatesPage::outcome() const
{
    if (!model_.view()) return std::nullopt;
    const StatesView& view = *model_.view();
    return Outcome{summaryText(view), shorterSummaries(view), view.error, view.remarks, view.hits, view.rows, view.cancelled};
}

FoundRowsPage::Empty StatesPage::invitation() const
{
    return {tr("In whose state does something stand, as of the playhead?"),
            tr("Look for a number or a text, or ask an expression: state.status == \"cancelled\" …")};
}

FoundRowsPage::Empty StatesPage::nothing() const
{
    return {tr("In none of %1").arg(entitiesText(model_.view()->asked)), hintFor(*model_.view())};
}

void StatesPage::goTo(qint64 row) { emit chosen(model_.row(row).entity, model_.row(row).event, model_.shown()->moment); }

void StatesPage::addWays(QMenu& menu, qint64 row)
{
    const auto way = [&](const QString& words, std::optional<Timestamp> moment) {
        menu.addAction(words, this, [this, entity = model_.row(row).entity, event = model_.row(row).event, moment] {
            emit chosen(entity, event, moment);
        });
    };
    way(tr("Go to this state\tEnter"), model_.shown()->moment);
    way(tr("Go to its last event"), std::nullopt);
}

void StatesPage::copyAll(LinesAs as)
{
    static constexpr RowLines<StatesView> kLines{
        [](const StateRow& row, const StatesView&, const PartOf& part) { return jsonLine(row, part); },
        [](const StatesView&) { return csvTitlesOfStates(); }, csvLines};
    copyLines(model_, kLines, as, entitiesText);
}

void StatesPage::showEvent(QShowEvent* event)
{
    SearchPage::showEvent(event);
    emit lookedAt(true);
}

void StatesPage::hideEvent(QHideEvent* event)
{
    SearchPage::hideEvent(event);
    emit lookedAt(false);
}

}  // namespace hindcast::ui
