#include "ui/findings/findings_bar.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <utility>

namespace hindcast::ui {

FindingsBar::FindingsBar(QWidget* parent) : QWidget(parent)
{
    const auto button = [](const QString& text) {
        auto* made = new QToolButton;
        made->setProperty("compact", true);
        made->setFocusPolicy(Qt::TabFocus);
        made->setText(text);
        return made;
    };
    check_ = button({});
    check_->setStyleSheet(QStringLiteral("QToolButton { padding-right: 29px; }"));  // room for the arrow beside its words
    check_->setPopupMode(QToolButton::MenuButtonPopup);
    scopes_ = new QMenu(this);
    ofCategory_ = scopes_->addAction(QString(), this, [this] { emit checkWanted(category_); });
    scopes_->addAction(tr("Of all entities"), this, [this] { emit checkWanted({}); });
    check_->setMenu(scopes_);
    connect(check_, &QToolButton::clicked, this, [this] {
        if (isRunning())
            emit cancelWanted();
        else
            check();
    });
    status_ = new ElidedLabel;
    status_->setProperty("role", QStringLiteral("secondary"));
    status_->setTextFormat(Qt::PlainText);
    smallest_ = button(tr("Smallest case"));
    smallest_->setToolTip(tr("The fewest events of that entity that still show this finding"));
    connect(smallest_, &QToolButton::clicked, this, &FindingsBar::smallestWanted);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(check_);
    row->addWidget(status_, 1);
    row->addWidget(smallest_);
    setReducible(false);
    updateWords();
}

void FindingsBar::setAsked(bool open, const QString& category)
{
    open_ = open;
    category_ = category;
    updateWords();
}

void FindingsBar::setView(std::shared_ptr<const DeterminismView> view)
{
    view_ = std::move(view);
    updateWords();
}

void FindingsBar::setReducible(bool on) { smallest_->setEnabled(on); }

void FindingsBar::check()
{
    if (open_) emit checkWanted(category_);
}

QString FindingsBar::status() const { return status_->text(); }

QString FindingsBar::statusText() const
{
    if (!view_) return {};
    const QString of = view_->category.isEmpty() ? tr("of all entities") : tr("of %1").arg(view_->category);
    const replay::SweepProgress& looked = view_->looked;
    if (view_->running)
        return looked.eventsTotal == 0
                   ? tr("determinism %1: looking…").arg(of)
                   : tr("determinism %1: %2 of %3").arg(of, grouped(looked.events), eventsText(looked.eventsTotal));
    if (!view_->error.isEmpty()) return tr("determinism %1 was not checked to the end").arg(of);
    const QString entities = looked.entities == 1 ? tr("1 entity") : tr("%1 entities").arg(grouped(looked.entities));
    const QString cost = tr("%1 looked at · %2").arg(entities, durationText(view_->took));
    const QString found =
        view_->findings > 0
            ? (view_->findings == 1 ? tr("1 entity has two states for the same events")
                                    : tr("%1 entities have two states for the same events").arg(grouped(view_->findings)))
        : view_->cancelled ? tr("nothing found so far")
                           : tr("no model gave two states for the same events");
    return view_->cancelled ? tr("%1 · stopped · %2").arg(found, cost) : tr("%1 · %2").arg(found, cost);
}

void FindingsBar::updateWords()
{
    check_->setText(isRunning() ? tr("Stop") : tr("Check determinism"));
    check_->setEnabled(open_);
    QString category = category_;
    check_->setToolTip(asTip(tr("Replays everything twice, and from states on the way: do the models give the same states? %1")
                                 .arg(category.isEmpty() ? tr("Of all entities") : tr("Of all of %1").arg(category))));
    ofCategory_->setVisible(!category.isEmpty());
    ofCategory_->setText(tr("Of all of %1").arg(category.replace(QLatin1Char('&'), QStringLiteral("&&"))));
    const QString said = statusText();
    status_->setText(said);
    status_->setAccessibleName(said);
}

}  // namespace hindcast::ui
