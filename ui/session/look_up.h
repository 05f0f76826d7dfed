#pragma once
#include "core/ingest/decoders.h"
#include "core/store/reader.h"
#include "ui/session/go_to.h"

#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

namespace hindcast::ui {

/// Which of a text's readings are there: entities first, then records by their place; a place that holds no record says why.
/// Version and time are not looked up: they are nobody's. Some milliseconds; not in the GUI thread.
[[nodiscard]] Result<std::vector<GoToHit>> lookUp(
    store::Reader& reader, const GoToReadings& readings,
    const std::function<Result<std::vector<EntityId>>(store::Reader&, const std::string&)>& named);

/// The first records with this key, in the log's order: where a key is no entity's id there is no index, so this walks the log until
/// it has some or was asked to stop. Error::Kind::Cancelled where it was.
[[nodiscard]] Result<std::vector<GoToHit>> lookUpKey(store::Reader& reader, const QString& key, const std::stop_token& stop);

/// Entities whose id holds the text, ASCII case ignored: "8841" is in order-8841, and a UUID may be told by its beginning. Those
/// that begin with it come first, then shorter ids, then by the id. Within bounds: a text that is in very many finds some of them. Error::Kind::Cancelled where asked
/// to stop.
[[nodiscard]] Result<std::vector<GoToHit>> lookUpLike(store::Reader& reader, const QString& text, const std::stop_token& stop);

/// As the workspace has them now.
[[nodiscard]] Result<std::unique_ptr<ingest::Decoders>> decodersOf(store::Reader& reader);

}  // namespace hindcast::ui
