#pragma once
#include "ui/session/session_facet.h"

namespace hindcast::ui {

/// Looks for a value, or where an expression holds, in the states of many entities as of one moment.
/// GUI thread only.
class StateSearch final : public SessionFacet {
    Q_OBJECT
public:
    explicit StateSearch(Session& session);
    ~StateSearch() override;

    void open(const Opened& opened) override;
    void close() override;

signals:
    void changed();
};

}  // namespace hindcast::ui
