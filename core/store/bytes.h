#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace hindcast::store {

/// Appends LEB128 numbers and bytes to a string.
class ByteWriter {
public:
    explicit ByteWriter(std::string& out) : out_(out) {}

    void number(std::uint64_t value)
    {
        char bytes[10];
        std::size_t n = 0;
        while (value >= 0x80) {
            bytes[n++] = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        bytes[n++] = static_cast<char>(value);
        out_.append(bytes, n);
    }
    void signedNumber(std::int64_t value)
    {
        number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    /// The difference of two instants may not fit a signed number: it wraps here and wraps back in the reader.
    void difference(std::int64_t value, std::int64_t from)
    {
        signedNumber(static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(from)));
    }
    void byte(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
    void bytes(std::string_view value) { out_.append(value); }

private:
    std::string& out_;
};

/// Reads what ByteWriter wrote. Reading past the end gives zeros and sets failed(): damaged data is told once, at the end.
class ByteReader {
public:
    explicit ByteReader(std::string_view in) : at_(in.data()), end_(in.data() + in.size()) {}

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at_ == end_) break;
            const auto byte = static_cast<std::uint8_t>(*at_++);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) return value;
        }
        failed_ = true;
        return 0;
    }
    std::int64_t signedNumber()
    {
        const std::uint64_t value = number();
        return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
    }
    std::int64_t difference(std::int64_t from)
    {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + static_cast<std::uint64_t>(signedNumber()));
    }
    std::uint8_t byte()
    {
        if (at_ == end_) {
            failed_ = true;
            return 0;
        }
        return static_cast<std::uint8_t>(*at_++);
    }
    std::string_view bytes(std::size_t size)
    {
        if (static_cast<std::size_t>(end_ - at_) < size) {
            failed_ = true;
            at_ = end_;
            return {};
        }
        const std::string_view view(at_, size);
        at_ += size;
        return view;
    }
    [[nodiscard]] std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
    [[nodiscard]] bool atEnd() const { return at_ == end_; }
    [[nodiscard]] bool failed() const { return failed_; }

private:
    const char* at_;
    const char* end_;
    bool failed_ = false;
};

}  // namespace hindcast::store
