#include "ui/state/diff_page.h"

#include "ui/look/background.h"
#include "ui/look/file_dialog.h"
#include "ui/look/hairline.h"
#include "ui/look/search_field.h"
#include "ui/look/shown_zone.h"
#include "ui/state/aligned_list.h"
#include "ui/state/between_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/copying.h"
#include "ui/state/entity_field.h"
#include "ui/state/notice.h"

#include <QComboBox>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr const char* kModeKey = "state/diffMode";
constexpr const char* kOnlyKey = "state/diffOnlyDifferences";

}  // namespace

DiffPage::DiffPage(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    life_ = new Notice(theme);
    list_ = new ChangesList(theme);
    list_->setAccessibleName(tr("What differs between A and B"));
    lines_ = new AlignedList(theme);
    between_ = new BetweenList(theme);
    lists_ = new QStackedWidget;
    for (QWidget* one : std::initializer_list<QWidget*>{list_, lines_, between_}) lists_->addWidget(one);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buildPickers());
    layout->addLayout(buildModes());
    layout->addLayout(buildTools());
    layout->addWidget(new Hairline(theme));
    layout->addLayout(buildTitle());
    layout->addWidget(life_);
    layout->addWidget(lists_, 1);
    connectPickers();
    connectLists();
    connect(life_, &Notice::linkActivated, this, &DiffPage::follow);
    connect(&theme_, &Theme::changed, this, &DiffPage::arrange);
    connect(&theme_, &Theme::changed, this, &DiffPage::updateWords);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &DiffPage::updateWords);
    for (const int by : {1, -1}) {
        auto* key = new QShortcut(by > 0 ? QKeySequence(Qt::Key_F7) : QKeySequence(Qt::SHIFT | Qt::Key_F7), this);
        key->setContext(Qt::WidgetWithChildrenShortcut);
        connect(key, &QShortcut::activated, this, [this, by] { step(by); });
    }
    const QSettings settings;
    only_->setChecked(settings.value(QLatin1String(kOnlyKey), true).toBool());
    lines_->setOnlyDifferences(only_->isChecked());
    connect(only_, &QToolButton::clicked, this, [](bool on) { QSettings().setValue(QLatin1String(kOnlyKey), on); });
    mode_ = static_cast<Mode>(std::clamp(settings.value(QLatin1String(kModeKey)).toInt(), 0, static_cast<int>(Mode::Between)));
    updateTools();
}

void DiffPage::setTypeNames(TypeNames names)
{
    names_ = std::move(names);
    between_->setTypeNames(names_);
    updateWords();
}

void DiffPage::setNoEntities(bool none)
{
    if (std::exchange(noEntities_, none) != none) updateWords();
}

void DiffPage::setSides(const ComparedSides& sides, bool atPlayhead)
{
    if (sides_ != sides) beyond_.clear();
    sides_ = sides;
    atPlayhead_ = atPlayhead;
    if (!sides_[0].history && view_) setView({});
    updatePickers();
    updateWords();
}

void DiffPage::setView(std::shared_ptr<const ComparisonView> view)
{
    view_ = std::move(view);
    showView();
}

/// Only what is looked at is made: aligning two large states costs what they hold.
void DiffPage::showView()
{
    const bool seen = isVisible();
    const bool text = mode_ == Mode::Unified || mode_ == Mode::SideBySide;
    const auto shown = seen ? view_ : nullptr;
    if (mode_ == Mode::List) list_->setChanges(shown, shown ? &shown->shown() : nullptr);
    if (text) lines_->setDocuments(shown, shown ? shown->document(0) : nullptr, shown ? shown->document(1) : nullptr);
    if (mode_ == Mode::Between) between_->setView(shown);
    updateWords();
}

void DiffPage::setChanges(const std::shared_ptr<const BetweenChanges>& changes) { between_->setChanges(changes); }

void DiffPage::setOffered(const QStringList& entities)
{
    for (EntityField* field : entities_) field->setOffered(entities);
}

void DiffPage::setFound(const QString& text, const QStringList& entities)
{
    for (EntityField* field : entities_) field->setFound(text, entities);
}

