#include "ui/look/theme.h"

#include "ui/look/style_sheet.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QCursor>
#include <QMenu>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>
#include <QToolButton>
#include <QToolTip>

#include <array>

namespace hindcast::ui {

namespace {

/// Fusion, but for what no style sheet reaches: the frame beneath a combo box's list is one hairline, as every other edge is, and its
/// chosen line a tint without an outline, as in every other list.
class LookStyle final : public QProxyStyle {
public:
    LookStyle() : QProxyStyle(QStringLiteral("Fusion")) {}
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        if (element != PE_PanelMenu || widget == nullptr || !widget->inherits("QComboBoxPrivateContainer"))
            return QProxyStyle::drawPrimitive(element, option, painter, widget);
        painter->fillRect(option->rect, option->palette.mid());  // the theme's line
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), option->palette.base());
    }
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override
    {
        const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
        if (element != CE_MenuItem || !item || !(item->state & State_Selected) || !qobject_cast<const QComboBox*>(widget))
            return QProxyStyle::drawControl(element, option, painter, widget);
        painter->fillRect(item->rect, item->palette.highlight());
        QStyleOptionMenuItem plain = *item;
        plain.state &= ~State_Selected;
        QProxyStyle::drawControl(element, &plain, painter, widget);
    }
};

struct Pair {
    QRgb light;
    QRgb dark;
};

// In the order of Theme::Role.
constexpr std::array<Pair, 28> kColors = {{
    {0xffffffff, 0xff1f232a},  // Window
    {0xffffffff, 0xff1f232a},  // Panel
    {0xfff6f7f9, 0xff171a1f},  // Field
    {0xffdfe3e8, 0xff323842},  // Line
    {0xff1c2430, 0xffe4e8ee},  // Text
    {0xff4f5a69, 0xffb3bdcb},  // TextSecondary
    {0xff7b8491, 0xff7b8491},  // TextDimmed
    {0xff1f6feb, 0xff5b9bf8},  // Accent
    {0xffe3eefc, 0xff24364f},  // AccentSoft
    {0xffe1edfb, 0xff24364f},  // Selection
    {0xffd1242f, 0xffff6b6b},  // Playhead
    {0xff4f5a69, 0xffb3bdcb},  // Link
    {0xff187531, 0xff57c785},  // Added
    {0xffe4f6e8, 0xff1b2c25},  // AddedSoft
    {0xff8a5a00, 0xffe3b341},  // Changed
    {0xfffff4d6, 0xff302c1f},  // ChangedSoft
    {0xffa8322b, 0xffe08a84},  // Removed
    {0xfffde7e7, 0xff35242a},  // RemovedSoft
    {0xff9f4f00, 0xfff0a35e},  // Warning
    {0xff2a9d4a, 0xff3fb25f},  // Good
    {0xffdfe2e7, 0xff343a44},  // LaneLine
    {0xffeff1f4, 0xff282d36},  // Grid
    {0xffafb6c2, 0xff555e6c},  // Density
    {0xff7a3cc8, 0xffc9a6ff},  // CodeKeyword
    {0xff187531, 0xff7bd493},  // CodeText
    {0xff0b5cad, 0xff7cb8ff},  // CodeNumber
    {0xff8a4b00, 0xffe8b36b},  // CodeRegex
    {0xff5a6472, 0xff9aa5b4},  // CodeComment
}};

// Okabe and Ito's but black and yellow, which is lost on white; then three that stand apart from these by their lightness, which is
// what every eye sees: dark ones on white, pale ones on black.
constexpr std::array<Pair, Theme::kSeries> kSeriesColors = {{
    {0xff009e73, 0xff009e73},
    {0xff0072b2, 0xff0072b2},
    {0xffe69f00, 0xffe69f00},
    {0xffd55e00, 0xffd55e00},
    {0xff56b4e9, 0xff56b4e9},
    {0xffcc79a7, 0xffcc79a7},
    {0xff7a1e46, 0xfff6d5e5},
    {0xff2a1fa8, 0xffc6f39a},
    {0xff4a3a10, 0xff96604a},
}};
constexpr Pair kNeutralSeries = {0xff6b7583, 0xff656e7b};

// What apply() leaves as the system has it.
constexpr QPalette::ColorGroup kSystemGroup = QPalette::Disabled;
constexpr QPalette::ColorRole kSystemRole = QPalette::AlternateBase;

/// A button is told nothing of the pointer while its menu is open, nor later that it had left meanwhile: it would look hovered until
/// the pointer comes by again. So it is with a combo box and its list.
void leave(QWidget* hovered)
{
    if (!hovered || !hovered->underMouse() || hovered->rect().contains(hovered->mapFromGlobal(QCursor::pos()))) return;
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(hovered, &leave);
    hovered->update();
}

void leaveOwnersOf(const QObject* popup)
{
    if (const auto* menu = qobject_cast<const QMenu*>(popup)) {
        const QList<QObject*> owners = menu->menuAction()->associatedObjects();
        for (QObject* one : owners) leave(qobject_cast<QToolButton*>(one));
    } else if (popup->inherits("QComboBoxPrivateContainer")) {
        leave(qobject_cast<QComboBox*>(popup->parent()));
    }
}

