#include "ui/look/style_sheet.h"

#include <QRegularExpression>
#include <QtGlobal>

// Q_INIT_RESOURCE declares a function of the global namespace: a static library's resources are linked in only when asked for.
static void initLookResources() { Q_INIT_RESOURCE(look); }

namespace hindcast::ui {

namespace {

// Fields, and lists that one can write in, have no colour of their own here: Qt would take half of it for what stands in an empty
// one. Theirs is the palette's.
// The list of a box that is not written in lies on a frame of its own, which LookStyle paints: that has the lines above and below.
// Whether a box is written in is to be said before it gets its parent: what its list looks like is settled then.
// @names are the theme's roles; @icon is the folder of the little arrows in the scheme's colour.
constexpr const char* kSheet = R"(
QMainWindow, QDialog { background: @window; }
QMainWindow::separator { width: 1px; height: 1px; background: @line; }
QMenuBar { background: @window; color: @text; border-bottom: 1px solid @line; padding: 1px 6px; }
QMenuBar::item { padding: 4px 8px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @accentSoft; }
QMenu { background: @panel; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 22px; border-radius: 4px; }
QMenu::item:selected { background: @selection; color: @text; }
QMenu::item:disabled { color: @textDimmed; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QToolBar { background: @window; border: none; border-bottom: 1px solid @line; spacing: 8px; padding: 7px 8px; }
QStatusBar { background: @window; color: @textSecondary; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QSplitter::handle { background: @line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: @accent; }

QPushButton, QToolButton, QComboBox[editable="false"] { color: @text; }
QPushButton, QToolButton, QComboBox {
    background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px 11px; min-height: 19px;
    outline: none; }
QFileDialog QToolButton { padding: 4px; }
QToolButton[compact="true"] { padding-left: 7px; padding-right: 7px; }
QPushButton:hover, QToolButton:hover, QComboBox:hover { background: @accentSoft; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked, QPushButton:checked { background: @selection; border-color: @accent; }
QPushButton:focus, QToolButton:focus, QComboBox:focus { border-color: @accent; }
QPushButton:disabled, QToolButton:disabled, QComboBox[editable="false"]:disabled { color: @textDimmed; }
QPushButton:disabled, QToolButton:disabled, QComboBox:disabled { background: @window; }
QToolButton[strong="true"]:checked { background: @accent; border-color: @accent; color: @onAccent; }
QPushButton[primary="true"] { background: @accent; border-color: @accent; color: @onAccent; font-weight: 600; }
QPushButton[primary="true"]:hover { background: @accentStrong; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 3px 10px; }
QPushButton[primary="true"]:disabled { background: @field; border-color: @line; color: @textDimmed; }
QPushButton[bare="true"], QToolButton[bare="true"] { background: transparent; border: 1px solid transparent; padding: 3px 6px; }
QPushButton[bare="true"]:hover, QToolButton[bare="true"]:hover { background: @accentSoft; }
QPushButton[bare="true"]:focus, QToolButton[bare="true"]:focus { border-color: @accent; }
QPushButton[link="true"] { color: @link; min-height: 15px; padding: 1px 6px; }
QToolButton::menu-indicator { image: url(@icon/down.svg); width: 9px; height: 9px; subcontrol-position: right center;
    subcontrol-origin: padding; right: 7px; }
QToolButton[popupMode="2"] { padding-right: 22px; }
QToolButton::menu-button { border: none; border-left: 1px solid @line; width: 22px; border-top-right-radius: 6px;
    border-bottom-right-radius: 6px; }
QToolButton::menu-button:hover { background: @selection; }
QToolButton::menu-arrow { image: url(@icon/down.svg); width: 9px; height: 9px; }

QLineEdit, QPlainTextEdit[field="true"], QSpinBox, QDateTimeEdit {
    background: @field; border: 1px solid @line; border-radius: 6px; padding: 4px 9px; min-height: 19px;
    selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:focus, QSpinBox:focus, QDateTimeEdit:focus, QPlainTextEdit[field="true"]:focus { border-color: @accent; background: @panel; }
QLineEdit:disabled { background: @window; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: @warning; }
QComboBox { padding-right: 2px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(@icon/down.svg); width: 9px; height: 9px; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; selection-background-color: @selection;
    selection-color: @text; outline: none; padding: 3px; }
QComboBox[editable="false"] QAbstractItemView { border-top: none; border-bottom: none; }
QSpinBox::up-button, QSpinBox::down-button { border: none; width: 16px; background: transparent; }
QSpinBox::up-arrow { image: url(@icon/up.svg); width: 8px; height: 8px; }
QSpinBox::down-arrow { image: url(@icon/down.svg); width: 8px; height: 8px; }

QTreeView, QTableView, QListView, QPlainTextEdit, QTextEdit, QTextBrowser {
    background: @panel; border: none; selection-background-color: @selection; selection-color: @text; }
QListView#completions { border: 1px solid @line; padding: 2px; }
QTreeView, QTableView, QListView { outline: none; gridline-color: transparent; alternate-background-color: @field; }
QTreeView::item, QListView::item, QTableView::item { border: none; padding: 0 4px; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @selection; color: @text; }
QTreeView::item:hover:!selected, QListView::item:hover:!selected { background: @field; }
QTreeView::branch:selected { background: @selection; }
QTreeView::branch:has-children:closed { image: url(@icon/right.svg); }
QTreeView::branch:has-children:open { image: url(@icon/down.svg); }
QHeaderView { background: @panel; border: none; }
QHeaderView::section { background: @panel; color: @textSecondary; border: none; border-bottom: 1px solid @line; padding: 4px 7px; }
QTableCornerButton::section { background: @panel; border: none; }

QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @text; padding: 6px 10px; margin: 0 3px; border: none;
    border-bottom: 2px solid transparent; }
QTabBar::tab:selected { border-bottom-color: @accent; }
QTabBar::tab:hover:!selected { border-bottom-color: @line; }
QTabBar::tab:focus { background: @accentSoft; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: @scroll; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 26px; margin: 2px 3px 2px 2px; }
QScrollBar::handle:horizontal { min-width: 26px; margin: 2px 2px 3px 2px; }
QScrollBar::handle:hover { background: @textDimmed; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: @panel; }

QToolTip { background: @field; color: @text; border: 1px solid @line; padding: 4px 6px; }
QProgressBar { background: @field; border: 1px solid @line; border-radius: 4px; max-height: 8px; min-height: 8px; text-align: center; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
QGroupBox { border: 1px solid @line; border-radius: 6px; margin-top: 8px; padding-top: 6px; }
QGroupBox::title { subcontrol-origin: margin; left: 8px; padding: 0 4px; color: @textSecondary; }
QLabel { background: transparent; }
QLabel[role="title"] { font-weight: 600; }
QLabel[role="secondary"] { color: @textSecondary; }
QLabel[role="warning"] { color: @warning; }
QWidget[role="panel-header"] { background: @panel; border-bottom: 1px solid @line; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: @line; background: @line; border: none; max-height: 1px; }
)";

struct Name {
    const char* name;
    Theme::Role role;
};
// Longer names before their beginnings: they are replaced in this order.
constexpr Name kNames[] = {
    {"@accentSoft", Theme::Role::AccentSoft}, {"@accent", Theme::Role::Accent},   {"@textSecondary", Theme::Role::TextSecondary},
    {"@textDimmed", Theme::Role::TextDimmed}, {"@text", Theme::Role::Text},       {"@window", Theme::Role::Window},
    {"@panel", Theme::Role::Panel},           {"@field", Theme::Role::Field},     {"@line", Theme::Role::Line},
    {"@selection", Theme::Role::Selection},   {"@warning", Theme::Role::Warning}, {"@link", Theme::Role::Link},
};

}  // namespace

QString styleSheet(const Theme& theme)
{
    initLookResources();
    QString sheet = QString::fromLatin1(kSheet);
    const QColor accent = theme.color(Theme::Role::Accent);
    sheet.replace(QLatin1String("@accentStrong"), theme.isDark() ? accent.lighter(112).name() : accent.darker(112).name());
    sheet.replace(QLatin1String("@onAccent"), theme.isDark() ? QStringLiteral("#0d1117") : QStringLiteral("#ffffff"));
    sheet.replace(QLatin1String("@scroll"), theme.isDark() ? QStringLiteral("#434b57") : QStringLiteral("#cfd5dc"));
    sheet.replace(QLatin1String("@icon"),
                  theme.isDark() ? QStringLiteral(":/hindcast/look/dark") : QStringLiteral(":/hindcast/look/light"));
    // Hairlines and corners stay, the rest grows with the type.
    if (theme.zoom() != 1) {
        static const QRegularExpression length(QStringLiteral(R"((\d+)px)"));
        qsizetype at = 0;
        for (auto match = length.match(sheet); match.hasMatch(); match = length.match(sheet, at)) {
            const int pixels = match.captured(1).toInt();
            const QString now = QString::number(pixels <= 2 || pixels > 1000 ? pixels : theme.px(pixels));
            sheet.replace(match.capturedStart(1), match.capturedLength(1), now);
            at = match.capturedStart(1) + now.size();
        }
    }
    for (const Name& name : kNames) sheet.replace(QLatin1String(name.name), theme.color(name.role).name());
    return sheet;
}

}  // namespace hindcast::ui
