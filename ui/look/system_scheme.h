#pragma once
#include <QObject>

#include <optional>

namespace hindcast::ui {

/// Whether the desktop prefers dark windows, as it tells on the session's bus (org.freedesktop.portal.Settings, color-scheme): GNOME
/// and others say it there and not in Qt 6.4's palette. Asks once and then listens; waits for nothing and says nothing where there is
/// no bus or no portal. GUI thread only.
class SystemScheme final : public QObject {
    Q_OBJECT
public:
    explicit SystemScheme(QObject* parent = nullptr);
    ~SystemScheme() override;

    void start();

signals:
    void told(std::optional<bool> dark);  ///< empty: no preference
};

}  // namespace hindcast::ui
