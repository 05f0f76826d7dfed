#pragma once
#include "ui/look/background.h"
#include "ui/look/row_view.h"
#include "ui/state/aligned_json.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hindcast::ui {

/// Two JSON documents line by line: one text with - and + before what differs, or two columns whose lines stand beside each other.
/// Equal stretches can be folded, and each opened. Any number of lines: only those in view are written. GUI thread only.
class AlignedList final : public RowView {
    Q_OBJECT
public:
    enum class Mode : std::uint8_t { Unified, SideBySide };
    explicit AlignedList(const Theme& theme, QWidget* parent = nullptr);

    /// `owner` keeps the documents alive; null: there is nothing on that side. Large ones are aligned on another thread.
    void setDocuments(std::shared_ptr<const void> owner, const Json* a, const Json* b);
    void setMode(Mode mode, const QString& titleA, const QString& titleB);
    [[nodiscard]] Mode mode() const { return mode_; }
    void setOnlyDifferences(bool only);  ///< equal stretches are folded
    [[nodiscard]] bool isOnlyDifferences() const { return only_; }
    void setItemKey(const QString& key);  ///< as alignJson() has it
    /// Only lines whose name or value holds the text (ASCII case ignored), with what they are in; empty: all.
    void setFilter(const QString& text);

    [[nodiscard]] bool isWorking() const { return aligning_.isRunning(); }
    [[nodiscard]] std::size_t differences() const { return found_.aligned.differences.size(); }
    [[nodiscard]] bool isCut() const { return found_.aligned.cut; }
    /// Which of the differences the current row is in or behind, from 1; 0: before the first.
    [[nodiscard]] std::size_t currentDifference() const;
    void toDifference(int by);  ///< the next (1) or the previous (-1), which becomes the current row; nothing beyond the ends
    [[nodiscard]] bool hasDifference(int by) const;

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(rows_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;
    [[nodiscard]] std::optional<QString> pointerOf(Row row) const;  ///< empty: a fold
    [[nodiscard]] bool isFold(Row row) const { return rows_[static_cast<std::size_t>(row)].show == Show::Fold; }
    void openFold(Row row);

signals:
    void shownChanged();                       ///< other lines are shown
    void fieldChosen(const QString& pointer);  ///< Enter or a double click on a line

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Show : std::uint8_t { Both, Before, After, Fold };
    struct ShownRow {
        std::uint32_t line = 0;
        Show show = Show::Both;
        std::uint32_t count = 0;  ///< lines of a fold
    };
    struct Task {
        std::shared_ptr<const void> owner;
        const Json* a = nullptr;
        const Json* b = nullptr;
        std::string itemKey;
        std::string filter;
    };
    struct Found {
        AlignedJson aligned;
        std::vector<bool> hits;  ///< lines that the filter lets through; empty: all
    };
    [[nodiscard]] static Found find(const Task& task);
    void align();
    void take(Found found);
    void layRows();
    void putLine(std::uint32_t line);
    void showColumns();
    [[nodiscard]] const AlignedLine& lineOf(Row row) const
    {
        return found_.aligned.lines[rows_[static_cast<std::size_t>(row)].line];
    }
    [[nodiscard]] std::optional<Row> rowOfLine(std::uint32_t line) const;
    [[nodiscard]] std::optional<Row> rowOfDifference(int by) const;
    [[nodiscard]] QString textOf(Row row, bool ofB, int limit) const;
    void paintLine(QPainter& painter, const RowCell& cell, bool ofB) const;

    Task task_;
    Found found_;
    std::vector<ShownRow> rows_;
    std::set<std::uint32_t> opened_;  ///< folds, by their first lines
    Mode mode_ = Mode::Unified;
    QString titleA_;
    QString titleB_;
    bool only_ = true;
    LatestTask<Task, Found> aligning_;
};

}  // namespace hindcast::ui
