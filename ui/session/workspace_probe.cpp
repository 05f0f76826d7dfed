#include "ui/session/workspace_probe.h"

#include "core/ingest/ingest.h"
#include "core/store/store.h"
#include "ui/session/kafka_positions.h"
#include "ui/session/task_thread.h"

#include <QFileInfo>
#include <QMetaObject>
#include <QTimer>

#include <cstdint>

namespace hindcast::ui {

namespace {

constexpr int kRetireMs = 100;

Result<StoredTopics> heldBy(const QString& path)
{
    StoredTopics out;
    out.workspace = path;
    // An empty file is filled as if there were none.
    if (const QFileInfo file(path); !file.exists() || (file.isFile() && file.size() == 0)) return out;
    auto store = store::Store::open(path.toStdString(), store::Mode::ReadOnly);
    if (!store) return std::unexpected(store.error());
    auto reader = (*store)->reader();
    if (!reader) return std::unexpected(reader.error());
    auto mappings = ingest::savedMappings(**reader);
    if (!mappings) return std::unexpected(mappings.error());
    auto reading = ingest::savedReading(**reader);
    if (!reading) return std::unexpected(reading.error());
    const auto counts = (*reader)->counts();
    if (!counts) return std::unexpected(counts.error());
    const auto sources = (*reader)->sources();
    if (!sources) return std::unexpected(sources.error());
    const auto parts = (*reader)->parts();
    if (!parts) return std::unexpected(parts.error());
    out.mappings = std::move(*mappings);
    out.positions = kafkaPositions(*sources, *parts);
    out.reading = std::move(*reading);
    out.fileBytes = counts->fileBytes;
    out.events = counts->events;
    return out;
}

}  // namespace

struct WorkspaceProbe::Impl {
    std::uint64_t asked = 0;  ///< the GUI thread's
    TaskThread thread;
};

WorkspaceProbe::WorkspaceProbe(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>()) {}

WorkspaceProbe::~WorkspaceProbe() { impl_->thread.end(); }

void WorkspaceProbe::look(const QString& path)
{
    const std::uint64_t of = ++impl_->asked;
    impl_->thread.post(0, [this, of, path](const std::stop_token&) {
        auto held = heldBy(path);
        StoredTopics stored;
        if (held) {
            stored = std::move(*held);
        } else {
            stored.workspace = path;
            stored.failure = QString::fromStdString(held.error().text());
        }
        QMetaObject::invokeMethod(
            this,
            [this, of, answer = std::move(stored)] {
                if (impl_->asked == of) emit looked(answer);
            },
            Qt::QueuedConnection);
    });
}

void WorkspaceProbe::retire()
{
    ++impl_->asked;
    impl_->thread.cancel(0);
    if (!impl_->thread.busy()) return deleteLater();
    QTimer::singleShot(kRetireMs, this, &WorkspaceProbe::retire);
}

}  // namespace hindcast::ui

#include "moc_workspace_probe.cpp"
