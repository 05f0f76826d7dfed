#pragma once
#include "core/decode/mapping.h"
#include "core/ingest/kafka_reading.h"
#include "core/source/source.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hindcast::ui {

/// What a workspace file holds that a reading into it goes by: its mappings are kept, and reading goes on where it stopped.
struct StoredTopics {
    QString workspace;  ///< the path that was asked about
    std::vector<decode::Mapping> mappings;
    std::map<std::string, std::vector<source::Resume>> positions;  ///< by cluster
    QString failure;                                               ///< why nothing can be read into it; empty where it can
    std::optional<ingest::KafkaReading> reading = {};              ///< how it was last read from Kafka
    std::uint64_t fileBytes = 0;                                   ///< store::Counts::fileBytes, which its disk limit is of
    std::uint64_t events = 0;                                      ///< store::Counts::events
};

/// Looks into workspace files by their paths, off the GUI thread and without writing: also into one that is open here, or is being
/// written by another process. Destroying it waits for what is under way: retire() does not. GUI thread only.
class WorkspaceProbe final : public QObject {
    Q_OBJECT
public:
    explicit WorkspaceProbe(QObject* parent = nullptr);
    ~WorkspaceProbe() override;

    /// looked(), unless another file has been asked about by then. Where there is no file, it holds nothing.
    void look(const QString& path);
    /// Drops all questions and goes away as soon as the last one has ended.
    void retire();

signals:
    void looked(const hindcast::ui::StoredTopics& stored);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
