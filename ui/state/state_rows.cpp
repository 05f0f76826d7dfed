#include "ui/state/state_rows.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <unordered_set>

namespace hindcast::ui {

namespace {

constexpr std::size_t kMarksInBudget = 2000;
constexpr std::size_t kBytesOfAValue = 10;  // of text that is searched: as many cost what another value costs

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool holds(std::string_view text, const std::string& lowered)
{
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), [](char a, char b) { return lower(a) == b; }) !=
           text.end();
}

bool scalarHolds(const Json& value, const std::string& lowered)
{
    switch (value.type()) {
        case Json::value_t::string: return holds(value.get_ref<const std::string&>(), lowered);
        case Json::value_t::null: return holds("null", lowered);
        case Json::value_t::boolean: return holds(value.get<bool>() ? "true" : "false", lowered);
        case Json::value_t::array:
        case Json::value_t::object:
        case Json::value_t::discarded: return false;
        default: return holds(numberText(value), lowered);
    }
}

std::size_t bytesSearched(const Json& value, const std::string* key)
{
    return (key != nullptr ? key->size() : 0) + (value.is_string() ? value.get_ref<const std::string&>().size() : 0);
}

/// A token as the index of an array's item; empty where it is none.
std::optional<std::uint32_t> indexOf(const std::string& token)
{
    std::uint32_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    const bool whole = error == std::errc() && end == token.data() + token.size();
    const bool plain = token.size() == 1 || (!token.empty() && token.front() != '0');  // "007" is none
    return whole && plain ? std::optional(index) : std::nullopt;
}

/// The pointers that an event wrote, and everything above them.
class Marks {
public:
    explicit Marks(const Changes& changes)
    {
        for (const Change& change : changes) {
            if (change.op == Change::Op::Same) continue;
            if (change.op != Change::Op::Remove)
                marks_[change.pointer] = change.op == Change::Op::Add ? FieldMark::Added : FieldMark::Changed;
            for (std::size_t at = change.pointer.rfind('/'); at != std::string::npos;
                 at = at == 0 ? std::string::npos : change.pointer.rfind('/', at - 1))
                if (!above_.insert(change.pointer.substr(0, at)).second) break;
        }
    }
    [[nodiscard]] FieldMark of(const std::string& pointer) const
    {
        const auto at = marks_.find(pointer);
        if (at != marks_.end()) return at->second;
        return above_.contains(pointer) ? FieldMark::Inside : FieldMark::None;
    }

private:
    std::unordered_map<std::string, FieldMark> marks_;
    std::unordered_set<std::string> above_;
};

class Walk {
public:
    Walk(const StateRowsTask& task, std::size_t budget) : task_(task), marks_(task.view->changes), budget_(budget)
    {
        filter_.resize(task.filter.size());
        std::transform(task.filter.begin(), task.filter.end(), filter_.begin(), lower);
    }

    std::optional<StateRows> run()
    {
        out_.view = task_.view;
        out_.document = shownDocument(*task_.view, &out_.isPast);
        if (out_.document == nullptr) return std::move(out_);
        const FieldMark root = out_.isPast ? FieldMark::None : marks_.of(pointer_);
        if (out_.document->is_structured() && !out_.document->empty())
            children(*out_.document, -1, 0, root, false);
        else
            row(*out_.document, nullptr, 0, -1, 0, root, false);
        if (failed_) return std::nullopt;
        for (std::size_t i = 0; i < out_.rows.size(); ++i)
            if (out_.rows[i].hit) out_.hits.push_back(static_cast<std::uint32_t>(i));
        return std::move(out_);
    }

private:
    /// A line for each child; true where one of them is shown.
    bool children(const Json& container, std::int32_t parent, std::uint16_t depth, FieldMark above, bool showAll)
    {
        bool any = false;
        const std::size_t length = pointer_.size();
        const auto take = [&](const std::string* key, std::uint32_t index, const Json& value) {
            if (failed_ || out_.cut) return;
            if (key != nullptr)
                appendToken(pointer_, *key);
            else
                pointer_ += '/' + std::to_string(index);
            any = row(value, key, index, parent, depth, above, showAll) || any;
            pointer_.resize(length);
        };
        if (container.is_object()) {
            for (const auto& [key, value] : container.get_ref<const Json::object_t&>()) take(&key, 0, value);
        } else {
            std::uint32_t index = 0;
            for (const Json& value : container.get_ref<const Json::array_t&>()) take(nullptr, index++, value);
        }
        return any;
    }

