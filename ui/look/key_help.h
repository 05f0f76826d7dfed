#pragma once
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <QWidget>

namespace hindcast::ui {

/// What a widget does on keys of its own, in words, for the sheet that lists all of them. A widget that takes keys says so where it
/// takes them.
struct KeyHelp {
    QString keys;  ///< "← →", "Ctrl+C"
    QString what;
};

inline constexpr const char* kKeyHelp = "hindcastKeyHelp";

/// `title`: "In the timeline". Widgets with the same title share a group on the sheet.
inline void setKeyHelp(QWidget& widget, const QString& title, const QList<KeyHelp>& keys)
{
    QStringList flat{title};
    for (const KeyHelp& key : keys) flat << key.keys << key.what;
    widget.setProperty(kKeyHelp, flat);
}

}  // namespace hindcast::ui
