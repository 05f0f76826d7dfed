#include "core/store/density_page.h"

#include <array>

namespace hindcast::store {

namespace {

/// A page of fewer types has no sums: adding its rows up costs no more than reading them.
constexpr std::size_t kTypesWithoutSums = 8;

using Sums = std::array<std::uint64_t, static_cast<std::size_t>(DensityKey::kBuckets)>;

std::size_t placeOf(const DensityCell& cell) { return static_cast<std::size_t>(cell.bucket & (DensityKey::kBuckets - 1)); }

/// One row: how far its number lies after the one before, its length in bytes, and for each bucket that is not empty the gap
/// before it, with a bit that says whether a count other than 1 follows.
class RowWriter {
public:
    explicit RowWriter(std::string& out) : out_(out) {}

    void cell(std::size_t bucket, std::uint64_t count)
    {
        ByteWriter cells(cells_);
        const std::size_t gap = cells_.empty() ? bucket : bucket - last_ - 1;
        cells.number(gap << 1 | (count == 1 ? 0U : 1U));
        if (count != 1) cells.number(count);
        last_ = bucket;
    }
    void end(std::uint32_t row)
    {
        if (cells_.empty()) return;
        ByteWriter out(out_);
        out.number(row - lastRow_);
        out.number(cells_.size());
        out.bytes(cells_);
        lastRow_ = row;
        cells_.clear();
    }

private:
    std::string& out_;
    std::string cells_;
    std::size_t last_ = 0;
    std::uint32_t lastRow_ = 0;
};

void writeSums(RowWriter& out, std::span<const DensityCell> cells)
{
    Sums all{};
    Sums deaths{};
    for (const DensityCell& cell : cells) {
        if (!DensityRow::isType(cell.row)) continue;
        all[placeOf(cell)] += cell.count;
        if (DensityRow::isDeath(cell.row)) deaths[placeOf(cell)] += cell.count;
    }
    for (const auto& [row, sums] : {std::pair{DensityRow::kAll, &all}, std::pair{DensityRow::kDeaths, &deaths}}) {
        for (std::size_t i = 0; i < sums->size(); ++i)
            if ((*sums)[i] != 0) out.cell(i, (*sums)[i]);
        out.end(row);
    }
}

}  // namespace

std::string encodeDensityPage(std::span<const DensityCell> cells)
{
    std::string stored;
    stored.reserve(cells.size() * 2 + 16);
    RowWriter out(stored);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (DensityRow::isType(cells[i].row) && (i == 0 || cells[i - 1].row != cells[i].row)) ++rows;
    if (rows > kTypesWithoutSums) writeSums(out, cells);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out.cell(placeOf(cells[i]), cells[i].count);
        if (i + 1 == cells.size() || cells[i + 1].row != cells[i].row) out.end(cells[i].row);
    }
    return stored;
}

bool DensityPageReader::next()
{
    if (damaged_ || in_.atEnd()) return false;
    const std::uint64_t step = in_.number();
    if (!first_ && step == 0) damaged_ = true;
    first_ = false;
    row_ += step;
    cells_ = in_.bytes(static_cast<std::size_t>(in_.number()));
    if (in_.failed() || row_ > UINT32_MAX) damaged_ = true;
    return !damaged_;
}

std::string encodeDensityCells(std::span<const DensityCell> cells)
{
    std::string stored;
    stored.reserve(cells.size() * 3 + 8);
    ByteWriter out(stored);
    std::int64_t bucket = 0;
    for (const DensityCell& cell : cells) {
        out.difference(cell.bucket, bucket);
        out.number(cell.row);
        out.number(cell.count);
        bucket = cell.bucket;
    }
    return stored;
}

bool decodeDensityCells(std::string_view stored, std::vector<DensityCell>& out)
{
    ByteReader in(stored);
    std::int64_t bucket = 0;
    while (!in.atEnd()) {
        bucket = in.difference(bucket);
        const std::uint64_t row = in.number();
        const std::uint64_t count = in.number();
        if (in.failed() || row > UINT32_MAX || count > UINT32_MAX) return false;
        out.push_back({bucket, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(count)});
    }
    return true;
}

}  // namespace hindcast::store
