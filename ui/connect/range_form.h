#pragma once
#include "core/source/kafka.h"
#include "ui/look/theme.h"

#include <QWidget>

#include <expected>

class QComboBox;
class QLabel;
class QLineEdit;

namespace hindcast::ui {

/// From where to where a read goes. Begins with the last 24 hours (contracts 6), live.
class RangeForm final : public QWidget {
    Q_OBJECT
public:
    enum class From { LastDay, LastRecords, Earliest, Latest, Time, Offset };
    enum class Until { Live, End, Time };
    explicit RangeForm(const Theme& theme, QWidget* parent = nullptr);

    void setFrom(From from, const QString& value = {});
    void setUntil(Until until, const QString& value = {});
    /// Relative moments count from `now`. The error names the field.
    [[nodiscard]] std::expected<source::KafkaStart, QString> from(Timestamp now) const;
    [[nodiscard]] std::expected<source::KafkaUntil, QString> until(Timestamp now) const;
    /// What the choice comes to, where the chosen topics hold `records`: "≤ 50.1 M records in 2 topics"; empty: nothing chosen.
    void setChosen(int topics, std::optional<std::uint64_t> records);
    /// A better word for it, until something is changed.
    void setEstimate(const QString& text);
    [[nodiscard]] QString estimate() const;

signals:
    void changed();

private:
    void update();

    QComboBox* from_;
    QLineEdit* fromValue_;
    QComboBox* until_;
    QLineEdit* untilValue_;
    QLabel* estimate_;
    int topics_ = 0;
    std::optional<std::uint64_t> records_;
};

}  // namespace hindcast::ui
