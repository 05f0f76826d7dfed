#pragma once
#include <cstddef>  // first: Qt's moc stumbles over <compare> unless the library's configuration is known

#include <compare>
#include <functional>

namespace hindcast {

/// A number with a meaning: an offset is not a partition and does not convert into one.
/// Costs what the bare number costs; `value` is the way out.
template <class Tag, class Rep>
struct Strong {
    using Number = Rep;
    Rep value{};

    constexpr Strong() = default;
    constexpr explicit Strong(Rep number) : value(number) {}
    constexpr auto operator<=>(const Strong&) const = default;
};

}  // namespace hindcast

template <class Tag, class Rep>
struct std::hash<hindcast::Strong<Tag, Rep>> {
    std::size_t operator()(const hindcast::Strong<Tag, Rep>& strong) const noexcept { return std::hash<Rep>{}(strong.value); }
};
