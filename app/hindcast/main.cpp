// hindcast: the window. This file reads the command line and wires.
#include "app/hindcast/opening.h"
#include "app/hindcast/options.h"
#include "ui/look/shown_zone.h"
#include "ui/look/system_scheme.h"
#include "ui/look/theme.h"
#include "ui/session/session.h"
#include "ui/shell/animation.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <optional>

namespace {

using namespace hindcast;

int tell(const std::string& line, int code)
{
    std::fprintf(stderr, "hindcast: %s\n", line.c_str());
    return code;
}

/// A picture is drawn where there is no screen too.
void useOffscreenWhereThereIsNoDisplay()
{
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!display && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
}

ui::Theme::Scheme schemeOf(const app::Plan& plan)
{
    if (plan.scheme) return *plan.scheme;
    const int saved = QSettings().value(QStringLiteral("theme"), static_cast<int>(ui::Theme::Scheme::System)).toInt();
    return saved == static_cast<int>(ui::Theme::Scheme::Light)  ? ui::Theme::Scheme::Light
           : saved == static_cast<int>(ui::Theme::Scheme::Dark) ? ui::Theme::Scheme::Dark
                                                                : ui::Theme::Scheme::System;
}

int drawPicture(QApplication& application, ui::MainWindow& window, app::Opening& opening, const app::Options& options)
{
    const bool animation = !options.animation.empty();
    const std::string& file = animation ? options.animation : options.screenshot;
    QApplication::setCursorFlashTime(0);
    QObject::connect(&opening, &app::Opening::failed, &application,
                     [&](const QString& line) { application.exit(tell(line.toStdString(), 1)); });
    // Queued: whoever else hears what the session said must have done so before the picture is drawn.
    const auto draw = [&] {
        const QString path = QString::fromStdString(file);
        const bool drawn = animation ? ui::renderAnimation(window, path) : ui::renderToFile(window, path);
        application.exit(drawn ? 0
                               : tell("cannot write " + file +
                                          ": the folder is not there or the file's ending names no picture format (write *.png)",
                                      1));
    };
    QObject::connect(&opening, &app::Opening::done, &application, draw, Qt::QueuedConnection);
    opening.start();
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv)
{
    app::Options options;
    CLI::App cli{"See what an entity looked like at any moment, and which event made it so", "hindcast"};
    cli.add_option("WS", options.workspace, "a workspace (*.hindcast), or a file to import; none: the demo");
    cli.add_flag("--demo", options.demo, "open the demo workspace, made where it is not there yet");
    cli.add_option("--entity", options.entity, "select it: category/id, or a bare id");
    auto* version =
        cli.add_option("--version", options.version, "put the playhead after so many events; alone: the program's own version")
            ->expected(0, 1);
    cli.add_option("--time", options.time, "put the playhead at this time: ISO 8601, an epoch, or -2h")->excludes(version);
    cli.add_option("--theme", options.theme, "light, dark or system")->check(CLI::IsMember({"light", "dark", "system"}));
    cli.add_option("--size", options.size, "of the window, as 1680x1020");
    cli.add_option("--screenshot", options.screenshot, "draw the window as opened into this file, and end");
    cli.add_option("--animation", options.animation,
                   "draw the playhead moving over the selected life into this animated PNG, and end");
    cli.add_flag("--presentation", options.presentation, "larger type and glyphs on the whole screen");
    cli.add_option("--brokers", options.brokers, "connect to Kafka at host:port, …; reads only, into the workspace");
    cli.add_option("--topic", options.topics, "a topic to read; may be given several times");
    cli.add_option("--from", options.from, "earliest, latest, an offset, a time, or -24h (the default)");
    cli.add_option("--until", options.until, "end (as of now), a time, or never (the default)");
    cli.add_option("--property", options.properties, "K=V for librdkafka, or @FILE, a properties file; kept in memory only");
    cli.add_option("--mapping", options.mapping, "a mapping file: how records become events");
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return cli.exit(error) == 0 ? 0 : 2;
    }
    if (version->count() > 0 && version->results().front().empty()) {
        std::puts(HINDCAST_VERSION);
        return 0;
    }
    const auto plan = app::planFrom(options);
    if (!plan) return tell(plan.error().text(), 2);

    const bool picture = !options.screenshot.empty() || !options.animation.empty();
    if (picture) useOffscreenWhereThereIsNoDisplay();
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("Hindcast"));
    QApplication::setApplicationName(QStringLiteral("hindcast"));
    QApplication::setApplicationVersion(QStringLiteral(HINDCAST_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("hindcast"));
    std::optional<QTemporaryDir> noSettings;
    if (picture) {
        // A picture depends on the command line only, and leaves no trace in the user's settings.
        noSettings.emplace();
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, noSettings->path());
        QSettings().setValue(QStringLiteral("firstMinute/dismissed"), true);  // what one is to try is not what the picture is of
        QSettings().setValue(QStringLiteral("firstMinute/hintDismissed"), true);
    } else if (QSettings().value(QStringLiteral("zone")).toString() == QLatin1String("local")) {
        ui::setShownZone(ui::ShownZone::Local);
    }

    ui::Theme theme(schemeOf(*plan));
    theme.apply();
    ui::Session session;
    ui::MainWindow window(session, theme);
    if (plan->size) window.resize(*plan->size);
    if (picture) window.setAttribute(Qt::WA_DontShowOnScreen);
    window.show();
    if (options.presentation) window.setPresentation(true, !picture);
    app::Opening opening(window, *plan);
    if (picture) return drawPicture(application, window, opening, options);
    ui::SystemScheme system;
    QObject::connect(&system, &ui::SystemScheme::told, &theme, &ui::Theme::setSystemDark);
    system.start();
    QTimer::singleShot(0, &opening, &app::Opening::start);
    return QApplication::exec();
}
