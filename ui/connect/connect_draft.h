#pragma once
#include "core/decode/mapping.h"
#include "core/source/kafka.h"
#include "ui/connect/read_choices.h"

#include <map>
#include <optional>
#include <string>

namespace hindcast::ui {

/// What was filled in when the connect dialog was closed without connecting, passwords and all: for the memory of this process only.
struct ConnectDraft {
    QString profile;  ///< by name; empty: a new one
    QString brokers;
    std::map<std::string, std::string> properties;
    ReadChoices choices;
    bool limitFilled = false;                     ///< choices.diskLimit is the workspace's own or the usual one: nobody chose it
    QString workspace;                            ///< empty: as the dialog proposes
    QString proposed;                             ///< what the window named then; to another one `workspace` is no answer
    std::optional<source::ClusterInfo> cluster;   ///< as it was listed, of these brokers
    std::map<QString, decode::Mapping> mappings;  ///< those that the user wrote, by topic
    std::optional<source::KafkaOptions> goesOn;   ///< the reading that was to be gone on with
    QString goesOnIn;                             ///< the workspace that tells of it
};

}  // namespace hindcast::ui
