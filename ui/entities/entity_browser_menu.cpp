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

void EntityBrowser::movePin(const QString& entity, int by)
{
    const auto& pins = model_.lines().pins();
    const auto at = model_.lines().pinOf(entity);
    if (!at || !model_.lines().pinsFirst()) return;  // among hits they stand by the order
    const int to = static_cast<int>(*at) + by;
    if (to < 0 || to >= static_cast<int>(pins.size())) return;
    QStringList entities;
    for (const Pins::Pin& pin : pins) entities << pin.entity;
    entities.move(static_cast<int>(*at), to);
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
    // By what it is, not by its row: rows may move while the menu is open.
    const EntityLine line = model_.at(row);
    if (line.kind == Kind::None || line.kind == Kind::Note) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (line.kind == Kind::Group) {
        const bool open = model_.lines().groups()[line.index].open;
        const auto category = model_.lines().groups()[line.index].category;
        menu->addAction(open ? tr("Close the group") : tr("Open the group"), this, [this, category, open] {
            const auto now = model_.lines().rowOfGroup(category);
            if (!now) return;
            if (*now < list_->topRow()) list_->setTopRow(*now);  // the rows that one looked at go with their group
            model_.setGroupOpen(*now, !open);
        });
        menu->addSeparator();
        menu->addAction(tr("Open all groups"), &model_, [this] { model_.setAllGroupsOpen(true); });
        menu->addAction(tr("Close all groups"), &model_, [this] { model_.setAllGroupsOpen(false); });
    } else {
        const bool pinned = line.kind != Kind::Entity;
        const QString key = pinned ? model_.lines().pins()[line.index].entity : model_.keyText(line.id);
        menu->addAction(pinned ? tr("Unpin\tSpace") : tr("Pin\tSpace"), this, [this, key, pinned, id = line.id] {
            if (pinned)
                emit unpinWanted(key);
            else if (!key.isEmpty())
                emit pinWanted(key, id);
        });
        if (pinned && model_.lines().pinsFirst()) {
            const std::size_t last = model_.lines().pins().size() - 1;
            menu->addAction(tr("Move up\tAlt+Shift+Up"), this, [this, key] { movePin(key, -1); })->setEnabled(line.index > 0);
            menu->addAction(tr("Move down\tAlt+Shift+Down"), this, [this, key] { movePin(key, 1); })
                ->setEnabled(line.index < last);
        }
        menu->addSeparator();
        menu->addAction(tr("Compare with the selected entity"), this, [this, key] { emit compareWanted(key); })
            ->setEnabled(!key.isEmpty());
        menu->addAction(tr("Copy category/id\tCtrl+C"), this, [key] { QApplication::clipboard()->setText(key); });
    }
    menu->popup(at);
}

}  // namespace hindcast::ui
