#include "core/model/built_in.h"
#include "core/model/debezium.h"

#include <charconv>
#include <string>
#include <vector>

namespace hindcast::model {

namespace {

constexpr std::string_view kMark = "__debezium_unavailable_value";
constexpr std::string_view kMarkBase64 = "X19kZWJleml1bV91bmF2YWlsYWJsZV92YWx1ZQ==";
constexpr std::string_view kMarkHex = "5f5f646562657a69756d5f756e617661696c61626c655f76616c7565";
constexpr std::string_view kMarkUuid = "b68a35a7-17ad-35b3-af2a-ae46edb4545a";  // name-based, of the text's bytes
constexpr std::string_view kMarkMap = R"({"__debezium_unavailable_value":"__debezium_unavailable_value"})";

/// A table row by its Debezium envelopes: the after row of each change. A table without a key is one entity, `*`: the multiset
/// of its rows, {"rows": {"<row as JSON>": {"row": …, "count": n}}}, so that each row has a pointer of its own and a change
/// shows as one.
class DebeziumRow final : public Reducer {
public:
    [[nodiscard]] std::string name() const override { return "debezium"; }
    [[nodiscard]] std::string describe() const override { return "the table row, as each change left it"; }
    [[nodiscard]] std::string hash() const override { return "debezium:1"; }
    [[nodiscard]] std::unique_ptr<Reducer> clone() const override { return std::make_unique<DebeziumRow>(); }
    [[nodiscard]] Json initial() const override { return Json::object(); }

    [[nodiscard]] std::expected<void, EvolveError> evolve(FoldState& state, const Input& input, Changes* changes) override
    {
        const bool wholeTable = input.entity == "*";
        StateEditor editor(state, changes);
        EventKind kind = input.kind;
        if (kind == EventKind::Message) return {};
        if (kind == EventKind::Tombstone || (!wholeTable && endsLife(kind))) {
            editor.end();
            return {};
        }
        if (input.payload.empty()) return failure("there is no payload that could be read");
        static const std::vector<std::string> kWanted{"op", "before", "after"};
        if (auto read = payload_.parse(input.payload, &kWanted); !read) return failure(std::move(read.error()));
        const ValueView envelope(payload_, Payload::kRoot);
        if (kind == EventKind::Plain) {
            const auto op = envelope.member("op");
            if (!op || !op->isText()) return failure("the payload is no Debezium envelope: it has no 'op'");
            const auto named = kindOf(op->text());
            if (!named) return failure("the payload's 'op' is unknown: " + std::string(op->text()));
            kind = *named;
            if (kind == EventKind::Message) return {};
        }
        const std::optional<ValueView> before = row(envelope, "before");
        const std::optional<ValueView> after = row(envelope, "after");
        if (wholeTable) return table(editor, kind, before, after);
        if (endsLife(kind)) {
            editor.end();
            return {};
        }
        if (!after) return failure("the envelope has no after row");
        editor.begin(initial_);
        setRow(editor, *after, before);
        return {};
    }

private:
    static std::unexpected<EvolveError> failure(std::string message)
    {
        return std::unexpected(EvolveError{std::move(message), "debezium"});
    }

    static std::optional<EventKind> kindOf(std::string_view op)
    {
        if (op == "c") return EventKind::Create;
        if (op == "u") return EventKind::Update;
        if (op == "d") return EventKind::Delete;
        if (op == "r") return EventKind::Snapshot;
        if (op == "t") return EventKind::Truncate;
        if (op == "m") return EventKind::Message;
        return std::nullopt;
    }

    static std::optional<ValueView> row(ValueView envelope, std::string_view name)
    {
        const auto member = envelope.member(name);
        return member && member->isObject() ? member : std::nullopt;
    }

    static void setRow(StateEditor& editor, ValueView after, std::optional<ValueView> before)
    {
        std::size_t columns = 0;
        after.members([&](std::string_view column, ValueView value) {
            ++columns;
            if (!isUnavailable(value)) {
                editor.setMember(column, value);
                return;
            }
            // Unchanged, so the predecessor's value stands; unless this is the first that we see of the row.
            const auto& known = editor.document().get_ref<const Json::object_t&>();
            if (known.find(column) != known.end()) return;
            const auto old = before ? before->member(column) : std::nullopt;
            editor.setMember(column, old ? *old : value);
        });
        if (editor.document().size() == columns) return;
        std::vector<std::string> dropped;
        for (const auto& [column, value] : editor.document().get_ref<const Json::object_t&>())
            if (!after.member(column)) dropped.push_back(column);
        for (const std::string& column : dropped) editor.removeMember(column);
    }

