#include "ui/connect/mapping_dialog.h"

#include "ui/connect/mapping_candidates.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topic_tabs.h"
#include "ui/connect/wrong_field.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/hairline.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

MappingDialog::MappingDialog(const Theme& theme, const QStringList& topics, const QString& notNow, QWidget* parent)
    : QDialog(parent), theme_(theme), notNow_(notNow)
{
    setWindowTitle(tr("How records become events"));
    resize(fitting({1000, 640}, *screen()));
    topics_ = makeTopicTabs();
    for (const QString& topic : topics) topics_->setTabData(topics_->addTab(topic), topic);
    editor_ = new MappingEditor(theme_);
    editor_->setEnabled(false);
    samples_ = new SampleTable(theme_);
    samples_->setMinimumHeight(theme_.px(26) + 3 * theme_.rowHeight());
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

QString MappingDialog::shownTopic() const { return currentTopicOf(*topics_); }

void MappingDialog::begin(const QString& topic)
{
    for (int i = 0; i < topics_->count(); ++i)
        if (i != topics_->currentIndex() && topics_->tabData(i).toString() == topic) return topics_->setCurrentIndex(i);
    showTopic();
}

MappingDialog::Topic* MappingDialog::shown()
{
    const auto at = known_.find(shownTopic());
    return at == known_.end() ? nullptr : &at->second;
}

void MappingDialog::showTopic()
{
    const QString topic = shownTopic();
    samples_->setSamples({});
    editor_->setReasons({});
    if (const Topic* known = shown()) {
        showMapping(*known);
    } else {
        editor_->setEnabled(false);
        editor_->setMapping({});
        if (!topic.isEmpty()) emit sampleWanted(topic);
    }
    updateWords();
}

void MappingDialog::showMapping(const Topic& topic)
{
    editor_->setEnabled(notNow_.isEmpty());
    editor_->setMapping(topic.edited);
    // The reasons are the guess's: they are told where it is what holds.
    QStringList reasons;
    if (topic.guess.mapping == topic.edited)
        for (const std::string& reason : topic.guess.reasons) reasons << QString::fromStdString(reason);
    editor_->setReasons(reasons);
    emit previewWanted(shownTopic(), topic.edited);
}

void MappingDialog::showSampled(const QString& topic, const decode::Mapping& inForce, const decode::Guess& guess)
{
    known_[topic] = {inForce, inForce, guess};
    if (topic == shownTopic()) showMapping(known_[topic]);
    updateWords();
}

void MappingDialog::showPreview(const QString& topic, const std::vector<SampleView>& samples)
{
    if (topic != shownTopic()) return;
    samples_->setSamples(samples);
    editor_->setCandidates(candidatesOf(topic, samples));
    editor_->setDebezium(samples_->holdsDebezium());
    updateWords();
}

void MappingDialog::showFailed(const QString& what, const QString& why, const QString& hint)
{
    samples_->setEmptyText(tr("%1: %2").arg(what, why),
                           hint.isEmpty() ? tr("Close this window and open it again to try once more.") : hint);
}

void MappingDialog::takeMapping(const decode::Mapping& mapping)
{
    Topic* topic = shown();
    if (topic == nullptr) return;
    topic->edited = mapping;
    topic->edited.topic = topic->inForce.topic;
    if (topic->edited != topic->guess.mapping) editor_->setReasons({});  // they are the guess's
    emit previewWanted(shownTopic(), topic->edited);
    updateWords();
}

void MappingDialog::useGuess()
{
    Topic* topic = shown();
    if (topic == nullptr) return;
    topic->edited = topic->guess.mapping;
    showMapping(*topic);
    updateWords();
}

void MappingDialog::apply()
{
    std::vector<decode::Mapping> changed;
    for (const auto& [name, topic] : known_)
        if (topic.edited != topic.inForce) changed.push_back(topic.edited);
    emit applyWanted(changed);
    accept();
}

void MappingDialog::updateWords()
{
    const QString name = shownTopic();
    const Topic* topic = shown();
    const auto changed =
        std::count_if(known_.begin(), known_.end(), [](const auto& each) { return each.second.edited != each.second.inForce; });
    // What cannot be understood changes no mapping, and is what the guess is most wanted for.
    const bool differs = topic != nullptr && (topic->guess.mapping != topic->edited || !editor_->error().isEmpty());
    guess_->setEnabled(notNow_.isEmpty() && differs);
    apply_->setEnabled(notNow_.isEmpty() && changed > 0 && editor_->error().isEmpty());
    if (name.isEmpty())
        samples_->setEmptyText(tr("Nothing is stored yet"), tr("A topic's mapping is guessed when its first records come."));
    else if (topic == nullptr)
        samples_->setEmptyText(tr("Reading samples of %1…").arg(name));
    else
        samples_->setEmptyText(tr("The topic holds no records yet"));
    const QString absent = samples_->absentWords();
    if (!notNow_.isEmpty())
        hint_->setText(notNow_);
    else if (!editor_->error().isEmpty())
        hint_->setText(editor_->error());
    else if (changed > 0)
        hint_->setText(
            (changed == 1 ? tr("1 topic is to be decoded anew") : tr("%1 topics are to be decoded anew").arg(changed)) +
            (absent.isEmpty() ? QString() : QStringLiteral(" · ") + absent));
    else
        hint_->setText(samples_->verdict());
    markWarning(*hint_, !absent.isEmpty());
}

}  // namespace hindcast::ui
