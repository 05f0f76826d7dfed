#include "ui/connect/connection_form.h"

#include "ui/connect/summary_button.h"
#include "ui/look/elided_label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

namespace hindcast::ui {

namespace {

QString nameOf(source::ConnectStep::Kind kind)
{
    switch (kind) {
        case source::ConnectStep::Kind::Names: return ConnectionForm::tr("names");
        case source::ConnectStep::Kind::Tcp: return ConnectionForm::tr("TCP");
        case source::ConnectStep::Kind::Tls: return ConnectionForm::tr("TLS");
        case source::ConnectStep::Kind::Login: return ConnectionForm::tr("SASL");
        case source::ConnectStep::Kind::Cluster: return ConnectionForm::tr("cluster");
    }
    return {};
}

}  // namespace

std::optional<double> amountIn(const QString& text)
{
    static const QRegularExpression kNumber(QStringLiteral("[0-9]+([.,][0-9]+)?"));
    const auto found = kNumber.match(text);
    if (!found.hasMatch()) return std::nullopt;
    const double number = found.captured().replace(QLatin1Char(','), QLatin1Char('.')).toDouble();
    return number > 0 ? std::optional(number) : std::nullopt;
}

ConnectionForm::ConnectionForm(const Theme& theme, SecurityForm& security, QWidget* parent)
    : QWidget(parent), theme_(theme), security_(security)
{
    brokers_ = new QLineEdit;
    brokers_->setFont(theme.mono());
    brokers_->setPlaceholderText(QStringLiteral("localhost:9092"));
    brokers_->setAccessibleName(tr("Brokers"));
    test_ = new QPushButton(tr("Test connection"));
    test_->setAutoDefault(false);
    test_->setToolTip(tr("Asks the cluster for its brokers and topics, step by step; reads no record"));
    steps_ = new ElidedLabel;
    steps_->setAccessibleName(tr("Steps of the connection"));
    failure_ = new QLabel;
    failure_->setWordWrap(true);
    failure_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long name of a file makes no wider dialog
    failure_->setTextFormat(Qt::PlainText);
    failure_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    failure_->setAccessibleName(tr("What failed, and what to do"));
    edit_ = new SummaryButton(theme);
    edit_->setAccessibleName(tr("Security"));
    readOnly_ = new QLabel(tr("read only"));
    about_ = new ElidedLabel;
    about_->setText(tr("— joins no group, commits no offset, creates and produces nothing · client.id hindcast ·"));
    rate_ = new QComboBox;
    rate_->setEditable(true);
    rate_->setInsertPolicy(QComboBox::NoInsert);
    rate_->addItems({tr("no limit"), tr("≤ 1 MB/s"), tr("≤ 5 MB/s"), tr("≤ 20 MB/s"), tr("≤ 100 MB/s")});
    rate_->setCurrentIndex(3);
    rate_->setAccessibleName(tr("Read no faster than, MB a second"));
    rate_->setToolTip(tr("Read no faster than this, so that others do not feel it"));
    rate_->setFixedWidth(120);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(10, 10, 10, 6);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(7);
    grid->setColumnStretch(1, 4);
    grid->setColumnStretch(3, 4);
    const auto label = [&](const QString& text, int row) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        grid->addWidget(out, row, 0);
        return out;
    };
    label(tr("Brokers"), 0)->setBuddy(brokers_);
    grid->addWidget(brokers_, 0, 1);
    grid->addWidget(test_, 0, 2);
    grid->addWidget(steps_, 0, 3);
    grid->addWidget(failure_, 1, 1, 1, 3);
    label(tr("Security"), 2)->setBuddy(edit_);
    grid->addWidget(edit_, 2, 1);
    label(tr("Access"), 3);
    auto* access = new QHBoxLayout;
    access->setSpacing(6);
    access->addWidget(readOnly_);
    access->addWidget(about_);
    access->addWidget(rate_);
    access->addStretch(1);
    grid->addLayout(access, 3, 1, 1, 3);
    failure_->hide();

    const auto summarise = [this] {
        edit_->setText(properties().summary());
        edit_->setToolTip(tr("%1\nProtocol, sign-in, certificates, and all properties").arg(properties().summary()));
        edit_->setAccessibleDescription(properties().summary());
    };
    connect(&properties(), &PropertiesEditor::propertiesChanged, this, [this, summarise] {
        summarise();
        sayNothing();
        emit changed();
    });
    connect(brokers_, &QLineEdit::textChanged, this, [this] {
        sayNothing();
        emit brokersChanged();
        emit changed();
    });
    connect(rate_, &QComboBox::editTextChanged, this, &ConnectionForm::changed);
    connect(test_, &QPushButton::clicked, this, &ConnectionForm::testWanted);
    connect(brokers_, &QLineEdit::returnPressed, this, &ConnectionForm::testWanted);
    connect(&security_, &SecurityForm::done, edit_, [this] { edit_->setChecked(false); });
    connect(&theme_, &Theme::changed, this, &ConnectionForm::paintTone);
    summarise();
    paintTone();
}

