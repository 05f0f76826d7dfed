// What is asked before a branch is another.
#include "ui/branches/branch_commands.h"
#include "ui/branches/place_dialog.h"
#include "ui/look/file_dialog.h"
#include "ui/look/format.h"
#include "ui/session/session.h"

#include <QFileInfo>
#include <QInputDialog>
#include <QMessageBox>
#include <QProgressDialog>
#include <QPushButton>

#include <algorithm>
#include <ranges>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kShowProgressAfter = 700;  // ms
constexpr int kMostName = 80;
constexpr std::size_t kMostNamed = 3;

}  // namespace

void BranchCommands::openDialog(EventDialog* dialog)
{
    if (dialog_) dialog_->reject();
    dialog_ = dialog;
    dialog->open();
}

// ---- an event that is edited

void BranchCommands::edit(EventId origin)
{
    if (branches_.shown() == nullptr) return;
    editing_ = origin;
    ticket_ = branches_.requestPayload(origin);
}

void BranchCommands::takePayload(const std::shared_ptr<const BranchPayload>& payload)
{
    if (payload->ticket != ticket_) return;
    if (const auto origin = std::exchange(editing_, std::nullopt))
        openEdit(*origin, *payload);
    else if (dialog_)
        dialog_->offerPayload(payload->payload);
}

void BranchCommands::openEdit(EventId origin, const BranchPayload& payload)
{
    const auto index = indexOf(origin);
    if (!index) return;
    EventDialog::Start start;
    start.title = tr("Edit an event");
    start.about = tr("%1, in “%2” alone: the real event stays as it is.").arg(eventName(*index), name());
    start.types = types();
    start.type = payload.type;
    if (payload.time.isKnown()) start.time = payload.time;
    start.payload = payload.payload;
    start.reader = reader_;
    auto* dialog = new EventDialog(theme_, std::move(start), &window_);
    connect(dialog, &QDialog::accepted, this, [this, dialog, origin] {
        const EventDialog::Result result = dialog->result();
        if (auto done = branches_.edit(origin, result.payload, result.type, result.time); !done)
            emit failed(QString::fromStdString(done.error().what), QString::fromStdString(done.error().why), {});
    });
    openDialog(dialog);
}

// ---- an event that is added

void BranchCommands::add(std::optional<EventId> after)
{
    const auto view = branches_.view();
    if (branches_.shown() == nullptr) return;
    std::optional<std::size_t> index = after && view ? indexOf(*after) : std::nullopt;
    if (after && view && !index) {
        // It is skipped: what stands before it in the branch is meant.
        const auto& events = view->made->real()->events;
        const auto at = std::ranges::find(events, *after, &replay::HistoryEvent::id);
        const Version before = view->made->branchVersion(Version{static_cast<std::uint64_t>(at - events.begin())});
        if (at != events.end() && before.value > 0) index = before.value - 1;
        after = index ? std::optional(view->made->events()[*index].origin) : std::nullopt;
    }
    EventDialog::Start start;
    start.title = tr("Add an event");
    start.about = index ? tr("In “%1”, after %2").arg(name(), eventName(*index)) : tr("In “%1”, at the beginning").arg(name());
    start.types = types();
    start.type = start.types.value(0);
    start.isNew = true;
    start.reader = reader_;
    if (view) start.time = timeAfter(index);
    auto* dialog = new EventDialog(theme_, start, &window_);
    connect(dialog, &EventDialog::payloadWanted, this,
            [this, after](const QString& type) { ticket_ = branches_.requestPayloadLike(type, after); });
    connect(dialog, &QDialog::accepted, this, [this, dialog, after] {
        const EventDialog::Result result = dialog->result();
        const auto added = branches_.add(after, result.type.value_or(""), result.payload.value_or("{}"), result.time);
        if (!added) emit failed(QString::fromStdString(added.error().what), QString::fromStdString(added.error().why), {});
    });
    editing_.reset();
    openDialog(dialog);
    if (!start.type.isEmpty()) ticket_ = branches_.requestPayloadLike(start.type, after);
}

// ---- an event that is moved

void BranchCommands::askPlace(EventId origin)
{
    const auto view = branches_.view();
    const auto index = indexOf(origin);
    if (!view || !index) return;
    // The places are told as if it were not there: so the number that it stands behind is its own index.
    const auto without = [own = *index](int after) {
        const auto at = static_cast<std::size_t>(after) - 1;
        return at < own ? at : at + 1;
    };
    PlaceDialog::Start start;
    start.about = tr("Move %1, in “%2”").arg(eventName(*index), name());
    start.after = static_cast<int>(*index);
    start.last = static_cast<int>(view->made->events().size()) - 1;
    start.time = view->made->history()->events[*index].time;
    start.reader = reader_;
    start.nameOf = [this, without, view](int after) { return branches_.view() == view ? eventName(without(after)) : QString(); };
    auto* dialog = new PlaceDialog(theme_, std::move(start), &window_);
    connect(dialog, &QDialog::accepted, this, [this, dialog, origin, view, without, was = static_cast<int>(*index)] {
        const int after = dialog->after();
        const auto place = after > 0 ? std::optional(view->made->events()[without(after)].origin) : std::nullopt;
        if (after != was || dialog->time()) branches_.move(origin, place, dialog->time(), after == was);
    });
    connect(&session_, &Session::selectionChanged, dialog, &QDialog::reject);
    connect(&session_, &Session::closed, dialog, &QDialog::reject);
    dialog->open();
}

