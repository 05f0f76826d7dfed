#include "ui/connect/topics_table.h"

#include "ui/connect/fitted_columns.h"
#include "ui/look/format.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QSet>

#include <algorithm>

namespace hindcast::ui {

QString shortCount(std::uint64_t number)
{
    if (number < 10'000) return grouped(number);
    static constexpr const char* kUnits[] = {"k", "M", "G", "T"};
    double value = static_cast<double>(number) / 1000.0;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
        value /= 1000.0;
        ++unit;
    }
    return QString::number(value, 'f', value < 99.95 ? 1 : 0) + QChar(0x2009) + QLatin1String(kUnits[unit]);
}

TopicsTable::TopicsTable(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setAccessibleName(tr("Topics"));
    fitColumns();
    connect(&theme, &Theme::changed, this, [this] { fitColumns(); });
    connect(this, &RowView::cellClicked, this, [this](qint64 row, int column, const QPoint& position) {
        if (column == Name && position.x() < cellRect(row, Name).left() + 24) toggle(row);
    });
    connect(this, &RowView::activated, this, &TopicsTable::toggle);
}

void TopicsTable::fitColumns()
{
    setColumns(fittedColumns({{tr("topic"), 200, 5, Qt::AlignLeft, false},
                              {tr("partitions"), 100, 0, Qt::AlignRight, false},
                              {tr("records"), 140, 1, Qt::AlignRight, false},
                              {tr("retention"), 150, 2, Qt::AlignLeft, false}},
                             {150, 80, 80, 90}, *this, theme()));
}

void TopicsTable::resizeEvent(QResizeEvent* event)
{
    fitColumns();
    RowView::resizeEvent(event);
}

void TopicsTable::setTopics(std::vector<source::TopicInfo> topics)
{
    const QString current = currentTopic();  // by the list that is
    setCurrentRow(kNone, false);
    shown_.clear();
    topics_ = std::move(topics);
    std::sort(topics_.begin(), topics_.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const QSet<QString> chosen(chosen_.begin(), chosen_.end());
    QStringList kept;
    for (const source::TopicInfo& topic : topics_)
        if (const QString name = QString::fromStdString(topic.name); chosen.contains(name)) kept << name;
    const bool lost = kept.size() != chosen_.size();
    chosen_ = kept;
    refilter();
    setCurrentTopic(current);
    if (lost) emit chosenChanged();
}

void TopicsTable::setFilter(const QString& text)
{
    filter_ = text.trimmed();
    refilter();
}

void TopicsTable::setInternalShown(bool shown)
{
    internalShown_ = shown;
    refilter();
}

int TopicsTable::internalCount() const { return static_cast<int>(std::ranges::count_if(topics_, &source::TopicInfo::internal)); }

void TopicsTable::refilter()
{
    const QString current = currentTopic();
    shown_.clear();
    const QSet<QString> chosen(chosen_.begin(), chosen_.end());
    for (std::size_t i = 0; i < topics_.size(); ++i) {
        const QString name = QString::fromStdString(topics_[i].name);
        const bool named =
            filter_.isEmpty() ? internalShown_ || !topics_[i].internal : name.contains(filter_, Qt::CaseInsensitive);
        if (named || chosen.contains(name)) shown_.push_back(i);
    }
    setCurrentRow(kNone, false);
    rowsChanged();
    setCurrentTopic(current);
    if (hasFocus()) standSomewhere();
}

/// Whoever has the focus sees which topic a key would choose.
void TopicsTable::standSomewhere()
{
    if (currentRow() == kNone && rowCount() > 0) setCurrentRow(topRow(), false);
}

void TopicsTable::focusInEvent(QFocusEvent* event)
{
    RowView::focusInEvent(event);
    // A click has its own row.
    if (event->reason() != Qt::MouseFocusReason) standSomewhere();
}

void TopicsTable::setCurrentTopic(const QString& name)
{
    for (Row row = 0; row < rowCount() && !name.isEmpty(); ++row)
        if (QString::fromStdString(at(row).name) == name) setCurrentRow(row, false);
}

QString TopicsTable::currentTopic() const
{
    return currentRow() == kNone ? QString() : QString::fromStdString(at(currentRow()).name);
}

bool TopicsTable::isChosen(Row row) const { return chosen_.contains(QString::fromStdString(at(row).name)); }

void TopicsTable::setChosen(const QString& topic, bool chosen)
{
    if (chosen == chosen_.contains(topic)) return;
    if (chosen)
        chosen_ << topic;
    else
        chosen_.removeAll(topic);
    chosen_.sort();
    viewport()->update();
    emit chosenChanged();
}

QStringList TopicsTable::choose(const QStringList& topics)
{
    // By sets: a profile may remember a thousand topics, and a cluster have ten thousand.
    QSet<QString> there;
    for (const source::TopicInfo& topic : topics_) there.insert(QString::fromStdString(topic.name));
    QSet<QString> chosen(chosen_.begin(), chosen_.end());
    QStringList absent;
    const auto before = chosen_.size();
    for (const QString& name : topics) {
        if (!there.contains(name)) {
            absent << name;
        } else if (!chosen.contains(name)) {
            chosen.insert(name);
            chosen_ << name;
        }
    }
    if (chosen_.size() == before) return absent;
    chosen_.sort();
    refilter();
    for (Row row = 0; row < rowCount(); ++row) {
        if (!isChosen(row)) continue;
        ensureVisible(row);
        break;
    }
    emit chosenChanged();
    return absent;
}

void TopicsTable::toggle(Row row) { setChosen(QString::fromStdString(at(row).name), !isChosen(row)); }

QStringList TopicsTable::chosen() const { return chosen_; }

std::optional<std::uint64_t> TopicsTable::chosenRecords() const
{
    std::uint64_t sum = 0;
    const QSet<QString> chosen(chosen_.begin(), chosen_.end());
    for (const source::TopicInfo& topic : topics_) {
        if (!chosen.contains(QString::fromStdString(topic.name))) continue;
        if (!topic.records) return std::nullopt;
        sum += *topic.records;
    }
    return sum;
}

QString TopicsTable::recordsText(const source::TopicInfo& topic) const
{
    if (!topic.records) return QStringLiteral("–");
    const QString count = shortCount(*topic.records);
    return topic.compacted ? QStringLiteral("≤ ") + count : count;
}

QString TopicsTable::rowText(Row row) const
{
    const source::TopicInfo& topic = at(row);
    const QString state = isChosen(row) ? tr("chosen") : tr("not chosen");
    return tr("%1, %2, %3 partitions, %4 records")
        .arg(QString::fromStdString(topic.name), state)
        .arg(topic.partitions)
        .arg(recordsText(topic));
}

QString TopicsTable::toolTipText(Row row, int column) const
{
    const source::TopicInfo& topic = at(row);
    if (column == Name) return QString::fromStdString(topic.name);
    if (column == Records && topic.records)
        return topic.compacted ? tr("at most %1: the topic is compacted").arg(grouped(*topic.records)) : grouped(*topic.records);
    if (column == Retention && !topic.retention) return tr("the broker would not say");
    return {};
}

QColor TopicsTable::rowTint(Row row) const { return isChosen(row) ? theme().color(Theme::Role::AccentSoft) : QColor(); }

/// Blue says that a topic is chosen, of the row one stands on as of the others.
QColor TopicsTable::currentTint(Row row) const
{
    return theme().color(isChosen(row) ? Theme::Role::Selection : Theme::Role::Field);
}

void TopicsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {  // never a text to be looked for
        standSomewhere();
        if (currentRow() != kNone) toggle(currentRow());
        return;
    }
    RowView::keyPressEvent(event);
}

void TopicsTable::paintCell(QPainter& painter, const RowCell& cell) const
{
    const source::TopicInfo& topic = at(cell.row);
    const QColor text = theme().color(topic.internal ? Theme::Role::TextSecondary : Theme::Role::Text);
    switch (cell.column) {
        case Name: {
            const QRectF box(cell.rect.left() + 0.5, cell.rect.center().y() - 6, 12, 12);
            const bool chosen = isChosen(cell.row);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(theme().color(chosen ? Theme::Role::Accent : Theme::Role::TextSecondary), 1));
            painter.setBrush(chosen ? theme().color(Theme::Role::Accent) : QColor(Qt::transparent));
            painter.drawRoundedRect(box, 3, 3);
            if (chosen) {
                QPainterPath tick(box.topLeft() + QPointF(2.8, 6.3));
                tick.lineTo(box.topLeft() + QPointF(5.2, 8.7));
                tick.lineTo(box.topLeft() + QPointF(9.4, 3.6));
                painter.setPen(QPen(theme().color(Theme::Role::Panel), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
                painter.setBrush(Qt::NoBrush);
                painter.drawPath(tick);
            }
            painter.setRenderHint(QPainter::Antialiasing, false);
            return paintText(painter, cell.rect.adjusted(22, 0, 0, 0), QString::fromStdString(topic.name), theme().text(), text,
                             Qt::AlignLeft, Qt::ElideMiddle);
        }
        case Partitions:
            return paintText(painter, cell.rect, grouped(static_cast<std::uint64_t>(topic.partitions)), theme().mono(), text,
                             Qt::AlignRight);
        case Records: return paintText(painter, cell.rect, recordsText(topic), theme().mono(), text, Qt::AlignRight);
        case Retention:
            return paintText(painter, cell.rect, topic.retention ? QString::fromStdString(*topic.retention) : QStringLiteral("–"),
                             theme().text(), theme().color(Theme::Role::TextSecondary));
        default: return;
    }
}

}  // namespace hindcast::ui
