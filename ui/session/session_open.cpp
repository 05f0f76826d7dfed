#include "ui/session/branches.h"
#include "ui/session/session_impl.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace hindcast::ui {

namespace {

bool isSameFile(const std::string& a, const std::string& b)
{
    std::error_code ignored;
    return a == b || std::filesystem::equivalent(a, b, ignored);
}

}  // namespace

void Session::Impl::open(const QString& wanted, bool createIfAbsent, bool demo)
{
    giveUpOpening();
    opening = true;
    ++attempt;
    if (demo) tellOpening(Session::tr("demo"), {});
    opener.post(kOpen, [this, createIfAbsent, demo, wanted, post = attemptPoster(), path = wanted.toStdString(),
                        before = workspace ? this->path.toStdString() : std::string()](const std::stop_token& stop) {
        retired.destroyAll();  // it may be the same workspace that is opened again, or was by an attempt that was given up
        if (!before.empty() && isSameFile(before, path)) {
            // Two of one file in one program would lose each other's locks.
            post([this, createIfAbsent, demo, wanted] {
                close();
                open(wanted, createIfAbsent, demo);
                emit q->readingChanged();  // it is being opened, which nobody who was told that it is closed knows yet
            });
            return;
        }
        const auto give = [&](const Error& error) {
            post([this, error] {
                opening = false;
                untellOpening();
                report(error);
            });
        };
        const auto tell = [&](const ingest::Progress& progress) {
            post([this, progress] { tellOpening(Session::tr("demo"), progress); });
        };
        // A workspace of an older layout is brought to the present one first.
        const auto raising = [&](std::uint64_t done, std::uint64_t total) {
            ingest::Progress progress;
            progress.records = done;
            progress.total = total;
            post([this, progress] { tellOpening(Session::tr("what an older version wrote"), progress); });
        };
        const auto openDemo = [&]() -> Result<std::shared_ptr<OpenedStore>> {
            auto made = makeDemoWorkspace(path, stop, tell);
            if (!made) return std::unexpected(made.error());
            return openStore(path, false, stop, raising);
        };
        auto opened = demo ? openDemo() : openStore(path, createIfAbsent, stop, raising);
        if (!opened && demo && opened.error().kind == Error::Kind::BadInput) {
            // Damaged: its events come from a seed, but the pins and rules in it are the user's, and somebody may get them out.
            if (const auto aside = setDemoWorkspaceAside(path); !aside) return give(aside.error());
            opened = openDemo();
        }
        if (!opened) return give(opened.error());
        retired.keep(std::move(*opened));
        post([this, demo, wanted] {
            if (const auto result = retired.take()) finishOpen(result, wanted, demo);
        });
    });
}

/// How the opening goes is told as a reading. While the workspace that is open is being read into, its progress stays in sight.
void Session::Impl::tellOpening(const QString& source, const ingest::Progress& progress)
{
    if (!openingTold) {
        if (reading.reading) {
            openingUntold.emplace(source, progress);
            return;
        }
        openingUntold.reset();
        openingTold = true;
        readingOfOpen = std::exchange(reading, ReadingView{});
        reading.reading = true;
        reading.source = source;
    }
    reading.progress = progress;
    emit q->readingChanged();
}

void Session::Impl::untellOpening()
{
    openingUntold.reset();
    if (!std::exchange(openingTold, false)) return;
    reading = std::exchange(readingOfOpen, ReadingView{});
    emit q->readingChanged();
}

void Session::Impl::giveUpOpening()
{
    if (!opening) return;  // else what `opener` still has to do for another reason would be dropped
    opener.cancel(kOpen);
    // As what was dropped would have, before all else; and what it has opened by now is nobody's.
    opener.post(kOpen, [this](const std::stop_token&) { retired.destroyAll(); });
    opening = false;
    ++attempt;
    untellOpening();
}

