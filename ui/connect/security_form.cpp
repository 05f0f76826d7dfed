#include "ui/connect/security_form.h"

#include "ui/connect/form_labels.h"
#include "ui/connect/wrong_field.h"
#include "ui/look/file_dialog.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr const char* kProtocol = "security.protocol";
constexpr const char* kMechanism = "sasl.mechanism";
constexpr const char* kMechanismToo = "sasl.mechanisms";  // librdkafka's older name of it
constexpr const char* kUser = "sasl.username";
constexpr const char* kPassword = "sasl.password";
constexpr const char* kAuthority = "ssl.ca.location";

}  // namespace

SecurityForm::SecurityForm(const Theme& theme, QWidget* parent) : QWidget(parent), properties_(new PropertiesEditor(theme))
{
    QGridLayout* grid = makeFields(theme);
    auto* title = new QLabel(tr("All properties"));
    title->setProperty("role", QStringLiteral("title"));
    auto* about = new WrappedLabel(
        tr("librdkafka's names or a Java client's: typed as name=value, or from a client.properties file. The fields "
           "above write the same ones."));
    about->setProperty("role", QStringLiteral("secondary"));
    done_ = new QPushButton(tr("Done"));
    done_->setAutoDefault(false);
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(done_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 12, 10, 8);
    layout->setSpacing(8);
    layout->addLayout(grid);
    layout->addSpacing(6);
    layout->addWidget(title);
    layout->addWidget(about);
    layout->addWidget(properties_);
    layout->addLayout(foot);
    layout->addStretch(1);

    connect(properties_, &PropertiesEditor::propertiesChanged, this, &SecurityForm::showProperties);
    connect(protocol_, &QComboBox::activated, this, [this] { write(kProtocol, protocol_->currentData().toString()); });
    connect(mechanism_, &QComboBox::activated, this, [this] { write(kMechanism, mechanism_->currentData().toString()); });
    connect(user_, &QLineEdit::textEdited, this, [this](const QString& text) { write(kUser, text); });
    connect(password_, &QLineEdit::textEdited, this, [this](const QString& text) { write(kPassword, text); });
    connect(authority_, &QLineEdit::textEdited, this, [this](const QString& text) { write(kAuthority, text); });
    connect(choose_, &QPushButton::clicked, this, [this] {
        const QString path = askOpenFile(this, tr("CA file"), tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        if (!path.isEmpty()) write(kAuthority, path);
    });
    connect(done_, &QPushButton::clicked, this, &SecurityForm::done);
    showProperties();
}

/// The properties that most clusters want.
QGridLayout* SecurityForm::makeFields(const Theme& theme)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    const auto place = [&](const QString& text, QWidget* field, int row, int column) {
        field->setAccessibleName(text);
        grid->addWidget(fieldLabel(text, field), row, column);
        grid->addWidget(field, row, column + 1);
    };
    protocol_ = new QComboBox;
    protocol_->addItem(tr("no encryption, no sign-in"), QString());
    for (const char* name : {"SSL", "SASL_SSL", "SASL_PLAINTEXT"}) protocol_->addItem(QLatin1String(name), QLatin1String(name));
    mechanism_ = new QComboBox;
    mechanism_->addItem(tr("not chosen yet"), QString());
    for (const char* name : {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"})
        mechanism_->addItem(QLatin1String(name), QLatin1String(name));
    for (QComboBox* box : {protocol_, mechanism_}) {  // their longest words must not make the dialog wide
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    user_ = new QLineEdit;
    password_ = new QLineEdit;
    password_->setEchoMode(QLineEdit::Password);
    password_->setPlaceholderText(tr("for this session only"));
    authority_ = new QLineEdit;
    authority_->setFont(theme.mono());
    authority_->setPlaceholderText(tr("the system's own"));
    choose_ = new QPushButton(tr("Choose…"));
    choose_->setAutoDefault(false);
    choose_->setAccessibleName(tr("Choose the CA file"));
    place(tr("Protocol"), protocol_, 0, 0);
    place(tr("Mechanism"), mechanism_, 0, 2);
    place(tr("User"), user_, 1, 0);
    place(tr("Password"), password_, 1, 2);
    place(tr("CA file (PEM)"), authority_, 2, 0);
    grid->addWidget(choose_, 2, 2);
    wrong_ = wrongLabel(tr("What is missing to sign in"));
    grid->addWidget(wrong_, 3, 1, 1, 3);
    return grid;
}

bool SecurityForm::lacksMechanism() const
{
    const auto& all = properties_->properties();
    const auto saysHow = [](const auto& property) {
        const std::string& name = property.first;
        return name == "sasl.jaas.config" || name.starts_with("sasl.kerberos.");
    };
    return user_->isEnabled() && mechanism_->currentData().toString().isEmpty() && std::ranges::none_of(all, saysHow);
}

void SecurityForm::write(const char* property, const QString& value)
{
    std::map<std::string, std::string> all = properties_->properties();
    if (property == kMechanism) all.erase(kMechanismToo);
    if (value.isEmpty())
        all.erase(property);
    else
        all[property] = value.toStdString();
    properties_->setProperties(std::move(all));
}

void SecurityForm::showProperties()
{
    const auto& all = properties_->properties();
    const auto value = [&](const char* name) {
        const auto at = all.find(name);
        return at == all.end() ? QString() : QString::fromStdString(at->second);
    };
    const auto choose = [](QComboBox* box, const QString& text) {
        int at = box->findData(text.toUpper());
        if (at < 0) {  // one that is not in the list is shown all the same
            box->addItem(text, text.toUpper());
            at = box->count() - 1;
        }
        box->setCurrentIndex(at);
    };
    QString protocol = value(kProtocol).toUpper();
    if (protocol == QLatin1String("PLAINTEXT")) protocol.clear();
    choose(protocol_, protocol);
    choose(mechanism_, value(kMechanism).isEmpty() ? value(kMechanismToo) : value(kMechanism));
    for (const auto& [field, name] :
         {std::pair(user_, kUser), std::pair(password_, kPassword), std::pair(authority_, kAuthority)})
        if (field->text() != value(name)) field->setText(value(name));
    const bool login = protocol.startsWith(QLatin1String("SASL"));
    for (QWidget* field : std::initializer_list<QWidget*>{mechanism_, user_, password_}) field->setEnabled(login);
    for (QWidget* field : std::initializer_list<QWidget*>{authority_, choose_})
        field->setEnabled(protocol.endsWith(QLatin1String("SSL")));
    const bool lacksPassword = !lacksMechanism() && properties_->lacksPassword();
    markWrong(*mechanism_, lacksMechanism());
    markWrong(*password_, lacksPassword);
    sayWrong(*wrong_, lacksPassword ? tr("Give the password of “%1”: it is kept for this session only.").arg(value(kUser))
                      : lacksMechanism()
                          ? tr("Choose a mechanism: PLAIN or SCRAM for a user and password, as the cluster has it; the "
                               "broker names what it accepts where it is another. Brokers have no default for it.")
                          : QString());
}

}  // namespace hindcast::ui
