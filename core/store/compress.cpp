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

/// What stands before the body: how it is kept, the content's size and its checksum. zstd notices some damage, not all.
void writeHead(ByteWriter& writer, std::uint8_t kind, std::string_view content)
{
    writer.byte(kind);
    writer.number(content.size());
    const std::uint64_t sum = XXH3_64bits(content.data(), content.size());
    for (std::size_t i = 0; i < kSumBytes; ++i) writer.byte(static_cast<std::uint8_t>(sum >> (8 * i)));
}

bool sumMatches(std::string_view sum, std::string_view content)
{
    const std::uint64_t found = XXH3_64bits(content.data(), content.size());
    for (std::size_t i = 0; i < kSumBytes; ++i)
        if (static_cast<std::uint8_t>(sum[i]) != static_cast<std::uint8_t>(found >> (8 * i))) return false;
    return true;
}

}  // namespace

void compress(std::string& out, std::string_view content)
{
    out.clear();
    ByteWriter writer(out);
    if (content.size() >= kWorthIt) {
        thread_local std::unique_ptr<ZSTD_CCtx, FreeCCtx> context(ZSTD_createCCtx());
        writeHead(writer, kZstd, content);
        const std::size_t head = out.size();
        const std::size_t bound = ZSTD_compressBound(content.size());
        out.resize(head + bound);
        const std::size_t size =
            ZSTD_compressCCtx(context.get(), out.data() + head, bound, content.data(), content.size(), kLevel);
        if (ZSTD_isError(size) == 0 && size < content.size()) {
            out.resize(head + size);
            return;
        }
        out.clear();
    }
    writeHead(writer, kPlain, content);
    writer.bytes(content);
}

bool decompress(Buffer& out, std::string_view stored, std::size_t padding)
{
    ByteReader reader(stored);
    const std::uint8_t kind = reader.byte();
    const std::uint64_t size = reader.number();
    const std::string_view sum = reader.bytes(kSumBytes);
    const std::string_view body = reader.rest();
    if (reader.failed() || size > kLargest) return false;
    // The size is believed only where the body agrees: a damaged one would ask for any amount of memory.
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
    if (!sumMatches(sum, std::string_view(content, size))) return false;
    std::fill_n(content + size, padding, '\0');
    return true;
}

}  // namespace hindcast::store
