#include "ui/connect/profile_list.h"
#include "ui/look/fitting.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kRowsAbove = 3;

}  // namespace

ProfileRows::ProfileRows(const Theme& theme, Profiles& profiles, QWidget* parent)
    : RowView(theme, parent), profiles_(profiles), rename_(new QLineEdit(viewport()))
{
    setAccessibleName(tr("Profiles"));
    setHeaderVisible(false);
    setColumns({{QString(), 120, 1, Qt::AlignLeft, false}});
    setEmptyText(tr("None yet"), tr("A connection that was made is remembered, without its secrets."));
    rename_->setAccessibleName(tr("Name of the profile"));
    rename_->hide();
    rename_->installEventFilter(this);
    connect(rename_, &QLineEdit::editingFinished, this, [this] { endRename(true); });
}

QString ProfileRows::rowText(Row row) const
{
    const Profile profile = profiles_.at(static_cast<int>(row));
    return profile.name == profile.brokers ? profile.name : tr("%1, %2").arg(profile.name, profile.brokers);
}

QString ProfileRows::toolTipText(Row row, int) const
{
    const Profile profile = profiles_.at(static_cast<int>(row));
    const auto user = profile.properties.find("sasl.username");
    return user == profile.properties.end() ? profile.brokers
                                            : tr("%1 as %2").arg(profile.brokers, QString::fromStdString(user->second));
}

void ProfileRows::paintCell(QPainter& painter, const RowCell& cell) const
{
    const Profile profile = profiles_.at(static_cast<int>(cell.row));
    paintText(painter, cell.rect, profile.name, theme().text(), theme().color(Theme::Role::Text));
    const int used = QFontMetrics(theme().text()).horizontalAdvance(profile.name) + 10;
    const QString brokers = profile.brokers.section(QLatin1Char(','), 0, 0);
    if (brokers == profile.name || cell.rect.width() - used < 40) return;
    paintText(painter, cell.rect.adjusted(used, 0, 0, 0), brokers, theme().mono(0.92), theme().color(Theme::Role::TextSecondary),
              Qt::AlignLeft, Qt::ElideMiddle);
}

void ProfileRows::beginRename(Row row)
{
    if (row == kNone) return;
    ensureVisible(row);
    renaming_ = row;
    const QRect cell = cellRect(row, 0);
    rename_->setGeometry(QRect(0, cell.center().y() - 13, viewport()->width(), 27));
    rename_->setText(profiles_.at(static_cast<int>(row)).name);
    rename_->selectAll();
    rename_->show();
    rename_->setFocus();
}

void ProfileRows::endRename(bool take)
{
    const Row row = std::exchange(renaming_, kNone);
    if (row == kNone) return;
    if (take && row < rowCount()) profiles_.rename(static_cast<int>(row), rename_->text());
    rename_->hide();
    setFocus();
}

void ProfileRows::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_F2) return beginRename(currentRow());
    if ((event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) && currentRow() != kNone) {
        emit removeWanted(currentRow());
        return;
    }
    RowView::keyPressEvent(event);
}

bool ProfileRows::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == rename_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) {
            endRename(key != Qt::Key_Escape);  // and the dialog does not close on it
            return true;
        }
    }
    return RowView::eventFilter(watched, event);
}

ProfileList::ProfileList(const Theme& theme, Profiles& profiles, QWidget* parent)
    : QWidget(parent), theme_(theme), profiles_(profiles), rows_(new ProfileRows(theme, profiles))
{
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme, 34);
    auto* title = new QLabel(tr("Profiles"));
    title->setProperty("role", QStringLiteral("title"));
    headerRow_ = new QHBoxLayout(header);
    headerRow_->setContentsMargins(10, 0, 4, 0);
    headerRow_->addWidget(title, 1);
    new_ = new QPushButton(tr("+ New"));
    import_ = new QPushButton(tr("Import client.properties…"));
    for (QPushButton* button : {new_, import_}) {
        button->setAutoDefault(false);
        button->setProperty("bare", true);
        button->setStyleSheet(QStringLiteral("text-align: left"));
    }
    new_->setAccessibleName(tr("New connection"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(rows_, 1);
    foot_ = new QVBoxLayout;
    foot_->setSpacing(2);
    layout->addLayout(foot_);
    for (QPushButton* button : {new_, import_}) foot_->addWidget(button);
    arrange();
    connect(rows_, &RowView::currentChanged, this, [this](qint64 row) { emit chosen(static_cast<int>(row)); });
    connect(rows_, &RowView::menuWanted, this, &ProfileList::openMenu);
    connect(rows_, &ProfileRows::removeWanted, this, &ProfileList::remove);
    connect(new_, &QPushButton::clicked, this, [this] {
        setCurrent(-1);
        emit chosen(-1);
    });
    connect(import_, &QPushButton::clicked, this, &ProfileList::importWanted);
    connect(&profiles_, &Profiles::changed, rows_, &RowView::rowsChanged);
    connect(&profiles_, &Profiles::changed, this, &ProfileList::arrange);
    connect(&theme_, &Theme::changed, this, &ProfileList::arrange);
}

void ProfileList::setAbove(bool above)
{
    if (above == above_) return;
    above_ = above;
    for (QPushButton* button : {new_, import_}) {
        (above ? static_cast<QLayout*>(foot_) : headerRow_)->removeWidget(button);
        (above ? static_cast<QLayout*>(headerRow_) : foot_)->addWidget(button);
    }
    arrange();
}

void ProfileList::arrange()
{
    const int count = profiles_.count();
    const int rows = std::min(count, kRowsAbove);
    rows_->setVisible(!above_ || count > 0);
    rows_->setMinimumHeight(above_ ? rows * theme_.rowHeight() : 0);
    rows_->setMaximumHeight(above_ ? rows * theme_.rowHeight() : QWIDGETSIZE_MAX);
    foot_->setContentsMargins(above_ ? QMargins() : QMargins(4, 2, 4, 8));
}

void ProfileList::setCurrent(int index) { rows_->setCurrentRow(index < 0 ? RowView::kNone : index); }

int ProfileList::current() const { return static_cast<int>(rows_->currentRow()); }

void ProfileList::remove(qint64 row)
{
    const qint64 current = rows_->currentRow();
    profiles_.remove(static_cast<int>(row));
    if (row != current) return setCurrent(static_cast<int>(row < current ? current - 1 : current));
    const int next = profiles_.count() == 0 ? -1 : std::min(static_cast<int>(row), profiles_.count() - 1);
    setCurrent(next);
    emit chosen(next);
}

void ProfileList::openMenu(qint64 row, const QPoint& position)
{
    if (row == RowView::kNone) return;
    QMenu menu(this);
    menu.addAction(tr("Rename\tF2"), this, [this, row] { rows_->beginRename(row); });
    menu.addAction(tr("Delete\tDel"), this, [this, row] { remove(row); });
    menu.exec(position);
}

}  // namespace hindcast::ui
