#include "ui/entities/entity_browser.h"

#include "ui/entities/entity_list.h"
#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/link_label.h"
#include "ui/look/panel_header.h"
#include "ui/look/say.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kChoosePause = 70;  // ms: a held arrow key runs along the list without loading each history

QString noEntityText(std::uint64_t events)
{
    return (events == 1 ? EntityBrowser::tr("%1 belongs to no entity") : EntityBrowser::tr("%1 belong to no entity"))
        .arg(eventsText(events));
}

}  // namespace

EntityBrowser::EntityBrowser(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Entity list"));
    count_ = new ElidedLabel;
    count_->setProperty("role", QStringLiteral("secondary"));
    auto* header = new PanelHeader(tr("Entities"), theme_);
    header->row().addWidget(count_, 1);
    list_ = new EntityList(model_, theme_);
    list_->setSortMark(EntityList::Last, Qt::DescendingOrder);
    list_->viewport()->installEventFilter(this);
    list_->installEventFilter(this);
    nothing_ = new LinkLabel(theme_);
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setMargin(16);
    nothing_->setObjectName(QStringLiteral("without-entity"));
    connect(nothing_, &QLabel::linkActivated, this, &EntityBrowser::mappingWanted);
    connect(&theme_, &Theme::changed, this, &EntityBrowser::updateNothing);
    chooseSoon_.setSingleShot(true);
    chooseSoon_.setInterval(kChoosePause);
    connect(&chooseSoon_, &QTimer::timeout, this, &EntityBrowser::choose);

    auto* fields = new QVBoxLayout;
    fields->setContentsMargins(8, 8, 8, 6);
    fields->setSpacing(6);
    fields->addLayout(makeSearch());
    fields->addLayout(makeFilters());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(fields);
    layout->addWidget(list_, 1);
    layout->addWidget(nothing_, 1);

    connectList();
    connectModel();
    fillCategories();
    updateWords();
}

void EntityBrowser::connectList()
{
    connect(list_, &RowView::currentChanged, this, [this](qint64 row) {
        if (const auto id = model_.entityAt(row)) {
            selected_ = id;
            chooseSoon_.start();
        } else {
            chooseSoon_.stop();  // a head of a group, or a pin without an entity: nothing is chosen by standing on it
        }
        updateHold();
    });
    connect(list_, &RowView::cellClicked, this, &EntityBrowser::choose);
    connect(list_, &RowView::activated, this, [this](qint64 row) {
        if (model_.at(row).kind == EntityLine::Kind::Group)
            toggleGroup(row);
        else
            choose();
    });
    connect(list_, &RowView::menuWanted, this, &EntityBrowser::showMenu);
    connect(list_, &RowView::copyWanted, this, [this](qint64 row) {
        const auto id = model_.entityAt(row);
        if (const QString key = id ? model_.keyText(*id) : QString(); !key.isEmpty()) QApplication::clipboard()->setText(key);
    });
    connect(list_, &EntityList::pinToggled, this, &EntityBrowser::togglePin);
    connect(list_, &EntityList::pinMoveWanted, this, [this](qint64 row, int by) {
        const EntityLine line = model_.at(row);
        const bool pin = line.kind == EntityLine::Kind::Pin || line.kind == EntityLine::Kind::MissingPin;
        if (pin) movePin(model_.lines().pins()[line.index].entity, by);
    });
    connect(list_, &EntityList::groupToggled, this, &EntityBrowser::toggleGroup);
    connect(list_, &RowView::visibleRowsChanged, this, [this](qint64 first, qint64 last) {
        model_.lookAt(first, last);
        updateHold();
    });
}

void EntityBrowser::connectModel()
{
    connect(&model_, &EntitiesModel::categoriesChanged, this, &EntityBrowser::fillCategories);
    connect(&model_, &EntitiesModel::changed, this, [this] {
        showCategory();
        list_->rowsChanged();
        updateWords();
        chooseFirst();
    });
    connect(&model_, &EntitiesModel::reordered, this, [this] {
        list_->setCurrentRow(RowView::kNone, false);
        list_->rowsChanged();
        goToEnd(std::exchange(endOwed_, End::None));
        placeSelection(false);
        showCategory();
        updateWords();
        chooseFirst();
    });
    connect(&model_, &EntitiesModel::regrouped, this, [this] {
        const bool onHead = model_.at(list_->currentRow()).kind == EntityLine::Kind::Group;
        list_->rowsChanged();
        if (!onHead) placeSelection(false);
    });
    connect(&model_, &EntitiesModel::shifted, this, [this](qint64 rows) {
        // What one looks at stays where it is: the list moves with the rows that have come above it.
        const qint64 top = list_->topRow();
        list_->setCurrentRow(RowView::kNone, false);
        list_->rowsChanged();
        if (top > 0) list_->setTopRow(top + rows);
        placeSelection(untouched_);  // a workspace that opens learns of its pins a moment after its selection
        updateWords();
    });
}

void EntityBrowser::setSelected(std::optional<EntityId> id)
{
    if (id == selected_) return;
    selected_ = id;
    untouched_ = true;
    placeSelection(true);
}

void EntityBrowser::setIdleHint(const QString& hint)
{
    if (std::exchange(idleHint_, hint) != hint) updateWords();
}

void EntityBrowser::setWithoutEntity(std::uint64_t events)
{
    if (std::exchange(withoutEntity_, events) != events) updateWords();
}

void EntityBrowser::setGrouped(bool grouped) { groups_->setChecked(grouped); }

void EntityBrowser::setOrder(EntityOrder order)
{
    // What nobody knows (a setting of another version) changes nothing.
    if (const int at = order_->findData(static_cast<int>(order)); at >= 0) order_->setCurrentIndex(at);
}

