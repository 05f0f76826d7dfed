#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

namespace hindcast::ui {

void EntityBrowser::togglePin(qint64 row)
{
    const EntityLine line = model_.at(row);
    using Kind = EntityLine::Kind;
    if (line.kind == Kind::Pin || line.kind == Kind::MissingPin) {
        const QString entity = model_.lines().pins()[line.index].entity;
        emit unpinWanted(entity);
    } else if (const QString entity = model_.keyText(line.id); line.kind == Kind::Entity && !entity.isEmpty()) {
        emit pinWanted(entity, line.id);
    }
}

void EntityBrowser::movePin(qint64 row, int by)
{
    const auto& pins = model_.lines().pins();
    const qint64 to = row + by;
    if (to < 0 || to >= static_cast<qint64>(pins.size())) return;
    QStringList entities;
    for (const Pins::Pin& pin : pins) entities << pin.entity;
    entities.move(static_cast<int>(row), static_cast<int>(to));
    emit pinOrderWanted(entities);
    list_->setCurrentRow(to);
}

void EntityBrowser::toggleGroup(qint64 row)
{
    const EntityLine line = model_.at(row);
    if (line.kind == EntityLine::Kind::Group) model_.setGroupOpen(row, !model_.lines().groups()[line.index].open);
}

void EntityBrowser::showMenu(qint64 row, const QPoint& at)
{
    using Kind = EntityLine::Kind;
    const EntityLine line = model_.at(row);
    QMenu menu(this);
    if (line.kind == Kind::Group) {
        const bool open = model_.lines().groups()[line.index].open;
        menu.addAction(open ? tr("Close the group") : tr("Open the group"), this, [this, row] { toggleGroup(row); });
        menu.addSeparator();
        menu.addAction(tr("Open all groups"), &model_, [this] { model_.setAllGroupsOpen(true); });
        menu.addAction(tr("Close all groups"), &model_, [this] { model_.setAllGroupsOpen(false); });
    } else if (line.isEntity() || line.kind == Kind::MissingPin) {
        const bool pinned = line.kind != Kind::Entity;
        const QString key = line.isEntity() ? model_.keyText(line.id) : model_.lines().pins()[line.index].entity;
        // By what it is, not by its row: rows may move while the menu is open.
        menu.addAction(pinned ? tr("Unpin\tSpace") : tr("Pin\tSpace"), this, [this, key, pinned, id = line.id] {
            if (pinned)
                emit unpinWanted(key);
            else if (!key.isEmpty())
                emit pinWanted(key, id);
        });
        if (pinned) {
            const auto last = static_cast<qint64>(model_.lines().pins().size()) - 1;
            menu.addAction(tr("Move up\tAlt+Shift+Up"), this, [this, row] { movePin(row, -1); })->setEnabled(row > 0);
            menu.addAction(tr("Move down\tAlt+Shift+Down"), this, [this, row] { movePin(row, 1); })->setEnabled(row < last);
        }
        menu.addSeparator();
        menu.addAction(tr("Copy category/id\tCtrl+C"), this, [key] { QApplication::clipboard()->setText(key); });
    }
    if (!menu.isEmpty()) menu.exec(at);
}

}  // namespace hindcast::ui
