// What stands above the list: the search, and the choice of groups, category and order.
#include "ui/entities/entity_browser.h"

#include "ui/entities/entity_list.h"
#include "ui/look/glyphs.h"
#include "ui/look/search_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kSearchPause = 120;  // ms after the last key

}  // namespace

QLayout* EntityBrowser::makeSearch()
{
    auto* field = new SearchField(theme_);
    search_ = field;
    field->setWords({tr("id, name or category…"), tr("id or name…")});
    search_->setAccessibleName(tr("Search entities"));
    search_->installEventFilter(this);
    field->setList(*list_);
    connect(field, &SearchField::entered, this, &EntityBrowser::chooseFirstHit);
    searchSoon_.setSingleShot(true);
    searchSoon_.setInterval(kSearchPause);
    connect(&searchSoon_, &QTimer::timeout, this, &EntityBrowser::search);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            search();
        else
            searchSoon_.start();
    });

    groups_ = new QToolButton;
    groups_->setCheckable(true);
    groups_->setFocusPolicy(Qt::TabFocus);
    groups_->setAccessibleName(tr("Group by category"));
    const auto dress = [this] {
        groups_->setIcon(glyphIcon(Glyph::Groups, theme_));
        groups_->setIconSize(QSize(theme_.px(14), theme_.px(14)));
        groups_->setFixedWidth(theme_.px(36));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(groups_, &QToolButton::toggled, this, [this](bool on) {
        // Rows stand among others now: the selected one stays in view, or the list begins at its first head.
        revealOwed_ = selected_.has_value();
        endOwed_ = End::Top;
        model_.setGrouped(on);
    });
    connect(groups_, &QToolButton::clicked, this, &EntityBrowser::groupedChanged);

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(search_, 1);
    row->addWidget(groups_);
    return row;
}

QLayout* EntityBrowser::makeFilters()
{
    category_ = new QComboBox;
    category_->setAccessibleName(tr("Category"));
    category_->setToolTip(tr("Category"));
    category_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(category_, &QComboBox::activated, this, [this] {
        const QVariant id = category_->currentData();
        model_.setCategory(id.isValid() ? std::optional(CategoryId{id.toUInt()}) : std::nullopt);
        updateWords();
    });
    order_ = new QComboBox;
    order_->setAccessibleName(tr("Order"));
    order_->setToolTip(tr("Order"));
    order_->addItem(tr("recent"), static_cast<int>(EntityOrder::Recent));
    order_->addItem(tr("most events"), static_cast<int>(EntityOrder::MostEvents));
    order_->addItem(tr("first seen"), static_cast<int>(EntityOrder::FirstSeen));
    const auto fit = [this] {
        order_->setMaximumWidth(QFontMetrics(theme_.text()).horizontalAdvance(tr("most events")) + theme_.px(40));
    };
    fit();
    connect(&theme_, &Theme::changed, this, fit);
    connect(order_, &QComboBox::currentIndexChanged, this, [this] {
        const auto order = static_cast<EntityOrder>(order_->currentData().toInt());
        list_->setSortMark(order == EntityOrder::Recent       ? EntityList::Last
                           : order == EntityOrder::MostEvents ? EntityList::Events
                                                              : EntityList::Name,
                           order == EntityOrder::FirstSeen ? Qt::AscendingOrder : Qt::DescendingOrder);
        endOwed_ = order != model_.order() ? End::Top : End::None;
        model_.setOrder(order);
        emit orderChanged(order);
    });
    connect(list_, &RowView::headerClicked, this, [this](int column) {
        order_->setCurrentIndex(column == EntityList::Last ? 0 : column == EntityList::Events ? 1 : 2);
    });

    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(category_, 1);
    row->addWidget(order_);
    return row;
}

void EntityBrowser::fillCategories()
{
    const auto& categories = model_.categories();
    bool same = category_->count() == static_cast<int>(categories.size()) + 1;
    for (std::size_t i = 0; same && i < categories.size(); ++i) {
        const int at = static_cast<int>(i) + 1;
        same = category_->itemText(at) == QString::fromStdString(categories[i].text) &&
               category_->itemData(at).toUInt() == categories[i].id.value;
    }
    if (!same) {
        const QSignalBlocker quiet(category_);
        category_->clear();
        category_->addItem(tr("all"));
        for (const store::Category& category : categories)
            category_->addItem(QString::fromStdString(category.text), category.id.value);
    }
    showCategory();
}

/// What is chosen is the model's to say: it may have been taken back since.
void EntityBrowser::showCategory()
{
    const auto chosen = model_.category();
    const QVariant shown = category_->currentData();
    if (chosen ? shown.isValid() && shown.toUInt() == chosen->value : category_->currentIndex() == 0) return;
    const QSignalBlocker quiet(category_);
    category_->setCurrentIndex(chosen ? std::max(0, category_->findData(chosen->value)) : 0);
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
    if (search_->hasFocus()) list_->setFocus(Qt::ShortcutFocusReason);  // not where the user has gone on meanwhile
    list_->choose(*row);
    choose();
}

/// The first row is what Enter in a search field asks for, and it may not be there yet, or never: until then one stays in the field.
void EntityBrowser::chooseFirstHit()
{
    if (searchSoon_.isActive()) search();
    firstOwed_ = true;
    chooseFirst();
}

}  // namespace hindcast::ui
