#pragma once
#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace hindcast::ui {

/// Says how far the copying of many events has got, with a way out of it, and for a while how it ended. Not seen else.
class CopyProgress final : public QWidget {
    Q_OBJECT
public:
    explicit CopyProgress(QWidget* parent = nullptr);

    void begin(quint64 total);
    void progress(quint64 done);
    /// Goes by itself.
    void end(const QString& text);
    void abandon();  ///< nothing is said
    [[nodiscard]] bool isCopying() const { return copying_; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] QToolButton& cancelButton() { return *cancel_; }

signals:
    void cancelled();

private:
    void show(const QString& text);

    QLabel* label_;
    QToolButton* cancel_;
    QTimer hideLater_;
    QElapsedTimer clock_;
    quint64 total_ = 0;
    bool copying_ = false;
};

}  // namespace hindcast::ui
