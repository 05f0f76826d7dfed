#pragma once
#include "ui/connect/byte_amount.h"

#include <QComboBox>

#include <cstdint>
#include <expected>
#include <initializer_list>
#include <optional>

namespace hindcast::ui {

/// A limit in bytes (a second), chosen or written: "no limit", "≤ 20 MB/s", "500 kB/s", "20". Once it is written the field shows what it
/// was taken for; while it cannot be understood it is marked.
class LimitBox final : public QComboBox {
    Q_OBJECT
public:
    /// A number alone counts in `unit` bytes, as the `amounts` of the list do.
    LimitBox(AmountOf of, double unit, std::initializer_list<std::uint64_t> amounts, QWidget* parent = nullptr);

    /// Empty: no limit. The error says what is not understood.
    [[nodiscard]] std::expected<std::optional<std::uint64_t>, QString> limit() const;
    void setLimit(std::optional<std::uint64_t> bytes);
    /// What stands beside the field where that cannot be read; empty where it can.
    [[nodiscard]] QString error() const;

private:
    AmountOf of_;
    double unit_;
};

}  // namespace hindcast::ui