QFont sized(QFont font, double pixels)
{
    font.setPixelSize(std::max(7, qRound(pixels)));
    return font;
}

}  // namespace

Theme::Theme(Scheme scheme, QObject* parent)
    : QObject(parent), scheme_(scheme), systemIsDark_(QApplication::palette().color(QPalette::Window).lightness() < 128)
{
    qApp->installEventFilter(this);
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    // The application is told of a change of its palette, each window of the desktop's; ours are among the former.
    const bool palette = event->type() == QEvent::ApplicationPaletteChange && watched == qApp;
    if ((palette || event->type() == QEvent::ThemeChange) && !applying_) followSystem();
    if (event->type() == QEvent::Hide) leaveOwnersOf(watched);
    return QObject::eventFilter(watched, event);
}

void Theme::followSystem()
{
    const QPalette system = QApplication::palette();
    const QColor ground = applied_ ? system.color(kSystemGroup, kSystemRole) : system.color(QPalette::Window);
    const bool was = isDark();
    systemIsDark_ = ground.lightness() < 128;
    if (was == isDark()) return;
    if (!applied_) {
        emit changed();
        return;
    }
    // Not within the event: others are still to be told of it.
    QMetaObject::invokeMethod(this, &Theme::apply, Qt::QueuedConnection);
}

void Theme::setSystemDark(std::optional<bool> dark)
{
    const bool was = isDark();
    desktopIsDark_ = dark;
    if (was == isDark()) return;
    if (applied_)
        apply();
    else
        emit changed();
}

void Theme::setZoom(double zoom)
{
    if (zoom == zoom_) return;
    zoom_ = zoom;
    if (applied_)
        apply();
    else
        emit changed();
}

int Theme::px(int length) const { return qRound(length * zoom_); }

bool Theme::isDark() const { return scheme_ == Scheme::System ? systemIsDark() : scheme_ == Scheme::Dark; }

void Theme::setScheme(Scheme scheme)
{
    if (scheme == scheme_) return;
    const bool wasDark = isDark();
    scheme_ = scheme;
    if (applied_ && wasDark != isDark())
        apply();
    else
        emit changed();
}

QColor Theme::color(Role role) const
{
    const Pair pair = kColors[static_cast<std::size_t>(role)];
    return QColor::fromRgba(isDark() ? pair.dark : pair.light);
}

QColor Theme::series(int index) const
{
    const Pair pair = index < 0 || index >= kSeries ? kNeutralSeries : kSeriesColors[static_cast<std::size_t>(index)];
    return QColor::fromRgba(isDark() ? pair.dark : pair.light);
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, Role ours) { palette.setColor(role, color(ours)); };
    set(QPalette::Window, Role::Window);
    set(QPalette::Base, Role::Panel);
    // Of disabled lists it stays the system's own, or nobody could tell any more whether that is dark.
    static_assert(kSystemGroup == QPalette::Disabled && kSystemRole == QPalette::AlternateBase);
    palette.setColor(QPalette::Active, QPalette::AlternateBase, color(Role::Field));
    palette.setColor(QPalette::Inactive, QPalette::AlternateBase, color(Role::Field));
    set(QPalette::Button, Role::Field);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Text, Role::Text);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::ToolTipBase, Role::Field);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::PlaceholderText, Role::TextSecondary);
    set(QPalette::Highlight, Role::Selection);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Accent);
    set(QPalette::Mid, Role::Line);
    set(QPalette::Midlight, Role::Grid);
    set(QPalette::Light, Role::Panel);
    set(QPalette::Dark, Role::Line);
    palette.setColor(QPalette::Shadow, isDark() ? QColor(0, 0, 0, 160) : QColor(0, 0, 0, 60));
    // What stands in an empty field says what holds without it: that is to be read where nothing can be written, too.
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, color(Role::TextDimmed));
    return palette;
}

QFont Theme::text(double scale) const
{
    QFont font;
    font.setFamilies({QStringLiteral("Inter"), QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")});
    return sized(font, 13.0 * scale * zoom_);
}

QFont Theme::strong(double scale) const
{
    QFont font = text(scale);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::mono(double scale) const
{
    QFont font;
    font.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono"), QStringLiteral("monospace")});
    font.setStyleHint(QFont::Monospace);
    font.setStyleStrategy(QFont::PreferNoShaping);
    return sized(font, 12.0 * scale * zoom_);
}

void Theme::apply()
{
    applying_ = true;
    // One style everywhere, so that the sheet and the pictures mean the same on every desktop.
    if (!applied_) QApplication::setStyle(new LookStyle);
    applied_ = true;
    QApplication::setPalette(palette());
    QApplication::setFont(text());
    QToolTip::setFont(text(0.92));
    QToolTip::setPalette(palette());
    qApp->setStyleSheet(styleSheet(*this));
    applying_ = false;
    emit changed();
}

}  // namespace hindcast::ui
