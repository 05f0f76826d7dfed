#include "ui/rejects/bind_rejects.h"

#include "ui/look/background.h"
#include "ui/rejects/rejects_panel.h"
#include "ui/rejects/rejects_table.h"
#include "ui/session/event_json.h"
#include "ui/session/session.h"

#include <QApplication>
#include <QClipboard>

#include <memory>
#include <optional>
#include <utility>

namespace hindcast::ui {

namespace {

/// "Copy as JSON" needs the reject's bytes, read for the clipboard alone: what is shown stays. Whatever else is copied before they
/// are there stays, too.
class CopyReject final : public QObject {
public:
    CopyReject(Session& session, QObject* parent) : QObject(parent), session_(session)
    {
        connect(&session, &Session::rejectRead, this, [this](const std::shared_ptr<const EventView>& reject) {
            if (wanted_ == reject->event.id) write(reject);
        });
        connect(&session, &Session::closed, this, [this] { wanted_.reset(); });
        connect(QApplication::clipboard(), &QClipboard::dataChanged, this, [this] { wanted_.reset(); });
    }
    void copy(EventId id)
    {
        wanted_ = id;
        session_.readReject(id);
    }

private:
    void write(const std::shared_ptr<const EventView>& reject)
    {
        // Off this thread: a value may be megabytes.
        inBackground(
            this, [reject] { return rejectJson(*reject); },
            [this, id = reject->event.id](const QString& text) {
                if (wanted_ == id) QApplication::clipboard()->setText(text);
            });
    }

    Session& session_;
    std::optional<EventId> wanted_;
};

}  // namespace

void bind(RejectsPanel& panel, Session& session)
{
    RejectsModel& model = panel.model();
    model.setPart([&session](PartId part) { return session.part(part); });
    QObject::connect(&model, &RejectsModel::rowsWanted, &session, &Session::requestRejectRows);
    QObject::connect(&session, &Session::rejectRowsReady, &model, &RejectsModel::take);
    const auto counts = [&panel, &session] {
        const store::Counts& now = session.counts();
        panel.setCounts(session.isOpen(), now.rejects, now.records);
        panel.table().viewport()->update();  // what topics are called may be known only now
    };
    QObject::connect(&session, &Session::countsChanged, &panel, [&model, &session, counts, seen = std::uint64_t{0}]() mutable {
        counts();
        // By number: a commit without a reject changes nothing here.
        if (std::exchange(seen, session.counts().rejects) != session.counts().rejects) model.refresh();
    });
    QObject::connect(&session, &Session::mappingsChanged, &model, &RejectsModel::refresh);
    QObject::connect(&session, &Session::opened, &panel, [&model, counts] {
        counts();
        model.refresh();
    });
    QObject::connect(&session, &Session::closed, &panel, [&model, counts] {
        model.clear();
        counts();
    });
    QObject::connect(&panel, &RejectsPanel::rejectChosen, &session, &Session::showReject);
    QObject::connect(&panel, &RejectsPanel::entityWanted, &session, [&session](const store::Reject& reject) {
        GoToHit hit;
        hit.kind = GoToHit::Kind::Record;
        hit.entity = reject.entity;
        hit.event = reject.id;
        hit.time = reject.time;
        hit.reject = true;
        session.goTo(hit);
    });
    // A reject that is shown from elsewhere has its row marked.
    QObject::connect(&session, &Session::eventChanged, &panel, [&panel, &session] {
        if (const auto event = session.event(); event && event->version.value == 0) panel.mark(event->event.id);
    });
    auto* copy = new CopyReject(session, &panel);
    QObject::connect(&panel, &RejectsPanel::copyWanted, copy, [copy](EventId id) { copy->copy(id); });
    counts();
}

}  // namespace hindcast::ui
