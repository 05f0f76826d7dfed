#pragma once
#include "ui/look/row_view.h"
#include "ui/session/sample_view.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// What a mapping makes of sample records: entity, type, time, decoded as, payload; rejects in their colour with the reason.
class SampleTable final : public RowView {
    Q_OBJECT
public:
    enum Column { Entity, Type, Time, DecodedAs, Payload };
    explicit SampleTable(const Theme& theme, QWidget* parent = nullptr);

    using SeriesOf = std::function<int(const std::string& type)>;
    /// What colours types have elsewhere, as Theme::series() takes it; else they have some of their own, by the samples.
    void setSeriesOf(SeriesOf seriesOf) { seriesOf_ = std::move(seriesOf); }
    void setSamples(std::vector<SampleView> samples);
    [[nodiscard]] const std::vector<SampleView>& samples() const { return samples_; }
    /// "199 of 200 samples decode · 1 reject is kept and shown · /nowhere is in none of 199 samples"; empty where there are none.
    [[nodiscard]] QString verdict() const;
    /// Of the mapping's places that no sample has anything at; empty where there are none, or no sample was searched for them.
    [[nodiscard]] QString absentWords() const;  ///< "/nowhere is in none of 199 samples"
    /// Whether any of them is Debezium's: then its records say themselves what a mapping would.
    [[nodiscard]] bool holdsDebezium() const;
    [[nodiscard]] int series(const std::string& type) const;  ///< of a type's colour; -1: neutral

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(samples_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;

private:
    void fitColumns();
    [[nodiscard]] QString timeTitle() const;
    void findAbsent();
    [[nodiscard]] QString entityText(const Event& event) const;
    [[nodiscard]] QString payloadText(const Event& event, int limit) const;

    std::vector<SampleView> samples_;
    SeriesOf seriesOf_;
    std::vector<std::string> types_;  ///< in the order in which they were met
    std::vector<decode::FieldSource> absent_;
    std::uint64_t searched_ = 0;  ///< samples that were searched for the mapping's places
};

}  // namespace hindcast::ui
