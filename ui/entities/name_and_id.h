#pragma once
#include <QFont>
#include <QString>

#include <span>

namespace hindcast::ui {

/// A name and the id after it as they are written, cut where need be. An empty id: it goes, the name says enough.
struct NameAndId {
    QString name;
    QString id;
    bool operator==(const NameAndId&) const = default;
};

struct NameAndIdRoom {
    QFont ofName;
    QFont ofId;
    int width = 0;    ///< px for the two
    int between = 0;  ///< px of them that part the two
};

/// Both whole where they fit. Else the id is cut in its middle, but only where that saves at least 3 characters and leaves at least
/// 7: "u…r-123" for "user-123" gains nothing, "u…123" says nothing. Else the name is cut at its end, to no less than 6 characters,
/// for the whole id or for one that is cut so. Where neither fits the name alone is left, of whatever length.
/// `alike`: the ids of others in view that are called the same; an id is not cut to what one of theirs is cut to. With those, and
/// where it was searched for (`wanted`), the id's end is told however little room there is.
[[nodiscard]] NameAndId fitNameAndId(const QString& name, const QString& id, std::span<const QString> alike, bool wanted,
                                     const NameAndIdRoom& room);

}  // namespace hindcast::ui
