#include "ui/session/smallest_search.h"

#include "core/ingest/decoders.h"
#include "core/model/chosen.h"
#include "core/model/script.h"
#include "core/replay/expression_symptom.h"
#include "core/replay/feed.h"
#include "core/replay/reproducer_text.h"
#include "ui/session/model_settings.h"

#include <QCoreApplication>

#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::SmallestSearch)
};

replay::Symptom::Kind kindOf(WantedSymptom::Kind kind)
{
    switch (kind) {
        case WantedSymptom::Kind::Expression: return replay::Symptom::Kind::State;
        case WantedSymptom::Kind::Invariant: return replay::Symptom::Kind::Invariant;
        case WantedSymptom::Kind::ModelFails: break;
    }
    return replay::Symptom::Kind::Error;
}

QString absentText(const WantedSymptom& wanted, const std::optional<Version>& at, std::size_t events)
{
    const QString where = at            ? Words::tr("at #%1").arg(at->value)
                          : events == 1 ? Words::tr("at its only event")
                                        : Words::tr("at any of its %1 events").arg(events);
    switch (wanted.kind) {
        case WantedSymptom::Kind::Expression: return Words::tr("“%1” does not hold %2").arg(wanted.text, where);
        case WantedSymptom::Kind::Invariant:
            return wanted.text.isEmpty() ? Words::tr("no invariant is broken %1").arg(where)
                                         : Words::tr("“%1” is not broken %2").arg(wanted.text, where);
        case WantedSymptom::Kind::ModelFails: break;
    }
    return wanted.text.isEmpty() ? Words::tr("the model does not fail %1").arg(where)
                                 : Words::tr("the model does not fail with “%1” %2").arg(wanted.text, where);
}

}  // namespace

SmallestSearch::SmallestSearch(store::Reader& reader, std::shared_ptr<model::Runtime> runtime,
                               std::shared_ptr<const replay::History> history)
    : reader_(reader), runtime_(std::move(runtime)), history_(std::move(history))
{
}

Result<void> SmallestSearch::open(const std::stop_token& stop)
{
    const std::string& category = history_->key.category;
    const auto models = reader_.setting(kModels);
    if (!models) return std::unexpected(models.error());
    auto reducer = model::reducerFor(runtime_, *models, category, history_->rows);
    if (!reducer) return std::unexpected(reducer.error());
    reducer_ = std::move(*reducer);
    if (*models && (*models)->is_object())
        if (const auto chosen = (*models)->find(category); chosen != (*models)->end())
            if (const auto script = model::scriptFrom(*chosen); script && model::isModule(runtime_, *script))
                script_ = scriptOf(*chosen);

    auto mappings = ingest::loadMappings(reader_);
    if (!mappings) return std::unexpected(mappings.error());
    const auto decoders = std::make_shared<ingest::Decoders>(std::move(*mappings));
    if (auto known = decoders->refresh(reader_); !known) return std::unexpected(known.error());
    const auto feed = replay::feedFrom(reader_);
    const auto payloads = ingest::payloadsOf(decoders);
    auto events = replay::readEvents(*history_, SIZE_MAX, *feed, *payloads, stop);
    if (!events) return std::unexpected(events.error());
    events_ = std::move(*events);
    return {};
}

Result<SmallestSearch::Found> SmallestSearch::run(const WantedSymptom& wanted,
                                                  std::shared_ptr<const expression::Expression> expression,
                                                  std::optional<EventId> at, std::uint64_t mostFolds, const std::stop_token& stop,
                                                  const std::function<void(std::uint64_t, std::size_t, std::size_t)>& progress)
{
    if (auto opened = open(stop); !opened) return std::unexpected(opened.error());
    replay::Symptom symptom;
    std::optional<replay::ExpressionSymptom> asked;
    if (wanted.kind == WantedSymptom::Kind::Expression)
        symptom = asked.emplace(reader_, std::move(expression)).symptom();
    else
        symptom.name = wanted.text.toStdString();
    symptom.kind = kindOf(wanted.kind);
    replay::ReduceOptions options;
    options.mostFolds = mostFolds;
    options.stop = stop;
    options.progress = progress;
    if (at)
        if (const Version version = history_->index.find(history_->events, *at); version.value > 0) options.at = version;

    Found found;
    auto made = replay::reduce(*events_, *reducer_, symptom, options);
    if (asked) {
        for (const auto& mismatch : asked->mismatches()) found.remarks << QString::fromStdString(mismatch.text());
        for (const std::string& path : asked->absentPaths())
            found.remarks << Words::tr("nothing stands at %1 after any of these events").arg(QString::fromStdString(path));
    }
    if (!made) {
        if (made.error().kind != Error::Kind::BadInput) return std::unexpected(made.error());
        found.absent = absentText(wanted, options.at, events_->events.size());
        if (const QString other = nearest(wanted, options.at, stop); !other.isEmpty())
            found.absent += QStringLiteral(" · ") + other;
        return found;
    }
    found.stopped = stop.stop_requested() && !made->minimal;
    if (!made->minimal && !found.stopped)
        found.remarks << Words::tr("there may be fewer: %1").arg(QString::fromStdString(made->because));
    if (!made->refused.empty())
        found.remarks
            << Words::tr("%1 events of the history are none that a command of the model would make; they were not asked to be")
                   .arg(made->refused.size());
    symptom.holds = nullptr;
    found.it = std::make_shared<SmallestCase>(SmallestCase{events_,
                                                           std::move(symptom),
                                                           std::move(*made),
                                                           reducer_->describe(),
                                                           {},
                                                           script_,
                                                           script_ && script_->source.contains(QLatin1String("decide"))});
    found.it->dump = dump(found.it->made);
    return found;
}

std::optional<replay::Reproducer> SmallestSearch::firstOf(replay::Symptom::Kind kind, const std::string& name,
                                                          const std::stop_token& stop) const
{
    replay::Symptom symptom;
    symptom.kind = kind;
    symptom.name = name;
    replay::ReduceOptions options;
    options.mostFolds = 1;  // what it is and where, not the fewest
    options.stop = stop;
    auto made = replay::reduce(*events_, *reducer_, symptom, options);
    return made ? std::optional(std::move(*made)) : std::nullopt;
}

QString SmallestSearch::nearest(const WantedSymptom& wanted, const std::optional<Version>& at, const std::stop_token& stop) const
{
    const auto where = [](const replay::Reproducer& made) { return made.of.value; };
    // The same at another event, then whatever else is wrong.
    if (at && wanted.kind != WantedSymptom::Kind::Expression)
        if (const auto made = firstOf(kindOf(wanted.kind), wanted.text.toStdString(), stop))
            return Words::tr("it is so at #%1 first").arg(where(*made));
    if (const auto made = firstOf(replay::Symptom::Kind::Invariant, {}, stop))
        return Words::tr("but “%1” is broken at #%2").arg(QString::fromStdString(made->invariant)).arg(where(*made));
    if (const auto made = firstOf(replay::Symptom::Kind::Error, {}, stop))
        return Words::tr("but the model fails at #%1: %2").arg(where(*made)).arg(QString::fromStdString(made->shown).left(200));
    return {};
}

std::string SmallestSearch::dump(const replay::Reproducer& made) const
{
    return replay::recordDump(*events_, made, "reproducer", [this](EventId id) -> std::optional<std::string> {
        auto record = reader_.record(id);
        if (!record || !*record || !(*record)->record.value) return std::nullopt;
        return std::string(*(*record)->record.value);
    });
}

}  // namespace hindcast::ui
