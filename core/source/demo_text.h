#pragma once
#include "core/source/demo_random.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hindcast::source::demo {

/// What the shop knows of a person. Words are numbers into the lists of demo_text.cpp, so that a face is small and a plan of
/// millions of events stays so.
struct Face {
    std::uint8_t first = 0;
    std::uint8_t last = 0;
    std::uint8_t host = 0;  ///< of the mail address
    std::uint8_t street = 0;
    std::uint16_t house = 0;  ///< 0: no address yet
    std::uint8_t flat = 0;    ///< 0: none
    bool plainMail = false;   ///< the mail address carries no number
    std::uint16_t mailNumber = 0;

    bool operator==(const Face&) const = default;
};

[[nodiscard]] Face randomFace(Random& random, std::uint32_t number);
void moveHouse(Face& face, Random& random);
void takeOtherSurname(Face& face, Random& random);
void takeOtherMail(Face& face, Random& random);

/// By their words; the word must be in the list.
[[nodiscard]] std::uint8_t firstName(std::string_view word);
[[nodiscard]] std::uint8_t lastName(std::string_view word);
[[nodiscard]] std::uint8_t streetName(std::string_view word);

void appendName(std::string& out, const Face& face);
void appendMail(std::string& out, const Face& face);
/// As a JSON value: null where there is no address.
void appendAddress(std::string& out, const Face& face);

/// The first kStoryProducts have names and prices of their own; the others are made up from two words.
inline constexpr std::size_t kStoryProducts = 8;
struct StoryProduct {
    std::string_view name;
    std::uint32_t cents;
};
[[nodiscard]] const StoryProduct& storyProduct(std::size_t product);
void appendProductName(std::string& out, std::uint32_t product);

[[nodiscard]] std::string_view paymentMethod(std::uint32_t number);
inline constexpr std::uint32_t kInvoice = 0;  ///< among the payment methods; the others are paid at once
[[nodiscard]] std::string_view carrier(std::uint32_t number);
[[nodiscard]] std::string_view cancelReason(std::uint32_t number);
[[nodiscard]] std::string_view returnReason(std::uint32_t number);
inline constexpr std::uint32_t kPaymentFailed = 0;  ///< among the cancel reasons

/// Appends an unsigned number; cents as "119.90" (negative ones with their sign).
void appendNumber(std::string& out, std::uint64_t number);
void appendCents(std::string& out, std::int64_t cents);
/// A version 4 UUID made from a number.
void appendUuid(std::string& out, std::uint64_t number);
void appendHex(std::string& out, std::uint64_t number);

}  // namespace hindcast::source::demo