/// The other one is there: now the one that was open goes.
void Session::Impl::finishOpen(const std::shared_ptr<OpenedStore>& opened, const QString& wanted, bool demo)
{
    opening = false;
    openingUntold.reset();
    if (std::exchange(openingTold, false)) reading = std::exchange(readingOfOpen, ReadingView{});
    close();
    const GuiPost post = poster(serial);
    workspace = std::make_unique<Workspace>();
    workspace->store = opened->store;
    EntityWorker::Answers entity;
    entity.history = [this](const std::shared_ptr<const EntityWorker::Loaded>& loaded) { takeHistory(loaded); };
    entity.state = [this](std::shared_ptr<const StateView> view) {
        state = std::move(view);
        emit q->stateChanged();
    };
    entity.changes = [this](Version first, const std::shared_ptr<const std::vector<Changes>>& rows) {
        emit q->changesReady(first, *rows);
    };
    entity.writes = [this](const std::shared_ptr<const WriteRows>& writes) { emit q->writesReady(writes); };
    entity.watches = [this](std::shared_ptr<const WatchesView> views) {
        watchViews = std::move(views);
        emit q->watchesChanged();
    };
    entity.event = [this](std::shared_ptr<const EventView> view) {
        if (rejectShown) return;  // asked for before that
        event = std::move(view);
        emit q->eventChanged();
    };
    entity.tip = [this](const std::shared_ptr<const TipView>& tip) { emit q->tipReady(tip); };
    entity.fields = [this](const std::shared_ptr<const FieldRows>& rows) { emit q->fieldsReady(rows); };
    entity.fieldNames = [this](const std::shared_ptr<const FieldNames>& names) { emit q->fieldNamesReady(names); };
    entity.text = [this](const std::shared_ptr<const TextExport>& text) { emit q->textWritten(text); };
    entity.preview = [this](const std::shared_ptr<const ModelPreview>& preview) { emit q->modelPreviewReady(preview); };
    entity.failed = [this](const Error& error) {
        const auto& history = playhead.history();
        if (history && selected && history->entity != *selected) clearSelection();  // the one that was wanted cannot be shown
        report(error);
    };
    answerFacets(entity);
    workspace->entity = std::make_unique<EntityWorker>(std::move(opened->entityReader), std::move(opened->backgroundReader),
                                                       runtime, post, std::move(entity));
    ListWorker::Answers lists;
    lists.overview = [this](const std::shared_ptr<const Overview>& news) { takeOverview(news); };
    lists.rows = [this](const std::vector<EntityRow>& rows) { emit q->entityRowsReady(rows); };
    lists.rejects = [this](const std::vector<store::Reject>& rejects) { emit q->rejectsReady(rejects); };
    lists.rejectRows = [this](const std::shared_ptr<const RejectRows>& rows) { emit q->rejectRowsReady(rows); };
    lists.rejectRead = [this](const std::shared_ptr<const EventView>& reject) { emit q->rejectRead(reject); };
    lists.reject = [this](std::shared_ptr<const EventView> view) {
        if (rejectShown != view->event.id) return;
        event = std::move(view);
        emit q->eventChanged();
    };
    lists.density = [this](const std::shared_ptr<const DensityView>& density) { emit q->densityReady(density); };
    lists.named = [this](const std::vector<EntityId>& ids) { emit q->entitiesNamed(ids); };
    lists.found = [this](const std::vector<EntityId>& ids, bool last) { emit q->entitiesFound(ids, last); };
    lists.entity = [this](const std::string& text, const std::vector<EntityId>& ids) { found(text, ids); };
    lists.lookedUp = [this](const QString& text, std::vector<GoToHit> hits, bool last) {
        takeListed(text, std::move(hits), last);
    };
    lists.looked = [this](std::uint64_t asked) { looked(asked); };
    lists.failed = [this](const Error& error) { report(error); };
    lists.lost = [this, session = q](const Error& error) {  // the workspace is closed by then: not by `post`
        qWarning("%s", error.text().c_str());
        QMetaObject::invokeMethod(session, [this, error] { report(error); }, Qt::QueuedConnection);
    };
    workspace->lists = std::make_unique<ListWorker>(opened->store, std::move(opened->listReader), std::move(opened->searchReader),
                                                    opened->overview, post, std::move(lists));
    LaneWorker::Answers laneAnswers;
    laneAnswers.lanes = [this](const LaneWorker::Lanes& news) { takeLanes(news); };
    laneAnswers.tip = [this](const std::shared_ptr<const TipView>& tip) { emit q->tipReady(tip); };
    laneAnswers.failed = [this](const Error& error) { report(error); };
    workspace->lanes = std::make_unique<LaneWorker>(std::move(opened->laneReader), runtime, post, std::move(laneAnswers));
    workspace->names = std::make_unique<NameWorker>(
        std::move(opened->nameReader), post, [this](const std::vector<EntityName>& names) { emit q->entityNamesReady(names); },
        [this](const std::vector<EntityId>& ids, std::uint64_t looked, std::uint64_t total) {
            emit q->entitiesCalled(ids, looked, total);
        },
        [this](const QString& text, std::vector<GoToHit> hits, bool last) { takeCalled(text, std::move(hits), last); });
    openOverAll();
    workspace->models = std::make_unique<ModelChanges>(
        workspace->store, post,
        [this](const ModelChanges::Change& change, const Result<bool>& done) { modelChanged(change, done); },
        [this](std::shared_ptr<const Json> read) { takeModels(std::move(read)); });
    workspace->models->read();
    workspace->reading = std::make_unique<TaskThread>();
    path = wanted;
    readOnlyBecause = QString::fromStdString(opened->readOnlyBecause);
    placed = false;
    reading = ReadingView{};
    live.seenEvents = opened->overview->counts.events;
    if (!demo) live.stored = std::move(opened->kafka);
    offerReading();
    if (opened->store->readOnly()) followTimer.start();
    emit q->mappingsChanged();
    colors.begin(opened->colors);
    openPins(*opened);
    openWatches(*opened);
    takeOverview(opened->overview);
    restore(opened->savedView, demo);
    workspace->audit->follow(overview->directory);
    openFacets();
    emit q->readingChanged();
    emit q->opened();
}

