#pragma once
#include <QString>

#include <array>
#include <map>
#include <string>
#include <vector>

namespace hindcast::ui {

/// Which columns the event table has, as a value: the standard ones that are shown, payload columns in their order, and the widths
/// that the user gave them.
struct EventColumns {
    /// In the order in which they stand; those of the payload stand together, before the position.
    enum Kind : unsigned char { Number, Time, Type, Changed, Place, Field };
    static constexpr int kStandard = 5;
    static constexpr std::size_t kMostPointers = 24;
    static constexpr std::array<Kind, kStandard> kAll = {Number, Time, Type, Changed, Place};

    std::array<bool, kStandard> shown = {true, true, true, true, true};
    std::vector<std::string> pointers;  ///< JSON pointers into the payload, no two the same
    std::map<std::string, int> widths;  ///< by key(); px of a desk

    /// What a column is called where its width is kept: "time", or its pointer.
    [[nodiscard]] static std::string key(Kind kind);
    [[nodiscard]] bool isDefault() const { return *this == EventColumns{}; }
    /// Columns that are shown. One at least stays.
    [[nodiscard]] int count() const;
    bool operator==(const EventColumns&) const = default;
};

/// Kept in the user's settings for each category of entities; where nothing is kept: as they are by themselves.
[[nodiscard]] EventColumns loadColumns(const QString& category);
void saveColumns(const QString& category, const EventColumns& columns);

/// The names of payload columns for the header: the last token of each pointer, or the whole where that would be said twice.
[[nodiscard]] std::vector<QString> columnTitles(const std::vector<std::string>& pointers);

}  // namespace hindcast::ui
