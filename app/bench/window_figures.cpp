// What the window costs: drawn offscreen at 1680×1020, the whole program's event loop running.
#include "app/bench/figures.h"

#include "core/store/store.h"
#include "ui/entities/entity_browser.h"
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/timeline/timeline_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>

#include <fmt/core.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace hindcast::bench {

namespace {

using namespace std::chrono_literals;
constexpr QSize kWindow(1680, 1020);

/// Tells how long the GUI thread was held by the handling of one event: what a hand would feel.
class TimedApplication final : public QApplication {
public:
    TimedApplication(int& argc, char** argv) : QApplication(argc, argv) {}

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (event->type() == QEvent::Paint) ++paints_;
        if (depth_ > 0) return QApplication::notify(receiver, event);
        QElapsedTimer timer;
        timer.start();
        ++depth_;
        const bool handled = QApplication::notify(receiver, event);
        --depth_;
        worst_ = std::max(worst_, static_cast<double>(timer.nsecsElapsed()) / 1e6);
        return handled;
    }
    double takeWorst() { return std::exchange(worst_, 0.0); }
    int takePaints() { return std::exchange(paints_, 0); }

private:
    int depth_ = 0;
    double worst_ = 0;
    int paints_ = 0;
};

double quantile(std::vector<double> values, double share)
{
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

struct Window {
    ui::Theme theme{ui::Theme::Scheme::Light};
    ui::Session session;
    ui::MainWindow main;

    Window() : main((theme.apply(), session), theme)
    {
        main.resize(kWindow);
        main.show();
        QObject::connect(&session, &ui::Session::failed, [](const QString& what, const QString& why) {
            stop((what + QStringLiteral(": ") + why).toStdString());
        });
    }
    template <class Done>
    void until(Done done, std::chrono::milliseconds limit = 60s)
    {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            if (timer.hasExpired(limit.count())) stop("the window did not come to rest");
        }
    }
    void settle()
    {
        if (!ui::settle(main)) stop("the window did not come to rest");
    }
    void openAndSelect(const std::string& path, const std::string& entity)
    {
        main.openWorkspace(QString::fromStdString(path));
        until([&] { return session.isOpen(); });
        session.selectByText(QString::fromStdString(entity));
        until([&] { return session.history() != nullptr; });
        settle();
    }
};

