#include "ui/state/state_inspector.h"

#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/state/event_details.h"
#include "ui/state/hex_view.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

namespace hindcast::ui {

StateInspector::StateInspector(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("State and event"));
    tabs_ = new QTabBar;
    tabs_->addTab(tr("State"));
    tabs_->addTab(tr("Event"));
    tabs_->addTab(tr("Raw"));
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("What is shown of the playhead"));
    where_ = new ElidedLabel;
    where_->setProperty("role", QStringLiteral("secondary"));
    where_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme, 32);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(4, 0, 10, 0);
    row->addWidget(tabs_, 0, Qt::AlignBottom);
    row->addWidget(where_, 1);

    page_ = new StatePage(theme);
    details_ = new EventDetails(theme, false);
    details_->setEmptyText(tr("No event at the playhead"));
    part_ = new QComboBox;
    part_->setAccessibleName(tr("Which bytes"));
    part_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    hex_ = new HexView(theme);
    auto* raw = new QWidget;
    auto* rawLayout = new QVBoxLayout(raw);
    rawLayout->setContentsMargins(0, 0, 0, 0);
    rawLayout->setSpacing(0);
    auto* partRow = new QHBoxLayout;
    partRow->setContentsMargins(10, 8, 10, 6);
    partRow->addWidget(part_);
    partRow->addStretch();
    rawLayout->addLayout(partRow);
    rawLayout->addWidget(hex_, 1);

    pages_ = new QStackedWidget;
    pages_->addWidget(page_);
    pages_->addWidget(details_);
    pages_->addWidget(raw);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(pages_, 1);

    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(tabs_, &QTabBar::currentChanged, this, &StateInspector::updateBytes);
    connect(part_, &QComboBox::activated, this, &StateInspector::updateBytes);
    connect(page_, &StatePage::versionChosen, this, &StateInspector::versionChosen);
    connect(page_, &StatePage::entityChosen, this, &StateInspector::entityChosen);
    connect(page_, &StatePage::rawWanted, this, [this] { showTab(Raw); });
    connect(&page_->tree(), &StateTree::fieldChanged, this, &StateInspector::fieldChanged);
    connect(details_, &EventDetails::entityChosen, this, &StateInspector::entityChosen);
    connect(details_, &EventDetails::rawWanted, this, [this] { showTab(Raw); });
}

void StateInspector::setTypeNames(TypeNames names) { page_->setTypeNames(std::move(names)); }

void StateInspector::setHistory(std::shared_ptr<const replay::History> history)
{
    history_ = std::move(history);
    page_->setHistory(history_);
    updateWhere();
}

void StateInspector::setPlayhead(Version version)
{
    playhead_ = version;
    updateWhere();
}

void StateInspector::setState(std::shared_ptr<const StateView> state)
{
    state_ = std::move(state);
    page_->setState(state_);
    updateWhere();
}

void StateInspector::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    page_->setEvent(event_);
    details_->setEvent(event_);
    updateBytes();
}

void StateInspector::showTab(Tab tab) { tabs_->setCurrentIndex(tab); }

QString StateInspector::where() const { return where_->text(); }

QString StateInspector::currentField() const { return page_->tree().currentPointer(); }

bool StateInspector::hasPreviousChange() const { return page_->tree().previousChange().has_value(); }

bool StateInspector::hasNextChange() const { return page_->tree().nextChange().has_value(); }

void StateInspector::toPreviousChange() { page_->tree().toPreviousChange(); }

void StateInspector::toNextChange() { page_->tree().toNextChange(); }

void StateInspector::updateWhere()
{
    if (!history_) {
        where_->clear();
        where_->setToolTip({});
        return;
    }
    const Version shown = state_ && state_->entity == history_->entity ? state_->state.version : playhead_;
    QString text = StateWords::where(*history_, shown, 34);
    if (shown != playhead_) text = tr("rebuilding v%1…").arg(grouped(playhead_.value));
    where_->setText(text);
    where_->setToolTip(history_->completeness.complete ? QString()
                                                       : asTip(QString::fromStdString(history_->completeness.because)));
}

void StateInspector::updateBytes()
{
    if (tabs_->currentIndex() != Raw) return;
    const auto label = [this](const QString& name, const std::optional<std::string>& bytes) {
        return bytes ? tr("%1 · %2").arg(name, bytesText(bytes->size())) : tr("%1 · null").arg(name);
    };
    const int chosen = std::max(0, part_->currentIndex());
    part_->clear();
    if (!event_) {
        part_->addItem(tr("no event"));
        hex_->setBytes(nullptr);
        return;
    }
    part_->addItem(label(tr("value"), event_->event.value));
    part_->addItem(label(tr("key"), event_->event.key));
    part_->setCurrentIndex(chosen);
    const std::optional<std::string>& bytes = chosen == 0 ? event_->event.value : event_->event.key;
    // Shares the event's bytes: no copy of what may be megabytes.
    hex_->setBytes(bytes ? std::shared_ptr<const std::string>(event_, &*bytes) : nullptr);
}

}  // namespace hindcast::ui
