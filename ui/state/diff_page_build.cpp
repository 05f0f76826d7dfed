// The parts of the differences' page, and what they do.
#include "ui/look/check_box.h"
#include "ui/look/elided_label.h"
#include "ui/look/glyphs.h"
#include "ui/look/panel_header.h"
#include "ui/look/search_field.h"
#include "ui/state/aligned_list.h"
#include "ui/state/between_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/entity_field.h"
#include "ui/state/version_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace hindcast::ui {

namespace {

QToolButton* button(const QString& text, const QString& tip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

constexpr int kLeastBeside = 560;  // px of a desk: narrower, and what says where stands beneath

ElidedLabel* line(const char* role)
{
    auto* label = new ElidedLabel;
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

}  // namespace

QLayout* DiffPage::buildPickers()
{
    swap_ = button(tr("swap"), tr("Swap A and B"));
    reset_ = button(tr("reset"), tr("Back to the selected entity: the version before the playhead, and the playhead"));
    both_ = new CheckBox(tr("Both as of the playhead"), theme_);
    both_->setToolTip(tr("Else each at its own mark, A or B"));
    pick_ = new QGridLayout;
    pick_->setContentsMargins(10, 8, 10, 2);
    pick_->setHorizontalSpacing(6);
    for (std::size_t side = 0; side < 2; ++side) {
        entities_[side] = new EntityField;
        entities_[side]->setAccessibleName(side == 0 ? tr("Entity of side A") : tr("Entity of side B, to compare with"));
        entities_[side]->setPlaceholderText(tr("category/id"));
        entities_[side]->setMinimumWidth(72);
        pickers_[side] = new VersionBox(
            side == 0 ? tr("Version A, the earlier side") : tr("Version B, the later side"), [this, side](const QString& number) {
                if (!sides_[side].history) return;
                beyond_ = tr("There is no v%1: the last is v%2.").arg(number).arg(sides_[side].history->last().value);
                // Also where the last stood there already.
                QMetaObject::invokeMethod(this, &DiffPage::updateWords, Qt::QueuedConnection);
            });
        places_[side] = line("secondary");
        auto* letter = new QLabel(side == 0 ? tr("A") : tr("B"));
        letter->setBuddy(entities_[side]);
        const int row = 2 * static_cast<int>(side);
        pick_->addWidget(letter, row, 0);
        pick_->addWidget(entities_[side], row, 1);
        pick_->addWidget(pickers_[side], row, 2);
        pick_->addWidget(side == 0 ? swap_ : reset_, row, 4);
    }
    pick_->addWidget(both_, 4, 1, 1, 4);
    pick_->setColumnStretch(1, 3);
    return pick_;
}

/// Where a side stands, and how much differs: beside what they are of where there is room, else on lines of their own. By the width
/// alone, so that nothing moves while one scrubs.
void DiffPage::arrange()
{
    const bool narrow = width() < theme_.px(kLeastBeside);
    if (narrow_ == narrow) return;
    narrow_ = narrow;
    for (std::size_t side = 0; side < 2; ++side) {
        const int row = 2 * static_cast<int>(side);
        pick_->removeWidget(places_[side]);
        places_[side]->setContentsMargins(0, 0, 0, narrow ? 4 : 0);
        if (narrow)
            pick_->addWidget(places_[side], row + 1, 1, 1, 4);
        else
            pick_->addWidget(places_[side], row, 3);
    }
    pick_->setVerticalSpacing(narrow ? 1 : 5);
    pick_->setColumnStretch(3, narrow ? 0 : 4);
    titles_->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    titles_->setSpacing(narrow ? 2 : 10);
    title_->setAlignment((narrow ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    updateWords();
    layout()->activate();  // else it would be painted once as it was
}

QLayout* DiffPage::buildModes()
{
    modes_ = new QComboBox;
    modes_->setAccessibleName(tr("How the differences are shown"));
    const auto add = [this](Mode mode, const QString& text, const QString& tip) {
        modes_->insertItem(static_cast<int>(mode), text);
        modes_->setItemData(static_cast<int>(mode), tip, Qt::ToolTipRole);
    };
    add(Mode::List, tr("List"), tr("What differs, a line for each field"));
    add(Mode::Unified, tr("Unified"), tr("Both states as one text, with − and + before what differs"));
    add(Mode::SideBySide, tr("Side by side"), tr("Both states beside each other"));
    add(Mode::Between, tr("What happened between"), tr("The events that happened between A and B"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 4, 10, 2);
    row->setSpacing(6);
    row->addWidget(modes_);
    row->addStretch(1);
    buildCopyMenu();
    QToolButton* copying = button(tr("copy"), tr("Copy or export the differences"));
    copying->setMenu(copy_);
    copying->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(copying);
    return row;
}

QLayout* DiffPage::buildTools()
{
    search_ = new SearchField(theme_);
    search_->setPlaceholderText(tr("find…"));
    search_->setAccessibleName(tr("Filter the differences by field or value"));
    search_->setMinimumWidth(56);
    only_ = button(tr("only differences"), tr("Fold what is equal"));
    only_->setCheckable(true);
    previous_ = bareButton(tr("Previous difference (Shift+F7)"));
    next_ = bareButton(tr("Next difference (F7)"));
    const auto dress = [this] {
        previous_->setIcon(glyphIcon(Glyph::Previous, theme_));
        next_->setIcon(glyphIcon(Glyph::Next, theme_));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(10, 2, 10, 6);
    tools->setSpacing(6);
    tools->addWidget(search_, 1);
    tools->addWidget(only_);
    tools->addWidget(previous_);
    tools->addWidget(next_);
    return tools;
}

QLayout* DiffPage::buildTitle()
{
    header_ = line("title");
    title_ = line("secondary");
    titles_ = new QBoxLayout(QBoxLayout::LeftToRight);
    titles_->setContentsMargins(10, 4, 10, 5);
    titles_->addWidget(header_, 1);
    titles_->addWidget(title_);
    return titles_;
}

void DiffPage::connectPickers()
{
    const auto forget = [this] {
        if (beyond_.isEmpty()) return;
        beyond_.clear();
        updateWords();
    };
    for (int side = 0; side < 2; ++side) {
        QSpinBox* box = pickers_[static_cast<std::size_t>(side)];
        EntityField* entity = entities_[static_cast<std::size_t>(side)];
        connect(box->findChild<QLineEdit*>(), &QLineEdit::textEdited, this, forget);
        connect(box, &QSpinBox::valueChanged, this,
                [this, side](int version) { emit heldChanged(side, Version{static_cast<std::uint64_t>(version)}); });
        connect(entity, &EntityField::typed, this, forget);
        connect(entity, &EntityField::searchWanted, this, &DiffPage::searchWanted);
        connect(entity, &EntityField::entityEntered, this, [this, side](const QString& name) { emit entityChosen(side, name); });
        connect(entity, &EntityField::notFound, this, [this](const QString& text) {
            beyond_ = tr("No entity is called “%1”. Type its id, or category/id.").arg(text.left(80).toHtmlEscaped());
            updateWords();
        });
    }
    connect(both_, &QCheckBox::clicked, this, &DiffPage::atPlayheadChosen);
    connect(swap_, &QToolButton::clicked, this, &DiffPage::swapWanted);
    connect(reset_, &QToolButton::clicked, this, &DiffPage::resetWanted);
}

void DiffPage::connectLists()
{
    connect(modes_, &QComboBox::activated, this, [this](int mode) { setMode(static_cast<Mode>(mode)); });
    connect(search_, &QLineEdit::textChanged, list_, &ChangesList::setFilter);
    connect(search_, &QLineEdit::textChanged, lines_, &AlignedList::setFilter);
    connect(only_, &QToolButton::clicked, lines_, &AlignedList::setOnlyDifferences);
    connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    connect(list_, &ChangesList::shownChanged, this, &DiffPage::updateWords);
    connect(list_, &ChangesList::menuFilled, this, [this](QMenu* menu, const QString& pointer) {
        menu->addSeparator();
        menu->addAction(tr("Show in the state"), this, [this, pointer] { emit fieldChosen(pointer); });
    });
    connect(list_, &RowView::activated, this,
            [this](qint64 row) { emit fieldChosen(QString::fromStdString(*list_->change(row).pointer)); });
    connect(lines_, &AlignedList::shownChanged, this, &DiffPage::updateWords);
    connect(lines_, &AlignedList::fieldChosen, this, &DiffPage::fieldChosen);
    connect(lines_, &RowView::currentChanged, this, &DiffPage::updateWords);
    connect(lines_, &RowView::menuWanted, this, [this](qint64 row, const QPoint& at) {
        QMenu menu(this);
        fillLineMenu(menu, row);
        if (!menu.isEmpty()) menu.exec(at);
    });
    connect(between_, &BetweenList::eventChosen, this, &DiffPage::eventChosen);
    connect(between_, &BetweenList::changesWanted, this, &DiffPage::changesWanted);
}

}  // namespace hindcast::ui