void Session::Impl::close()
{
    giveUpOpening();
    ++serial;
    if (!workspace) return;
    save();
    followTimer.stop();
    refreshTimer.stop();
    saveTimer.stop();
    auditTimer.stop();
    retired.add(std::move(workspace));
    opener.post(kOpen, [this](const std::stop_token&) { retired.destroyAll(); });
    path.clear();
    readOnlyBecause.clear();
    models.reset();
    modelFiles.watch({});
    overview.reset();
    counts = {};
    forgetLive();
    reading = ReadingView{};
    placement.reset();
    quietFind.clear();
    clearSelection();
    closePins();
    closeWatches();
    closeOverAll();
    closeFacets();
    playback.stop();
    playback.setLog(std::nullopt);
    marks.clear();
    window.reset();
    colors.clear();
    typeFilter.showAll();
    emit q->closed();
    emit q->countsChanged();
    emit q->directoryChanged();
    emit q->readingChanged();
}

void Session::Impl::restore(const std::optional<SavedView>& saved, bool demo)
{
    Placement wanted;
    if (saved && !saved->entity.isEmpty()) {
        wanted.entity = saved->entity;
        wanted.event = saved->event;
        wanted.time = saved->time;
        if (saved->from < saved->to) wanted.window = std::pair{saved->from, saved->to};
        marks.setBoth(saved->marks[Marks::A], saved->marks[Marks::B]);
        branches->showAgain(saved->branches);
    } else if (demo) {
        wanted.entity = QString::fromLatin1(kDemoEntity);
        wanted.middle = true;
    } else if (!pins.all().empty()) {
        wanted.entity = pins.all().front().entity;  // what its lanes show has a time then
    } else {
        return;
    }
    quietFind = wanted.entity.toStdString();
    workspace->lists->find(quietFind);
    placement = std::move(wanted);
}

void Session::Impl::save()
{
    const auto& history = playhead.history();
    if (path.isEmpty() || !history || !selected || history->entity != *selected) return;
    SavedView view;
    view.entity = QString::fromStdString(history->key.text());
    view.time = playhead.time();
    const Version version = playhead.version();
    if (version.value >= 1 && history->events[version.value - 1].effective == view.time)
        view.event = history->events[version.value - 1].id;
    view.from = window.from();
    view.to = window.to();
    view.branches = branches->shownByEntity(SavedView::kMostBranches);
    view.marks = {marks.get(Marks::A), marks.get(Marks::B)};
    for (const auto& [type, color] : colors.homes())
        if (overview && type.value < overview->types.size()) view.colors.emplace(overview->types[type.value].name, color);
    toSave.view(path, view);
    writeSoon();
}

/// A disk may be slow, or the settings locked by another program.
void Session::Impl::writeSoon()
{
    opener.postUnlessWaiting(kWrite, [this](const std::stop_token&) { toSave.write(); });
}

}  // namespace hindcast::ui
