#include "ui/connect/connect_dialog.h"

#include "ui/connect/connection_form.h"
#include "ui/connect/estimate_text.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/security_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/file_dialog.h"
#include "ui/look/fitting.h"
#include "ui/look/hairline.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kEstimateMs = 200;  // after the last change of what is to be read

}  // namespace

ConnectDialog::ConnectDialog(const Theme& theme, Profiles& profiles, QWidget* parent)
    : QDialog(parent),
      theme_(theme),
      profiles_(profiles),
      list_(new ProfileList(theme, profiles)),
      security_(new SecurityForm(theme)),
      connection_(new ConnectionForm(theme, *security_)),
      pages_(new QStackedWidget),
      range_(new RangeForm(theme))
{
    setWindowTitle(tr("Connect to Kafka"));
    resize(fitting({1240, 860}, *screen()));
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(makeTopics());
    splitter->addWidget(makeMapping());
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({250, 360});
    pages_->addWidget(splitter);
    pages_->addWidget(security_);

    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(connection_);
    right->addWidget(new Hairline(theme));
    right->addWidget(pages_, 1);
    auto* between = new Hairline(theme);
    between->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    between->setFixedWidth(1);
    between->setMaximumHeight(QWIDGETSIZE_MAX);
    auto* all = new QWidget;
    auto* layout = new QHBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(list_);
    layout->addWidget(between);
    layout->addLayout(right, 1);
    // On a screen that is smaller than all of it, as one at 200 % is, it scrolls; where it goes and what to press stay in sight.
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(all);
    scroll->setAccessibleName(tr("Connection, topics and mapping"));
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(scroll, 1);
    whole->addWidget(new Hairline(theme));
    whole->addWidget(makeTarget());
    whole->addWidget(makeFoot());

    estimateSoon_.setSingleShot(true);
    estimateSoon_.setInterval(kEstimateMs);
    connect(&estimateSoon_, &QTimer::timeout, this, &ConnectDialog::askEstimate);
    connect(list_, &ProfileList::chosen, this, &ConnectDialog::useProfile);
    connect(list_, &ProfileList::importWanted, this, &ConnectDialog::importProfile);
    connect(connection_, &ConnectionForm::testWanted, this, &ConnectDialog::askTopics);
    connect(connection_, &ConnectionForm::brokersChanged, this, &ConnectDialog::forgetCluster);
    connect(connection_, &ConnectionForm::changed, this, [this] {
        overtaken_ = std::exchange(listing_, false) || overtaken_;
        updateWords();
    });
    connect(&connection_->securityButton(), &QToolButton::toggled, this, [this](bool wanted) {
        pages_->setCurrentIndex(wanted ? 1 : 0);
        if (wanted) security_->protocol().setFocus();
    });
    connect(topics_, &TopicsTable::chosenChanged, this, &ConnectDialog::takeChosen);
    connect(topics_, &RowView::currentChanged, this, [this] {
        for (int i = 0; i < topicTabs_->count(); ++i)
            if (topicTabs_->tabData(i).toString() == topics_->currentTopic()) topicTabs_->setCurrentIndex(i);
    });
    connect(topicTabs_, &QTabBar::currentChanged, this, &ConnectDialog::showTopic);
    connect(mapping_, &MappingEditor::mappingChanged, this, &ConnectDialog::takeMapping);
    connect(mapping_, &MappingEditor::errorChanged, this, &ConnectDialog::updateWords);
    connect(range_, &RangeForm::changed, this, [this] {
        estimate_.reset();
        estimateSoon_.start();
        updateWords();
    });
    connect(workspace_, &QLineEdit::textChanged, this, [this] {
        for (auto& [name, topic] : known_) takeStored(name, topic);
        estimateSoon_.start();
        showTopic();
    });
    takeChosen();
    if (profiles_.count() > 0) {
        list_->setCurrent(0);
        useProfile(0);
    }
    connection_->brokersField().setFocus();
}

void ConnectDialog::setBrokers(const QString& brokers) { connection_->setBrokers(brokers); }

void ConnectDialog::setWorkspace(const QString& path) { workspace_->setText(path); }

