#include "app/hindcast/opening.h"

#include "core/ingest/ingest.h"

namespace hindcast::app {

Opening::Opening(ui::MainWindow& window, const Plan& plan) : window_(window), session_(window.session()), plan_(plan)
{
    connect(&session_, &ui::Session::failed, this, [this](const QString& what, const QString& why, const QString& hint) {
        if (finished_) return;
        finished_ = true;
        QString line = what;
        if (!why.isEmpty()) line += QStringLiteral(": ") + why;
        if (!hint.isEmpty()) line += QStringLiteral(" (") + hint + QLatin1Char(')');
        emit failed(line);
    });
}

void Opening::start()
{
    connect(&session_, &ui::Session::opened, this, &Opening::opened);
    const bool nothing = plan_.given.workspace.empty() && !plan_.given.demo;
    if (plan_.given.demo || nothing)
        session_.openDemo();
    else if (plan_.kafka || !plan_.given.screenshot.empty() ||
             !plan_.given.animation.empty())  // no dialog may ask where a picture is drawn
        window_.openWorkspace(QString::fromStdString(plan_.given.workspace), plan_.kafka.has_value());
    else
        window_.openOrImport(QString::fromStdString(plan_.given.workspace));
}

void Opening::opened()
{
    if (finished_) return;
    disconnect(&session_, &ui::Session::opened, this, &Opening::opened);
    recordsBefore_ = session_.counts().records;
    if (plan_.kafka) {
        ingest::Options how;
        how.mappings = plan_.mappings;
        session_.readKafka(*plan_.kafka, how);
    } else if (!plan_.mappings.empty()) {
        session_.remap(plan_.mappings);
    }
    connect(&session_, &ui::Session::readingChanged, this, &Opening::look);
    connect(&session_, &ui::Session::countsChanged, this, &Opening::look);
    look();
}

void Opening::look()
{
    // What is wanted may be among what is being read: wait for its end, or for the head where it has none.
    const ui::ReadingView& reading = session_.reading();
    const bool atHead =
        plan_.kafka && plan_.kafka->until.kind == source::KafkaUntil::Kind::Never && reading.progress.lag == std::uint64_t{0};
    if (selecting_ || finished_ || (reading.reading && !atHead)) return;
    // And for the window to know of it: lists and names follow what has become durable.
    if (plan_.kafka && session_.counts().records < recordsBefore_ + reading.progress.stored) return;
    selecting_ = true;
    select();
}

void Opening::select()
{
    if (plan_.given.entity.empty()) {
        if (!plan_.time && !plan_.given.version) return finish();
        if (session_.history()) return place();
    }
    connect(&session_, &ui::Session::historyChanged, this, &Opening::place);
    if (!plan_.given.entity.empty()) session_.selectByText(QString::fromStdString(plan_.given.entity));
}

void Opening::place()
{
    const auto history = session_.history();
    if (finished_ || !history || history->entity != session_.selected()) return;
    const QString wanted = QString::fromStdString(plan_.given.entity);
    const QString here = QString::fromStdString(history->key.text());
    if (!wanted.isEmpty() && here != wanted && QString::fromStdString(history->key.id) != wanted) return;  // the one of last time
    if (plan_.given.version)
        session_.playhead()->setVersion(Version{*plan_.given.version});
    else if (plan_.time)
        session_.playhead()->setTime(*plan_.time);
    if (plan_.given.version || plan_.time) session_.timeWindow()->reveal(session_.playhead()->time());
    finish();
}

void Opening::finish()
{
    if (finished_) return;
    finished_ = true;
    disconnect(&session_, nullptr, this, nullptr);
    emit done();
}

}  // namespace hindcast::app
