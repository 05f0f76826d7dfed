#include "ui/entities/name_and_id.h"

#include "ui/look/elide.h"
#include "ui/look/shaped_text.h"

#include <QFontMetrics>

#include <algorithm>
#include <cmath>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr qsizetype kLeastSaved = 3;  // characters: for less a reader does not give up the whole id
constexpr qsizetype kLeastOfId = 7;
constexpr qsizetype kLeastOfName = 6;
constexpr qsizetype kShortId = 9;  // characters: one that nobody wants to see cut
constexpr QChar kCut(0x2026);

/// Rounded up: QFontMetrics rounds, and half a pixel too little elides a text.
int widthOf(const QFont& font, const QString& text) { return static_cast<int>(std::ceil(textWidthF(font, text))); }

bool isReadable(const QString& shown, const QString& id)
{
    return shown == id || (id.size() - shown.size() >= kLeastSaved && shown.size() - shown.count(kCut) >= kLeastOfId);
}

}  // namespace

NameAndId fitNameAndId(const QString& name, const QString& id, std::span<const QString> alike, bool wanted,
                       const NameAndIdRoom& room)
{
    const QFontMetrics names(room.ofName);
    const QFontMetrics ids(room.ofId);
    const int both = room.width - room.between;
    const int wholeName = widthOf(room.ofName, name);
    if (wholeName < both) {
        QString shown = elidedAmong(id, alike, ids, both - wholeName);
        const bool confused = shown != elidedName(id, ids, both - wholeName);
        if (isReadable(shown, id) && !confused) return {name, std::move(shown)};
    }
    const auto nameBeside = [&](int ofId) {
        QString shown = both > ofId ? names.elidedText(name, Qt::ElideRight, both - ofId) : QString();
        return shown == name || shown.size() > kLeastOfName ? shown : QString();
    };
    const int wholeId = widthOf(room.ofId, id);
    if (QString shown = nameBeside(wholeId); !shown.isEmpty()) return {std::move(shown), id};
    const QString least(kLeastOfId + 1, QLatin1Char('0'));
    if (const QString shown = nameBeside(widthOf(room.ofId, least));
        !shown.isEmpty() && id.size() >= least.size() + kLeastSaved) {
        QString cut = elidedAmong(id, alike, ids, both - widthOf(room.ofName, shown));
        if (isReadable(cut, id)) return {shown, std::move(cut)};
    }
    if (!wanted && alike.empty()) return {name, {}};
    // What was searched for or parts the two is to be read; of the name its first letters are left.
    const int end = id.size() <= kShortId ? wholeId : std::min(wholeId, widthOf(room.ofId, least));
    const int leastOfName = widthOf(room.ofName, name.left(3) + kCut);
    const QString shown = names.elidedText(name, Qt::ElideRight, std::min(wholeName, std::max(both - end, leastOfName)));
    return {shown, elidedAmong(id, alike, ids, both - widthOf(room.ofName, shown))};
}

}  // namespace hindcast::ui