void ConnectDialog::setStored(StoredTopics stored)
{
    stored_ = std::move(stored);
    for (auto& [name, topic] : known_) takeStored(name, topic);
    estimateSoon_.start();
    showTopic();
}

void ConnectDialog::useProfile(int index)
{
    profile_ = index;
    forgetCluster();
    const Profile profile = index >= 0 && index < profiles_.count() ? profiles_.at(index) : Profile{};
    connection_->setConnection(profile.brokers, profile.properties);
    connection_->securityButton().setChecked(false);
    if (index < 0) connection_->brokersField().setFocus();
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
    known_.clear();
    sampling_.clear();
    clusterId_.clear();
    estimate_.reset();
    if (topics_->total() > 0) topics_->setTopics({});
    takeChosen();
}

void ConnectDialog::askTopics()
{
    if (connection_->brokersField().text().trimmed().isEmpty()) {
        connection_->sayFailed(tr("No brokers"), {}, tr("write host:port, several with commas between them"));
        connection_->brokersField().setFocus();
        return;
    }
    if (security_->lacksPassword()) {
        connection_->sayFailed(tr("No password"), {}, tr("passwords are kept for a session only: write it once more"));
        connection_->securityButton().setChecked(true);
        security_->password().setFocus();
        return;
    }
    listing_ = true;
    overtaken_ = false;
    connection_->sayAsking();
    known_.clear();
    sampling_.clear();
    updateWords();
    emit listTopicsWanted(connection_->connection());
}

void ConnectDialog::showStep(const source::ConnectStep& step)
{
    if (listing_) connection_->sayStep(step);
}

void ConnectDialog::showTopics(const source::ClusterInfo& cluster)
{
    if (overtaken_) return;
    listing_ = false;
    clusterId_ = cluster.clusterId;
    connection_->sayFound(cluster);
    connection_->securityButton().setChecked(false);
    topics_->setTopics(cluster.topics);
    internal_->setVisible(topics_->internalCount() > 0);
    takeChosen();
}

void ConnectDialog::showFailed(const QString& what, const QString& why, const QString& hint)
{
    if (listing_) {
        listing_ = false;
        connection_->sayFailed(what, why, hint);
    } else if (!sampling_.isEmpty()) {
        Topic& topic = known_[sampling_];
        topic.failure = hint.isEmpty() ? tr("%1: %2").arg(what, why) : tr("%1: %2 — %3").arg(what, why, hint);
        sampling_.clear();
        sampleNext();
    }
    updateWords();
}

QString ConnectDialog::shownTopic() const
{
    return topicTabs_->currentIndex() < 0 ? QString() : topicTabs_->tabData(topicTabs_->currentIndex()).toString();
}

void ConnectDialog::takeChosen()
{
    const QStringList chosen = topics_->chosen();
    const QString shown = shownTopic();
    {
        const QSignalBlocker quiet(topicTabs_);
        while (topicTabs_->count() > 0) topicTabs_->removeTab(0);
        for (const QString& topic : chosen) {
            const int at = topicTabs_->addTab(topic);
            topicTabs_->setTabData(at, topic);
            if (topic == shown) topicTabs_->setCurrentIndex(at);
        }
        // The one that has just been chosen is the one that is of interest.
        if (const auto at = chosen.indexOf(topics_->currentTopic()); at >= 0) topicTabs_->setCurrentIndex(static_cast<int>(at));
    }
    range_->setChosen(static_cast<int>(chosen.size()), topics_->chosenRecords());
    topicTabs_->setVisible(!chosen.isEmpty());
    showTopic();
    sampleNext();
}

void ConnectDialog::showTopic()
{
    const QString name = shownTopic();
    mapping_->setEnabled(!name.isEmpty());
    if (name.isEmpty()) {
        mapping_->setMapping({});
        mapping_->setReasons({});
        samples_->setSamples({});
        return updateWords();
    }
    Topic& topic = known_[name];
    if (topic.mapping.topic.empty()) topic.mapping.topic = name.toStdString();
    takeStored(name, topic);
    mapping_->setMapping(topic.mapping);
    mapping_->setReasons(topic.stored ? QStringList() : topic.reasons);
    mapping_->setDebezium(false);
    samples_->setSamples({});
    if (topic.sampled)
        emit previewWanted(name, topic.mapping);
    else if (sampling_ != name)
        askSample(name);
    updateWords();
}

