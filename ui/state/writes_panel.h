#pragma once
#include "ui/state/field_writes.h"

#include <QWidget>

class QToolButton;

namespace hindcast::ui {

class ElidedLabel;

/// "Who ever wrote /balance": the list under its title, with how many there are and a way to close it. Hidden until it is wanted.
class WritesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit WritesPanel(const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] FieldWrites& list() { return *list_; }
    [[nodiscard]] QToolButton& closeButton() { return *close_; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString count() const;
    /// Its height where the user has chosen none: the title and a few lines.
    [[nodiscard]] int wantedHeight() const;

signals:
    void closeWanted();

private:
    void updateWords();

    const Theme& theme_;
    ElidedLabel* title_;
    ElidedLabel* count_;
    QToolButton* close_;
    FieldWrites* list_;
};

}  // namespace hindcast::ui
