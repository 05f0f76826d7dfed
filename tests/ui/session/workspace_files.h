#pragma once
#include "core/decode/mapping.h"

#include <QDateTime>
#include <QFile>
#include <QString>
#include <QTextStream>

#include <vector>

namespace hindcast::ui::test {

/// A JSON lines file with `count` events of each of `users` users, a minute apart, in turn: UserRegistered, then AddressChanged with
/// a new address each time. The first event of the file is number `from` of each life.
inline void writeEvents(const QString& path, int users, int count, int from = 0)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("cannot write the test's events");
    QTextStream out(&file);
    for (int i = from; i < from + count; ++i) {
        for (int user = 0; user < users; ++user) {
            const QString time = QStringLiteral("2025-11-04T%1:%2:%3Z")
                                     .arg(i / 60, 2, 10, QLatin1Char('0'))
                                     .arg(i % 60, 2, 10, QLatin1Char('0'))
                                     .arg(user % 60, 2, 10, QLatin1Char('0'));
            out << R"({"user_id":"user-)" << user << R"(","timestamp":")" << time << R"(",)";
            if (i == 0)
                out << R"("event_type":"UserRegistered","name":"Alice )" << user << "\"}\n";
            else
                out << R"("event_type":"AddressChanged","address":")" << i << " Main St\"}\n";
        }
    }
}

/// Two users whose address changes each minute, for as many minutes.
inline void writeMinutes(const QString& path, int minutes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the test's events");
    QTextStream out(&file);
    const QDateTime start(QDate(2025, 1, 1), QTime(0, 0), Qt::UTC);
    for (int i = 0; i < minutes; ++i)
        for (int user = 0; user < 2; ++user)
            out << R"({"user_id":"user-)" << user << R"(","timestamp":")"
                << start.addSecs(60 * std::int64_t{i}).toString(Qt::ISODate) << R"(","event_type":"AddressChanged","address":")"
                << i << " Main St\"}\n";
}

/// What stands at that place of a record's value.
inline decode::FieldSource fromValue(const char* pointer)
{
    decode::FieldSource source;
    source.from = decode::FieldSource::From::Value;
    source.at = *Pointer::parse(pointer);
    return source;
}

/// How such a file becomes events.
inline decode::Mapping eventsMapping(const std::string& topic)
{
    decode::FieldSource user;
    user.from = decode::FieldSource::From::Const;
    user.constant = "user";
    decode::Mapping mapping;
    mapping.topic = topic;
    mapping.entities.push_back({user, {fromValue("/user_id")}});
    mapping.type = fromValue("/event_type");
    mapping.time = decode::TimeRule{fromValue("/timestamp"), TimeUnit::Auto, 0};
    return mapping;
}

}  // namespace hindcast::ui::test
