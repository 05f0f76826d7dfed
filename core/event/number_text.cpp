#include "core/event/number_text.h"

namespace hindcast {

std::string grouped(std::uint64_t number, std::string_view separator)
{
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, separator);
    return digits;
}

}  // namespace hindcast
