#include "core/event/decimal.h"
#include "core/event/entity.h"
#include "core/model/built_in.h"
#include "core/model/rules.h"
#include "core/model/short_decimal.h"

#include <algorithm>

namespace hindcast::model {

namespace {

using rules::Handler;
using rules::Meta;
using rules::Operation;
using rules::Value;
using rules::When;

std::string whatIs(ValueView value)
{
    switch (value.kind()) {
        case Payload::Kind::Null: return "null";
        case Payload::Kind::True:
        case Payload::Kind::False: return "true or false";
        case Payload::Kind::Number: return "a number";
        case Payload::Kind::String: return "text";
        case Payload::Kind::Array: return "an array";
        case Payload::Kind::Object: return "an object";
    }
    return {};
}

std::string placeOf(const Value& value)
{
    return value.from == Value::From::Payload ? "the value at '" + value.at.text() + "'" : std::string("the value");
}

/// The exact sum.
std::optional<Json> sum(const Json& known, ValueView added)
{
    const std::string text = added.number();
    if (auto total = addShortDecimals(known, text)) return total;
    const auto total = addDecimals(numberText(known), text);
    if (!total) return std::nullopt;
    return numberFromText(*total);
}

/// What is not there need not be left out.
void leaveOut(Json& json, const Pointer& at)
{
    if (at.isRoot()) return;
    Json* holder = valueAt(json, at.parent());
    if (holder && holder->is_object()) holder->get_ref<Json::object_t&>().erase(at.tokens().back());
}

class SetRules final : public Reducer {
public:
    SetRules(std::shared_ptr<const rules::File> file, std::string hash) : file_(std::move(file)), hash_(std::move(hash)) {}

    [[nodiscard]] std::string name() const override { return "set rules: " + file_->entity; }
    [[nodiscard]] std::string describe() const override
    {
        return "set rules for " + file_->entity + ", " + std::to_string(file_->on.size() + (file_->any ? 1 : 0)) +
               " event types" + (file_->otherwise ? " and all others" : "");
    }
    [[nodiscard]] std::string hash() const override { return hash_; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<SetRules>(file_, hash_); }
    [[nodiscard]] Json initial() const override { return file_->initial; }

    [[nodiscard]] std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) override
    {
        const auto found = file_->on.find(input.type);
        const Handler* named = found == file_->on.end() ? nullptr : &found->second;
        const Handler* any = file_->any ? &*file_->any : nullptr;
        const bool ruled = named != nullptr;
        if (!named && file_->otherwise) named = &*file_->otherwise;
        // A rule for a delete may keep the state for the record; a tombstone has nothing more to tell.
        if (input.kind == EventKind::Tombstone || (endsLife(input.kind) && !ruled)) {
            StateEditor(state, changes).end();
            return {};
        }
        if (auto read = readPayload(input, named, any); !read) return read;

        undo_.clear();
        StateEditor editor(state, changes, &undo_);
        const std::size_t noted = changes ? changes->size() : 0;
        // What no later operation can call into question needs no way back.
        const bool plainRoot = (!state.alive || state.document.is_object()) && !(named && named->touchesRoot) &&
                               !(any && any->touchesRoot) && payload_.levels() + 8 < kMaxJsonDepth;
        const auto fallible = [&](const Handler& handler) { return plainRoot ? handler.fallible : handler.operations.size(); };
        const std::size_t later = any ? fallible(*any) : 0;
        bool ended = false;
        auto done = named ? run(*named, editor, input, later > 0 ? SIZE_MAX : fallible(*named), ended) : Ran{};
        if (done && any && !ended) done = run(*any, editor, input, later, ended);
        if (!done) {
            undo_.takeBack(state);
            if (changes) changes->resize(noted);
            return done;
        }
        if (!ended) editor.begin(file_->initial);
        return {};
    }

private:
    using Ran = std::expected<void, EvolveError>;

    Ran readPayload(const Input& input, const Handler* named, const Handler* any)
    {
        hasPayload_ = false;
        const bool first = named && named->needsPayload;
        const bool second = any && any->needsPayload;
        if (input.payload.empty() || (!first && !second)) return {};
        const std::vector<std::string>* only = nullptr;
        if (first != second) {
            const Handler& reader = first ? *named : *any;
            if (!reader.only.empty()) only = &reader.only;
        }
        if (auto read = payload_.parse(input.payload, only); !read)
            return std::unexpected(EvolveError{std::move(read.error()), std::string(input.type)});
        hasPayload_ = true;
        return {};
    }

    /// `fallible`: from the last operation before that count on, edits need not be taken back.
    Ran run(const Handler& handler, StateEditor& editor, const Input& input, std::size_t fallible, bool& ended)
    {
        std::size_t number = 0;
        for (const Operation& operation : handler.operations) {
            ++number;
            if (operation.when && !holds(*operation.when, editor)) continue;
            if (operation.what == Operation::Do::End) {
                editor.end();
                ended = true;
                return {};
            }
            if (!editor.alive()) editor.begin(file_->initial);
            if (number >= fallible) editor.forgetUndo();
            if (auto done = apply(operation, editor, input); !done)
                return std::unexpected(EvolveError{std::move(done.error()), operation.label});
        }
        return {};
    }

