#pragma once
#include "core/event/change.h"
#include "core/event/ids.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::replay {

/// For every field that ever was: which events wrote it. Built by feeding each event's changes in order. Immutable afterwards.
class Provenance {
public:
    Provenance();
    ~Provenance();

    void add(Version version, const Changes& changes);

    struct Write {
        Version version;
        bool changed = true;  ///< false: written again with the same value
    };

    /// The event that last set the field as of `version`: for a leaf, the last change at it or at a container that replaced it;
    /// for a container, also the last change inside it. Empty: never set.
    [[nodiscard]] std::optional<Version> setBy(std::string_view pointer, Version version) const;
    /// Every event that ever wrote the field, or something above or below it, in order.
    [[nodiscard]] std::vector<Write> writes(std::string_view pointer) const;
    [[nodiscard]] std::optional<Version> previousChange(std::string_view pointer, Version before) const;
    [[nodiscard]] std::optional<Version> nextChange(std::string_view pointer, Version after) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::replay
