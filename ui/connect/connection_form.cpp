#include "ui/connect/connection_form.h"

#include "ui/connect/form_labels.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/summary_button.h"
#include "ui/connect/wrong_field.h"
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
    test_ = new QPushButton;
    test_->setAutoDefault(false);
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
    rate_ = new LimitBox(AmountOf::Rate, 1e6, {1, 5, 20, 100});
    rate_->setCurrentIndex(3);
    rate_->setAccessibleName(tr("Read no faster than"));
    rate_->setToolTip(tr("Read no faster than this, so that others do not feel it: 500 kB/s, 20 MB/s; a number alone is MB/s"));
    rateWrong_ = wrongLabel(tr("What is wrong with the speed"));
    layOut();
    setAsking(false);
    arrange();
    join();
    summarise();
    paintTone();
}

void ConnectionForm::layOut()
{
    grid_ = new QGridLayout(this);
    grid_->setContentsMargins(8, 10, 10, 6);
    grid_->setHorizontalSpacing(12);
    grid_->setVerticalSpacing(7);
    grid_->setColumnStretch(1, 4);
    grid_->addWidget(fieldLabel(tr("Brokers"), brokers_), 0, 0);
    grid_->addWidget(brokers_, 0, 1);
    grid_->addWidget(test_, 0, 2);
    grid_->addWidget(failure_, 2, 1, 1, 3);
    grid_->addWidget(fieldLabel(tr("Security"), edit_), 3, 0);
    grid_->addWidget(edit_, 3, 1);
    grid_->addWidget(fieldLabel(tr("Access")), 4, 0);
    auto* access = new QHBoxLayout;
    access->setSpacing(6);
    access->addWidget(readOnly_);
    access->addWidget(about_);
    access->addWidget(rate_);
    access->addStretch(1);
    grid_->addLayout(access, 4, 1, 1, 3);
    grid_->addWidget(rateWrong_, 5, 1, 1, 3);
    failure_->hide();
}

void ConnectionForm::summarise()
{
    const QString summary = properties().summary();
    edit_->setText(summary);
    edit_->setToolTip(tr("%1\nProtocol, sign-in, certificates, and all properties").arg(summary));
    edit_->setAccessibleDescription(summary);
    if (isVisible()) arrange();  // before that its width says nothing yet
}

void ConnectionForm::join()
{
    connect(&properties(), &PropertiesEditor::propertiesChanged, this, [this] {
        summarise();
        sayNothing();
        emit changed();
    });
    connect(brokers_, &QLineEdit::textChanged, this, [this] {
        sayNothing();
        emit brokersChanged();
        emit changed();
    });
    connect(rate_, &QComboBox::editTextChanged, this, [this] {
        sayWrong(*rateWrong_, rate_->error());
        emit rateChanged();
    });
    connect(test_, &QPushButton::clicked, this, [this] { asking_ ? emit cancelWanted() : emit testWanted(); });
    connect(brokers_, &QLineEdit::returnPressed, this, [this] {
        if (!asking_) emit testWanted();
    });
    connect(&security_, &SecurityForm::done, edit_, [this] { edit_->setChecked(false); });
    connect(&theme_, &Theme::changed, this, &ConnectionForm::paintTone);
    connect(&theme_, &Theme::changed, this, &ConnectionForm::arrange);
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
    // How wide the brokers' field is, is known once the row is laid out as it is by now.
    if (placed && isVisible()) grid_->activate();
    // As wide as the brokers' field, and over what is free beside that where it would be cut else.
    const int across = placed && edit_->wholeWidth() > brokers_->width() ? 3 : 1;
    if (across != summaryAcross_) {
        summaryAcross_ = across;
        grid_->removeWidget(edit_);
        grid_->addWidget(edit_, 3, 1, 1, across);
    }
    rate_->setFixedWidth(theme_.px(120));
    steps_->setVisible(row == 0 || !steps_->text().isEmpty());  // a line of its own only where it says something
}

QToolButton& ConnectionForm::securityButton() { return *edit_; }

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

void ConnectionForm::setAsking(bool asking)
{
    asking_ = asking;
    next_ = source::ConnectStep::Kind::Names;
    test_->setMinimumWidth(asking ? test_->sizeHint().width() : 0);  // what stands beside it stays where it is
    test_->setText(asking ? tr("Cancel") : tr("Test connection"));
    test_->setAccessibleName(asking ? tr("Cancel the test of the connection") : test_->text());
    test_->setToolTip(asking ? tr("Waits no longer for the cluster")
                             : tr("Asks the cluster for its brokers and topics, step by step; reads no record"));
}

