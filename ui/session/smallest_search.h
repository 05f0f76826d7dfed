#pragma once
#include "core/expression/expression.h"
#include "core/model/runtime.h"
#include "core/replay/history.h"
#include "core/store/reader.h"
#include "ui/session/trial_views.h"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace hindcast::ui {

/// The search for the fewest events of one entity that show a symptom, under the model in force. Not in the GUI thread.
class SmallestSearch {
public:
    struct Found {
        std::shared_ptr<SmallestCase> it;  ///< null: the symptom is nowhere, see `absent`
        bool stopped = false;              ///< before it was known to be the smallest
        QStringList remarks;
        QString absent;
    };

    /// `reader` must outlive the search.
    SmallestSearch(store::Reader& reader, std::shared_ptr<model::Runtime> runtime,
                   std::shared_ptr<const replay::History> history);

    /// `at`: the event that shows it; empty: the first that does. `progress` as replay::ReduceOptions has it.
    /// Errors: what cannot be read, a model that cannot be used; Error::Kind::Cancelled where it was stopped before the symptom was
    /// met.
    [[nodiscard]] Result<Found> run(const WantedSymptom& wanted, std::shared_ptr<const expression::Expression> expression,
                                    std::optional<EventId> at, std::uint64_t mostFolds, const std::stop_token& stop,
                                    const std::function<void(std::uint64_t, std::size_t, std::size_t)>& progress);

private:
    [[nodiscard]] Result<void> open(const std::stop_token& stop);
    /// What the model does to these events instead: "the invariant … is broken at #7".
    [[nodiscard]] QString nearest(const WantedSymptom& wanted, const std::optional<Version>& at,
                                  const std::stop_token& stop) const;
    [[nodiscard]] std::optional<replay::Reproducer> firstOf(replay::Symptom::Kind kind, const std::string& name,
                                                            const std::stop_token& stop) const;
    [[nodiscard]] std::string dump(const replay::Reproducer& made) const;

    store::Reader& reader_;
    std::shared_ptr<model::Runtime> runtime_;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const model::Reducer> reducer_;
    std::optional<ScriptModel> script_;
    std::shared_ptr<const replay::EventsInMemory> events_;
};

}  // namespace hindcast::ui
