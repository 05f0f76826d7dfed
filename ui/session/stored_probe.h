#pragma once
#include "core/decode/guess.h"
#include "core/store/store.h"
#include "ui/session/sample_view.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace hindcast::ui {

/// Samples of what is stored, and what another mapping would make of them, off the GUI thread: for the mapping dialog. Answers
/// come in the order of the questions; of previews that wait only the newest is made. GUI thread only.
class StoredProbe final : public QObject {
    Q_OBJECT
public:
    explicit StoredProbe(std::shared_ptr<store::Store> store, QObject* parent = nullptr);
    ~StoredProbe() override;

    /// Reads up to kSampleRecords records, some of each partition, and guesses a mapping: sampled(), with the one in force.
    void sample(const QString& topic);
    /// Decodes the samples held for `topic` with a mapping: previewed().
    void preview(const QString& topic, decode::Mapping mapping);

signals:
    void sampled(const QString& topic, const hindcast::decode::Mapping& inForce, const hindcast::decode::Guess& guess);
    void previewed(const QString& topic, const std::vector<hindcast::ui::SampleView>& samples);
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
