#include "core/model/built_in.h"

#include <string>

namespace hindcast::model {

namespace {

const Pointer kRoot;

/// What merge, latest and fields share: a life of an object, ended by what ends lives, and a payload read before the state is
/// touched.
class DocumentReducer : public Reducer {
public:
    [[nodiscard]] std::string hash() const final { return name() + ":1"; }
    [[nodiscard]] Json initial() const final { return Json::object(); }

    [[nodiscard]] std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) final
    {
        StateEditor editor(state, changes);
        if (endsLife(input.kind)) {
            editor.end();
            return {};
        }
        if (!input.payload.empty()) {
            if (auto read = payload_.parse(input.payload); !read)
                return std::unexpected(EvolveError{std::move(read.error()), name()});
        }
        editor.begin(initial_);
        if (!input.payload.empty()) apply(editor, ValueView(payload_, Payload::kRoot));
        return {};
    }

protected:
    /// Cannot fail: a payload is no deeper than a state may be, and is applied at the root.
    virtual void apply(StateEditor& editor, ValueView payload) = 0;

private:
    Payload payload_;
    const Json initial_ = Json::object();
};

class Merge final : public DocumentReducer {
public:
    [[nodiscard]] std::string name() const override { return "merge"; }
    [[nodiscard]] std::string describe() const override { return "last seen values, no model"; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<Merge>(); }

protected:
    void apply(StateEditor& editor, ValueView payload) override { (void)editor.merge(kRoot, payload); }
};

class Latest final : public DocumentReducer {
public:
    [[nodiscard]] std::string name() const override { return "latest"; }
    [[nodiscard]] std::string describe() const override { return "the last payload is the state"; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<Latest>(); }

protected:
    void apply(StateEditor& editor, ValueView payload) override { (void)editor.set(kRoot, payload); }
};

class Fields final : public DocumentReducer {
public:
    [[nodiscard]] std::string name() const override { return "fields"; }
    [[nodiscard]] std::string describe() const override { return "last seen values; new_x sets x, old_x is left out"; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<Fields>(); }

protected:
    void apply(StateEditor& editor, ValueView payload) override
    {
        if (!payload.isObject() || !editor.document().is_object()) {
            (void)editor.merge(kRoot, payload);
            return;
        }
        bool news = false;
        payload.members([&](std::string_view key, ValueView value) {
            if (names(key, kNew)) {
                news = true;
            } else if (!names(key, kOld)) {
                editor.mergeMember(key, value);
            }
        });
        if (!news) return;
        // After the others, so that new_x counts even where the event carries x as well. It is the whole new value: not merged.
        payload.members([&](std::string_view key, ValueView value) {
            if (names(key, kNew)) editor.setMember(key.substr(kNew.size()), value);
        });
    }

private:
    static constexpr std::string_view kNew = "new_";
    static constexpr std::string_view kOld = "old_";
    static bool names(std::string_view key, std::string_view prefix)
    {
        return key.size() > prefix.size() && key.starts_with(prefix);
    }
};

}  // namespace

std::unique_ptr<Reducer> mergeReducer() { return std::make_unique<Merge>(); }
std::unique_ptr<Reducer> latestReducer() { return std::make_unique<Latest>(); }
std::unique_ptr<Reducer> fieldsReducer() { return std::make_unique<Fields>(); }

}  // namespace hindcast::model
