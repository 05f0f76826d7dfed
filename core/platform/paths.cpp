#include "core/platform/paths.h"

#include <sys/utsname.h>
#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace hindcast::platform {

std::string dataFolder()
{
    std::filesystem::path folder;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data != '\0')
        folder = data;
    else if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0')
        folder = std::filesystem::path(home) / ".local" / "share";
    else
        folder = std::filesystem::temp_directory_path();
    folder /= "hindcast";
    std::error_code ignored;  // whoever writes there gets the error, with the file's name
    std::filesystem::create_directories(folder, ignored);
    return folder.string();
}

std::string programName()
{
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? "hindcast" : path.filename().string();
}

namespace {

std::uint64_t statusKilobytes(const char* field)
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word) {
        if (word != field) continue;
        std::uint64_t kilobytes = 0;
        status >> kilobytes;
        return kilobytes * 1024;
    }
    return 0;
}

}  // namespace

std::uint64_t residentBytes() { return statusKilobytes("VmRSS:"); }
std::uint64_t peakResidentBytes() { return statusKilobytes("VmHWM:"); }

std::string machine()
{
    std::string model = "unknown processor";
    std::ifstream cpuinfo("/proc/cpuinfo");
    for (std::string line; std::getline(cpuinfo, line);)
        if (line.starts_with("model name")) {
            model = line.substr(line.find(':') + 2);
            break;
        }
    utsname system{};
    ::uname(&system);
    return model + ", " + std::to_string(std::thread::hardware_concurrency()) + " cores, " + system.sysname + " " +
           system.release;
}

}  // namespace hindcast::platform
