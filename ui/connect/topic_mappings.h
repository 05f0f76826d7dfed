#pragma once
#include "core/decode/guess.h"
#include "core/ingest/ingest.h"

#include <QString>
#include <QStringList>

#include <map>
#include <optional>
#include <vector>

namespace hindcast::ui {

/// What is known of the topics that were looked at, and the one answer to which mapping their records will in truth be read with: the
/// user's own, else the one the workspace holds, else what samples suggest, else what the first records will.
class TopicMappings {
public:
    enum class From { FirstRecords, Samples, Profile, Workspace, User };

    void forget();         ///< everything but what the workspace holds
    void forgetSamples();  ///< they are to be read anew; what the user wrote stays
    void setHeld(std::vector<decode::Mapping> held) { held_ = std::move(held); }  ///< by the workspace that is to be read into

    /// As the user corrected them when the same cluster was read before, by topic: they go before what samples suggest.
    void setRemembered(std::map<QString, decode::Mapping> mappings) { remembered_ = std::move(mappings); }

    void setSampled(const QString& topic, const decode::Guess& guess, double meanBytes);
    void setFailed(const QString& topic, const QString& failure);
    void setAsked(const QString& topic) { topics_[topic].failure.clear(); }  ///< its samples are being read
    /// By the user; one that is the same as without that is none.
    void edit(const QString& topic, decode::Mapping mapping);

    [[nodiscard]] From from(const QString& topic) const;
    /// Names the topic; of FirstRecords nothing else.
    [[nodiscard]] decode::Mapping inForce(const QString& topic) const;
    /// What the workspace holds of it will be decoded anew.
    [[nodiscard]] bool decodesAnew(const QString& topic) const;
    [[nodiscard]] std::optional<decode::Mapping> guess(const QString& topic) const;  ///< what its samples suggest
    [[nodiscard]] QStringList reasons(const QString& topic) const;                   ///< of a guess that is in force
    [[nodiscard]] bool isSampled(const QString& topic) const;
    [[nodiscard]] QString failure(const QString& topic) const;  ///< of its samples; empty: none
    [[nodiscard]] std::map<QString, double> meanBytes() const;  ///< of a record, of those topics that were sampled
    [[nodiscard]] std::map<QString, decode::Mapping> edited() const;
    /// Those of these topics that the user's hand made, to be remembered.
    [[nodiscard]] std::map<QString, decode::Mapping> corrected(const QStringList& topics) const;
    void setEdited(const std::map<QString, decode::Mapping>& mappings);
    /// Adds what a reading of these topics is to be told. What the workspace holds it knows itself.
    void tell(const QStringList& topics, ingest::Options& options) const;

private:
    struct Topic {
        bool sampled = false;
        std::optional<decode::Mapping> guess;  ///< empty where there was nothing to guess from
        std::optional<decode::Mapping> edited;
        QStringList reasons;
        double meanBytes = 0;
        QString failure;
    };

    [[nodiscard]] const Topic* find(const QString& topic) const;
    [[nodiscard]] std::optional<decode::Mapping> held(const QString& topic) const;

    std::map<QString, Topic> topics_;
    std::vector<decode::Mapping> held_;
    std::map<QString, decode::Mapping> remembered_;
};

}  // namespace hindcast::ui
