#include "ui/entities/entity_browser.h"

#include "ui/entities/entity_list.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/say.h"
#include "ui/look/search_field.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kSearchPause = 120;  // ms after the last key
constexpr int kChoosePause = 70;   // ms: a held arrow key runs along the list without loading each history

}  // namespace

EntityBrowser::EntityBrowser(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Entity list"));
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    auto* title = new QLabel(tr("Entities"));
    title->setProperty("role", QStringLiteral("title"));
    count_ = new ElidedLabel;
    count_->setProperty("role", QStringLiteral("secondary"));
    auto* headerRow = new QHBoxLayout(header);
    headerRow->setContentsMargins(10, 0, 8, 0);
    headerRow->setSpacing(8);
    headerRow->addWidget(title);
    headerRow->addWidget(count_, 1);
    fixHeight(*header, theme_, 32);

    auto* field = new SearchField(theme_);
    search_ = field;
    search_->setPlaceholderText(tr("id, name or category…"));
    search_->setAccessibleName(tr("Search entities"));
    search_->installEventFilter(this);

    category_ = new QComboBox;
    category_->setAccessibleName(tr("Category"));
    category_->setToolTip(tr("Category"));
    category_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    order_ = new QComboBox;
    order_->setAccessibleName(tr("Order"));
    order_->setToolTip(tr("Order"));
    order_->addItem(tr("recent"), static_cast<int>(EntityOrder::Recent));
    order_->addItem(tr("most events"), static_cast<int>(EntityOrder::MostEvents));
    order_->addItem(tr("first seen"), static_cast<int>(EntityOrder::FirstSeen));

    groups_ = new QToolButton;
    groups_->setCheckable(true);
    groups_->setFocusPolicy(Qt::TabFocus);
    groups_->setAccessibleName(tr("Group by category"));
    const auto dress = [this] {
        order_->setMaximumWidth(QFontMetrics(theme_.text()).horizontalAdvance(tr("most events")) + theme_.px(40));
        groups_->setIcon(glyphIcon(Glyph::Groups, theme_));
        groups_->setIconSize(QSize(theme_.px(14), theme_.px(14)));
        groups_->setFixedWidth(theme_.px(36));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(groups_, &QToolButton::toggled, this, [this](bool on) {
        // Rows stand among others now: the selected one stays in view, or the list begins at its first head.
        revealOwed_ = selected_.has_value();
        topOwed_ = true;
        model_.setGrouped(on);
    });
    connect(groups_, &QToolButton::clicked, this, &EntityBrowser::groupedChanged);

    auto* searching = new QHBoxLayout;
    searching->setSpacing(6);
    searching->addWidget(search_, 1);
    searching->addWidget(groups_);
    auto* filters = new QHBoxLayout;
    filters->setSpacing(6);
    filters->addWidget(category_, 1);
    filters->addWidget(order_);
    auto* fields = new QVBoxLayout;
    fields->setContentsMargins(8, 8, 8, 6);
    fields->setSpacing(6);
    fields->addLayout(searching);
    fields->addLayout(filters);

    list_ = new EntityList(model_, theme_);
    list_->setSortMark(EntityList::Last, Qt::DescendingOrder);
    list_->viewport()->installEventFilter(this);
    list_->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(fields);
    layout->addWidget(list_, 1);

    searchSoon_.setSingleShot(true);
    searchSoon_.setInterval(kSearchPause);
    connect(&searchSoon_, &QTimer::timeout, this, &EntityBrowser::search);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            search();
        else
            searchSoon_.start();
    });
    connect(category_, &QComboBox::activated, this, [this] {
        const QVariant id = category_->currentData();
        model_.setCategory(id.isValid() ? std::optional(CategoryId{id.toUInt()}) : std::nullopt);
        updateWords();
    });
    connect(order_, &QComboBox::currentIndexChanged, this, [this] {
        const auto order = static_cast<EntityOrder>(order_->currentData().toInt());
        list_->setSortMark(order == EntityOrder::Recent       ? EntityList::Last
                           : order == EntityOrder::MostEvents ? EntityList::Events
                                                              : EntityList::Name,
                           order == EntityOrder::FirstSeen ? Qt::AscendingOrder : Qt::DescendingOrder);
        topOwed_ = order != model_.order();
        model_.setOrder(order);
    });
    connect(list_, &RowView::headerClicked, this, [this](int column) {
        order_->setCurrentIndex(column == EntityList::Last ? 0 : column == EntityList::Events ? 1 : 2);
    });

    chooseSoon_.setSingleShot(true);
    chooseSoon_.setInterval(kChoosePause);
    connect(&chooseSoon_, &QTimer::timeout, this, &EntityBrowser::choose);
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
    field->setList(*list_);
    connect(field, &SearchField::entered, this, &EntityBrowser::enterList);
    connect(list_, &RowView::visibleRowsChanged, this, [this](qint64 first, qint64 last) {
        model_.lookAt(first, last);
        updateHold();
    });

    connect(&model_, &EntitiesModel::changed, this, [this] {
        fillCategories();
        list_->rowsChanged();
        updateWords();
        chooseFirst();
    });
    connect(&model_, &EntitiesModel::reordered, this, [this] {
        list_->setCurrentRow(RowView::kNone, false);
        list_->rowsChanged();
        if (std::exchange(topOwed_, false)) list_->setTopRow(0);  // another order is asked for to see its first
        placeSelection(false);
        fillCategories();
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
    fillCategories();
    updateWords();
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
    idleHint_ = hint;
    updateWords();
}

void EntityBrowser::setGrouped(bool grouped) { groups_->setChecked(grouped); }

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

void EntityBrowser::fillCategories()
{
    const auto& categories = model_.categories();
    const QSignalBlocker quiet(category_);
    bool same = category_->count() == static_cast<int>(categories.size()) + 1;
    for (std::size_t i = 0; same && i < categories.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        same = category_->itemText(at) == QString::fromStdString(categories[i].text) &&
               category_->itemData(at).toUInt() == categories[i].id.value;
    }
    if (!same) {
        category_->clear();
        category_->addItem(tr("all"));
        for (const store::Category& category : categories)
            category_->addItem(QString::fromStdString(category.text), category.id.value);
    }
    // What is chosen is the model's to say: it may have been taken back since.
    const int chosen = model_.category() ? category_->findData(model_.category()->value) : 0;
    category_->setCurrentIndex(std::max(0, chosen));
}

void EntityBrowser::searchAgain()
{
    if (!searchSoon_.isActive()) search();
}

void EntityBrowser::search()
{
    searchSoon_.stop();
    const QString text = search_->text().trimmed();
    if (text == model_.searchText()) return;
    firstOwed_ = false;
    if (text.isEmpty()) revealOwed_ = true;  // what was chosen among the hits stays in sight among all
    model_.beginSearch(text);
    emit searchWanted(text);
    updateWords();
}

void EntityBrowser::chooseFirst()
{
    if (!firstOwed_) return;
    const auto row = model_.firstHit();
    if (!row && !model_.isSettled()) return;
    firstOwed_ = false;
    if (!row) return;
    list_->choose(*row);
    choose();
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
        list_->setEmptyText(tr("No entities yet"), idleHint_);
    list_->setNote(list_->emptyText());
}

QString EntityBrowser::countText() const { return count_->text(); }

void EntityBrowser::holdOrder(bool held)
{
    const bool letGo = std::exchange(orderHeld_, held) && !held;
    updateHold();
    // More may have come before an order that waits for a pause is made: it would be held again.
    if (letGo) model_.mendOrder();
}

void EntityBrowser::updateHold()
{
    model_.setHeld(orderHeld_ || list_->topRow() > 0 || list_->viewport()->underMouse() ||
                   (list_->hasFocus() && list_->currentRow() != RowView::kNone));
}

/// The first row is what Enter in a search field asks for, and it may not be there yet.
void EntityBrowser::enterList()
{
    if (searchSoon_.isActive()) search();
    list_->setFocus(Qt::ShortcutFocusReason);
    firstOwed_ = true;
    chooseFirst();
}

bool EntityBrowser::eventFilter(QObject* watched, QEvent* event)
{
    // Down from a search goes to what was found first, though the selected one may be among it; else to where one stood.
    const bool down =
        watched == search_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Down;
    if (down && (!search_->text().trimmed().isEmpty() || list_->currentRow() == RowView::kNone)) {
        enterList();
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
