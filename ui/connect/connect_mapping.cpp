#include "ui/connect/connect_dialog.h"

#include "ui/connect/connection_form.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topic_tabs.h"
#include "ui/connect/topics_table.h"

#include <QFileInfo>
#include <QSignalBlocker>

namespace hindcast::ui {

QString ConnectDialog::shownTopic() const { return currentTopicOf(*topicTabs_); }

void ConnectDialog::takeChosen()
{
    const QStringList chosen = topics_->chosen();
    const QString shown = shownTopic();
    {
        const QSignalBlocker quiet(topicTabs_);
        const bool focused = topicTabs_->hasFocus();
        topicTabs_->hide();  // in sight it would be laid out once for each of its tabs, of which there may be a thousand
        while (topicTabs_->count() > 0) topicTabs_->removeTab(0);
        for (const QString& topic : chosen) {
            const int at = topicTabs_->addTab(topic);
            topicTabs_->setTabData(at, topic);
            if (topic == shown) topicTabs_->setCurrentIndex(at);
        }
        // The one that has just been chosen is the one that is of interest.
        if (const auto at = chosen.indexOf(topics_->currentTopic()); at >= 0) topicTabs_->setCurrentIndex(static_cast<int>(at));
        topicTabs_->setVisible(!chosen.isEmpty());
        if (focused && !chosen.isEmpty()) topicTabs_->setFocus();  // hidden it would take the keys all the same
    }
    range_->setChosen(static_cast<int>(chosen.size()), topics_->chosenRecords());
    showTopic();
    sampleNext();
}

void ConnectDialog::showTopic()
{
    const QString name = shownTopic();
    mapping_->setEnabled(!name.isEmpty());
    mapping_->setDebezium(false);
    samples_->setSamples({});
    showMapping();
    if (!name.isEmpty() && !mappings_.isSampled(name) && sampling_ != name) askSample(name);
    updateWords();
}

/// That of the topic shown which is in force now, and what it makes of the samples.
void ConnectDialog::showMapping()
{
    const QString name = shownTopic();
    mapping_->setMapping(name.isEmpty() ? decode::Mapping{} : mappings_.inForce(name));
    mapping_->setReasons(mappings_.reasons(name));
    mapping_->setGuessedLater(!name.isEmpty() && mappings_.from(name) == TopicMappings::From::FirstRecords);
    if (mappings_.isSampled(name)) emit previewWanted(name, mappings_.inForce(name));
}

void ConnectDialog::askSample(const QString& name)
{
    mappings_.setAsked(name);
    sampling_ = name;
    emit sampleWanted(connection_->connection(), name);
}

/// The other chosen ones too, one after the other: how large their records are belongs to the estimate.
void ConnectDialog::sampleNext()
{
    if (!sampling_.isEmpty()) return;
    for (const QString& name : topics_->chosen())
        if (!mappings_.isSampled(name) && mappings_.failure(name).isEmpty()) return askSample(name);
}

void ConnectDialog::showSampled(const QString& name, const decode::Guess& guess, double meanBytes)
{
    mappings_.setSampled(name, guess, meanBytes);
    if (sampling_ == name) sampling_.clear();
    writeEstimate();
    if (name == shownTopic()) showMapping();
    updateWords();
    sampleNext();
}

void ConnectDialog::showPreview(const QString& name, const std::vector<SampleView>& samples)
{
    if (name != shownTopic()) return;
    samples_->setSamples(samples);
    mapping_->setCandidates(candidatesOf(name, samples));
    mapping_->setDebezium(samples_->holdsDebezium());
    updateWords();
}

void ConnectDialog::takeMapping(const decode::Mapping& mapping)
{
    const QString name = shownTopic();
    if (name.isEmpty()) return;
    mappings_.edit(name, mapping);
    mapping_->setReasons(mappings_.reasons(name));
    if (mappings_.isSampled(name)) emit previewWanted(name, mappings_.inForce(name));
    updateWords();
}

void ConnectDialog::useGuess()
{
    const QString name = shownTopic();
    const auto guess = mappings_.guess(name);
    if (!guess) return;
    mappings_.edit(name, *guess);
    showMapping();
    updateWords();
}

/// Another file has other mappings, or none: what it holds is asked for, and until it is known nothing of the one before is shown.
void ConnectDialog::lookIntoWorkspace()
{
    takeRange();
    const QFileInfo file(target_->workspace());
    if (!stored_.workspace.isEmpty() && QFileInfo(stored_.workspace).absoluteFilePath() == file.absoluteFilePath()) return;
    looking_ = !target_->workspace().isEmpty() && file.exists();
    if (looking_)
        lookSoon_.start();
    else
        lookSoon_.stop();
    takeHeld({});
}

void ConnectDialog::showStored(const StoredTopics& stored)
{
    if (QFileInfo(stored.workspace).absoluteFilePath() != QFileInfo(target_->workspace()).absoluteFilePath()) return;
    lookSoon_.stop();
    looking_ = false;
    takeHeld(stored);
    // It knows its cluster; the last profile may be another's.
    if (std::exchange(untouched_, false) && stored_.reading && isOpenTarget()) goOn(stored_.reading->kafka, Secrets::Known);
}

void ConnectDialog::takeHeld(StoredTopics stored)
{
    const QString name = shownTopic();
    const decode::Mapping before = mappings_.inForce(name);
    stored_ = std::move(stored);
    mappings_.setHeld(stored_.mappings);
    takeLimit();
    estimateSoon_.start();
    // Who writes in the fields is not disturbed where nothing becomes another.
    if (mappings_.inForce(name) != before) showMapping();
    mapping_->setReasons(mappings_.reasons(name));
    updateWords();
    proposeInstead();
}

}  // namespace hindcast::ui
