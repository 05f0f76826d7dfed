#pragma once
#include "ui/session/views.h"

#include <QElapsedTimer>
#include <QString>

#include <unordered_map>
#include <vector>

namespace hindcast::ui {

/// What is known of the names of the entities in view, and of some that were: ids and display names, within bounds. A display name
/// belongs to a number of events: where there are more by now, it is asked for again, but not all the time. One thread.
class EntityNames {
public:
    static constexpr std::size_t kKept = 4096;

    void clear();
    void forgetDisplay();  ///< another model: names taken from states may be other ones
    [[nodiscard]] const QString* id(EntityId entity) const;
    [[nodiscard]] QString display(EntityId entity) const;

    /// `inView` and `events` (their numbers of events) are parallel. Empty where nothing is to be asked, or has been already.
    [[nodiscard]] std::vector<EntityId> idsWanted(const std::vector<EntityId>& inView);
    [[nodiscard]] std::vector<EntityId> displayWanted(const std::vector<EntityId>& inView,
                                                      const std::vector<std::uint32_t>& events);
    void add(const std::vector<EntityRow>& rows, const std::vector<EntityId>& inView);
    void add(const std::vector<EntityName>& names, const std::vector<EntityId>& inView);

    /// Those whose display name holds the text, ignoring case, in no order.
    [[nodiscard]] std::vector<EntityId> holding(const QString& text) const;

private:
    struct Display {
        QString name;
        std::uint32_t events = 0;
    };
    std::unordered_map<std::uint32_t, QString> ids_;
    std::unordered_map<std::uint32_t, Display> display_;
    std::vector<EntityId> askedIds_;
    std::vector<EntityId> askedDisplay_;
    QElapsedTimer askedAgain_;
};

}  // namespace hindcast::ui
