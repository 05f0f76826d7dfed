#include "ui/session/branches.h"

namespace hindcast::ui {

Branches::Branches(Session& session) : SessionFacet(session) {}

Branches::~Branches() = default;

void Branches::open(const Opened&) {}

void Branches::close() {}

}  // namespace hindcast::ui
