#pragma once
#include "core/event/error.h"
#include "core/model/runtime.h"
#include "core/store/store.h"
#include "ui/session/comparison_view.h"
#include "ui/session/go_to.h"
#include "ui/session/gui_post.h"

#include <functional>
#include <memory>
#include <vector>

namespace hindcast::ui {

/// Rebuilds any two states and says how they differ and what lies between them, on a thread of its own.
/// Threads: all calls from the GUI thread; answers come there.
class ComparisonWorker {
public:
    struct Request {
        Between::Histories histories;
        std::array<Version, 2> versions;  ///< none beyond its history's last
        std::array<Timestamp, 2> times;   ///< the moments that they are looked at
    };
    /// The life of an entity that was named.
    struct Life {
        QString entity;                                  ///< "category/id"
        std::shared_ptr<const replay::History> history;  ///< null: there is no such entity
    };
    struct Answers {
        std::function<void(std::vector<Life>)> lives;  ///< in the order asked for
        std::function<void(std::shared_ptr<const ComparisonView>)> compared;
        std::function<void(std::shared_ptr<const BetweenChanges>)> changes;
        std::function<void(QString text, std::vector<GoToHit> hits)> found;
        std::function<void(Error)> failed;
    };

    ComparisonWorker(std::shared_ptr<store::Store> store, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answers answers);
    ~ComparisonWorker();  ///< stops and joins; from any thread

    /// lives() of these "category/id"; those whose number of events by `directory` is what it was are not read again. `rejects`: of the
    /// workspace; a new one may belong to any life.
    void load(std::vector<std::string> entities, std::shared_ptr<const store::Directory> directory, std::uint64_t rejects);
    /// compared(); of several that come faster than they can be answered the newest is.
    void compare(Request request);
    /// What the rows [first, last] of its Between changed, by changes(). A newer request takes the place of one that waits.
    void requestChanges(std::shared_ptr<const ComparisonView> of, std::size_t first, std::size_t last);
    /// Entities whose id holds the text, by found(). A newer text takes the place of one that waits.
    void find(QString text);
    /// Models, mappings or the numbers of entities are other ones: what was read and rebuilt is no longer true.
    void forget();
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
