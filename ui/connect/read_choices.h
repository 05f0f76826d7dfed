#pragma once
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace hindcast::ui {

/// What is to be read of a cluster, from where to where, how fast and how much, as the forms write it: moments stay words ("-2h"). No
/// secrets.
struct ReadChoices {
    enum class From { LastDay, LastRecords, Earliest, Latest, Time, Offset };
    enum class Until { Live, End, Time };

    QStringList topics;  ///< by name
    From from = From::LastDay;
    QString fromValue;
    Until until = Until::Live;
    QString untilValue;
    std::optional<std::uint64_t> bytesPerSecond = 20'000'000;  ///< empty: no limit
    std::optional<std::uint64_t> diskLimit = 10'000'000'000;   ///< bytes of the workspace file; empty: no limit

    bool operator==(const ReadChoices&) const = default;
};

}  // namespace hindcast::ui
