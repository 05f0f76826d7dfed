#pragma once
#include "core/event/json.h"
#include "ui/look/value_piece.h"

#include <QFont>
#include <QString>

namespace hindcast::ui {

/// The old and the new value of a field as a line of changes shows them.
struct ChangeText {
    ValuePiece before;
    ValuePiece after;
};
/// Both in words in which they differ: of long texts from shortly before the place where they begin to, of objects and lists that
/// are called the same their JSON. A value that is not there is discarded. The cost does not follow the size of objects and lists.
[[nodiscard]] ChangeText changeText(const Json& before, const Json& after);

struct ElidedPair {
    QString before;
    QString after;
};
/// Both texts, each cut to its own width in px where it is wider. What they begin and end with in common goes first, so that what
/// tells them apart is left; of that its beginning, where there is no room even for it. No half of a surrogate pair is left.
/// Of a fixed-pitch font it costs so little (ui/look/fixed_text.h) that a list may ask while it paints.
[[nodiscard]] ElidedPair elidedPair(const QString& before, const QString& after, const QFont& font, int beforeWidth,
                                    int afterWidth);
/// The same in one line that both share: the shorter one leaves its room to the other.
[[nodiscard]] ElidedPair elidedPair(const QString& before, const QString& after, const QFont& font, int width);

}  // namespace hindcast::ui
