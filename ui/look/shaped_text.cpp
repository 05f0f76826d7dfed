#include "ui/look/shaped_text.h"

#include "ui/look/fixed_text.h"

#include <QCache>
#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr int kKept = 4096;           // texts: some screens of them, a few MB
constexpr qsizetype kLongest = 1000;  // characters; what is longer is seldom drawn twice

struct Key {
    QFont font;
    QString text;

    bool operator==(const Key& other) const { return text == other.text && font == other.font; }
};

std::size_t qHash(const Key& key, std::size_t seed)
{
    return qHashMulti(seed, key.text, key.font.pixelSize(), static_cast<int>(key.font.weight()), key.font.underline());
}

/// Qt's layout counts in whole 64ths of a pixel; what is less is left out.
double snapped(double place) { return std::trunc(place * 64) / 64; }

/// The left end of the baseline of a line in `rect`.
QPointF baselineIn(const QRectF& rect, Qt::Alignment alignment, double advance, double ascent, double descent)
{
    const double spare = rect.width() - advance;
    const double x = alignment & Qt::AlignRight ? spare : alignment & Qt::AlignHCenter ? spare / 2 : 0;
    return {rect.left() + x, snapped(rect.top() + (rect.height() - ascent - descent) / 2) + ascent};
}

/// What a list of glyphs draws as Qt does: one line, from left to right, without a line of its own.
bool isPlain(const QFont& font, const QString& text)
{
    if (font.underline() || font.overline() || font.strikeOut()) return false;
    return !text.isRightToLeft() && std::none_of(text.begin(), text.end(), [](QChar each) {
        return each.unicode() < 0x20 || each == QChar::LineSeparator || each == QChar::ParagraphSeparator;
    });
}

}  // namespace

std::shared_ptr<const ShapedText> ShapedText::of(const QFont& font, const QString& text)
{
    static QCache<Key, std::shared_ptr<const ShapedText>> cache(kKept);
    if (text.size() > kLongest) return std::make_shared<const ShapedText>(font, text);
    const Key key{font, text};
    if (const auto* known = cache.object(key)) return *known;
    auto made = std::make_shared<const ShapedText>(font, text);
    cache.insert(key, new std::shared_ptr<const ShapedText>(made));
    return made;
}

ShapedText::ShapedText(const QFont& font, const QString& text) : font_(font), text_(text), plain_(isPlain(font, text))
{
    if (!plain_) {
        width_ = QFontMetricsF(font).horizontalAdvance(text);
        return;
    }
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (!line.isValid()) return;  // an empty text
    line.setLineWidth(1 << 23);   // as far as it goes
    line.setPosition({0, 0});
    layout.endLayout();
    width_ = line.horizontalAdvance();
    ascent_ = line.ascent();
    descent_ = line.descent();
    runs_ = line.glyphRuns();
}

void ShapedText::draw(QPainter& painter, QPointF baseline) const
{
    if (!plain_) {
        painter.setFont(font_);
        return painter.drawText(baseline, text_);
    }
    const QPointF topLeft(snapped(baseline.x()), baseline.y() - ascent_);
    for (const QGlyphRun& run : runs_) painter.drawGlyphRun(topLeft, run);
}

void ShapedText::draw(QPainter& painter, const QRectF& rect, Qt::Alignment alignment) const
{
    if (!plain_) {
        painter.setFont(font_);
        const Qt::Alignment across = alignment & Qt::AlignHorizontal_Mask;
        return painter.drawText(rect, static_cast<int>(across | Qt::AlignVCenter) | Qt::TextSingleLine, text_);
    }
    draw(painter, baselineIn(rect, alignment, width_, ascent_, descent_));
}

double textWidthF(const QFont& font, const QString& text)
{
    if (FixedText* fixed = FixedText::of(font); fixed && fixed->covers(text)) return fixed->width(text);
    return ShapedText::of(font, text)->width();
}

int textWidth(const QFont& font, const QString& text) { return static_cast<int>(std::lround(textWidthF(font, text))); }

QString elidedText(const QFont& font, const QString& text, Qt::TextElideMode mode, double width)
{
    if (FixedText* fixed = FixedText::of(font); fixed && fixed->covers(text)) return fixed->elided(text, mode, width);
    if (ShapedText::of(font, text)->width() <= width) return text;
    return QFontMetricsF(font).elidedText(text, mode, width);
}

QString elidedAsCut(const QFont& font, const QString& text, double width)
{
    const QString whole = text + QChar(0x2026);
    if (textWidthF(font, whole) <= width) return whole;
    const QString cut = elidedText(font, whole, Qt::ElideRight, width);
    return cut.endsWith(QChar(0x2026)) ? cut : QString(QChar(0x2026));
}

QString fittingText(const QFont& font, const QStringList& texts, double width)
{
    if (texts.isEmpty()) return {};
    const auto fits =
        std::find_if(texts.begin(), texts.end(), [&](const QString& text) { return textWidthF(font, text) <= width; });
    return fits != texts.end() ? *fits : elidedText(font, texts.last(), Qt::ElideRight, width);
}

void drawText(QPainter& painter, QPointF baseline, const QFont& font, const QString& text)
{
    if (FixedText* fixed = FixedText::of(font); fixed && fixed->covers(text))
        return fixed->draw(painter, {snapped(baseline.x()), baseline.y()}, text);
    ShapedText::of(font, text)->draw(painter, baseline);
}

void drawText(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QFont& font, const QString& text)
{
    FixedText* fixed = FixedText::of(font);
    if (fixed == nullptr || !fixed->covers(text)) return ShapedText::of(font, text)->draw(painter, rect, alignment);
    fixed->draw(painter, baselineIn(rect, alignment, fixed->width(text), fixed->ascent(), fixed->descent()), text);
}

}  // namespace hindcast::ui
