#include "ui/connect/mapping_dialog.h"

#include "ui/connect/mapping_candidates.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/sample_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/hairline.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

MappingDialog::MappingDialog(const Theme& theme, const QStringList& topics, std::vector<decode::Mapping> mappings,
                             const QString& readOnlyBecause, QWidget* parent)
    : QDialog(parent), theme_(theme), before_(std::move(mappings)), readOnlyBecause_(readOnlyBecause)
{
    setWindowTitle(tr("How records become events"));
    resize(fitting({1000, 640}, *screen()));
    topics_ = new QTabBar;
    topics_->setExpanding(false);
    topics_->setElideMode(Qt::ElideMiddle);
    topics_->setUsesScrollButtons(true);
    topics_->setAccessibleName(tr("Topic whose mapping is shown"));
    for (const QString& topic : topics) topics_->setTabData(topics_->addTab(topic), topic);
    editor_ = new MappingEditor(theme_);
    editor_->setEnabled(!topics.isEmpty() && readOnlyBecause_.isEmpty());
    samples_ = new SampleTable(theme_);
    samples_->setMinimumHeight(26 + 3 * Theme::kRowHeight);
    hint_ = new ElidedLabel;
    hint_->setProperty("role", QStringLiteral("secondary"));
    guess_ = new QPushButton(tr("Use the guess"));
    guess_->setToolTip(tr("What the samples suggest"));
    auto* cancel = new QPushButton(tr("Cancel"));
    apply_ = new QPushButton(tr("Decode anew"));
    apply_->setProperty("primary", true);
    for (QPushButton* button : {guess_, cancel, apply_}) button->setAutoDefault(false);

    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(10, 8, 10, 10);
    buttons->setSpacing(10);
    buttons->addWidget(hint_, 1);
    buttons->addWidget(guess_);
    buttons->addWidget(cancel);
    buttons->addWidget(apply_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(topics_);
    layout->addWidget(editor_);
    layout->addWidget(samples_, 1);
    layout->addWidget(new Hairline(theme_));
    layout->addLayout(buttons);

    connect(topics_, &QTabBar::currentChanged, this, &MappingDialog::showTopic);
    connect(editor_, &MappingEditor::mappingChanged, this, &MappingDialog::takeMapping);
    connect(editor_, &MappingEditor::errorChanged, this, &MappingDialog::updateWords);
    connect(guess_, &QPushButton::clicked, this, &MappingDialog::useGuess);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(apply_, &QPushButton::clicked, this, &MappingDialog::apply);
    updateWords();
}

QString MappingDialog::shownTopic() const
{
    return topics_->currentIndex() < 0 ? QString() : topics_->tabData(topics_->currentIndex()).toString();
}

void MappingDialog::begin(const QString& topic)
{
    for (int i = 0; i < topics_->count(); ++i)
        if (i != topics_->currentIndex() && topics_->tabData(i).toString() == topic) return topics_->setCurrentIndex(i);
    showTopic();
}

const decode::Mapping& MappingDialog::mappingOf(const QString& topic) const { return shown_.at(topic); }

void MappingDialog::showTopic()
{
    const QString topic = shownTopic();
    if (topic.isEmpty()) return updateWords();
    if (!shown_.contains(topic)) {
        decode::Mapping mapping;
        if (const decode::Mapping* known = decode::mappingFor(before_, topic.toStdString())) mapping = *known;
        mapping.topic = topic.toStdString();
        shown_[topic] = std::move(mapping);
    }
    editor_->setMapping(mappingOf(topic));
    editor_->setReasons({});
    samples_->setSamples({});
    if (guesses_.contains(topic))
        showSampled(topic, guesses_[topic]);
    else
        emit sampleWanted(topic);
    updateWords();
}

void MappingDialog::showSampled(const QString& topic, const decode::Guess& guess)
{
    guesses_[topic] = guess;
    if (topic != shownTopic()) return;
    // The reasons are the guess's: they are told where it is what holds.
    QStringList reasons;
    if (guess.mapping == mappingOf(topic))
        for (const std::string& reason : guess.reasons) reasons << QString::fromStdString(reason);
    editor_->setReasons(reasons);
    emit previewWanted(topic, mappingOf(topic));
    updateWords();
}

void MappingDialog::showPreview(const QString& topic, const std::vector<SampleView>& samples)
{
    if (topic != shownTopic()) return;
    samples_->setSamples(samples);
    editor_->setCandidates(candidatesOf(topic, samples));
    editor_->setDebezium(std::any_of(samples.begin(), samples.end(), [](const SampleView& sample) {
        return sample.event.decodedAs.find("Debezium") != std::string::npos;
    }));
    updateWords();
}

void MappingDialog::showFailed(const QString& what, const QString& why, const QString& hint)
{
    samples_->setEmptyText(tr("%1: %2").arg(what, why), hint);
}

void MappingDialog::takeMapping(const decode::Mapping& mapping)
{
    const QString topic = shownTopic();
    if (topic.isEmpty()) return;
    shown_[topic] = mapping;
    shown_[topic].topic = topic.toStdString();
    emit previewWanted(topic, mappingOf(topic));
    updateWords();
}

void MappingDialog::useGuess()
{
    const QString topic = shownTopic();
    const auto guess = guesses_.find(topic);
    if (guess == guesses_.end()) return;
    shown_[topic] = guess->second.mapping;
    editor_->setMapping(mappingOf(topic));
    showSampled(topic, guess->second);
}

void MappingDialog::apply()
{
    std::vector<decode::Mapping> all = before_;
    for (const auto& [topic, mapping] : shown_) {
        const decode::Mapping* known = decode::mappingFor(before_, mapping.topic);
        if (known != nullptr && known->topic == mapping.topic)
            *std::find_if(all.begin(), all.end(), [&](const decode::Mapping& each) { return each.topic == mapping.topic; }) =
                mapping;
        else
            all.push_back(mapping);
    }
    emit applyWanted(all);
    accept();
}

void MappingDialog::updateWords()
{
    const QString topic = shownTopic();
    const auto changed = std::count_if(shown_.begin(), shown_.end(), [this](const auto& each) {
        const decode::Mapping* known = decode::mappingFor(before_, each.second.topic);
        decode::Mapping was = known != nullptr ? *known : decode::Mapping{};
        was.topic = each.second.topic;
        return was != each.second;
    });
    const auto guess = guesses_.find(topic);
    guess_->setEnabled(readOnlyBecause_.isEmpty() && guess != guesses_.end() && guess->second.mapping != mappingOf(topic));
    apply_->setEnabled(readOnlyBecause_.isEmpty() && changed > 0 && editor_->error().isEmpty());
    if (topic.isEmpty())
        samples_->setEmptyText(tr("Nothing is stored yet"), tr("A topic's mapping is guessed when its first records come."));
    else if (!guesses_.contains(topic))
        samples_->setEmptyText(tr("Reading samples of %1…").arg(topic));
    else
        samples_->setEmptyText(tr("The topic holds no records yet"));
    if (!readOnlyBecause_.isEmpty())
        hint_->setText(tr("read-only: %1").arg(readOnlyBecause_));
    else if (!editor_->error().isEmpty())
        hint_->setText(editor_->error());
    else if (changed > 0)
        hint_->setText(changed == 1 ? tr("1 topic is to be decoded anew") : tr("%1 topics are to be decoded anew").arg(changed));
    else
        hint_->setText(samples_->verdict());
}

}  // namespace hindcast::ui
