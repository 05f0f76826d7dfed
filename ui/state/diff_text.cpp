#include "ui/state/diff_text.h"

#include "ui/state/copying.h"
#include "ui/state/unified_text.h"

#include <QSaveFile>

namespace hindcast::ui {

QString diffText(const ComparisonView& view, DiffFormat format, const QString& nameA, const QString& nameB,
                 const std::string& itemKey)
{
    switch (format) {
        case DiffFormat::Patch: return patchText(view.changes);
        case DiffFormat::Markdown: return markdownText(view.shown(), nameA, nameB);
        case DiffFormat::Unified: break;
    }
    return QString::fromStdString(
        unifiedText(view.document(0), view.document(1), nameA.toStdString(), nameB.toStdString(), itemKey));
}

DiffFormat diffFormatOf(const QString& path)
{
    if (path.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) return DiffFormat::Patch;
    return path.endsWith(QStringLiteral(".md"), Qt::CaseInsensitive) ? DiffFormat::Markdown : DiffFormat::Unified;
}

QString writeDiff(const QString& path, const QString& text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return file.errorString();
    const QByteArray bytes = text.toUtf8();
    if (file.write(bytes) != bytes.size() || !file.commit()) return file.errorString();
    return {};
}

}  // namespace hindcast::ui
