#pragma once
#include "core/ingest/ingest.h"
#include "core/source/kafka.h"
#include "ui/connect/topic_mappings.h"
#include "ui/look/theme.h"
#include "ui/session/connect_probe.h"
#include "ui/session/workspace_probe.h"

#include <QDialog>
#include <QStringList>
#include <QTimer>

#include <expected>
#include <functional>
#include <map>
#include <optional>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace hindcast::ui {

struct ConnectDraft;
struct ReadChoices;
class ConnectionForm;
class Hairline;
class MappingEditor;
class ProfileList;
class Profiles;
class RangeForm;
class SampleTable;
class SecurityForm;
class TargetForm;
class TopicsTable;

/// What the user asks for: where it goes, what is read, and how it becomes events.
struct ConnectRequest {
    QString workspace;  ///< path of the file that is to hold it
    source::KafkaOptions kafka;
    ingest::Options ingest;
};

/// The workspace that is open in the window, and what is being read into it now.
struct OpenWorkspace {
    QString path;  ///< empty: none is open
    QString source;
    bool reading = false;
    bool resumable = false;  ///< it can stop at its place and be read on with something else
    /// How far each partition has been read by now, by cluster; in the GUI thread.
    std::function<std::map<std::string, std::vector<source::Resume>>()> positions;
};

/// Connect to Kafka: cluster, topics, range, mapping with a preview of real records. Reads nothing by itself: what it wants to
/// know it asks for by signals, which bind() joins to a ConnectProbe and a WorkspaceProbe.
class ConnectDialog final : public QDialog {
    Q_OBJECT
public:
    /// Both must outlive the dialog.
    ConnectDialog(const Theme& theme, Profiles& profiles, QWidget* parent = nullptr);

    void setBrokers(const QString& brokers);
    void setWorkspace(const QString& path);     ///< as a proposal
    void setOpenWorkspace(OpenWorkspace open);  ///< whenever something changed there
    enum class Secrets : std::uint8_t { Known, Refused, Asked };
    /// Fills in how the proposed workspace was read, to be gone on with from where each partition had come to. `Known`: a profile's, where
    /// this session knows any; not where they were `Refused`. `Asked`: only they are missing, and are asked for.
    void goOn(source::KafkaOptions kafka, Secrets secrets);
    /// Goes on with what the dialog was left with without connecting, where it was. After its signals are connected.
    void begin();

    // ---- answers
    void showStep(const source::ConnectStep& step);
    void showTopics(const source::ClusterInfo& cluster);
    /// `meanBytes`: of a record; 0 where there was none.
    void showSampled(const QString& topic, const decode::Guess& guess, double meanBytes = 0);
    void showPreview(const QString& topic, const std::vector<SampleView>& samples);
    void showEstimate(const std::optional<source::KafkaEstimate>& estimate);
    void showFailed(const QString& what, const QString& why, const QString& hint);
    void showStored(const StoredTopics& stored);

    /// Closes; without having connected it leaves with Profiles what was filled in, for begin().
    void done(int result) override;
    /// What Connect would ask for; the error says what is missing.
    [[nodiscard]] std::expected<ConnectRequest, QString> request() const;

    [[nodiscard]] ConnectionForm& connection() { return *connection_; }
    [[nodiscard]] ProfileList& profiles() { return *list_; }
    [[nodiscard]] TopicsTable& topics() { return *topics_; }
    [[nodiscard]] RangeForm& range() { return *range_; }
    [[nodiscard]] MappingEditor& mapping() { return *mapping_; }
    [[nodiscard]] SampleTable& samples() { return *samples_; }
    [[nodiscard]] TargetForm& target() { return *target_; }
    [[nodiscard]] QPushButton& connectButton() { return *connect_; }
    [[nodiscard]] QToolButton& guessButton() { return *guess_; }  ///< in sight where the samples suggest something else
    [[nodiscard]] QString topicsHint() const;
    [[nodiscard]] QString mappingHint() const;
    [[nodiscard]] QString verdict() const;  ///< what is to be known before connecting

signals:
    void listTopicsWanted(const hindcast::source::KafkaConnection& connection);
    void cancelWanted();  ///< of whatever was asked of the cluster
    void sampleWanted(const hindcast::source::KafkaConnection& connection, const QString& topic);
    void previewWanted(const QString& topic, const hindcast::decode::Mapping& mapping);
    void estimateWanted(const hindcast::source::KafkaOptions& options);
    void storedWanted(const QString& workspace);                         ///< what that file holds
    void connectRequested(const hindcast::ui::ConnectRequest& request);  ///< then the dialog closes

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void join();

