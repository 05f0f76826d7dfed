#pragma once
#include "core/decode/mapping.h"
#include "ui/connect/read_choices.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::ui {

struct ConnectDraft;

/// A cluster that was connected to, how, and what was read of it. Its choices know no limit on disk but the usual one: that belongs to
/// the workspace it was set for, which keeps it. A profile is written by each connection, so a limit in it would be no choice of the
/// profile: one that was made for a small look, or has grown each time a full workspace was gone on with, would end the next reading,
/// into another file, too early or never.
struct Profile {
    QString name;
    QString brokers;
    std::map<std::string, std::string> properties;
    ReadChoices choices;
    std::map<QString, decode::Mapping> mappings = {};  ///< as the user corrected them, by topic
};

/// Recent connections, remembered in QSettings by name, brokers, what was read and as what, and those properties that are known to hold no secret
/// (protocol, mechanism, user, file names). All others, passwords among them, are kept in memory for as long as this object lives and are written
/// nowhere. GUI thread only.
class Profiles final : public QObject {
    Q_OBJECT
public:
    explicit Profiles(QObject* parent = nullptr);

    [[nodiscard]] int count() const { return static_cast<int>(saved_.size()); }
    /// With what this session knows beside what is written down. REQUIRES: 0 <= index < count().
    [[nodiscard]] Profile at(int index) const;
    /// Puts it first, as the one that keptAs() names, or else as a new one that is called `name`, or by its brokers. `mappings` join those
    /// that are remembered of other topics.
    void remember(int index, const QString& brokers, const std::map<std::string, std::string>& properties,
                  const QString& name = {}, const ReadChoices& choices = {},
                  const std::map<QString, decode::Mapping>& mappings = {});
    /// The one that such a connection is kept as: that at `index`, or any other, with the same brokers and the same security, whatever
    /// else was changed; -1: a new one. So no profile comes to lead elsewhere under its old name.
    [[nodiscard]] int keptAs(int index, const QString& brokers, const std::map<std::string, std::string>& properties) const;
    [[nodiscard]] int find(const QString& name) const;  ///< -1: none of that name
    void rename(int index, const QString& name);        ///< an empty name is none
    void remove(int index);
    /// What the dialog was left with; null: nothing to go on with. Written nowhere.
    void keepDraft(std::shared_ptr<const ConnectDraft> draft) { draft_ = std::move(draft); }
    [[nodiscard]] std::shared_ptr<const ConnectDraft> draft() const { return draft_; }
    [[nodiscard]] static bool mayBeWritten(const std::string& property);

signals:
    void changed();

private:
    void load();
    void save();
    [[nodiscard]] QString freeName(const QString& wanted) const;

    std::vector<Profile> saved_;                                    ///< as written, the latest first
    std::map<QString, std::map<std::string, std::string>> memory_;  ///< by name: the properties that are not written
    std::shared_ptr<const ConnectDraft> draft_;
};

}  // namespace hindcast::ui
