#pragma once
#include "core/event/error.h"
#include "core/event/json.h"
#include "core/store/reader.h"
#include "core/store/writer.h"

#include <chrono>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

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
    /// A workspace of an older layout that is opened to write is brought to the present one first, which takes seconds for some
    /// million events: `progress` is told of it in the calling thread. Stopped meanwhile: Kind::Cancelled, and the file is as it was.
    [[nodiscard]] static Result<std::shared_ptr<Store>> open(const std::string& path, Mode mode, std::stop_token stop = {},
                                                             const RaiseProgress& progress = {});
    ~Store();

    [[nodiscard]] const std::string& path() const;
    [[nodiscard]] bool readOnly() const;
    [[nodiscard]] Result<std::unique_ptr<Reader>> reader();
    /// REQUIRES: !readOnly(). Fails where this process already has a writer.
    [[nodiscard]] Result<std::unique_ptr<Writer>> writer();

    /// Replaces one setting (Reader::setting()) at once, in a short transaction of its own: also while this process's Writer appends
    /// on another thread, whose next transaction waits for it. Counts::generation stays: no event is another. Where the Writer sets
    /// the same name, who commits last has the word.
    /// Waits up to `wait` for the transaction that runs: not on the GUI thread, nor on one that has a Writer with uncommitted
    /// changes. Errors: Kind::Denied where the workspace is open to read only, Kind::Retry where that transaction takes longer (a
    /// remap); nothing has been changed then.
    [[nodiscard]] Result<void> saveSetting(std::string_view name, const Json& value,
                                           std::chrono::milliseconds wait = std::chrono::seconds(5));
    /// Several in one transaction: all of them or none.
    [[nodiscard]] Result<void> saveSettings(std::span<const std::pair<std::string, Json>> settings,
                                            std::chrono::milliseconds wait = std::chrono::seconds(5));

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

private:
    Store();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::store
