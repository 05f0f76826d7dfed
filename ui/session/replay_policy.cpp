#include "ui/session/replay_policy.h"

namespace hindcast::ui {

ReplayPolicy::ReplayPolicy(Session& session) : SessionFacet(session) {}

ReplayPolicy::~ReplayPolicy() = default;

void ReplayPolicy::open(const Opened&) {}

void ReplayPolicy::close() {}

}  // namespace hindcast::ui