// ---- the branch itself

void BranchCommands::askRename()
{
    if (branches_.shown() == nullptr) return;
    auto* dialog = new QInputDialog(&window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the branch"));
    dialog->setLabelText(tr("Name of the branch"));
    dialog->setTextValue(name());
    dialog->setOkButtonText(tr("Rename"));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString& text) { branches_.rename(text.simplified().left(kMostName)); });
    connect(&session_, &Session::closed, dialog, &QDialog::reject);
    dialog->open();
}

void BranchCommands::askExport()
{
    if (!branches_.view()) return;
    QString proposal = QString::fromStdString(session_.history()->key.id) + QStringLiteral(" ") + name();
    for (QChar& c : proposal)
        if (!c.isLetterOrNumber() && c != u'-' && c != u'.') c = u'-';
    const QString path = askTargetFile(&window_, tr("Export the branch as a record dump"),
                                       QFileInfo(session_.path()).absolutePath() + u'/' + proposal + QStringLiteral(".jsonl"),
                                       tr("Record dumps (*.jsonl);;All files (*)"));
    if (!path.isEmpty()) branches_.exportTo(path);
}

bool BranchCommands::mayLeave()
{
    const auto unsaved = branches_.unsaved();
    if (unsaved.empty()) return true;
    const auto called = [](const Branches::Item& item) {
        return tr("“%1” of %2")
            .arg(QString::fromStdString(item.branch.name()), QString::fromStdString(item.branch.entity().text()).left(kMostName));
    };
    QStringList names;
    for (const Branches::Item* item : unsaved | std::views::take(kMostNamed)) names << called(*item);
    if (unsaved.size() > kMostNamed) names << tr("%1 more").arg(unsaved.size() - kMostNamed);
    const QString why = session_.readOnlyBecause().isEmpty() ? tr("It could not be saved.")
                                                             : tr("The workspace is read-only: it cannot keep it.");
    QMessageBox box(QMessageBox::NoIcon, tr("What-if branch"),
                    unsaved.size() == 1 ? tr("The branch %1 is not saved.").arg(names.first())
                                        : tr("%1 branches are not saved: %2.").arg(unsaved.size()).arg(names.join(tr(", "))),
                    QMessageBox::Discard | QMessageBox::Cancel, &window_);
    box.setInformativeText(unsaved.size() == 1 ? why : QString());
    box.setTextFormat(Qt::PlainText);
    // Only what is shown can be exported.
    const Branches::Item* shown = branches_.shown();
    const bool offers = shown != nullptr && branches_.view() && std::ranges::find(unsaved, shown) != unsaved.end();
    QPushButton* exports = offers ? box.addButton(tr("E&xport “%1”…").arg(name().left(20).replace(u'&', QStringLiteral("&&"))),
                                                  QMessageBox::ActionRole)
                                  : nullptr;
    box.setDefaultButton(QMessageBox::Cancel);
    for (QAbstractButton* button : box.buttons()) button->setIcon({});
    const int answer = box.exec();
    if (exports != nullptr && box.clickedButton() == exports) askExport();  // it stays open while that is written
    return answer == QMessageBox::Discard;
}

void BranchCommands::showExport(const std::shared_ptr<const BranchExport>& progress)
{
    if (!progress->ended) {
        if (!progress_) {
            progress_ = new QProgressDialog(tr("Exporting the branch…"), tr("Cancel"), 0, 1000, &window_);
            progress_->setAttribute(Qt::WA_DeleteOnClose);
            progress_->setMinimumDuration(kShowProgressAfter);
            progress_->setWindowModality(Qt::WindowModal);
            connect(progress_, &QProgressDialog::canceled, &branches_, &Branches::cancelExport);
        }
        if (progress->total > 0) progress_->setValue(static_cast<int>(progress->written * 999 / progress->total));
        return;
    }
    if (progress_) progress_->close();
    if (progress->cancelled) return;
    QString words = tr("%1 of the branch written to %2").arg(eventsText(progress->written), QFileInfo(progress->path).fileName());
    if (progress->reordered)
        words +=
            tr(" · rows are ordered by their database's own positions: moved and added events may stand elsewhere when this is "
               "imported");
    emit said(words);
}

}  // namespace hindcast::ui
