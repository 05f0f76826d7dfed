#pragma once
#include "core/event/ids.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// What entities are called, as long as they have as many events as when that was looked up. Within a bound in bytes: to find a name
/// out takes a replay, to keep it some 100 bytes. One thread at a time.
class NameCache {
public:
    static constexpr std::size_t kBytes = 96u << 20;  ///< some 900,000 names

    explicit NameCache(std::size_t limit = kBytes) : limit_(limit) {}

    /// Empty where it is not known; an empty name is one that is known.
    [[nodiscard]] std::optional<QString> find(EntityId id, std::uint32_t events) const;
    /// Whose name holds the text, ignoring case, ascending; find() says whether that is still what they are called. A walk over all.
    [[nodiscard]] std::vector<EntityId> called(const QString& text) const;
    /// Where there is no room others give way.
    void keep(EntityId id, std::uint32_t events, const QString& name);
    /// Only where there is room: what is in view stays before what a search went past.
    void keepWhereThereIsRoom(EntityId id, std::uint32_t events, const QString& name);
    void clear();
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    struct Name {
        std::uint32_t events = 0;
        std::string text;  ///< UTF-8: half of what a QString takes
    };
    using Names = std::unordered_map<std::uint32_t, Name>;
    [[nodiscard]] static std::size_t cost(const std::string& text);
    void put(EntityId id, std::uint32_t events, std::string text);
    void drop(Names::iterator at);

    std::size_t limit_;
    std::size_t bytes_ = 0;
    Names names_;  ///< by entity
};

}  // namespace hindcast::ui
