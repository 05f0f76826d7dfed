#include "core/store/store.h"

#include "core/platform/file_lock.h"
#include "core/store/reader_impl.h"
#include "core/store/schema.h"
#include "core/store/write_turn.h"
#include "core/store/writer_impl.h"

#include <array>
#include <atomic>
#include <filesystem>

namespace hindcast::store {

struct Store::Impl {
    std::string path;
    Mode mode = Mode::ReadOnly;
    std::optional<platform::FileLock> lock;
    std::atomic<bool> writing = false;
    std::shared_ptr<WriteTurn> turn = std::make_shared<WriteTurn>();
};

Store::Store() : impl_(std::make_unique<Impl>()) {}
Store::~Store() = default;

const std::string& Store::path() const { return impl_->path; }
bool Store::readOnly() const { return impl_->mode == Mode::ReadOnly; }

Result<std::shared_ptr<Store>> Store::open(const std::string& path, Mode mode, std::stop_token stop,
                                           const RaiseProgress& progress)
{
    const std::string what = "cannot open " + path;
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (std::filesystem::is_directory(status))
        return fail(what, "it is a folder", "choose a *.hindcast file", Error::Kind::BadInput);
    const bool exists = std::filesystem::exists(status);
    if (!exists && mode != Mode::CreateOrOpen)
        return fail(what, "there is no such file", "check the name", Error::Kind::BadInput);
    const bool empty = exists && std::filesystem::file_size(path, error) == 0;
    if (empty && mode != Mode::CreateOrOpen)
        return fail(what, "the file is empty", "choose a *.hindcast file, or import into this one", Error::Kind::BadInput);
    if (exists && !empty) {
        // Look before locking or writing: a file that is none of ours must stay as it is.
        if (auto whole = checkLength(path); !whole) return std::unexpected(whole.error());
        auto reading = Connection::open(path, Connection::Access::Read);
        if (!reading) return std::unexpected(reading.error());
        if (auto ours = checkWorkspace(**reading); !ours) return std::unexpected(ours.error());
    }
    std::shared_ptr<Store> store(new Store);
    store->impl_->path = path;
    store->impl_->mode = mode;
    if (mode == Mode::ReadOnly) return store;

    auto lock = platform::FileLock::acquire(lockPath(path));
    if (!lock) {
        Error cause = lock.error();
        cause.what = "cannot write " + path;
        return std::unexpected(std::move(cause));
    }
    store->impl_->lock = std::move(*lock);
    auto connection = Connection::open(path, exists ? Connection::Access::Write : Connection::Access::Create);
    if (!connection) return std::unexpected(connection.error());
    auto version = (*connection)->integer("PRAGMA user_version");
    if (!version) return std::unexpected(version.error());
    if (*version == 0)
        if (auto done = (*connection)->execute("PRAGMA page_size = 4096"); !done) return std::unexpected(done.error());
    if (auto done = (*connection)->execute("PRAGMA journal_mode = WAL"); !done) return std::unexpected(done.error());
    if (auto done = migrate(**connection, migrations(), stop, progress); !done) return std::unexpected(done.error());
    return store;
}

Result<std::unique_ptr<Reader>> Store::reader()
{
    auto impl = Reader::Impl::open(impl_->path);
    if (!impl) return std::unexpected(impl.error());
    return std::unique_ptr<Reader>(new Reader(std::move(*impl)));
}

Result<std::unique_ptr<Writer>> Store::writer()
{
    if (readOnly())
        return fail("cannot write " + impl_->path, "it is open to read only", "close it where it is written, and open it again",
                    Error::Kind::Denied);
    if (impl_->writing.exchange(true))
        return fail("cannot write " + impl_->path, "something is being read into it already", "wait for it, or stop it",
                    Error::Kind::Retry);
    auto impl = Writer::Impl::open(impl_->path, impl_->turn);
    if (!impl) {
        impl_->writing = false;
        return std::unexpected(impl.error());
    }
    (*impl)->onClose = [self = shared_from_this()] { self->impl_->writing = false; };
    return std::unique_ptr<Writer>(new Writer(std::move(*impl)));
}

Result<void> Store::saveSetting(std::string_view name, const Json& value, std::chrono::milliseconds wait)
{
    return saveSettings(std::array{std::pair(std::string(name), value)}, wait);
}

Result<void> Store::saveSettings(std::span<const std::pair<std::string, Json>> settings, std::chrono::milliseconds wait)
{
    if (settings.empty()) return {};
    const std::string what = "cannot save " + settings.front().first + " in " + impl_->path;
    if (readOnly()) return fail(what, "it is open to read only", "open it where it may be written", Error::Kind::Denied);
    const auto turn = impl_->turn->takeNext(wait);
    if (!turn)
        return fail(what, "something is being written into it that takes long", "try again when it has finished",
                    Error::Kind::Retry);
    const auto named = [&what](Error error) {
        error.what = what;
        return std::unexpected(std::move(error));
    };
    auto connection = Connection::open(impl_->path, Connection::Access::Write);
    if (!connection) return named(connection.error());
    // As the Writer has it: the log is cut by who fills it, and not by a pin.
    if (auto done = (*connection)->execute("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0"); !done)
        return named(done.error());
    auto transaction = Transaction::begin(**connection);
    if (!transaction) return named(transaction.error());
    auto insert = (*connection)->prepare("INSERT OR REPLACE INTO settings(name, value) VALUES(?1, ?2)");
    if (!insert) return named(insert.error());
    for (const auto& [name, value] : settings) {
        const std::string text = toText(value);
        if (auto done = insert->bind(1, name).bind(2, text).run(); !done) return named(done.error());
    }
    if (auto done = transaction->commit(); !done) return named(done.error());
    return {};
}

}  // namespace hindcast::store
