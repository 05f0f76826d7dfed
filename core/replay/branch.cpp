#include "core/replay/branch.h"

#include <algorithm>
#include <utility>

namespace hindcast::replay {

namespace {

Result<std::string> payloadOf(std::string_view text)
{
    auto json = parseJson(text);
    if (!json)
        return fail("cannot use the payload",
                    "it is no JSON: " + json.error().message + " at byte " + std::to_string(json.error().offset), {},
                    Error::Kind::BadInput);
    return toText(*json);
}

}  // namespace

BranchEdit& Branch::push(BranchEdit::Kind kind)
{
    edits_.resize(done_);
    BranchEdit& edit = edits_.emplace_back();
    edit.kind = kind;
    edit.number = next_++;
    done_ = edits_.size();
    return edit;
}

void Branch::skip(EventRef event) { push(BranchEdit::Kind::Skip).event = std::move(event); }

Result<void> Branch::edit(EventRef event, std::optional<std::string> payload, std::optional<std::string> type,
                          std::optional<Timestamp> time)
{
    if (payload) {
        auto text = payloadOf(*payload);
        if (!text) return std::unexpected(text.error());
        payload = std::move(*text);
    }
    BranchEdit& edit = push(BranchEdit::Kind::Edit);
    edit.event = std::move(event);
    edit.payload = std::move(payload);
    edit.type = std::move(type);
    edit.time = time;
    return {};
}

void Branch::move(EventRef event, std::optional<EventRef> after)
{
    BranchEdit& edit = push(BranchEdit::Kind::Move);
    edit.event = std::move(event);
    edit.after = std::move(after);
}

Result<EventId> Branch::add(std::optional<EventRef> after, std::string type, std::string payload, std::optional<Timestamp> time)
{
    auto text = payloadOf(payload);
    if (!text) return std::unexpected(text.error());
    BranchEdit& edit = push(BranchEdit::Kind::Add);
    edit.after = std::move(after);
    edit.type = std::move(type);
    edit.payload = std::move(*text);
    edit.time = time;
    return addedEvent(edit.number);
}

void Branch::undo() { --done_; }
void Branch::redo() { ++done_; }

bool Branch::takeBack(const std::function<bool(const BranchEdit&)>& which)
{
    if (std::ranges::none_of(edits(), which)) return false;
    edits_.resize(done_);
    std::erase_if(edits_, which);
    done_ = edits_.size();
    return true;
}

void Branch::countOn(const Branch& other) { next_ = std::max(next_, other.next_); }

}  // namespace hindcast::replay
