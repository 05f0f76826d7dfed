#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QMenu;
class QToolButton;

namespace hindcast::ui {

class HexView;

/// The bytes of one event as they came: its value, its key, each of its headers; to look at, to copy, to save.
class RawPage final : public QWidget {
    Q_OBJECT
public:
    explicit RawPage(const Theme& theme, QWidget* parent = nullptr);

    void setEvent(std::shared_ptr<const EventView> event);

    [[nodiscard]] HexView& bytes() { return *hex_; }
    [[nodiscard]] QComboBox& part() { return *part_; }
    [[nodiscard]] QMenu& copyMenu() { return *copy_; }
    /// Writes the bytes that are shown; saved() or failed(). It is said below them.
    void save(const QString& path);
    [[nodiscard]] QString said() const;  ///< what is said below them for a while; empty: nothing

signals:
    void saved(const QString& path);
    void failed(const QString& what, const QString& why, const QString& hint);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void askSave();
    void write(std::shared_ptr<const std::string> bytes, const QString& path);
    void say(const QString& text);
    void copyAs(QString (*write)(const std::string& bytes));
    /// The bytes that are chosen, sharing the event's; null: there are none.
    [[nodiscard]] std::shared_ptr<const std::string> chosen() const;

    std::shared_ptr<const EventView> event_;
    QComboBox* part_;
    QMenu* copy_;
    QToolButton* copyButton_;
    QToolButton* saveButton_;
    HexView* hex_;
    QLabel* said_;
    QTimer sayNoMore_;
    bool stale_ = false;
};

}  // namespace hindcast::ui
