#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QWidget>

#include <memory>

namespace hindcast::ui {

class ElidedLabel;
class StateTree;

/// What a projection shows of the state, which is another document: beneath the state, under its title. Hidden where the model has no
/// such thing.
class ResultPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ResultPanel(const Theme& theme, QWidget* parent = nullptr);

    /// As a state: its document is the result; not alive: the projection's filters let nothing through. Null hides the panel.
    void setResult(std::shared_ptr<const StateView> result);
    [[nodiscard]] StateTree& tree() { return *tree_; }

private:
    const Theme& theme_;
    ElidedLabel* title_;
    StateTree* tree_;
};

}  // namespace hindcast::ui
