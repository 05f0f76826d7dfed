#include "ui/findings/found_table.h"

#include "ui/look/format.h"
#include "ui/look/shown_zone.h"

#include <QFontMetrics>

namespace hindcast::ui {

void FoundTable::keepColumns()
{
    updateColumns();
    connect(&theme(), &Theme::changed, this, [this] { updateColumns(); });
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, [this] { updateColumns(); });
}

RowColumn FoundTable::timeColumn(const QString& title) const
{
    RowColumn column;
    column.title = title.arg(zoneName(Timestamp::now()));
    column.width = QFontMetrics(theme().mono()).horizontalAdvance(shortTimeText(Timestamp{1'000'000})) + 24;
    column.key = "time";
    return column;
}

void FoundTable::takeRows(Row current)
{
    rowsChanged();
    setCurrentRow(current, false);
}

QString FoundTable::entityTip(const EntityKey& key, const std::string& partial)
{
    const QString name = QString::fromStdString(key.text());
    return partial.empty() ? name : tr("%1: a partial life, %2").arg(name, QString::fromStdString(partial));
}

QString FoundTable::partialText(const std::string& partial)
{
    return tr("partial life: %1").arg(QString::fromStdString(partial));
}

void FoundTable::paintEntity(QPainter& painter, const QRect& rect, const QString& name, const std::string& partial) const
{
    paintText(painter, rect, partial.empty() ? name : name + QStringLiteral(" ◌"), theme().text(),
              theme().color(Theme::Role::Text), Qt::AlignLeft, Qt::ElideMiddle);
}

QString FoundTable::versionTip(Version version, Version of)
{
    return tr("version %1 of %2").arg(grouped(version.value), grouped(of.value));
}

}  // namespace hindcast::ui
