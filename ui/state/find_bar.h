#pragma once
#include "ui/look/theme.h"

#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

/// Stands under a field to search by while something is looked for: which hit of how many, to the next and the one before, and
/// whether only hits are shown.
class FindBar final : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(const Theme& theme, QWidget* parent = nullptr);

    void setHits(std::size_t number, std::size_t count);  ///< `number` from 1; 0: upon none
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton& onlyHits() { return *only_; }

signals:
    void stepWanted(int direction);

private:
    QLabel* count_;
    QToolButton* previous_;
    QToolButton* next_;
    QToolButton* only_;
};

}  // namespace hindcast::ui
