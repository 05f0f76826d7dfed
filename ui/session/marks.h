#pragma once
#include "ui/session/playhead.h"

#include <QObject>

#include <array>
#include <optional>

namespace hindcast::ui {

/// The two marks A and B: what is compared lies at them, and what is played over and over lies between them. A mark is an instant,
/// and where it was set upon an event that event; so it is a place in every life that is shown, and stays upon its event while
/// versions move. Each workspace has its own, and remembers them. GUI thread only.
class Marks final : public QObject {
    Q_OBJECT
public:
    enum Which : std::uint8_t { A, B };
    struct Mark {
        Timestamp time;
        std::optional<EventId> event;
        bool operator==(const Mark&) const = default;
    };
    explicit Marks(QObject* parent = nullptr) : QObject(parent) {}

    [[nodiscard]] const std::optional<Mark>& get(Which which) const { return marks_[which]; }
    [[nodiscard]] bool any() const { return marks_[A] || marks_[B]; }
    void set(Which which, const std::optional<Mark>& mark);
    /// One changed() for both.
    void setBoth(const std::optional<Mark>& a, const std::optional<Mark>& b);
    void clear() { setBoth(std::nullopt, std::nullopt); }

signals:
    void changed();

private:
    std::array<std::optional<Mark>, 2> marks_;
};

/// Where the playhead stands.
[[nodiscard]] Marks::Mark markAt(const Playhead& playhead);
/// That version of the life; 0: just before its first event. REQUIRES: the version is none beyond the last.
[[nodiscard]] Marks::Mark markOf(const replay::History& history, Version version);
/// The version of the life at the mark: that of its event, or as of its instant where this life does not hold it. A binary search.
[[nodiscard]] Version versionAt(const replay::History& history, const Marks::Mark& mark);

}  // namespace hindcast::ui
