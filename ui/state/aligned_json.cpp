#include "ui/state/aligned_json.h"

#include "core/event/pointer.h"
#include "ui/look/json_text.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace hindcast::ui {

namespace {

using Kind = AlignedLine::Kind;
using Part = AlignedLine::Part;

bool isLeaf(const Json& value) { return value.is_primitive() || value.empty(); }

/// Both can be opened beside each other.
bool opensBoth(const Json& a, const Json& b)
{
    const bool alike = (a.is_object() && b.is_object()) || (a.is_array() && b.is_array());
    return alike && !(a.empty() && b.empty());
}

class Aligner {
public:
    Aligner(AlignedJson& out, const std::string& itemKey) : out_(out), itemKey_(itemKey) {}

    void value(AlignedLine line)
    {
        if (out_.lines.size() >= AlignedJson::kMostLines) {
            out_.cut = true;
            return;
        }
        if (line.a != nullptr && line.b != nullptr) {
            if (opensBoth(*line.a, *line.b)) return open(line);
            if (isLeaf(*line.a) && isLeaf(*line.b)) {
                line.kind = sameText(*line.a, *line.b) ? Kind::Same : Kind::Changed;
                out_.lines.push_back(line);
                return;
            }
            AlignedLine before = line;
            before.b = nullptr;
            value(before);
            line.a = nullptr;
            return value(line);
        }
        line.kind = line.a != nullptr ? Kind::Removed : Kind::Added;
        if (!isLeaf(line.a != nullptr ? *line.a : *line.b)) return open(line);
        out_.lines.push_back(line);
    }

private:
    void open(AlignedLine line)
    {
        const auto at = static_cast<std::uint32_t>(out_.lines.size());
        line.part = Part::Open;
        out_.lines.push_back(line);
        const bool object = (line.a != nullptr ? line.a : line.b)->is_object();
        AlignedLine child;
        child.depth = static_cast<std::uint16_t>(line.depth + 1);
        child.parent = at;
        object ? members(line, child) : items(line, child);
        line.part = Part::Close;
        line.name = nullptr;
        line.parent = at;
        out_.lines.push_back(line);
    }

    /// In the order of A; what only B has stands before what follows it in B. `matchOf(i)`: where A's item i is in B.
    template <class MatchOf, class Put>
    static void inOrder(std::size_t sizeA, std::size_t sizeB, const MatchOf& matchOf, const Put& put)
    {
        std::vector<std::optional<std::size_t>> matches(sizeA);
        std::vector<bool> matched(sizeB, false);
        for (std::size_t i = 0; i < sizeA; ++i) {
            const std::optional<std::size_t> match = matchOf(i);
            if (!match || matched[*match]) continue;
            matches[i] = match;
            matched[*match] = true;
        }
        std::size_t next = 0;
        const auto upTo = [&](std::size_t end) {
            for (; next < end; ++next)
                if (!matched[next]) put(std::nullopt, std::optional(next));
        };
        for (std::size_t i = 0; i < sizeA; ++i) {
            if (matches[i]) upTo(*matches[i]);
            put(std::optional(i), matches[i]);
        }
        upTo(sizeB);
    }

    void members(const AlignedLine& line, AlignedLine child)
    {
        static const Json::object_t kNone;
        const auto& a = line.a != nullptr ? line.a->get_ref<const Json::object_t&>() : kNone;
        const auto& b = line.b != nullptr ? line.b->get_ref<const Json::object_t&>() : kNone;
        const auto at = [](const Json::object_t& members, std::size_t i) -> const Json::object_t::value_type& {
            return *(members.begin() + static_cast<std::ptrdiff_t>(i));
        };
        const auto matchOf = [&](std::size_t i) -> std::optional<std::size_t> {
            const auto found = b.find(at(a, i).first);
            return found == b.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - b.begin()));
        };
        inOrder(a.size(), b.size(), matchOf, [&](std::optional<std::size_t> i, std::optional<std::size_t> j) {
            child.name = j ? &at(b, *j).first : &at(a, *i).first;
            child.a = i ? &at(a, *i).second : nullptr;
            child.b = j ? &at(b, *j).second : nullptr;
            value(child);
        });
    }

    void items(const AlignedLine& line, AlignedLine child)
    {
        const std::size_t sizeA = line.a != nullptr ? line.a->size() : 0;
        const std::size_t sizeB = line.b != nullptr ? line.b->size() : 0;
        std::unordered_map<std::string, std::size_t> keys;  // of B
        for (std::size_t j = 0; j < sizeB && !itemKey_.empty(); ++j)
            if (const auto key = keyOf((*line.b)[j])) keys.emplace(*key, j);
        const auto matchOf = [&](std::size_t i) -> std::optional<std::size_t> {
            if (const auto key = keyOf((*line.a)[i])) {
                const auto found = keys.find(*key);
                return found == keys.end() ? std::nullopt : std::optional(found->second);
            }
            // By place, unless what stands there is told by what it is.
            return i < sizeB && !keyOf((*line.b)[i]) ? std::optional(i) : std::nullopt;
        };
        inOrder(sizeA, sizeB, matchOf, [&](std::optional<std::size_t> i, std::optional<std::size_t> j) {
            child.index = static_cast<std::uint32_t>(j ? *j : *i);
            child.a = i ? &(*line.a)[*i] : nullptr;
            child.b = j ? &(*line.b)[*j] : nullptr;
            value(child);
        });
    }

    [[nodiscard]] std::optional<std::string> keyOf(const Json& item) const
    {
        if (itemKey_.empty() || !item.is_object()) return {};
        const auto& members = item.get_ref<const Json::object_t&>();
        const auto found = members.find(itemKey_);
        return found == members.end() || !isLeaf(found->second) ? std::nullopt : std::optional(toText(found->second));
    }

    AlignedJson& out_;
    const std::string& itemKey_;
};

}  // namespace

AlignedJson alignJson(const Json* a, const Json* b, const std::string& itemKey)
{
    AlignedJson out;
    if (a == nullptr && b == nullptr) return out;
    AlignedLine whole;
    whole.a = a;
    whole.b = b;
    Aligner(out, itemKey).value(whole);
    bool within = false;
    for (std::size_t i = 0; i < out.lines.size(); ++i) {
        const bool differs = out.lines[i].kind != Kind::Same;
        if (differs && !within) out.differences.push_back(static_cast<std::uint32_t>(i));
        within = differs;
    }
    return out;
}

std::string AlignedJson::pointerOf(std::size_t line) const
{
    std::vector<std::string> tokens;
    if (lines[line].part == Part::Close) line = lines[line].parent;
    for (; lines[line].parent != AlignedLine::kNone; line = lines[line].parent)
        tokens.push_back(lines[line].name != nullptr ? *lines[line].name : std::to_string(lines[line].index));
    std::ranges::reverse(tokens);
    return Pointer(std::move(tokens)).text();
}

std::string lineText(const AlignedLine& line, bool ofB, int limit)
{
    const Json& value = ofB ? *line.b : *line.a;
    if (line.part == Part::Close) return value.is_object() ? "}" : "]";
    std::string text;
    if (line.name != nullptr) {
        appendJsonString(text, *line.name);
        text += ": ";
    }
    if (line.part == Part::Open) return text + (value.is_object() ? "{" : "[");
    return text + valueText(value, limit).toStdString();
}

}  // namespace hindcast::ui
