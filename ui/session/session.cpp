#include "ui/session/session.h"

#include "ui/session/kafka_positions.h"
#include "ui/session/session_impl.h"
#include "ui/session/stored_probe.h"

#include <QMetaObject>

namespace hindcast::ui {

namespace {

constexpr int kRefreshMs = 200;
constexpr int kFollowMs = 2000;
constexpr int kSaveMs = 1000;
constexpr int kAuditMs = 1000;

}  // namespace

Session::Impl::Impl(Session* session) : q(session)
{
    refreshTimer.setSingleShot(true);
    refreshTimer.setInterval(kRefreshMs);
    followTimer.setInterval(kFollowMs);
    saveTimer.setSingleShot(true);
    saveTimer.setInterval(kSaveMs);
    connectModelFiles();
    auditTimer.setSingleShot(true);
    auditTimer.setInterval(kAuditMs);
    QObject::connect(&auditTimer, &QTimer::timeout, session, [this] { auditSoon(); });
    const auto look = [this] {
        if (!workspace) return;
        workspace->lists->refresh(false, live.run << kRunShift | reading.progress.generation);
    };
    QObject::connect(&refreshTimer, &QTimer::timeout, session, look);
    QObject::connect(&followTimer, &QTimer::timeout, session, look);
    QObject::connect(&saveTimer, &QTimer::timeout, session, [this] { save(); });
    QObject::connect(&marks, &Marks::changed, session, [this] { saveTimer.start(); });
    QObject::connect(&playhead, &Playhead::moved, session, [this] { playheadMoved(); });
    QObject::connect(&playhead, &Playhead::chosenAgain, session, [this] {
        if (!settling && !live.leading && !toReject) q->leaveReject();
    });
    QObject::connect(&window, &TimeWindow::changed, session, [this] {
        windowMovedByUser();
        saveTimer.start();
    });
    QObject::connect(&pins, &Pins::changed, session, [this] { pinsChanged(); });
    QObject::connect(&watches, &Watches::changed, session, [this] { watchesChanged(); });
    QObject::connect(&playback, &Playback::changed, session, [this] {
        if (playback.isPlaying()) setFollowing(false);
    });
}

Session::Impl::~Impl()
{
    ++serial;
    ++attempt;
    save();
    retired.add(std::move(workspace));
    opener.end();
    toSave.write();  // what it did not come to
}

GuiPost Session::Impl::poster(std::uint64_t of)
{
    return [this, of, session = q](std::function<void()> run) {
        QMetaObject::invokeMethod(
            session,
            [this, of, task = std::move(run)] {
                if (serial == of) task();
            },
            Qt::QueuedConnection);
    };
}

/// For the present attempt to open a workspace.
GuiPost Session::Impl::attemptPoster()
{
    return [this, of = attempt, session = q](std::function<void()> run) {
        QMetaObject::invokeMethod(
            session,
            [this, of, task = std::move(run)] {
                if (attempt == of) task();
            },
            Qt::QueuedConnection);
    };
}

void Session::Impl::report(const Error& error)
{
    if (error.kind == Error::Kind::Cancelled) return;
    emit q->failed(QString::fromStdString(error.what), QString::fromStdString(error.why), QString::fromStdString(error.hint));
}

Session::Session(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>(this)) { impl_->makeFacets(); }

Session::~Session() = default;

Playhead* Session::playhead() { return &impl_->playhead; }

TimeWindow* Session::timeWindow() { return &impl_->window; }

TypeFilter* Session::typeFilter() { return &impl_->typeFilter; }

Pins* Session::pins() { return &impl_->pins; }

Watches* Session::watches() { return &impl_->watches; }
Marks* Session::marks() { return &impl_->marks; }

Playback* Session::playback() { return &impl_->playback; }

void Session::open(const QString& path, bool createIfAbsent) { impl_->open(path, createIfAbsent, false); }

void Session::openDemo() { impl_->open(QString::fromStdString(demoWorkspacePath()), false, true); }

void Session::close() { impl_->close(); }

bool Session::isOpen() const { return impl_->workspace != nullptr; }

bool Session::isOpening() const { return impl_->opening; }

bool Session::isDemo() const { return isOpen() && impl_->path == QString::fromStdString(demoWorkspacePath()); }

QString Session::path() const { return impl_->path; }

QString Session::readOnlyBecause() const { return impl_->readOnlyBecause; }

const store::Counts& Session::counts() const { return impl_->counts; }

QString Session::typeName(TypeId type) const
{
    const std::vector<store::TypeCount>& types = typeCounts();  // by number
    return type.value < types.size() ? QString::fromStdString(types[type.value].name) : QString();
}

int Session::typeSeries(TypeId type) const { return impl_->colors.of(type); }

int Session::typeSeries(const std::string& name) const
{
    const std::vector<store::TypeCount>& types = typeCounts();  // by number
    for (const TypeId type : impl_->colors.colored())
        if (type.value < types.size() && types[type.value].name == name) return impl_->colors.of(type);
    return TypeColors::kNeutral;
}

const std::vector<store::TypeCount>& Session::typeCounts() const
{
    static const std::vector<store::TypeCount> kNone;
    return impl_->overview ? impl_->overview->types : kNone;
}

const std::unordered_map<TypeId, std::uint32_t>& Session::historyTypes() const { return impl_->historyTypes; }

const store::Part* Session::part(PartId id) const
{
    if (!impl_->overview) return nullptr;
    const auto& parts = impl_->overview->parts;
    const auto found = std::find_if(parts.begin(), parts.end(), [id](const store::Part& part) { return part.id == id; });
    return found == parts.end() ? nullptr : &*found;
}

std::shared_ptr<const store::Directory> Session::directory() const
{
    return impl_->overview ? impl_->overview->directory : nullptr;
}

const std::vector<store::Category>& Session::categories() const
{
    static const std::vector<store::Category> kNone;
    return impl_->overview ? impl_->overview->categories : kNone;
}

void Session::requestEntityRows(const std::vector<EntityId>& ids)
{
    if (impl_->workspace) impl_->workspace->lists->requestRows(ids);
}

void Session::requestEntityNames(const std::vector<EntityId>& ids)
{
    const auto all = directory();
    if (!impl_->workspace || !all) return;
    std::vector<NameWorker::Wanted> wanted;
    for (const EntityId id : ids)
        if (id.value < all->size()) wanted.push_back({id, all->counts[id.value]});
    impl_->workspace->names->request(std::move(wanted));
}

void Session::searchEntities(const QString& text)
{
    if (!impl_->workspace) return;
    impl_->workspace->lists->search(text.toStdString());
    impl_->workspace->names->search(text, directory());
}

void Session::select(EntityId entity) { impl_->select(entity); }

void Session::selectEvent(EntityId entity, EventId event) { impl_->selectEvent(entity, event); }

void Session::selectByText(const QString& entity)
{
    if (!impl_->workspace) return;
    impl_->quietFind.clear();
    impl_->workspace->lists->find(entity.toStdString());
}

std::optional<EntityId> Session::selected() const { return impl_->selected; }

std::shared_ptr<const replay::History> Session::history() const { return impl_->playhead.history(); }

QString Session::historySource() const { return sourceOf(impl_->parts); }

QString Session::sourceOf(const std::vector<PartId>& parts) const
{
    if (parts.empty() || !impl_->overview) return {};
    const store::Part* first = part(parts.front());
    if (!first) return {};
    const QString name = QStringLiteral("%1/%2").arg(QString::fromStdString(first->topic)).arg(first->partition.value);
    return parts.size() == 1 ? name : tr("%1 +%2").arg(name).arg(parts.size() - 1);
}

std::shared_ptr<const StateView> Session::state() const { return impl_->state; }

void Session::requestChangesOf(const VersionRuns& runs)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestChanges(runs);
}

