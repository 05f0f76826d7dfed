#pragma once
#include "ui/connect/properties_editor.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hindcast::ui {

/// How to get in: the properties that most clusters want as fields, and all of them as a list below. Both write and show the same
/// properties, so they are in step.
class SecurityForm final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the form.
    explicit SecurityForm(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] PropertiesEditor& properties() { return *properties_; }
    [[nodiscard]] QComboBox& protocol() { return *protocol_; }
    [[nodiscard]] QComboBox& mechanism() { return *mechanism_; }
    [[nodiscard]] QLineEdit& user() { return *user_; }
    [[nodiscard]] QLineEdit& password() { return *password_; }
    [[nodiscard]] QLineEdit& authority() { return *authority_; }
    /// It is to be signed in, and not said how: librdkafka would then try Kerberos, whatever user and password are given.
    [[nodiscard]] bool lacksMechanism() const;
    [[nodiscard]] QPushButton& doneButton() { return *done_; }

signals:
    void done();

private:
    [[nodiscard]] QGridLayout* makeFields(const Theme& theme);
    void showProperties();
    void write(const char* property, const QString& value);

    PropertiesEditor* properties_;
    QComboBox* protocol_;
    QComboBox* mechanism_;
    QLineEdit* user_;
    QLineEdit* password_;
    QLineEdit* authority_;
    QPushButton* choose_;
    QPushButton* done_;
    QLabel* wrong_;
};

}  // namespace hindcast::ui
