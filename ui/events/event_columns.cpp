#include "ui/events/event_columns.h"

#include "core/event/pointer.h"

#include <QSettings>
#include <QStringList>
#include <QVariantMap>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr const char* kKeys[] = {"number", "time", "type", "changed", "place"};

QString groupOf(const QString& category)
{
    // A category may hold any character; a settings group must not hold a slash.
    return QStringLiteral("events/columns/") + QString::fromLatin1(category.toUtf8().toPercentEncoding());
}

}  // namespace

std::string EventColumns::key(Kind kind) { return kind < kStandard ? kKeys[kind] : ""; }

int EventColumns::count() const
{
    return static_cast<int>(std::count(shown.begin(), shown.end(), true)) + static_cast<int>(pointers.size());
}

EventColumns loadColumns(const QString& category)
{
    EventColumns columns;
    QSettings settings;
    settings.beginGroup(groupOf(category));
    const QStringList hidden = settings.value(QStringLiteral("hidden")).toStringList();
    for (const EventColumns::Kind kind : EventColumns::kAll)
        columns.shown[kind] = !hidden.contains(QString::fromLatin1(kKeys[kind]));
    for (const QString& text : settings.value(QStringLiteral("pointers")).toStringList()) {
        const std::string pointer = text.toStdString();
        const bool known = std::find(columns.pointers.begin(), columns.pointers.end(), pointer) != columns.pointers.end();
        if (Pointer::parse(pointer) && !known && columns.pointers.size() < EventColumns::kMostPointers)
            columns.pointers.push_back(pointer);
    }
    const QVariantMap widths = settings.value(QStringLiteral("widths")).toMap();
    for (auto it = widths.begin(); it != widths.end(); ++it)
        if (const int width = it.value().toInt(); width > 0) columns.widths[it.key().toStdString()] = std::min(width, 4000);
    return columns.count() == 0 ? EventColumns{} : columns;
}

void saveColumns(const QString& category, const EventColumns& columns)
{
    QSettings settings;
    if (columns.isDefault()) return settings.remove(groupOf(category));
    settings.beginGroup(groupOf(category));
    QStringList hidden;
    for (const EventColumns::Kind kind : EventColumns::kAll)
        if (!columns.shown[kind]) hidden << QString::fromLatin1(kKeys[kind]);
    QStringList pointers;
    for (const std::string& pointer : columns.pointers) pointers << QString::fromStdString(pointer);
    QVariantMap widths;
    for (const auto& [key, width] : columns.widths) widths[QString::fromStdString(key)] = width;
    settings.setValue(QStringLiteral("hidden"), hidden);
    settings.setValue(QStringLiteral("pointers"), pointers);
    settings.setValue(QStringLiteral("widths"), widths);
}

std::vector<QString> columnTitles(const std::vector<std::string>& pointers)
{
    std::vector<QString> titles;
    for (const std::string& text : pointers) {
        const auto pointer = Pointer::parse(text);
        titles.push_back(pointer && !pointer->isRoot() ? QString::fromStdString(pointer->tokens().back())
                                                       : QString::fromStdString(text));
    }
    std::vector<QString> out = titles;
    for (std::size_t i = 0; i < titles.size(); ++i)
        if (titles[i].isEmpty() || std::count(titles.begin(), titles.end(), titles[i]) > 1)
            out[i] = QString::fromStdString(pointers[i]);
    return out;
}

}  // namespace hindcast::ui
