#include "core/model/editor.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace hindcast::model {

namespace {

const Json kNothing(Json::value_t::discarded);

bool isContainer(const Json& json) { return json.is_object() || json.is_array(); }

std::string whatIs(const Json& json)
{
    if (json.is_string()) return "text";
    if (json.is_boolean()) return "true or false";
    if (json.is_null()) return "null";
    if (json.is_object()) return "an object";
    if (json.is_array()) return "an array";
    return "a number";
}

std::string upTo(const Pointer& at, std::size_t tokens)
{
    std::string text;
    for (std::size_t i = 0; i < tokens; ++i) appendToken(text, at.tokens()[i]);
    return text.empty() ? "the state" : text;
}

/// Deep levels are counted only where the payload could reach the limit at all.
bool tooDeep(const Pointer& at, ValueView value) { return at.tokens().size() + value.levels() > kMaxJsonDepth; }

constexpr const char* kTooDeep = "the state would be nested deeper than 256 levels";

}  // namespace

/// One token further down for as long as it lives.
class StateEditor::Step {
public:
    Step(StateEditor& editor, std::string_view token) : editor_(editor), length_(editor.path_.size())
    {
        if (!editor_.quiet_) appendToken(editor_.path_, token);
    }
    Step(StateEditor& editor, std::size_t index) : Step(editor, std::string_view(std::to_string(index))) {}
    ~Step() { editor_.path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

private:
    StateEditor& editor_;
    std::size_t length_;
};

void StateEditor::begin(const Json& initial)
{
    if (state_.alive) return;
    path_.clear();
    note(Change::Op::Add, kNothing, initial);
    if (undo_) remember(UndoLog::Step::Kind::Began);
    state_.document = initial;
    state_.alive = true;
}

void StateEditor::end()
{
    if (!state_.alive) return;
    path_.clear();
    note(Change::Op::Remove, changes_ ? state_.document : kNothing, kNothing);
    if (undo_) remember(UndoLog::Step::Kind::Ended).old = std::move(state_.document);
    state_.document = kNothing;
    state_.alive = false;
}

StateEditor::Outcome StateEditor::set(const Pointer& at, ValueView value) { return put(at, value, false, false); }
StateEditor::Outcome StateEditor::insert(const Pointer& at, ValueView value) { return put(at, value, true, false); }
StateEditor::Outcome StateEditor::merge(const Pointer& at, ValueView patch) { return put(at, patch, false, true); }

StateEditor::Outcome StateEditor::put(const Pointer& at, ValueView value, bool inserting, bool merging)
{
    if (tooDeep(at, value)) return std::unexpected(kTooDeep);
    path_.clear();
    Json* slot = &state_.document;
    const auto& tokens = at.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& token = tokens[i];
        const bool last = i + 1 == tokens.size();
        const auto made = [&] {
            Json json = merging ? value.jsonWithoutNulls() : value.json();
            for (std::size_t j = tokens.size(); j > i + 1; --j) {
                Json outer = Json::object();
                outer.get_ref<Json::object_t&>().emplace(tokens[j - 1], std::move(json));
                json = std::move(outer);
            }
            return json;
        };
        if (slot->is_object()) {
            auto& object = slot->get_ref<Json::object_t&>();
            const auto found = object.find(token);
            if (found == object.end()) {
                if (inserting && !last) return std::unexpected(upTo(at, i + 1) + " is not there");
                addMember(object, token, made());
                return {};
            }
            slot = &found->second;
        } else if (slot->is_array()) {
            auto& array = slot->get_ref<Json::array_t&>();
            const auto index = token == "-" ? std::optional(array.size()) : arrayIndex(token);
            if (!index) return std::unexpected(upTo(at, i) + " is an array, and '" + token + "' is no index");
            if (*index > array.size())
                return std::unexpected(upTo(at, i) + " has " + std::to_string(array.size()) + " items, and no place " + token);
            if (*index == array.size() || (inserting && last)) {
                if (inserting && !last) return std::unexpected(upTo(at, i + 1) + " is not there");
                insertItem(array, *index, made());
                return {};
            }
            slot = &array[*index];
        } else {
            return std::unexpected(upTo(at, i) + " is " + whatIs(*slot) + " and can hold nothing");
        }
        if (!quiet_) appendToken(path_, token);
    }
    if (merging) {
        mergeInto(*slot, value);
    } else {
        replace(*slot, value);
    }
    return {};
}

StateEditor::Outcome StateEditor::append(const Pointer& at, ValueView value)
{
    Json* slot = valueAt(state_.document, at);
    if (!slot) {
        if (at.tokens().size() + 1 + value.levels() > kMaxJsonDepth) return std::unexpected(kTooDeep);
        Json array = Json::array();
        array.push_back(value.json());
        return set(at, ValueView(array));
    }
    if (!slot->is_array()) return std::unexpected(upTo(at, at.tokens().size()) + " is " + whatIs(*slot) + " and no array");
    if (at.tokens().size() + 1 + value.levels() > kMaxJsonDepth) return std::unexpected(kTooDeep);
    if (!quiet_) path_ = at.text();
    auto& array = slot->get_ref<Json::array_t&>();
    insertItem(array, array.size(), value.json());
    return {};
}

