#pragma once
#include "ui/session/session_facet.h"

namespace hindcast::ui {

/// What-if branches of entities: what the user made, what is shown beside the real history, and where that leads.
/// GUI thread only.
class Branches final : public SessionFacet {
    Q_OBJECT
public:
    explicit Branches(Session& session);
    ~Branches() override;

    void open(const Opened& opened) override;
    void close() override;

signals:
    void changed();
};

}  // namespace hindcast::ui
