#include "ui/session/comparison.h"

namespace hindcast::ui {

Comparison::Comparison(Session& session) : SessionFacet(session) {}

Comparison::~Comparison() = default;

void Comparison::open(const Opened&) {}

void Comparison::close() {}

}  // namespace hindcast::ui
