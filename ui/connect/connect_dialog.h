#pragma once
#include "core/ingest/ingest.h"
#include "core/source/kafka.h"
#include "ui/look/theme.h"
#include "ui/session/connect_probe.h"

#include <QDialog>
#include <QStringList>

#include <expected>
#include <map>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabBar;

namespace hindcast::ui {

class ConnectionForm;
class MappingEditor;
class RangeForm;
class SampleTable;
class TopicsTable;

/// What the user asks for: where it goes, what is read, and how it becomes events.
struct ConnectRequest {
    QString workspace;  ///< path of the file that is to hold it
    source::KafkaOptions kafka;
    ingest::Options ingest;
};

/// Connect to Kafka: cluster, topics, range, mapping with a preview of real records. Reads nothing by itself: what it wants to
/// know it asks for by signals, which bind() joins to a ConnectProbe.
class ConnectDialog final : public QDialog {
    Q_OBJECT
public:
    /// `theme` must outlive the dialog.
    explicit ConnectDialog(const Theme& theme, QWidget* parent = nullptr);

    void setBrokers(const QString& brokers);
    void setWorkspace(const QString& path);

    // ---- answers
    void showTopics(const source::ClusterInfo& cluster);
    void showSampled(const QString& topic, const decode::Guess& guess);
    void showPreview(const QString& topic, const std::vector<SampleView>& samples);
    void showFailed(const QString& what, const QString& why, const QString& hint);

    /// What Connect would ask for; the error says what is missing.
    [[nodiscard]] std::expected<ConnectRequest, QString> request() const;

    [[nodiscard]] ConnectionForm& connection() { return *connection_; }
    [[nodiscard]] TopicsTable& topics() { return *topics_; }
    [[nodiscard]] RangeForm& range() { return *range_; }
    [[nodiscard]] MappingEditor& mapping() { return *mapping_; }
    [[nodiscard]] SampleTable& samples() { return *samples_; }
    [[nodiscard]] QPushButton& connectButton() { return *connect_; }

signals:
    void listTopicsWanted(const hindcast::source::KafkaConnection& connection);
    void sampleWanted(const hindcast::source::KafkaConnection& connection, const QString& topic);
    void previewWanted(const QString& topic, const hindcast::decode::Mapping& mapping);
    void connectRequested(const hindcast::ui::ConnectRequest& request);  ///< then the dialog closes

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// What is known of a chosen topic.
    struct Topic {
        decode::Mapping mapping;
        QStringList reasons;
        bool asked = false;
        bool sampled = false;
        bool edited = false;  ///< by the user: then it holds for what is stored already, too
        QString failure;
    };

    [[nodiscard]] QWidget* makeTopics();
    [[nodiscard]] QWidget* makeMapping();
    [[nodiscard]] QWidget* makeTarget();
    void askTopics();
    void takeChosen();
    void showTopic();
    void takeMapping(const decode::Mapping& mapping);
    void updateWords();
    void accepted();
    [[nodiscard]] QString shownTopic() const;
    [[nodiscard]] std::optional<std::uint64_t> amount(const QComboBox* box, double unit) const;

    const Theme& theme_;
    ConnectionForm* connection_;
    QLabel* topicsCount_;
    TopicsTable* topics_;
    RangeForm* range_;
    QTabBar* topicTabs_;
    QLabel* mappingHint_;
    MappingEditor* mapping_;
    SampleTable* samples_;
    QLineEdit* workspace_;
    QComboBox* rate_;
    QComboBox* disk_;
    QLabel* verdict_;
    QPushButton* connect_;
    std::map<QString, Topic> known_;
    QString sampling_;  ///< the topic whose samples are on their way
    bool listing_ = false;
};

}  // namespace hindcast::ui
