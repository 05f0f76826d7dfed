#include "ui/session/model_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStringDecoder>

#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kPause = 60;       // ms: an editor that saves touches a file several times
constexpr int kLongPause = 400;  // ms: for one that has taken a file away and is about to write it

}  // namespace

struct ModelFiles::Content {
    std::optional<QString> text;  ///< empty: it cannot be read, because of `why`
    bool missing = false;
    QString why;
    QDateTime written;

    /// Off the GUI thread.
    [[nodiscard]] static Content of(const QString& path)
    {
        Content content;
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            content.missing = !QFileInfo::exists(path);
            content.why = content.missing ? ModelFiles::tr("there is no such file") : file.errorString();
            return content;
        }
        const QByteArray bytes = file.read(kMostBytes + 1);
        content.written = QFileInfo(path).lastModified();
        QStringDecoder utf8(QStringDecoder::Utf8);
        QString text = utf8(bytes);
        if (bytes.size() > kMostBytes)
            content.why = ModelFiles::tr("it has more than %1 MB: that is no model").arg(kMostBytes >> 20);
        else if (utf8.hasError() || text.contains(QChar(u'\0')))
            content.why = ModelFiles::tr("it is no text in UTF-8");
        else
            content.text = std::move(text);
        return content;
    }
};

ModelFiles::ModelFiles(QObject* parent) : QObject(parent)
{
    pause_.setSingleShot(true);
    connect(&pause_, &QTimer::timeout, this, &ModelFiles::lookNow);
}

ModelFiles::~ModelFiles()
{
    thread_.end();
    // What the thread did not come to: nothing that was to be written is lost.
    for (Job& job : jobs_) job();
}

void ModelFiles::post(Job job)
{
    ++underWay_;
    {
        const std::scoped_lock lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    thread_.post(0, [this](const std::stop_token&) {
        while (true) {
            Job next;
            {
                const std::scoped_lock lock(mutex_);
                if (jobs_.empty()) return;
                next = std::move(jobs_.front());
                jobs_.pop_front();
            }
            next();
        }
    });
}

void ModelFiles::watch(const std::map<QString, QString>& known)
{
    std::erase_if(files_, [&](const auto& file) {
        if (known.contains(file.first)) return false;
        if (watcher_) watcher_->removePath(file.first);
        toLook_.erase(file.first);
        return true;
    });
    if (watcher_ && files_.empty() && known.empty()) watcher_.reset();
    for (const auto& [path, text] : known) {
        const auto [at, added] = files_.try_emplace(path);
        if (!added) continue;
        at->second.seen = text;
        watchPath(path);
        look(path, 0);
    }
}

void ModelFiles::watchPath(const QString& path)
{
    if (!watcher_) {
        watcher_ = std::make_unique<QFileSystemWatcher>();
        connect(watcher_.get(), &QFileSystemWatcher::fileChanged, this, [this](const QString& file) { look(file, kPause); });
        // Another file that takes the name is told by the folder alone.
        connect(watcher_.get(), &QFileSystemWatcher::directoryChanged, this, [this](const QString& folder) {
            for (const auto& [file, known] : files_)
                if (QFileInfo(file).absolutePath() == folder) look(file, kPause);
        });
    }
    if (QFileInfo::exists(path) && !watcher_->files().contains(path)) watcher_->addPath(path);
    const QString folder = QFileInfo(path).absolutePath();
    if (!watcher_->directories().contains(folder) && QFileInfo::exists(folder)) watcher_->addPath(folder);
}

void ModelFiles::look(const QString& path, int pause)
{
    if (!files_.contains(path)) return;
    toLook_.insert(path);
    pause_.start(pause);
}

void ModelFiles::lookNow()
{
    for (const QString& path : std::exchange(toLook_, {})) {
        const auto file = files_.find(path);
        if (file == files_.end()) continue;
        post([this, path, turn = file->second.turn] {
            QMetaObject::invokeMethod(
                this,
                [this, path, turn, content = Content::of(path)] {
                    --underWay_;
                    take(path, turn, content);
                },
                Qt::QueuedConnection);
        });
    }
}

void ModelFiles::take(const QString& path, std::uint64_t turn, const Content& content)
{
    const auto at = files_.find(path);
    if (at == files_.end()) return;
    File& file = at->second;
    watchPath(path);  // a file that took the name is another one for the watcher
    if (turn != file.turn) return;
    const bool gone = content.missing || (content.text && content.text->isEmpty() && !file.seen.isEmpty());
    if (gone && !file.missing && file.looks == 0) {
        file.looks = 1;
        return look(path, kLongPause);
    }
    file.looks = 0;
    if (content.missing) {
        if (!std::exchange(file.missing, true)) emit vanished(path);
        return;
    }
    const bool was = std::exchange(file.missing, false);
    file.written = content.written;
    if (!content.text) {
        emit failed(tr("cannot read the model %1").arg(path), content.why, tr("the text read last is used on"));
    } else if (*content.text != file.seen) {
        file.seen = *content.text;
        emit changed(path, *content.text);
    }
    if (was) emit returned(path);
}

void ModelFiles::read(const QString& path)
{
    post([this, path] {
        QMetaObject::invokeMethod(
            this,
            [this, path, content = Content::of(path)] {
                --underWay_;
                if (!content.text)
                    emit failed(tr("cannot read the model %1").arg(path), content.why, tr("choose another file"));
                else
                    emit opened(path, *content.text);
            },
            Qt::QueuedConnection);
    });
}

void ModelFiles::save(const QString& path, const QString& text)
{
    QString before;
    if (const auto at = files_.find(path); at != files_.end()) {
        ++at->second.turn;
        before = std::exchange(at->second.seen, text);
    }
    post([this, path, text, before] {
        QSaveFile file(path);
        const QByteArray bytes = text.toUtf8();
        const bool done = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit();
        const QString why = done ? QString() : file.errorString();
        const QDateTime written = QFileInfo(path).lastModified();
        QMetaObject::invokeMethod(
            this,
            [this, path, done, why, written, before] {
                --underWay_;
                if (const auto at = files_.find(path); at != files_.end()) {
                    if (done) {
                        at->second.written = written;
                        at->second.missing = false;
                    } else {
                        at->second.seen = before;
                    }
                }
                if (done)
                    emit saved(path);
                else
                    emit failed(tr("cannot write the model %1").arg(path), why,
                                tr("the workspace has it; choose another place for the file"));
            },
            Qt::QueuedConnection);
    });
}

QStringList ModelFiles::watched() const
{
    QStringList all;
    for (const auto& [path, file] : files_) all << path;
    return all;
}

bool ModelFiles::isMissing(const QString& path) const
{
    const auto at = files_.find(path);
    return at != files_.end() && at->second.missing;
}

QDateTime ModelFiles::lastWritten(const QString& path) const
{
    const auto at = files_.find(path);
    return at != files_.end() ? at->second.written : QDateTime();
}

bool ModelFiles::isIdle() const { return underWay_ == 0 && toLook_.empty(); }

}  // namespace hindcast::ui
