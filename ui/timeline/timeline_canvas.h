#pragma once
#include "ui/look/background.h"
#include "ui/look/keyboard_focus.h"
#include "ui/look/theme.h"
#include "ui/session/playhead.h"
#include "ui/session/time_window.h"
#include "ui/session/type_filter.h"
#include "ui/timeline/axis_marks.h"
#include "ui/timeline/axis_window.h"
#include "ui/timeline/branch_layout.h"
#include "ui/timeline/fan.h"
#include "ui/timeline/lane_layout.h"
#include "ui/timeline/type_words.h"
#include "ui/timeline/watch_layout.h"

#include <QHash>
#include <QRectF>
#include <QString>
#include <QWidget>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QScrollBar;

namespace hindcast::ui {

/// One entity's lane.
struct Lane {
    std::shared_ptr<const replay::History> history;
    QString name;
    QString about;             ///< the line beneath the name: "14 events · orders/3"
    QStringList aboutShorter;  ///< the same for less and less room; may be empty
    bool pinned = false;
};

/// A watched field, which has a lane of its own under that of the selected entity.
struct WatchLane {
    QString pointer;
    std::shared_ptr<const replay::WatchRuns> runs;  ///< null: not known (yet)
    QString note;                                   ///< how far that is, or why there are none
    bool line = false;  ///< while `runs` are not known: it has the room of a line (setWatches() keeps what it had)
};

/// A branch, which has a lane of its own under that of the entity it is of.
struct BranchShown {
    EntityId entity;
    std::shared_ptr<const replay::BranchHistory> made;
    QString name;
    QString about;  ///< the line beneath the name: "skip 5 · edit 6"
    QString tip;    ///< of its name
};

/// A square above a lane: its rejects [first, first + count), which would overlap.
struct RejectMark {
    QRectF box;
    std::size_t first = 0;  ///< of LaneEvents::rejects
    std::size_t count = 1;
};

/// What an audit found at an event of a lane, or where its model failed.
struct LaneFinding {
    Version version;
    QString words;
};

/// A sign above a lane, for its findings from `first` to `last`, which stand too close for one each.
struct FindingMark {
    QRectF box;
    std::size_t first = 0;  ///< of those that were set, by version
    std::size_t last = 0;
};

/// The axis, a lane for each entity that is selected or pinned, and the playhead, which can be dragged. Knows no session.
/// Geometry is computed when histories, axis, window or size change, and only replayed by paint; what takes longer than a frame to
/// prepare (long lives) is prepared on another thread while the old lanes stay.
class TimelineCanvas final : public QWidget {
    Q_OBJECT
public:
    /// All three must outlive the widget.
    TimelineCanvas(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent = nullptr);

    void setTypeWords(TypeWords words);
    /// Top to bottom. The selected lane is the one of the playhead's entity.
    void setLanes(std::vector<Lane> lanes);
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
    /// Top to bottom, under the lane of that entity while it is the selected one.
    void setWatches(EntityId entity, std::vector<WatchLane> watches);
    void setFilter(const TypeFilter::Choice& filter);
    /// Under the lane of its entity while that is the selected one; empty: none.
    void setBranch(std::optional<BranchShown> branch);
    /// The watched fields in that branch, by their pointers: drawn beside the real values, dashed.
    void setBranchWatches(std::vector<std::pair<QString, std::shared_ptr<const replay::WatchRuns>>> runs);
    /// Of that entity, wherever its lane is; in any order.
    void setFindings(EntityId entity, std::vector<LaneFinding> findings);
    /// The signs of the lane's findings that are in view, from left to right.
    [[nodiscard]] std::vector<FindingMark> findingMarks(std::size_t lane) const;
    void setAxis(const AxisChoice& choice);
    [[nodiscard]] const AxisChoice& axis() const { return axisChoice_; }
    [[nodiscard]] const AxisMap& axisMap() const { return axis_.map(); }
    /// The newest is followed: what is in view moves anyway, so quiet periods are folded anew with all that arrives. Otherwise the
    /// folds stay as they are while lanes grow, until fit(), or until other lanes, types or another axis are shown.
    void setFollowing(bool on);
    /// The marks A and B; empty: not set.
    void setMarks(const std::array<std::optional<Timestamp>, 2>& marks);
    /// The playhead goes along by itself: where it leaves the view the page is turned, so that what comes is in sight.
    void setPlaying(bool on) { playing_ = on; }
    void setEmptyText(const QString& sentence);
    /// Names or colours of types are other ones.
    void typesChanged();
    /// What an event changed, for the tool tip that asked for it by tipWanted().
    void setTipText(EntityId entity, Version version, const QString& changes);
    /// How to say where a record stands in the log: "orders 0 : 6".
    void setPlaceWords(std::function<QString(EventId)> words) { placeOf_ = std::move(words); }
    /// Why a record could not be decoded, for the tool tip that asked for it by rejectTipWanted().
    void setRejectReason(EventId reject, const QString& reason);

