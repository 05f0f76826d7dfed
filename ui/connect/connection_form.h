#pragma once
#include "core/source/kafka.h"
#include "ui/connect/properties_editor.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace hindcast::ui {

/// Brokers, security and what the connection may do, with the outcome of the last question to the cluster in place.
class ConnectionForm final : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionForm(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] source::KafkaConnection connection() const;
    void setBrokers(const QString& brokers);
    [[nodiscard]] PropertiesEditor& properties() { return *properties_; }
    [[nodiscard]] QLineEdit& brokersField() { return *brokers_; }
    [[nodiscard]] QPushButton& testButton() { return *test_; }

    void sayAsking();
    void sayFound(const source::ClusterInfo& cluster);
    void sayFailed(const QString& what, const QString& why, const QString& hint);
    [[nodiscard]] QString outcome() const;

signals:
    void testWanted();
    void changed();  ///< what was found before need not hold any more

private:
    enum class Tone { Quiet, Good, Bad };
    void say(const QString& text, Tone tone);
    void paintTone();

    const Theme& theme_;
    QLineEdit* brokers_;
    QPushButton* test_;
    QLabel* outcome_;
    QLabel* summary_;
    QToolButton* edit_;
    PropertiesEditor* properties_;
    QLabel* readOnly_;
    Tone tone_ = Tone::Quiet;
};

}  // namespace hindcast::ui
