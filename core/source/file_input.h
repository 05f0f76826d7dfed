#pragma once
#include "core/event/error.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace hindcast::source {

/// The bytes of a file from front to back, inflated where it is gzip (told by its first two bytes, not by its name).
/// Threads: one at a time.
class FileInput {
public:
    /// Errors: no such file, a directory, no permission, empty (BadInput).
    [[nodiscard]] static Result<std::unique_ptr<FileInput>> open(const std::string& path);
    virtual ~FileInput() = default;
    FileInput(const FileInput&) = delete;
    FileInput& operator=(const FileInput&) = delete;

    /// Up to `room` bytes; 0 only at the end of the file. What stands before damaged bytes is given before the error.
    [[nodiscard]] virtual Result<std::size_t> read(char* into, std::size_t room) = 0;
    [[nodiscard]] virtual Result<void> rewind() = 0;
    /// How far into the file on disk the reading is; of a gzip file, compressed bytes.
    [[nodiscard]] virtual std::uint64_t passed() const = 0;
    [[nodiscard]] std::uint64_t size() const { return size_; }  ///< bytes on disk at open; 0 where unknown (a pipe)

protected:
    FileInput(std::string path, std::uint64_t size) : path_(std::move(path)), size_(size) {}

    std::string path_;
    std::uint64_t size_ = 0;
};

/// The last part of a path, for messages.
[[nodiscard]] std::string fileNameOf(const std::string& path);
/// The file's name without its endings as far as they are known ones: "orders.jsonl.gz" → "orders", "plain.public.orders.jsonl" →
/// "plain.public.orders".
[[nodiscard]] std::string streamNameOf(const std::string& path);

}  // namespace hindcast::source
