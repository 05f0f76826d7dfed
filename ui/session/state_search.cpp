#include "ui/session/state_search.h"

namespace hindcast::ui {

StateSearch::StateSearch(Session& session) : SessionFacet(session) {}

StateSearch::~StateSearch() = default;

void StateSearch::open(const Opened&) {}

void StateSearch::close() {}

}  // namespace hindcast::ui
