#pragma once
#include "ui/look/theme.h"

#include <QAction>
#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace hindcast::ui {

/// What is shown where no workspace is open: what one can do.
class WelcomePage final : public QWidget {
    Q_OBJECT
public:
    /// The first action is the one proposed.
    WelcomePage(const Theme& theme, const QList<QAction*>& actions, QWidget* parent = nullptr);

    void setRecent(const QStringList& paths);
    void setBusy(const QString& words);  ///< something is being opened; empty: no

signals:
    void workspaceWanted(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QGridLayout* gridOf(const QList<QAction*>& actions);

    const Theme& theme_;
    QLabel* busy_;
    QWidget* recent_;
    QVBoxLayout* recentRows_;
};

}  // namespace hindcast::ui
