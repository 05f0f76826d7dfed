#pragma once
#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>

namespace hindcast::ui {

/// Colours and type of the window, as roles; light or dark. One object, owned by the application and handed to the views.
/// Red is the playhead's alone.
class Theme final : public QObject {
    Q_OBJECT
public:
    enum class Scheme { System, Light, Dark };
    explicit Theme(Scheme scheme, QObject* parent = nullptr);

    [[nodiscard]] bool isDark() const;
    void setScheme(Scheme scheme);

    enum class Role {
        Window, Panel, Field, Line, Text, TextSecondary, TextDimmed, Accent, AccentSoft, Selection,
        Playhead, Link, Added, AddedSoft, Changed, ChangedSoft, Removed, RemovedSoft, Warning, Good, LaneLine, Grid, Density
    };
    [[nodiscard]] QColor color(Role role) const;
    /// One of the palette's colours that are safe for colour-blind readers (Okabe and Ito); `index` beyond the palette is neutral.
    [[nodiscard]] QColor series(int index) const;
    static constexpr int kSeries = 7;
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QFont text(double scale = 1.0) const;  ///< the interface's font
    [[nodiscard]] QFont mono(double scale = 1.0) const;  ///< for values, ids, times, JSON

    /// Sets application palette, fonts and style sheet.
    void apply();

signals:
    void changed();

private:
    Scheme scheme_;
};

}  // namespace hindcast::ui
