#pragma once
#include "ui/findings/sorted_rows.h"
#include "ui/session/over_all_views.h"

#include <QAbstractTableModel>
#include <QString>

namespace hindcast::ui {

enum class FirstTimeOrder : std::uint8_t { Time, Entity, Version, Event };

/// What a search for the first time has found, as a table. Takes plain values; knows no session. GUI thread only.
class FirstTimeModel final : public QAbstractTableModel, public SortedRows<FirstTimeView, FirstTimeOrder> {
    Q_OBJECT
public:
    static constexpr std::size_t kMostPaths = 3;  ///< that have a column

    explicit FirstTimeModel(QObject* parent = nullptr);

    /// How the entity is called in the table: by its id alone where all are of one category.
    [[nodiscard]] QString entityText(std::int64_t row) const;

    /// Columns: entity, version, event, one for each of the first paths, time.
    [[nodiscard]] int timeColumn() const { return columnCount() - 1; }
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
