#pragma once
#include "core/store/directory.h"
#include "core/store/reader.h"
#include "ui/session/go_to.h"
#include "ui/session/gui_post.h"
#include "ui/session/views.h"

#include <functional>
#include <memory>
#include <vector>

namespace hindcast::ui {

/// Finds out how people call entities, where their topic's mapping says where that stands: in the last state of an entity, or in its
/// last event. On a thread of its own that gives way to everything else; what it found is remembered (NameCache),
/// so that the next search does not find it out anew.
/// Threads: all calls from the GUI thread; answers come there. What cannot be read has no name: nothing is reported.
class NameWorker {
public:
    /// Longer lives are not replayed for a name.
    static constexpr std::size_t kReplayLimit = 2'000;

    struct Wanted {
        EntityId id;
        std::uint32_t events = 0;  ///< by the directory
    };
    using Answer = std::function<void(std::vector<EntityName>)>;
    /// Those that were found since the last answer, and how many have been looked at of how many; of none where nobody has a name.
    using Called = std::function<void(std::vector<EntityId> ids, std::uint64_t looked, std::uint64_t total)>;
    /// All that are called something with the text in it, so far; `last`: there will be no more.
    using LookedUp = std::function<void(const QString& text, std::vector<GoToHit> hits, bool last)>;
    NameWorker(std::unique_ptr<store::Reader> reader, GuiPost post, Answer answer, Called called, LookedUp lookedUp);
    ~NameWorker();  ///< joins; from any thread

    /// Answers in batches, with an empty name where there is none. Drops an earlier question that still waits or is being answered.
    /// Nothing is answered where no topic's mapping names anything.
    void request(std::vector<Wanted> wanted);
    /// Goes through all entities that may have a name for those whose name holds the text, ignoring case, while nothing else is asked
    /// for. An earlier search is dropped; an empty text only does that.
    void search(QString text, std::shared_ptr<const store::Directory> among);
    /// The same for one who wants to go there; beside that search, and before it goes on. Names that are known already are answered
    /// at once.
    void lookUp(QString text, std::shared_ptr<const store::Directory> among);
    /// Mappings are other ones, or entities were made anew.
    void forget();
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
