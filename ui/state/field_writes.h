#pragma once
#include "ui/look/background.h"
#include "ui/look/row_view.h"
#include "ui/session/views.h"
#include "ui/session/watch_views.h"
#include "ui/state/change_text.h"
#include "ui/state/state_words.h"

#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// Who ever wrote a field: a line for each event that did, with its value before and after. The one that set what the field is at the
/// playhead is tinted, the one that the playhead stands upon is chosen; what was written again as it was is dimmed. Any number of
/// them: values are asked for the lines in view alone. Knows no session. GUI thread only.
class FieldWrites final : public RowView {
    Q_OBJECT
public:
    enum Column { At, Type, Values };
    using Writes = std::vector<replay::Provenance::Write>;
    explicit FieldWrites(const Theme& theme, QWidget* parent = nullptr);

    void setTypeNames(TypeNames names);
    void setHistory(std::shared_ptr<const replay::History> history);
    /// Where the playhead stands, and who wrote what as far as that is known.
    void setView(std::shared_ptr<const StateView> view);
    /// Of a watch whose pointer names an item by what it is, the runs tell who changed it; null: the provenance does.
    void setField(const QString& pointer, std::shared_ptr<const replay::WatchRuns> runs);
    void setWrites(const std::shared_ptr<const WriteRows>& rows);

    [[nodiscard]] const QString& pointer() const { return pointer_; }
    [[nodiscard]] const Writes& writes() const { return *writes_; }
    [[nodiscard]] bool isKnown() const { return known_; }  ///< who wrote it has been worked out
    [[nodiscard]] Row rowCount() const override { return static_cast<Row>(writes_->size()); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// The line of the event that set the field as it is at the playhead; kNone: there is none.
    [[nodiscard]] Row settingRow() const;

signals:
    void versionChosen(hindcast::Version version);
    void valuesWanted(const QString& pointer, const hindcast::ui::VersionRuns& runs);
    void writesChanged();  ///< others are listed, or none yet
    void closeWanted();    ///< Escape

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QColor rowTint(Row row) const override;
    [[nodiscard]] QColor currentTint(Row row) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Source {
        std::shared_ptr<const replay::Provenance> provenance;
        std::shared_ptr<const replay::Provenance> since;
        std::shared_ptr<const replay::WatchRuns> runs;
        QString pointer;
        bool operator==(const Source&) const = default;
    };
    struct OldAndNew {
        Json before;
        Json after;
    };
    [[nodiscard]] static std::shared_ptr<const Writes> gather(const Source& source);
    void update(bool anew);
    void take(std::shared_ptr<const Writes> writes);
    void follow();
    void askForValues();
    [[nodiscard]] Row lastAtOrBefore(Version version) const;
    [[nodiscard]] bool isAtPlayhead(Row row) const;
    [[nodiscard]] const replay::Provenance::Write& write(Row row) const { return (*writes_)[static_cast<std::size_t>(row)]; }
    /// What the event made of it, in words; empty: not known (yet).
    [[nodiscard]] std::optional<ChangeText> changeAt(Row row) const;

    TypeNames names_;
    std::shared_ptr<const replay::History> history_;
    std::shared_ptr<const StateView> view_;
    std::shared_ptr<const replay::WatchRuns> runs_;
    QString pointer_;
    std::shared_ptr<const Writes> writes_ = std::make_shared<const Writes>();
    Source shown_;  ///< what writes_ is of, or will be
    bool known_ = false;
    std::map<Version, OldAndNew> values_;  ///< of this field: those that came
    LatestTask<Source, std::shared_ptr<const Writes>> gathering_;
};

}  // namespace hindcast::ui
