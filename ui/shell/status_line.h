#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include "core/store/types.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace hindcast::ui {

/// The line at the foot of the window: where the playhead stands, what the state cost, how much there is, what is being read. The
/// place is whole before anything else is. While nobody answers, that is said in whole words first, and of the figures only those are
/// shown that have room beside them.
class StatusLine final : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(const Theme& theme, QWidget* parent = nullptr);

    void setPlayhead(bool any, Version version, Version last);
    void setState(const std::shared_ptr<const StateView>& state);
    void setCounts(bool open, const store::Counts& counts);
    void setReadOnly(const QString& because);
    void setReading(const ReadingView& reading);
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

    const Theme& theme_;
    QLabel* where_;
    QLabel* cost_;
    QLabel* counts_;
    QLabel* notice_;
    QLabel* reading_;
    QProgressBar* progress_;
    QPushButton* cancel_;
    QLabel* safe_;
    QPushButton* rejects_;  ///< how many; shown where there are any
    bool brief_ = false;
    bool away_ = false;        ///< nobody answers
    bool progresses_ = false;  ///< how far it is, is known
};

}  // namespace hindcast::ui
