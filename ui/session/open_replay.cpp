#include "ui/session/open_replay.h"

#include "core/model/chosen.h"

namespace hindcast::ui {

Result<OpenReplay> openReplay(store::Reader& reader, std::shared_ptr<const replay::History> history, std::size_t snapshotBytes)
{
    auto mappings = ingest::loadMappings(reader);
    if (!mappings) return std::unexpected(mappings.error());
    auto models = reader.setting("models");
    if (!models) return std::unexpected(models.error());

    OpenReplay opened;
    auto reducer = model::reducerFor(*models, history->key.category, history->rows);
    if (!reducer) {
        opened.modelError = reducer.error();
        reducer = model::defaultReducer(history->rows);
    }
    opened.decoders = std::make_shared<ingest::Decoders>(std::move(*mappings));
    if (auto known = opened.decoders->refresh(reader); !known) return std::unexpected(known.error());
    opened.replay = std::make_unique<replay::EntityReplay>(reader, std::move(history), std::move(*reducer),
                                                           ingest::payloadsOf(opened.decoders), snapshotBytes);
    return opened;
}

}  // namespace hindcast::ui
