#pragma once
#include "core/model/peer.h"
#include "core/model/script.h"

namespace hindcast::model {

/// A helper process, loaded with a script, as the peer of a remote run.
[[nodiscard]] std::unique_ptr<Peer> scriptPeer(std::shared_ptr<Runtime> runtime, const Script& script, const RunOptions& options);

}  // namespace hindcast::model
