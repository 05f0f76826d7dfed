#pragma once
#include "ui/session/task_thread.h"

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace hindcast::ui {

/// The files that models come from: reads and writes them on a thread of its own, and watches them, however they are written: in
/// place, cut and written anew, or as another file that takes the name. What is written by save() is no change.
/// GUI thread only; answers come there.
class ModelFiles final : public QObject {
    Q_OBJECT
public:
    static constexpr qint64 kMostBytes = 4 << 20;

    explicit ModelFiles(QObject* parent = nullptr);
    ~ModelFiles() override;  ///< waits for a write that is under way

    /// These are watched from now on, and no others: paths with the text that is known of each. A file that is new here and holds
    /// other text than is known has changed(); one that is not there has vanished().
    void watch(const std::map<QString, QString>& known);
    /// Reads a file, by opened() or failed().
    void read(const QString& path);
    /// Writes a file as a whole or not at all, by saved() or failed().
    void save(const QString& path, const QString& text);

    [[nodiscard]] QStringList watched() const;
    [[nodiscard]] bool isMissing(const QString& path) const;         ///< of one that is watched
    [[nodiscard]] QDateTime lastWritten(const QString& path) const;  ///< as far as is known; else invalid
    /// Nothing is being read or written, and no change waits to be looked at.
    [[nodiscard]] bool isIdle() const;

signals:
    void changed(const QString& path, const QString& text);
    void vanished(const QString& path);  ///< what was known of it stays
    void returned(const QString& path);  ///< one that had vanished; after changed(), where it has
    void opened(const QString& path, const QString& text);
    void saved(const QString& path);
    void failed(const QString& what, const QString& why, const QString& hint);

private:
    struct Content;
    struct File {
        QString seen;            ///< its text when it was last looked at, or written by us
        std::uint64_t turn = 0;  ///< grows with each write of ours: what was read before that is no news
        QDateTime written;
        bool missing = false;
        int looks = 0;  ///< at an empty or missing file, which may be about to be written
    };
    using Job = std::function<void()>;
    void post(Job job);
    void look(const QString& path, int pause);
    void lookNow();
    void take(const QString& path, std::uint64_t turn, const Content& content);
    void watchPath(const QString& path);

    std::map<QString, File> files_;
    std::unique_ptr<QFileSystemWatcher> watcher_;
    std::set<QString> toLook_;
    QTimer pause_;
    int underWay_ = 0;
    std::mutex mutex_;
    std::deque<Job> jobs_;
    TaskThread thread_;
};

}  // namespace hindcast::ui
