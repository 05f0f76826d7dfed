#include "ui/session/demo_workspace.h"

#include "core/ingest/demo.h"
#include "core/platform/file_lock.h"
#include "core/platform/paths.h"
#include "core/store/store.h"

#include <QCoreApplication>

#include <filesystem>
#include <system_error>
#include <vector>

namespace hindcast::ui {

namespace {

namespace fs = std::filesystem;

constexpr const char* kHint = "make room, or set XDG_DATA_HOME to a folder one can write to";
constexpr std::string_view kMaking = ".making-";

/// The workspace and the files that belong to it (write-ahead log, lock) all begin with its name.
void removeAll(const fs::path& path)
{
    std::error_code ignored;
    const std::string begin = path.filename().string();
    for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        // Names end in a process id: another process's may begin with the digits of this one.
        const bool ours =
            name.starts_with(begin) && (name.size() == begin.size() || name[begin.size()] < '0' || name[begin.size()] > '9');
        if (ours) fs::remove(entry.path(), ignored);
    }
}

/// What runs that were killed have left, unless another program is at it now.
void removeLeftovers(const fs::path& target)
{
    std::error_code ignored;
    const std::string begin = target.filename().string() + std::string(kMaking);
    std::vector<fs::path> old;
    for (const fs::directory_entry& entry : fs::directory_iterator(target.parent_path(), ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(begin) || name.find_first_not_of("0123456789", begin.size()) != std::string::npos) continue;
        if (platform::FileLock::holder(entry.path().string()).empty()) old.push_back(entry.path());
    }
    for (const fs::path& path : old) removeAll(path);
}

Result<void> fill(const std::string& path, std::stop_token stop, const std::function<void(const ingest::Progress&)>& onProgress)
{
    auto store = store::Store::open(path, store::Mode::CreateOrOpen);
    if (!store) return std::unexpected(store.error());

    auto summary = ingest::runDemo(**store, {}, std::move(stop), onProgress);
    if (!summary) return std::unexpected(summary.error());
    if (!summary->complete) return fail("cannot make the demo workspace", summary->because, {}, Error::Kind::Cancelled);
    return {};
}

}  // namespace

Result<void> setDemoWorkspaceAside(const std::string& path)
{
    const fs::path old(path);
    std::error_code error;
    for (int i = 1;; ++i) {
        const fs::path kept =
            old.parent_path() / (old.stem().string() + ".damaged-" + std::to_string(i) + old.extension().string());
        if (fs::exists(kept, error)) continue;
        fs::rename(old, kept, error);
        if (error) return fail("cannot make the demo workspace anew in " + old.parent_path().string(), error.message(), kHint);
        // The log may hold what is not in the file yet; what else there is belongs to programs that have it open.
        std::error_code ignored;
        fs::rename(path + "-wal", kept.string() + "-wal", ignored);
        removeAll(old);
        return {};
    }
}

std::string demoWorkspacePath() { return platform::dataFolder() + "/demo.hindcast"; }

Result<void> makeDemoWorkspace(const std::string& path, std::stop_token stop,
                               const std::function<void(const ingest::Progress&)>& onProgress)
{
    std::error_code error;
    if (fs::exists(path, error)) return {};
    removeLeftovers(path);
    const std::string what = "cannot make the demo workspace in " + fs::path(path).parent_path().string();
    const fs::path making = path + std::string(kMaking) + std::to_string(QCoreApplication::applicationPid());
    if (auto filled = fill(making.string(), stop, onProgress); !filled) {
        removeAll(making);
        // Nothing of a demo is worth keeping: what helps is another place.
        if (filled.error().kind == Error::Kind::NoSpace) return fail(what, filled.error().why, kHint, Error::Kind::NoSpace);
        return filled;
    }
    if (!fs::exists(path, error)) fs::rename(making, path, error);
    removeAll(making);
    if (error) return fail(what, error.message(), kHint);
    return {};
}

}  // namespace hindcast::ui
