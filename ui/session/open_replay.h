#pragma once
#include "core/event/error.h"
#include "core/ingest/decoders.h"
#include "core/model/runtime.h"
#include "core/replay/replay.h"
#include "ui/session/views.h"

#include <memory>
#include <optional>

namespace hindcast::ui {

/// One entity on one thread: the replay with what it needs.
struct OpenReplay {
    std::shared_ptr<ingest::Decoders> decoders;
    std::unique_ptr<replay::EntityReplay> replay;
    std::shared_ptr<const replay::History> history;
    std::shared_ptr<const ModelView> model;
    std::optional<Error> modelError;  ///< the model in force cannot be used: the built-in one stands in
};

/// What a model is called and where it comes from: `models` and `before` are the workspace's settings.
[[nodiscard]] std::shared_ptr<const ModelView> describeModel(const replay::History& history, const std::optional<Json>& models,
                                                             const std::optional<Json>& before, const model::Reducer& reducer);

/// With the mapping and the model that the workspace has now. `reader` must outlive it. On the thread that replays.
[[nodiscard]] Result<OpenReplay> openReplay(store::Reader& reader, const std::shared_ptr<model::Runtime>& runtime,
                                            std::shared_ptr<const replay::History> history, std::size_t snapshotBytes);

}  // namespace hindcast::ui
