#include "ui/shell/render.h"

#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QThread>

namespace hindcast::ui {

namespace {

constexpr int kQuietRounds = 6;  // views ask a little later than they paint: searches and visible rows are gathered first
constexpr int kRoundMs = 25;

}  // namespace

bool settle(MainWindow& window, std::chrono::milliseconds limit)
{
    const QDeadlineTimer deadline(limit);
    int quiet = 0;
    while (quiet < kQuietRounds) {
        if (deadline.hasExpired()) return false;
        if (quiet == 0) (void)window.grab();  // painting asks for the rows in view
        QCoreApplication::processEvents(QEventLoop::AllEvents, kRoundMs);
        quiet = window.session().isIdle() ? quiet + 1 : 0;
        QThread::msleep(kRoundMs);
    }
    return true;
}

bool renderToFile(MainWindow& window, const QString& path) { return settle(window) && window.grab().save(path); }

}  // namespace hindcast::ui
