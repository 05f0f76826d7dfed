#pragma once
#include "ui/events/event_columns.h"
#include "ui/look/theme.h"
#include "ui/session/payload_fields.h"

#include <QFrame>

class QLabel;
class QLineEdit;

namespace hindcast::ui {

class ColumnList;

/// A small sheet to choose the event table's columns in: what is ticked takes effect at once. Goes when one clicks beside it.
class ColumnChooser final : public QFrame {
    Q_OBJECT
public:
    /// `theme` must outlive the sheet. Deletes itself when it is closed.
    ColumnChooser(const EventColumns& columns, const Theme& theme, QWidget* parent);

    [[nodiscard]] ColumnList& list() { return *list_; }
    [[nodiscard]] QLineEdit& field() { return *field_; }
    /// The pointers in view, when they are known.
    void setNames(const FieldNames& names);

signals:
    void chosen(const hindcast::ui::EventColumns& columns);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void enter();
    void say(const QString& text);
    void sayFull();

    const Theme& theme_;
    ColumnList* list_;
    QLineEdit* field_;
    QLabel* note_;
};

}  // namespace hindcast::ui