void EntityBrowser::choose()
{
    chooseSoon_.stop();
    const auto id = model_.entityAt(list_->currentRow());
    if (!id) return;
    selected_ = id;
    emit entityChosen(*id);
}

void EntityBrowser::chooseNext(int direction)
{
    const auto at = selected_ ? model_.rowOf(*selected_) : std::nullopt;
    const auto row = model_.nextEntityRow(at.value_or(direction > 0 ? -1 : model_.rowCount()), direction);
    if (!row) return;
    list_->setCurrentRow(*row);
    selected_ = model_.entityAt(*row);
    chooseSoon_.start();
}

void EntityBrowser::placeSelection(bool reveal)
{
    const auto row = selected_ ? model_.rowOf(*selected_) : std::nullopt;
    const bool owed = reveal || revealOwed_;
    revealOwed_ = owed && selected_ && !row;  // not among the rows yet: they are being put in order
    list_->setCurrentRow(row.value_or(RowView::kNone), owed);
}

void EntityBrowser::updateWords()
{
    const auto shown = static_cast<std::uint64_t>(model_.matching());
    const bool part = model_.isFiltered();
    const QString names = tr("names: %1 of %2 looked at").arg(grouped(model_.namesLooked()), grouped(model_.namesTotal()));
    say(*count_, tr("Number of entities"),
        model_.isLookingAtNames() ? tr("%1 · %2").arg(grouped(shown), names)
        : part                    ? tr("%1 of %2").arg(grouped(shown), grouped(model_.total()))
                                  : grouped(model_.total()));
    QString counts;
    if (!model_.searchText().isEmpty())
        counts = tr("%1 of %2 hold “%3”").arg(grouped(shown), grouped(model_.total()), model_.searchText().left(60));
    else if (part)
        counts = tr("%1 of %2 are of this category").arg(grouped(shown), grouped(model_.total()));
    // They stand above the others, and one that does not fit is not among those counted.
    if (part && model_.lines().pinRows() > 0) counts += tr("; pinned ones are listed whether they do or not");
    count_->setToolTip(asTip(counts));
    groups_->setEnabled(!part);
    groups_->setToolTip(!part                           ? tr("Group by category")
                        : model_.searchText().isEmpty() ? tr("Group by category: there is one category alone now")
                                                        : tr("Group by category: what is found stands in one list"));
    if (model_.isSearching())
        list_->setEmptyText(tr("Searching…"));
    else if (model_.isLookingAtNames())
        list_->setEmptyText(tr("No id holds “%1”").arg(model_.searchText().left(60)), tr("Looking on… %1.").arg(names));
    else if (!model_.searchText().isEmpty())
        list_->setEmptyText(
            tr("No entity holds “%1”").arg(model_.searchText().left(60)),
            model_.namesTotal() > 0 ? tr("Ids, categories and names are searched.") : tr("Ids and categories are searched."));
    else if (model_.category().has_value() && model_.total() > 0)
        list_->setEmptyText(tr("No entity in this category"));
    else
        list_->setEmptyText(withoutEntity_ > 0 ? noEntityText(withoutEntity_) : tr("No entities yet"),
                            withoutEntity_ > 0 ? QString() : idleHint_);
    list_->setNote(list_->emptyText());
    updateNothing();
}

void EntityBrowser::updateNothing()
{
    const bool nothing = withoutEntity_ > 0 && model_.total() == 0 && model_.rowCount() == 0 && model_.searchText().isEmpty();
    if (nothing)
        say(*nothing_, {},
            QStringLiteral("%1.<br><br><a style=\"color:%2\" href=\"mapping\">%3</a>")
                .arg(noEntityText(withoutEntity_), theme_.color(Theme::Role::Link).name(), tr("How records become events…")));
    nothing_->setVisible(nothing);
    list_->setVisible(!nothing);
}

QString EntityBrowser::countText() const { return count_->text(); }

void EntityBrowser::holdOrder(bool held)
{
    const bool letGo = std::exchange(orderHeld_, held) && !held;
    updateHold();
    // More may have come before an order that waits for a pause is made: it would be held again.
    if (letGo) model_.mendOrder();
}

void EntityBrowser::showNewest()
{
    if (!model_.searchText().isEmpty()) return;  // what was found is no place for what is new
    const bool atBottom = model_.order() == EntityOrder::FirstSeen && !model_.grouped();
    const End end = atBottom ? End::Bottom : End::Top;
    goToEnd(end);
    endOwed_ = model_.isSettled() ? End::None : end;  // and again once they are in order
}

void EntityBrowser::goToEnd(End end)
{
    if (end != End::None) list_->setTopRow(end == End::Top ? 0 : model_.rowCount());
}

void EntityBrowser::updateHold()
{
    model_.setHeld(orderHeld_ || list_->topRow() > 0 || list_->viewport()->underMouse() ||
                   (list_->hasFocus() && list_->currentRow() != RowView::kNone));
}

bool EntityBrowser::eventFilter(QObject* watched, QEvent* event)
{
    // Down from a search goes to what was found first, though the selected one may be among it; else to where one stood.
    const bool down =
        watched == search_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down;
    if (down && (!search_->text().trimmed().isEmpty() || list_->currentRow() == RowView::kNone)) {
        chooseFirstHit();
        return true;
    }
    const QEvent::Type type = event->type();
    if (type == QEvent::Wheel || type == QEvent::MouseButtonPress || type == QEvent::KeyPress) untouched_ = false;
    if (watched != search_ &&
        (type == QEvent::Enter || type == QEvent::Leave || type == QEvent::FocusIn || type == QEvent::FocusOut)) {
        // After the event: underMouse() and hasFocus() are set by it.
        QTimer::singleShot(0, this, &EntityBrowser::updateHold);
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace hindcast::ui
