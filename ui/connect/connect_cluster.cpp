#include "ui/connect/connect_dialog.h"

#include "ui/connect/connection_form.h"
#include "ui/connect/failure_words.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/file_dialog.h"

#include <QLineEdit>
#include <QToolButton>

namespace hindcast::ui {

void ConnectDialog::useProfile(int index)
{
    const Profile profile = index >= 0 && index < profiles_.count() ? profiles_.at(index) : Profile{};
    useChoices(profile.brokers, profile.properties, withoutDates(profile.choices));
    connection_->securityButton().setChecked(false);
    updateWords();
    if (index < 0) connection_->brokersField().setFocus();
}

void ConnectDialog::useChoices(const QString& brokers, const std::map<std::string, std::string>& properties,
                               const ReadChoices& choices)
{
    forgetCluster();
    mappings_.forget();
    goesOn_.reset();
    connection_->setConnection(brokers, properties);
    setChoices(choices);
}

void ConnectDialog::importProfile()
{
    const QString path = askOpenFile(this, tr("client.properties"), tr("Properties (*.properties *.conf *.cfg);;All files (*)"));
    if (path.isEmpty()) return;
    list_->setCurrent(-1);
    useProfile(-1);
    const bool taken = connection_->properties().addFile(path);
    if (taken) connection_->setBrokers(connection_->properties().takeBrokers());
    // Shown in detail: what was understood of it, or what was not.
    connection_->securityButton().setChecked(true);
}

void ConnectDialog::forgetCluster()
{
    // With one more address, or without a slip of the pen, it is mostly the same cluster.
    if (cluster_ && !topics_->chosen().isEmpty()) wanted_ = topics_->chosen();
    cluster_.reset();
    absent_.clear();
    mappings_.forgetSamples();
    sampling_.clear();
    estimate_.reset();
    if (topics_->total() > 0) topics_->setTopics({});
    takeChosen();
    // It may be the cluster whose workspace that is.
    if (!instead_.isEmpty() && target_->workspace() == instead_) {
        instead_.clear();
        target_->setWorkspace(proposed_);
    }
}

void ConnectDialog::askTopics()
{
    if (connection_->brokersField().text().trimmed().isEmpty()) {
        connection_->sayFailed(tr("No brokers"), tr("no address says whom to ask"),
                               tr("write host:port, several with commas between them"));
        connection_->brokersField().setFocus();
        return;
    }
    if (connection_->properties().lacksPassword()) {
        connection_->sayFailed(tr("No password"), tr("it is kept for a session only"), tr("write it once more, under Security"));
        connection_->securityButton().setChecked(true);
        security_->password().setFocus();
        return;
    }
    if (security_->lacksMechanism()) {
        connection_->sayFailed(tr("No mechanism to sign in by"), tr("brokers have no default for it"),
                               tr("choose PLAIN or SCRAM, as the cluster has it"));
        connection_->securityButton().setChecked(true);
        security_->mechanism().setFocus();
        return;
    }
    listing_ = true;
    overtaken_ = false;
    connection_->sayAsking();
    sampling_.clear();  // the question is dropped
    updateWords();
    emit listTopicsWanted(connection_->connection());
}

void ConnectDialog::cancelTopics()
{
    listing_ = false;
    overtaken_ = true;  // its answer may be on its way
    connection_->sayCancelled();
    emit cancelWanted();
    updateWords();
    sampleNext();  // of the answer before there may be topics left
}

void ConnectDialog::showStep(const source::ConnectStep& step)
{
    if (listing_) connection_->sayStep(step);
}

void ConnectDialog::showTopics(const source::ClusterInfo& cluster)
{
    if (overtaken_) return;
    listing_ = false;
    cluster_ = cluster;
    mappings_.forgetSamples();  // they were the answer's before
    const source::KafkaConnection connection = connection_->connection();
    const int kept = profiles_.keptAs(list_->current(), QString::fromStdString(connection.brokers), connection.properties);
    mappings_.setRemembered(kept < 0 ? std::map<QString, decode::Mapping>() : profiles_.at(kept).mappings);
    connection_->sayFound(cluster);
    connection_->securityButton().setChecked(false);
    topics_->setTopics(cluster.topics);
    internal_->setVisible(topics_->internalCount() > 0);
    absent_ = topics_->choose(std::exchange(wanted_, {}));
    takeChosen();
    proposeInstead();
}

void ConnectDialog::showFailed(const QString& what, const QString& reason, const QString& advice)
{
    const QString why = inWordsOfFields(reason);
    const QString hint = inWordsOfFields(advice);
    if (listing_) {
        listing_ = false;
        connection_->sayFailed(what, why, hint);
        sampleNext();  // what is known from before holds on; what was not read yet is asked for again
    } else if (!sampling_.isEmpty()) {
        mappings_.setFailed(std::exchange(sampling_, {}),
                            tr("%1: %2 — %3").arg(what, why, hint.isEmpty() ? tr("test the connection to try once more") : hint));
        sampleNext();
    }
    updateWords();
}

}  // namespace hindcast::ui