std::expected<bool, std::string> StateEditor::remove(const Pointer& at)
{
    if (at.isRoot()) return std::unexpected("the whole state cannot be removed: that is what end does");
    const Pointer above = at.parent();
    Json* holder = valueAt(state_.document, above);
    const std::string& token = at.tokens().back();
    if (!quiet_) path_ = above.text();
    if (holder && holder->is_object()) {
        auto& object = holder->get_ref<Json::object_t&>();
        if (object.find(token) == object.end()) return false;
        dropMember(object, token);
        return true;
    }
    if (holder && holder->is_array()) {
        auto& array = holder->get_ref<Json::array_t&>();
        const auto index = arrayIndex(token);
        if (!index || *index >= array.size()) return false;
        dropItem(array, *index);
        return true;
    }
    return false;
}

bool StateEditor::removeItem(const Pointer& at, const Json& value)
{
    Json* slot = valueAt(state_.document, at);
    if (!slot || !slot->is_array()) return false;
    auto& array = slot->get_ref<Json::array_t&>();
    const auto found = std::find_if(array.begin(), array.end(), [&](const Json& item) { return sameValue(item, value); });
    if (found == array.end()) return false;
    if (!quiet_) path_ = at.text();
    dropItem(array, static_cast<std::size_t>(found - array.begin()));
    return true;
}

void StateEditor::setMember(std::string_view key, ValueView value)
{
    path_.clear();
    Json* known = memberOf(root(), key, nextRoot_);
    if (!known) {
        addMember(root(), key, value.json());
        return;
    }
    const Step step(*this, key);
    replace(*known, value);
}

void StateEditor::mergeMember(std::string_view key, ValueView patch)
{
    path_.clear();
    if (patch.isNull()) {
        dropMember(root(), key);
        return;
    }
    Json* known = memberOf(root(), key, nextRoot_);
    if (!known) {
        addMember(root(), key, patch.jsonWithoutNulls());
        return;
    }
    const Step step(*this, key);
    mergeInto(*known, patch);
}

void StateEditor::removeMember(std::string_view key)
{
    path_.clear();
    dropMember(root(), key);
}

void StateEditor::replace(const Pointer& at, Json value)
{
    if (!quiet_) path_ = at.text();
    exchange(*valueAt(state_.document, at), std::move(value));
}

void StateEditor::replace(Json& slot, ValueView value)
{
    if (quiet_) {
        value.assignTo(slot);
    } else {
        exchange(slot, value.json());
    }
}

void StateEditor::exchange(Json& slot, Json value)
{
    if (changes_) noteDifference(slot, value, true);
    if (undo_) {
        remember(UndoLog::Step::Kind::Replaced).old = std::exchange(slot, std::move(value));
    } else {
        slot = std::move(value);
    }
}

void StateEditor::mergeInto(Json& slot, ValueView patch)
{
    if (!patch.isObject()) {
        replace(slot, patch);
        return;
    }
    if (!slot.is_object()) {
        const Json made = patch.jsonWithoutNulls();
        replace(slot, ValueView(made));
        return;
    }
    auto& object = slot.get_ref<Json::object_t&>();
    std::size_t hint = 0;
    patch.members([&](std::string_view key, ValueView value) {
        Json* known = memberOf(object, key, hint);
        if (!known) {
            if (!value.isNull()) addMember(object, key, value.jsonWithoutNulls());
        } else if (value.isNull()) {
            dropMember(object, key);
        } else {
            const Step step(*this, key);
            mergeInto(*known, value);
        }
    });
}

/// Events mostly tell their members in the order that the state has them in already, so the one after the last found is tried first.
Json* StateEditor::memberOf(Json::object_t& object, std::string_view key, std::size_t& hint)
{
    auto found = object.begin() + static_cast<std::ptrdiff_t>(std::min(hint, object.size()));
    if (found == object.end() || found->first != key) found = object.find(key);
    if (found == object.end()) return nullptr;
    hint = static_cast<std::size_t>(found - object.begin()) + 1;
    return &found->second;
}

void StateEditor::addMember(Json::object_t& object, std::string_view key, Json value)
{
    if (!quiet_) {
        const Step step(*this, key);
        note(Change::Op::Add, kNothing, changes_ ? value : kNothing);
    }
    if (undo_) remember(UndoLog::Step::Kind::MemberAdded).key = key;
    object.emplace(key, std::move(value));
}

