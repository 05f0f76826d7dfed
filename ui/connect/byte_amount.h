#pragma once
#include <QString>

#include <cstdint>
#include <expected>

namespace hindcast::ui {

enum class AmountOf : std::uint8_t { Size, Rate };  ///< "12 MB", "12 MB/s"

/// "≤ 12 MB", "1,5 GiB", "100 kB/s", "12 000 kB": bytes (a second). kB, MB, GB, TB are powers of 1000, KiB to TiB of 1024, in any case
/// of letters; a number alone counts in `unit` bytes. Nothing else is taken for an amount: the error says what is not understood.
[[nodiscard]] std::expected<std::uint64_t, QString> bytesFromText(const QString& text, AmountOf of, double unit);

/// "12 MB", "1.5 GB", "100 kB/s": in the largest unit that it fills; bytesFromText() reads it back to the byte.
[[nodiscard]] QString textOfBytes(std::uint64_t bytes, AmountOf of);

}  // namespace hindcast::ui
