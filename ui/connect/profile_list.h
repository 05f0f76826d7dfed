#pragma once
#include "ui/connect/profiles.h"
#include "ui/look/row_view.h"

#include <QWidget>

class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace hindcast::ui {

/// The rows of ProfileList.
class ProfileRows final : public RowView {
    Q_OBJECT
public:
    ProfileRows(const Theme& theme, Profiles& profiles, QWidget* parent = nullptr);
    [[nodiscard]] Row rowCount() const override { return profiles_.count(); }
    [[nodiscard]] QString rowText(Row row) const override;
    /// A field in the row's place: Enter takes the name, Escape leaves it.
    void beginRename(Row row);

signals:
    void removeWanted(qint64 row);

protected:
    void paintCell(QPainter& painter, const RowCell& cell) const override;
    [[nodiscard]] QString toolTipText(Row row, int column) const override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void endRename(bool take);

    Profiles& profiles_;
    QLineEdit* rename_;
    Row renaming_ = kNone;
};

/// Recent connections by name and brokers, a new one, or one from a client.properties file. F2 renames, Delete removes.
class ProfileList final : public QWidget {
    Q_OBJECT
public:
    /// Both must outlive the list.
    ProfileList(const Theme& theme, Profiles& profiles, QWidget* parent = nullptr);

    void setCurrent(int index);  ///< -1: a new one
    /// A column beside the rest, or a strip above it: as high as a few profiles, and only a line where there are none.
    void setAbove(bool above);
    [[nodiscard]] int current() const;
    [[nodiscard]] ProfileRows& rows() { return *rows_; }
    [[nodiscard]] QPushButton& newButton() { return *new_; }
    [[nodiscard]] QPushButton& importButton() { return *import_; }

signals:
    void chosen(int index);  ///< by the user; -1: a new one
    void importWanted();

private:
    void remove(qint64 row);
    void openMenu(qint64 row, const QPoint& position);
    void arrange();

    const Theme& theme_;
    Profiles& profiles_;
    ProfileRows* rows_;
    QPushButton* new_;
    QPushButton* import_;
    QHBoxLayout* headerRow_;
    QVBoxLayout* foot_;
    bool above_ = false;
};

}  // namespace hindcast::ui
