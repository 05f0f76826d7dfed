#include "ui/connect/connect_dialog.h"

#include "ui/connect/connect_draft.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/estimate_text.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"

#include <QLineEdit>

namespace hindcast::ui {

std::vector<source::Resume> ConnectDialog::positions() const
{
    std::vector<source::Resume> out;
    if (!cluster_ || cluster_->clusterId.empty()) return out;
    // What is open here is perhaps being read.
    const auto all = isOpenTarget() && open_.positions ? open_.positions() : stored_.positions;
    const auto known = all.find(cluster_->clusterId);
    if (known == all.end()) return out;
    const QStringList chosen = topics_->chosen();
    for (const source::Resume& resume : known->second)
        if (chosen.contains(QString::fromStdString(resume.stream.topic))) out.push_back(resume);
    return out;
}

void ConnectDialog::askEstimate()
{
    const Timestamp now = Timestamp::now();
    const auto from = range_->from(now);
    const auto until = range_->until(now);
    const QStringList chosen = topics_->chosen();
    if (chosen.isEmpty() || !from || !until) return;
    source::KafkaOptions options;
    options.connection = connection_->connection();
    for (const QString& name : chosen) options.topics.push_back(name.toStdString());
    options.from = *from;
    options.until = *until;
    options.positions = positions();
    addBeginnings(options);
    emit estimateWanted(options);
}

void ConnectDialog::showEstimate(const std::optional<source::KafkaEstimate>& estimate)
{
    estimate_ = estimate;
    writeEstimate();
}

void ConnectDialog::writeEstimate()
{
    const auto until = range_->until(Timestamp::now());
    if (!estimate_ || topics_->chosen().isEmpty() || !until || !range_->from(Timestamp::now())) return;
    EstimateFacts facts;
    facts.found = *estimate_;
    facts.meanBytes = mappings_.meanBytes();
    facts.live = until->kind == source::KafkaUntil::Kind::Never;
    const auto places = positions();
    facts.resumes = !places.empty();
    facts.intoEmpty = stored_.events == 0;
    facts.beingRead = facts.resumes && open_.reading && isOpenTarget();
    if (const auto limit = target_->disk().limit()) facts.diskLimit = *limit;
    range_->setEstimate(estimateText(facts));
}

ReadChoices ConnectDialog::choices() const
{
    ReadChoices out;
    out.topics = cluster_ || !topics_->chosen().isEmpty() ? topics_->chosen() : wanted_;
    range_->write(out);
    if (const auto rate = connection_->rate().limit()) out.bytesPerSecond = *rate;
    if (const auto disk = target_->disk().limit()) out.diskLimit = *disk;
    return out;
}

void ConnectDialog::setChoices(const ReadChoices& choices)
{
    wanted_ = choices.topics;
    range_->setChoices(choices);
    connection_->rate().setLimit(choices.bytesPerSecond);
}

ConnectDraft ConnectDialog::draft() const
{
    ConnectDraft out;
    if (const int at = list_->current(); at >= 0) out.profile = profiles_.at(at).name;
    out.brokers = connection_->brokersField().text();
    out.properties = connection_->properties().properties();
    out.choices = choices();
    out.limitFilled = isLimitFilled();
    if (target_->workspace() != proposed_ && target_->workspace() != instead_) out.workspace = target_->workspace();
    out.proposed = proposed_;
    out.cluster = cluster_;
    out.mappings = mappings_.edited();
    out.goesOn = goesOn_;
    if (goesOn_) out.goesOnIn = proposed_;
    return out;
}

std::expected<ConnectRequest, QString> ConnectDialog::request() const
{
    ConnectRequest out;
    out.kafka.connection = connection_->connection();
    if (out.kafka.connection.brokers.empty())
        return std::unexpected(tr("Write the brokers' addresses, then test the connection"));
    if (security_->lacksMechanism()) return std::unexpected(tr("Choose the mechanism to sign in by, under Security"));
    if (security_->properties().lacksPassword()) return std::unexpected(tr("Give the password to sign in with, under Security"));
    const QStringList chosen = topics_->chosen();
    if (chosen.isEmpty())
        return std::unexpected(topics_->total() == 0 ? tr("Test the connection to see its topics, then choose some")
                                                     : tr("Choose at least one topic"));
    for (const QString& name : chosen) out.kafka.topics.push_back(name.toStdString());
    const Timestamp now = Timestamp::now();
    const auto from = range_->from(now);
    if (!from) return std::unexpected(from.error());
    const auto until = range_->until(now);
    if (!until) return std::unexpected(until.error());
    out.kafka.from = *from;
    out.kafka.until = *until;
    if (!mapping_->error().isEmpty()) return std::unexpected(mapping_->error());
    mappings_.tell(chosen, out.ingest);
    const auto rate = connection_->rate().limit();
    if (!rate) return std::unexpected(tr("Read no faster than: %1").arg(rate.error()));
    out.kafka.bytesPerSecond = *rate;
    const auto disk = target_->disk().limit();
    if (!disk) return std::unexpected(tr("On disk: %1").arg(disk.error()));
    out.ingest.diskLimit = *disk;
    out.workspace = target_->workspace();
    if (out.workspace.isEmpty()) return std::unexpected(tr("Name the workspace file that is to hold the events"));
    if (!stored_.failure.isEmpty()) return std::unexpected(stored_.failure);
    if (open_.reading && !open_.resumable && isOpenTarget())
        return std::unexpected(
            tr("%1 is being read into this workspace: wait for its end, or name another file").arg(open_.source));
    takePlaces(out);
    return out;
}

void ConnectDialog::accepted()
{
    const auto wanted = request();
    if (!wanted) return updateWords();
    const source::KafkaConnection connection = connection_->connection();
    profiles_.remember(list_->current(), QString::fromStdString(connection.brokers), connection.properties, {}, choicesToKeep(),
                       mappings_.corrected(topics_->chosen()));
    emit connectRequested(*wanted);
    accept();
}

}  // namespace hindcast::ui
