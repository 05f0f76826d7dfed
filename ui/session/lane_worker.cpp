#include "ui/session/lane_worker.h"

#include "ui/session/open_replay.h"
#include "ui/session/parts_of.h"
#include "ui/session/task_thread.h"
#include "ui/session/type_colors.h"

#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kLoad, kTip };
constexpr std::size_t kSnapshots = 4u << 20;

}  // namespace

struct LaneWorker::Impl {
    GuiPost post;
    Answers answers;

    // ---- the thread's own
    std::unique_ptr<store::Reader> reader;
    std::shared_ptr<model::Runtime> runtime;
    struct Known {
        LaneView view;
        std::uint32_t events = 0;  ///< by the directory, when it was read
    };
    std::unordered_map<std::string, Known> known;
    std::optional<OpenReplay> replay;  ///< of the lane that was asked of last

    std::uint64_t knownRejects = 0;

    std::atomic<bool> anew{false};  ///< owed to a load that may have been overtaken
    TaskThread thread;

    void load(const std::vector<std::string>& entities, const store::Directory* directory, std::uint64_t rejects);
    Result<Known> read(const std::string& entity, const store::Directory* directory);
    void tip(EntityId entity, Version version, const std::stop_token& stop);
};

Result<LaneWorker::Impl::Known> LaneWorker::Impl::read(const std::string& entity, const store::Directory* directory)
{
    Known found;
    found.view.entity = QString::fromStdString(entity);
    auto id = reader->findEntity(EntityKey::fromText(entity));
    if (!id) return std::unexpected(id.error());
    if (!*id) return found;
    auto history = replay::loadHistory(*reader, **id);
    if (!history) return std::unexpected(history.error());
    found.view.id = **id;
    found.view.parts = partsOf(**history);
    found.view.types = countTypes(**history);
    found.view.history = std::move(*history);
    if (directory && (**id).value < directory->size()) found.events = directory->counts[(**id).value];
    return found;
}

void LaneWorker::Impl::load(const std::vector<std::string>& entities, const store::Directory* directory, std::uint64_t rejects)
{
    const bool sameRejects = std::exchange(knownRejects, rejects) == rejects;
    if (anew.exchange(false)) {
        known.clear();
        replay.reset();
    }
    auto lanes = std::make_shared<std::vector<LaneView>>();
    std::unordered_map<std::string, Known> kept;
    for (const std::string& entity : entities) {
        const auto before = known.find(entity);
        const bool same = sameRejects && before != known.end() && before->second.view.id && directory &&
                          before->second.view.id->value < directory->size() &&
                          directory->counts[before->second.view.id->value] == before->second.events;
        if (same) {
            lanes->push_back(before->second.view);
            kept.insert(*before);
            continue;
        }
        auto now = read(entity, directory);
        if (!now) {
            post([this, error = now.error()] { answers.failed(error); });
            continue;
        }
        lanes->push_back(now->view);
        kept.emplace(entity, std::move(*now));
    }
    known = std::move(kept);
    post([this, lanes] { answers.lanes(lanes); });
}

void LaneWorker::Impl::tip(EntityId entity, Version version, const std::stop_token& stop)
{
    const auto lane =
        std::find_if(known.begin(), known.end(), [entity](const auto& one) { return one.second.view.id == entity; });
    if (lane == known.end()) return;
    const auto& history = lane->second.view.history;
    if (history->events.size() > kTipLimit || version.value == 0 || version > history->last()) return;
    if (!replay || replay->replay->history().entity != entity) {
        replay.reset();
        auto opened = openReplay(*reader, runtime, history, kSnapshots);
        if (!opened) return;
        replay = std::move(*opened);
    } else if (&replay->replay->history() != history.get()) {
        if (auto decoders = replay->decoders->refresh(*reader); !decoders) return;
        replay->replay->setHistory(history);
    }
    auto changes = replay->replay->changesOf(version, stop);
    if (!changes) return;  // an entity that is selected tells of its trouble
    auto view = std::make_shared<const TipView>(TipView{entity, version, std::move(*changes)});
    post([this, view] { answers.tip(view); });
}

LaneWorker::LaneWorker(std::unique_ptr<store::Reader> reader, std::shared_ptr<model::Runtime> runtime, GuiPost post,
                       Answers answers)
    : impl_(std::make_unique<Impl>())
{
    impl_->runtime = std::move(runtime);
    impl_->reader = std::move(reader);
    impl_->post = std::move(post);
    impl_->answers = std::move(answers);
}

LaneWorker::~LaneWorker() { impl_->thread.end(); }

void LaneWorker::load(std::vector<std::string> entities, std::shared_ptr<const store::Directory> directory, std::uint64_t rejects,
                      bool anew)
{
    Impl* impl = impl_.get();
    if (anew) impl->anew = true;
    impl->thread.post(kLoad, [impl, rejects, wanted = std::move(entities), directory = std::move(directory)](
                                 const std::stop_token&) { impl->load(wanted, directory.get(), rejects); });
}

void LaneWorker::requestTip(EntityId entity, Version version)
{
    Impl* impl = impl_.get();
    impl->thread.postBefore(kTip, kTip,
                            [impl, entity, version](const std::stop_token& stop) { impl->tip(entity, version, stop); });
}

bool LaneWorker::busy() const { return impl_->thread.busy(); }

}  // namespace hindcast::ui
