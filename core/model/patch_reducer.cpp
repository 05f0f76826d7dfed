#include "core/model/built_in.h"

#include <algorithm>
#include <optional>
#include <string>

namespace hindcast::model {

namespace {

/// Each payload is an RFC 6902 patch of the state: an array of operations, bare or as the member "patch". A patch applies whole
/// or not at all.
class Patch final : public Reducer {
public:
    [[nodiscard]] std::string name() const override { return "patch"; }
    [[nodiscard]] std::string describe() const override { return "each payload is a JSON Patch (RFC 6902) of the state"; }
    [[nodiscard]] std::string hash() const override { return "patch:1"; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<Patch>(); }
    [[nodiscard]] Json initial() const override { return Json::object(); }

    [[nodiscard]] std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) override
    {
        if (endsLife(input.kind)) {
            StateEditor(state, changes).end();
            return {};
        }
        std::optional<ValueView> operations;
        if (!input.payload.empty()) {
            if (auto read = payload_.parse(input.payload); !read) return failure(std::move(read.error()), 0);
            operations = ValueView(payload_, Payload::kRoot);
            if (operations->isObject()) operations = operations->member("patch");
            if (!operations || !operations->isArray()) return failure("the payload is no JSON Patch", 0);
        }
        undo_.clear();
        StateEditor editor(state, changes, &undo_);
        const std::size_t noted = changes ? changes->size() : 0;
        editor.begin(initial());
        if (!operations) return {};
        std::string error;
        std::size_t number = 0;
        operations->items([&](ValueView operation) {
            if (!error.empty()) return;
            ++number;
            if (auto done = apply(editor, operation); !done) error = std::move(done.error());
        });
        if (error.empty()) return {};
        undo_.takeBack(state);
        if (changes) changes->resize(noted);
        return failure(std::move(error), number);
    }

private:
    static std::unexpected<EvolveError> failure(std::string message, std::size_t operation)
    {
        return std::unexpected(
            EvolveError{std::move(message), operation == 0 ? "patch" : "patch operation " + std::to_string(operation)});
    }

    static std::expected<Pointer, std::string> pointer(ValueView operation, std::string_view member)
    {
        const auto text = operation.member(member);
        if (!text || !text->isText()) return std::unexpected("'" + std::string(member) + "' is missing");
        auto parsed = Pointer::parse(text->text());
        if (!parsed) return std::unexpected("'" + std::string(text->text()) + "' is no JSON Pointer");
        return std::move(*parsed);
    }

    static StateEditor::Outcome apply(StateEditor& editor, ValueView operation)
    {
        const auto op = operation.member("op");
        if (!op || !op->isText()) return std::unexpected("'op' is missing");
        const auto path = pointer(operation, "path");
        if (!path) return std::unexpected(path.error());
        const std::string_view what = op->text();
        if (what == "remove") return remove(editor, *path);
        if (what == "move" || what == "copy") {
            const auto from = pointer(operation, "from");
            if (!from) return std::unexpected(from.error());
            return relocate(editor, *from, *path, what == "move");
        }
        const auto value = operation.member("value");
        if (!value) return std::unexpected("'value' is missing");
        if (what == "add") return editor.insert(*path, *value);
        const Json* there = valueAt(editor.document(), *path);
        if (!there) return std::unexpected(path->text() + " is not there");
        if (what == "replace") return editor.set(*path, *value);
        if (what != "test") return std::unexpected("there is no operation '" + std::string(what) + "'");
        if (!sameValue(*there, value->json())) return std::unexpected(path->text() + " has another value: the test fails");
        return {};
    }

    static StateEditor::Outcome remove(StateEditor& editor, const Pointer& path)
    {
        const auto removed = editor.remove(path);
        if (!removed) return std::unexpected(removed.error());
        if (!*removed) return std::unexpected(path.text() + " is not there");
        return {};
    }

    static StateEditor::Outcome relocate(StateEditor& editor, const Pointer& from, const Pointer& path, bool move)
    {
        const Json* there = valueAt(editor.document(), from);
        if (!there) return std::unexpected(from.text() + " is not there");
        if (from == path) return {};
        const Json value = *there;
        if (move) {
            const bool within = path.tokens().size() > from.tokens().size() &&
                                std::equal(from.tokens().begin(), from.tokens().end(), path.tokens().begin());
            if (within) return std::unexpected(from.text() + " cannot move into itself");
            if (auto removed = remove(editor, from); !removed) return removed;
        }
        return editor.insert(path, ValueView(value));
    }

    Payload payload_;
    UndoLog undo_;
};

}  // namespace

std::unique_ptr<Reducer> patchReducer() { return std::make_unique<Patch>(); }

}  // namespace hindcast::model
