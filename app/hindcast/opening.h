#pragma once
#include "app/hindcast/options.h"
#include "ui/shell/main_window.h"

#include <QObject>

namespace hindcast::app {

/// Brings a window to where the command line wants it: opens, connects, selects, places the playhead. Step by step, as the
/// session answers.
class Opening final : public QObject {
    Q_OBJECT
public:
    Opening(ui::MainWindow& window, const Plan& plan);
    void start();

signals:
    void done();                       ///< all of it has been done, or there was no more to do
    void failed(const QString& line);  ///< one line; the window shows the same

private:
    void opened();
    void look();
    void select();
    void place();
    void finish();

    ui::MainWindow& window_;
    ui::Session& session_;
    Plan plan_;
    std::uint64_t recordsBefore_ = 0;  ///< in the workspace as it was opened
    bool selecting_ = false;
    bool finished_ = false;
};

}  // namespace hindcast::app
