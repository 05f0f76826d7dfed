#include "ui/findings/model_diff_page.h"

#include "ui/findings/model_diff_text.h"
#include "ui/findings/states_text.h"
#include "ui/look/format.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace hindcast::ui {

ModelDiffPage::ModelDiffPage(const Theme& theme, QWidget* parent) : FoundRowsPage(parent), table_(new ModelDiffTable(theme))
{
    setAccessibleName(tr("Model diff"));
    makeChoices();
    build({{quiet(tr("compare"))}, {sides_[First].button}, {quiet(tr("with"))}, {sides_[Second].button}, {scope_}}, *table_);
    updateBar();
    updateWords();
}

void ModelDiffPage::setAsked(bool open, const QStringList& categories, const QString& category)
{
    setOpen(open);
    categories_ = categories;
    if (!categories_.contains(category_)) categoryChosen_ = false;
    if (!categoryChosen_) category_ = category.isEmpty() ? categories_.value(0) : category;
    if (!open) unchanged_.clear();
    chooseDefault();
    updateBar();
    updateWords();
}

void ModelDiffPage::setView(std::shared_ptr<const ModelDiffView> view)
{
    if (!view || (view->running && !isRunning())) {
        setStale({});
        setNotice({});
    }
    table_->setView(std::move(view));
    updateAll();
}

void ModelDiffPage::modelChanged(const QString& category)
{
    if (!table_->view() || table_->view()->category != category) return;
    setStale(tr("%1 has another model now: compare anew to ask that").arg(category));
    updateWords();
}

void ModelDiffPage::compareDraft(const QString& category)
{
    chooseDraft(Second);
    if (!sides_[Second].draft) return;
    choose(First, inForce());
    if (categories_.contains(category)) setCategory(category);
    ask();
}

void ModelDiffPage::ask()
{
    for (const Side side : {First, Second})
        if (sides_[side].draft) chooseDraft(side);  // as it stands now
    if (canAsk()) emit asked(category_, sides_[First].choice, sides_[Second].choice);
}

QString ModelDiffPage::askTip() const
{
    return isSame() ? tr("Choose two models: a model does not differ from itself") : QString();
}

QString ModelDiffPage::title() const
{
    const auto& view = table_->view();
    return view ? tr("Model diff (%1)").arg(grouped(view->differing)) : tr("Model diff");
}

QString ModelDiffPage::words() const { return table_->view() ? countsText(*table_->view()) : QString(); }

void ModelDiffPage::takeFocus()
{
    if (table_->rowCount() > 0)
        table_->setFocus(Qt::ShortcutFocusReason);
    else
        sides_[First].button->setFocus(Qt::ShortcutFocusReason);
}

std::optional<FoundRowsPage::Outcome> ModelDiffPage::outcome() const
{
    if (!table_->view()) return std::nullopt;
    const ModelDiffView& view = *table_->view();
    return Outcome{view.error.isEmpty() ? summaryText(view) : QString(),
                   {},
                   view.error,
                   view.remarks,
                   view.differing,
                   view.rows,
                   view.cancelled,
                   view.error.isEmpty() || view.looked.eventsTotal > 0 ? QString() : tr("Nothing was compared")};
}

FoundRowsPage::Empty ModelDiffPage::invitation() const
{
    return {tr("What would another model make of the same events?"), tr("Choose two models above, and Compare.")};
}

FoundRowsPage::Empty ModelDiffPage::nothing() const { return {sameText(*table_->view())}; }

void ModelDiffPage::goTo(qint64 row)
{
    const ModelDiffRow& at = table_->row(row);
    emit chosen(at.entity, at.event, at.time);
}

void ModelDiffPage::addWays(QMenu& menu, qint64 row)
{
    const ModelDiffRow& at = table_->row(row);
    menu.addAction(tr("Go to this event\tEnter"), this,
                   [this, entity = at.entity, event = at.event, time = at.time] { emit chosen(entity, event, time); });
}

std::string ModelDiffPage::jsonOf(qint64 row) const { return jsonLine(table_->row(row), partOf()); }

void ModelDiffPage::copyAll(LinesAs as)
{
    static constexpr RowLines<ModelDiffView> kLines{
        [](const ModelDiffRow& row, const ModelDiffView&, const PartOf& part) { return jsonLine(row, part); }, csvTitles,
        csvLines};
    copyLines(*table_, kLines, as, entitiesText);
}

}  // namespace hindcast::ui
