#pragma once
#include "ui/look/theme.h"
#include "ui/session/playhead.h"
#include "ui/session/time_window.h"
#include "ui/timeline/lane_layout.h"

#include <QHash>
#include <QString>
#include <QWidget>

#include <chrono>
#include <functional>

namespace hindcast::ui {

/// How types are called and coloured; given by whoever knows.
struct TypeWords {
    std::function<QString(TypeId)> name;
    std::function<int(TypeId)> series;  ///< index for Theme::series()
};

/// The time axis, the lane of the playhead's entity and the playhead itself, which can be dragged. Knows no session.
/// The lane's geometry is computed when history, window or size change, and only replayed by paint.
class TimelineCanvas final : public QWidget {
    Q_OBJECT
public:
    /// All three must outlive the widget.
    TimelineCanvas(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent = nullptr);

    void setTypeWords(TypeWords words);
    /// Name of the lane and the line beneath it ("14 events · orders/3").
    void setLane(const QString& name, const QString& about);
    void setEmptyText(const QString& sentence);
    /// Names or colours of types are other ones.
    void typesChanged();

    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] const LaneGeometry& geometry();
    [[nodiscard]] std::chrono::nanoseconds lastFrame() const { return lastFrame_; }  ///< layout and paint of the latest frame

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Drag { None, Playhead, Pan };

    void movePlayheadTo(double x);
    void zoomBy(double factor, double x);
    void playheadMoved();
    void describe();
    void invalidate();
    [[nodiscard]] LaneMetrics metrics();
    [[nodiscard]] QString tipAt(const QPointF& position);
    [[nodiscard]] QString markTip(const LaneMark& mark) const;
    [[nodiscard]] double laneMiddle() const;
    [[nodiscard]] bool hasHistory() const;
    [[nodiscard]] QColor typeColor(TypeId type, bool future) const;

    void paintAxis(QPainter& painter, const TimeScale& scale) const;
    void paintLaneLabel(QPainter& painter) const;
    void paintMarks(QPainter& painter, const TimeScale& scale);
    [[nodiscard]] QFont pillFont() const { return theme_.strong(0.85); }
    void paintPill(QPainter& painter, const LaneMark& mark, const QColor& color, const QString& words) const;
    void paintDensity(QPainter& painter) const;
    void paintRejects(QPainter& painter, const TimeScale& scale) const;
    void paintStoodUpon(QPainter& painter, const TimeScale& scale);
    void paintPlayhead(QPainter& painter, const TimeScale& scale) const;
    void paintEmpty(QPainter& painter) const;

    const Theme& theme_;
    Playhead& playhead_;
    TimeWindow& window_;
    TypeWords words_;
    QString laneName_;
    QString laneAbout_;
    QString emptyText_;
    QHash<quint32, double> labelWidths_;

    // What the geometry was computed for.
    LaneGeometry geometry_;
    std::shared_ptr<const replay::History> geometryHistory_;
    TimeScale geometryScale_;
    bool geometryValid_ = false;
    std::vector<Timestamp> rejectTimes_;
    std::shared_ptr<const replay::History> rejectsOf_;

    Drag drag_ = Drag::None;
    QPointF dragFrom_;
    Timestamp dragWindowFrom_;
    bool focusByKeyboard_ = false;  ///< only then the frame of the focus is drawn: a click shows by itself where one is
    Timestamp settledAt_;           ///< where a new history put the playhead
    std::chrono::nanoseconds lastFrame_{0};
};

}  // namespace hindcast::ui