    [[nodiscard]] std::optional<ValueView> payloadAt(const Pointer& at) const
    {
        if (!hasPayload_) return std::nullopt;
        return ValueView(payload_, Payload::kRoot).at(at.tokens());
    }

    [[nodiscard]] bool holds(const When& when, const StateEditor& editor) const
    {
        std::optional<ValueView> there;
        if (!when.ofState) {
            there = payloadAt(when.at);
        } else if (editor.alive()) {
            if (const Json* json = valueAt(editor.document(), when.at)) there = ValueView(*json);
        }
        if (when.test == When::Test::Exists) return there.has_value() == when.wanted.get<bool>();
        if (!there) return when.test == When::Test::Not;
        const auto equals = [&](const Json& wanted) {
            return there->sameAs(wanted) || (there->isNumber() && hindcast::isNumber(wanted) && sameValue(there->json(), wanted));
        };
        switch (when.test) {
            case When::Test::Equals: return equals(when.wanted);
            case When::Test::Not: return !equals(when.wanted);
            default: return std::any_of(when.wanted.begin(), when.wanted.end(), equals);
        }
    }

    /// Empty: the payload has nothing there. `made` holds what had to be built.
    std::optional<ValueView> evaluate(const Value& value, const Input& input, Json& made) const
    {
        switch (value.from) {
            case Value::From::Payload: return payloadAt(value.at);
            case Value::From::Const: return ValueView(value.constant);
            case Value::From::Meta: made = meta(value.meta, input); return ValueView(made);
            case Value::From::Object: break;
        }
        made = Json::object();
        for (std::size_t i = 0; i < value.members.size(); ++i) {
            Json inner;
            if (const auto member = evaluate(value.members[i], input, inner))
                made.get_ref<Json::object_t&>().emplace(value.names[i], member->json());
        }
        return ValueView(made);
    }

    static Json meta(Meta meta, const Input& input)
    {
        switch (meta) {
            case Meta::Time: return input.time.isKnown() ? Json(toIso(input.time)) : Json(nullptr);
            case Meta::Type: return std::string(input.type);
            case Meta::Kind: return std::string(nameOf(input.kind));
            case Meta::Version: return input.version.value;
            case Meta::Entity: return EntityKey{std::string(input.category), std::string(input.entity)}.text();
            case Meta::Category: return std::string(input.category);
            case Meta::Id: return std::string(input.entity);
            case Meta::Offset: return static_cast<std::uint64_t>(input.id.offset().value);
        }
        return nullptr;
    }

    StateEditor::Outcome apply(const Operation& operation, StateEditor& editor, const Input& input)
    {
        Json made;
        std::optional<ValueView> value;
        if (operation.value) {
            value = evaluate(*operation.value, input, made);
            if (!value) return {};  // the event does not tell it
        } else if (operation.what == Operation::Do::Merge) {
            if (!hasPayload_) return {};
            value = ValueView(payload_, Payload::kRoot);
        }
        switch (operation.what) {
            case Operation::Do::Set: return editor.set(operation.target, *value);
            case Operation::Do::Add: return add(operation, editor, *value);
            case Operation::Do::Append: return editor.append(operation.target, *value);
            case Operation::Do::Merge: {
                if (operation.except.empty()) return editor.merge(operation.target, *value);
                Json rest = value->json();
                for (const Pointer& left : operation.except) leaveOut(rest, left);
                return editor.merge(operation.target, ValueView(rest));
            }
            case Operation::Do::End: break;
            case Operation::Do::Remove:
                if (value) {
                    editor.removeItem(operation.target, value->json());
                } else if (auto removed = editor.remove(operation.target); !removed) {
                    return std::unexpected(std::move(removed.error()));
                }
                break;
        }
        return {};
    }

    static StateEditor::Outcome add(const Operation& operation, StateEditor& editor, ValueView value)
    {
        if (!value.isNumber()) return std::unexpected(placeOf(*operation.value) + " is " + whatIs(value) + ", not a number");
        const Json* known = valueAt(editor.document(), operation.target);
        if (!known) return editor.set(operation.target, value);
        if (!hindcast::isNumber(*known))
            return std::unexpected("'" + operation.target.text() + "' is " + whatIs(ValueView(*known)) +
                                   " in the state, not a number");
        auto total = sum(*known, value);
        if (!total) return std::unexpected("the sum at '" + operation.target.text() + "' has too many digits to be written out");
        editor.replace(operation.target, std::move(*total));
        return {};
    }

    std::shared_ptr<const rules::File> file_;
    std::string hash_;
    Payload payload_;
    bool hasPayload_ = false;
    UndoLog undo_;
};

/// FNV-1a: names a version of a rules file among others, nothing more.
std::string fingerprint(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    constexpr const char* kDigits = "0123456789abcdef";
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += kDigits[(hash >> shift) & 15];
    return out;
}

}  // namespace

Result<std::unique_ptr<Reducer>> setRules(const Json& json)
{
    auto file = rules::read(json);
    if (!file) return std::unexpected(file.error());
    return std::make_unique<SetRules>(std::make_shared<const rules::File>(std::move(*file)),
                                      "set rules:1:" + fingerprint(toText(json)));
}

}  // namespace hindcast::model
