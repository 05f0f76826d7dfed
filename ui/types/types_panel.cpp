#include "ui/types/types_panel.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/panel_header.h"
#include "ui/look/search_field.h"
#include "ui/types/types_list.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace hindcast::ui {

namespace {

constexpr int kLeastScope = 70;    // px
constexpr int kOrderPause = 3000;  // ms between two orders of rows that are looked at, while figures change

}  // namespace

TypesPanel::TypesPanel(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Event types"));
    auto* search = new SearchField(theme_);
    search_ = search;
    search_->setPlaceholderText(tr("event type…"));
    search_->setAccessibleName(tr("Search event types"));
    search_->installEventFilter(this);
    hidden_ = new ElidedLabel;
    hidden_->setProperty("role", QStringLiteral("secondary"));
    showAll_ = new QToolButton;
    showAll_->setProperty("bare", true);
    showAll_->setText(tr("Show all"));
    showAll_->setAccessibleName(tr("Show events of all types"));
    showAll_->setFocusPolicy(Qt::StrongFocus);
    list_ = new TypesList(model_, theme_);
    list_->installEventFilter(this);
    list_->viewport()->installEventFilter(this);

    bar_ = new QWidget;
    auto* barRow = new QHBoxLayout(bar_);
    barRow->setContentsMargins(10, 0, 4, 0);
    barRow->addWidget(hidden_, 1);
    barRow->addWidget(showAll_);
    body_ = new QWidget;
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    searchRow_ = new QWidget;
    auto* searchLayout = new QHBoxLayout(searchRow_);
    searchLayout->setContentsMargins(8, 4, 8, 4);
    searchLayout->addWidget(search_);
    column->addWidget(searchRow_);
    column->addWidget(list_, 1);
    // Beneath the rows: it comes while one clicks on them, and they must stay where they are.
    column->addWidget(bar_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(body_, 1);

    connectSearch(*search);
    connectList();
    const auto fit = [this] {
        list_->setMinimumHeight(2 * theme_.rowHeight());
        fitHeight();
    };
    fit();
    connect(&theme_, &Theme::changed, this, fit);
    updateWords();
}

void TypesPanel::connectSearch(SearchField& field)
{
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) { model_.setSearch(text.trimmed()); });
    connect(list_, &RowView::textTyped, searchRow_, &QWidget::show);
    field.setList(*list_);
    connect(&field, &SearchField::entered, &field, &SearchField::toList);
}

void TypesPanel::connectList()
{
    connect(showAll_, &QToolButton::clicked, this, &TypesPanel::allWanted);
    connect(list_, &TypesList::toggleWanted, this, [this](TypeId type) {
        if (const auto row = model_.rowOf(type); row >= 0) emit shownWanted(type, !model_.isShown(row));
    });
    connect(list_, &TypesList::onlyWanted, this, [this](TypeId type) { emit onlyWanted({type}); });
    connect(list_, &TypesList::allWanted, this, &TypesPanel::allWanted);
    connect(list_, &TypesList::stepWanted, this, &TypesPanel::stepWanted);
    connect(list_, &RowView::menuWanted, this, &TypesPanel::openMenu);
    connect(list_, &RowView::copyWanted, this, [this](qint64 row) { QApplication::clipboard()->setText(model_.name(row)); });
    connect(list_, &RowView::currentChanged, this, [this](qint64 row) { current_ = model_.idAt(row); });
    connect(list_, &RowView::visibleRowsChanged, this,
            [this](qint64 first, qint64 last) { model_.lookAt(first, folded_ ? first - 1 : last); });
    connect(&model_, &TypesModel::changed, this, [this] {
        list_->rowsChanged();
        updateWords();
        if (model_.isStale() && !orderLater_.isActive()) orderLater_.start();
    });
    orderLater_.setObjectName(QStringLiteral("order"));
    orderLater_.setSingleShot(true);
    orderLater_.setInterval(kOrderPause);
    connect(&orderLater_, &QTimer::timeout, this, &TypesPanel::mendOrder);
    connect(&model_, &TypesModel::reordered, this, [this] {
        list_->setCurrentRow(RowView::kNone, false);
        list_->rowsChanged();
        keepCurrent();
        updateWords();
    });
}

bool TypesPanel::isListUsed() const
{
    return list_->viewport()->underMouse() || (list_->hasFocus() && list_->currentRow() != RowView::kNone) ||
           QApplication::activePopupWidget() != nullptr;
}

