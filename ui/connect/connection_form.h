#pragma once
#include "core/source/kafka.h"
#include "ui/connect/security_form.h"

#include <QStringList>
#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace hindcast::ui {

class LimitBox;
class SummaryButton;

/// Brokers, security and what the connection may do, with the steps of the last question to the cluster in place: which were taken,
/// and which failed and what to do.
class ConnectionForm final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the form. `security` shows in detail what is told here in a line; it belongs to whoever places it.
    ConnectionForm(const Theme& theme, SecurityForm& security, QWidget* parent = nullptr);

    [[nodiscard]] source::KafkaConnection connection() const;
    void setConnection(const QString& brokers, const std::map<std::string, std::string>& properties);
    void setBrokers(const QString& brokers);
    [[nodiscard]] PropertiesEditor& properties() { return security_.properties(); }
    [[nodiscard]] SecurityForm& security() { return security_; }
    [[nodiscard]] QLineEdit& brokersField() { return *brokers_; }
    [[nodiscard]] QPushButton& testButton() { return *test_; }
    [[nodiscard]] QToolButton& securityButton();       ///< checked while the details are wanted
    [[nodiscard]] LimitBox& rate() { return *rate_; }  ///< bytes a second
    [[nodiscard]] const LimitBox& rate() const { return *rate_; }

    void sayAsking();
    void sayStep(const source::ConnectStep& step);
    void sayFound(const source::ClusterInfo& cluster);
    /// An empty `hint` is made up for by what helps with the step that failed.
    void sayFailed(const QString& what, const QString& why, const QString& hint);
    void sayNothing();
    void sayCancelled();
    [[nodiscard]] bool isAsking() const { return asking_; }
    [[nodiscard]] QString steps() const;    ///< "✓ names ✓ TCP ✓ 3 brokers, Kafka 4.1+"
    [[nodiscard]] QString outcome() const;  ///< what failed and what to do; else the steps

signals:
    void testWanted();
    void cancelWanted();  ///< of the question that is on its way: the button that asks cancels meanwhile
    void brokersChanged();
    void changed();  ///< what was found before need not hold any more
    void rateChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Tone { Quiet, Good, Bad };
    void layOut();
    void join();
    void summarise();
    void arrange();
    void setAsking(bool asking);
    [[nodiscard]] QString advice() const;
    [[nodiscard]] QString awaited() const;
    void showSteps(Tone tone);
    void paintTone();

    const Theme& theme_;
    SecurityForm& security_;
    QLineEdit* brokers_;
    QPushButton* test_;
    QLabel* steps_;
    QLabel* failure_;
    SummaryButton* edit_;
    QLabel* readOnly_;
    QLabel* about_;
    LimitBox* rate_;
    QLabel* rateWrong_;
    QGridLayout* grid_;
    int stepsRow_ = -1;      ///< where the steps stand: beside the brokers, or below them
    int summaryAcross_ = 1;  ///< columns of the grid
    bool asking_ = false;
    source::ConnectStep::Kind next_ = source::ConnectStep::Kind::Names;  ///< what is waited for, while asking
    std::optional<source::ConnectStep::Kind> failed_;
    QStringList taken_;
    Tone tone_ = Tone::Quiet;
};

}  // namespace hindcast::ui