    /// Zoom and pan in the axis that is shown.
    void fit();
    void zoomIn();
    void zoomOut();

    [[nodiscard]] TimeScale scale() const;  ///< in places of the axis
    [[nodiscard]] std::optional<std::size_t> selectedLane() const;
    [[nodiscard]] const LaneGeometry& geometry(std::size_t lane);
    [[nodiscard]] const LaneEvents* events(std::size_t lane) const;  ///< null: still being prepared
    [[nodiscard]] double laneMiddle(std::size_t lane) const;         ///< y
    [[nodiscard]] double playheadX() const;
    [[nodiscard]] const std::optional<Fan>& fan() const { return fan_; }
    /// The watches that are shown; none where the selected lane is another entity's.
    [[nodiscard]] const std::vector<WatchLane>& watches() const;
    [[nodiscard]] QRectF watchBox(std::size_t watch) const;  ///< its whole row, name and all
    [[nodiscard]] const std::vector<WatchPiece>& watchPieces(std::size_t watch);
    [[nodiscard]] QRectF watchCloseBox(std::size_t watch) const;  ///< of the little × that removes it
    /// The one that the keyboard is at; empty: at the lane.
    [[nodiscard]] std::optional<std::size_t> focusedWatch() const { return focusedWatch_; }
    /// The squares of the lane's rejects that are in view, from left to right.
    [[nodiscard]] std::vector<RejectMark> rejectMarks(std::size_t lane) const;
    /// The lane of the branch; null: none is shown, or it is still being prepared.
    [[nodiscard]] const BranchLane* branchLane() const;
    [[nodiscard]] QRectF branchBox() const;              ///< its whole row, name and all
    [[nodiscard]] double branchMiddle() const;           ///< y
    [[nodiscard]] const LaneGeometry& branchGeometry();  ///< REQUIRES: branchLane()
    /// What the keyboard's commands on the branch mean: the item that was gone to in its lane, else the one at the playhead.
    [[nodiscard]] std::optional<BranchItem> branchItem() const;
    [[nodiscard]] bool isBranchFocused() const { return branchFocused_ && branchLane() != nullptr; }
    /// The event of a lane that the latest context menu was opened on.
    [[nodiscard]] std::optional<EventId> menuEvent() const { return menuEvent_; }
    [[nodiscard]] bool isPreparing() const { return preparing_.isRunning(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightFor(std::size_t lanes) const;  ///< that shows so many without scrolling

signals:
    void laneChosen(hindcast::EntityId entity);
    void laneEventChosen(hindcast::EntityId entity, hindcast::EventId event);  ///< of a lane that is not the selected one
    void laneMenuWanted(hindcast::EntityId entity, const QPoint& globalPosition);
    void tipWanted(hindcast::EntityId entity, hindcast::Version version);
    void rejectChosen(hindcast::EntityId entity, const hindcast::store::Posting& reject);  ///< in that entity's lane
    void rejectTipWanted(hindcast::EventId reject);
    void watchesResized();  ///< heightFor() says another height for as many lanes
    void watchRemoveWanted(const QString& pointer);
    void watchMenuWanted(const QString& pointer, const QPoint& globalPosition);
    void writesWanted(const QString& pointer);  ///< who ever wrote it
    // Of the branch: what the user wants to be done to its events.
    void branchSkipWanted(const hindcast::ui::BranchItem& item);  ///< or no longer, where it is skipped
    void branchEditWanted(const hindcast::ui::BranchItem& item);
    void branchAddWanted(std::optional<hindcast::ui::BranchItem> after);
    void branchPlaceWanted(const hindcast::ui::BranchItem& item);  ///< to be moved, where to is to be asked
    /// Behind `after` (empty: to the beginning) with that time, where the axis is that of time. `inPlace`: its order stays.
    void branchMoveWanted(const hindcast::ui::BranchItem& item, std::optional<hindcast::EventId> after,
                          std::optional<hindcast::Timestamp> time, bool inPlace);
    void branchMenuWanted(std::optional<hindcast::ui::BranchItem> item, const QPoint& globalPosition);
    void axisChanged();
    void prepared();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Drag {
        None,
        Playhead,
        Pan,
        Watch,
        Branch
    };  // Watch: pressed upon one, not moved yet; Branch: upon an event of it
    struct Prepared {
        std::shared_ptr<const LaneEvents> events;
        LaneGeometry geometry;
        TimeScale scale;  ///< that the geometry was computed for
        bool valid = false;
    };
    /// What folds are made for: while it is the same, lanes have but grown.
    struct Basis {
        std::vector<EntityId> lanes;
        std::optional<std::size_t> about;
        TypeFilter::Choice filter;
        AxisChoice choice;
        bool operator==(const Basis&) const = default;
    };
    struct LanesTask {
        std::vector<Lane> lanes;
        AxisTask axis;
        Basis basis;
    };
    struct LanesResult {
        std::vector<Lane> lanes;
        AxisResult axis;
        Basis basis;
        bool anew = true;  ///< without the folds that were there
    };
    struct FanOf {
        std::size_t lane = 0;
        std::size_t first = 0;
        std::size_t count = 0;
    };

    // timeline_lanes.cpp
    void prepare();
    [[nodiscard]] static LanesResult layOut(const LanesTask& task);
    void take(LanesResult prepared);
    [[nodiscard]] LaneMetrics metrics();
    [[nodiscard]] double unit() const;
    [[nodiscard]] double lanePitch() const;
    [[nodiscard]] double lanesHeight() const;  ///< of the part that scrolls
    void placeScrollBar();
    void revealSelectedLane();
    [[nodiscard]] std::optional<std::size_t> laneAt(double y) const;
    [[nodiscard]] std::size_t stateUpTo(std::size_t lane) const;  ///< events of the lane that the playhead has passed
    void openFan(std::size_t lane, const LaneMark& mark);
    void closeFan();
    [[nodiscard]] bool isOnFannedCluster() const;  ///< the playhead stands on one of its events. REQUIRES: a fan is open
    void layOutFanAgain();
    void invalidate();

    // timeline_watches.cpp
    struct DrawnWatch {
        std::vector<WatchPiece> pieces;
        TimeScale scale;
        bool valid = false;
        std::vector<WatchPiece> branch;  ///< the same of the branch
        TimeScale branchScale;
        bool branchValid = false;
    };
    [[nodiscard]] bool watchesShown() const;
    [[nodiscard]] double watchHeight(std::size_t watch) const;
    [[nodiscard]] double watchesHeight() const;  ///< of all that are shown
    [[nodiscard]] double laneTop(std::size_t lane) const;
    [[nodiscard]] std::optional<WatchLife> watchLife(std::size_t watch) const;
    [[nodiscard]] std::optional<std::size_t> watchAt(double y) const;
    [[nodiscard]] std::optional<std::size_t> runAtPlayhead(std::size_t watch) const;
    [[nodiscard]] QString watchTip(std::size_t watch, double x);
    [[nodiscard]] QString watchWords(std::size_t watch) const;
    [[nodiscard]] bool pressOnWatch(const QPointF& position);
    void chooseInWatch(std::size_t watch, double x);
    [[nodiscard]] bool stepWatch(int by);
    [[nodiscard]] bool watchKey(QKeyEvent* event);
    void focusWatch(std::optional<std::size_t> watch);
    void hoverWatch(std::optional<std::size_t> watch);
    void revealWatch(std::size_t watch);

    // timeline_branch.cpp
    [[nodiscard]] double branchHeight() const;
    void layBranch();
    [[nodiscard]] std::optional<std::size_t> branchMarkAt(const QPointF& position);
    [[nodiscard]] bool isOnBranchEvent(const QPointF& position);  ///< of its own, not on a cluster of them
    void revealBranch();
    [[nodiscard]] QString branchTip(const QPointF& position);
    [[nodiscard]] QString branchItemWords(std::size_t item) const;
    [[nodiscard]] std::optional<std::size_t> branchItemIndex() const;
    void describeBranch();
    void chooseBranchItem(std::size_t item);
    // timeline_branch_input.cpp
    [[nodiscard]] bool pressOnBranch(const QPointF& position);
    void dragBranchTo(const QPointF& position);
    void dropBranch(const QPointF& position);
    [[nodiscard]] bool cancelBranchDrag();
    [[nodiscard]] bool doubleClickOnBranch(const QPointF& position);
    [[nodiscard]] bool openBranchMenu(const QPoint& position, const QPoint& global, bool keyboard);
    void noteMenuEvent(std::size_t lane, const QPoint& position, bool keyboard);
    [[nodiscard]] bool stepBranch(int by);
    void focusBranch(bool on);
    [[nodiscard]] bool branchKey(const QKeyEvent& event);
    void moveBranchItem(std::size_t item, int by);
    // timeline_branch_paint.cpp
    void paintBranchGround(QPainter& painter, const TimeScale& scale);
    void paintBranch(QPainter& painter, const TimeScale& scale);
    void paintBranchLabel(QPainter& painter) const;
    void paintBranchDeparture(QPainter& painter, const TimeScale& scale) const;
    void paintBranchMark(QPainter& painter, const LaneMark& mark, double upTo);
    void paintBranchDrag(QPainter& painter, const TimeScale& scale);
    // timeline_branch_watches.cpp
    [[nodiscard]] const replay::WatchRuns* branchRuns(std::size_t watch) const;  ///< null: none
    [[nodiscard]] const std::vector<WatchPiece>& branchPieces(std::size_t watch);
    [[nodiscard]] std::optional<std::pair<double, double>> watchRange(std::size_t watch) const;  ///< of both
    void paintBranchBands(QPainter& painter, std::size_t watch);
    void paintBranchLine(QPainter& painter, const TimeScale& scale, std::size_t watch);
    void paintBranchBandWords(QPainter& painter, std::size_t watch);
    void paintBranchLineWords(QPainter& painter, const TimeScale& scale, std::size_t watch, const std::vector<QRectF>& taken);

    // timeline_canvas.cpp
    void movePlayheadTo(double x);
    void zoomBy(double factor, double x);
    void playheadMoved();
    void describe();

    // timeline_input.cpp, with the events of mouse and keyboard
    void chooseInLane(std::size_t lane, std::size_t event);
    void stepLane(int by);
    [[nodiscard]] bool pressOnFan(const QPointF& position);
    [[nodiscard]] bool pressOnFold(const QPointF& position);
    [[nodiscard]] bool isOnHandle(const QPointF& position) const;  ///< of the playhead
    [[nodiscard]] std::optional<std::size_t> foldAt(const QPointF& position) const;
    [[nodiscard]] bool toggleFanAtPlayhead();

    // timeline_rejects.cpp
    struct RejectHit {
        std::size_t lane = 0;
        RejectMark mark;
    };
    [[nodiscard]] std::optional<RejectHit> rejectAt(const QPointF& position) const;
    [[nodiscard]] bool pressOnReject(const QPointF& position);
    [[nodiscard]] QString rejectTip(const RejectHit& hit);
    void paintRejects(QPainter& painter, std::size_t lane) const;

    // timeline_findings.cpp
    [[nodiscard]] double signAt(std::size_t lane, std::size_t event, double x) const;
    [[nodiscard]] QString findingTip(const QPointF& position) const;
    bool pressOnFinding(const QPointF& position);
    void paintFindings(QPainter& painter, std::size_t lane) const;

    // timeline_tips.cpp
    [[nodiscard]] QString tipAt(const QPointF& position);
    [[nodiscard]] QString eventTip(std::size_t lane, std::size_t event);
    [[nodiscard]] QString markTip(std::size_t lane, const LaneMark& mark);

    // timeline_paint.cpp
    [[nodiscard]] QColor typeColor(TypeId type, bool future) const;
    [[nodiscard]] QFont pillFont() const { return theme_.strong(0.85); }
    void paintAxis(QPainter& painter, const TimeScale& scale) const;
    void paintFolds(QPainter& painter, const TimeScale& scale) const;
    void paintFoldWords(QPainter& painter, const TimeScale& scale) const;
    void paintLaneGround(QPainter& painter, const TimeScale& scale, std::size_t lane);
    void paintLane(QPainter& painter, const TimeScale& scale, std::size_t lane);
    void paintLaneLabel(QPainter& painter, std::size_t lane) const;
    void paintMarks(QPainter& painter, std::size_t lane);
    void paintPill(QPainter& painter, const LaneMark& mark, double middle, const QColor& color, const QString& words) const;
    void paintDensity(QPainter& painter, std::size_t lane) const;
    void paintDensityWords(QPainter& painter, std::size_t lane) const;
    void paintStoodUpon(QPainter& painter, const TimeScale& scale);
    void paintFan(QPainter& painter);

    // timeline_watch_paint.cpp
    void paintWatchesGround(QPainter& painter, const TimeScale& scale);  ///< what the playhead's line passes over
    void paintWatches(QPainter& painter, const TimeScale& scale);        ///< names and values
    void paintWatchBands(QPainter& painter, std::size_t watch);
    void paintWatchLine(QPainter& painter, const TimeScale& scale, std::size_t watch);
    void paintWatchLabel(QPainter& painter, const TimeScale& scale, std::size_t watch) const;
    void paintBandWords(QPainter& painter, const TimeScale& scale, std::size_t watch);
    std::vector<QRectF> paintLineWords(QPainter& painter, const TimeScale& scale, std::size_t watch);
    [[nodiscard]] QRectF bandBox(std::size_t watch, double left, double right) const;
    [[nodiscard]] std::function<double(double)> lineYs(std::size_t watch) const;
    [[nodiscard]] std::vector<QRectF> lineBoxes(std::size_t watch, const QRectF& near);
    [[nodiscard]] AxisMarks marksOnAxis() const;
    void paintPlayheadLine(QPainter& painter) const;  ///< behind the lanes' words
    void paintPlayhead(QPainter& painter) const;      ///< its handle and its time
    void paintEmpty(QPainter& painter) const;

    const Theme& theme_;
    Playhead& playhead_;
    AxisWindow axis_;
    TypeWords words_;
    std::function<QString(EventId)> placeOf_;
    QString emptyText_;
    QHash<quint32, double> labelWidths_;
    QScrollBar* scroll_;

    std::vector<Lane> lanes_;
    EntityId findingsOf_;
    std::vector<LaneFinding> findings_;  ///< by version
    TypeFilter::Choice filter_;
    AxisChoice axisChoice_;
    std::vector<Prepared> prepared_;  ///< parallel to lanes_, or to the lanes before while new ones are being prepared
    std::vector<Lane> preparedLanes_;
    LatestTask<LanesTask, LanesResult> preparing_;
    std::optional<Basis> basis_;  ///< of the map that is shown
    std::array<std::optional<Timestamp>, 2> marks_;
    bool playing_ = false;
    bool following_ = false;
    bool keptFolds_ = false;  ///< of the map that is shown: folds of a life that was shorter
    bool foldAnew_ = false;   ///< until lanes are taken that are
    bool fitAnew_ = false;    ///< and fitted then

    std::optional<Fan> fan_;
    FanOf fanOf_;

    EntityId watchesOf_;
    std::vector<WatchLane> watches_;
    std::vector<DrawnWatch> drawnWatches_;  ///< parallel to watches_
    std::optional<std::size_t> focusedWatch_;
    std::optional<std::size_t> hoveredWatch_;
    std::size_t pressedWatch_ = 0;

    std::optional<BranchShown> branch_;
    std::shared_ptr<const BranchLane> branchLane_;
    Prepared branchDrawn_;  ///< its events are the lane's own
    LatestTask<BranchLaneTask, std::shared_ptr<const BranchLane>> layingBranch_;
    std::vector<std::pair<QString, std::shared_ptr<const replay::WatchRuns>>> branchRuns_;
    bool branchFocused_ = false;
    std::optional<EventId> branchAt_;  ///< the item that was gone to, while the playhead stands there
    std::size_t pressedItem_ = 0;
    std::optional<double> branchDragX_;  ///< where a dragged event is held
    std::optional<EventId> menuEvent_;

    struct Tip {
        EntityId entity;
        Version version;
        QString text;
        QPoint global;
        QRect area;
        std::optional<EventId> reject;  ///< it is one's: `entity` and `version` mean nothing
    };
    std::optional<Tip> tip_;

    Drag drag_ = Drag::None;
    QPointF dragFrom_;
    Timestamp dragWindowFrom_;
    bool took_ = false;  ///< the latest press unfolded or chose something
    KeyboardFocus focus_{*this};
    Timestamp settledAt_;  ///< where a new history put the playhead
};

}  // namespace hindcast::ui
