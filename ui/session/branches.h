#pragma once
#include "core/event/error.h"
#include "ui/session/branch_views.h"
#include "ui/session/session_facet.h"

#include <QStringList>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace hindcast::ui {

class BranchWorker;

/// What-if branches of entities: what the user made, what is shown beside the real history, and where that leads. They are kept in the
/// workspace, or in memory where that is read-only, and never touch its events. One branch is shown at a time, of the selected entity.
/// What is asked of a branch is answered for the history as it now is, also when that grows. GUI thread only.
class Branches final : public SessionFacet {
    Q_OBJECT
public:
    struct Item {
        std::uint64_t id = 0;  ///< for as long as the workspace is open
        replay::Branch branch;
        bool operator==(const Item&) const = default;
    };
    /// All of them at one time, for undo.
    struct Held {
        std::vector<Item> items;
        std::optional<std::uint64_t> shown;
    };

    explicit Branches(Session& session);
    ~Branches() override;

    void open(const Opened& opened) override;
    void close() override;
    void madeAnew() override;
    void modelChanged(const QString& category) override;
    [[nodiscard]] bool isBusy() const override;

    // ---- what there is
    [[nodiscard]] bool isRead() const { return read_; }   ///< those of the workspace are known
    [[nodiscard]] std::vector<const Item*> here() const;  ///< of the selected entity, in the order in which they were made
    [[nodiscard]] const Item* shown() const;              ///< null: none
    /// As it is applied; null: none, or not yet. May be of the branch before its latest edit.
    [[nodiscard]] std::shared_ptr<const BranchView> view() const { return view_; }
    [[nodiscard]] std::shared_ptr<const BranchStateView> state() const { return state_; }
    [[nodiscard]] std::shared_ptr<const BranchCourseView> course() const { return course_; }
    [[nodiscard]] std::shared_ptr<const BranchWatchesView> watches() const { return watches_; }
    [[nodiscard]] QString typeName(TypeId type) const;  ///< of a type that only the shown branch knows
    /// "saved in the workspace", or why it is not.
    [[nodiscard]] QString savedWords() const;
    [[nodiscard]] bool isSaved() const { return canSave_ && !saving_ && saveTrouble_.isEmpty(); }
    /// Those whose edits go with the workspace when it is closed: neither it nor a dump that was exported has them.
    [[nodiscard]] std::vector<const Item*> unsaved() const;

    // ---- which there are; each that changes something emits edited()
    /// Of the selected entity; it is shown. Nothing where no entity is selected.
    void make(const QString& name = {});
    void show(std::optional<std::uint64_t> id);  ///< REQUIRES: it is one of here(), or empty
    /// What was shown when the workspace was last open, by entity and name; nothing where there is no longer such a branch.
    void showAgain(const std::map<std::string, std::string>& names);
    /// The same as it is now, of no more entities than that: the selected one, then those whose branches were made last.
    [[nodiscard]] std::map<std::string, std::string> shownByEntity(std::size_t most) const;
    void rename(const QString& name);        ///< the shown one
    void remove();                           ///< the shown one; another one of the entity, where there is one, is shown
    [[nodiscard]] QString freeName() const;  ///< "what if 2"

    // ---- edits of the shown branch, by BranchEvent::origin. Nothing where none is shown.
    void skip(EventId origin);
    void unskip(EventId origin);
    /// All edits of that event; of one that was added, the event itself.
    void takeBack(EventId origin);
    void takeBackAll();
    /// The latest edit, whenever it was made.
    void takeBackLast();
    [[nodiscard]] Result<void> edit(EventId origin, const std::optional<std::string>& payload,
                                    const std::optional<std::string>& type, std::optional<Timestamp> time);
    /// Behind that event (empty: to the beginning); with its time where one is given. Its place alone is another where `after` is
    /// not given, its time alone where `inPlace`.
    void move(EventId origin, std::optional<EventId> after, std::optional<Timestamp> time, bool inPlace = false);
    [[nodiscard]] Result<EventId> add(std::optional<EventId> after, const std::string& type, const std::string& payload,
                                      std::optional<Timestamp> time);

    [[nodiscard]] Held held() const;
    /// Puts everything as it was held; numbers of edits go on.
    void take(const Held& held);

    // ---- what is read for a dialog: payloadReady() with the ticket
    std::uint64_t requestPayload(EventId origin);
    std::uint64_t requestPayloadLike(const QString& type, std::optional<EventId> origin);
    /// The shown branch as a record dump; exported() as it goes on.
    void exportTo(const QString& path);
    void cancelExport();

signals:
    void changed();       ///< which there are, which is shown, what it is applied to, or whether it is saved
    void stateChanged();  ///< also the course
    void watchesChanged();
    void edited(const QString& words, const hindcast::ui::Branches::Held& before);  ///< a step of the user's
    void payloadReady(const std::shared_ptr<const hindcast::ui::BranchPayload>& payload);
    void exported(const std::shared_ptr<const hindcast::ui::BranchExport>& progress);

private:
    [[nodiscard]] Item* shownItem();
    [[nodiscard]] std::string key() const;  ///< of the selected entity; empty: none
    [[nodiscard]] QString eventWords(EventId origin) const;
    void did(const QString& words, const Held& before);
    void follow();  ///< the shown branch on the history as it is
    void followPlayhead();
    void save();
    void forgetViews();
    void showWanted();

    std::shared_ptr<BranchWorker> worker_;  ///< null: no workspace is open
    bool canSave_ = false;
    bool saving_ = false;
    bool read_ = false;
    QString saveTrouble_;
    std::vector<replay::Branch> kept_;  ///< as the workspace had them when it was opened, and as they were exported
    std::optional<replay::Branch> beingExported_;
    std::vector<Item> items_;
    std::map<std::string, std::uint64_t> shownOf_;  ///< by entity: which of its branches is shown
    std::map<std::string, std::string> again_;      ///< by entity: the name of what is to be shown once all are read
    std::uint64_t nextId_ = 1;
    std::uint64_t nextTicket_ = 1;
    std::shared_ptr<const BranchView> view_;
    std::shared_ptr<const BranchStateView> state_;
    std::shared_ptr<const BranchCourseView> course_;
    std::shared_ptr<const BranchWatchesView> watches_;
};

}  // namespace hindcast::ui
