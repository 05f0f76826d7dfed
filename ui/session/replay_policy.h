#pragma once
#include "ui/session/session_facet.h"

namespace hindcast::ui {

/// How states are rebuilt: whether a fold goes on past an event at which the model fails, whether programs of the user's may be
/// started, and how much time and memory models may take.
/// GUI thread only.
class ReplayPolicy final : public SessionFacet {
    Q_OBJECT
public:
    explicit ReplayPolicy(Session& session);
    ~ReplayPolicy() override;

    void open(const Opened& opened) override;
    void close() override;

signals:
    void changed();
};

}  // namespace hindcast::ui