/// Figures move no row under the pointer or the keyboard; where neither is, the order follows them at its pace.
void TypesPanel::mendOrder()
{
    if (!model_.isStale()) return;
    if (isListUsed()) return orderLater_.start();
    model_.mendOrder();
}

QWidget* TypesPanel::makeHeader()
{
    auto* header = new PanelHeader(tr("Event types"), theme_);
    scope_ = new QToolButton;
    scope_->setProperty("bare", true);
    scope_->setPopupMode(QToolButton::InstantPopup);
    scope_->setFocusPolicy(Qt::StrongFocus);
    scope_->setToolTip(tr("Which types are listed, and in which order"));
    scope_->setMinimumWidth(kLeastScope);  // its words give way
    fillMenu();
    scope_->setMenu(menu_);
    fold_ = new QToolButton;
    fold_->setProperty("bare", true);
    fold_->setFocusPolicy(Qt::StrongFocus);
    connect(fold_, &QToolButton::clicked, this, [this] { setFolded(!folded_); });
    connect(&theme_, &Theme::changed, this, [this] { updateWords(); });
    header_ = header;
    QHBoxLayout& row = header->row();
    row.setSpacing(4);
    row.addWidget(scope_);
    row.addStretch(1);
    row.addWidget(fold_);
    return header;
}

void TypesPanel::fillMenu()
{
    menu_ = new QMenu(this);
    auto* scopes = new QActionGroup(menu_);
    auto* orders = new QActionGroup(menu_);
    const auto add = [this](QActionGroup* group, const QString& text, auto run) {
        QAction* action = menu_->addAction(text);
        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, run] {
            run();
            if (list_->currentRow() != RowView::kNone) list_->ensureVisible(list_->currentRow());
            updateWords();
        });
        return action;
    };
    QAction* entity = add(scopes, tr("In this entity"), [this] { model_.setScope(TypesModel::Scope::Entity); });
    QAction* whole = add(scopes, tr("All"), [this] { model_.setScope(TypesModel::Scope::All); });
    menu_->addSeparator();
    QAction* frequent = add(orders, tr("Most frequent first"), [this] { model_.setOrder(TypesModel::Order::Count); });
    QAction* named = add(orders, tr("By name"), [this] { model_.setOrder(TypesModel::Order::Name); });
    menu_->addSeparator();
    QAction* found = menu_->addAction(tr("Only those found"), this, [this] { emit onlyWanted(model_.listed()); });
    QAction* all = menu_->addAction(tr("Show all\tCtrl+A"), this, &TypesPanel::allWanted);
    connect(menu_, &QMenu::aboutToShow, this, [=, this] {
        (model_.scope() == TypesModel::Scope::Entity ? entity : whole)->setChecked(true);
        (model_.order() == TypesModel::Order::Count ? frequent : named)->setChecked(true);
        // Rows keep their places while figures change: here is where they are asked to take those that they have now.
        frequent->setText(model_.isStale() && model_.order() == TypesModel::Order::Count ? tr("Most frequent first, by now")
                                                                                         : tr("Most frequent first"));
        found->setVisible(!model_.search().isEmpty() && model_.rowCount() > 0);
        found->setText(tr("Only the %1 found").arg(grouped(static_cast<std::uint64_t>(model_.rowCount()))));
        all->setEnabled(model_.hidesAny());
    });
}

void TypesPanel::setState(State state)
{
    state_ = state;
    updateWords();
}

void TypesPanel::setFolded(bool folded)
{
    if (folded == folded_) return;
    folded_ = folded;
    const auto [first, last] = list_->visibleRows();
    model_.lookAt(first, folded ? first - 1 : last);
    body_->setVisible(!folded);
    fitHeight();
    updateWords();
    emit foldedChanged(folded);
}

void TypesPanel::fitHeight() { setMaximumHeight(folded_ ? theme_.px(PanelHeader::kHeight) : QWIDGETSIZE_MAX); }

QString TypesPanel::note() const { return model_.hidesAny() ? hidden_->text() : QString(); }

