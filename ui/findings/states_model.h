#pragma once
#include "ui/findings/sorted_rows.h"
#include "ui/session/state_search_views.h"

#include <QAbstractTableModel>

namespace hindcast::ui {

/// The columns of what was found in states, and what it is sorted by.
struct StatesColumns {
    enum Column : int { Entity, VersionColumn, Place, Value, Time };
    static constexpr int kColumns = 5;
};

/// The entities in whose states something was found, as a table. Takes plain values; knows no session. GUI thread only.
class StatesModel final : public QAbstractTableModel, public StatesColumns, public SortedRows<StatesView, StatesColumns::Column> {
    Q_OBJECT
public:
    explicit StatesModel(QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void rowsChanged();

private:
    void replaceRows(const std::function<void()>& exchange) override;
};

}  // namespace hindcast::ui