void ConnectDialog::askSample(const QString& name)
{
    known_[name].failure.clear();
    sampling_ = name;
    emit sampleWanted(connection_->connection(), name);
}

/// The other chosen ones too, one after the other: how large their records are belongs to the estimate.
void ConnectDialog::sampleNext()
{
    if (!sampling_.isEmpty()) return;
    for (const QString& name : topics_->chosen()) {
        const auto known = known_.find(name);
        if (known == known_.end() || (!known->second.sampled && known->second.failure.isEmpty())) return askSample(name);
    }
}

bool ConnectDialog::intoStored() const
{
    return !stored_.workspace.isEmpty() &&
           QFileInfo(stored_.workspace).absoluteFilePath() == QFileInfo(workspace_->text().trimmed()).absoluteFilePath();
}

/// What a workspace was read with holds on: it is that which is shown, not what would be guessed.
void ConnectDialog::takeStored(const QString& name, Topic& topic) const
{
    if (topic.edited) return;
    const decode::Mapping* held = intoStored() ? decode::mappingFor(stored_.mappings, name.toStdString()) : nullptr;
    topic.stored = held != nullptr;
    if (held == nullptr) return;
    topic.mapping = *held;
    topic.mapping.topic = name.toStdString();
}

void ConnectDialog::showSampled(const QString& name, const decode::Guess& guess, double meanBytes)
{
    Topic& topic = known_[name];
    topic.sampled = true;
    topic.meanBytes = meanBytes;
    if (!topic.edited) topic.mapping = guess.mapping;
    topic.reasons.clear();
    for (const std::string& reason : guess.reasons) topic.reasons << QString::fromStdString(reason);
    takeStored(name, topic);
    if (sampling_ == name) sampling_.clear();
    writeEstimate();
    if (name == shownTopic()) {
        mapping_->setMapping(topic.mapping);
        mapping_->setReasons(topic.stored || topic.edited ? QStringList() : topic.reasons);
        emit previewWanted(name, topic.mapping);
    }
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
    Topic& topic = known_[name];
    topic.mapping = mapping;
    topic.mapping.topic = name.toStdString();
    topic.edited = true;
    topic.reasons.clear();  // they were the guess's
    mapping_->setReasons({});
    if (topic.sampled) emit previewWanted(name, topic.mapping);
    updateWords();
}

std::vector<source::Resume> ConnectDialog::positions() const
{
    std::vector<source::Resume> out;
    const auto known = intoStored() ? stored_.positions.find(clusterId_) : stored_.positions.end();
    if (known == stored_.positions.end() || clusterId_.empty()) return out;
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
    if (!estimate_ || topics_->chosen().isEmpty() || !until) return;
    EstimateFacts facts;
    facts.found = *estimate_;
    for (const auto& [name, topic] : known_) facts.meanBytes[name] = topic.meanBytes;
    facts.live = until->kind == source::KafkaUntil::Kind::Never;
    facts.resumes = !positions().empty();
    if (const auto limit = diskLimit()) facts.diskLimit = *limit;
    range_->setEstimate(estimateText(facts));
}

std::expected<std::optional<std::uint64_t>, QString> ConnectDialog::diskLimit() const
{
    const QString text = disk_->currentText().trimmed();
    if (text.isEmpty() || text == disk_->itemText(0)) return std::nullopt;
    const auto amount = amountIn(text);
    if (!amount) return std::unexpected(tr("%1: “%2” is no number").arg(disk_->accessibleName(), text));
    return static_cast<std::uint64_t>(*amount * 1e9);
}

