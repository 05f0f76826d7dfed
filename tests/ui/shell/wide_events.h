#pragma once
#include <QFile>
#include <QString>
#include <QTextStream>

namespace hindcast::ui::test {

/// As writeEvents(), with a state of many fields; the users act in turn, the other way round from the 101st round on, so that another one is the most recent.
inline void writeWideEvents(const QString& path, int users, int count)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) qFatal("cannot write the test's events");
    QTextStream out(&file);
    for (int i = 0; i < count; ++i) {
        for (int turn = 0; turn < users; ++turn) {
            const int user = i < 100 ? turn : users - 1 - turn;
            out << R"({"user_id":"user-)" << user << R"(","event_type":"Changed","timestamp":"2025-11-04T)"
                << QStringLiteral("%1:%2:%3Z")
                       .arg(i / 60, 2, 10, QLatin1Char('0'))
                       .arg(i % 60, 2, 10, QLatin1Char('0'))
                       .arg(turn % 60, 2, 10, QLatin1Char('0'))
                << '"';
            for (int field = 0; field < 60; ++field) out << R"(,"field_)" << field << R"(":)" << i + field;
            out << "}\n";
        }
    }
}

}  // namespace hindcast::ui::test
