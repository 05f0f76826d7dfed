#pragma once
#include <QComboBox>

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>

namespace hindcast::ui {

/// "≤ 20 MB/s", "20", "1,5": the amount in it; empty where there is no number, or none above 0.
[[nodiscard]] std::optional<double> amountIn(const QString& text);

/// A limit in bytes (a second), chosen or written: "no limit", "≤ 20 MB/s", "20".
class LimitBox final : public QComboBox {
    Q_OBJECT
public:
    /// `form` has %1 for the amount, which counts in units of `unit` bytes.
    LimitBox(QString form, double unit, std::initializer_list<int> amounts, QWidget* parent = nullptr);

    /// Empty: no limit. The error says what is no number.
    [[nodiscard]] std::expected<std::optional<std::uint64_t>, QString> limit() const;
    void setLimit(std::optional<std::uint64_t> bytes);

private:
    QString form_;
    double unit_;
};

}  // namespace hindcast::ui
