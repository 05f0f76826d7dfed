#include "ui/session/session_impl.h"

#include "core/source/file.h"

#include <QFileInfo>

#include <algorithm>

namespace hindcast::ui {

QString Session::Impl::sourceText(const Overview& overview)
{
    if (overview.sources.empty()) return {};
    const QString first = QString::fromStdString(overview.sources.front().name);
    return overview.sources.size() == 1 ? first : Session::tr("%1 +%2").arg(first).arg(overview.sources.size() - 1);
}

void Session::Impl::read(const QString& source, const QString& what, Run run, bool remapped)
{
    if (!workspace) {
        emit q->failed(what, Session::tr("no workspace is open"), Session::tr("open one, or make a new one"));
        return;
    }
    if (workspace->store->readOnly()) {
        emit q->failed(what, Session::tr("the workspace is open read-only: %1").arg(readOnlyBecause),
                       Session::tr("close the other program, or use another workspace"));
        return;
    }
    if (reading.reading) {
        emit q->failed(what, Session::tr("%1 is being read").arg(reading.source), Session::tr("wait for its end, or stop it"));
        return;
    }
    readBefore = reading;
    reading = ReadingView{};
    reading.reading = true;
    reading.source = source;
    seenGeneration = live.shownGeneration = 0;
    ++live.run;
    live.nearGeneration.reset();
    live.headAtStart.reset();
    live.wasConnected = false;
    live.newKept = remapped ? newEvents() : 0;
    live.gathering = counts.events == 0 || remapped;
    live.pausing = false;
    live.remapTold = false;
    live.countedBefore = {};
    emit q->readingChanged();
    // A token of its own: a run that is stopped before it has begun still tells its end.
    workspace->stopReading = std::stop_source();
    workspace->reading->post(0, [this, remapped, task = std::move(run), store = workspace->store,
                                 stop = workspace->stopReading.get_token(), post = poster(serial)](const std::stop_token&) {
        const Result<ingest::Summary> summary =
            task(*store, stop, [&](const ingest::Progress& progress) { post([this, progress] { progressed(progress); }); });
        post([this, summary, remapped] { ended(summary, remapped); });
    });
}

void Session::Impl::progressed(const ingest::Progress& progress)
{
    noteConnection(progress);
    reading.progress = counted(progress);
    noteRemapped(progress);
    noteHead();
    emit q->readingChanged();
    if (progress.generation == seenGeneration || refreshTimer.isActive()) return;
    seenGeneration = progress.generation;
    refreshTimer.start();
}

/// To decode anew a reading is paused and gone on with: to who looks on it is one reading.
ingest::Progress Session::Impl::counted(ingest::Progress progress) const
{
    const ingest::Progress& before = live.countedBefore;
    progress.records += before.records;
    progress.stored += before.stored;
    progress.duplicates += before.duplicates;
    progress.bytes += before.bytes;
    if (progress.total) *progress.total += before.records;
    return progress;
}

/// Reading with another mapping decodes what is stored anew, first thing.
void Session::Impl::noteRemapped(const ingest::Progress& progress)
{
    if (!progress.remapped || std::exchange(live.remapTold, true)) return;
    madeAnew();
    workspace->lists->refresh(true);
    workspace->entity->refresh();
}

/// Entities and types have other numbers now: the entity that is shown is found by its name.
void Session::Impl::madeAnew()
{
    forgetOverAll();
    if (const auto& history = playhead.history(); history && selected) {
        const std::string name = history->key.text();
        Placement same;
        same.entity = QString::fromStdString(name);
        same.time = playhead.time();
        same.window = std::pair{window.from(), window.to()};
        clearSelection();
        placement = same;
        quietFind = name;
        workspace->lists->find(name);
    } else if (event) {
        clearSelection();  // a reject that may be an event now
    }
    typeFilter.showAll();
    colors.clear();
    pins.forgetIds();
    workspace->names->forget();
    loadLanes(true);
    emit q->mappingsChanged();
}

void Session::Impl::ended(const Result<ingest::Summary>& summary, bool remapped)
{
    reading.reading = false;
    reading.live = false;
    reading.awaySince.reset();
    const bool paused = std::exchange(live.pausing, false) && summary && !summary->complete && !summary->diskFull;
    if (paused) {
        reading.progress = counted(summary->progress);
        reading.paused = true;
        reading.ended = Session::tr("paused");
    } else if (summary) {
        reading.diskFull = summary->diskFull;
        reading.progress = counted(summary->progress);
        reading.ended = summary->complete ? Session::tr("complete")
                                          : Session::tr("partial, because %1").arg(QString::fromStdString(summary->because));
    } else {
        reading.failed = summary.error().kind != Error::Kind::Cancelled;
        reading.ended = reading.failed ? QString::fromStdString(summary.error().text()) : Session::tr("stopped");
    }
    // Whoever was turned away, or did not say all of it, is to say anew who he is.
    if (!summary && reading.resumable && (summary.error().kind == Error::Kind::Denied || !secretsNotGiven().empty()))
        forgetSecrets();
    if (summary) noteRemapped(summary->progress);  // nothing where all had the mapping that was asked for
    if (remapped) {
        // Nothing was read: how the reading before had ended still holds, and so whether it can go on.
        const ReadingView now = std::exchange(reading, readBefore);
        if (!summary && !reading.diskFull) {  // else one is to know on that the limit ended it; what failed here is reported
            reading.failed = now.failed;
            reading.ended = now.ended;
        }
    }
    offerReading();
    reading.raisedLimit = limitToGoOnWith();
    refreshTimer.stop();
    workspace->lists->refresh();
    workspace->entity->refresh();
    emit q->readingChanged();
    if (!summary) report(summary.error());
    if (live.remapNext) {
        live.resumeAfter = paused;
        live.countedNext = reading.progress;
        q->remap(*std::exchange(live.remapNext, std::nullopt));
    } else if (live.readNext) {
        readNext();
    } else if (remapped && std::exchange(live.resumeAfter, false)) {
        q->resumeReading();
        if (!reading.reading) return;
        live.countedBefore = live.countedNext;
        reading.progress = counted(std::move(reading.progress));
        emit q->readingChanged();
    } else if (openingUntold) {
        const auto [source, progress] = *openingUntold;
        tellOpening(source, progress);
    }
}

Result<void> Session::canImport(const QString& path)
{
    auto source = source::makeFileSource(path.toStdString(), std::nullopt, {});
    if (!source) return std::unexpected(source.error());
    return {};
}

void Session::importFile(const QString& path, const QString& format, std::vector<decode::Mapping> mappings)
{
    const QString name = QFileInfo(path).fileName();
    impl_->read(name, tr("cannot import %1").arg(name),
                [file = path.toStdString(), wanted = format.toStdString(), given = std::move(mappings)](
                    store::Store& store, std::stop_token stop,
                    const std::function<void(const ingest::Progress&)>& onProgress) -> Result<ingest::Summary> {
                    std::optional<source::FileFormat> as;
                    if (!wanted.empty() && wanted != "auto") {
                        as = source::fileFormatFromName(wanted);
                        if (!as)
                            return fail("cannot import " + file, "there is no format \"" + wanted + "\"",
                                        "auto, jsonl, csv, records, sqlite or ocel", Error::Kind::BadInput);
                    }
                    auto source = source::makeFileSource(file, as, {});
                    if (!source) return std::unexpected(source.error());
                    ingest::Options options;
                    options.mappings = given;
                    return ingest::run(store, **source, options, stop, onProgress);
                });
}

void Session::readKafka(source::KafkaOptions options, ingest::Options ingest)
{
    const bool goesOn = impl_->reading.reading && impl_->reading.resumable && impl_->live.kafka;
    if (goesOn || impl_->live.resumeAfter) {
        // What is being read stops at its place first, and is then read on with the new.
        impl_->live.readNext.emplace(Impl::Live::Next{std::move(options), std::move(ingest)});
        return pauseReading();
    }
    impl_->readKafka(std::move(options), std::move(ingest));
}

void Session::Impl::readKafka(source::KafkaOptions options, ingest::Options ingest)
{
    QString topics = options.topics.empty() ? QString() : QString::fromStdString(options.topics.front());
    if (options.topics.size() > 1) topics = Session::tr("%1 +%2").arg(topics).arg(options.topics.size() - 1);
    const QString brokers = QString::fromStdString(options.connection.brokers);
    const bool endless = options.until.kind == source::KafkaUntil::Kind::Never;
    const auto before = reading.reading;
    const std::optional<source::KafkaOptions> keptKafka = std::exchange(live.kafka, options);
    const ingest::Options keptIngest = std::exchange(live.ingest, ingest);
    const std::vector<source::Resume> keptPositions = std::exchange(live.positions, options.positions);
    const bool keptAll = std::exchange(live.positionsAreAll, options.positionsAreAll);
    read(Session::tr("%1 · %2").arg(topics, brokers), Session::tr("cannot read from %1").arg(brokers),
         [this, kafka = std::move(options), how = std::move(ingest), post = poster(serial)](
             store::Store& store, std::stop_token stop, const std::function<void(const ingest::Progress&)>& onProgress) {
             const std::unique_ptr<source::Source> source = source::makeKafkaSource(kafka);
             ingest::Options keeping = how;
             keeping.kafka = kafka;
             auto summary = ingest::run(store, *source, keeping, stop, onProgress);
             // A partition that nothing was read from has no checkpoint: going on begins where this run began.
             std::vector<source::Resume> began;
             for (const source::StreamFacts& facts : source->streams()) began.push_back({facts.stream, facts.startedAt});
             post([this, began, complete = summary && summary->complete] { noteBegan(began, complete); });
             return summary;
         });
    if (before || !reading.reading) {  // refused
        live.kafka = keptKafka;
        live.ingest = keptIngest;
        live.positions = keptPositions;
        live.positionsAreAll = keptAll;
        return;
    }
    reading.endless = endless;
    reading.resumable = true;
    // Until somebody has answered nobody knows whether anybody is there.
    reading.progress.connected = false;
    reading.progress.away = source::Away{source::Away::Kind::Unasked, 0, brokers.toStdString()};
    reading.progress.awaySince = reading.awaySince = Timestamp::now();
    emit q->readingChanged();
}

void Session::stopReading()
{
    if (!impl_->reading.reading) return;
    if (impl_->openingTold)
        impl_->giveUpOpening();
    else if (impl_->workspace)
        impl_->workspace->stopReading.request_stop();
}

/// While the reading comes to its pause another mapping may be asked for: of a topic the last one holds.
void Session::Impl::remapLater(std::vector<decode::Mapping> mappings)
{
    if (!live.remapNext) live.remapNext.emplace();
    for (decode::Mapping& mapping : mappings) {
        const auto same = std::ranges::find(*live.remapNext, mapping.topic, &decode::Mapping::topic);
        if (same == live.remapNext->end())
            live.remapNext->push_back(std::move(mapping));
        else
            *same = std::move(mapping);
    }
}

void Session::remap(std::vector<decode::Mapping> mappings)
{
    if (impl_->reading.reading && impl_->reading.resumable && impl_->live.kafka) {
        // What is read goes on when that is done; a pause keeps its place.
        impl_->remapLater(std::move(mappings));
        return pauseReading();
    }
    impl_->read(
        tr("mapping"), tr("cannot map anew"),
        [wanted = std::move(mappings)](
            store::Store& store, std::stop_token stop,
            const std::function<void(const ingest::Progress&)>& onProgress) -> Result<ingest::Summary> {
            ingest::Summary summary;
            auto reader = store.reader();
            if (!reader) return std::unexpected(reader.error());
            auto saved = ingest::savedMappings(**reader);
            if (!saved) return std::unexpected(saved.error());
            summary.complete = std::ranges::all_of(
                wanted, [&](const decode::Mapping& mapping) { return std::ranges::find(*saved, mapping) != saved->end(); });
            if (summary.complete) return summary;
            const auto done = ingest::remap(store, wanted, stop, [&](std::uint64_t records, std::uint64_t total) {
                summary.progress.records = records;
                summary.progress.total = total;
                onProgress(summary.progress);
            });
            if (!done) return std::unexpected(done.error());
            summary.complete = true;
            summary.progress.remapped = true;
            return summary;
        },
        true);
}

}  // namespace hindcast::ui
