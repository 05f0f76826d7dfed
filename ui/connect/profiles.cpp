#include "ui/connect/profiles.h"

#include "core/source/kafka.h"

#include <QSettings>

#include <algorithm>

namespace hindcast::ui {

namespace {

const auto kKey = QStringLiteral("connect/profiles");
const auto kOldBrokers = QStringLiteral("connect/brokers");  // before there were profiles
constexpr std::size_t kMost = 30;
constexpr qsizetype kMostTopics = 1000;  // of one profile

// In the order of ReadChoices::From and Until.
constexpr std::array<const char*, 6> kFrom{"last-day", "last-records", "earliest", "latest", "time", "offset"};
constexpr std::array<const char*, 3> kUntil{"live", "end", "time"};

using Properties = std::map<std::string, std::string>;

/// Of those that are written down: which port is spoken to how, and as whom. A password may be another one for the same.
Properties securityOf(const Properties& properties)
{
    Properties out;
    for (const auto& [name, value] : properties) {
        if (!Profiles::mayBeWritten(name)) continue;
        const QString text = QString::fromStdString(value).trimmed();
        if (name == "security.protocol") {
            if (text.compare(QLatin1String("PLAINTEXT"), Qt::CaseInsensitive) != 0) out[name] = text.toUpper().toStdString();
        } else if (name.starts_with("sasl.") || name.starts_with("ssl.")) {
            out[name == "sasl.mechanisms" ? "sasl.mechanism" : name] = value;
        }
    }
    return out;
}

/// Its brokers, and where there is one of that name already, who signs in there or how.
QString nameOf(const QString& brokers, const Properties& properties, const std::vector<Profile>& others)
{
    const QString name = brokers.section(QLatin1Char(','), 0, 0);
    if (std::ranges::find(others, name, &Profile::name) == others.end()) return name;
    for (const char* property : {"sasl.username", "security.protocol"})
        if (const auto at = properties.find(property); at != properties.end())
            return name + QStringLiteral(" · ") + QString::fromStdString(at->second);
    return name;
}

template <typename Choice, std::size_t N>
Choice choiceOf(const std::array<const char*, N>& names, const QString& name, Choice otherwise)
{
    const auto at = std::ranges::find_if(names, [&](const char* each) { return name == QLatin1String(each); });
    return at == names.end() ? otherwise : static_cast<Choice>(at - names.begin());
}

std::optional<std::uint64_t> limitOf(const QSettings& settings, const QString& key, std::optional<std::uint64_t> otherwise)
{
    bool good = false;
    const qulonglong bytes = settings.value(key).toULongLong(&good);
    if (!good) return otherwise;
    return bytes == 0 ? std::nullopt : std::optional<std::uint64_t>(bytes);
}

ReadChoices readChoices(const QSettings& settings)
{
    ReadChoices out;
    out.topics = settings.value(QStringLiteral("topics")).toStringList();
    out.from = choiceOf(kFrom, settings.value(QStringLiteral("from")).toString(), out.from);
    out.fromValue = settings.value(QStringLiteral("fromValue")).toString();
    out.until = choiceOf(kUntil, settings.value(QStringLiteral("until")).toString(), out.until);
    out.untilValue = settings.value(QStringLiteral("untilValue")).toString();
    out.bytesPerSecond = limitOf(settings, QStringLiteral("bytesPerSecond"), out.bytesPerSecond);
    return out;
}

void writeChoices(QSettings& settings, const ReadChoices& choices)
{
    settings.setValue(QStringLiteral("topics"), choices.topics.mid(0, kMostTopics));
    settings.setValue(QStringLiteral("from"), QLatin1String(kFrom[static_cast<std::size_t>(choices.from)]));
    settings.setValue(QStringLiteral("fromValue"), choices.fromValue);
    settings.setValue(QStringLiteral("until"), QLatin1String(kUntil[static_cast<std::size_t>(choices.until)]));
    settings.setValue(QStringLiteral("untilValue"), choices.untilValue);
    settings.setValue(QStringLiteral("bytesPerSecond"), qulonglong{choices.bytesPerSecond.value_or(0)});  // 0: no limit
}

/// Each in the form of a mapping file; what cannot be read is left out.
std::map<QString, decode::Mapping> readMappings(const QSettings& settings)
{
    std::map<QString, decode::Mapping> out;
    for (const QString& text : settings.value(QStringLiteral("mappings")).toStringList()) {
        const auto json = parseJson(text.toStdString());
        if (!json) continue;
        const auto mappings = decode::mappingsFromJson(*json);
        if (!mappings) continue;
        for (const decode::Mapping& mapping : *mappings) out[QString::fromStdString(mapping.topic)] = mapping;
    }
    return out;
}

void writeMappings(QSettings& settings, const std::map<QString, decode::Mapping>& mappings)
{
    QStringList texts;
    for (const auto& [topic, mapping] : mappings)
        if (texts.size() < kMostTopics) texts << QString::fromStdString(toText(decode::toJson(mapping)));
    settings.setValue(QStringLiteral("mappings"), texts);
}

}  // namespace

Profiles::Profiles(QObject* parent) : QObject(parent) { load(); }

bool Profiles::mayBeWritten(const std::string& property) { return source::mayBeKept(property); }

Profile Profiles::at(int index) const
{
    Profile out = saved_[static_cast<std::size_t>(index)];
    if (const auto memory = memory_.find(out.name); memory != memory_.end())
        out.properties.insert(memory->second.begin(), memory->second.end());
    return out;
}

int Profiles::find(const QString& name) const
{
    const auto at = std::ranges::find(saved_, name, &Profile::name);
    return at == saved_.end() ? -1 : static_cast<int>(at - saved_.begin());
}

int Profiles::keptAs(int index, const QString& brokers, const Properties& properties) const
{
    const auto same = [&, security = securityOf(properties)](const Profile& each) {
        return each.brokers == brokers && securityOf(each.properties) == security;
    };
    if (index >= 0 && index < count() && same(saved_[static_cast<std::size_t>(index)])) return index;
    const auto at = std::ranges::find_if(saved_, same);
    return at == saved_.end() ? -1 : static_cast<int>(at - saved_.begin());
}

QString Profiles::freeName(const QString& wanted) const
{
    const QString base = wanted.trimmed().left(120);
    QString name = base;
    for (int n = 2; std::ranges::find(saved_, name, &Profile::name) != saved_.end(); ++n)
        name = QStringLiteral("%1 (%2)").arg(base).arg(n);
    return name;
}

void Profiles::remember(int index, const QString& brokers, const std::map<std::string, std::string>& properties,
                        const QString& name, const ReadChoices& choices, const std::map<QString, decode::Mapping>& mappings)
{
    Profile profile;
    profile.brokers = brokers;
    profile.choices = choices;
    profile.choices.diskLimit = ReadChoices().diskLimit;
    profile.mappings = mappings;
    std::map<std::string, std::string> kept;
    for (const auto& [key, value] : properties) (mayBeWritten(key) ? profile.properties : kept)[key] = value;
    index = keptAs(index, brokers, properties);
    if (index >= 0) {
        const Profile& before = saved_[static_cast<std::size_t>(index)];
        profile.name = before.name;
        profile.mappings.insert(before.mappings.begin(), before.mappings.end());
        saved_.erase(saved_.begin() + index);
    } else {
        profile.name = freeName(!name.trimmed().isEmpty() ? name : nameOf(brokers, properties, saved_));
    }
    memory_[profile.name] = std::move(kept);
    saved_.insert(saved_.begin(), std::move(profile));
    if (saved_.size() > kMost) saved_.resize(kMost);
    save();
    emit changed();
}

void Profiles::rename(int index, const QString& name)
{
    Profile& profile = saved_[static_cast<std::size_t>(index)];
    if (name.trimmed().isEmpty() || name.trimmed() == profile.name) return;
    const QString before = profile.name;
    profile.name = freeName(name);
    auto held = memory_.extract(before);
    if (!held.empty()) {
        held.key() = profile.name;
        memory_.insert(std::move(held));
    }
    save();
    emit changed();
}

void Profiles::remove(int index)
{
    memory_.erase(saved_[static_cast<std::size_t>(index)].name);
    saved_.erase(saved_.begin() + index);
    save();
    emit changed();
}

void Profiles::load()
{
    QSettings settings;
    const int size = settings.beginReadArray(kKey);
    for (int i = 0; i < size; ++i) {
        settings.setArrayIndex(i);
        Profile profile;
        profile.name = settings.value(QStringLiteral("name")).toString();
        profile.brokers = settings.value(QStringLiteral("brokers")).toString();
        for (const QString& each : settings.value(QStringLiteral("properties")).toStringList()) {
            const std::string name = each.section(QLatin1Char('='), 0, 0).toStdString();
            if (mayBeWritten(name)) profile.properties[name] = each.section(QLatin1Char('='), 1).toStdString();
        }
        profile.choices = readChoices(settings);
        profile.mappings = readMappings(settings);
        if (!profile.name.isEmpty()) saved_.push_back(std::move(profile));
    }
    settings.endArray();
    if (const QString old = settings.value(kOldBrokers).toString(); size == 0 && !old.isEmpty())
        saved_.push_back({old.section(QLatin1Char(','), 0, 0), old, {}, {}});
}

void Profiles::save()
{
    QSettings settings;
    settings.remove(kKey);
    settings.remove(kOldBrokers);
    settings.beginWriteArray(kKey, count());
    for (int i = 0; i < count(); ++i) {
        settings.setArrayIndex(i);
        const Profile& profile = saved_[static_cast<std::size_t>(i)];
        settings.setValue(QStringLiteral("name"), profile.name);
        settings.setValue(QStringLiteral("brokers"), profile.brokers);
        QStringList properties;  // as text, so that it can be looked at
        for (const auto& [key, value] : profile.properties)
            properties << QString::fromStdString(key) + QLatin1Char('=') + QString::fromStdString(value);
        settings.setValue(QStringLiteral("properties"), properties);
        writeChoices(settings, profile.choices);
        writeMappings(settings, profile.mappings);
    }
    settings.endArray();
}

}  // namespace hindcast::ui
