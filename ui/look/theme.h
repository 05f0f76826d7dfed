#pragma once
#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

#include <optional>

namespace hindcast::ui {

/// Colours and type of the window, as roles; light or dark. One object, owned by the application and handed to the views.
/// Red is the playhead's alone. GUI thread only.
class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    /// System is what the application's palette says, at this moment and later: construct it before anything changes that palette.
    explicit Theme(Scheme scheme, QObject* parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return scheme_; }
    [[nodiscard]] bool isDark() const;
    /// Takes effect at once where apply() has been called before.
    void setScheme(Scheme scheme);
    /// What the desktop says by other means than its palette, which it then counts for more than; empty: nothing.
    void setSystemDark(std::optional<bool> dark);

    enum class Role {
        Window,
        Panel,
        Field,
        Line,
        Text,
        TextSecondary,
        TextDimmed,
        Accent,
        AccentSoft,
        Selection,
        Playhead,
        Link,
        Added,
        AddedSoft,
        Changed,
        ChangedSoft,
        Removed,
        RemovedSoft,
        Warning,
        Good,
        LaneLine,
        Grid,
        Density,
        CodeKeyword,  ///< of a script, as the next four
        CodeText,
        CodeNumber,
        CodeRegex,
        CodeComment
    };
    [[nodiscard]] QColor color(Role role) const;
    /// One of the palette's colours, which colour-blind readers tell apart too (ui.look.contrast computes it); `index` beyond the
    /// palette is neutral.
    [[nodiscard]] QColor series(int index) const;
    static constexpr int kSeries = 9;
    [[nodiscard]] QPalette palette() const;
    /// How much larger than on a desk type and glyphs are: 1, or kPresentation where others look on from afar.
    [[nodiscard]] double zoom() const { return zoom_; }
    static constexpr double kPresentation = 1.35;
    void setZoom(double zoom);
    /// A length of the desk's layout at this zoom, in device-independent pixels.
    [[nodiscard]] int px(int length) const;
    [[nodiscard]] int rowHeight() const { return px(25); }  ///< of a line in lists and tables

    [[nodiscard]] QFont text(double scale = 1.0) const;    ///< the interface's font, 13 px at scale 1 and zoom 1
    [[nodiscard]] QFont strong(double scale = 1.0) const;  ///< the same for titles: semi-bold
    /// For values, ids, times, JSON: 12 px at scale 1, without ligatures, so that `!=` and `->` stay what they are.
    [[nodiscard]] QFont mono(double scale = 1.0) const;

    /// Sets application palette, fonts and style sheet.
    ///
    /// The style sheet knows these dynamic properties of a widget:
    /// `primary` (bool, QPushButton: the one that goes on), `bare` (bool, QToolButton or QPushButton: no frame until hovered),
    /// `compact` (bool, QToolButton: less room beside its words), `role` ("title", "secondary", "mono" on a QLabel;
    /// "panel-header" on a QWidget: the bar with a hairline beneath it).
    void apply();

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void changed();

private:
    void followSystem();
    [[nodiscard]] bool systemIsDark() const { return desktopIsDark_.value_or(systemIsDark_); }

    Scheme scheme_;
    bool systemIsDark_ = false;          ///< by its palette
    std::optional<bool> desktopIsDark_;  ///< by its own word
    bool applied_ = false;
    bool applying_ = false;
    double zoom_ = 1;
};

}  // namespace hindcast::ui
