// Branches as a workspace keeps them.
#include "core/replay/branch.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace hindcast::replay {

namespace {

constexpr std::array<std::pair<BranchEdit::Kind, std::string_view>, 4> kKinds{{{BranchEdit::Kind::Skip, "skip"},
                                                                               {BranchEdit::Kind::Edit, "edit"},
                                                                               {BranchEdit::Kind::Move, "move"},
                                                                               {BranchEdit::Kind::Add, "add"}}};

Json refToJson(const EventRef& ref, const Branch::PositionOf& positionOf)
{
    Json json = Json::object();
    if (!ref.unknown && isAdded(ref.id)) {
        json["added"] = ref.id.offset().value;
        return json;
    }
    const std::optional<Position> position = ref.unknown ? ref.unknown : positionOf(ref.id);
    if (!position) return json;
    json["source"] = position->source;
    json["topic"] = position->topic;
    json["partition"] = std::int64_t{position->partition.value};
    json["offset"] = position->offset.value;
    if (position->epoch > 0) json["epoch"] = std::int64_t{position->epoch};
    return json;
}

const Json* member(const Json& json, std::string_view name)
{
    if (!json.is_object()) return nullptr;
    const auto found = json.find(std::string(name));
    return found == json.end() ? nullptr : &*found;
}

std::optional<std::string> textAt(const Json& json, std::string_view name)
{
    const Json* found = member(json, name);
    return found != nullptr && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> wholeAt(const Json& json, std::string_view name)
{
    const Json* found = member(json, name);
    if (found == nullptr || !found->is_number_integer()) return std::nullopt;
    const auto number = found->get<std::int64_t>();
    return number >= 0 ? std::optional(number) : std::nullopt;
}

std::optional<EventRef> refFromJson(const Json& json, const Branch::Find& find)
{
    if (const auto added = wholeAt(json, "added"); added && *added <= EventId::kMaxOffset)
        return EventRef(addedEvent(static_cast<std::uint64_t>(*added)));
    const auto partition = wholeAt(json, "partition");
    const auto offset = wholeAt(json, "offset");
    const auto source = textAt(json, "source");
    const auto topic = textAt(json, "topic");
    if (!partition || *partition > std::numeric_limits<std::int32_t>::max() || !offset || !source || !topic) return std::nullopt;
    Position position{*source, *topic, static_cast<std::uint32_t>(wholeAt(json, "epoch").value_or(0)),
                      Partition{static_cast<std::int32_t>(*partition)}, Offset{*offset}};
    if (*offset <= EventId::kMaxOffset)
        if (const auto id = find(position)) return EventRef(*id);
    return EventRef(std::move(position));
}

Json editToJson(const BranchEdit& edit, const Branch::PositionOf& positionOf)
{
    Json json = Json::object();
    json["number"] = edit.number;
    for (const auto& [kind, name] : kKinds)
        if (kind == edit.kind) json["do"] = name;
    if (edit.kind != BranchEdit::Kind::Add) json["event"] = refToJson(edit.event, positionOf);
    if (edit.kind == BranchEdit::Kind::Move || edit.kind == BranchEdit::Kind::Add)
        json["after"] = edit.after ? refToJson(*edit.after, positionOf) : Json(nullptr);
    if (edit.type) json["type"] = *edit.type;
    if (edit.time) json["time"] = toIso(*edit.time);
    if (edit.payload)
        if (auto payload = parseJson(*edit.payload)) json["payload"] = std::move(*payload);
    return json;
}

/// The reason why it cannot be read; empty: it could be.
std::string editFromJson(const Json& json, const Branch::Find& find, BranchEdit& edit)
{
    const auto number = wholeAt(json, "number");
    if (!number || *number == 0 || *number > EventId::kMaxOffset) return "it has no number";
    edit.number = static_cast<std::uint64_t>(*number);
    const auto name = textAt(json, "do");
    const auto* kind = kKinds.begin();
    while (kind != kKinds.end() && name != kind->second) ++kind;
    if (kind == kKinds.end()) return "it does not say what it does";
    edit.kind = kind->first;
    if (edit.kind != BranchEdit::Kind::Add) {
        const Json* event = member(json, "event");
        auto ref = event != nullptr ? refFromJson(*event, find) : std::nullopt;
        if (!ref) return "it names no event";
        edit.event = std::move(*ref);
    }
    if (const Json* after = member(json, "after"); after != nullptr && !after->is_null()) {
        edit.after = refFromJson(*after, find);
        if (!edit.after) return "it names no place";
    }
    edit.type = textAt(json, "type");
    if (const auto time = textAt(json, "time")) {
        edit.time = timestampFromIso(*time);
        if (!edit.time) return "its time cannot be read";
    }
    if (const Json* payload = member(json, "payload")) edit.payload = toText(*payload);
    if (edit.kind == BranchEdit::Kind::Add && (!edit.type || !edit.payload)) return "it adds an event without type or payload";
    return {};
}

}  // namespace

Json Branch::toJson(const PositionOf& positionOf) const
{
    Json json = Json::object();
    json["name"] = name_;
    json["entity"] = entity_.text();
    json["next"] = next_;
    json["done"] = std::uint64_t{done_};
    json["edits"] = Json::array();
    for (const BranchEdit& edit : edits_) json["edits"].push_back(editToJson(edit, positionOf));
    return json;
}

Result<Branch> Branch::fromJson(const Json& json, const Find& find)
{
    const auto name = textAt(json, "name");
    const std::string what = "cannot read the branch" + (name ? " \"" + *name + "\"" : std::string());
    const std::string hint = "the others are there; it stays as it is in the workspace until a branch is saved";
    const auto bad = [&](std::string why) { return fail(what, std::move(why), hint, Error::Kind::BadInput); };
    const auto entity = textAt(json, "entity");
    const Json* edits = member(json, "edits");
    if (!name || !entity || edits == nullptr || !edits->is_array()) return bad("it holds no name, entity and edits");
    Branch branch(*name, EntityKey::fromText(*entity));
    for (const Json& each : *edits) {
        BranchEdit edit;
        if (const std::string why = editFromJson(each, find, edit); !why.empty())
            return bad("of its edit " + std::to_string(branch.edits_.size() + 1) + ": " + why);
        if (edit.number < branch.next_) return bad("the number " + std::to_string(edit.number) + " is given twice");
        branch.next_ = edit.number + 1;
        branch.edits_.push_back(std::move(edit));
    }
    branch.next_ = std::max(branch.next_, static_cast<std::uint64_t>(wholeAt(json, "next").value_or(1)));
    const auto done = wholeAt(json, "done");
    branch.done_ = std::min(branch.edits_.size(), done ? static_cast<std::size_t>(*done) : branch.edits_.size());
    return branch;
}

Json branchesToJson(std::span<const Branch> branches, const Branch::PositionOf& positionOf)
{
    Json json = Json::array();
    for (const Branch& branch : branches) json.push_back(branch.toJson(positionOf));
    return json;
}

std::vector<Branch> branchesFromJson(const Json& json, const Branch::Find& find, std::vector<Error>* unreadable)
{
    std::vector<Branch> branches;
    if (!json.is_array()) return branches;
    for (const Json& each : json) {
        auto branch = Branch::fromJson(each, find);
        if (branch)
            branches.push_back(std::move(*branch));
        else if (unreadable != nullptr)
            unreadable->push_back(branch.error());
    }
    return branches;
}

}  // namespace hindcast::replay
