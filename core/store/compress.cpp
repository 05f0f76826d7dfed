#include "core/store/compress.h"

#include "core/store/bytes.h"

#include <algorithm>
#include <memory>
#include <zstd.h>

namespace hindcast::store {

namespace {

constexpr std::uint8_t kPlain = 0;
constexpr std::uint8_t kZstd = 1;
constexpr int kLevel = 1;
constexpr std::size_t kWorthIt = 96;               // below this a frame header eats the gain
constexpr std::uint64_t kLargest = 1ull << 31;     // a damaged size must not ask for more

struct FreeCCtx {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeDCtx {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

}  // namespace

void compress(std::string& out, std::string_view content)
{
    out.clear();
    ByteWriter writer(out);
    if (content.size() >= kWorthIt) {
        thread_local std::unique_ptr<ZSTD_CCtx, FreeCCtx> context(ZSTD_createCCtx());
        writer.byte(kZstd);
        writer.number(content.size());
        const std::size_t head = out.size();
        const std::size_t bound = ZSTD_compressBound(content.size());
        out.resize(head + bound);
        const std::size_t size = ZSTD_compressCCtx(context.get(), out.data() + head, bound, content.data(), content.size(), kLevel);
        if (ZSTD_isError(size) == 0 && size < content.size()) {
            out.resize(head + size);
            return;
        }
        out.clear();
    }
    writer.byte(kPlain);
    writer.number(content.size());
    writer.bytes(content);
}

bool decompress(Buffer& out, std::string_view stored, std::size_t padding)
{
    ByteReader reader(stored);
    const std::uint8_t kind = reader.byte();
    const std::uint64_t size = reader.number();
    if (reader.failed() || size > kLargest) return false;
    std::size_t head = 2;
    for (std::uint64_t rest = size; rest >= 0x80; rest >>= 7) ++head;
    const std::string_view body = stored.substr(head);
    char* const content = out.make(size + padding);
    if (kind == kPlain) {
        if (body.size() != size) return false;
        body.copy(content, size);
    } else if (kind == kZstd) {
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
