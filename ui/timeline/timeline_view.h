#pragma once
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/timeline_canvas.h"

#include <QLabel>
#include <QMenu>
#include <QWidget>

class QToolButton;

namespace hindcast::ui {

class ElidedLabel;

/// The lanes under their title: which stretch of time is shown, what the axis means, and a way back to the whole.
class TimelineView final : public QWidget {
    Q_OBJECT
public:
    /// All three must outlive the widget.
    TimelineView(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent = nullptr);

    [[nodiscard]] TimelineCanvas& canvas() { return *canvas_; }
    [[nodiscard]] OverviewStrip& overview() { return *overview_; }
    /// The whole view's height that shows so many lanes without scrolling.
    [[nodiscard]] int heightFor(std::size_t lanes) const;
    /// Of the branch that is shown: beside the title, and how one works on it, from more words to fewer. Empty: none is.
    void setBranchWords(const QString& about, const QStringList& hints);
    [[nodiscard]] QToolButton& axisButton() { return *axis_; }

signals:
    void pinWanted(const QString& entity, bool pinned);  ///< "category/id"
    void watchRemoveWanted(const QString& pointer);      ///< of the selected entity's category
    void writesWanted(const QString& pointer);           ///< who ever wrote that field
    void compareWanted(const QString& entity);           ///< "category/id": with the selected one
    /// The menu of the selected entity's lane is about to open on that event: for what others can do with it.
    void eventMenuFilled(QMenu* menu, hindcast::EventId event);
    void laneSwapWanted(const QString& one, const QString& other);  ///< both are pins

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void showRange();
    void giveRoom();
    void showAxis();
    void fillAxisMenu();
    void openWatchMenu(const QString& pointer, const QPoint& position);
    void openLaneMenu(EntityId entity, const QPoint& position);

    TimeWindow& window_;
    Playhead& playhead_;
    QWidget* header_;
    QLabel* title_;
    QLabel* about_;
    ElidedLabel* hint_;
    QLabel* range_;
    QToolButton* axis_;
    QToolButton* fit_;
    QMenu axisMenu_;
    OverviewStrip* overview_;
    TimelineCanvas* canvas_;
};

}  // namespace hindcast::ui
