#pragma once
#include "core/source/kafka.h"
#include "ui/look/row_view.h"

#include <QStringList>

#include <vector>

namespace hindcast::ui {

/// "48.2 M", "1.9 k", "310": three digits at most.
[[nodiscard]] QString shortCount(std::uint64_t number);

/// The topics of a cluster, to be chosen by check marks.
class TopicsTable final : public RowView {
    Q_OBJECT
public:
    enum Column { Name, Partitions, Records, Retention };
    explicit TopicsTable(const Theme& theme, QWidget* parent = nullptr);

    /// Keeps what was chosen, as far as it is still there.
    void setTopics(std::vector<source::TopicInfo> topics);
    /// Internal topics are listed only where the filter names them, or where they are wanted.
    void setFilter(const QString& text);
    void setInternalShown(bool shown);
    void setChosen(const QString& topic, bool chosen);
    /// Chooses those of them that are there, beside what is chosen; brings the first into view. Returns those that are not there.
    QStringList choose(const QStringList& topics);
    [[nodiscard]] QStringList chosen() const;  ///< by name
    [[nodiscard]] int total() const { return static_cast<int>(topics_.size()); }
    [[nodiscard]] int internalCount() const;
    [[nodiscard]] bool isInternalShown() const { return internalShown_; }
    /// Records of the chosen topics; empty where one of them is not known.
    [[nodiscard]] std::optional<std::uint64_t> chosenRecords() const;
    [[nodiscard]] QString currentTopic() const;

    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(shown_.size()); }
    [[nodiscard]] QString rowText(Row row) const override;

signals:
    void chosenChanged();

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    void resizeEvent(QResizeEvent* event) override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QColor currentTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] const source::TopicInfo& at(Row row) const { return topics_[shown_[static_cast<std::size_t>(row)]]; }
    [[nodiscard]] bool isChosen(Row row) const;
    [[nodiscard]] QString recordsText(const source::TopicInfo& topic) const;
    void toggle(Row row);
    void refilter();
    void fitColumns();
    void setCurrentTopic(const QString& name);
    void standSomewhere();

    std::vector<source::TopicInfo> topics_;  ///< by name
    std::vector<std::size_t> shown_;
    QStringList chosen_;
    QString filter_;
    bool internalShown_ = false;
};

}  // namespace hindcast::ui
