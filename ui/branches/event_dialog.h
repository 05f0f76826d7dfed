#pragma once
#include "core/event/time.h"
#include "ui/branches/typed_time.h"
#include "ui/look/theme.h"

#include <QDialog>
#include <QStringList>

#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace hindcast::ui {

/// An event of a branch: its type, its time and its payload. What cannot be used is said beneath the field as one types, and then the
/// dialog cannot be accepted. Knows no session.
class EventDialog final : public QDialog {
    Q_OBJECT
public:
    struct Start {
        QString title;
        QString about;      ///< one line: "In “what if”, after #5 FeeCharged"
        QStringList types;  ///< that are known, the likeliest first
        QString type;
        std::optional<Timestamp> time;
        QString payload;     ///< JSON; may be empty
        bool isNew = false;  ///< of an added event: it needs all of them, and its payload follows its type
        TimeReader reader = {};
    };
    /// What differs from the start; of a new event all of it.
    struct Result {
        std::optional<std::string> type;
        std::optional<Timestamp> time;
        std::optional<std::string> payload;
    };
    /// `theme` must outlive it.
    EventDialog(const Theme& theme, Start start, QWidget* parent);

    /// Another payload to begin with, for the type that was asked for; nothing where the user has written one.
    void offerPayload(const QString& payload);
    [[nodiscard]] Result result() const;
    [[nodiscard]] QString trouble() const;  ///< what is said to be wrong; empty: nothing

    [[nodiscard]] QComboBox& typeField() { return *type_; }
    [[nodiscard]] QLineEdit& timeField() { return *time_; }
    [[nodiscard]] QPlainTextEdit& payloadField() { return *payload_; }
    [[nodiscard]] QPushButton& acceptButton() { return *accept_; }

signals:
    void payloadWanted(const QString& type);  ///< the payload of such an event would do: offerPayload()

private:
    void build();
    void check();
    void checkPayload();
    void setPayload(const QString& text);

    const Theme& theme_;
    Start start_;
    QComboBox* type_;
    QLineEdit* time_;
    QLabel* timeTrouble_;
    QPlainTextEdit* payload_;
    QLabel* payloadTrouble_;
    QPushButton* accept_;
    QString typeTrouble_;
    QString offered_;  ///< the payload that was not written by the user
    std::optional<Timestamp> chosenTime_;
};

}  // namespace hindcast::ui
