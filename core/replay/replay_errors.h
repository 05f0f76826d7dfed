#pragma once
#include "core/replay/replay.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hindcast::replay {

/// Where the model failed, by version. A model that fails on every event says the same few words each time: they are kept once.
class ReplayErrors {
public:
    /// Versions come in order; one that was told before is passed over.
    void add(std::uint64_t version, const model::EvolveError& error)
    {
        if (!places_.empty() && version <= places_.back().version) return;
        const auto [known, fresh] =
            numbers_.try_emplace(error.handler + '\n' + error.message, static_cast<std::uint32_t>(errors_.size()));
        if (fresh) errors_.push_back(error);
        places_.push_back({version, known->second});
    }
    [[nodiscard]] std::optional<ReplayError> lastAt(std::uint64_t version) const
    {
        const auto after = firstAfter(version);
        if (after == places_.begin()) return std::nullopt;
        return at(*std::prev(after));
    }
    [[nodiscard]] std::optional<ReplayError> firstUpTo(std::uint64_t version) const
    {
        if (places_.empty() || places_.front().version > version) return std::nullopt;
        return at(places_.front());
    }
    [[nodiscard]] std::vector<ReplayError> upTo(std::uint64_t version) const
    {
        std::vector<ReplayError> all;
        const auto end = firstAfter(version);
        all.reserve(static_cast<std::size_t>(end - places_.begin()));
        for (auto place = places_.begin(); place != end; ++place) all.push_back(at(*place));
        return all;
    }
    void dropAfter(std::uint64_t version) { places_.erase(firstAfter(version), places_.end()); }

private:
    struct Place {
        std::uint64_t version;
        std::uint32_t error;
    };
    [[nodiscard]] ReplayError at(const Place& place) const { return {Version{place.version}, errors_[place.error]}; }
    [[nodiscard]] std::vector<Place>::const_iterator firstAfter(std::uint64_t version) const
    {
        return std::upper_bound(places_.begin(), places_.end(), version,
                                [](std::uint64_t v, const Place& place) { return v < place.version; });
    }

    std::vector<Place> places_;
    std::vector<model::EvolveError> errors_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace hindcast::replay
