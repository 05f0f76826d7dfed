#include "ui/connect/connect_dialog.h"
#include "ui/session/whole_megabytes.h"

#include "ui/connect/connect_draft.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/security_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/format.h"

#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

/// As the forms write it. A moment is that moment, and not "the last 24 hours" of another day.
ReadChoices choicesOf(const source::KafkaOptions& kafka)
{
    using From = source::KafkaStart::Kind;
    using Until = source::KafkaUntil::Kind;
    ReadChoices out;
    for (const std::string& topic : kafka.topics) out.topics << QString::fromStdString(topic);
    switch (kafka.from.kind) {
        case From::Earliest: out.from = ReadChoices::From::Earliest; break;
        case From::Latest: out.from = ReadChoices::From::Latest; break;
        case From::Offset: out.from = ReadChoices::From::Offset; break;
        case From::LastRecords: out.from = ReadChoices::From::LastRecords; break;
        case From::Time: out.from = ReadChoices::From::Time; break;
    }
    if (kafka.from.kind == From::Time) out.fromValue = QString::fromStdString(toIso(kafka.from.time));
    if (kafka.from.kind == From::Offset || kafka.from.kind == From::LastRecords)
        out.fromValue = QString::number(kafka.from.offset);
    switch (kafka.until.kind) {
        case Until::Never: out.until = ReadChoices::Until::Live; break;
        case Until::CapturedEnd: out.until = ReadChoices::Until::End; break;
        case Until::Time:
            out.until = ReadChoices::Until::Time;
            out.untilValue = QString::fromStdString(toIso(kafka.until.time));
            break;
    }
    out.bytesPerSecond = kafka.bytesPerSecond;
    return out;
}

bool beginsAlike(const ReadChoices& one, const ReadChoices& other)
{
    return one.from == other.from && one.fromValue == other.fromValue;
}

bool endsAlike(const ReadChoices& one, const ReadChoices& other)
{
    return one.until == other.until && (one.until != ReadChoices::Until::Time || one.untilValue == other.untilValue);
}

/// `choices` with that end of the range of `instead` where it has that of `own`.
ReadChoices exchanged(ReadChoices choices, const ReadChoices& own, const ReadChoices& instead)
{
    if (beginsAlike(choices, own)) {
        choices.from = instead.from;
        choices.fromValue = instead.fromValue;
    }
    if (endsAlike(choices, own)) {
        choices.until = instead.until;
        choices.untilValue = instead.untilValue;
    }
    return choices;
}

bool isSameFile(const QString& one, const QString& other)
{
    return !one.isEmpty() && QFileInfo(one).absoluteFilePath() == QFileInfo(other).absoluteFilePath();
}

}  // namespace

void ConnectDialog::setOpenWorkspace(OpenWorkspace open)
{
    const bool news = open.path != open_.path || open.source != open_.source || open.reading != open_.reading ||
                      open.resumable != open_.resumable;
    open_ = std::move(open);
    if (!news) return;
    updateWords();
    writeEstimate();
}

bool ConnectDialog::isOpenTarget() const { return isSameFile(open_.path, target_->workspace()); }

/// Whether the workspace that is written in the form holds events, and none of the cluster that has answered.
bool ConnectDialog::holdsAnothers() const
{
    if (!cluster_ || cluster_->clusterId.empty() || stored_.events == 0) return false;
    if (!isSameFile(stored_.workspace, target_->workspace())) return false;
    if (stored_.positions.contains(cluster_->clusterId)) return false;
    return !stored_.positions.empty() ||
           (stored_.reading && !stored_.reading->cluster.empty() && stored_.reading->cluster != cluster_->clusterId);
}

