#pragma once
#include "core/replay/history.h"
#include "ui/session/views.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace hindcast::ui {

using TypeNames = std::function<QString(TypeId)>;

/// The sentences of the state view: pure functions over plain values.
struct StateWords {
    /// "#9 AddressChanged"; only "#9" where the history does not reach.
    [[nodiscard]] static QString event(const replay::History* history, Version version, const TypeNames& names);
    /// "v9 of 14 · life complete", "v9 of 14 · partial: …" (the reason cut to `limit`), "before the first of 14 events".
    [[nodiscard]] static QString where(const replay::History& history, Version version, int limit = 60);
    /// The same in fewer words, from more to fewer: "v9 of 14 · complete", "v9 of 14 ✓", "v9"; or "v9 of 14 · partial", "v9 · partial", "partial".
    [[nodiscard]] static QStringList whereBriefly(const replay::History& history, Version version);
    /// One of Completeness::reasons, or what stands there instead: its instants as every view writes them, in the shown zone.
    [[nodiscard]] static QString reason(const std::string& text);
    /// Whether all of the life is known, with every reason where it is not, a line each.
    [[nodiscard]] static QString lifeInFull(const replay::Completeness& life);
    /// "#9 AddressChanged changed", "#7 UserDeleted ended the life", "#3 Ping changed nothing", "before the first event".
    [[nodiscard]] static QString changesTitle(const replay::History* history, const StateView& view, const TypeNames& names);
    /// The event that last set a field as of `version`, which is the state's or before it; empty: never, or not known (yet).
    [[nodiscard]] static std::optional<Version> setBy(const StateView& view, std::string_view pointer, Version version);
    /// The event at which the entity died, where the state is a dead one.
    [[nodiscard]] static std::optional<Version> deathOf(const replay::History& history, const StateView& view);
};

}  // namespace hindcast::ui
