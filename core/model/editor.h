#pragma once
#include "core/event/change.h"
#include "core/event/pointer.h"
#include "core/model/payload.h"
#include "core/model/reducer.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::model {

/// What is needed to take a reducer's edits back. Old values are moved in, not copied.
class UndoLog {
public:
    void clear() { steps_.clear(); }
    /// Makes `state` what it was when the log was cleared, member order included.
    void takeBack(FoldState& state);

private:
    friend class StateEditor;
    struct Step {
        enum class Kind : std::uint8_t { Began, Ended, Replaced, MemberAdded, MemberRemoved, ItemAdded, ItemRemoved };
        Kind kind = Kind::Replaced;
        std::string pointer;  ///< of the value that was replaced, or of the container
        std::string key;      ///< of a member
        std::size_t index = 0;
        Json old;
    };
    std::vector<Step> steps_;
};

/// The one way in which native reducers change a state. Where `changes` is given, every edit appends what it did, leaf by leaf,
/// so that the list applied to the old state in order gives the new one (arrays by index, as difference() tells them); where
/// `undo` is given, every edit can be taken back. Given neither, values are overwritten in place and nothing is noted.
///
/// Edits check first and then do: one that returns an error has changed nothing. The error is a reason in words.
class StateEditor {
public:
    using Outcome = std::expected<void, std::string>;

    explicit StateEditor(FoldState& state, Changes* changes = nullptr, UndoLog* undo = nullptr)
        : state_(state), changes_(changes), undo_(undo), quiet_(!changes && !undo)
    {
    }

    /// From here on no edit needs to be taken back.
    void forgetUndo()
    {
        undo_ = nullptr;
        quiet_ = !changes_;
    }

    /// Begins a life; nothing where the entity lives already.
    void begin(const Json& initial);
    /// Ends it; nothing where it does not live.
    void end();

    [[nodiscard]] bool alive() const { return state_.alive; }

    // All below: REQUIRES alive().
    [[nodiscard]] const Json& document() const { return state_.document; }

    /// Sets a value; what is missing on the way becomes objects. An array takes an index within it, its size, or "-".
    Outcome set(const Pointer& at, ValueView value);
    /// Replaces a value. REQUIRES: there is one.
    void replace(const Pointer& at, Json value);
    /// RFC 6902 "add": as set, but inserts into arrays, and what holds the value must be there.
    Outcome insert(const Pointer& at, ValueView value);
    /// Appends to an array, made where it is missing.
    Outcome append(const Pointer& at, ValueView value);
    /// RFC 7386 merge patch at a pointer; what is missing on the way becomes objects.
    Outcome merge(const Pointer& at, ValueView patch);
    /// Removes a member or item. False: there was none.
    std::expected<bool, std::string> remove(const Pointer& at);
    /// Removes the first item with this value (numbers by value) from an array. False: there is no such item, or no array.
    bool removeItem(const Pointer& at, const Json& value);

    // On one member of the document. REQUIRES: document().is_object().
    void setMember(std::string_view key, ValueView value);
    void mergeMember(std::string_view key, ValueView patch);
    void removeMember(std::string_view key);

private:
    class Step;
    Json::object_t& root() { return state_.document.get_ref<Json::object_t&>(); }
    Outcome put(const Pointer& at, ValueView value, bool inserting, bool merging);
    Json* memberOf(Json::object_t& object, std::string_view key, std::size_t& hint);
    void replace(Json& slot, ValueView value);
    void exchange(Json& slot, Json value);
    void mergeInto(Json& slot, ValueView patch);
    void addMember(Json::object_t& object, std::string_view key, Json value);
    void dropMember(Json::object_t& object, std::string_view key);
    void insertItem(Json::array_t& array, std::size_t index, Json value);
    void dropItem(Json::array_t& array, std::size_t index);
    void note(Change::Op op, Json before, Json after);
    void noteDifference(const Json& before, const Json& after, bool rewritten);
    UndoLog::Step& remember(UndoLog::Step::Kind kind);

    FoldState& state_;
    Changes* changes_;
    UndoLog* undo_;
    bool quiet_;
    std::string path_;          ///< where the edit stands; not kept while quiet
    std::size_t nextRoot_ = 0;  ///< where setMember and mergeMember look first
};

}  // namespace hindcast::model