    bool row(const Json& value, const std::string* key, std::uint32_t index, std::int32_t parent, std::uint16_t depth,
             FieldMark above, bool showAll)
    {
        visited_ += 1 + (filter_.empty() ? 0 : bytesSearched(value, key) / kBytesOfAValue);
        if (visited_ > budget_) failed_ = true;
        if (out_.rows.size() >= StateRows::kMost) out_.cut = true;
        if (failed_ || out_.cut) return false;

        // What was added or replaced as a whole marks what is in it; only below a marked container is there more to look up.
        FieldMark mark = above;
        if (above == FieldMark::Inside || depth == 0) mark = out_.isPast ? FieldMark::None : marks_.of(pointer_);
        if (above == FieldMark::Added || above == FieldMark::Changed) mark = above;

        const auto at = static_cast<std::int32_t>(out_.rows.size());
        const bool opens = value.is_structured() && !value.empty();
        const bool finding = !filter_.empty();
        const bool nameHit = finding && key != nullptr && holds(*key, filter_);
        const bool hit = nameHit || (finding && scalarHolds(value, filter_));
        out_.rows.push_back({key, &value, index, parent, depth, mark, false, opens, hit});
        if (hit) ++hits_;
        const std::size_t hitsBefore = hits_;

        const bool filtered = finding && task_.hitsOnly && !showAll;
        const bool named = filtered && nameHit;
        const bool fits = (!filtered || hit) && (!task_.changedOnly || mark != FieldMark::None);
        bool inside = false;
        if (opens) {
            const auto chosen = task_.opened.find(pointer_);
            const bool open = chosen != task_.opened.end()
                                  ? chosen->second
                                  : opensByItself(value, depth, out_.document->size(), task_.stayOpen.contains(pointer_));
            if (open && chosen == task_.opened.end()) out_.selfOpened.push_back(pointer_);
            const bool narrowed = filtered || task_.changedOnly;
            // A field that is found by its name is shown with what is in it, as it stands open or closed.
            const bool all = showAll || named;
            const bool looked = finding && !task_.hitsOnly;
            if (open || looked || (narrowed && !named))
                inside = children(value, at, static_cast<std::uint16_t>(depth + 1), mark, all);
            bool shown = (open && (!narrowed || named)) || inside;
            if (looked && !narrowed) {
                // In place: what holds a hit is open, unless it was closed by hand; the rest is as it was.
                shown = open || hits_ > hitsBefore;
                if (task_.shut.contains(pointer_)) shown = false;
                if (!shown) out_.rows.resize(static_cast<std::size_t>(at) + 1);
            }
            out_.rows[static_cast<std::size_t>(at)].open = shown;
        }
        if (fits || inside) return true;
        out_.rows.resize(static_cast<std::size_t>(at));
        return false;
    }

    const StateRowsTask& task_;
    Marks marks_;
    StateRows out_;
    std::string filter_;
    std::string pointer_;
    std::size_t budget_;
    std::size_t visited_ = 0;
    std::size_t hits_ = 0;
    bool failed_ = false;
};

}  // namespace

bool holdsText(std::string_view text, const std::string& lowered) { return holds(text, lowered); }

bool valueHolds(const Json& value, const std::string& lowered)
{
    if (value.is_object()) {
        const auto& members = value.get_ref<const Json::object_t&>();
        return std::any_of(members.begin(), members.end(), [&](const auto& member) {
            return holds(member.first, lowered) || valueHolds(member.second, lowered);
        });
    }
    if (value.is_array())
        return std::any_of(value.begin(), value.end(), [&](const Json& item) { return valueHolds(item, lowered); });
    return scalarHolds(value, lowered);
}

bool opensByItself(const Json& value, std::size_t depth, std::size_t siblings, bool isOpen)
{
    constexpr std::size_t kSmall = 6;
    constexpr std::size_t kMostGrown = 60;
    return depth == 0 && value.size() <= (isOpen ? kMostGrown : kSmall) && siblings <= kMostGrown;
}

const Json* shownDocument(const StateView& view, bool* isPast)
{
    if (isPast != nullptr) *isPast = false;
    if (view.state.alive && !view.state.document.is_discarded()) return &view.state.document;
    for (const Change& change : view.changes) {
        if (change.op != Change::Op::Remove || !change.pointer.empty() || change.before.is_discarded()) continue;
        if (isPast != nullptr) *isPast = true;
        return &change.before;
    }
    return nullptr;
}

std::optional<StateRows> makeStateRows(const StateRowsTask& task, std::size_t budget)
{
    if (!task.view) return StateRows{};
    if (budget < StateRows::kMost && task.view->changes.size() > kMarksInBudget) return std::nullopt;
    auto rows = Walk(task, budget).run();
    if (!rows) return rows;
    if (!task.top.empty()) rows->topRow = rows->find(task.top);
    if (!task.wanted.empty()) rows->wantedRow = rows->find(task.wanted);
    if (rows->wantedRow && rows->pointer(*rows->wantedRow) != task.wanted) rows->wantedRow.reset();
    return rows;
}

std::string StateRows::pointer(std::size_t row) const
{
    std::vector<std::size_t> path;
    for (auto at = static_cast<std::int32_t>(row); at >= 0; at = rows[static_cast<std::size_t>(at)].parent)
        path.push_back(static_cast<std::size_t>(at));
    std::string text;
    for (const std::size_t at : std::views::reverse(path)) {
        const StateRow& line = rows[at];
        if (line.key != nullptr)
            appendToken(text, *line.key);
        else if (line.value != document)
            text += '/' + std::to_string(line.index);
    }
    return text;
}

std::optional<std::size_t> StateRows::find(const std::string& pointer) const
{
    const auto parsed = Pointer::parse(pointer);
    if (!parsed) return std::nullopt;
    const auto& tokens = parsed->tokens();
    std::optional<std::size_t> found;
    std::size_t depth = 0;
    std::optional<std::uint32_t> index = tokens.empty() ? std::nullopt : indexOf(tokens[0]);
    for (std::size_t i = 0; i < rows.size() && depth < tokens.size(); ++i) {
        const StateRow& row = rows[i];
        if (row.depth < depth) break;  // past the container that was found
        if (row.depth > depth) continue;
        const bool same = row.key != nullptr ? *row.key == tokens[depth] : index == row.index;
        if (!same) continue;
        found = i;
        if (++depth < tokens.size()) index = indexOf(tokens[depth]);
    }
    return found;
}

}  // namespace hindcast::ui
