#include "ui/findings/smallest_page.h"

#include "ui/findings/expression_field.h"
#include "ui/findings/expression_history.h"
#include "ui/findings/smallest_table.h"
#include "ui/findings/smallest_text.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <utility>

namespace hindcast::ui {

void SmallestPage::setAsked(bool open, const QString& entity)
{
    setOpen(open);
    entity_ = entity;
    updateBar();
    updateResult();
}

void SmallestPage::setInvariants(const QStringList& names)
{
    invariants_ = names;
    // One that nobody declares any more cannot be asked for, unless it is what was asked.
    const bool asked = view_ && view_->wanted == wanted_;
    if (!asked && wanted_.kind == WantedSymptom::Kind::Invariant && !wanted_.text.isEmpty() && !names.contains(wanted_.text))
        wanted_ = {};
    fillSymptoms();
    updateBar();
}

WantedSymptom SmallestPage::wanted() const
{
    return wanted_.kind == WantedSymptom::Kind::Expression ? WantedSymptom{wanted_.kind, field_->text().trimmed()} : wanted_;
}

void SmallestPage::setWanted(const WantedSymptom& wanted)
{
    wanted_ = wanted;
    if (wanted.kind == WantedSymptom::Kind::Expression && !wanted.text.isEmpty() && field_->text().trimmed() != wanted.text)
        field_->setText(wanted.text);
    fillSymptoms();
    updateBar();
}

void SmallestPage::setView(std::shared_ptr<const SmallestView> view)
{
    const bool another =
        !view || !view_ || view->wanted != view_->wanted || view->entity != view_->entity || (view->running && !view_->running);
    view_ = std::move(view);
    if (another) {
        setStale({});
        setNotice({});
        if (view_) setWanted(view_->wanted);
    }
    table_->setView(view_);
    updateBar();
    updateResult();
    emit viewChanged();
}

void SmallestPage::modelChanged(const QString& category)
{
    if (!view_ || view_->running || QString::fromStdString(view_->key.category) != category) return;
    setStale(tr("%1 has another model now: find anew to ask that").arg(category));
    updateResult();
}

void SmallestPage::fillSymptoms()
{
    symptoms_->clear();
    const auto add = [this](const WantedSymptom& one) {
        QAction* action =
            symptoms_->addAction(symptomText(one).replace(QLatin1Char('&'), QStringLiteral("&&")), this, [this, one] {
                setWanted(one);
                if (one.kind == WantedSymptom::Kind::Expression) field_->setFocus();
            });
        action->setCheckable(true);
        action->setChecked(one.kind == wanted_.kind && (one.kind != WantedSymptom::Kind::Invariant || one.text == wanted_.text));
    };
    add({WantedSymptom::Kind::Expression, {}});
    QStringList names = invariants_;
    if (wanted_.kind == WantedSymptom::Kind::Invariant && !wanted_.text.isEmpty() && !names.contains(wanted_.text))
        names << wanted_.text;
    for (const QString& name : names) add({WantedSymptom::Kind::Invariant, name});
    if (names.size() != 1) add({WantedSymptom::Kind::Invariant, {}});
    add({WantedSymptom::Kind::ModelFails, {}});
}

bool SmallestPage::canAsk() const
{
    const bool expression = wanted_.kind == WantedSymptom::Kind::Expression;
    return isOpen() && !entity_.isEmpty() && (!expression || !field_->text().trimmed().isEmpty());
}

void SmallestPage::ask()
{
    if (!isOpen() || entity_.isEmpty()) return;
    const bool expression = wanted_.kind == WantedSymptom::Kind::Expression;
    if (expression && !field_->check()) return updateResult();
    if (expression) field_->setHistory(rememberExpression(field_->text()));
    emit asked(wanted());
}

QString SmallestPage::title() const
{
    return view_ && view_->found ? tr("Smallest case (%1)").arg(grouped(view_->kept)) : tr("Smallest case");
}

/// It may be another entity than the selected one.
QString SmallestPage::ofWhom(const QString& summary) const
{
    return summary.isEmpty() || view_->key.id.empty() ? summary
                                                      : QString::fromStdString(view_->key.id) + QStringLiteral(" · ") + summary;
}

QString SmallestPage::words() const { return view_ ? ofWhom(smallestSummary(*view_)) : QString(); }

QStringList SmallestPage::shorterWords() const
{
    if (!view_) return {};
    const QStringList summaries = shorterSummaries(*view_);
    QStringList all;
    for (const QString& each : summaries) all << ofWhom(each);
    return all + summaries.mid(summaries.size() - 1);
}

void SmallestPage::takeFocus()
{
    if (table_->rowCount() > 0) return table_->setFocus(Qt::ShortcutFocusReason);
    if (wanted_.kind != WantedSymptom::Kind::Expression) return goButton().setFocus(Qt::ShortcutFocusReason);
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

QString SmallestPage::heading() const { return heading_->text(); }

void SmallestPage::updateBar()
{
    const QString words = symptomText(wanted_);
    symptom_->setText(shortSymptomText(wanted_).replace(QLatin1Char('&'), QStringLiteral("&&")));
    symptom_->setAccessibleName(tr("Symptom: %1").arg(words));
    symptom_->setToolTip(asTip(tr("What the fewest events are still to show: %1").arg(words)));
    field_->setVisible(wanted_.kind == WantedSymptom::Kind::Expression);
    updateGo();
    const QString of = entity_.section(QLatin1Char('/'), 1);
    summaryLine().setText(isRunning()         ? smallestSummary(*view_)
                          : entity_.isEmpty() ? tr("select an entity to look at its events")
                                              : tr("of %1").arg(of));
    summaryLine().setShorter(isRunning()         ? shorterSummaries(*view_)
                             : entity_.isEmpty() ? QStringList(tr("select an entity"))
                                                 : QStringList());
}

QString SmallestPage::said() const
{
    if (field_->wrong() && !field_->isHidden()) return field_->wrong()->message;
    if (view_ && !view_->error.isEmpty()) return view_->error;
    return joined(view_ ? view_->remarks : QStringList());
}

QString SmallestPage::emptyText() const
{
    if (!isOpen()) return tr("No workspace is open");
    if (!view_) return tr("Which events are enough to show what is wrong?");
    if (view_->running) return tr("Looking…");
    if (!view_->absent.isEmpty()) return view_->absent;
    return view_->cancelled ? tr("It was stopped before the symptom was met") : tr("Nothing was found before it ended");
}

void SmallestPage::updateResult()
{
    say(said());
    const bool found = view_ && view_->found;
    result_->setVisible(found);
    if (found) {
        const QString events = smallestEvents(*view_);
        heading_->setText(smallestTitle(*view_));
        explained_->setText(events);
        explained_->setShorter(shorterEvents(*view_));
        const bool module = view_->found->script.has_value();
        test_->setEnabled(module);
        test_->setToolTip(module ? tr("A test for node --test that fails as long as the model shows it")
                                 : tr("A test imports the model, which has to be a JavaScript module. Here it is: %1")
                                       .arg(QString::fromStdString(view_->found->model)));
    }
    table_->setEmptyText(emptyText(),
                         view_ ? QString() : tr("Choose a symptom above, or “Smallest case” on a finding, and Find."));
}

void SmallestPage::choose(qint64 row)
{
    if (row < 0 || row >= table_->rowCount()) return;
    const SmallestRow& at = table_->event(row);
    emit chosen(view_->entity, at.event, at.time);
}

void SmallestPage::openMenu(qint64 row, const QPoint& position)
{
    if (row < 0 || row >= table_->rowCount()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const SmallestRow& at = table_->event(row);
    menu->addAction(tr("Go to this event\tEnter"), this,
                    [this, entity = view_->entity, event = at.event, time = at.time] { emit chosen(entity, event, time); });
    menu->addAction(tr("Copy row as text\tCtrl+C"), this,
                    [text = table_->rowText(row)] { QApplication::clipboard()->setText(text); });
    menu->addSeparator();
    menu->addAction(tr("Copy as Given/When/Then"), this, &SmallestPage::copyGivenWhenThen);
    menu->addAction(tr("Export test…"), this, [this] { askExport(true); })->setEnabled(test_->isEnabled());
    menu->addAction(tr("Export events…"), this, [this] { askExport(false); });
    menu->popup(position);
}

}  // namespace hindcast::ui
