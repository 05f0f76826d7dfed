#pragma once
#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QPointF>
#include <QRect>
#include <QString>
#include <QStringList>

#include <memory>

class QPainter;

namespace hindcast::ui {

/// One line of text, shaped once and kept: what a panel writes is nearly all what it wrote a frame before, and shaping (does it fit?
/// where is it cut? draw it) costs far more than putting the glyphs down. It looks to the pixel as QPainter::drawText() has it. See
/// FixedText for fonts of fixed pitch, which needs not even this. GUI thread only.
class ShapedText {
public:
    /// Kept for as long as it is among the last few thousand that were asked for; the caller's share outlives that.
    [[nodiscard]] static std::shared_ptr<const ShapedText> of(const QFont& font, const QString& text);

    [[nodiscard]] double width() const { return width_; }  ///< px, logical; as QFontMetricsF::horizontalAdvance()
    /// With the painter's pen, from the left end of its baseline.
    void draw(QPainter& painter, QPointF baseline) const;
    /// As QPainter::drawText() with these flags, centred vertically, as a single line.
    void draw(QPainter& painter, const QRectF& rect, Qt::Alignment alignment) const;

    ShapedText(const QFont& font, const QString& text);

private:
    QFont font_;
    QString text_;
    bool plain_ = false;  ///< its glyphs are here, else Qt lays it out
    double width_ = 0;
    double ascent_ = 0;
    double descent_ = 0;
    QList<QGlyphRun> runs_;  ///< about the line's top left
};

/// As QFontMetrics(font).horizontalAdvance(text).
[[nodiscard]] int textWidth(const QFont& font, const QString& text);
/// As QFontMetricsF(font).horizontalAdvance(text).
[[nodiscard]] double textWidthF(const QFont& font, const QString& text);
/// As QFontMetricsF(font).elidedText(text, mode, width).
[[nodiscard]] QString elidedText(const QFont& font, const QString& text, Qt::TextElideMode mode, double width);
/// Of a text that goes on: as much of it as there is room for beside an ellipsis, which is always there.
[[nodiscard]] QString elidedAsCut(const QFont& font, const QString& text, double width);
/// The first of `texts`, which say the same in fewer and fewer words, that is no wider; where none is, the last of them, elided.
[[nodiscard]] QString fittingText(const QFont& font, const QStringList& texts, double width);
/// As QPainter::drawText() in that font, from that baseline.
void drawText(QPainter& painter, QPointF baseline, const QFont& font, const QString& text);
/// As QPainter::drawText() in that font, centred vertically, as a single line; what is taller than the box is not clipped.
void drawText(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QFont& font, const QString& text);

}  // namespace hindcast::ui