void TypesPanel::updateWords()
{
    const bool entity = model_.scope() == TypesModel::Scope::Entity;
    fitScope();
    scope_->setAccessibleName(tr("Event types listed: %1").arg(entity ? tr("in this entity") : tr("all")));
    fold_->setIcon(glyphIcon(folded_ ? Glyph::ChevronRight : Glyph::ChevronDown, theme_, Theme::Role::TextSecondary));
    fold_->setAccessibleName(folded_ ? tr("Unfold the event types") : tr("Fold the event types away"));
    fold_->setToolTip(fold_->accessibleName());

    const std::size_t hidden = model_.hidden();
    hidden_->setText(hidden > 0 ? tr("%1 of %2 hidden").arg(grouped(hidden), grouped(model_.total()))
                     : entity   ? tr("none of these is hidden")
                                : tr("none is hidden yet"));
    // With its last use the button goes: the keyboard stays in the panel.
    if (!model_.hidesAny() && showAll_->hasFocus()) list_->setFocus(Qt::OtherFocusReason);
    bar_->setVisible(model_.hidesAny());
    searchRow_->setVisible(model_.total() >= kSearchFrom || !search_->text().isEmpty() || search_->hasFocus());

    if (!model_.search().isEmpty() && model_.total() > 0)
        list_->setEmptyText(tr("No type holds “%1”").arg(model_.search().left(60)));
    else if (state_ == State::NoWorkspace)
        list_->setEmptyText(tr("No event types yet"));
    else if (entity && state_ == State::NoEntities)
        list_->setEmptyText(tr("No entities yet"), tr("“all” lists the event types of the whole log."));
    else if (entity && state_ == State::NoEntity)
        list_->setEmptyText(tr("Select an entity to see its event types"), tr("“all” lists those of the whole log."));
    else if (entity && state_ == State::Loading)
        list_->setEmptyText(tr("Reading the history…"));
    else
        list_->setEmptyText(tr("No events yet"));
}

void TypesPanel::fitScope()
{
    const bool entity = model_.scope() == TypesModel::Scope::Entity;
    const auto tooWide = [this] { return isVisible() && header_->layout()->sizeHint().width() > width(); };
    scope_->setMinimumWidth(kLeastScope);
    scope_->setText(entity ? tr("in this entity") : tr("all"));
    if (entity && tooWide()) scope_->setText(tr("this entity"));
    if (!entity || !tooWide()) return;
    // The shortest words stay whole: cut, they would be so on both sides.
    scope_->setText(tr("entity"));
    scope_->setMinimumWidth(scope_->sizeHint().width());
}

void TypesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitScope();
}

/// The size that it begins with was given to it before it could tell what its words need.
void TypesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fitScope();
}

void TypesPanel::keepCurrent()
{
    // Not brought into view: what one looks at stays where it is.
    if (current_) list_->setCurrentRow(model_.rowOf(*current_), false);
}

void TypesPanel::say(const QString& text)
{
    const qint64 row = current_ ? model_.rowOf(*current_) : -1;
    const QPoint at = row < 0 ? QPoint(8, 8) : list_->cellRect(row, 0).bottomLeft();
    QToolTip::showText(list_->viewport()->mapToGlobal(at), asTip(text), list_->viewport());
}

void TypesPanel::openMenu(qint64 row, const QPoint& position)
{
    const TypeId type = model_.idAt(row);
    const bool shown = model_.isShown(row);
    current_ = type;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Only this type\tEnter"), this, [this, type] { emit onlyWanted({type}); })
        ->setEnabled(!model_.isOnly(row));
    menu->addAction(shown ? tr("Hide\tSpace") : tr("Show\tSpace"), this, [this, type, shown] { emit shownWanted(type, !shown); });
    menu->addAction(tr("Show all\tCtrl+A"), this, &TypesPanel::allWanted)->setEnabled(model_.hidesAny());
    menu->addSeparator();
    const bool occurs = model_.occursInEntity(type);
    menu->addAction(tr("Previous event of this type\tLeft"), this, [this, type] { emit stepWanted(type, false); })
        ->setEnabled(occurs);
    menu->addAction(tr("Next event of this type\tRight"), this, [this, type] { emit stepWanted(type, true); })
        ->setEnabled(occurs);
    menu->addSeparator();
    menu->addAction(tr("Copy name\tCtrl+C"), this, [name = model_.name(row)] { QApplication::clipboard()->setText(name); });
    menu->popup(position);
}

bool TypesPanel::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    // After the event: hasFocus() is set by it.
    if (type == QEvent::FocusIn || type == QEvent::FocusOut) QTimer::singleShot(0, this, &TypesPanel::updateWords);
    if (watched != search_ && (type == QEvent::Leave || type == QEvent::FocusOut))
        QTimer::singleShot(0, this, &TypesPanel::mendOrder);
    return QWidget::eventFilter(watched, event);
}

}  // namespace hindcast::ui
