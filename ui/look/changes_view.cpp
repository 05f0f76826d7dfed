#include "ui/look/changes_view.h"

#include "ui/look/shaped_text.h"

#include <algorithm>

namespace hindcast::ui {

void ChangesView::paintChanges(QPainter& painter, const QRect& rect, const Changes& changes, const ToldBeside& told,
                               const QColor& color) const
{
    const QFont mono = theme().mono();
    const int characters = rect.width() / std::max(1, QFontMetrics(mono).averageCharWidth()) + 8;
    const auto parts = fitted(summarise(changes, characters, told), mono, rect.width());
    if (parts.empty()) return paintText(painter, rect, tr("nothing"), mono, color);
    QRect rest = rect;
    for (const SummaryPart& part : parts) {
        if (part.kind == SummaryPart::Kind::Struck)
            paintStruck(painter, rest, part.text, mono, color);
        else
            paintText(painter, rest, part.text, mono, color);
        rest.setLeft(rest.left() + textWidth(mono, part.text));
    }
}

}  // namespace hindcast::ui
