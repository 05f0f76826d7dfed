#pragma once
#include "ui/events/events_model.h"
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;

namespace hindcast::ui {

class EventTable;

/// The event table under its title. Knows no session: bind() joins the two.
class EventsView final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the widget.
    explicit EventsView(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] EventsModel& model() { return model_; }
    [[nodiscard]] EventTable& table() { return *table_; }
    /// An entity is selected and its history on the way.
    void setLoading(bool loading);

signals:
    void versionChosen(hindcast::Version version);  ///< the playhead is to go there
    void rejectChosen(hindcast::EventId id);        ///< its details are to be shown
    void copyWanted(hindcast::EventId id);          ///< the event as JSON

private:
    void chooseRow(qint64 row);
    void followPlayhead();
    void takeRows();
    void updateTitle();
    void openMenu(qint64 row, const QPoint& position);

    const Theme& theme_;
    EventsModel model_;
    QLabel* about_;
    EventTable* table_;
    std::optional<EventId> marked_;  ///< the event at the playhead
    qint64 markedRow_ = -1;
    bool loading_ = false;
};

}  // namespace hindcast::ui
