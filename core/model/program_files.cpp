#include "core/model/program_files.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

namespace hindcast::model {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestRead = 16u << 20;  // what is larger is known by size and time
constexpr std::size_t kMostFiles = 5000;
constexpr int kDeepest = 6;

/// FNV-1a, the same on every machine and in every run.
class Hash {
public:
    void add(std::string_view bytes)
    {
        for (const char c : bytes) value_ = (value_ ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
        value_ = (value_ ^ 0xffu) * 0x100000001b3u;  // so that "ab","c" is not "a","bc"
    }
    [[nodiscard]] std::string text() const
    {
        static constexpr char kHex[] = "0123456789abcdef";
        std::string text;
        for (int shift = 60; shift >= 0; shift -= 4) text += kHex[(value_ >> shift) & 15];
        return text;
    }

private:
    std::uint64_t value_ = 0xcbf29ce484222325u;
};

void addStatus(Hash& hash, const fs::path& path)
{
    std::error_code none;
    hash.add(path.string());
    hash.add(std::to_string(fs::file_size(path, none)));
    hash.add(std::to_string(fs::last_write_time(path, none).time_since_epoch().count()));
}

void addFile(Hash& hash, const fs::path& path)
{
    std::error_code error;
    if (fs::file_size(path, error) > kLargestRead || error) {
        addStatus(hash, path);
        return;
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    hash.add(bytes);
}

/// Files below a folder with that ending (any, where it is empty), without what tools leave there.
void addFolder(Hash& hash, const fs::path& folder, const fs::path& ending)
{
    std::error_code error;
    std::vector<fs::path> found;
    fs::recursive_directory_iterator each(folder, fs::directory_options::skip_permission_denied, error);
    for (std::size_t seen = 0; !error && each != fs::recursive_directory_iterator() && seen < kMostFiles; ++seen) {
        const fs::path& path = each->path();
        const std::string name = path.filename().string();
        std::error_code none;
        if (each->is_directory(none)) {
            const bool ours = !name.starts_with('.') && name != "node_modules" && name != "__pycache__";
            if (!ours || each.depth() >= kDeepest) each.disable_recursion_pending();
        } else if (each->is_regular_file(none) && (ending.empty() || path.extension() == ending)) {
            found.push_back(path);
        }
        each.increment(error);
    }
    std::ranges::sort(found);  // a folder has no order of its own
    for (const fs::path& path : found) addStatus(hash, path);
}

}  // namespace

std::string hashOf(const Program& program)
{
    Hash hash;
    hash.add(program.folder);
    bool any = false;
    for (const std::string& each : program.command) {
        hash.add(each);
        if (&each == &program.command.front() && each.find('/') == std::string::npos) continue;  // looked up in PATH
        const fs::path path = fs::path(program.folder) / each;
        std::error_code none;
        if (!fs::is_regular_file(path, none)) continue;
        addFile(hash, path);
        if (path.has_extension()) addFolder(hash, path.parent_path().empty() ? "." : path.parent_path(), path.extension());
        any = true;
    }
    if (!any && !program.folder.empty()) addFolder(hash, program.folder, {});
    return hash.text();
}

}  // namespace hindcast::model
