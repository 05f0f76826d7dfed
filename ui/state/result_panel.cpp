#include "ui/state/result_panel.h"

#include "ui/look/elided_label.h"
#include "ui/look/hairline.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"

#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kLines = 5;  // its column heads among them; more is scrolled

}  // namespace

ResultPanel::ResultPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), title_(new ElidedLabel), tree_(new StateTree(theme))
{
    title_->setProperty("role", QStringLiteral("title"));
    title_->setText(tr("Result of the projection"));
    title_->setToolTip(tr("What its transforms (transformBy, filterBy) make of the state"));
    title_->setContentsMargins(10, 5, 10, 4);
    tree_->setAccessibleName(tr("Result of the projection"));
    tree_->setSetByShown(false);
    const auto dress = [this] { tree_->setFixedHeight(kLines * theme_.rowHeight()); };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(tree_, &StateTree::valueWanted, this,
            [this](const QString& pointer, const std::shared_ptr<const void>& owner, const Json* value) {
                (new ValuePopup(theme_, pointer.isEmpty() ? title_->text() : pointer, owner, *value, this))->open();
            });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Hairline(theme));
    layout->addWidget(title_);
    layout->addWidget(tree_);
    hide();
}

void ResultPanel::setResult(std::shared_ptr<const StateView> result)
{
    tree_->setEmptyText(tr("The projection shows nothing of this state"));
    setVisible(result != nullptr);
    tree_->setView(std::move(result));
}

}  // namespace hindcast::ui
