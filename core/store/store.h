#pragma once
#include "core/event/error.h"
#include "core/store/reader.h"
#include "core/store/writer.h"

#include <memory>
#include <string>

namespace hindcast::store {

enum class Mode : std::uint8_t {
    ReadOnly,      ///< an existing workspace; works while another process writes it, and on read-only media
    ReadWrite,     ///< an existing workspace; fails with Kind::Retry and the writer's name where another has it open to write
    CreateOrOpen,  ///< ReadWrite, made where there is none
};

/// One open workspace file (contracts 2). Shared by reference; safe to use from any thread. Hands out connections: each Reader
/// and the one Writer own a SQLite connection and belong to one thread at a time.
class Store : public std::enable_shared_from_this<Store> {
public:
    [[nodiscard]] static Result<std::shared_ptr<Store>> open(const std::string& path, Mode mode);
    ~Store();

    [[nodiscard]] const std::string& path() const;
    [[nodiscard]] bool readOnly() const;
    [[nodiscard]] Result<std::unique_ptr<Reader>> reader();
    /// REQUIRES: !readOnly(). Fails where this process already has a writer.
    [[nodiscard]] Result<std::unique_ptr<Writer>> writer();

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

private:
    Store();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Bytes of the workspace on disk, with its write-ahead log.
[[nodiscard]] std::uint64_t fileBytes(const std::string& path);

}  // namespace hindcast::store
