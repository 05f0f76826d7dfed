#include "ui/findings/smallest_export.h"

#include "core/replay/reproducer_text.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::SmallestCase)
};

/// Empty: it is written. Else why not.
QString write(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit() ? QString() : file.errorString();
}

bool holds(const QString& path, const QByteArray& text)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.readAll() == text;
}

/// "./bank.mjs" as a module beside or above `folder` is imported.
QString moduleFrom(const QDir& folder, const QString& file)
{
    const QString relative = folder.relativeFilePath(QFileInfo(file).absoluteFilePath());
    return relative.startsWith(QLatin1String("../")) || QDir::isAbsolutePath(relative) ? relative
                                                                                       : QStringLiteral("./") + relative;
}

/// A name beside the test that is free, or holds that text already. Node takes a file for a module by its ending.
QString fileForModel(const QDir& folder, const QString& name, const QByteArray& text)
{
    QString stem = QFileInfo(name).completeBaseName().replace(QLatin1Char('/'), QLatin1Char('_'));
    if (stem.isEmpty()) stem = QStringLiteral("model");
    for (int number = 1;; ++number) {
        const QString path =
            folder.filePath(number == 1 ? stem + QStringLiteral(".mjs") : QStringLiteral("%1-%2.mjs").arg(stem).arg(number));
        if (!QFileInfo::exists(path) || holds(path, text)) return path;
    }
}

}  // namespace

Exported exportTest(const SmallestCase& found, const QString& path)
{
    const QDir folder = QFileInfo(path).absoluteDir();
    const QByteArray source = found.script->source.toUtf8();
    QString file = found.script->file;
    const bool module = file.endsWith(QLatin1String(".mjs")) || file.endsWith(QLatin1String(".js"));
    if (!module || !holds(file, source)) {
        file = fileForModel(folder, found.script->name, source);
        if (QFileInfo(file).absoluteFilePath() == QFileInfo(path).absoluteFilePath())
            return {{}, Words::tr("the model that it imports has that name: choose another one for the test")};
        if (const QString why = write(file, source); !why.isEmpty()) return {{}, Words::tr("the model beside it: %1").arg(why)};
    }
    const QString from = moduleFrom(folder, file);
    const std::string text = replay::javaScriptTest(*found.events, found.symptom, found.made, from.toStdString());
    if (const QString why = write(path, QByteArray::fromStdString(text)); !why.isEmpty()) return {{}, why};
    return {Words::tr("%1 written; it imports %2 · run it: node --test %1").arg(QFileInfo(path).fileName(), from), {}};
}

Exported exportDump(const SmallestCase& found, const QString& path)
{
    if (const QString why = write(path, QByteArray::fromStdString(found.dump)); !why.isEmpty()) return {{}, why};
    return {Words::tr("%1 written: its records can be imported").arg(QFileInfo(path).fileName()), {}};
}

}  // namespace hindcast::ui
