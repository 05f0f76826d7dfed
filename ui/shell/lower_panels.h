#pragma once
#include "ui/look/theme.h"

#include <QList>
#include <QString>

#include <cstdint>
#include <vector>

class QSettings;
class QSplitter;
class QWidget;

namespace hindcast::ui {

/// The panels beneath lanes and events in the window's middle column: which are shown, how high each was made, and how the column is
/// shared out. Some take turns, of which one is shown or none; the others are shown by themselves. GUI thread only.
class LowerPanels {
public:
    enum class Shown : std::uint8_t { Turns, ByItself };

    /// The column has lanes and events already; both must outlive this.
    LowerPanels(const Theme& theme, QSplitter& column) : theme_(theme), column_(column) {}

    /// Beneath those before it, and hidden. `name` is that of its settings. `height` is how high it is at first.
    void add(QWidget& panel, const QString& name, int height, Shown shown);

    [[nodiscard]] QWidget* turn() const;  ///< the one shown of those that take turns; null: none
    /// Takes the room from the events, and where they have too little from the lanes. True where the keyboard was in what is hidden
    /// now.
    bool show(QWidget& panel, bool shown);
    /// How high all that are shown are to be, beside what lanes and events need at least.
    [[nodiscard]] int total(int othersNeed) const;
    /// Shares the column out: what total() says goes to the panels.
    void layOut(int lanes, int events, int othersNeed);
    /// They are as high now as the user, or what was restored, has made them.
    void noteHeights();
    /// A talk does without them; they come back as they were.
    void setPresentation(bool on);
    void restore(const QSettings& settings);
    void save(QSettings& settings) const;

private:
    struct Panel {
        QWidget* widget;
        QString name;
        int height;  ///< while it is shown and while not
        Shown shown;
        bool atDesk = false;  ///< shown before the presentation
    };
    [[nodiscard]] int heightOf(const Panel& panel, int othersNeed) const;

    const Theme& theme_;
    QSplitter& column_;
    std::vector<Panel> panels_;
    bool presentation_ = false;
};

}  // namespace hindcast::ui