    // connect_parts.cpp: what it is made of
    [[nodiscard]] QWidget* makeTopics();
    [[nodiscard]] QWidget* makeMapping();
    [[nodiscard]] QWidget* makeFoot();
    void arrange();
    void showPage(int page);

    // connect_cluster.cpp: which cluster, and what it says
    void useProfile(int index);
    void useChoices(const QString& brokers, const std::map<std::string, std::string>& properties, const ReadChoices& choices);
    void importProfile();
    void forgetCluster();
    void askTopics();
    void cancelTopics();

    // connect_mapping.cpp: how the chosen topics become events
    void takeChosen();
    void showTopic();
    void showMapping();
    void askSample(const QString& name);
    void sampleNext();
    void takeMapping(const decode::Mapping& mapping);
    void useGuess();
    void lookIntoWorkspace();
    void takeHeld(StoredTopics stored);
    [[nodiscard]] QString shownTopic() const;

    // connect_request.cpp: what all of it comes to
    void askEstimate();
    void writeEstimate();
    void accepted();
    [[nodiscard]] ReadChoices choices() const;
    void setChoices(const ReadChoices& choices);  ///< without the limit on disk
    [[nodiscard]] ConnectDraft draft() const;
    [[nodiscard]] std::vector<source::Resume> positions() const;

    // connect_resume.cpp: a workspace that was read before, or is being read
    [[nodiscard]] bool isOpenTarget() const;
    [[nodiscard]] bool goesOn(const source::KafkaOptions& kafka) const;
    void addBeginnings(source::KafkaOptions& kafka) const;
    void takePlaces(ConnectRequest& request) const;
    void fillLimit(std::optional<std::uint64_t> limit);
    [[nodiscard]] bool isLimitFilled() const;
    void takeLimit();
    [[nodiscard]] bool holdsAnothers() const;
    void proposeInstead();
    [[nodiscard]] QString heldWords() const;
    [[nodiscard]] QString readingWords() const;
    void takeRange();
    void takeDraftsReading(const ConnectDraft& draft);
    [[nodiscard]] ReadChoices usualChoices() const;
    [[nodiscard]] ReadChoices choicesToKeep() const;

    // connect_words.cpp
    void updateWords();
    [[nodiscard]] QString mappingWords(const QString& topic) const;
    [[nodiscard]] QString profileWords() const;

    const Theme& theme_;
    Profiles& profiles_;
    ProfileList* list_;
    SecurityForm* security_;
    ConnectionForm* connection_;
    QStackedWidget* pages_;
    QScrollArea* scroll_;
    QBoxLayout* columns_;
    Hairline* between_;
    QLabel* topicsCount_ = nullptr;
    QToolButton* internal_ = nullptr;
    QLineEdit* filter_ = nullptr;
    TopicsTable* topics_ = nullptr;
    RangeForm* range_;
    QTabBar* topicTabs_ = nullptr;
    QLabel* mappingHint_ = nullptr;
    QToolButton* guess_ = nullptr;
    MappingEditor* mapping_ = nullptr;
    SampleTable* samples_ = nullptr;
    TargetForm* target_ = nullptr;
    QLabel* verdict_ = nullptr;
    QPushButton* connect_ = nullptr;

    TopicMappings mappings_;
    StoredTopics stored_;  ///< of the workspace that is written in the form, once it is known
    QString proposed_;     ///< the workspace that the window named
    QString instead_;      ///< a free name that was proposed in its place, for it holds another cluster's events; else empty
    OpenWorkspace open_;
    std::optional<source::KafkaOptions> goesOn_;  ///< how the proposed one was read, where that was filled in
    std::optional<std::uint64_t> limitFilled_;    ///< the limit on disk as it was last filled in, perhaps none
    QStringList wanted_;                          ///< topics that are to be chosen once they are listed
    QStringList absent_;                          ///< those of them that were not there
    std::optional<source::ClusterInfo> cluster_;
    std::optional<source::KafkaEstimate> estimate_;
    QTimer estimateSoon_;
    QTimer lookSoon_;
    QString sampling_;      ///< the topic whose samples are on their way
    bool looking_ = false;  ///< what the workspace holds is on its way
    bool listing_ = false;
    bool untouched_ = false;     ///< as begin() left it
    bool asksSecret_ = false;    ///< it was opened for what is missing to sign in
    bool isRangeUsual_ = false;  ///< the form shows the usual range instead of that of goesOn_, for it goes into another file
    bool overtaken_ = false;     ///< the cluster that was asked is not the one that is written now
};

}  // namespace hindcast::ui