/// What to do where whoever failed has no better advice: by the step that did.
QString ConnectionForm::advice() const
{
    if (!failed_) return tr("look through the properties under Security");
    switch (*failed_) {
        case source::ConnectStep::Kind::Names: return tr("check how the brokers' names are written");
        case source::ConnectStep::Kind::Tcp: return tr("check that the broker runs and that this is its port");
        case source::ConnectStep::Kind::Tls: return tr("check the protocol and the certificates, under Security");
        case source::ConnectStep::Kind::Login: return tr("check mechanism, user and password, under Security");
        case source::ConnectStep::Kind::Cluster: return tr("test again; if it stays so, the broker's log says why");
    }
    return {};
}

/// In words, while asking. The steps between TCP and the cluster are told only once the broker has answered.
QString ConnectionForm::awaited() const
{
    using Kind = source::ConnectStep::Kind;
    const source::KafkaConnection to = connection();
    switch (next_) {
        case Kind::Names: return tr("looking up names…");
        case Kind::Tcp: return tr("connecting by TCP…");
        case Kind::Tls:
        case Kind::Login: {
            const auto seconds = to.timeout.count() / 1000;
            const auto found = to.properties.find("security.protocol");
            const QString protocol = found == to.properties.end() ? QString() : QString::fromStdString(found->second).toUpper();
            return protocol.isEmpty() || protocol == QLatin1String("PLAINTEXT")
                       ? tr("waiting for an answer, up to %1 s…").arg(seconds)
                       : tr("waiting for %1 and an answer, up to %2 s…").arg(protocol).arg(seconds);
        }
        case Kind::Cluster: return tr("asking for its topics…");
    }
    return {};
}

void ConnectionForm::sayAsking()
{
    setAsking(true);
    taken_.clear();
    failed_.reset();
    failure_->hide();
    failure_->clear();
    showSteps(Tone::Quiet);
}

void ConnectionForm::sayCancelled()
{
    sayNothing();
    taken_ << tr("cancelled");
    showSteps(Tone::Quiet);
}

void ConnectionForm::sayStep(const source::ConnectStep& step)
{
    QString text = (step.passed ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + nameOf(step.kind);
    if (!step.note.empty()) text += QStringLiteral(" (%1)").arg(QString::fromStdString(step.note));
    using Kind = source::ConnectStep::Kind;
    next_ = step.kind == Kind::Names ? Kind::Tcp : step.kind == Kind::Tcp ? Kind::Tls : Kind::Cluster;
    if (!step.passed) failed_ = step.kind;
    if (step.kind == Kind::Cluster && step.passed) return showSteps(Tone::Quiet);  // said with what was found
    taken_ << text;
    showSteps(step.passed ? Tone::Quiet : Tone::Bad);
}

void ConnectionForm::sayFound(const source::ClusterInfo& cluster)
{
    setAsking(false);
    const auto brokers = cluster.brokers.size();
    QString some = brokers == 1 ? tr("1 broker") : tr("%1 brokers").arg(brokers);
    if (!cluster.version.empty()) some += tr(", Kafka %1").arg(QString::fromStdString(cluster.version));
    taken_ << QStringLiteral("✓ ") + some;
    showSteps(Tone::Good);
    if (!cluster.clusterId.empty()) steps_->setToolTip(tr("cluster %1").arg(QString::fromStdString(cluster.clusterId)));
}

void ConnectionForm::sayFailed(const QString& what, const QString& why, const QString& hint)
{
    setAsking(false);
    failure_->setText(QStringLiteral("%1: %2 — %3")
                          .arg(what, why.isEmpty() ? tr("no reason was given") : why, hint.isEmpty() ? advice() : hint));
    failure_->show();
    showSteps(Tone::Bad);
}

void ConnectionForm::sayNothing()
{
    setAsking(false);
    taken_.clear();
    failed_.reset();
    failure_->hide();
    failure_->clear();
    showSteps(Tone::Quiet);
}

void ConnectionForm::showSteps(Tone tone)
{
    tone_ = tone;
    QStringList words = taken_;
    if (asking_ && tone != Tone::Bad) words << awaited();
    steps_->setText(words.join(QLatin1Char(' ')));
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
