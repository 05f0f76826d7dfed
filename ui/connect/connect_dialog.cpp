#include "ui/connect/connect_dialog.h"

#include "ui/connect/connection_form.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/range_form.h"
#include "ui/connect/sample_table.h"
#include "ui/connect/topics_table.h"
#include "ui/look/elided_label.h"
#include "ui/look/file_dialog.h"
#include "ui/look/fitting.h"
#include "ui/look/hairline.h"
#include "ui/look/search_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

QWidget* bar(const QString& title, std::initializer_list<QWidget*> more)
{
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(10, 3, 10, 3);
    row->setSpacing(10);
    auto* label = new QLabel(title);
    label->setProperty("role", QStringLiteral("title"));
    row->addWidget(label);
    for (QWidget* widget : more) row->addWidget(widget, qobject_cast<ElidedLabel*>(widget) != nullptr ? 1 : 0);
    header->setMinimumHeight(34);
    return header;
}

QLabel* secondary(const QString& text = {})
{
    auto* label = new ElidedLabel;
    label->setText(text);
    label->setProperty("role", QStringLiteral("secondary"));
    return label;
}

}  // namespace

ConnectDialog::ConnectDialog(const Theme& theme, QWidget* parent) : QDialog(parent), theme_(theme)
{
    setWindowTitle(tr("Connect to Kafka"));
    resize(fitting({1080, 860}, *screen()));
    connection_ = new ConnectionForm(theme);
    range_ = new RangeForm(theme);

    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(makeTopics());
    splitter->addWidget(makeMapping());
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 2);
    splitter->setSizes({310, 330});

    verdict_ = secondary();
    verdict_->setAccessibleName(tr("What is to be known before connecting"));
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    connect_ = new QPushButton(tr("Connect"));
    connect_->setProperty("primary", true);
    connect_->setAutoDefault(false);
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(10, 8, 10, 10);
    row->setSpacing(10);
    row->addWidget(verdict_, 1);
    row->addWidget(cancel);
    row->addWidget(connect_);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    // On a small screen the upper part scrolls; where it goes and what to press stay in sight.
    auto* upper = new QWidget;
    auto* upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(connection_);
    upperLayout->addWidget(new Hairline(theme));
    upperLayout->addWidget(splitter, 1);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(upper);
    scroll->setAccessibleName(tr("Connection, topics and mapping"));
    layout->addWidget(scroll, 1);
    layout->addWidget(new Hairline(theme));
    layout->addWidget(makeTarget());
    layout->addWidget(buttons);

    connect(connection_, &ConnectionForm::testWanted, this, &ConnectDialog::askTopics);
    connect(connection_, &ConnectionForm::changed, this, &ConnectDialog::updateWords);
    connect(topics_, &TopicsTable::chosenChanged, this, &ConnectDialog::takeChosen);
    connect(topics_, &RowView::currentChanged, this, [this] {
        for (int i = 0; i < topicTabs_->count(); ++i)
            if (topicTabs_->tabText(i) == topics_->currentTopic()) topicTabs_->setCurrentIndex(i);
    });
    connect(topicTabs_, &QTabBar::currentChanged, this, &ConnectDialog::showTopic);
    connect(mapping_, &MappingEditor::mappingChanged, this, &ConnectDialog::takeMapping);
    connect(mapping_, &MappingEditor::errorChanged, this, &ConnectDialog::updateWords);
    connect(range_, &RangeForm::changed, this, &ConnectDialog::updateWords);
    connect(workspace_, &QLineEdit::textChanged, this, &ConnectDialog::updateWords);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(connect_, &QPushButton::clicked, this, &ConnectDialog::accepted);
    takeChosen();
    connection_->brokersField().setFocus();
}

QWidget* ConnectDialog::makeTopics()
{
    auto* page = new QWidget;
    topicsCount_ = secondary();
    auto* filter = new SearchField(theme_);
    filter->setPlaceholderText(tr("filter"));
    filter->setAccessibleName(tr("Filter topics"));
    filter->setFixedWidth(220);
    topics_ = new TopicsTable(theme_);
    topics_->setMinimumHeight(theme_.px(26) + 3 * theme_.rowHeight());
    connect(filter, &QLineEdit::textChanged, topics_, &TopicsTable::setFilter);
    connect(filter, &QLineEdit::textChanged, this, &ConnectDialog::updateWords);
    connect(topics_, &RowView::textTyped, filter, [filter](const QString& text) {
        filter->setFocus(Qt::ShortcutFocusReason);
        filter->setText(text);
    });
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("Topics"), {topicsCount_, filter}));
    layout->addWidget(topics_, 1);
    layout->addWidget(range_);
    return page;
}

