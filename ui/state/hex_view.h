#pragma once
#include "ui/look/row_view.h"

#include <array>
#include <memory>
#include <string>

namespace hindcast::ui {

/// Bytes as they came: place, sixteen of them in hex (eight or four where there is little room), and as text. Shows any amount: only
/// the lines in view are written.
class HexView final : public RowView {
    Q_OBJECT
public:
    explicit HexView(const Theme& theme, QWidget* parent = nullptr);

    /// `bytes` may be null: then there are none (which is not the same as empty ones).
    void setBytes(std::shared_ptr<const std::string> bytes);

    [[nodiscard]] Row rowCount() const override;
    [[nodiscard]] QString rowText(Row row) const override;
    [[nodiscard]] static QString hexOf(std::string_view bytes);    ///< "7b 22 75 …", a wider gap after eight
    [[nodiscard]] static QString asciiOf(std::string_view bytes);  ///< "·" for what is not printable ASCII

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;

    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] std::string_view line(Row row) const;
    /// px of the columns: place, bytes, text.
    [[nodiscard]] std::array<int, 3> widthsFor(std::size_t bytes) const;
    void setPerLine(std::size_t bytes);
    void fit();

    std::size_t perLine_ = 8;
    std::shared_ptr<const std::string> bytes_;
};

}  // namespace hindcast::ui
