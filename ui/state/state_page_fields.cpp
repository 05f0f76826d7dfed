// What the state page does with one of the state's fields: who ever wrote it, and watching it.
#include "core/replay/watch.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/state/writes_panel.h"

#include <QMenu>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr const char* kWritesHeightKey = "state/writesHeight";
constexpr int kMostHeight = 2000;  // px: what was dragged to by mistake can still be taken back

/// Whether an item of an array is named by what it is: the provenance knows indices only.
bool namesItems(const QString& pointer) { return pointer.contains(QLatin1String("/[")) || pointer.contains(QLatin1String("/-")); }

}  // namespace

void StatePage::connectWrites()
{
    FieldWrites& list = writes_->list();
    connect(writes_, &WritesPanel::closeWanted, this, &StatePage::closeWrites);
    connect(&list, &FieldWrites::versionChosen, this, &StatePage::versionChosen);
    connect(&list, &FieldWrites::valuesWanted, this, &StatePage::valuesWanted);
    connect(tree_, &StateTree::fieldChanged, this, [this](const QString& pointer) {
        if (writes_->isVisibleTo(this)) followField(pointer);
    });
    connect(tree_, &StateTree::watchWanted, this, &StatePage::watchToggled);
    connect(tree_, &StateTree::writesWanted, this, &StatePage::showWrites);
    connect(middle_, &QSplitter::splitterMoved, this, [this] {
        if (theme_.zoom() == 1) QSettings().setValue(QLatin1String(kWritesHeightKey), writes_->height());  // else for a talk
    });
}

void StatePage::setWatches(std::shared_ptr<const WatchesView> watches)
{
    watches_ = std::move(watches);
    if (writes_->isVisibleTo(this)) followField(writes_->list().pointer());
}

void StatePage::setWrites(const std::shared_ptr<const WriteRows>& writes) { writes_->list().setWrites(writes); }

void StatePage::followField(const QString& pointer)
{
    std::shared_ptr<const replay::WatchRuns> runs;
    if (watches_ && namesItems(pointer)) {
        const auto watch = std::ranges::find(watches_->watches, pointer, &WatchView::pointer);
        if (watch != watches_->watches.end()) runs = watch->runs;
    }
    writes_->list().setField(pointer, std::move(runs));
}

void StatePage::showWrites(const QString& pointer)
{
    const bool open = !writes_->isVisibleTo(this);
    if (open) {
        const int kept = QSettings().value(QLatin1String(kWritesHeightKey)).toInt();
        const int wanted =
            kept > 0 ? std::min(kept, kMostHeight) : std::min(writes_->wantedHeight(), middle_->height() * 55 / 100);
        writes_->show();
        middle_->setSizes({std::max(1, middle_->height() - wanted), wanted});
    }
    followField(pointer);
    writes_->list().setView(state_);
    if (!namesItems(pointer)) tree_->reveal(pointer);
    writes_->list().setFocus(Qt::OtherFocusReason);
}

void StatePage::closeWrites()
{
    const bool focused = writes_->isAncestorOf(QWidget::focusWidget()) || writes_->list().hasFocus();
    writes_->hide();
    if (focused) tree_->setFocus(Qt::OtherFocusReason);
}

void StatePage::fillFieldMenu(QMenu& menu, const QString& pointer)
{
    menu.addSeparator();
    menu.addAction(tr("&Who ever wrote %1\tCtrl+Shift+E").arg(pointer.isEmpty() ? tr("it") : pointer.left(60)), this,
                   [this, pointer] { showWrites(pointer); });
    const auto watch = [&](const QString& field, const QString& words, const QString& keys) {
        menu.addAction(words + keys, this, [this, field] { emit watchToggled(field); });
    };
    const QString keys = QStringLiteral("\tCtrl+Shift+W");
    watch(pointer, watched_.contains(pointer) ? tr("No longer watch this field") : tr("Watch this field"), keys);
    // An item of a list may stand elsewhere after the next event: it can be watched by what it is.
    const auto at = Pointer::parse(pointer.toStdString());
    if (!at || !state_ || !state_->state.alive) return;
    if (const auto by = replay::byIdentity(state_->state.document, *at)) {
        const QString field = QString::fromStdString(*by);
        watch(field,
              watched_.contains(field) ? tr("No longer watch %1").arg(field.left(80))
                                       : tr("Watch %1, wherever it stands").arg(field.left(80)),
              {});
    }
}

}  // namespace hindcast::ui
