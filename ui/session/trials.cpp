#include "ui/session/trials.h"

namespace hindcast::ui {

Trials::Trials(Session& session) : SessionFacet(session) {}

Trials::~Trials() = default;

void Trials::open(const Opened&) {}

void Trials::close() {}

}  // namespace hindcast::ui
