#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include "core/store/types.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hindcast::ui {

/// The line at the foot of the window: where the playhead stands, what the state cost, how much there is, what is being read. The
/// place is whole before anything else is. While nobody answers, or where the disk limit has ended the reading, that is said in
/// whole words first, and of the figures only those are shown that have room beside them. What has nothing to say takes no room.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Theme& theme, QWidget* parent = nullptr);

    void setPlayhead(bool any, Version version, Version last);
    void setState(const std::shared_ptr<const StateView>& state);
    /// How it is played, in words; empty: it is not.
    void setPlayback(const QString& words);
    /// Of the what-if branch that is shown; empty: none is.
    void setBranch(const QString& words);
    void setCounts(bool open, const store::Counts& counts);
    void setReadOnly(const QString& because);
    void setReading(const ReadingView& reading);
    /// Tells how the reading goes as of `now`. Done by itself when how long ago it stopped has other words.
    void tellReading(Timestamp now);
    /// In a presentation: without cost and size.
    void setBrief(bool brief);
    [[nodiscard]] QString text() const;  ///< all that is shown, for tests

    [[nodiscard]] QPushButton& rejectsButton() { return *rejects_; }

signals:
    void cancelWanted();
    void rejectsWanted();

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();
    void tellStopped(Timestamp now);

    const Theme& theme_;
    QLabel* where_;
    QLabel* play_;
    QLabel* cost_;
    QLabel* branch_;
    QLabel* counts_;
    QLabel* notice_;
    QLabel* reading_;
    QProgressBar* progress_;
    QPushButton* cancel_;
    QLabel* safe_;
    QPushButton* rejects_;  ///< how many; shown where there are any
    bool brief_ = false;
    ReadingView shown_;
    QTimer later_{this};       ///< runs while it is told how long ago the reading stopped
    bool urgent_ = false;      ///< nobody answers, or the disk limit is reached: it is for the user to do something
    bool progresses_ = false;  ///< how far it is, is known
};

}  // namespace hindcast::ui
