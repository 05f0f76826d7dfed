#pragma once
#include "core/event/error.h"
#include "core/replay/replay.h"
#include "ui/session/session_facet.h"
#include "ui/session/views.h"

#include <optional>

namespace hindcast::ui {

/// Where the model fails in the selected entity's life.
struct FailuresView {
    static constexpr std::size_t kMost = 5'000;  ///< told one by one
    EntityId entity;
    std::vector<replay::ReplayError> failures;  ///< by version, the first kMost
    std::uint64_t total = 0;
};

/// A program of the user's that a workspace names as the model of a category.
struct ProgramUse {
    QString category;
    QString command;  ///< as one would type it
    QString folder;   ///< that it works in; empty: ours
    bool allowed = false;
};

/// How states are rebuilt: whether a fold goes on past an event at which the model fails, whether programs of the user's may be
/// started, and how much time and memory models may take. What is chosen is kept in the user's settings, and in no workspace: one may have
/// come by mail.
/// GUI thread only.
class ReplayPolicy final : public SessionFacet {
    Q_OBJECT
public:
    explicit ReplayPolicy(Session& session);
    ~ReplayPolicy() override;

    void open(const Opened& opened) override;
    void close() override;
    void madeAnew() override;
    void modelChanged(const QString& category) override;

    // ---- errors
    /// Whether states end before the first event at which the model fails; else they go on with the state before it.
    [[nodiscard]] bool stopsAtError() const { return stopsAtError_; }
    void setStopsAtError(bool on);
    /// Of the selected entity; null: not known (yet). Of who stops at the first error: that one is the last.
    [[nodiscard]] std::shared_ptr<const FailuresView> failures() const;
    /// Why the selected entity's state could not be rebuilt at all; empty: nothing is known to be wrong.
    [[nodiscard]] const std::optional<Error>& trouble() const { return trouble_; }
    /// What the model in force shows of the state as of the playhead, where that is another document (a projection's transforms), as a
    /// state; not alive: nothing. Null: it has no such thing, or it is not known (yet).
    [[nodiscard]] const std::shared_ptr<const StateView>& result() const { return result_; }
    /// Begins the replay of the selected entity anew, with a new process.
    void restart();

    // ---- programs
    /// What rebuilds that category, where it is a program.
    [[nodiscard]] std::optional<ProgramUse> programOf(const QString& category) const;
    /// Of the selected entity.
    [[nodiscard]] std::optional<ProgramUse> program() const;
    /// For this workspace and exactly that command, until it is withdrawn.
    void allowProgram(const QString& category);
    /// Before it is saved as a model: who chose it wants it to run.
    void allowProgram(const Json& document);
    /// All that were allowed for this workspace; what runs of them ends.
    void withdrawPrograms();
    [[nodiscard]] bool anyProgramAllowed() const;
    /// Not asked again of that category until the workspace is opened anew.
    void postpone(const QString& category);
    [[nodiscard]] bool isPostponed(const QString& category) const { return postponed_.contains(category); }

    // ---- limits
    [[nodiscard]] model::Limits limits() const { return limits_; }
    /// Brought into what is sane. In force at once: the selected entity is replayed anew; what is looked at over all entities follows when
    /// it is asked for again.
    void setLimits(const model::Limits& limits);
    /// Least, most and usual of each, and nothing beyond.
    [[nodiscard]] static model::Limits within(model::Limits limits);

    // ---- what the session tells
    void take(std::shared_ptr<const FailuresView> failures);
    void takeResult(std::shared_ptr<const StateView> result);
    void takeTrouble(std::optional<Error> trouble);

signals:
    void changed();  ///< any of it but the failures
    void failuresChanged();
    void resultChanged();
    void rebuildWanted();  ///< states are other ones now

private:
    void allowRemembered();
    void remember(const Json& document, bool allowed);
    [[nodiscard]] QString keyOf(const Json& document) const;
    [[nodiscard]] const Json* documentOf(const QString& category) const;
    void forgetFailures();
    void forgetTrouble();

    std::shared_ptr<model::Runtime> runtime_;  ///< null while nothing is open
    bool stopsAtError_ = false;
    model::Limits limits_;
    std::shared_ptr<const FailuresView> failures_;
    std::shared_ptr<const StateView> result_;
    std::optional<Error> trouble_;
    QStringList postponed_;
};

}  // namespace hindcast::ui