source::KafkaConnection ConnectionForm::connection() const
{
    source::KafkaConnection connection;
    QString brokers = brokers_->text().simplified();
    brokers.remove(QLatin1Char(' '));
    connection.brokers = brokers.toStdString();
    connection.properties = security_.properties().properties();
    return connection;
}

void ConnectionForm::setConnection(const QString& brokers, const std::map<std::string, std::string>& properties)
{
    security_.properties().setProperties(properties);
    setBrokers(brokers);
}

void ConnectionForm::setBrokers(const QString& brokers) { brokers_->setText(brokers); }

std::expected<std::optional<std::uint64_t>, QString> ConnectionForm::rateLimit() const
{
    const QString text = rate_->currentText().trimmed();
    if (text.isEmpty() || text == rate_->itemText(0)) return std::nullopt;
    const auto amount = amountIn(text);
    if (!amount) return std::unexpected(tr("%1: “%2” is no number").arg(rate_->accessibleName(), text));
    return static_cast<std::uint64_t>(*amount * 1e6);
}

void ConnectionForm::sayAsking()
{
    test_->setEnabled(false);
    taken_.clear();
    failure_->hide();
    failure_->clear();
    steps_->setText(tr("asking…"));
    steps_->setToolTip({});
    tone_ = Tone::Quiet;
    paintTone();
}

void ConnectionForm::sayStep(const source::ConnectStep& step)
{
    QString text = (step.passed ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + nameOf(step.kind);
    if (!step.note.empty()) text += QStringLiteral(" (%1)").arg(QString::fromStdString(step.note));
    if (step.kind == source::ConnectStep::Kind::Cluster && step.passed) return;  // said with what was found
    taken_ << text;
    showSteps(step.passed ? Tone::Quiet : Tone::Bad);
}

void ConnectionForm::sayFound(const source::ClusterInfo& cluster)
{
    test_->setEnabled(true);
    const auto brokers = cluster.brokers.size();
    QString some = brokers == 1 ? tr("1 broker") : tr("%1 brokers").arg(brokers);
    if (!cluster.version.empty()) some += tr(", Kafka %1").arg(QString::fromStdString(cluster.version));
    taken_ << QStringLiteral("✓ ") + some;
    showSteps(Tone::Good);
    if (!cluster.clusterId.empty()) steps_->setToolTip(tr("cluster %1").arg(QString::fromStdString(cluster.clusterId)));
}

void ConnectionForm::sayFailed(const QString& what, const QString& why, const QString& hint)
{
    test_->setEnabled(true);
    QString text = what;
    if (!why.isEmpty()) text += QStringLiteral(": ") + why;
    if (!hint.isEmpty()) text += QStringLiteral(" — ") + hint;
    failure_->setText(text);
    failure_->show();
    showSteps(Tone::Bad);
}

void ConnectionForm::sayNothing()
{
    test_->setEnabled(true);
    taken_.clear();
    failure_->hide();
    failure_->clear();
    showSteps(Tone::Quiet);
}

void ConnectionForm::showSteps(Tone tone)
{
    tone_ = tone;
    steps_->setText(taken_.join(QLatin1Char(' ')));
    steps_->setToolTip({});
    paintTone();
}

QString ConnectionForm::steps() const { return steps_->text(); }

QString ConnectionForm::outcome() const { return failure_->text().isEmpty() ? steps_->text() : failure_->text(); }

void ConnectionForm::paintTone()
{
    const auto colour = [this](QLabel* label, Theme::Role role) {
        QPalette colours = label->palette();
        colours.setColor(QPalette::WindowText, theme_.color(role));
        label->setPalette(colours);
    };
    colour(steps_, tone_ == Tone::Good  ? Theme::Role::Added
                   : tone_ == Tone::Bad ? Theme::Role::Warning
                                        : Theme::Role::TextSecondary);
    colour(failure_, Theme::Role::Warning);
    colour(readOnly_, Theme::Role::Added);
    colour(about_, Theme::Role::TextSecondary);
}

}  // namespace hindcast::ui
