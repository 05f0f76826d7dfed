#pragma once
#include "ui/session/session_facet.h"

namespace hindcast::ui {

/// What is tried out beside what is in force: the difference that another model makes, whether a model is deterministic, and the
/// fewest events that still show a symptom.
/// GUI thread only.
class Trials final : public SessionFacet {
    Q_OBJECT
public:
    explicit Trials(Session& session);
    ~Trials() override;

    void open(const Opened& opened) override;
    void close() override;

signals:
    void changed();
};

}  // namespace hindcast::ui
