#pragma once
#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

namespace hindcast::ui {

/// Colours and type of the window, as roles; light or dark. One object, owned by the application and handed to the views.
/// Red is the playhead's alone. GUI thread only.
class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    /// System is what the application's palette says at this moment: construct it before anything changes that palette.
    explicit Theme(Scheme scheme, QObject* parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return scheme_; }
    [[nodiscard]] bool isDark() const;
    /// Takes effect at once where apply() has been called before.
    void setScheme(Scheme scheme);

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
        Density
    };
    [[nodiscard]] QColor color(Role role) const;
    /// One of the palette's colours that are safe for colour-blind readers (Okabe and Ito); `index` beyond the palette is neutral.
    [[nodiscard]] QColor series(int index) const;
    static constexpr int kSeries = 7;
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QFont text(double scale = 1.0) const;    ///< the interface's font, 13 px at scale 1
    [[nodiscard]] QFont strong(double scale = 1.0) const;  ///< the same for titles: semi-bold
    /// For values, ids, times, JSON: 12 px at scale 1, without ligatures, so that `!=` and `->` stay what they are.
    [[nodiscard]] QFont mono(double scale = 1.0) const;
    static constexpr int kRowHeight = 25;  ///< of a line in lists and tables, in device-independent pixels

    /// Sets application palette, fonts and style sheet.
    ///
    /// The style sheet knows these dynamic properties of a widget: `primary` (bool, QPushButton: the one that goes on),
    /// `bare` (bool, QToolButton or QPushButton: no frame until hovered), `role` ("title", "secondary", "mono" on a QLabel;
    /// "panel-header" on a QWidget: the bar with a hairline beneath it).
    void apply();

signals:
    void changed();

private:
    Scheme scheme_;
    bool systemIsDark_ = false;
    bool applied_ = false;
};

}  // namespace hindcast::ui
