#include "ui/entities/entity_list.h"
#include "ui/entities/name_and_id.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/shaped_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

constexpr double kDot = 6;        // its diameter
constexpr int kBetween = 8;       // a name and what stands after it
constexpr int kBeforeNumber = 6;  // a name and a number that leaves little room for it

/// Rounded up: QFontMetrics rounds, and half a pixel too little elides a text.
int widthOf(const QFont& font, const QString& text) { return static_cast<int>(std::ceil(textWidthF(font, text))); }

}  // namespace

void EntityList::paintPin(QPainter& painter, const RowCell& cell, const EntityLine& line) const
{
    const bool pinned = line.kind != EntityLine::Kind::Entity;
    if (!pinned && !cell.hovered) return;
    const QPointF middle(cell.full.left() + 10.0, cell.full.center().y() + 0.5);
    const QRectF dot(middle.x() - kDot / 2, middle.y() - kDot / 2, kDot, kDot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = line.kind == EntityLine::Kind::Pin;
    painter.setPen(filled ? QPen(Qt::NoPen) : QPen(theme().color(Theme::Role::TextSecondary), 1.2));
    painter.setBrush(filled ? QBrush(theme().color(Theme::Role::Accent)) : QBrush(Qt::NoBrush));
    painter.drawEllipse(dot);
    painter.restore();
}

std::vector<QString> EntityList::idsBeside(EntityId entity, const QString& display) const
{
    std::vector<QString> ids;
    const auto [first, last] = visibleRows();
    for (Row row = first; row <= last; ++row) {
        const auto id = model_.entityAt(row);
        if (!id || *id == entity || model_.displayName(*id) != display) continue;
        const QString* name = model_.name(*id);
        const store::Category* category = model_.categoryOf(*id);
        if (name != nullptr) ids.push_back(category != nullptr && category->rows ? QLatin1Char('#') + *name : *name);
    }
    return ids;
}

void EntityList::paintNamed(QPainter& painter, const QRect& rect, const QString& display, const QString& id,
                            EntityId entity) const
{
    // Where the id tells one Alice from another, or was searched for, its end is told though the name be cut for it.
    const NameAndId both = fitNameAndId(display, id, idsBeside(entity, display), !model_.searchText().isEmpty(),
                                        {theme().text(), theme().mono(), rect.width(), kBetween});
    paintText(painter, rect, both.name, theme().text(), theme().color(Theme::Role::Text));
    const QRect right = rect.adjusted(widthOf(theme().text(), both.name) + kBetween, 0, 0, 0);
    paintText(painter, right, both.id, theme().mono(), theme().color(Theme::Role::TextSecondary), Qt::AlignLeft, Qt::ElideNone);
}

void EntityList::paintName(QPainter& painter, const QRect& rect, const EntityLine& line) const
{
    const QString* name = model_.name(line.id);
    const QFont mono = theme().mono();
    if (name == nullptr) return paintText(painter, rect, QStringLiteral("…"), mono, theme().color(Theme::Role::TextDimmed));
    const store::Category* category = model_.categoryOf(line.id);
    const QString categoryText = category ? QString::fromStdString(category->text) : QString();
    // A group's head says the category of what stands beneath it.
    const bool said =
        model_.category().has_value() || (line.kind == EntityLine::Kind::Entity && !model_.lines().groups().empty() &&
                                          model_.lines().groups()[line.index].category.has_value());
    const bool isRow = category != nullptr && category->rows;
    const QString number = QStringLiteral("#") + *name;
    if (const QString display = model_.displayName(line.id); !display.isEmpty()) {
        const QString table = said ? number : categoryText.section(QLatin1Char('.'), -1) + QLatin1Char(' ') + number;
        // Where there is no room for a row's table its number alone is told: the name says what it is.
        const bool fits = widthOf(theme().text(), display) + kBetween + widthOf(mono, table) <= rect.width();
        return paintNamed(painter, rect, display, !isRow ? *name : fits ? table : number, line.id);
    }
    const QFontMetrics metrics(mono);
    if (isRow && !said) {  // a row's id says nothing without its table
        const int space = metrics.horizontalAdvance(QLatin1Char(' '));
        const int room = std::max(rect.width() * 3 / 10, rect.width() - widthOf(mono, number) - space);
        // Where there is little room the schema goes first: "public.users" becomes "users".
        const bool whole = metrics.horizontalAdvance(categoryText) <= room;
        const QString table =
            metrics.elidedText(whole ? categoryText : categoryText.section(QLatin1Char('.'), -1), Qt::ElideMiddle, room);
        paintText(painter, rect, table, mono, theme().color(Theme::Role::TextSecondary));
        return paintText(painter, rect.adjusted(metrics.horizontalAdvance(table) + space, 0, 0, 0), number, mono,
                         theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    }
    const QString id = isRow ? number : *name;
    if (said || isRow || categoryText.isEmpty() || name->startsWith(categoryText))
        return paintText(painter, rect, id, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    // The id first. Its category is told where both are whole, or where much of the id is left that is too long anyhow: "c…" would
    // tell nothing.
    const QFont small = theme().text(0.88);
    const int ofId = widthOf(mono, id);
    const int beside = rect.width() - kBetween - widthOf(small, categoryText);
    const bool cutAnyhow = ofId > rect.width() && beside >= widthOf(mono, QStringLiteral("123456…123456"));
    const int used = ofId <= beside ? ofId : cutAnyhow ? beside : rect.width();
    QRect left = rect;
    left.setWidth(used);
    paintText(painter, left, id, mono, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    if (used == rect.width()) return;
    paintText(painter, rect.adjusted(used + kBetween, 0, 0, 0), categoryText, small, theme().color(Theme::Role::TextSecondary));
}

void EntityList::paintGroup(QPainter& painter, const QRect& rect, std::size_t group) const
{
    const EntityLines::Group& one = model_.lines().groups()[group];
    const store::Category* category = one.category ? model_.category(*one.category) : nullptr;
    const QString name = category ? QString::fromStdString(category->text) : tr("just arrived");
    const QString count = ui::grouped(static_cast<std::uint64_t>(one.count));
    paintGlyph(painter, one.open ? Glyph::ChevronDown : Glyph::ChevronRight, QRectF(rect.left() - 3, rect.center().y() - 4, 9, 9),
               theme().color(Theme::Role::TextSecondary));
    const QRect text = rect.adjusted(kGutter + 2, 0, 0, 0);
    const QFont strong = theme().strong();
    paintText(painter, text, name, strong, theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
    // Half a number would be another one.
    const int used = widthOf(strong, name) + kBetween;
    if (used + widthOf(theme().text(), count) <= text.width())
        paintText(painter, text.adjusted(used, 0, 0, 0), count, theme().text(), theme().color(Theme::Role::TextSecondary));
}

void EntityList::paintMissingPin(QPainter& painter, const QRect& rect, const QString& entity) const
{
    const QColor color = theme().color(Theme::Role::TextSecondary);
    const QFont small = theme().text(0.88);
    const QString words = tr("not in this workspace yet");
    // The name first: the ring before it says, in short, what the words do.
    const int room = std::max(rect.width() - widthOf(small, words) - kBetween, rect.width() * 2 / 3);
    QRect left = rect;
    left.setWidth(std::min(widthOf(theme().mono(), entity), room));
    paintText(painter, left, entity, theme().mono(), color, Qt::AlignLeft, Qt::ElideMiddle);
    paintText(painter, rect.adjusted(left.width() + kBetween, 0, 0, 0), words, small, color);
}

/// The number of events is short: what it leaves of its column is the name's.
QRect EntityList::nameRect(const RowCell& cell, const EntityLine& line) const
{
    QRect rect = cell.rect.adjusted(kGutter, 0, 0, 0);
    const QRect events = cellRect(cell.row, Events);
    if (events.isNull()) return rect;
    const int number = widthOf(theme().mono(), grouped(model_.events(line.id)));
    rect.setRight(std::max(rect.right(), events.right() - number - kBeforeNumber));
    return rect;
}

void EntityList::paintCell(QPainter& painter, const RowCell& cell) const
{
    using Kind = EntityLine::Kind;
    const EntityLine line = model_.at(cell.row);
    if (!line.isEntity()) {
        if (cell.column != Name) return;
        // These have no other columns: they take the whole row.
        QRect whole = cell.rect;
        whole.setRight(viewport()->width() - 8);
        painter.setClipping(false);
        const QColor secondary = theme().color(Theme::Role::TextSecondary);
        if (line.kind == Kind::Group) return paintGroup(painter, whole, line.index);
        if (line.kind == Kind::Note)
            return paintText(painter, whole.adjusted(kGutter, 0, 0, 0), note_, theme().text(), secondary);
        paintPin(painter, cell, line);
        return paintMissingPin(painter, whole.adjusted(kGutter, 0, 0, 0), model_.lines().pins()[line.index].entity);
    }
    switch (cell.column) {
        case Name: {
            paintPin(painter, cell, line);
            const QRect rect = nameRect(cell, line);
            painter.setClipRect(cell.full.united(rect));
            return paintName(painter, rect, line);
        }
        case Events:
            return paintText(painter, cell.rect, grouped(model_.events(line.id)), theme().mono(),
                             theme().color(Theme::Role::Text), Qt::AlignRight);
        case Last:
            return paintText(painter, cell.rect, lastSeenText(model_.last(line.id), model_.newest()), theme().mono(),
                             theme().color(Theme::Role::TextSecondary));
        default: return;
    }
}

}  // namespace hindcast::ui
