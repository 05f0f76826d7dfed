#include "ui/look/fixed_text.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <memory>

namespace hindcast::ui {

namespace {

constexpr char16_t kEnd = 0x2600;             // of what is looked up: Latin, punctuation, arrows, mathematical signs
constexpr quint32 kUnknown = 0;               // .notdef, which is no character's glyph
constexpr quint32 kNotCovered = 0xffff'ffff;  // not in the font, or not one cell wide
constexpr QChar kEllipsis(0x2026);
constexpr std::size_t kFonts = 8;  // the window's own, in two sizes

/// One glyph a character, left to right, without marks that join what is before them.
bool isPlain(char16_t unit)
{
    const QChar character(unit);
    if (unit >= kEnd || unit < 0x20 || (unit >= 0x250 && unit < 0x2000)) return false;
    if (character.isMark() || character.direction() == QChar::DirR) return false;
    const QChar::Category category = character.category();
    return category != QChar::Other_Format && category != QChar::Other_Control && category != QChar::Separator_Line &&
           category != QChar::Separator_Paragraph;
}

}  // namespace

FixedText* FixedText::of(const QFont& font)
{
    struct Entry {
        QFont font;
        std::unique_ptr<FixedText> text;  // null: not of fixed pitch
    };
    static std::vector<Entry> entries;
    const auto known = std::find_if(entries.begin(), entries.end(), [&](const Entry& each) { return each.font == font; });
    if (known != entries.end()) return known->text.get();
    if (entries.size() == kFonts) entries.erase(entries.begin());  // a theme of another size
    auto text = std::make_unique<FixedText>(font);
    if (text->pitch_ <= 0) text.reset();
    return entries.emplace_back(Entry{font, std::move(text)}).text.get();
}

FixedText::FixedText(const QFont& font)
{
    if (!QFontInfo(font).fixedPitch() || font.letterSpacing() != 0 || font.wordSpacing() != 0 || font.underline() ||
        font.strikeOut() || font.capitalization() != QFont::MixedCase)
        return;
    raw_ = QRawFont::fromFont(font);
    const QFontMetricsF metrics(font);
    const double pitch = metrics.horizontalAdvance(QLatin1Char('0'));
    const bool even = std::abs(metrics.horizontalAdvance(QStringLiteral("iiiiWWWW")) - 8 * pitch) < 0.01;
    if (!raw_.isValid() || !even) return;
    pitch_ = pitch;
    ascent_ = metrics.ascent();
    descent_ = metrics.descent();
    glyphs_.assign(kEnd, kUnknown);
}

std::optional<quint32> FixedText::glyph(QChar character)
{
    const char16_t unit = character.unicode();
    if (unit >= kEnd) return std::nullopt;
    quint32& glyph = glyphs_[unit];
    if (glyph == kUnknown) {
        glyph = kNotCovered;
        if (isPlain(unit)) {
            const QList<quint32> found = raw_.glyphIndexesForString(QString(character));
            if (found.size() == 1 && found[0] != kUnknown && std::abs(raw_.advancesForGlyphIndexes(found)[0].x() - pitch_) < 0.01)
                glyph = found[0];
        }
    }
    return glyph == kNotCovered ? std::nullopt : std::optional(glyph);
}

bool FixedText::covers(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [this](QChar each) { return glyph(each).has_value(); });
}

QString FixedText::elided(const QString& text, Qt::TextElideMode mode, double width) const
{
    if (mode == Qt::ElideNone || this->width(text) <= width) return text;
    const auto kept = static_cast<qsizetype>(std::floor(width / pitch_)) - 1;  // beside the ellipsis
    if (kept < 0) return {};
    switch (mode) {
        case Qt::ElideLeft: return kEllipsis + text.right(kept);
        case Qt::ElideMiddle: return text.left((kept + 1) / 2) + kEllipsis + text.right(kept / 2);
        default: return text.left(kept) + kEllipsis;
    }
}

void FixedText::draw(QPainter& painter, QPointF baseline, QStringView text)
{
    run_.clear();
    places_.clear();
    double x = 0;
    for (const QChar each : text) {
        run_.push_back(glyph(each).value_or(kUnknown));
        places_.push_back(QPointF(x, 0));
        x += pitch_;
    }
    QGlyphRun run;
    run.setRawFont(raw_);
    run.setRawData(run_.constData(), places_.constData(), static_cast<int>(run_.size()));
    painter.drawGlyphRun(baseline, run);
}

}  // namespace hindcast::ui
