#pragma once
#include "core/event/json.h"

#include <random>
#include <string>

namespace hindcast::test {

/// Documents with everything that is awkward: odd keys, numbers in many notations, empty containers, non-ASCII text.
class RandomJson {
public:
    explicit RandomJson(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return random_() % bound; }

    std::string key()
    {
        static const char* const kKeys[] = {"", "a/b", "~", "~1", "0", "-", "name", "c%d", "\xC3\xA9", "a\\b", "\"", " "};
        return kKeys[below(std::size(kKeys))];
    }

    std::string number()
    {
        static const char* const kNumbers[] = {"0",
                                               "-0",
                                               "1",
                                               "1.0",
                                               "1.00",
                                               "119.90",
                                               "-17",
                                               "1e3",
                                               "1E-3",
                                               "0.0001",
                                               "1e400",
                                               "0.1",
                                               "0.30",
                                               "18446744073709551615",
                                               "-9223372036854775808",
                                               "18446744073709551616",
                                               "123456789.123456"};
        return kNumbers[below(std::size(kNumbers))];
    }

    Json value(int depth)
    {
        switch (below(depth > 0 ? 8 : 5)) {
            case 0: return Json(nullptr);
            case 1: return Json(below(2) == 0);
            case 2: return Json(key());
            case 3:
            case 4: return numberFromText(number());
            case 5: {
                Json array(Json::value_t::array);
                for (std::size_t i = below(5); i > 0; --i) array.get_ref<Json::array_t&>().push_back(value(depth - 1));
                return array;
            }
            default: {
                Json object(Json::value_t::object);
                for (std::size_t i = below(6); i > 0; --i) object.get_ref<Json::object_t&>()[key()] = value(depth - 1);
                return object;
            }
        }
    }

    /// A document that differs from `json` here and there.
    Json mutated(const Json& json, int depth)
    {
        if (below(6) == 0) return value(depth);
        Json copy = json;
        if (copy.is_array()) {
            auto& items = copy.get_ref<Json::array_t&>();
            for (Json& item : items)
                if (below(3) == 0) item = mutated(item, depth - 1);
            if (below(4) == 0 && !items.empty()) items.erase(items.begin() + static_cast<std::ptrdiff_t>(below(items.size())));
            if (below(4) == 0) items.push_back(value(depth - 1));
        } else if (copy.is_object()) {
            auto& members = copy.get_ref<Json::object_t&>();
            for (auto& member : members)
                if (below(3) == 0) member.second = mutated(member.second, depth - 1);
            if (below(4) == 0 && !members.empty())
                members.erase(members.begin() + static_cast<std::ptrdiff_t>(below(members.size())));
            if (below(4) == 0) members[key()] = value(depth - 1);
        }
        return copy;
    }

private:
    std::mt19937 random_;
};

}  // namespace hindcast::test
