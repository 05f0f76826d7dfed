#pragma once
#include "core/source/kafka.h"
#include "ui/look/theme.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;

namespace hindcast::ui {

class PropertiesList;

/// librdkafka's properties as K=V: typed, or taken from a properties file. Values of secrets are masked; nothing is kept beyond
/// the memory of this process.
class PropertiesEditor final : public QWidget {
    Q_OBJECT
public:
    explicit PropertiesEditor(const Theme& theme, QWidget* parent = nullptr);
    ~PropertiesEditor() override;

    [[nodiscard]] const std::map<std::string, std::string>& properties() const { return held_.properties; }
    void setProperties(std::map<std::string, std::string> properties);
    /// False with error() where the property would make the client write, join a group or commit, or is no K=V.
    bool add(const QString& name, const QString& value);
    bool addFile(const QString& path);
    /// The brokers that a file named; empty from then on.
    [[nodiscard]] QString takeBrokers();
    void remove(const QString& name);
    [[nodiscard]] QString error() const;
    /// "SASL_SSL · SCRAM-SHA-512 · user “auditor” · password given", without any secret; "no encryption, no sign-in" where there is nothing.
    [[nodiscard]] QString summary() const;
    /// A user is to sign in by a password, and none is known (any more). By Kerberos (GSSAPI) or a token (OAUTHBEARER) none is needed.
    [[nodiscard]] bool lacksPassword() const;
    [[nodiscard]] static bool isSecret(const QString& name);
    [[nodiscard]] QString shownValue(const QString& name) const;  ///< masked where secret

signals:
    void propertiesChanged();

private:
    [[nodiscard]] QString value(const char* name) const;  ///< empty where it is not set
    void changed();
    [[nodiscard]] QHBoxLayout* makeTyped();
    void takeTypedName(const QString& name);
    void addTyped();

    const Theme& theme_;
    source::KafkaConnection held_;
    QComboBox* name_;
    QLineEdit* value_;
    PropertiesList* list_;
    QLabel* error_;
};

}  // namespace hindcast::ui