void DiffPage::setMode(Mode mode)
{
    QSettings().setValue(QLatin1String(kModeKey), static_cast<int>(mode));
    if (std::exchange(mode_, mode) == mode) return updateTools();
    updateTools();
    showView();
}

void DiffPage::chooseEntity()
{
    entities_[1]->setFocus(Qt::OtherFocusReason);
    entities_[1]->selectAll();
}

void DiffPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit seen(true);
    updatePickers();
    showView();
}

void DiffPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    emit seen(false);
}

void DiffPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// To the next or the previous difference; of a list of them that is the next line.
void DiffPage::step(int by)
{
    if (mode_ == Mode::List || mode_ == Mode::Between) {
        RowView& rows = mode_ == Mode::List ? static_cast<RowView&>(*list_) : static_cast<RowView&>(*between_);
        if (rows.rowCount() > 0)
            rows.choose(rows.currentRow() == RowView::kNone ? (by > 0 ? 0 : rows.rowCount() - 1) : rows.currentRow() + by);
        return;
    }
    lines_->toDifference(by);
}

void DiffPage::follow(const QString& link) { emit versionChosen(Version{link.mid(8).toULongLong()}); }

void DiffPage::fillLineMenu(QMenu& menu, qint64 row)
{
    if (lines_->isFold(row)) {
        menu.addAction(tr("Show these lines"), this, [this, row] { lines_->openFold(row); });
        return;
    }
    const QString pointer = *lines_->pointerOf(row);
    menu.addAction(tr("Show in the state"), this, [this, pointer] { emit fieldChosen(pointer); });
    menu.addAction(tr("Copy pointer"), this, [pointer] { copyText(pointer); });
    menu.addAction(tr("Copy the line\tCtrl+C"), this, [text = lines_->rowText(row)] { copyText(text); });
    // "/orders/0/id": of an item of a list the member that tells it from the others.
    static const QRegularExpression kMember(QStringLiteral("/\\d+/([^/]+)$"));
    const auto member = kMember.match(pointer);
    if (itemKey_.isEmpty() && !member.hasMatch()) return;
    menu.addSeparator();
    const auto choose = [this](const QString& key) {
        itemKey_ = key;
        lines_->setItemKey(key);
    };
    if (member.hasMatch()) {
        const QString key = member.captured(1)
                                .replace(QStringLiteral("~1"), QStringLiteral("/"))
                                .replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (key != itemKey_)
            menu.addAction(tr("Match the items of lists by “%1”").arg(key.left(40)), this, [choose, key] { choose(key); });
    }
    if (!itemKey_.isEmpty()) menu.addAction(tr("Match the items of lists by their place"), this, [choose] { choose({}); });
}

void DiffPage::buildCopyMenu()
{
    copy_ = new QMenu(this);
    copy_->addAction(tr("As JSON &patch, with the old values"), this, [this] { copyAs(DiffFormat::Patch); });
    copy_->addAction(tr("As a &Markdown table"), this, [this] { copyAs(DiffFormat::Markdown); });
    copy_->addAction(tr("As &unified text"), this, [this] { copyAs(DiffFormat::Unified); });
    copy_->addSeparator();
    copy_->addAction(tr("&Export to a file…"), this, [this] {
        if (!view_) return;
        const QString path = askTargetFile(this, tr("Export the differences"), QStringLiteral("differences.json"),
                                           tr("JSON patch (*.json);;Unified text (*.diff);;Markdown (*.md)"));
        if (!path.isEmpty()) exportTo(path);
    });
}

void DiffPage::copyAs(DiffFormat format)
{
    if (!view_) return;
    copyLater(this, [view = view_, format, a = versionName(0), b = versionName(1), key = itemKey_.toStdString()] {
        return diffText(*view, format, a, b, key);
    });
}

void DiffPage::exportTo(const QString& path)
{
    if (!view_) return;
    inBackground(
        this,
        [view = view_, path, a = versionName(0), b = versionName(1), key = itemKey_.toStdString()] {
            return writeDiff(path, diffText(*view, diffFormatOf(path), a, b, key));
        },
        [this, path](const QString& why) {
            if (!why.isEmpty()) emit failed(tr("Cannot write %1").arg(path), why, tr("choose another folder or name"));
        });
}

}  // namespace hindcast::ui
