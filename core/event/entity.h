#pragma once
#include "core/event/error.h"

#include <compare>
#include <string>
#include <string_view>

namespace hindcast {

/// One aggregate instance or table row, by its names. Text form `category/id`: split at the first `/`;
/// in the category `%` becomes `%25` and `/` becomes `%2F` (contracts 3).
struct EntityKey {
    std::string category;
    std::string id;

    [[nodiscard]] std::string text() const;
    /// Empty category where the text holds no `/` (a bare id).
    [[nodiscard]] static EntityKey fromText(std::string_view text);

    auto operator<=>(const EntityKey&) const = default;
};

/// Joins the parts of a composite id in key order by `,`; `%` and `,` inside a part are escaped.
class CompositeId {
public:
    void add(std::string_view part);
    [[nodiscard]] const std::string& text() const { return text_; }
    void clear()
    {
        text_.clear();
        empty_ = true;
    }

private:
    std::string text_;
    bool empty_ = true;
};

}  // namespace hindcast
