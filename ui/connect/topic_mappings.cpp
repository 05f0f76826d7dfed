#include "ui/connect/topic_mappings.h"

namespace hindcast::ui {

void TopicMappings::forget()
{
    topics_.clear();
    remembered_.clear();
}

void TopicMappings::forgetSamples()
{
    std::erase_if(topics_, [](const auto& each) { return !each.second.edited; });
    for (auto& [name, topic] : topics_) {
        Topic kept;
        kept.edited = std::move(topic.edited);
        topic = std::move(kept);
    }
}

const TopicMappings::Topic* TopicMappings::find(const QString& topic) const
{
    const auto at = topics_.find(topic);
    return at == topics_.end() ? nullptr : &at->second;
}

std::optional<decode::Mapping> TopicMappings::held(const QString& topic) const
{
    const decode::Mapping* found = decode::mappingFor(held_, topic.toStdString());
    if (found == nullptr) return std::nullopt;
    decode::Mapping out = *found;
    out.topic = topic.toStdString();  // it may be one for all topics of a pattern
    return out;
}

void TopicMappings::setSampled(const QString& name, const decode::Guess& guess, double meanBytes)
{
    Topic& topic = topics_[name];
    topic.sampled = true;
    topic.meanBytes = meanBytes;
    topic.failure.clear();
    topic.guess.reset();
    topic.reasons.clear();
    decode::Mapping nothing;
    nothing.topic = guess.mapping.topic;
    // An empty topic suggests nothing: to propose that would keep its first records from being looked at.
    if (meanBytes <= 0 && guess.mapping == nothing) return;
    topic.guess = guess.mapping;
    topic.guess->topic = name.toStdString();
    for (const std::string& reason : guess.reasons) topic.reasons << QString::fromStdString(reason);
}

void TopicMappings::setFailed(const QString& topic, const QString& failure) { topics_[topic].failure = failure; }

void TopicMappings::edit(const QString& name, decode::Mapping mapping)
{
    Topic& topic = topics_[name];
    mapping.topic = name.toStdString();
    topic.edited.reset();
    if (from(name) == From::FirstRecords || mapping != inForce(name)) topic.edited = std::move(mapping);
}

TopicMappings::From TopicMappings::from(const QString& name) const
{
    const Topic* topic = find(name);
    const auto mapping = held(name);
    if (topic != nullptr && topic->edited && topic->edited != mapping) return From::User;
    if (mapping) return From::Workspace;
    if (remembered_.contains(name)) return From::Profile;
    return topic != nullptr && topic->guess ? From::Samples : From::FirstRecords;
}

decode::Mapping TopicMappings::inForce(const QString& name) const
{
    switch (from(name)) {
        case From::User: return *find(name)->edited;
        case From::Workspace: return *held(name);
        case From::Profile: return remembered_.at(name);
        case From::Samples: return *find(name)->guess;
        case From::FirstRecords: break;
    }
    decode::Mapping none;
    none.topic = name.toStdString();
    return none;
}

bool TopicMappings::decodesAnew(const QString& topic) const { return from(topic) == From::User && held(topic).has_value(); }

std::optional<decode::Mapping> TopicMappings::guess(const QString& name) const
{
    const Topic* topic = find(name);
    return topic == nullptr ? std::nullopt : topic->guess;
}

QStringList TopicMappings::reasons(const QString& topic) const
{
    return from(topic) == From::Samples ? find(topic)->reasons : QStringList();
}

bool TopicMappings::isSampled(const QString& name) const
{
    const Topic* topic = find(name);
    return topic != nullptr && topic->sampled;
}

QString TopicMappings::failure(const QString& name) const
{
    const Topic* topic = find(name);
    return topic == nullptr ? QString() : topic->failure;
}

std::map<QString, double> TopicMappings::meanBytes() const
{
    std::map<QString, double> out;
    for (const auto& [name, topic] : topics_) out[name] = topic.meanBytes;
    return out;
}

std::map<QString, decode::Mapping> TopicMappings::edited() const
{
    std::map<QString, decode::Mapping> out;
    for (const auto& [name, topic] : topics_)
        if (topic.edited) out[name] = *topic.edited;
    return out;
}

std::map<QString, decode::Mapping> TopicMappings::corrected(const QStringList& topics) const
{
    std::map<QString, decode::Mapping> out;
    for (const QString& name : topics)
        if (from(name) == From::User) out[name] = inForce(name);
    return out;
}

void TopicMappings::setEdited(const std::map<QString, decode::Mapping>& mappings)
{
    for (const auto& [name, mapping] : mappings) topics_[name].edited = mapping;
}

void TopicMappings::tell(const QStringList& topics, ingest::Options& options) const
{
    for (const QString& name : topics) {
        const From place = from(name);
        if (place == From::User) options.mappings.push_back(inForce(name));
        if (place == From::Samples || place == From::Profile) options.proposals.push_back(inForce(name));
    }
}

}  // namespace hindcast::ui
