#include "ui/connect/connect_dialog.h"
#include "ui/connect/profiles.h"
#include "ui/events/events_view.h"
#include "ui/shell/live_controls.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"

namespace hindcast::ui {

void MainWindow::connectLive()
{
    connect(&actions_.pauseReading, &QAction::triggered, this, [this] {
        if (session_.reading().reading)
            session_.pauseReading();
        else if (session_.reading().resumable)
            session_.resumeReading();
        else
            goOnReading();
    });
    connect(&actions_.followHead, &QAction::toggled, &session_, &Session::setFollowing);
    connect(&actions_.firstNew, &QAction::triggered, this, [this] {
        if (session_.goToFirstNew()) events_->revealFromPlayhead();
    });
    connect(&session_, &Session::followingChanged, this, [this] { actions_.followHead.setChecked(session_.following()); });
    const auto news = [this] { top_->live().setNew(session_.newEvents(), session_.newEventsHere()); };
    connect(&session_, &Session::newEventsChanged, this, news);
    connect(&session_, &Session::historyChanged, this, news);  // which of them are the entity's is known now
    connect(&theme_, &Theme::changed, this, [this] { top_->live().setReading(session_.isOpen(), session_.reading()); });
}

/// What the workspace tells of is gone on with; where it takes a secret, which no workspace holds, that is asked for.
void MainWindow::goOnReading()
{
    const auto kafka = session_.offeredReading();
    if (!kafka) return;
    const ReadingOffer offer = *session_.reading().offer;
    if (!profiles_) profiles_ = std::make_unique<Profiles>();
    std::map<std::string, std::string> known;
    // This session may know it from a connection to the same cluster as the same user; unless it was turned away with that.
    const auto user = [](const std::map<std::string, std::string>& properties) {
        const auto at = properties.find("sasl.username");
        return at == properties.end() ? std::string() : at->second;
    };
    for (int i = 0; i < profiles_->count() && !session_.reading().failed; ++i) {
        const Profile profile = profiles_->at(i);
        if (profile.brokers.toStdString() != kafka->connection.brokers ||
            user(profile.properties) != user(kafka->connection.properties))
            continue;
        for (const QString& name : offer.withheld)
            if (const auto at = profile.properties.find(name.toStdString()); at != profile.properties.end()) known.insert(*at);
    }
    if (known.size() == static_cast<std::size_t>(offer.withheld.size())) return session_.takeOffer(known);
    askKafka().goOn(*kafka, ConnectDialog::Secrets::Asked);
}

}  // namespace hindcast::ui
