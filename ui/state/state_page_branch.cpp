// What the page says of a branch that stands beside the real state.
#include "ui/state/copying.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QMenu>
#include <QToolButton>

namespace hindcast::ui {

void StatePage::setBranch(const QString& name, std::shared_ptr<const BranchStateView> state)
{
    const bool shown = !name.isEmpty();
    if (name.isEmpty() != branchName_.isEmpty()) modelFitted_.clear();  // the button beside it has other words
    branchName_ = name;
    branch_ = shown ? std::move(state) : nullptr;
    tree_->setBranch(shown, branch_);
    changedOnly_->setAccessibleName(shown ? tr("Only what differs in the branch") : tr("Only what this event changed"));
    changedOnly_->setToolTip(changedOnly_->accessibleName());
    updateWords();
}

void StatePage::addBranchCopies(QMenu& menu)
{
    if (!isBranchHere()) return;
    QAction* state = menu.addAction(tr("Copy the what-&if state as JSON"), this,
                                    [this, view = branch_] { copyJson(this, view, view->document); });
    state->setEnabled(branch_->alive);
    QAction* patch = menu.addAction(tr("Copy what &differs in it as JSON patch"), this,
                                    [this, view = branch_] { copyLater(this, [view] { return patchText(view->difference); }); });
    patch->setEnabled(!branch_->difference.empty());
}

bool StatePage::isBranchHere() const
{
    return branch_ && state_ && branch_->entity == state_->entity && branch_->real == state_->state.version;
}

QString StatePage::branchNotice() const
{
    if (!isBranchHere()) return {};
    const QString name = branchName_.toHtmlEscaped();
    if (!branch_->trouble.isEmpty()) return tr("In “%1”: %2").arg(name, branch_->trouble.left(200).toHtmlEscaped());
    if (branch_->alive == branch_->realAlive) return {};
    return branch_->alive ? tr("In “%1” it lives").arg(name) : tr("In “%1” it does not live here").arg(name);
}

}  // namespace hindcast::ui
