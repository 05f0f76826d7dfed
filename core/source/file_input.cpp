#include "core/source/file_input.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace hindcast::source {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

struct CloseGzip {
    void operator()(gzFile_s* file) const { gzclose_r(file); }
};
using Gzip = std::unique_ptr<gzFile_s, CloseGzip>;

std::string reasonOf(int error)
{
    switch (error) {
        case ENOENT: return "no such file";
        case EACCES:
        case EPERM: return "permission denied";
        case EISDIR: return "it is a directory";
        default: return std::strerror(error);
    }
}

std::unexpected<Error> cannotOpen(const std::string& path, int error)
{
    const auto kind = error == EACCES || error == EPERM ? Error::Kind::Denied : Error::Kind::BadInput;
    return fail("cannot open " + path, reasonOf(error), error == ENOENT ? "check the name" : "", kind);
}

class PlainInput final : public FileInput {
public:
    PlainInput(std::string path, std::uint64_t size, File file) : FileInput(std::move(path), size), file_(std::move(file))
    {
        std::setvbuf(file_.get(), nullptr, _IONBF, 0);  // callers ask for megabytes at a time
    }
    Result<std::size_t> read(char* into, std::size_t room) override
    {
        const std::size_t got = std::fread(into, 1, room, file_.get());
        passed_ += got;
        if (got < room && std::ferror(file_.get())) return fail("cannot read " + path_, reasonOf(errno));
        return got;
    }
    Result<void> rewind() override
    {
        if (std::fseek(file_.get(), 0, SEEK_SET) != 0) return fail("cannot read " + path_ + " again", reasonOf(errno));
        passed_ = 0;
        return {};
    }
    std::uint64_t passed() const override { return passed_; }

private:
    File file_;
    std::uint64_t passed_ = 0;
};

class GzipInput final : public FileInput {
public:
    GzipInput(std::string path, std::uint64_t size, Gzip file) : FileInput(std::move(path), size), file_(std::move(file))
    {
        gzbuffer(file_.get(), 256 * 1024);
    }
    Result<std::size_t> read(char* into, std::size_t room) override
    {
        const int count = gzread(file_.get(), into, static_cast<unsigned>(std::min<std::size_t>(room, 1u << 30)));
        if (count > 0) return static_cast<std::size_t>(count);
        int error = Z_OK;
        const char* message = gzerror(file_.get(), &error);
        if (error == Z_BUF_ERROR)
            return fail("cannot read " + path_ + " to its end", "the gzip data stops short",
                        "the file was cut off: copy it again", Error::Kind::BadInput);
        if (error != Z_OK && error != Z_STREAM_END)
            return fail("cannot read " + path_ + " to its end", std::string("the gzip data is damaged: ") + message, {},
                        Error::Kind::BadInput);
        return std::size_t{0};
    }
    Result<void> rewind() override
    {
        if (gzrewind(file_.get()) != 0) return fail("cannot read " + path_ + " again", "it cannot be rewound");
        return {};
    }
    std::uint64_t passed() const override
    {
        const auto at = gzoffset(file_.get());
        return at < 0 ? 0 : static_cast<std::uint64_t>(at);
    }

private:
    Gzip file_;
};

}  // namespace

Result<std::unique_ptr<FileInput>> FileInput::open(const std::string& path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) return cannotOpen(path, ENOENT);
    if (error) return cannotOpen(path, error.value());
    if (std::filesystem::is_directory(status))
        return fail("cannot open " + path, "it is a directory", "name a file in it", Error::Kind::BadInput);

    if (!std::filesystem::is_regular_file(status))
        return fail("cannot read " + path,
                    "it is a pipe or a device, which can be read only once, and a source must be there to be read again",
                    "write it into a file first", Error::Kind::BadInput);

    File file(std::fopen(path.c_str(), "rb"));
    if (!file) return cannotOpen(path, errno);
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error) return cannotOpen(path, error.value());
    if (size == 0) return fail(path + " is empty", "nothing to import", "name a file with records in it", Error::Kind::BadInput);
    std::array<unsigned char, 2> magic{};
    const bool gzip =
        std::fread(magic.data(), 1, magic.size(), file.get()) == magic.size() && magic[0] == 0x1f && magic[1] == 0x8b;
    if (gzip) {
        Gzip opened(gzopen(path.c_str(), "rb"));
        if (!opened) return cannotOpen(path, errno);
        return std::make_unique<GzipInput>(path, size, std::move(opened));
    }
    if (std::fseek(file.get(), 0, SEEK_SET) != 0) return cannotOpen(path, errno);
    return std::make_unique<PlainInput>(path, size, std::move(file));
}

std::string fileNameOf(const std::string& path)
{
    auto name = std::filesystem::path(path).filename().string();
    return name.empty() ? path : name;
}

std::string streamNameOf(const std::string& path)
{
    static constexpr std::array<std::string_view, 8> endings{".gz",  ".jsonl",   ".ndjson", ".json",
                                                             ".log", ".records", ".txt",    ".dump"};
    std::string name = fileNameOf(path);
    for (bool cut = true; cut;) {
        cut = false;
        for (const auto ending : endings) {
            if (name.size() > ending.size() && name.ends_with(ending)) {
                name.resize(name.size() - ending.size());
                cut = true;
            }
        }
    }
    return name;
}

}  // namespace hindcast::source
