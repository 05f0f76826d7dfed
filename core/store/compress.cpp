#include "core/store/compress.h"

#include "core/store/bytes.h"

#include <xxhash.h>
#include <zstd.h>
#include <algorithm>
#include <memory>

namespace hindcast::store {

namespace {

constexpr std::uint8_t kPlain = 0;
constexpr std::uint8_t kZstd = 1;
constexpr int kLevel = 1;
constexpr std::size_t kWorthIt = 96;            // below this a frame header eats the gain
constexpr std::uint64_t kLargest = 1ull << 31;  // a damaged size must not ask for more
constexpr std::size_t kSumBytes = 4;

struct FreeCCtx {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDCtx {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// What stands before the body: how it is kept, the content's size, and a place for the body's checksum: zstd notices some damage,
/// not all, and the body is many times smaller than what it holds.
void writeHead(ByteWriter& writer, std::uint8_t kind, std::uint64_t size)
{
    writer.byte(kind);
    writer.number(size);
    for (std::size_t i = 0; i < kSumBytes; ++i) writer.byte(0);
}

char sumByte(std::uint64_t sum, std::size_t index) { return static_cast<char>(static_cast<std::uint8_t>(sum >> (8 * index))); }

/// The checksum goes over the size as well, so that it does not hold for another one.
std::uint64_t sumOf(std::string_view body, std::uint64_t size) { return XXH3_64bits_withSeed(body.data(), body.size(), size); }

void writeSum(std::string& out, std::size_t head, std::uint64_t size)
{
    const std::uint64_t sum = sumOf(std::string_view(out).substr(head), size);
    for (std::size_t i = 0; i < kSumBytes; ++i) out[head - kSumBytes + i] = sumByte(sum, i);
}

bool sumMatches(std::string_view sum, std::string_view body, std::uint64_t size)
{
    const std::uint64_t found = sumOf(body, size);
    for (std::size_t i = 0; i < kSumBytes; ++i)
        if (sum[i] != sumByte(found, i)) return false;
    return true;
}

}  // namespace

void compress(std::string& out, std::string_view content)
{
    out.clear();
    ByteWriter writer(out);
    if (content.size() >= kWorthIt) {
        thread_local std::unique_ptr<ZSTD_CCtx, FreeCCtx> context(ZSTD_createCCtx());
        writeHead(writer, kZstd, content.size());
        const std::size_t head = out.size();
        const std::size_t bound = ZSTD_compressBound(content.size());
        out.resize(head + bound);
        const std::size_t size =
            ZSTD_compressCCtx(context.get(), out.data() + head, bound, content.data(), content.size(), kLevel);
        if (ZSTD_isError(size) == 0 && size < content.size()) {
            out.resize(head + size);
            writeSum(out, head, content.size());
            return;
        }
        out.clear();
    }
    writeHead(writer, kPlain, content.size());
    const std::size_t head = out.size();
    writer.bytes(content);
    writeSum(out, head, content.size());
}

bool decompress(Buffer& out, std::string_view stored, std::size_t padding)
{
    ByteReader reader(stored);
    const std::uint8_t kind = reader.byte();
    const std::uint64_t size = reader.number();
    const std::string_view sum = reader.bytes(kSumBytes);
    const std::string_view body = reader.rest();
    if (reader.failed() || size > kLargest || !sumMatches(sum, body, size)) return false;
    // All the same the size is believed only where the body agrees: it may not ask for any amount of memory.
    char* content = nullptr;
    if (kind == kPlain) {
        if (body.size() != size) return false;
        content = out.make(size + padding);
        body.copy(content, size);
    } else if (kind == kZstd) {
        if (ZSTD_getFrameContentSize(body.data(), body.size()) != size) return false;
        content = out.make(size + padding);
        thread_local std::unique_ptr<ZSTD_DCtx, FreeDCtx> context(ZSTD_createDCtx());
        const std::size_t got = ZSTD_decompressDCtx(context.get(), content, size, body.data(), body.size());
        if (ZSTD_isError(got) != 0 || got != size) return false;
    } else {
        return false;
    }
    std::fill_n(content + size, padding, '\0');
    return true;
}

}  // namespace hindcast::store
