#pragma once
#include "ui/look/key_help.h"
#include "ui/look/theme.h"

#include <QDialog>

class QGridLayout;
class QLineEdit;
class QMenuBar;
class QScrollArea;

namespace hindcast::ui {

struct KeyGroup {
    QString title;
    QList<KeyHelp> keys;
};

/// All keys of a window: of the actions in its menus, as they are now, then those that its widgets say they take (key_help.h).
[[nodiscard]] QList<KeyGroup> keyGroups(const QMenuBar& bar, const QWidget& window);

/// The sheet that `?` opens: all keys in columns, with a field to find one. Closed by Escape.
class KeyboardSheet final : public QDialog {
    Q_OBJECT
public:
    /// `theme` must outlive the dialog.
    KeyboardSheet(const Theme& theme, QList<KeyGroup> groups, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& searchField() { return *search_; }
    [[nodiscard]] QString text() const;  ///< what is shown, a line a key
    [[nodiscard]] const QScrollArea& area() const { return *area_; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void fill();
    [[nodiscard]] QList<KeyGroup> found() const;
    [[nodiscard]] QString rowsOf(const KeyGroup& group, int above) const;

    const Theme& theme_;
    QList<KeyGroup> groups_;
    QLineEdit* search_;
    QWidget* page_;
    QGridLayout* grid_;
    QScrollArea* area_ = nullptr;
    int columns_ = 3;
    bool tight_ = false;  ///< rows stand closer: there is no room for all otherwise
};

}  // namespace hindcast::ui
