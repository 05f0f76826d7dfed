#pragma once
#include "core/event/ids.h"
#include "core/event/json.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace hindcast::replay {

/// A value that a watched field had.
struct WatchValue {
    enum class Kind : std::uint8_t { Absent, Null, Boolean, Number, Text, Array, Object };
    Kind kind = Kind::Absent;
    bool cut = false;        ///< of a text: only its beginning was kept
    Json value;              ///< of a scalar, exact; null for what is not there and for containers
    double number = 0;       ///< of a Number: the nearest finite double, for drawing
    std::uint64_t size = 0;  ///< bytes of a text, items of an array, members of an object
};

/// The values of one field over an entity's whole history, as runs: from which version on it had which value. A run begins where the
/// value's text differs from the one before; an array or an object counts as other where it has another number of items. Versions
/// from 1 on; up to 2^32. 8 bytes a run, and each value is kept once. Immutable once shared.
class WatchRuns {
public:
    [[nodiscard]] std::size_t size() const { return from_.size(); }
    [[nodiscard]] Version from(std::size_t run) const { return Version{from_[run]}; }
    /// The last version of the run.
    [[nodiscard]] Version last(std::size_t run) const
    {
        return Version{run + 1 < from_.size() ? from_[run + 1] - std::uint64_t{1} : to_};
    }
    [[nodiscard]] const WatchValue& value(std::size_t run) const { return values_[id_[run]]; }
    /// The same for the same value, counted in the order in which values first came; what is absent has one as well.
    [[nodiscard]] std::uint32_t valueId(std::size_t run) const { return id_[run]; }
    [[nodiscard]] std::size_t valueCount() const { return values_.size(); }
    /// The run that a version lies in; empty for version 0 and beyond to().
    [[nodiscard]] std::optional<std::size_t> at(Version version) const;
    [[nodiscard]] Version to() const { return Version{to_}; }

    /// Whether it is drawn as a line: there is a number, and beside numbers only null or nothing.
    [[nodiscard]] bool isNumeric() const { return numbers_ > 0 && others_ == 0; }
    /// Whether there was ever a value.
    [[nodiscard]] bool any() const { return numbers_ + others_ + nulls_ > 0; }
    /// Least and greatest number of all.
    [[nodiscard]] std::optional<std::pair<double, double>> range() const { return range_; }
    /// The same of runs [first, end): costs a few hundred steps, however many those are.
    [[nodiscard]] std::optional<std::pair<double, double>> extremes(std::size_t first, std::size_t end) const;

private:
    friend class Watch;
    static constexpr std::size_t kFan = 64;
    struct Extremes {
        double low;
        double high;
    };
    void raise();  ///< makes levels_ and range_

    std::vector<std::uint32_t> from_;
    std::vector<std::uint32_t> id_;
    std::vector<WatchValue> values_;
    std::uint64_t to_ = 0;
    std::size_t numbers_ = 0;  // of values
    std::size_t nulls_ = 0;
    std::size_t others_ = 0;
    std::optional<std::pair<double, double>> range_;
    std::vector<std::vector<Extremes>> levels_;  // of 64 runs each, of 64 of those each, …
};

}  // namespace hindcast::replay
