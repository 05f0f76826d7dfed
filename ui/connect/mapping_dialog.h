#pragma once
#include "core/decode/guess.h"
#include "ui/look/theme.h"
#include "ui/session/sample_view.h"

#include <QDialog>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

class QLabel;
class QPushButton;
class QTabBar;

namespace hindcast::ui {

class MappingEditor;
class SampleTable;

/// How the stored records of each topic became events, to be corrected: what is stored is then decoded anew, nothing is read again.
class MappingDialog final : public QDialog {
    Q_OBJECT
public:
    /// `notNow`: why nothing can be changed; empty where it can.
    MappingDialog(const Theme& theme, const QStringList& topics, const QString& notNow, QWidget* parent = nullptr);

    /// Shows that topic, else the first, and asks for its samples. After its signals are connected.
    void begin(const QString& topic = {});
    void showSampled(const QString& topic, const decode::Mapping& inForce, const decode::Guess& guess);
    void showPreview(const QString& topic, const std::vector<SampleView>& samples);
    void showFailed(const QString& what, const QString& why, const QString& hint);

    [[nodiscard]] MappingEditor& editor() { return *editor_; }
    [[nodiscard]] SampleTable& samples() { return *samples_; }
    [[nodiscard]] QPushButton& guessButton() { return *guess_; }
    [[nodiscard]] QPushButton& applyButton() { return *apply_; }

signals:
    void sampleWanted(const QString& topic);
    void previewWanted(const QString& topic, const hindcast::decode::Mapping& mapping);
    void applyWanted(
        const std::vector<hindcast::decode::Mapping>& mappings);  ///< those that were changed; then the dialog closes

private:
    [[nodiscard]] QString shownTopic() const;
    /// What is known of a topic that was looked at.
    struct Topic {
        decode::Mapping inForce;
        decode::Mapping edited;
        decode::Guess guess;
    };
    [[nodiscard]] Topic* shown();  ///< null until its samples are there
    void showMapping(const Topic& topic);
    void showTopic();
    void takeMapping(const decode::Mapping& mapping);
    void useGuess();
    void apply();
    void updateWords();

    const Theme& theme_;
    std::map<QString, Topic> known_;
    QString notNow_;
    QTabBar* topics_;
    MappingEditor* editor_;
    SampleTable* samples_;
    QLabel* hint_;
    QPushButton* guess_;
    QPushButton* apply_;
};

}  // namespace hindcast::ui