    std::expected<void, EvolveError> table(StateEditor& editor, EventKind kind, std::optional<ValueView> before,
                                           std::optional<ValueView> after)
    {
        if (kind == EventKind::Truncate) {
            // A table with a key is truncated here as well, but holds no rows here: nothing begins to live.
            if (!editor.alive()) return {};
            editor.begin(emptyTable_);
            if (auto emptied = editor.set(rows_, ValueView(emptyTable_["rows"])); !emptied)
                return failure(std::move(emptied.error()));
            return {};
        }
        const bool adds = kind != EventKind::Delete;
        if (adds && !after) return failure("the envelope has no after row");
        if (!adds && !before) return failure("the table has no key, and the envelope has no before row to tell which one went");
        if (adds && after->levels() + 3 > kMaxJsonDepth) return failure("the row is nested too deeply");
        if (!adds && !holds(editor, toText(before->json())))
            return failure("the deleted row is not among the known rows: the history may begin after it");
        editor.begin(emptyTable_);
        const auto& document = editor.document();
        if (!document.is_object() || !document.contains("rows")) return failure("the state is no table");
        Json next = after && adds ? withKnownValues(*after, before) : Json();
        if (before && kind != EventKind::Create && kind != EventKind::Snapshot) count(editor, before->json(), -1);
        if (adds) count(editor, std::move(next), 1);
        return {};
    }

    bool holds(StateEditor& editor, const std::string& rowText) const
    {
        return editor.alive() && valueAt(editor.document(), rows_.child(rowText)) != nullptr;
    }

    static Json withKnownValues(ValueView after, std::optional<ValueView> before)
    {
        Json row = Json::object();
        auto& columns = row.get_ref<Json::object_t&>();
        after.members([&](std::string_view column, ValueView value) {
            const auto old = before && isUnavailable(value) ? before->member(column) : std::nullopt;
            columns.emplace(column, old ? old->json() : value.json());
        });
        return row;
    }

    void count(StateEditor& editor, Json row, int by)
    {
        const Pointer entry = rows_.child(toText(row));
        const Json* known = valueAt(editor.document(), entry);
        const std::int64_t now = (known ? known->at("count").get<std::int64_t>() : 0) + by;
        // Within the depth that was checked, and every container on the way is ours: these cannot fail.
        if (now <= 0) {
            (void)editor.remove(entry);
        } else if (known) {
            const Json number(static_cast<std::uint64_t>(now));
            (void)editor.set(entry.child("count"), ValueView(number));
        } else {
            Json fresh = Json::object();
            auto& members = fresh.get_ref<Json::object_t&>();
            members.emplace("row", std::move(row));
            members.emplace("count", std::uint64_t{1});
            (void)editor.set(entry, ValueView(fresh));
        }
    }

    static Json emptyTable()
    {
        Json table = Json::object();
        table.get_ref<Json::object_t&>().emplace("rows", Json::object());
        return table;
    }

    Payload payload_;
    const Json initial_ = Json::object();
    const Json emptyTable_ = emptyTable();
    const Pointer rows_{{"rows"}};
};

/// An array of integers that spells the mark, byte by byte.
bool spellsMark(ValueView array)
{
    std::size_t at = 0;
    bool same = true;
    array.items([&](ValueView item) {
        same = same && at < kMark.size() && item.isNumber() && item.number() == std::to_string(static_cast<int>(kMark[at]));
        ++at;
    });
    return same && at == kMark.size();
}

}  // namespace

bool isUnavailable(ValueView value)
{
    switch (value.kind()) {
        case Payload::Kind::String: {
            const std::string_view text = value.text();
            switch (text.size()) {
                case kMark.size(): return text == kMark;
                case kMarkBase64.size(): return text == kMarkBase64;
                case kMarkHex.size(): return text == kMarkHex;
                case kMarkUuid.size(): return text == kMarkUuid;
                case kMarkMap.size(): return text == kMarkMap;
                default: return false;
            }
        }
        case Payload::Kind::Array: {
            bool found = false;
            value.items([&](ValueView item) { found = found || isUnavailable(item); });
            return found || spellsMark(value);
        }
        case Payload::Kind::Object: {
            bool found = false;
            value.members([&](std::string_view, ValueView member) { found = found || isUnavailable(member); });
            return found;
        }
        default: return false;
    }
}

std::unique_ptr<Reducer> debeziumReducer() { return std::make_unique<DebeziumRow>(); }

}  // namespace hindcast::model
