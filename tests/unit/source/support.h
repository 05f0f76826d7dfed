#pragma once
#include "core/source/source.h"

#include <zlib.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <string>

namespace hindcast::source {

using namespace std::chrono_literals;

/// A record with its bytes copied, so that tests may look at it after its batch is gone.
struct Copy {
    std::string topic;
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::optional<std::string> key;
    std::optional<std::string> value;
    std::vector<std::pair<std::string, std::optional<std::string>>> headers;
    std::int64_t timestampMs = 0;
    TimestampKind timestampKind = TimestampKind::None;
    std::string defect;

    [[nodiscard]] std::string where() const { return topic + "/" + std::to_string(partition) + "/" + std::to_string(offset); }
};

inline std::optional<std::string> copyOf(std::optional<std::string_view> text)
{
    return text ? std::optional(std::string(*text)) : std::nullopt;
}

inline void append(std::vector<Copy>& out, const RecordBatch& batch)
{
    for (const RawRecord& record : batch.records) {
        Copy copy;
        const SourceStream& stream = batch.streams->at(record.stream);
        copy.topic = stream.topic;
        copy.partition = stream.partition.value;
        copy.offset = record.offset.value;
        copy.key = copyOf(record.key);
        copy.value = copyOf(record.value);
        for (std::uint32_t i = 0; i < record.headerCount; ++i) {
            const Header& header = batch.headers.at(record.firstHeader + i);
            copy.headers.emplace_back(std::string(header.name), copyOf(header.value));
        }
        copy.timestampMs = record.timestamp.milliseconds();
        copy.timestampKind = record.timestampKind;
        copy.defect = record.defect;
        out.push_back(std::move(copy));
    }
}

/// What a source delivers until it is finished (or `atMost` records, or `patience`), and how far it said it got.
struct Read {
    std::vector<Copy> records;
    std::map<std::string, std::int64_t> progress;  ///< by "topic/partition"
    std::optional<Error> error;
};
inline Read readAll(Source& source, std::size_t atMost = SIZE_MAX, std::chrono::milliseconds patience = 30s)
{
    Read read;
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!source.finished() && read.records.size() < atMost && std::chrono::steady_clock::now() < deadline) {
        auto batch = source.next(50ms);
        if (!batch) {
            read.error = batch.error();
            break;
        }
        append(read.records, *batch);
        for (const auto& [stream, next] : batch->progress) {
            const auto& named = batch->streams->at(stream);
            read.progress[named.topic + "/" + std::to_string(named.partition.value)] = next.value;
        }
    }
    return read;
}

/// A folder with files for one test.
class Files {
public:
    std::string write(const char* name, const std::string& bytes)
    {
        const QString path = folder_.filePath(QString::fromUtf8(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        return path.toStdString();
    }
    std::string writeGzip(const char* name, const std::string& bytes)
    {
        const std::string path = folder_.filePath(QString::fromUtf8(name)).toStdString();
        gzFile file = gzopen(path.c_str(), "wb1");
        gzwrite(file, bytes.data(), static_cast<unsigned>(bytes.size()));
        gzclose(file);
        return path;
    }
    [[nodiscard]] std::string folder() const { return folder_.path().toStdString(); }

private:
    QTemporaryDir folder_;
};

/// The whole text of an error, or "no error".
template <class T>
QString textOf(const Result<T>& result)
{
    return result ? QStringLiteral("no error") : QString::fromStdString(result.error().text());
}

}  // namespace hindcast::source