void firstPaint(const std::string& workspace, const Report& report)
{
    std::vector<double> runs;
    for (int i = 0; i < 5; ++i) {
        Window window;
        QElapsedTimer timer;
        timer.start();
        window.main.openWorkspace(QString::fromStdString(workspace));
        // Useful: the entities in view are there by name.
        window.until([&] {
            auto& model = window.main.entities().model();
            return window.session.isOpen() && model.rowCount() > 20 && model.name(model.at(20).id) != nullptr;
        });
        (void)window.main.grab();
        runs.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    report({"first-paint-ms", quantile(runs, 0.5), "ms",
            fmt::format("from open to a painted list of names; worst of 5: {:.0f}", quantile(runs, 1))});
}

/// Fit, zoom to the millisecond about the playhead, pan across everything, scrub: the timeline drawn after each step.
std::vector<double> journey(Window& window)
{
    auto& timeline = window.main.timeline();
    ui::TimeWindow& shown = *window.session.timeWindow();
    ui::Playhead& playhead = *window.session.playhead();
    std::vector<double> frames;
    const auto frame = [&] {
        QElapsedTimer timer;
        timer.start();
        (void)timeline.grab();
        frames.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        QCoreApplication::processEvents();
    };
    timeline.canvas().fit();
    for (int i = 0; i < 60; ++i) {
        timeline.canvas().zoomIn();
        frame();
    }
    for (int i = 0; i < 60; ++i) {
        timeline.canvas().zoomOut();
        frame();
    }
    for (int i = 0; i < 12; ++i) timeline.canvas().zoomIn();
    shown.set(shown.extentFirst(), Timestamp{shown.extentFirst().ns + shown.span()});
    for (int i = 0; i < 300; ++i) {
        shown.panBy((shown.extentLast().ns - shown.extentFirst().ns) / 300);
        frame();
    }
    timeline.canvas().fit();
    for (int i = 0; i < 200; ++i) {
        playhead.setTime(Timestamp{shown.extentFirst().ns + (shown.extentLast().ns - shown.extentFirst().ns) / 200 * i});
        frame();
    }
    return frames;
}

void frames(const std::string& workspace, const Report& report)
{
    Window window;
    window.openAndSelect(workspace, std::string("account/") + kLargeEntity);
    window.session.pins()->setNames({QStringLiteral("account/account-1"), QStringLiteral("account/account-2"),
                                     QStringLiteral("account/account-3"), QStringLiteral("account/account-4")});
    window.settle();
    const std::vector<double> all = journey(window);
    report({"frame-p99-ms", quantile(all, 0.99), "ms",
            fmt::format("timeline of five lanes and the overview; median {:.2f}, worst {:.2f}, {} frames", quantile(all, 0.5),
                        quantile(all, 1), all.size())});
}

void scrub(TimedApplication& application, const Setup& setup, const Report& report)
{
    Setup small = setup;
    small.events = 1'000;
    small.folder = setup.folder + "/scrub";
    std::error_code error;
    std::filesystem::create_directories(small.folder, error);
    if (error) stop("cannot make " + small.folder + ": " + error.message());
    const std::string lines = small.folder + "/events.jsonl";
    std::FILE* file = std::fopen(lines.c_str(), "wb");
    if (file == nullptr) stop("cannot write " + lines);
    for (int i = 0; i < 1'000; ++i)
        fmt::print(file,
                   "{{\"event_type\":\"Deposited\",\"account_id\":\"account-scrub\",\"timestamp\":{},\"amount\":{}.50,"
                   "\"balance\":{},\"branch\":\"b-{}\"}}\n",
                   1'700'000'000'000 + i * 60'000LL, i % 977, i * 31, i % 40);
    std::fclose(file);
    const std::string workspace = small.folder + "/scrub.hindcast";
    (void)importLines(lines, workspace, nullptr);

    Window window;
    window.openAndSelect(workspace, "account/account-scrub");
    std::vector<double> steps;
    int paints = 0;
    (void)application.takePaints();
    for (int i = 0; i < 400; ++i) {
        const Version wanted{static_cast<std::uint64_t>(1 + (i * 37) % 1'000)};
        QElapsedTimer timer;
        timer.start();
        window.session.playhead()->setVersion(wanted);
        window.until([&] {
            const auto state = window.session.state();
            const auto event = window.session.event();
            return state && state->state.version == wanted && event && event->version == wanted;
        });
        QCoreApplication::processEvents();  // what has changed is drawn by now
        paints += application.takePaints();
        steps.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    report({"scrub-step-p99-ms", quantile(steps, 0.99), "ms",
            fmt::format("1,000 events, from the step to all panels drawn; median {:.1f}, worst {:.1f}, {} widgets drawn a step",
                        quantile(steps, 0.5), quantile(steps, 1), paints / static_cast<int>(steps.size()))});
}

void tailing(TimedApplication& application, const Setup& setup, const Report& report)
{
    Window window;
    window.main.openWorkspace(QString::fromStdString(setup.folder + "/tail.hindcast"), true);
    window.until([&] { return window.session.isOpen(); });
    source::KafkaOptions kafka;
    kafka.connection.brokers = setup.brokers;
    kafka.topics = {setup.topic};
    kafka.from.kind = source::KafkaStart::Kind::Earliest;
    kafka.until.kind = source::KafkaUntil::Kind::Never;
    kafka.bytesPerSecond = 20'000 * 220;  // a record and its key, so that it is 20,000 and a few
    window.session.readKafka(std::move(kafka), {});
    window.until([&] { return window.session.counts().entities > 0; });
    window.session.select(EntityId{0});
    window.until([&] { return window.session.history() != nullptr; });
    (void)application.takeWorst();
    const std::uint64_t before = window.session.counts().events;
    QElapsedTimer timer;
    timer.start();
    double worst = 0;
    while (timer.elapsed() < 10'000) {
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 5);
        worst = std::max(worst, application.takeWorst());
    }
    const double rate = static_cast<double>(window.session.counts().events - before) / 10.0;
    window.session.stopReading();
    window.until([&] { return !window.session.reading().reading; });
    report(
        {"gui-block-max-ms", worst, "ms", fmt::format("longest handling of one event in 10 s of tailing {:.0f} events/s", rate)});
}

}  // namespace

void windowFigures(const Setup& setup, const Report& report)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LOGGING_RULES", "qt.qpa.*=false");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QString::fromStdString(setup.folder));
    int argc = 1;
    char name[] = "hindcast-bench";
    char* argv[] = {name, nullptr};
    TimedApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Hindcast"));
    QApplication::setApplicationName(QStringLiteral("hindcast-bench"));
    if (setup.wanted("first-paint-ms") || setup.wanted("frame-p99-ms")) {
        const std::string workspace = makeWorkspace(setup, makeJsonLines(setup), nullptr);
        if (setup.wanted("first-paint-ms")) firstPaint(workspace, report);
        if (setup.wanted("frame-p99-ms")) frames(workspace, report);
    }
    if (setup.wanted("scrub-step-p99-ms")) scrub(application, setup, report);
    if (setup.wanted("gui-block-max-ms") && !setup.brokers.empty() && !setup.topic.empty()) tailing(application, setup, report);
}

}  // namespace hindcast::bench