/// What nobody named is not to mix two clusters: a name that is free takes its place.
void ConnectDialog::proposeInstead()
{
    if (!instead_.isEmpty()) return;  // who names the file all the same means it
    if (goesOn_ || target_->workspace() != proposed_ || isOpenTarget() || !holdsAnothers()) return;
    constexpr int kMost = 100;  // names to try
    const QFileInfo held(proposed_);
    for (int n = 2; n < kMost; ++n) {
        // All at once: there may be a "%2" in the name.
        const QString name = QStringLiteral("%1-%2.%3").arg(held.completeBaseName(), QString::number(n), held.suffix());
        const QString free = held.dir().filePath(name);
        if (QFileInfo::exists(free)) continue;
        instead_ = free;
        return target_->setWorkspace(free);
    }
}

/// Whose events would be beside the new ones.
QString ConnectDialog::heldWords() const
{
    if (!instead_.isEmpty() && target_->workspace() == instead_)
        return tr("a new file, for %1 holds another cluster's events").arg(QFileInfo(proposed_).fileName());
    if (!holdsAnothers()) return {};
    const QString brokers = stored_.reading ? QString::fromStdString(stored_.reading->kafka.connection.brokers) : QString();
    return tr("%1 holds %2 events of %3")
        .arg(QFileInfo(target_->workspace()).fileName(), grouped(stored_.events),
             brokers.isEmpty() ? tr("another cluster") : tr("another cluster, %1").arg(brokers));
}

QString ConnectDialog::readingWords() const
{
    if (!open_.reading || !open_.resumable || !isOpenTarget()) return {};
    const QString brokers = QString::fromStdString(connection_->connection().brokers);
    return open_.source.endsWith(brokers)
               ? tr("%1 is being read: it stops for a moment and is read on with this").arg(open_.source)
               : tr("%1 is being read: connecting stops that at its place").arg(open_.source);
}

void ConnectDialog::goOn(source::KafkaOptions kafka, Secrets secrets)
{
    const QString brokers = QString::fromStdString(kafka.connection.brokers);
    std::map<std::string, std::string> properties = kafka.connection.properties;
    const int profile = profiles_.keptAs(-1, brokers, properties);
    if (secrets == Secrets::Known && profile >= 0)
        for (const auto& property : profiles_.at(profile).properties)
            if (!Profiles::mayBeWritten(property.first)) properties.insert(property);
    list_->setCurrent(profile);
    useChoices(brokers, properties, choicesOf(kafka));
    if (!proposed_.isEmpty()) target_->setWorkspace(proposed_);
    goesOn_ = std::move(kafka);
    isRangeUsual_ = false;
    fillLimit(ReadChoices().diskLimit);
    takeLimit();
    if (secrets == Secrets::Asked) {
        // They are there once the cluster has told; nothing is asked of it before the secret is known.
        const QSignalBlocker quiet(topics_);
        for (const std::string& topic : goesOn_->topics) topics_->setChosen(QString::fromStdString(topic), true);
        connection_->securityButton().setChecked(true);
        security_->password().setFocus();
        asksSecret_ = true;
    }
    updateWords();
}

/// What such a connection is read with where no workspace says otherwise.
ReadChoices ConnectDialog::usualChoices() const
{
    const source::KafkaConnection connection = connection_->connection();
    const int kept = profiles_.keptAs(list_->current(), QString::fromStdString(connection.brokers), connection.properties);
    return kept < 0 ? ReadChoices() : withoutDates(profiles_.at(kept).choices);
}

/// What a profile is to propose next time. The start of a workspace's reading is a moment of that workspace, and so is one that was
/// written as a date or an offset: to the next workspace it is no more than an old date.
ReadChoices ConnectDialog::choicesToKeep() const
{
    ReadChoices out = choices();
    if (goesOn_ && isSameFile(proposed_, target_->workspace())) out = exchanged(out, choicesOf(*goesOn_), usualChoices());
    return withoutDates(std::move(out));
}

/// A reading's range belongs to its workspace: where another file is named what is usual is proposed instead, as far as nobody
/// changed it, and its own again where that one is.
void ConnectDialog::takeRange()
{
    if (!goesOn_) return;
    const bool usual = !isSameFile(proposed_, target_->workspace());
    if (usual == std::exchange(isRangeUsual_, usual)) return;
    const ReadChoices own = choicesOf(*goesOn_);
    const ReadChoices other = usualChoices();
    range_->setChoices(usual ? exchanged(choices(), own, other) : exchanged(choices(), other, own));
}

