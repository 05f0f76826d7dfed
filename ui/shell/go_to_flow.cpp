#include "ui/findings/findings_panel.h"
#include "ui/findings/first_time_page.h"
#include "ui/shell/bind_go_to.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/go_to_box.h"
#include "ui/shell/main_window.h"
#include "ui/shell/time_field.h"
#include "ui/shell/top_bar.h"

#include <utility>

namespace hindcast::ui {

void MainWindow::connectGoTo()
{
    top_->timeField().setLogEnd([this] { return session_.isOpen() ? session_.counts().lastTime : std::nullopt; });
    connect(&top_->timeField(), &TimeField::timeEntered, this, [this](Timestamp time, bool countedFromEnd) {
        GoToHit moment;
        moment.kind = GoToHit::Kind::Time;
        moment.time = time;
        session_.goTo(moment);
        remark(moment);
        // The go-to box says so in its list.
        if (!countedFromEnd || !remarkOn(session_, moment).isEmpty()) return;
        error_->say(countedFromEndText(time), {}, {});
        remark_ = error_->text();
    });
    connect(&top_->goTo(), &GoToBox::chosen, this, [this](const GoToHit& hit) {
        if (hit.kind == GoToHit::Kind::FirstTime) askFirstTime(hit);
    });
    connect(&top_->goTo(), &GoToBox::chosen, this, &MainWindow::remark);  // the session has gone there by now
    const auto elsewhere = [this] {
        if (const QString said = std::exchange(remark_, {}); !said.isEmpty() && error_->text() == said) error_->clear();
    };
    connect(session_.playhead(), &Playhead::moved, this, elsewhere);
    connect(&session_, &Session::selectionChanged, this, elsewhere);
}

/// What it finds is shown where it would have been asked for without the box.
void MainWindow::askFirstTime(const GoToHit& hit)
{
    openFindings(FindingsPanel::FirstTime);
    FirstTimePage& page = findings_->firstTime();
    page.setScope(hit.ofAll ? FirstTimeScope::All : FirstTimeScope::Entity);
    page.field().setText(hit.expression);
    page.ask();
}

/// Where one cannot go to the letter, what is shown instead is said for as long as one stays there.
void MainWindow::remark(const GoToHit& hit)
{
    const QString text = remarkOn(session_, hit);
    if (text.isEmpty()) return;
    error_->say(text.section(QStringLiteral("; "), 0, 0), {}, text.section(QStringLiteral("; "), 1));
    remark_ = error_->text();
}

}  // namespace hindcast::ui
