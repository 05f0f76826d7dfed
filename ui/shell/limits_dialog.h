#pragma once
#include "core/model/runtime.h"

#include <QDialog>

class QSpinBox;

namespace hindcast::ui {

/// How much time and memory models and replays may take. Values stay within ReplayPolicy::within(). GUI thread only.
class LimitsDialog final : public QDialog {
    Q_OBJECT
public:
    explicit LimitsDialog(const model::Limits& limits, QWidget* parent = nullptr);

    [[nodiscard]] model::Limits limits() const;
    [[nodiscard]] QSpinBox& handler() { return *handler_; }      ///< ms
    [[nodiscard]] QSpinBox& model() { return *model_; }          ///< MB
    [[nodiscard]] QSpinBox& snapshots() { return *snapshots_; }  ///< MB
    [[nodiscard]] QSpinBox& sweeps() { return *sweeps_; }        ///< MB

signals:
    void chosen(const hindcast::model::Limits& limits);

private:
    void fill(const model::Limits& limits);

    model::Limits given_;
    QSpinBox* handler_;
    QSpinBox* model_;
    QSpinBox* snapshots_;
    QSpinBox* sweeps_;
};

}  // namespace hindcast::ui
