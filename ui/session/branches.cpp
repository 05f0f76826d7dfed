#include "ui/session/branches.h"

#include "ui/session/branch_worker.h"
#include "ui/session/session.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace hindcast::ui {

Branches::Branches(Session& session) : SessionFacet(session)
{
    connect(&session, &Session::historyChanged, this, &Branches::follow);
    connect(&session, &Session::selectionChanged, this, &Branches::follow);
    connect(session.playhead(), &Playhead::moved, this, &Branches::followPlayhead);
    connect(session.watches(), &Watches::changed, this, [this] {
        if (view_) follow();
    });
}

Branches::~Branches() = default;

// ---- the workspace

void Branches::open(const Opened& opened)
{
    canSave_ = !opened.store->readOnly();
    BranchWorker::Answers answers;
    answers.loaded = [this](const std::shared_ptr<const BranchWorker::Loaded>& loaded) {
        for (const Error& error : loaded->unreadable)
            emit session().failed(QString::fromStdString(error.what), QString::fromStdString(error.why),
                                  QString::fromStdString(error.hint));
        std::vector<Item> all;
        kept_ = loaded->branches;
        for (const replay::Branch& branch : loaded->branches) all.push_back({nextId_++, branch});
        // What was made before they were read stays behind them.
        std::ranges::move(items_, std::back_inserter(all));
        const bool unsaved = !items_.empty();
        items_ = std::move(all);
        read_ = true;
        if (unsaved) save();
        showWanted();
        follow();
        emit changed();
    };
    answers.applied = [this](std::shared_ptr<const BranchView> view, const std::optional<replay::Branch>& found) {
        if (Item* item = shownItem(); item != nullptr && found && item->id == view->branch) {
            std::ranges::replace(kept_, item->branch, *found);
            item->branch = *found;
        }
        view_ = std::move(view);
        emit changed();
    };
    answers.state = [this](std::shared_ptr<const BranchStateView> state) {
        state_ = std::move(state);
        emit stateChanged();
    };
    answers.course = [this](std::shared_ptr<const BranchCourseView> course) {
        course_ = std::move(course);
        emit stateChanged();
    };
    answers.watches = [this](std::shared_ptr<const BranchWatchesView> watches) {
        watches_ = std::move(watches);
        emit watchesChanged();
    };
    answers.payload = [this](const std::shared_ptr<const BranchPayload>& payload) { emit payloadReady(payload); };
    answers.saved = [this](const std::optional<Error>& error) {
        saving_ = false;
        saveTrouble_ = error ? QString::fromStdString(error->text()) : QString();
        if (error)
            emit session().failed(tr("The branches could not be saved"), QString::fromStdString(error -> why),
                                  tr("they are kept until the workspace is closed; the next edit tries again"));
        emit changed();
    };
    answers.exported = [this](const std::shared_ptr<const BranchExport>& progress) {
        if (progress->ended && !progress->cancelled && beingExported_) kept_.push_back(std::move(*beingExported_));
        if (progress->ended) beingExported_.reset();
        emit exported(progress);
    };
    answers.failed = [this](const Error& error) {
        emit session().failed(QString::fromStdString(error.what), QString::fromStdString(error.why),
                              QString::fromStdString(error.hint));
    };
    worker_ = opened.keep(std::make_shared<BranchWorker>(opened.store, opened.runtime, opened.post, std::move(answers)));
    worker_->load();
}

void Branches::close()
{
    worker_.reset();
    items_.clear();
    shownOf_.clear();
    again_.clear();
    kept_.clear();
    beingExported_.reset();
    read_ = saving_ = false;
    saveTrouble_.clear();
    forgetViews();
    emit changed();
}

void Branches::madeAnew()
{
    // Events keep their places, so edits stay; types and entities are others: the history comes anew.
    if (worker_) worker_->reopen();
    forgetViews();
}

void Branches::modelChanged(const QString&)
{
    if (!worker_) return;
    worker_->reopen();
    follow();
}

bool Branches::isBusy() const { return worker_ && worker_->busy(); }

// ---- what there is

std::string Branches::key() const
{
    const auto history = session().history();
    return history ? history->key.text() : std::string();
}

std::vector<const Branches::Item*> Branches::here() const
{
    std::vector<const Item*> all;
    const std::string of = key();
    for (const Item& item : items_)
        if (!of.empty() && item.branch.entity().text() == of) all.push_back(&item);
    return all;
}

const Branches::Item* Branches::shown() const
{
    const auto at = shownOf_.find(key());
    if (at == shownOf_.end()) return nullptr;
    const auto found = std::ranges::find(items_, at->second, &Item::id);
    return found == items_.end() ? nullptr : &*found;
}

void Branches::showAgain(const std::map<std::string, std::string>& names)
{
    if (names.empty()) return;
    again_ = names;
    if (!read_) return;
    showWanted();
    follow();
    emit changed();
}