/// A reading that another workspace told of is none of this one's.
void ConnectDialog::takeDraftsReading(const ConnectDraft& draft)
{
    if (!draft.goesOn) return;
    if (isSameFile(draft.goesOnIn, proposed_)) {
        goesOn_ = draft.goesOn;
        isRangeUsual_ = !isSameFile(proposed_, target_->workspace());
    } else {
        range_->setChoices(exchanged(draft.choices, choicesOf(*draft.goesOn), usualChoices()));
    }
}

void ConnectDialog::fillLimit(std::optional<std::uint64_t> limit)
{
    limitFilled_ = limit;
    target_->disk().setLimit(limit);
}

/// Nobody has chosen another one since.
bool ConnectDialog::isLimitFilled() const
{
    const auto shown = target_->disk().limit();
    return shown && *shown == limitFilled_;
}

/// A limit belongs to its workspace, and stands only in its file: a new one gets the usual one. Where the workspace is full, going
/// on is to allow as much again.
void ConnectDialog::takeLimit()
{
    if (looking_ || !isLimitFilled()) return;
    std::optional<std::uint64_t> limit = ReadChoices().diskLimit;
    if (stored_.reading && isSameFile(stored_.workspace, target_->workspace())) {
        limit = stored_.reading->diskLimit;
        // Not what the file system tells: while it is open, some of it may still stand in the write-ahead log alone.
        if (limit && stored_.fileBytes >= *limit)
            limit = raisedLimit(*limit, stored_.reading->diskAllowance.value_or(*limit), stored_.fileBytes);
    }
    if (limit != limitFilled_) fillLimit(limit);
}

/// Whether that is the reading that the workspace tells of, or one with other topics or another end.
bool ConnectDialog::goesOn(const source::KafkaOptions& kafka) const
{
    if (!goesOn_ || !isSameFile(proposed_, target_->workspace())) return false;
    if (kafka.connection.brokers != goesOn_->connection.brokers || kafka.from.kind != goesOn_->from.kind ||
        kafka.from.offset != goesOn_->from.offset || kafka.from.time != goesOn_->from.time)
        return false;
    // Another cluster may stand at the same address by now.
    return !cluster_ || !stored_.reading || stored_.reading->cluster.empty() || stored_.reading->cluster == cluster_->clusterId;
}

/// A partition of which nothing has come yet has no checkpoint: it begins where the reading had begun.
void ConnectDialog::addBeginnings(source::KafkaOptions& kafka) const
{
    if (!goesOn(kafka)) return;
    const auto& chosen = kafka.topics;
    const auto known = [&](const source::Resume& one) {
        return std::ranges::find(kafka.positions, one.stream, &source::Resume::stream) != kafka.positions.end();
    };
    for (const source::Resume& began : goesOn_->positions)
        if (std::ranges::find(chosen, began.stream.topic) != chosen.end() && !known(began)) kafka.positions.push_back(began);
    std::vector<std::string> before = goesOn_->topics;
    std::ranges::sort(before);
    kafka.positionsAreAll = goesOn_->positionsAreAll && before == chosen;  // the table's are sorted
}

void ConnectDialog::takePlaces(ConnectRequest& request) const
{
    if (!goesOn(request.kafka)) return;
    addBeginnings(request.kafka);
    request.kafka.readUncommitted = goesOn_->readUncommitted;
    request.kafka.connection.timeout = goesOn_->connection.timeout;
    request.kafka.waitForCluster = true;  // it was there before: who goes on has no need to be there when it comes back
    if (!stored_.reading) return;
    request.ingest.onlyFrom = stored_.reading->cluster;
    // Raised here, it grows the next time by what was once allowed, and not by all that it is by now.
    if (isLimitFilled())
        request.ingest.diskAllowance =
            stored_.reading->diskAllowance ? stored_.reading->diskAllowance : stored_.reading->diskLimit;
}

}  // namespace hindcast::ui
