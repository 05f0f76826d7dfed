#pragma once
#include <QFont>
#include <QPointF>
#include <QRawFont>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace hindcast::ui {

/// Text of a fixed-pitch font without the shaping of it: every character of ours has one glyph and one width, so that a table of
/// data is measured by multiplication, elided by counting and drawn from a list of glyphs. A cell's text is otherwise shaped twice or
/// more for each frame (fits it? where is it cut? draw it), which was most of what a scrub step cost. And no ligature joins two
/// characters of the data. What it does not cover (other scripts, combining marks, glyphs of a fallback font) is left to Qt.
/// GUI thread only.
class FixedText {
public:
    /// The glyphs of a font, made once for each font; null where its characters are not all as wide.
    [[nodiscard]] static FixedText* of(const QFont& font);

    /// All characters are of this font, one cell wide, and stand one after another from left to right.
    [[nodiscard]] bool covers(QStringView text);
    [[nodiscard]] double width(QStringView text) const { return static_cast<double>(text.size()) * pitch_; }
    /// As QFontMetrics::elidedText().
    [[nodiscard]] QString elided(const QString& text, Qt::TextElideMode mode, double width) const;
    /// With the painter's pen; `text` must be covered.
    void draw(QPainter& painter, QPointF baseline, QStringView text);
    [[nodiscard]] double ascent() const { return ascent_; }    ///< px, logical
    [[nodiscard]] double descent() const { return descent_; }  ///< px, logical

    explicit FixedText(const QFont& font);

private:
    [[nodiscard]] std::optional<quint32> glyph(QChar character);

    QRawFont raw_;
    double pitch_ = 0;  ///< px, logical
    double ascent_ = 0;
    double descent_ = 0;
    std::vector<quint32> glyphs_;  ///< by character; see glyph()
    QList<quint32> run_;           ///< of the text being drawn: kept for their memory
    QList<QPointF> places_;
};

}  // namespace hindcast::ui
