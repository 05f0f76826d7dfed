#include "ui/connect/connection_form.h"

#include "ui/connect/limit_box.h"
#include "ui/connect/summary_button.h"
#include "ui/connect/wrapped_label.h"
#include "ui/look/elided_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace hindcast::ui {

namespace {

constexpr int kSideBySide = 860;  // pixels at the zoom of a desk: from here on the steps have room beside the brokers

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
    failure_ = new WrappedLabel;
    failure_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long name of a file makes no wider dialog
    failure_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    failure_->setAccessibleName(tr("What failed, and what to do"));
    edit_ = new SummaryButton(theme);
    edit_->setAccessibleName(tr("Security"));
    readOnly_ = new QLabel(tr("read only"));
    // What the connection may do is not to be cut: it wraps.
    about_ = new WrappedLabel(tr("— joins no group, commits no offset, creates and produces nothing · client.id hindcast ·"));
    rate_ = new LimitBox(tr("≤ %1 MB/s"), 1e6, {1, 5, 20, 100});
    rate_->setCurrentIndex(3);
    rate_->setAccessibleName(tr("Read no faster than, MB a second"));
    rate_->setToolTip(tr("Read no faster than this, so that others do not feel it"));
    rate_->setFixedWidth(120);

    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(10, 10, 10, 6);
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(7);
    grid_->setColumnStretch(1, 4);
    const auto label = [&](const QString& text, int row) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        grid_->addWidget(out, row, 0);
        return out;
    };
    label(tr("Brokers"), 0)->setBuddy(brokers_);
    grid_->addWidget(brokers_, 0, 1);
    grid_->addWidget(test_, 0, 2);
    grid_->addWidget(failure_, 2, 1, 1, 3);
    label(tr("Security"), 3)->setBuddy(edit_);
    grid_->addWidget(edit_, 3, 1);
    label(tr("Access"), 4);
    auto* access = new QHBoxLayout;
    access->setSpacing(6);
    access->addWidget(readOnly_);
    access->addWidget(about_);
    access->addWidget(rate_);
    access->addStretch(1);
    grid_->addLayout(access, 4, 1, 1, 3);
    failure_->hide();
    arrange();

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
    connect(&theme_, &Theme::changed, this, &ConnectionForm::arrange);
    summarise();
    paintTone();
}

void ConnectionForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ConnectionForm::arrange()
{
    const bool placed = stepsRow_ >= 0;  // else its width says nothing yet
    const int row = !placed || width() >= theme_.px(kSideBySide) ? 0 : 1;
    if (row != stepsRow_) {
        stepsRow_ = row;
        grid_->removeWidget(steps_);
        grid_->addWidget(steps_, row, row == 0 ? 3 : 1, 1, row == 0 ? 1 : 3);
        grid_->setColumnStretch(3, row == 0 ? 4 : 0);
    }
    steps_->setVisible(row == 0 || !steps_->text().isEmpty());  // a line of its own only where it says something
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

void ConnectionForm::sayAsking()
{
    test_->setEnabled(false);
    taken_.clear();
    failure_->hide();
    failure_->clear();
    steps_->setText(tr("asking…"));
    arrange();
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
    arrange();
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
