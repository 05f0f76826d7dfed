#include "ui/models/ready_made.h"

#include <QDir>
#include <QFile>

#include <algorithm>

// Q_INIT_RESOURCE declares a function of the global namespace: a static library's resources are linked in only when asked for.
static void initModelResources() { Q_INIT_RESOURCE(ready_made_models); }

namespace hindcast::ui {

namespace {

QString titleOf(const QString& source, const QString& name)
{
    QString line = source.left(source.indexOf(QLatin1Char('\n'))).trimmed();
    if (!line.startsWith(QLatin1String("//"))) return name;
    line = line.mid(2).trimmed();
    // A sentence that goes on: its beginning is the title.
    for (const char* end : {". ", ": ", "; "})
        if (const qsizetype at = line.indexOf(QLatin1String(end)); at > 0) line.truncate(at);
    while (line.endsWith(QLatin1Char('.')) || line.endsWith(QLatin1Char(':'))) line.chop(1);
    constexpr int kLongest = 60;
    if (line.size() > kLongest) line = line.left(kLongest).trimmed() + QChar(0x2026);
    return line.isEmpty() ? name : line;
}

}  // namespace

QList<ReadyMade> readyMade()
{
    initModelResources();
    QList<ReadyMade> all;
    const QDir folder(QStringLiteral(":/hindcast/models"));
    for (const QString& name : folder.entryList({QStringLiteral("*.mjs"), QStringLiteral("*.js")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QString source = QString::fromUtf8(file.readAll());
        all << ReadyMade{name, titleOf(source, name), source};
    }
    const auto empty = [](const ReadyMade& one) { return one.name.startsWith(QLatin1String("empty.")); };
    std::sort(all.begin(), all.end(), [&](const ReadyMade& a, const ReadyMade& b) {
        return empty(a) != empty(b) ? empty(a) : QString::localeAwareCompare(a.title, b.title) < 0;
    });
    return all;
}

}  // namespace hindcast::ui
