#include "ui/shell/live_controls.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"

namespace hindcast::ui {

void MainWindow::connectLive()
{
    connect(&actions_.pauseReading, &QAction::triggered, this, [this] {
        if (session_.reading().reading)
            session_.pauseReading();
        else
            session_.resumeReading();
    });
    connect(&actions_.followHead, &QAction::toggled, &session_, &Session::setFollowing);
    connect(&actions_.firstNew, &QAction::triggered, &session_, &Session::goToFirstNew);
    connect(&session_, &Session::followingChanged, this, [this] { actions_.followHead.setChecked(session_.following()); });
    const auto news = [this] { top_->live().setNew(session_.newEvents(), session_.newEventsHere()); };
    connect(&session_, &Session::newEventsChanged, this, news);
    connect(&session_, &Session::historyChanged, this, news);  // which of them are the entity's is known now
    connect(&theme_, &Theme::changed, this, [this] { top_->live().setReading(session_.isOpen(), session_.reading()); });
}

}  // namespace hindcast::ui
