#pragma once
#include "core/ingest/ingest.h"
#include "core/source/kafka.h"
#include "ui/look/theme.h"
#include "ui/session/connect_probe.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>

#include <expected>
#include <map>
#include <optional>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace hindcast::ui {

class ConnectionForm;
class MappingEditor;
class ProfileList;
class Profiles;
class RangeForm;
class SampleTable;
class SecurityForm;
class TopicsTable;

/// What the user asks for: where it goes, what is read, and how it becomes events.
struct ConnectRequest {
    QString workspace;  ///< path of the file that is to hold it
    source::KafkaOptions kafka;
    ingest::Options ingest;
};

/// What a workspace that is open holds already: its mappings are kept, and reading goes on where it stopped.
struct StoredTopics {
    QString workspace;  ///< its path
    std::vector<decode::Mapping> mappings;
    std::map<std::string, std::vector<source::Resume>> positions;  ///< by cluster
};

/// Connect to Kafka: cluster, topics, range, mapping with a preview of real records. Reads nothing by itself: what it wants to
/// know it asks for by signals, which bind() joins to a ConnectProbe.
class ConnectDialog final : public QDialog {
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    ConnectDialog(const Theme& theme, Profiles& profiles, QWidget* parent = nullptr);

    void setBrokers(const QString& brokers);
    void setWorkspace(const QString& path);
    void setStored(StoredTopics stored);

    // ---- answers
    void showStep(const source::ConnectStep& step);
    void showTopics(const source::ClusterInfo& cluster);
    /// `meanBytes`: of a record; 0 where there was none.
    void showSampled(const QString& topic, const decode::Guess& guess, double meanBytes = 0);
    void showPreview(const QString& topic, const std::vector<SampleView>& samples);
    void showEstimate(const std::optional<source::KafkaEstimate>& estimate);
    void showFailed(const QString& what, const QString& why, const QString& hint);

    /// What Connect would ask for; the error says what is missing.
    [[nodiscard]] std::expected<ConnectRequest, QString> request() const;

    [[nodiscard]] ConnectionForm& connection() { return *connection_; }
    [[nodiscard]] ProfileList& profiles() { return *list_; }
    [[nodiscard]] TopicsTable& topics() { return *topics_; }
    [[nodiscard]] RangeForm& range() { return *range_; }
    [[nodiscard]] MappingEditor& mapping() { return *mapping_; }
    [[nodiscard]] SampleTable& samples() { return *samples_; }
    [[nodiscard]] QPushButton& connectButton() { return *connect_; }
    [[nodiscard]] QString mappingHint() const;

signals:
    void listTopicsWanted(const hindcast::source::KafkaConnection& connection);
    void sampleWanted(const hindcast::source::KafkaConnection& connection, const QString& topic);
    void previewWanted(const QString& topic, const hindcast::decode::Mapping& mapping);
    void estimateWanted(const hindcast::source::KafkaOptions& options);
    void connectRequested(const hindcast::ui::ConnectRequest& request);  ///< then the dialog closes

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// What is known of a chosen topic.
    struct Topic {
        decode::Mapping mapping;
        QStringList reasons;
        double meanBytes = 0;
        bool sampled = false;
        bool stored = false;  ///< the mapping is the workspace's
        bool edited = false;  ///< by the user: then it holds for what is stored already, too
        QString failure;
    };

    // connect_parts.cpp
    [[nodiscard]] QWidget* makeTopics();
    [[nodiscard]] QWidget* makeMapping();
    [[nodiscard]] QWidget* makeTarget();
    [[nodiscard]] QWidget* makeFoot();

    void useProfile(int index);
    void importProfile();
    void forgetCluster();
    void askTopics();
    void takeChosen();
    void showTopic();
    void askSample(const QString& name);
    void sampleNext();
    void takeStored(const QString& name, Topic& topic) const;
    void takeMapping(const decode::Mapping& mapping);
    void askEstimate();
    void writeEstimate();
    void updateWords();
    void accepted();
    [[nodiscard]] bool intoStored() const;  ///< the workspace chosen is the one that setStored() told of
    [[nodiscard]] QString shownTopic() const;
    [[nodiscard]] std::expected<std::optional<std::uint64_t>, QString> diskLimit() const;
    [[nodiscard]] std::vector<source::Resume> positions() const;

    const Theme& theme_;
    Profiles& profiles_;
    ProfileList* list_;
    SecurityForm* security_;
    ConnectionForm* connection_;
    QStackedWidget* pages_;
    QLabel* topicsCount_ = nullptr;
    QCheckBox* internal_ = nullptr;
    TopicsTable* topics_ = nullptr;
    RangeForm* range_;
    QTabBar* topicTabs_ = nullptr;
    QLabel* mappingHint_ = nullptr;
    MappingEditor* mapping_ = nullptr;
    SampleTable* samples_ = nullptr;
    QLineEdit* workspace_ = nullptr;
    QComboBox* disk_ = nullptr;
    QLabel* verdict_ = nullptr;
    QPushButton* connect_ = nullptr;

    StoredTopics stored_;
    std::map<QString, Topic> known_;
    std::string clusterId_;
    std::optional<source::KafkaEstimate> estimate_;
    QTimer estimateSoon_;
    QString sampling_;  ///< the topic whose samples are on their way
    int profile_ = -1;  ///< the one that is shown
    bool listing_ = false;
    bool overtaken_ = false;  ///< the cluster that was asked is not the one that is written now
};

}  // namespace hindcast::ui