void Session::requestFields(const std::vector<EventId>& ids, const std::vector<std::string>& pointers)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestFields(ids, pointers);
}

void Session::requestFieldNames(const std::vector<EventId>& ids)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestFieldNames(ids);
}

void Session::requestText(std::vector<TextExport::Row> rows, TextExport::Line line)
{
    if (impl_->workspace && impl_->selected) impl_->workspace->entity->requestText(std::move(rows), std::move(line));
}

void Session::cancelText()
{
    if (impl_->workspace) impl_->workspace->entity->cancelText();
}

void Session::requestEvent(EventId id)
{
    if (!impl_->workspace || !impl_->selected) return;
    impl_->playback.pause();  // one wants to look at that event
    impl_->rejectShown.reset();
    impl_->followed.reset();
    impl_->workspace->entity->requestEvent(id);
}

std::shared_ptr<const EventView> Session::event() const { return impl_->event; }

void Session::requestRejects(const std::vector<EventId>& ids)
{
    if (impl_->workspace) impl_->workspace->lists->requestRejects(ids);
}

void Session::requestRejectRows(const store::RejectQuery& query)
{
    if (impl_->workspace) impl_->workspace->lists->requestRejectRows(query);
}

void Session::readReject(EventId id)
{
    if (impl_->workspace) impl_->workspace->lists->readReject(id);
}

