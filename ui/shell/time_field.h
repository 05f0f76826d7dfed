#pragma once
#include "ui/look/theme.h"
#include "ui/session/playhead.h"

#include <QLineEdit>

#include <functional>
#include <optional>
#include <utility>

class QToolButton;

namespace hindcast::ui {

/// The playhead's time, to read and to write: what is typed and entered moves it ("2025-11-04 09:14", "09:30", "yesterday 9:15",
/// "-2h", an epoch: the words of the go-to box). A time without a zone is the shown zone's.
class TimeField final : public QLineEdit {
    Q_OBJECT
public:
    TimeField(const Theme& theme, Playhead& playhead, QWidget* parent = nullptr);

    /// Room for milliseconds only: finer times are cut where room is scarce.
    void setShort(bool isShort);
    /// Where the log ends: what counts from now counts from there where the log had ended before.
    void setLogEnd(std::function<std::optional<Timestamp>()> logEnd) { logEnd_ = std::move(logEnd); }

signals:
    void timeEntered(hindcast::Timestamp time, bool countedFromEnd);
    void settled();  ///< what was typed was taken, or given up
    void refused(const QString& what, const QString& why, const QString& hint);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void dress();
    [[nodiscard]] int zoneWidth() const;
    void placeZone();
    void follow();
    void enter();

    const Theme& theme_;
    Playhead& playhead_;
    std::function<std::optional<Timestamp>()> logEnd_;
    bool short_ = false;
    QToolButton* zone_;  ///< the zone's name, which another one is chosen by
};

}  // namespace hindcast::ui
