#pragma once
#include "core/event/error.h"
#include "core/model/runtime.h"
#include "core/store/reader.h"
#include "ui/session/gui_post.h"
#include "ui/session/views.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hindcast::ui {

/// The lives of the pinned entities, without their payloads, and what single events of them changed; on a thread of its own.
/// Threads: all calls from the GUI thread; answers come there.
class LaneWorker {
public:
    using Lanes = std::shared_ptr<const std::vector<LaneView>>;
    struct Answers {
        std::function<void(Lanes)> lanes;  ///< in the order asked for
        std::function<void(std::shared_ptr<const TipView>)> tip;
        std::function<void(Error)> failed;
    };
    /// Of a longer life no single event's change is worked out here: it would take its replay.
    static constexpr std::size_t kTipLimit = 300'000;

    LaneWorker(std::unique_ptr<store::Reader> reader, std::shared_ptr<model::Runtime> runtime, GuiPost post, Answers answers);
    ~LaneWorker();  ///< joins; from any thread

    /// lanes() for these "category/id"; those whose number of events by `directory` is what it was are not read again.
    /// `anew`: nothing that was known is true any more.
    /// `rejects`: of the workspace; a new one may stand on any lane.
    void load(std::vector<std::string> entities, std::shared_ptr<const store::Directory> directory, std::uint64_t rejects,
              bool anew = false);
    /// tip(), where the entity is one of the lanes; overtaken by a newer one.
    void requestTip(EntityId entity, Version version);
    [[nodiscard]] bool busy() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hindcast::ui