void Branches::showWanted()
{
    const auto wanted = std::exchange(again_, {});
    if (wanted.empty()) return;
    std::map<std::string, std::uint64_t> found;
    for (const Item& item : items_) {
        const std::string entity = item.branch.entity().text();
        if (const auto at = wanted.find(entity); at != wanted.end() && at->second == item.branch.name())
            found.emplace(entity, item.id);
    }
    shownOf_.merge(found);  // what is shown by now stays
}

std::map<std::string, std::string> Branches::shownByEntity(std::size_t most) const
{
    std::map<std::string, std::string> names;
    const auto add = [&](const Item& item) {
        const std::string entity = item.branch.entity().text();
        const auto at = shownOf_.find(entity);
        if (names.size() < most && at != shownOf_.end() && at->second == item.id) names.emplace(entity, item.branch.name());
    };
    if (const Item* item = shown()) add(*item);
    for (const Item& item : std::views::reverse(items_)) add(item);
    // Those that are still being read.
    for (const auto& [entity, name] : again_)
        if (names.size() < most) names.emplace(entity, name);
    return names;
}

Branches::Item* Branches::shownItem() { return const_cast<Item*>(std::as_const(*this).shown()); }

QString Branches::typeName(TypeId type) const
{
    if (!view_) return {};
    const auto at = view_->ownTypes.find(type);
    return at == view_->ownTypes.end() ? QString() : at->second;
}

QString Branches::savedWords() const
{
    if (!canSave_) return tr("unsaved: read-only");  // short: it stands in the status line
    if (!saveTrouble_.isEmpty()) return tr("unsaved: %1").arg(saveTrouble_);
    return saving_ ? tr("unsaved") : tr("saved");
}

std::vector<const Branches::Item*> Branches::unsaved() const
{
    std::vector<const Item*> all;
    if (canSave_ && saveTrouble_.isEmpty()) return all;
    for (const Item& item : items_)
        if (item.branch.canUndo() && std::ranges::find(kept_, item.branch) == kept_.end()) all.push_back(&item);
    return all;
}

Branches::Held Branches::held() const
{
    const Item* item = shown();
    return {items_, item != nullptr ? std::optional(item->id) : std::nullopt};
}

// ---- following

void Branches::forgetViews()
{
    if (worker_) worker_->forget();
    view_.reset();
    state_.reset();
    course_.reset();
    watches_.reset();
}

void Branches::follow()
{
    const Item* item = shown();
    if (!worker_ || item == nullptr) {
        if (!view_) return;
        forgetViews();
        return emit changed();
    }
    const auto history = session().history();
    if (view_ && (view_->branch != item->id || view_->entity != history->entity)) forgetViews();
    worker_->apply(item->id, item->branch, history);
    std::vector<std::string> pointers;
    for (const QString& pointer : session().watches()->of(QString::fromStdString(history->key.category)))
        pointers.push_back(pointer.toStdString());
    worker_->requestWatches(std::move(pointers));
    followPlayhead();
}

void Branches::followPlayhead()
{
    if (!worker_ || shown() == nullptr) return;
    worker_->requestState(session().playhead()->version(), session().playhead()->time());
}

void Branches::save()
{
    if (!worker_ || !canSave_ || !read_) return;
    std::vector<replay::Branch> all;
    for (const Item& item : items_) all.push_back(item.branch);
    saving_ = true;
    worker_->save(std::move(all));
}

void Branches::did(const QString& words, const Held& before)
{
    save();
    follow();
    emit edited(words, before);
    emit changed();
}

void Branches::take(const Held& held)
{
    std::vector<Item> items = held.items;
    for (Item& item : items)
        if (const auto now = std::ranges::find(items_, item.id, &Item::id); now != items_.end()) item.branch.countOn(now->branch);
    items_ = std::move(items);
    const auto shown = std::ranges::find_if(items_, [&](const Item& item) { return held.shown == item.id; });
    if (shown != items_.end()) shownOf_[shown->branch.entity().text()] = shown->id;
    save();
    follow();
    emit changed();
}

std::uint64_t Branches::requestPayload(EventId origin)
{
    if (worker_) worker_->requestPayload(nextTicket_, origin);
    return nextTicket_++;
}

std::uint64_t Branches::requestPayloadLike(const QString& type, std::optional<EventId> origin)
{
    if (worker_) worker_->requestPayloadLike(nextTicket_, type.toStdString(), origin);
    return nextTicket_++;
}

void Branches::exportTo(const QString& path)
{
    if (!worker_ || !view_) return;
    const auto item = std::ranges::find(items_, view_->branch, &Item::id);
    beingExported_ = item != items_.end() ? std::optional(item->branch) : std::nullopt;
    worker_->exportTo(path.toStdString());
}

void Branches::cancelExport()
{
    if (worker_) worker_->cancelExport();
}

}  // namespace hindcast::ui
