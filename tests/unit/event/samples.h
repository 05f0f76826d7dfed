#pragma once
#include "core/event/json.h"

#include <QDir>
#include <QFile>
#include <QString>
#include <QTest>

#include <string>

namespace hindcast::test {

/// A folder of the sample collection, which lies beside the project where there is one.
inline QDir samples(const char* folder)
{
    return QDir(QStringLiteral(HINDCAST_SAMPLES) + QLatin1Char('/') + QLatin1String(folder));
}

inline std::string readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// A document from text that the test itself wrote; a fatal failure where it is none.
inline Json json(std::string_view text)
{
    auto parsed = parseJson(text);
    if (!parsed) qFatal("not JSON: %s: %s", std::string(text).c_str(), parsed.error().message.c_str());
    return std::move(*parsed);
}

inline const Json& member(const Json& object, const char* name)
{
    return object.get_ref<const Json::object_t&>().at(std::string_view(name));
}
inline bool has(const Json& object, const char* name)
{
    return object.get_ref<const Json::object_t&>().count(std::string_view(name)) > 0;
}

}  // namespace hindcast::test

#define SKIP_WITHOUT(folder) \
    if (!(folder).exists()) QSKIP("the sample folder is not there")
