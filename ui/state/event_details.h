#pragma once
#include "ui/state/event_document.h"

#include <QTextBrowser>

class QMenu;

namespace hindcast::ui {

/// One event to read: payload, position, key, headers and where it leads. Text can be selected and copied; Ctrl+C without a
/// selection is the payload as it came.
class EventDetails final : public QTextBrowser {
    Q_OBJECT
public:
    EventDetails(const Theme& theme, bool brief, QWidget* parent = nullptr);

    void setEvent(std::shared_ptr<const EventView> event);
    void setEmptyText(const QString& text);
    /// The field of the payload at a place of the viewport; empty: none there.
    [[nodiscard]] QString pointerAt(const QPoint& position) const;
    void fillMenu(QMenu& menu, const QPoint& position);

signals:
    void entityChosen(const QString& entity);              ///< "category/id"
    void rawWanted();                                      ///< the value is better seen as bytes
    void menuFilled(QMenu* menu, const QString& pointer);  ///< for what others can do with the payload's field

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void write();
    void follow(const QUrl& link);

    const Theme& theme_;
    std::shared_ptr<const EventView> event_;
    EventDocumentOptions options_;
    JsonLayout shown_;  ///< the payload as it stands in the document
    QString emptyText_;
    bool stale_ = false;
};

}  // namespace hindcast::ui
