#include "ui/session/saved_view.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

namespace hindcast::ui {

namespace {

QString groupOf(const QString& workspacePath)
{
    const QFileInfo file(workspacePath);
    const QString canonical = file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
    return QStringLiteral("workspace/") +
           QString::fromLatin1(QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha1).toHex().left(16));
}

constexpr std::array kMarks{"markA", "markB"};

/// The instant in ns, and the event that it was set upon, where it was: "1762247662118000000 52776558133248".
QString textOf(const Marks::Mark& mark)
{
    const QString time = QString::number(mark.time.ns);
    return mark.event ? time + QLatin1Char(' ') + QString::number(mark.event->packed) : time;
}

std::optional<Marks::Mark> markFrom(const QString& text)
{
    bool isTime = false;
    Marks::Mark mark{Timestamp{text.section(QLatin1Char(' '), 0, 0).toLongLong(&isTime)}, std::nullopt};
    if (!isTime) return {};
    bool isEvent = false;
    const auto event = text.section(QLatin1Char(' '), 1).toULongLong(&isEvent);
    if (isEvent) mark.event = EventId{event};
    return mark;
}

}  // namespace

std::optional<SavedView> loadSavedView(const QString& workspacePath)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    if (!settings.contains(QStringLiteral("entity"))) return {};
    SavedView view;
    view.entity = settings.value(QStringLiteral("entity")).toString();
    if (const QVariant event = settings.value(QStringLiteral("event")); event.isValid())
        view.event = EventId{event.toULongLong()};
    view.time = Timestamp{settings.value(QStringLiteral("time")).toLongLong()};
    view.from = Timestamp{settings.value(QStringLiteral("from")).toLongLong()};
    view.to = Timestamp{settings.value(QStringLiteral("to")).toLongLong()};
    // An entity, and the name of its branch.
    const QStringList branches = settings.value(QStringLiteral("branches")).toStringList();
    for (qsizetype i = 0; i + 1 < branches.size() && view.branches.size() < SavedView::kMostBranches; i += 2)
        view.branches.emplace(branches[i].toStdString(), branches[i + 1].toStdString());
    for (std::size_t i = 0; i < kMarks.size(); ++i) view.marks[i] = markFrom(settings.value(QLatin1String(kMarks[i])).toString());
    // "3 OrderPlaced"
    for (const QString& color : settings.value(QStringLiteral("colors")).toStringList()) {
        bool isNumber = false;
        const int number = color.section(QLatin1Char(' '), 0, 0).toInt(&isNumber);
        if (isNumber) view.colors.emplace(color.section(QLatin1Char(' '), 1).toStdString(), number);
    }
    return view;
}

namespace {

void saveView(const QString& workspacePath, const SavedView& view)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    settings.setValue(QStringLiteral("entity"), view.entity);
    if (view.event)
        settings.setValue(QStringLiteral("event"), QVariant::fromValue<qulonglong>(view.event->packed));
    else
        settings.remove(QStringLiteral("event"));
    settings.setValue(QStringLiteral("time"), QVariant::fromValue<qlonglong>(view.time.ns));
    settings.setValue(QStringLiteral("from"), QVariant::fromValue<qlonglong>(view.from.ns));
    settings.setValue(QStringLiteral("to"), QVariant::fromValue<qlonglong>(view.to.ns));
    QStringList branches;
    for (const auto& [entity, name] : view.branches) branches << QString::fromStdString(entity) << QString::fromStdString(name);
    settings.setValue(QStringLiteral("branches"), branches);
    for (std::size_t i = 0; i < kMarks.size(); ++i) {
        if (view.marks[i])
            settings.setValue(QLatin1String(kMarks[i]), textOf(*view.marks[i]));
        else
            settings.remove(QLatin1String(kMarks[i]));
    }
    QStringList colors;
    for (const auto& [type, color] : view.colors)
        colors << QStringLiteral("%1 %2").arg(QString::number(color), QString::fromStdString(type));
    settings.setValue(QStringLiteral("colors"), colors);
}

void savePins(const QString& workspacePath, const QStringList& names)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    settings.setValue(QStringLiteral("pins"), names);
}

void saveWatches(const QString& workspacePath, const Watches::All& watches)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    settings.setValue(QStringLiteral("watches"), QString::fromStdString(toText(watchesToJson(watches))));
}

}  // namespace

std::optional<QStringList> loadSavedPins(const QString& workspacePath)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    if (!settings.contains(QStringLiteral("pins"))) return {};
    return settings.value(QStringLiteral("pins")).toStringList();
}

std::optional<Watches::All> loadSavedWatches(const QString& workspacePath)
{
    QSettings settings;
    settings.beginGroup(groupOf(workspacePath));
    const QVariant saved = settings.value(QStringLiteral("watches"));
    if (!saved.isValid()) return {};
    const auto document = parseJson(saved.toString().toStdString());
    return watchesFromJson(document ? std::optional(*document) : std::nullopt);
}

void ToSave::view(const QString& workspacePath, const SavedView& view)
{
    const std::scoped_lock lock(mutex_);
    views_.insert_or_assign(workspacePath, view);
}

void ToSave::pins(const QString& workspacePath, const QStringList& names)
{
    const std::scoped_lock lock(mutex_);
    pins_.insert_or_assign(workspacePath, names);
}

void ToSave::watches(const QString& workspacePath, const Watches::All& watches)
{
    const std::scoped_lock lock(mutex_);
    watches_.insert_or_assign(workspacePath, watches);
}

void ToSave::write()
{
    std::map<QString, SavedView> views;
    std::map<QString, QStringList> pins;
    std::map<QString, Watches::All> watches;
    {
        const std::scoped_lock lock(mutex_);
        views.swap(views_);
        pins.swap(pins_);
        watches.swap(watches_);
    }
    for (const auto& [path, view] : views) saveView(path, view);
    for (const auto& [path, names] : pins) savePins(path, names);
    for (const auto& [path, all] : watches) saveWatches(path, all);
}

}  // namespace hindcast::ui