std::expected<ConnectRequest, QString> ConnectDialog::request() const
{
    ConnectRequest out;
    out.kafka.connection = connection_->connection();
    if (out.kafka.connection.brokers.empty())
        return std::unexpected(tr("Write the brokers' addresses, then test the connection"));
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
    for (const QString& name : chosen) {
        // A topic that was never looked at is guessed from its first records while it is read; one that the workspace knows keeps
        // what it has.
        const auto topic = known_.find(name);
        if (topic == known_.end() || (!topic->second.edited && (!topic->second.sampled || topic->second.stored))) continue;
        (topic->second.edited ? out.ingest.mappings : out.ingest.proposals).push_back(topic->second.mapping);
    }
    const auto rate = connection_->rateLimit();
    if (!rate) return std::unexpected(rate.error());
    out.kafka.bytesPerSecond = *rate;
    const auto disk = diskLimit();
    if (!disk) return std::unexpected(disk.error());
    out.ingest.diskLimit = *disk;
    out.workspace = workspace_->text().trimmed();
    if (out.workspace.isEmpty()) return std::unexpected(tr("Name the workspace file that is to hold the events"));
    return out;
}

QString ConnectDialog::mappingHint() const { return mappingHint_->text(); }

void ConnectDialog::updateWords()
{
    if (connect_ == nullptr) return;  // still being put together
    const auto chosen = topics_->chosen().size();
    const int all = topics_->total() - (topics_->isInternalShown() ? 0 : topics_->internalCount());
    topicsCount_->setText(topics_->total() == 0 ? QString() : tr("%1 of %2 chosen").arg(chosen).arg(all));
    if (listing_)
        topics_->setEmptyText(tr("Asking the cluster for its topics…"));
    else if (topics_->total() > 0)
        topics_->setEmptyText(tr("No topic of that name"));
    else
        topics_->setEmptyText(tr("No topics yet"), tr("Write the brokers' addresses and test the connection."));

    const QString name = shownTopic();
    const auto topic = known_.find(name);
    const bool known = topic != known_.end();
    if (name.isEmpty()) {
        mappingHint_->setText(tr("choose a topic to see its records"));
        samples_->setEmptyText(tr("Samples of a chosen topic appear here"));
    } else if (known && topic->second.edited) {
        mappingHint_->setText(topic->second.stored ? tr("changed: what the workspace holds is decoded anew")
                                                   : tr("changed by you"));
    } else if (known && topic->second.stored) {
        mappingHint_->setText(tr("the workspace's own, and kept; a change decodes anew what it holds"));
    } else if (sampling_ == name) {
        mappingHint_->setText(tr("reading samples…"));
    } else if (known && !topic->second.failure.isEmpty()) {
        mappingHint_->setText(tr("no samples"));
    } else {
        mappingHint_->setText(samples_->rowCount() == 0 ? tr("guessed when the first records come")
                                                        : tr("guessed from %n samples; change what is wrong", nullptr,
                                                             static_cast<int>(samples_->rowCount())));
    }
    if (!name.isEmpty()) {
        if (sampling_ == name)
            samples_->setEmptyText(tr("Reading samples of %1…").arg(name));
        else if (known && !topic->second.failure.isEmpty())
            samples_->setEmptyText(topic->second.failure, tr("The mapping can be set without them, or later."));
        else
            samples_->setEmptyText(tr("The topic holds no records yet"), tr("Its mapping is guessed when the first ones come."));
    }

    const auto wanted = request();
    connect_->setEnabled(wanted.has_value());
    QString text = samples_->verdict();
    if (!wanted) text = text.isEmpty() ? wanted.error() : wanted.error() + QStringLiteral(" · ") + text;
    verdict_->setText(text);
}

void ConnectDialog::accepted()
{
    const auto wanted = request();
    if (!wanted) return updateWords();
    const source::KafkaConnection connection = connection_->connection();
    profiles_.remember(profile_, QString::fromStdString(connection.brokers), connection.properties);
    emit connectRequested(*wanted);
    accept();
}

void ConnectDialog::keyPressEvent(QKeyEvent* event)
{
    // Enter belongs to the fields; only with Ctrl it is "Connect" from anywhere.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ControlModifier) accepted();
        return;
    }
    QDialog::keyPressEvent(event);
}

}  // namespace hindcast::ui