void StateEditor::dropMember(Json::object_t& object, std::string_view key)
{
    const auto found = object.find(key);
    if (found == object.end()) return;
    if (!quiet_) {
        const Step step(*this, key);
        note(Change::Op::Remove, changes_ ? found->second : kNothing, kNothing);
    }
    if (undo_) {
        UndoLog::Step& step = remember(UndoLog::Step::Kind::MemberRemoved);
        step.key = key;
        step.index = static_cast<std::size_t>(found - object.begin());
        step.old = std::move(found->second);
    }
    object.erase(found);
}

void StateEditor::insertItem(Json::array_t& array, std::size_t index, Json value)
{
    if (changes_) {
        for (std::size_t i = index; i < array.size(); ++i) {
            const Step step(*this, i);
            noteDifference(array[i], i == index ? value : array[i - 1], false);
        }
        const Step step(*this, array.size());
        note(Change::Op::Add, kNothing, index == array.size() ? value : array.back());
    }
    if (undo_) remember(UndoLog::Step::Kind::ItemAdded).index = index;
    array.insert(array.begin() + static_cast<std::ptrdiff_t>(index), std::move(value));
}

void StateEditor::dropItem(Json::array_t& array, std::size_t index)
{
    if (changes_) {
        for (std::size_t i = index; i + 1 < array.size(); ++i) {
            const Step step(*this, i);
            noteDifference(array[i], array[i + 1], false);
        }
        const Step step(*this, array.size() - 1);
        note(Change::Op::Remove, array.back(), kNothing);
    }
    const auto where = array.begin() + static_cast<std::ptrdiff_t>(index);
    if (undo_) {
        UndoLog::Step& step = remember(UndoLog::Step::Kind::ItemRemoved);
        step.index = index;
        step.old = std::move(*where);
    }
    array.erase(where);
}

void StateEditor::note(Change::Op op, Json before, Json after)
{
    if (changes_) changes_->push_back({op, path_, std::move(before), std::move(after)});
}

void StateEditor::noteDifference(const Json& before, const Json& after, bool rewritten)
{
    if (before.is_object() && after.is_object() && !(before.empty() && after.empty())) {
        const auto& from = before.get_ref<const Json::object_t&>();
        const auto& to = after.get_ref<const Json::object_t&>();
        for (const auto& [key, value] : from) {
            const Step step(*this, key);
            const auto found = to.find(key);
            if (found == to.end()) {
                note(Change::Op::Remove, value, kNothing);
            } else {
                noteDifference(value, found->second, rewritten);
            }
        }
        for (const auto& [key, value] : to) {
            if (from.find(key) != from.end()) continue;
            const Step step(*this, key);
            note(Change::Op::Add, kNothing, value);
        }
        return;
    }
    if (before.is_array() && after.is_array() && !(before.empty() && after.empty())) {
        for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i) {
            const Step step(*this, i);
            noteDifference(before[i], after[i], rewritten);
        }
        for (std::size_t i = before.size(); i > after.size(); --i) {
            const Step step(*this, i - 1);
            note(Change::Op::Remove, before[i - 1], kNothing);
        }
        for (std::size_t i = before.size(); i < after.size(); ++i) {
            const Step step(*this, i);
            note(Change::Op::Add, kNothing, after[i]);
        }
        return;
    }
    if (!isContainer(before) && !isContainer(after) ? sameText(before, after) : before.type() == after.type()) {
        if (rewritten) note(Change::Op::Same, before, after);
        return;
    }
    note(Change::Op::Replace, before, after);
}

UndoLog::Step& StateEditor::remember(UndoLog::Step::Kind kind)
{
    UndoLog::Step& step = undo_->steps_.emplace_back();
    step.kind = kind;
    step.pointer = path_;
    return step;
}

void UndoLog::takeBack(FoldState& state)
{
    using Kind = Step::Kind;
    for (Step& step : std::views::reverse(steps_)) {
        if (step.kind == Kind::Began) {
            state.document = kNothing;
            state.alive = false;
            continue;
        }
        if (step.kind == Kind::Ended) {
            state.document = std::move(step.old);
            state.alive = true;
            continue;
        }
        Json& there = *valueAt(state.document, *Pointer::parse(step.pointer));
        const auto offset = static_cast<std::ptrdiff_t>(step.index);
        switch (step.kind) {
            case Kind::Replaced: there = std::move(step.old); break;
            case Kind::MemberAdded: there.get_ref<Json::object_t&>().erase(step.key); break;
            case Kind::MemberRemoved:
                there.get_ref<Json::object_t&>().insertAt(step.index, std::move(step.key), std::move(step.old));
                break;
            case Kind::ItemAdded: {
                auto& array = there.get_ref<Json::array_t&>();
                array.erase(array.begin() + offset);
                break;
            }
            case Kind::ItemRemoved: {
                auto& array = there.get_ref<Json::array_t&>();
                array.insert(array.begin() + offset, std::move(step.old));
                break;
            }
            default: break;
        }
    }
    steps_.clear();
}

}  // namespace hindcast::model
