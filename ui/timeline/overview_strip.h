#pragma once
#include "ui/look/keyboard_focus.h"
#include "ui/look/theme.h"
#include "ui/session/playhead.h"
#include "ui/session/time_window.h"
#include "ui/timeline/overview_layout.h"
#include "ui/timeline/type_words.h"

#include <QPixmap>
#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>

namespace hindcast::ui {

/// The whole log above the lanes: how many events of which types lie where, the window as a tinted box on it, and the playhead.
/// Knows no session: it says by wanted() what it would like to show, and shows what setDensity() gives; until that comes, what
/// it has. Its columns are painted once and kept until they change.
class OverviewStrip final : public QWidget {
    Q_OBJECT
public:
    /// All three must outlive the widget.
    OverviewStrip(const Theme& theme, Playhead& playhead, TimeWindow& window, QWidget* parent = nullptr);

    void setTypeWords(TypeWords words);
    /// The log that there is. Empty times: nothing has a time yet.
    void setLog(std::optional<Timestamp> first, std::optional<Timestamp> last, std::uint64_t events);
    void setDensity(std::shared_ptr<const DensityView> density);
    /// Names or colours of types are other ones.
    void typesChanged();
    /// Asks anew, at once or a little later: a few times a second at most.
    void refresh();
    void refreshAtOnce() { ask(); }

    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] const OverviewGeometry& geometry();
    [[nodiscard]] QRectF box() const;  ///< the window on it; null where it lies beside the log
    [[nodiscard]] QString tipAt(double x) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void wanted(hindcast::Timestamp from, hindcast::Timestamp to, int columns);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Drag { None, Pan, Band };

    void ask();
    void describe();
    void invalidate();
    void set(const Stretch& stretch) { window_.set(stretch.from, stretch.to); }
    [[nodiscard]] bool hasLog() const { return first_.has_value(); }
    [[nodiscard]] double gutter() const;  ///< left of the log: its name
    [[nodiscard]] Stretch log() const;
    [[nodiscard]] Stretch window() const;
    [[nodiscard]] Timestamp timeAt(double x) const;
    void paintColumns();
    void paintLabel(QPainter& painter) const;

    const Theme& theme_;
    Playhead& playhead_;
    TimeWindow& window_;
    TypeWords words_;
    std::optional<Timestamp> first_, last_;
    std::uint64_t events_ = 0;
    std::shared_ptr<const DensityView> density_;
    QTimer later_;  ///< runs while the last question is still young
    bool again_ = false;
    int askedColumns_ = 0;

    OverviewGeometry geometry_;
    TimeScale geometryScale_;
    bool geometryValid_ = false;
    QPixmap columns_;  ///< what is painted of it
    bool columnsValid_ = false;

    Drag drag_ = Drag::None;
    bool moved_ = false;  ///< far enough that it is no click
    double pressedAt_ = 0;
    Stretch pressedWindow_;
    KeyboardFocus focus_{*this};
};

}  // namespace hindcast::ui
