#include "ui/look/glyphs.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPathStroker>
#include <QPixmap>

#include <algorithm>
#include <initializer_list>

namespace hindcast::ui {

namespace {

/// Points are given in a unit square and stretched over the box.
class Unit {
public:
    explicit Unit(const QRectF& box) : box_(box) {}
    [[nodiscard]] QPointF at(double x, double y) const
    {
        return {box_.left() + x * box_.width(), box_.top() + y * box_.height()};
    }
    [[nodiscard]] double size() const { return std::min(box_.width(), box_.height()); }

    void polygon(QPainterPath& path, std::initializer_list<QPointF> points) const
    {
        bool first = true;
        for (const QPointF point : points) {
            const QPointF to = at(point.x(), point.y());
            if (first)
                path.moveTo(to);
            else
                path.lineTo(to);
            first = false;
        }
        path.closeSubpath();
    }
    [[nodiscard]] QPainterPath stroke(std::initializer_list<std::pair<QPointF, QPointF>> lines, double width) const
    {
        QPainterPath path;
        for (const auto& [from, to] : lines) {
            path.moveTo(at(from.x(), from.y()));
            path.lineTo(at(to.x(), to.y()));
        }
        return stroked(path, width);
    }
    [[nodiscard]] QPainterPath stroked(const QPainterPath& path, double width) const
    {
        QPainterPathStroker stroker;
        stroker.setWidth(width * size());
        stroker.setCapStyle(Qt::RoundCap);
        stroker.setJoinStyle(Qt::RoundJoin);
        return stroker.createStroke(path).simplified();
    }

private:
    QRectF box_;
};

class GlyphEngine final : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const Theme& theme, Theme::Role role) : glyph_(glyph), theme_(&theme), role_(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const Theme::Role role = mode == QIcon::Disabled ? Theme::Role::TextDimmed : role_;
        const double margin = rect.height() * 0.14;
        paintGlyph(*painter, glyph_, QRectF(rect).adjusted(margin, margin, -margin, -margin), theme_->color(role));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph glyph_;
    const Theme* theme_;
    Theme::Role role_;
};

}  // namespace

QPainterPath glyphPath(Glyph glyph, const QRectF& box)
{
    const Unit unit(box);
    QPainterPath path;
    switch (glyph) {
        case Glyph::Triangle: unit.polygon(path, {{0.5, 0.02}, {1.0, 0.96}, {0.0, 0.96}}); break;
        case Glyph::Circle: path.addEllipse(box); break;
        case Glyph::Cross: path = unit.stroke({{{0.12, 0.12}, {0.88, 0.88}}, {{0.88, 0.12}, {0.12, 0.88}}}, 0.2); break;
        case Glyph::Square:
            path.addRoundedRect(box.adjusted(0.06 * unit.size(), 0.06 * unit.size(), -0.06 * unit.size(), -0.06 * unit.size()), 1,
                                1);
            break;
        case Glyph::Diamond: unit.polygon(path, {{0.5, -0.04}, {1.04, 0.5}, {0.5, 1.04}, {-0.04, 0.5}}); break;
        case Glyph::First:
            path.addRect(QRectF(unit.at(0.04, 0.06), unit.at(0.18, 0.94)));
            unit.polygon(path, {{1.0, 0.06}, {1.0, 0.94}, {0.3, 0.5}});
            break;
        case Glyph::Pause:
            path.addRect(QRectF(unit.at(0.1, 0.06), unit.at(0.38, 0.94)));
            path.addRect(QRectF(unit.at(0.62, 0.06), unit.at(0.9, 0.94)));
            break;
        case Glyph::Play: {
            QPainterPath outline;
            unit.polygon(outline, {{0.2, 0.08}, {0.2, 0.92}, {0.94, 0.5}});
            path = unit.stroked(outline, 0.12);
            break;
        }
        case Glyph::Previous: unit.polygon(path, {{0.86, 0.06}, {0.86, 0.94}, {0.12, 0.5}}); break;
        case Glyph::Next: unit.polygon(path, {{0.14, 0.06}, {0.14, 0.94}, {0.88, 0.5}}); break;
        case Glyph::Last:
            unit.polygon(path, {{0.0, 0.06}, {0.0, 0.94}, {0.7, 0.5}});
            path.addRect(QRectF(unit.at(0.82, 0.06), unit.at(0.96, 0.94)));
            break;
        case Glyph::Stop: path.addRoundedRect(QRectF(unit.at(0.1, 0.1), unit.at(0.9, 0.9)), 1.5, 1.5); break;
        case Glyph::Search: {
            QPainterPath lens;
            lens.addEllipse(QRectF(unit.at(0.06, 0.06), unit.at(0.66, 0.66)));
            lens.moveTo(unit.at(0.62, 0.62));
            lens.lineTo(unit.at(0.94, 0.94));
            path = unit.stroked(lens, 0.11);
            break;
        }
        case Glyph::Close: path = unit.stroke({{{0.16, 0.16}, {0.84, 0.84}}, {{0.84, 0.16}, {0.16, 0.84}}}, 0.12); break;
        case Glyph::Warning: {
            QPainterPath sign;
            unit.polygon(sign, {{0.5, 0.05}, {1.0, 0.95}, {0.0, 0.95}});
            QPainterPath mark = unit.stroke({{{0.5, 0.4}, {0.5, 0.62}}}, 0.1);
            mark.addEllipse(unit.at(0.5, 0.8), 0.06 * unit.size(), 0.06 * unit.size());
            path = sign.subtracted(mark);
            break;
        }
        case Glyph::ChevronDown: unit.polygon(path, {{0.1, 0.28}, {0.9, 0.28}, {0.5, 0.76}}); break;
        case Glyph::ChevronRight: unit.polygon(path, {{0.28, 0.1}, {0.28, 0.9}, {0.76, 0.5}}); break;
        case Glyph::Groups:
            path = unit.stroke({{{0.06, 0.14}, {0.94, 0.14}}, {{0.34, 0.5}, {0.94, 0.5}}, {{0.34, 0.86}, {0.94, 0.86}}}, 0.13);
            break;
    }
    return path;
}

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& color)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPath(glyphPath(glyph, box));
    painter.restore();
}

QIcon glyphIcon(Glyph glyph, const Theme& theme) { return glyphIcon(glyph, theme, Theme::Role::Text); }

QIcon glyphIcon(Glyph glyph, const Theme& theme, Theme::Role role) { return QIcon(new GlyphEngine(glyph, theme, role)); }

}  // namespace hindcast::ui