QWidget* ConnectDialog::makeMapping()
{
    auto* page = new QWidget;
    topicTabs_ = new QTabBar;
    topicTabs_->setExpanding(false);
    topicTabs_->setElideMode(Qt::ElideMiddle);
    topicTabs_->setUsesScrollButtons(true);
    topicTabs_->setAccessibleName(tr("Topic whose mapping is shown"));
    mappingHint_ = secondary();
    mapping_ = new MappingEditor(theme_);
    samples_ = new SampleTable(theme_);
    samples_->setMinimumHeight(theme_.px(26) + 3 * theme_.rowHeight());
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar(tr("How records become events"), {topicTabs_, mappingHint_}));
    layout->addWidget(mapping_);
    layout->addWidget(samples_, 1);
    return page;
}

QWidget* ConnectDialog::makeTarget()
{
    auto* page = new QWidget;
    page->setProperty("role", QStringLiteral("panel-header"));
    page->setAttribute(Qt::WA_StyledBackground);
    workspace_ = new QLineEdit;
    workspace_->setFont(theme_.mono());
    workspace_->setPlaceholderText(tr("orders.hindcast"));
    workspace_->setAccessibleName(tr("Workspace file"));
    auto* choose = new QPushButton(tr("Choose…"));
    choose->setAutoDefault(false);
    connect(choose, &QPushButton::clicked, this, [this] {
        const QString path = askTargetFile(this, tr("Workspace file"), workspace_->text(), tr("Workspaces (*.hindcast)"));
        if (!path.isEmpty())
            workspace_->setText(path.endsWith(QLatin1String(".hindcast")) ? path : path + QLatin1String(".hindcast"));
    });
    const auto amounts = [](const QString& name, const QStringList& items) {
        auto* box = new QComboBox;
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems(items);
        box->setAccessibleName(name);
        box->setFixedWidth(116);
        return box;
    };
    rate_ = amounts(tr("Read no faster than, MB a second"),
                    {tr("no limit"), QStringLiteral("1"), QStringLiteral("5"), QStringLiteral("20"), QStringLiteral("100")});
    rate_->setCurrentIndex(3);
    disk_ =
        amounts(tr("Stop at a file size, GB"), {tr("no limit"), QStringLiteral("1"), QStringLiteral("10"), QStringLiteral("50")});
    disk_->setCurrentIndex(2);
    for (QComboBox* box : {rate_, disk_}) connect(box, &QComboBox::editTextChanged, this, &ConnectDialog::updateWords);

    const auto label = [](const QString& text, QWidget* buddy) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        out->setBuddy(buddy);
        return out;
    };
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(10, 8, 10, 8);
    row->setSpacing(8);
    row->addWidget(label(tr("Into"), workspace_));
    row->addWidget(workspace_, 1);
    row->addWidget(choose);
    row->addSpacing(10);
    row->addWidget(label(tr("≤ MB/s"), rate_));
    row->addWidget(rate_);
    row->addWidget(label(tr("≤ GB on disk"), disk_));
    row->addWidget(disk_);
    return page;
}

void ConnectDialog::setBrokers(const QString& brokers) { connection_->setBrokers(brokers); }

void ConnectDialog::setWorkspace(const QString& path) { workspace_->setText(path); }

void ConnectDialog::askTopics()
{
    if (connection_->brokersField().text().trimmed().isEmpty()) {
        connection_->sayFailed(tr("No brokers"), {}, tr("write host:port, several with commas between them"));
        connection_->brokersField().setFocus();
        return;
    }
    listing_ = true;
    connection_->sayAsking();
    known_.clear();
    sampling_.clear();
    updateWords();
    emit listTopicsWanted(connection_->connection());
}

