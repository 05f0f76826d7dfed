#pragma once
#include "ui/session/over_all_views.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <set>
#include <tuple>
#include <vector>

namespace hindcast::ui {

/// The findings of an audit in groups by their cause, as lines: a group's head, and beneath it its findings where it is unfolded.
/// Takes plain values; knows no session. GUI thread only.
class FindingsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Entity, Version, Event, What, Time, kColumns };
    static constexpr std::size_t kFew = 8;  ///< findings of a group that is shown unfolded at first

    explicit FindingsModel(QObject* parent = nullptr);

    void setView(std::shared_ptr<const FindingsView> view);  ///< null: not known
    [[nodiscard]] const std::shared_ptr<const FindingsView>& view() const { return view_; }

    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(lines_.size()); }
    [[nodiscard]] bool isHead(std::int64_t line) const { return at(line).row < 0; }
    [[nodiscard]] std::int64_t headOf(std::int64_t line) const;  ///< the line of its group's head
    [[nodiscard]] const FindingGroupView& group(std::int64_t line) const { return view_->groups[at(line).group]; }
    /// REQUIRES: !isHead(line).
    [[nodiscard]] const FindingRow& finding(std::int64_t line) const;
    [[nodiscard]] bool isUnfolded(std::int64_t line) const;
    void setUnfolded(std::int64_t line, bool unfolded);
    [[nodiscard]] QString headText(std::int64_t line) const;  ///< "never below zero · after FeeCharged ×3 · 3 entities"

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void linesChanged();

private:
    struct Line {
        std::uint32_t group = 0;
        std::int32_t row = -1;  ///< of the group; -1: its head
    };
    using Key = std::tuple<audit::Finding::Kind, QString, QString>;
    [[nodiscard]] static Key keyOf(const FindingGroupView& group) { return {group.kind, group.subject, group.cause}; }
    [[nodiscard]] bool isUnfolded(const FindingGroupView& group) const;
    [[nodiscard]] const Line& at(std::int64_t line) const { return lines_[static_cast<std::size_t>(line)]; }
    void arrange();

    std::shared_ptr<const FindingsView> view_;
    std::vector<Line> lines_;
    std::set<Key> unfolded_, folded_;  ///< by the user
};

}  // namespace hindcast::ui