void Session::showReject(EventId id)
{
    if (!impl_->workspace) return;
    impl_->setFollowing(false);  // one wants to look at that reject
    impl_->playback.pause();
    impl_->followed.reset();
    impl_->rejectShown = id;
    if (impl_->event && impl_->event->event.id == id && impl_->event->version.value == 0) return;
    impl_->workspace->lists->requestReject(id);
}

void Session::leaveReject()
{
    Impl& impl = *impl_;
    if (!impl.rejectShown && !(impl.event && impl.event->version.value == 0)) return;
    if (impl.workspace && impl.playhead.history()) return impl.follow();
    impl.rejectShown.reset();
    impl.event.reset();
    emit eventChanged();
}

void Session::requestDensity(Timestamp from, Timestamp to, int columns)
{
    if (!impl_->workspace || columns < 1) return;
    TypeFilter::Choice choice = impl_->typeFilter.choice();
    store::DensityQuery query;
    query.from = from;
    query.to = to;
    query.columns = static_cast<std::uint32_t>(columns);
    query.named = std::move(choice.named);
    query.only = choice.only;
    impl_->workspace->lists->requestDensity(std::move(query));
}

const ReadingView& Session::reading() const { return impl_->reading; }

QStringList Session::topics() const
{
    QStringList topics;
    if (!impl_->overview) return topics;
    for (const store::Part& part : impl_->overview->parts)
        if (const QString topic = QString::fromStdString(part.topic); part.records > 0 && !topics.contains(topic))
            topics << topic;
    topics.sort();
    return topics;
}

std::map<std::string, std::vector<source::Resume>> Session::positions() const
{
    if (!impl_->overview) return {};
    return kafkaPositions(impl_->overview->sources, impl_->overview->parts);
}

StoredProbe* Session::probe(QObject* parent) const { return new StoredProbe(impl_->workspace->store, parent); }

bool Session::isIdle() const
{
    return !impl_->opening && !impl_->opener.busy() &&
           (!impl_->workspace ||
            (!impl_->workspace->lists->busy() && !impl_->workspace->entity->busy() && !impl_->workspace->lanes->busy() &&
             !impl_->workspace->names->busy() && !impl_->workspace->models->busy() && !impl_->workspace->firstTime->busy() &&
             !impl_->workspace->audit->busy() && !impl_->facetsBusy()));
}

}  // namespace hindcast::ui

#include "moc_session.cpp"
