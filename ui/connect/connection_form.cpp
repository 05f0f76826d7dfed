#include "ui/connect/connection_form.h"

#include "ui/look/elided_label.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>

namespace hindcast::ui {

ConnectionForm::ConnectionForm(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    brokers_ = new QLineEdit;
    brokers_->setFont(theme.mono());
    brokers_->setPlaceholderText(QStringLiteral("localhost:9092"));
    brokers_->setAccessibleName(tr("Brokers"));
    test_ = new QPushButton(tr("List topics"));
    test_->setAutoDefault(false);
    test_->setToolTip(tr("Asks the cluster for its brokers and topics; reads no record"));
    outcome_ = new QLabel;
    outcome_->setWordWrap(true);
    outcome_->setTextFormat(Qt::PlainText);
    outcome_->setAccessibleName(tr("Answer of the cluster"));
    summary_ = new ElidedLabel;
    edit_ = new QToolButton;
    edit_->setText(tr("Properties…"));
    edit_->setCheckable(true);
    edit_->setFocusPolicy(Qt::StrongFocus);
    properties_ = new PropertiesEditor(theme);
    properties_->hide();
    readOnly_ =
        new QLabel(tr("read only — joins no group, commits no offset, creates and produces nothing · client.id hindcast"));
    readOnly_->setWordWrap(true);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(10, 12, 10, 8);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    const auto label = [&](const QString& text, int row) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        grid->addWidget(out, row, 0);
        return out;
    };
    label(tr("Brokers"), 0)->setBuddy(brokers_);
    grid->addWidget(brokers_, 0, 1);
    grid->addWidget(test_, 0, 2);
    grid->addWidget(outcome_, 1, 1, 1, 2);
    label(tr("Security"), 2);
    grid->addWidget(summary_, 2, 1);
    grid->addWidget(edit_, 2, 2);
    grid->addWidget(properties_, 3, 1, 1, 2);
    label(tr("Access"), 4);
    grid->addWidget(readOnly_, 4, 1, 1, 2);
    outcome_->hide();

    const auto summarise = [this] {
        summary_->setText(properties_->summary());
        emit changed();
    };
    connect(properties_, &PropertiesEditor::propertiesChanged, this, summarise);
    connect(brokers_, &QLineEdit::textChanged, this, &ConnectionForm::changed);
    connect(edit_, &QToolButton::toggled, properties_, &QWidget::setVisible);
    connect(test_, &QPushButton::clicked, this, &ConnectionForm::testWanted);
    connect(brokers_, &QLineEdit::returnPressed, this, &ConnectionForm::testWanted);
    connect(&theme_, &Theme::changed, this, &ConnectionForm::paintTone);
    summary_->setText(properties_->summary());
    paintTone();
}

source::KafkaConnection ConnectionForm::connection() const
{
    source::KafkaConnection connection;
    QString brokers = brokers_->text().simplified();
    brokers.remove(QLatin1Char(' '));
    connection.brokers = brokers.toStdString();
    connection.properties = properties_->properties();
    return connection;
}

void ConnectionForm::setBrokers(const QString& brokers) { brokers_->setText(brokers); }

void ConnectionForm::sayAsking()
{
    test_->setEnabled(false);
    say(tr("Asking %1…").arg(brokers_->text().trimmed()), Tone::Quiet);
}

void ConnectionForm::sayFound(const source::ClusterInfo& cluster)
{
    test_->setEnabled(true);
    const auto brokers = cluster.brokers.size();
    const auto topics = cluster.topics.size();
    const QString some = brokers == 1 ? tr("1 broker") : tr("%1 brokers").arg(brokers);
    const QString what = topics == 1 ? tr("1 topic") : tr("%1 topics").arg(topics);
    say(QStringLiteral("✓ ") + some + QStringLiteral(" · ") + what +
            (cluster.clusterId.empty() ? QString() : tr(" · cluster %1").arg(QString::fromStdString(cluster.clusterId))),
        Tone::Good);
}

void ConnectionForm::sayFailed(const QString& what, const QString& why, const QString& hint)
{
    test_->setEnabled(true);
    QString text = what;
    if (!why.isEmpty()) text += QStringLiteral(": ") + why;
    if (!hint.isEmpty()) text += QStringLiteral(" — ") + hint;
    say(text, Tone::Bad);
}

QString ConnectionForm::outcome() const { return outcome_->text(); }

void ConnectionForm::say(const QString& text, Tone tone)
{
    tone_ = tone;
    outcome_->setText(text);
    outcome_->setVisible(!text.isEmpty());
    paintTone();
}

void ConnectionForm::paintTone()
{
    const auto colour = [this](QLabel* label, Theme::Role role) {
        QPalette colours = label->palette();
        colours.setColor(QPalette::WindowText, theme_.color(role));
        label->setPalette(colours);
    };
    colour(outcome_, tone_ == Tone::Good  ? Theme::Role::Added
                     : tone_ == Tone::Bad ? Theme::Role::Warning
                                          : Theme::Role::TextSecondary);
    colour(readOnly_, Theme::Role::TextSecondary);
}

}  // namespace hindcast::ui
