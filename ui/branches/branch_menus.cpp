// The menus of what-if branches.
#include "ui/branches/branch_commands.h"
#include "ui/session/session.h"

#include <QActionGroup>

namespace hindcast::ui {

void BranchCommands::fillBranches(QMenu& menu)
{
    const Branches::Item* shown = branches_.shown();
    auto* group = new QActionGroup(&menu);
    for (const Branches::Item* item : branches_.here()) {
        QString name = QString::fromStdString(item->branch.name());
        QAction* action =
            menu.addAction(name.replace(u'&', QStringLiteral("&&")), this, [this, id = item->id] { branches_.show(id); });
        action->setCheckable(true);
        action->setChecked(shown != nullptr && shown->id == item->id);
        group->addAction(action);
    }
}

void BranchCommands::fillMenu(QMenu& menu)
{
    const bool any = session_.history() != nullptr && branches_.isRead();
    const Branches::Item* shown = branches_.shown();
    const auto event = current_ ? current_() : std::nullopt;
    const bool stands = event && !event->skipped;
    menu.addAction(&toggle_);
    menu.addAction(tr("&New branch"), this, [this] { branches_.make(); })->setEnabled(any);
    fillBranches(menu);
    menu.addSeparator();
    QAction* skip = menu.addAction(event && event->skipped ? tr("&Bring the event back\tDelete") : tr("&Skip the event\tDelete"),
                                   this, [this, event] { toggleSkip(*event); });
    skip->setEnabled(event.has_value());
    menu.addAction(tr("&Edit the event…\tE"), this, [this, event] { edit(event->origin); })->setEnabled(stands);
    menu.addAction(tr("&Move the event…\tM"), this, [this, event] { askPlace(event->origin); })->setEnabled(stands);
    menu.addAction(tr("&Add an event…\tA"), this, [this, event] { add(event ? std::optional(event->origin) : std::nullopt); })
        ->setEnabled(shown != nullptr);
    menu.addAction(tr("&Take back its edits"), this, [this, event] { branches_.takeBack(event->origin); })
        ->setEnabled(event && event->changed);
    menu.addSeparator();
    menu.addAction(tr("Take back the &last edit"), this, [this] { branches_.takeBackLast(); })
        ->setEnabled(shown != nullptr && shown->branch.canUndo());
    menu.addAction(tr("Take back all e&dits"), this, [this] { branches_.takeBackAll(); })
        ->setEnabled(shown != nullptr && shown->branch.canUndo());
    menu.addSeparator();
    menu.addAction(tr("&Rename the branch…"), this, &BranchCommands::askRename)->setEnabled(shown != nullptr);
    menu.addAction(tr("E&xport the branch…"), this, &BranchCommands::askExport)->setEnabled(branches_.view() != nullptr);
    menu.addAction(tr("Delete the branch"), this, [this] { branches_.remove(); })->setEnabled(shown != nullptr);
}

void BranchCommands::fillEventMenu(QMenu& menu, const std::optional<Event>& event)
{
    if (event && event->skipped) {
        menu.addAction(tr("&Bring it back\tDelete"), this, [this, event] { toggleSkip(*event); });
    } else if (event) {
        menu.addAction(event->added ? tr("&Remove it\tDelete") : tr("&Skip\tDelete"), this,
                       [this, event] { toggleSkip(*event); });
        menu.addAction(tr("&Edit…\tE"), this, [this, event] { edit(event->origin); });
        menu.addAction(tr("&Move…\tM"), this, [this, event] { askPlace(event->origin); });
    }
    menu.addAction(event ? tr("&Add an event after…\tA") : tr("&Add an event…\tA"), this, [this, event] {
        auto after = event;
        if (!after && current_) after = current_();
        add(after ? std::optional(after->origin) : std::nullopt);
    });
    if (event && event->changed && !event->added)
        menu.addAction(tr("&Take back its edits"), this, [this, event] { branches_.takeBack(event->origin); });
    menu.addSeparator();
    fillBranches(menu);
    menu.addAction(tr("&New branch"), this, [this] { branches_.make(); });
    menu.addAction(tr("&Rename the branch…"), this, &BranchCommands::askRename);
    menu.addAction(tr("E&xport the branch…"), this, &BranchCommands::askExport);
    menu.addAction(tr("&Hide the branch"), this, [this] { toggle(false); });
    menu.addAction(tr("Delete the branch"), this, [this] { branches_.remove(); });
}

void BranchCommands::fillRealMenu(QMenu& menu, EventId event)
{
    if (!branches_.isRead()) return;
    menu.addSeparator();
    menu.addAction(tr("What if this event had &not come"), this, [this, event] { leaveOut(event); });
    menu.addAction(tr("What if it had been &another…"), this, [this, event] {
        ensureShown();
        edit(event);
    });
    menu.addAction(tr("What if another had come &after it…"), this, [this, event] {
        ensureShown();
        add(event);
    });
}

}  // namespace hindcast::ui
