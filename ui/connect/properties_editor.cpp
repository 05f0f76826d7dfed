#include "ui/connect/properties_editor.h"

#include "ui/connect/form_labels.h"
#include "ui/connect/wrong_field.h"
#include "ui/look/file_dialog.h"
#include "ui/look/row_view.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr qint64 kLargestFile = 1'000'000;  // bytes

}  // namespace

/// Name and value a line; Delete removes one.
class PropertiesList final : public RowView {
public:
    PropertiesList(PropertiesEditor& owner, const Theme& theme) : RowView(theme), owner_(owner)
    {
        setAccessibleName(PropertiesEditor::tr("Properties"));
        setHeaderVisible(false);
        setColumns({{QString(), 200, 1, Qt::AlignLeft, false}, {QString(), 200, 2, Qt::AlignLeft, false}});
        setEmptyText(PropertiesEditor::tr("No properties: plain text, no sign-in"));
    }
    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(owner_.properties().size()); }
    [[nodiscard]] QString name(Row row) const
    {
        return QString::fromStdString(std::next(owner_.properties().begin(), row)->first);
    }
    [[nodiscard]] QString rowText(Row row) const override { return name(row) + QLatin1Char('=') + owner_.shownValue(name(row)); }

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override
    {
        const QString key = name(cell.row);
        paintText(painter, cell.rect, cell.column == 0 ? key : owner_.shownValue(key), theme().mono(),
                  theme().color(cell.column == 0 ? Theme::Role::Text : Theme::Role::TextSecondary));
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if ((event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) && currentRow() != kNone)
            return owner_.remove(name(currentRow()));
        RowView::keyPressEvent(event);
    }

private:
    PropertiesEditor& owner_;
};

