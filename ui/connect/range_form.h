#pragma once
#include "core/source/kafka.h"
#include "ui/connect/read_choices.h"
#include "ui/look/theme.h"

#include <QWidget>

#include <expected>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace hindcast::ui {

/// From where to where a read goes. Begins with the last 24 hours (contracts 6), live.
class RangeForm final : public QWidget {
    Q_OBJECT
public:
    using From = ReadChoices::From;
    using Until = ReadChoices::Until;
    /// `theme` must outlive the form.
    explicit RangeForm(const Theme& theme, QWidget* parent = nullptr);

    void setFrom(From from, const QString& value = {});
    void setUntil(Until until, const QString& value = {});
    /// Its part of them.
    void setChoices(const ReadChoices& choices);
    void write(ReadChoices& into) const;
    /// Relative moments count from `now`. The error names the field.
    [[nodiscard]] std::expected<source::KafkaStart, QString> from(Timestamp now) const;
    [[nodiscard]] std::expected<source::KafkaUntil, QString> until(Timestamp now) const;
    /// What the choice comes to, where the chosen topics hold `records`: "≤ 50.1 M records in 2 topics"; empty: nothing chosen.
    void setChosen(int topics, std::optional<std::uint64_t> records);
    /// A better word for it, until something is changed.
    void setEstimate(const QString& text);
    [[nodiscard]] QString estimate() const;
    /// What is said about what was written; empty where nothing is wrong with it, or nothing is written yet.
    [[nodiscard]] QString error() const;
    /// Of three lines, whatever it is in now: else it would hold itself as wide as two of them need.
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeChoices();
    void update();
    void arrange();

    const Theme& theme_;
    QGridLayout* grid_;
    QWidget* fromPart_;
    QWidget* untilPart_;
    int lines_ = 0;  ///< over how many the form is spread
    QComboBox* from_;
    QLineEdit* fromValue_;
    QComboBox* until_;
    QLineEdit* untilValue_;
    QLabel* estimate_;
    QLabel* wrong_;
    int topics_ = 0;
    std::optional<std::uint64_t> records_;
};

/// With the usual start or end in place of one that is a date or an offset, and so means the same on any day. "-2h" and
/// "yesterday 14:00" stay.
[[nodiscard]] ReadChoices withoutDates(ReadChoices choices);

}  // namespace hindcast::ui
