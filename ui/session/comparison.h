#pragma once
#include "ui/session/session_facet.h"

namespace hindcast::ui {

/// Two sides that are compared: two versions of a life, two entities, two moments; how they differ and what happened between.
/// GUI thread only.
class Comparison final : public SessionFacet {
    Q_OBJECT
public:
    explicit Comparison(Session& session);
    ~Comparison() override;

    void open(const Opened& opened) override;
    void close() override;

signals:
    void changed();
};

}  // namespace hindcast::ui
