#pragma once
#include "ui/events/events_model.h"
#include "ui/look/theme.h"
#include "ui/session/text_export.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

class ColumnChooser;
class CopyProgress;
class EventTable;

/// The event table under its title. Knows no session: bind() joins the two.
class EventsView final : public QWidget {
    Q_OBJECT
public:
    /// `theme` must outlive the widget.
    explicit EventsView(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] EventsModel& model() { return model_; }
    [[nodiscard]] EventTable& table() { return *table_; }
    [[nodiscard]] CopyProgress& copyProgress() { return *copying_; }
    /// An entity is selected and its history on the way.
    void setLoading(bool loading);
    /// The workspace holds none: there is nothing to select.
    void setNoEntities(bool none);
    /// Its row becomes the current one, where it is a reject of this history.
    void markReject(EventId id);
    /// The playhead's event is what is shown: its row is the current one again.
    void unmarkReject();
    /// Where the playhead stands comes into view.
    void revealPlayhead();
    void revealFromPlayhead();  ///< so that what comes after it is seen
    /// Types are called otherwise now.
    void namesChanged();
    /// The pointers in view, for the sheet that asked for them.
    void setFieldNames(const FieldNames& names);
    /// At the button; by header menu, button or key.
    ColumnChooser* openColumns();

    /// More rows than this are not copied at once: of a longer history the first ones, and it is said.
    static constexpr std::int64_t kCopyMost = 100'000;

signals:
    void versionChosen(hindcast::Version version);                ///< the playhead is to go there
    void rejectChosen(hindcast::EventId id);                      ///< its details are to be shown
    void copyWanted(const hindcast::ui::TextExport::Row& event);  ///< as JSON
    void copyAllWanted(const std::vector<hindcast::ui::TextExport::Row>& rows);
    void typeOnlyWanted(hindcast::TypeId type);
    void typeHiddenWanted(hindcast::TypeId type);
    void allTypesWanted();
    void columnsChosen(const hindcast::ui::EventColumns& columns);  ///< by the user: to be remembered
    void fieldNamesWanted(const std::vector<hindcast::EventId>& ids);

private:
    [[nodiscard]] QWidget* makeHeader();
    void connectTable();
    void chooseRow(qint64 row);
    void followPlayhead();
    void takeRows(qint64 top);
    void updateTitle();
    void openMenu(qint64 row, const QPoint& position);
    void openHeaderMenu(int column, const QPoint& position);
    void choose(EventColumns columns);
    void copyAll();
    [[nodiscard]] std::optional<qint64> rowOf(EventId id) const;  ///< none: it has no row now. One pass over the history

    const Theme& theme_;
    EventsModel model_;
    QLabel* about_;
    QToolButton* showAll_;
    QToolButton* columns_;
    CopyProgress* copying_;
    EventTable* table_;
    QPointer<ColumnChooser> chooser_;
    std::optional<EventId> marked_;  ///< the event at the playhead
    qint64 markedRow_ = -1;
    TypeFilter::Choice filter_;            ///< what the rows were made with
    std::optional<EventId> chosenReject_;  ///< that the user stands on, beside the playhead
    bool loading_ = false;
    bool noEntities_ = false;
};

}  // namespace hindcast::ui