void ConnectDialog::showTopics(const source::ClusterInfo& cluster)
{
    listing_ = false;
    connection_->sayFound(cluster);
    topics_->setTopics(cluster.topics);
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
        topic.asked = false;
        sampling_.clear();
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
            if (topic == shown || topic == topics_->currentTopic()) topicTabs_->setCurrentIndex(at);
        }
    }
    range_->setChosen(static_cast<int>(chosen.size()), topics_->chosenRecords());
    topicTabs_->setVisible(!chosen.isEmpty());
    showTopic();
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
    mapping_->setMapping(topic.mapping);
    mapping_->setReasons(topic.reasons);
    mapping_->setDebezium(false);
    samples_->setSamples({});
    if (topic.sampled) {
        emit previewWanted(name, topic.mapping);
    } else if (sampling_ != name) {
        topic.asked = true;
        topic.failure.clear();
        sampling_ = name;
        emit sampleWanted(connection_->connection(), name);
    }
    updateWords();
}

void ConnectDialog::showSampled(const QString& name, const decode::Guess& guess)
{
    Topic& topic = known_[name];
    topic.sampled = true;
    topic.mapping = guess.mapping;
    topic.reasons.clear();
    for (const std::string& reason : guess.reasons) topic.reasons << QString::fromStdString(reason);
    if (sampling_ == name) sampling_.clear();
    if (name != shownTopic()) return;
    mapping_->setMapping(topic.mapping);
    mapping_->setReasons(topic.reasons);
    emit previewWanted(name, topic.mapping);
    updateWords();
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

std::optional<std::uint64_t> ConnectDialog::amount(const QComboBox* box, double unit) const
{
    bool good = false;
    const double number = box->currentText().trimmed().replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&good);
    if (!good || number <= 0) return std::nullopt;
    return static_cast<std::uint64_t>(number * unit);
}

std::expected<ConnectRequest, QString> ConnectDialog::request() const
{
    ConnectRequest out;
    out.kafka.connection = connection_->connection();
    if (out.kafka.connection.brokers.empty()) return std::unexpected(tr("Write the brokers' addresses, then list the topics"));
    const QStringList chosen = topics_->chosen();
    if (chosen.isEmpty())
        return std::unexpected(topics_->total() == 0 ? tr("List the topics, then choose some") : tr("Choose at least one topic"));
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
        // A topic that was never looked at is guessed from its first records while it is read.
        const auto topic = known_.find(name);
        if (topic == known_.end() || !topic->second.sampled) continue;
        (topic->second.edited ? out.ingest.mappings : out.ingest.proposals).push_back(topic->second.mapping);
    }
    for (const QComboBox* box : {rate_, disk_}) {
        const bool free = box->currentText().trimmed().isEmpty() || box->currentText() == box->itemText(0);
        if (!free && !amount(box, 1.0))
            return std::unexpected(tr("%1: “%2” is no number").arg(box->accessibleName(), box->currentText()));
    }
    out.kafka.bytesPerSecond = amount(rate_, 1e6);
    out.ingest.diskLimit = amount(disk_, 1e9);
    out.workspace = workspace_->text().trimmed();
    if (out.workspace.isEmpty()) return std::unexpected(tr("Name the workspace file that is to hold the events"));
    return out;
}

void ConnectDialog::updateWords()
{
    const auto chosen = topics_->chosen().size();
    topicsCount_->setText(topics_->total() == 0 ? QString() : tr("%1 of %2 chosen").arg(chosen).arg(topics_->total()));
    if (listing_)
        topics_->setEmptyText(tr("Asking the cluster for its topics…"));
    else if (topics_->total() > 0)
        topics_->setEmptyText(tr("No topic of that name"));
    else
        topics_->setEmptyText(tr("No topics yet"), tr("Write the brokers' addresses and list the topics."));

    const QString name = shownTopic();
    const auto topic = known_.find(name);
    if (name.isEmpty()) {
        mappingHint_->setText(tr("choose a topic to see its records"));
        samples_->setEmptyText(tr("Samples of a chosen topic appear here"));
    } else if (sampling_ == name) {
        mappingHint_->setText(tr("reading samples…"));
        samples_->setEmptyText(tr("Reading samples of %1…").arg(name));
    } else if (topic != known_.end() && !topic->second.failure.isEmpty()) {
        mappingHint_->setText(tr("no samples"));
        samples_->setEmptyText(topic->second.failure, tr("The mapping can be set without them, or later."));
    } else {
        mappingHint_->setText(tr("guessed from samples; change what is wrong"));
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
