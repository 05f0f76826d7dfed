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
///
/// It is kept by leaves: an event that adds, replaces or removes a container wrote every leaf which that held before or holds
/// after; a container was written when a leaf in it was (an empty container is a leaf). So an answer about a leaf takes a binary
/// search, one about a container takes one for each leaf in it. 4 bytes a write; versions up to 2^32.
class Provenance {
public:
    Provenance();
    ~Provenance();

    /// REQUIRES: versions never fall.
    void add(Version version, const Changes& changes);
    /// A copy to add to, where this one is shared.
    [[nodiscard]] std::unique_ptr<Provenance> clone() const;

    struct Write {
        Version version;
        bool changed = true;  ///< false: written again with the same value
    };

    /// The event that last set the field as of `version`: for a leaf, the last change at it or at a container that replaced it;
    /// for a container, also the last change inside it. Empty: never set.
    [[nodiscard]] std::optional<Version> setBy(std::string_view pointer, Version version) const;
    /// Every event that ever wrote the field, or something above or below it, in order, each once.
    [[nodiscard]] std::vector<Write> writes(std::string_view pointer) const;
    /// The nearest change of the field, or of anything in it, strictly before or after a version.
    [[nodiscard]] std::optional<Version> previousChange(std::string_view pointer, Version before) const;
    [[nodiscard]] std::optional<Version> nextChange(std::string_view pointer, Version after) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::replay