PropertiesEditor::PropertiesEditor(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    QHBoxLayout* typed = makeTyped();
    error_ = wrongLabel(tr("What is wrong with the property"));
    list_ = new PropertiesList(*this, theme);
    list_->setFixedHeight(6 * theme_.rowHeight());
    auto* kept = new WrappedLabel(
        tr("Secrets are kept in memory, for this session only; protocol, mechanism, user and file names are remembered with the "
           "profile. Delete removes the marked property."));
    kept->setProperty("role", QStringLiteral("secondary"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(typed);
    layout->addWidget(error_);
    layout->addWidget(list_);
    layout->addWidget(kept);
}

/// The line in which one is written, or a file of them chosen.
QHBoxLayout* PropertiesEditor::makeTyped()
{
    name_ = new QComboBox;
    name_->setEditable(true);
    name_->setInsertPolicy(QComboBox::NoInsert);
    name_->addItems({QStringLiteral("security.protocol"), QStringLiteral("sasl.mechanism"), QStringLiteral("sasl.username"),
                     QStringLiteral("sasl.password"), QStringLiteral("ssl.ca.location"),
                     QStringLiteral("ssl.certificate.location"), QStringLiteral("ssl.key.location"),
                     QStringLiteral("ssl.key.password"), QStringLiteral("enable.ssl.certificate.verification")});
    name_->setEditText({});
    name_->lineEdit()->setPlaceholderText(tr("property"));
    name_->lineEdit()->setFont(theme_.mono());
    name_->setAccessibleName(tr("Name of a property"));
    name_->setMinimumContentsLength(20);
    name_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    value_ = new QLineEdit;
    value_->setPlaceholderText(tr("value"));
    value_->setFont(theme_.mono());
    value_->setAccessibleName(tr("Value of the property"));
    auto* add = new QPushButton(tr("Add"));
    auto* file = new QPushButton(tr("From file…"));
    for (QPushButton* button : {add, file}) button->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(name_, 2);
    row->addWidget(value_, 3);
    row->addWidget(add);
    row->addWidget(file);
    connect(name_, &QComboBox::editTextChanged, this, &PropertiesEditor::takeTypedName);
    connect(add, &QPushButton::clicked, this, &PropertiesEditor::addTyped);
    connect(value_, &QLineEdit::returnPressed, this, &PropertiesEditor::addTyped);
    connect(file, &QPushButton::clicked, this, [this] {
        const QString path =
            askOpenFile(this, tr("Properties file"), tr("Properties (*.properties *.conf *.cfg);;All files (*)"));
        if (!path.isEmpty()) addFile(path);
    });
    return row;
}

/// `name=value` may be typed or pasted in one piece; a secret is masked while it is typed.
void PropertiesEditor::takeTypedName(const QString& name)
{
    value_->setEchoMode(isSecret(name) ? QLineEdit::Password : QLineEdit::Normal);
    const auto at = name.indexOf(QLatin1Char('='));
    if (at < 0) return;
    const QString rest = name.mid(at + 1);
    name_->setEditText(name.left(at).trimmed());
    value_->setText(rest);
    value_->setFocus();
}

PropertiesEditor::~PropertiesEditor() = default;

bool PropertiesEditor::isSecret(const QString& name)
{
    for (const char* word : {"password", "secret", "token", "jaas", ".pem", "oauthbearer.config"})
        if (name.contains(QLatin1String(word), Qt::CaseInsensitive)) return true;
    return false;
}

QString PropertiesEditor::shownValue(const QString& name) const
{
    const auto at = held_.properties.find(name.toStdString());
    if (at == held_.properties.end()) return {};
    return isSecret(name) ? QStringLiteral("••••••") : QString::fromStdString(at->second);
}

void PropertiesEditor::setProperties(std::map<std::string, std::string> properties)
{
    held_.properties = std::move(properties);
    changed();
}

bool PropertiesEditor::add(const QString& name, const QString& value)
{
    const auto done = source::addProperty(held_, (name.trimmed() + QLatin1Char('=') + value).toStdString());
    sayWrong(*error_, done ? QString() : QString::fromStdString(done.error().text()));
    if (done) changed();
    return done.has_value();
}

bool PropertiesEditor::addFile(const QString& path)
{
    // It is read where the window would wait: no file of properties is that large, and one chosen by mistake may be.
    if (QFileInfo(path).size() > kLargestFile) {
        sayWrong(*error_,
                 tr("cannot read the properties file %1: it is larger than 1 MB — choose a file of lines name=value").arg(path));
        return false;
    }
    source::KafkaConnection with = held_;
    const auto done = source::addPropertiesFile(with, path.toStdString());
    sayWrong(*error_, done ? QString() : QString::fromStdString(done.error().text()));
    if (!done) return false;
    held_ = std::move(with);
    changed();
    return true;
}

QString PropertiesEditor::takeBrokers() { return QString::fromStdString(std::exchange(held_.brokers, {})); }

void PropertiesEditor::remove(const QString& name)
{
    held_.properties.erase(name.toStdString());
    changed();
}

void PropertiesEditor::addTyped()
{
    if (name_->currentText().trimmed().isEmpty()) return;
    if (!add(name_->currentText(), value_->text())) return;
    name_->setEditText({});
    value_->clear();
    name_->setFocus();
}

void PropertiesEditor::changed()
{
    list_->rowsChanged();
    emit propertiesChanged();
}

QString PropertiesEditor::error() const { return error_->text(); }

QString PropertiesEditor::value(const char* name) const
{
    const auto at = held_.properties.find(name);
    return at == held_.properties.end() ? QString() : QString::fromStdString(at->second);
}

bool PropertiesEditor::lacksPassword() const
{
    const bool login = value("security.protocol").startsWith(QLatin1String("SASL"), Qt::CaseInsensitive);
    if (!login || value("sasl.username").isEmpty()) return false;
    QString mechanism = value("sasl.mechanism");
    if (mechanism.isEmpty()) mechanism = value("sasl.mechanisms");
    const auto is = [&](const char* name) { return mechanism.compare(QLatin1String(name), Qt::CaseInsensitive) == 0; };
    const auto isKerberos = [](const auto& property) { return property.first.starts_with("sasl.kerberos."); };
    // librdkafka's own choice where none is named.
    const bool kerberos = is("GSSAPI") || (mechanism.isEmpty() && std::ranges::any_of(held_.properties, isKerberos));
    if (kerberos || is("OAUTHBEARER")) return false;
    return value("sasl.password").isEmpty() && value("sasl.jaas.config").isEmpty();
}

QString PropertiesEditor::summary() const
{
    QStringList parts;
    if (const QString protocol = value("security.protocol"); !protocol.isEmpty()) parts << protocol.toUpper();
    for (const char* name : {"sasl.mechanism", "sasl.mechanisms"})
        if (const QString mechanism = value(name); !mechanism.isEmpty()) parts << mechanism;
    if (const QString user = value("sasl.username"); !user.isEmpty()) parts << tr("user “%1”").arg(user);
    if (held_.properties.contains("sasl.password"))
        parts << tr("password given");
    else if (lacksPassword())
        parts << tr("password to be given");
    if (parts.isEmpty())
        return held_.properties.empty()
                   ? tr("no encryption, no sign-in")
                   : tr("no encryption, no sign-in · %n properties", nullptr, static_cast<int>(held_.properties.size()));
    return parts.join(QStringLiteral(" · "));
}

}  // namespace hindcast::ui
