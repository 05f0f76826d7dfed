#pragma once
#include "core/event/change.h"
#include "core/event/time.h"

#include <QFont>
#include <QString>

#include <string>
#include <vector>

namespace hindcast::ui {

/// A piece of "what changed": `address 123 Main St → 456 Oak Ave · orders +8841`.
struct SummaryPart {
    enum class Kind : unsigned char { Field, Value, Struck, Sign };
    Kind kind = Kind::Field;
    QString text;
};

/// What is told of the event beside its changes: fields that only say it again (its type, its time, the entity's id) come last.
struct ToldBeside {
    std::string type;
    std::string entity;
    Timestamp time;
};

/// The changes of one event on one line, at most about `limit` characters; costs what is shown. Equal values written again are
/// left out. A field is named by its pointer without the first slash; an item that is put on an array by the array's name.
[[nodiscard]] std::vector<SummaryPart> summarise(const Changes& changes, int limit = 240, const ToldBeside& told = {});

/// The parts as they stand one after another in `width` pixels, in a font of fixed pitch. Where not all of them have room the last
/// one that is left ends in an ellipsis.
[[nodiscard]] std::vector<SummaryPart> fitted(std::vector<SummaryPart> parts, const QFont& font, int width);

/// The same as plain text.
[[nodiscard]] QString summaryText(const Changes& changes, int limit = 240, const ToldBeside& told = {});

/// A line for each change, values longer, for the tool tip.
[[nodiscard]] QString changesInFull(const Changes& changes, int lines = 24);

}  // namespace hindcast::ui
