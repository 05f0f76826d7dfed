#pragma once
#include "core/decode/guess.h"
#include "core/source/kafka.h"
#include "ui/session/sample_view.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// Asks a cluster on behalf of the connect dialog, off the GUI thread: its topics, samples of one, what a mapping makes of them.
/// Answers that have been overtaken are dropped. Destroying it waits for what is under way: retire() does not. GUI thread only.
class ConnectProbe final : public QObject {
    Q_OBJECT
public:
    explicit ConnectProbe(QObject* parent = nullptr);
    ~ConnectProbe() override;

    /// Tells each step(), then topicsListed().
    void listTopics(source::KafkaConnection connection);
    /// Reads up to 200 samples and guesses a mapping: sampled().
    void sample(source::KafkaConnection connection, const QString& topic);
    /// Decodes the samples held for `topic` with another mapping: previewed().
    void preview(const QString& topic, decode::Mapping mapping);
    /// How much such a read would find: estimated(), or empty where nobody could tell.
    void estimate(source::KafkaOptions options);
    void cancel();
    /// Drops all questions and goes away as soon as the last one has ended.
    void retire();

signals:
    void topicsListed(const hindcast::source::ClusterInfo& cluster);
    void step(const hindcast::source::ConnectStep& step);
    /// `meanBytes`: of a record, with key and headers; 0 where there was none.
    void sampled(const QString& topic, const hindcast::decode::Guess& guess, double meanBytes);
    void estimated(const std::optional<hindcast::source::KafkaEstimate>& estimate);
    void previewed(const QString& topic, const std::vector<hindcast::ui::SampleView>& samples);
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
