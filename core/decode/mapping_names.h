#pragma once
#include "core/decode/mapping.h"

#include <array>
#include <string_view>
#include <utility>

namespace hindcast::decode {

// The words of the mapping file, for reading and for writing.

template <class E, std::size_t N>
using Names = std::array<std::pair<std::string_view, E>, N>;

inline constexpr Names<Envelope, 3> kEnvelopes{
    {{"auto", Envelope::Auto}, {"plain", Envelope::Plain}, {"debezium", Envelope::Debezium}}};
inline constexpr Names<ValueFormat, 4> kFormats{
    {{"auto", ValueFormat::Auto}, {"json", ValueFormat::Json}, {"text", ValueFormat::Text}, {"bytes", ValueFormat::Bytes}}};
inline constexpr Names<FieldSource::From, 6> kOrigins{{{"key", FieldSource::From::Key},
                                                       {"value", FieldSource::From::Value},
                                                       {"header", FieldSource::From::Header},
                                                       {"topic", FieldSource::From::Topic},
                                                       {"state", FieldSource::From::State},
                                                       {"const", FieldSource::From::Const}}};

template <class E, std::size_t N>
[[nodiscard]] constexpr std::string_view nameIn(const Names<E, N>& names, E value)
{
    for (const auto& [name, known] : names)
        if (known == value) return name;
    return {};
}

}  // namespace hindcast::decode
