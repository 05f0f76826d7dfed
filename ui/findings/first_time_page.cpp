#include "ui/findings/first_time_page.h"

#include "ui/findings/expression_history.h"
#include "ui/findings/first_time_table.h"
#include "ui/look/format.h"

#include <QLabel>
#include <QMenu>

#include <utility>

namespace hindcast::ui {

FirstTimePage::FirstTimePage(const Theme& theme, QWidget* parent)
    : SearchPage(theme, QStringLiteral("findings/scope"), {FirstTimeScope::Entity, FirstTimeScope::Category, FirstTimeScope::All},
                 parent),
      table_(new FirstTimeTable(model_, theme))
{
    setAccessibleName(tr("First time when"));
    QLabel* lead = quiet(tr("first time when"));
    lead->setBuddy(&field());
    build(*lead, *table_);
    field().setHistory(askedExpressions());
    updateGo();
    updateWords();
}

void FirstTimePage::request()
{
    field().setHistory(rememberExpression(text()));
    emit asked(text(), scope());
}

QString FirstTimePage::title() const
{
    const auto& view = model_.view();
    return view ? tr("First time when (%1)").arg(grouped(view->hits)) : tr("First time when");
}

QString FirstTimePage::words() const { return model_.view() ? causesText(*model_.view()) : QString(); }

void FirstTimePage::setView(std::shared_ptr<const FirstTimeView> view)
{
    if (isForgotten()) view = nullptr;
    if (!view) setStale({});
    model_.setView(std::move(view));
    updateAll();
}

void FirstTimePage::modelChanged(const QString& category)
{
    if (!model_.view() || model_.view()->paths.empty()) return;
    setStale(tr("%1 has another model now: find anew to ask that").arg(category));
    updateWords();
}

std::optional<FoundRowsPage::Outcome> FirstTimePage::outcome() const
{
    if (!model_.view()) return std::nullopt;
    const FirstTimeView& view = *model_.view();
    return Outcome{summaryText(view), shorterSummaries(view), view.error, view.remarks, view.hits, view.rows, view.cancelled};
}

FoundRowsPage::Empty FirstTimePage::invitation() const
{
    return {tr("Which event was the first after which something held?"),
            tr("Ask for it above: state.status == \"cancelled\", state.total > 500.0 …")};
}

FoundRowsPage::Empty FirstTimePage::nothing() const
{
    return {tr("It never holds"), tr("After none of %1.").arg(eventsText(model_.view()->looked.events))};
}

void FirstTimePage::goTo(qint64 row)
{
    const FirstTimeRow& found = model_.row(row);
    emit chosen(found.entity, found.event, found.time);
}

void FirstTimePage::addWays(QMenu& menu, qint64 row)
{
    const FirstTimeRow& at = model_.row(row);
    menu.addAction(tr("Go to this event\tEnter"), this,
                   [this, entity = at.entity, event = at.event, time = at.time] { emit chosen(entity, event, time); });
    const WantedSymptom wanted{WantedSymptom::Kind::Expression, model_.view()->text.trimmed()};
    menu.addAction(tr("Smallest case"), this,
                   [this, entity = at.entity, event = at.event, wanted] { emit smallestWanted(entity, wanted, event); });
}

std::string FirstTimePage::jsonOf(qint64 row) const { return jsonLine(model_.row(row), model_.shown()->paths, partOf()); }

void FirstTimePage::copyAll(LinesAs as)
{
    static constexpr RowLines<FirstTimeView> kLines{
        [](const FirstTimeRow& row, const FirstTimeView& view, const PartOf& part) { return jsonLine(row, view.paths, part); },
        [](const FirstTimeView& view) { return csvTitles(view.paths); }, csvLine};
    copyLines(model_, kLines, as, eventsText);
}

}  // namespace hindcast::ui
