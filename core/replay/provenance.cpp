#include "core/replay/provenance.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>

namespace hindcast::replay {

namespace {

constexpr std::uint32_t kNone = UINT32_MAX;

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// Versions in order, four bytes each: a history of more than 4 billion events fits no memory of ours anyway.
using Versions = std::vector<std::uint32_t>;

struct Node {
    std::uint32_t firstChild = kNone;
    std::uint32_t nextSibling = kNone;
    Versions changed;
    Versions same;  // written again with the same value; not where it changed in that version too
};

}  // namespace

struct Provenance::Impl {
    std::vector<Node> nodes;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> byPointer;
    std::string path;

    std::uint32_t node(std::string_view pointer)
    {
        if (const auto found = byPointer.find(pointer); found != byPointer.end()) return found->second;
        const std::uint32_t above = pointer.empty() ? kNone : node(pointer.substr(0, pointer.rfind('/')));
        const auto made = static_cast<std::uint32_t>(nodes.size());
        nodes.emplace_back();
        if (above != kNone) {
            nodes[made].nextSibling = nodes[above].firstChild;
            nodes[above].firstChild = made;
        }
        byPointer.emplace(pointer, made);
        return made;
    }

    void write(std::uint32_t version, bool changed)
    {
        Node& at = nodes[node(path)];
        if (!at.changed.empty() && at.changed.back() == version) return;
        if (changed) {
            if (!at.same.empty() && at.same.back() == version) at.same.pop_back();
            at.changed.push_back(version);
        } else if (at.same.empty() || at.same.back() != version) {
            at.same.push_back(version);
        }
    }

    /// Every leaf of a value that stands at `path`: a container that is replaced, added or removed means all that is in it.
    void writeLeaves(const Json& value, std::uint32_t version, bool changed)
    {
        if (value.is_discarded()) return;
        if (!value.is_structured() || value.empty()) {
            write(version, changed);
            return;
        }
        const std::size_t length = path.size();
        const auto below = [&](std::string_view token, const Json& inner) {
            appendToken(path, token);
            writeLeaves(inner, version, changed);
            path.resize(length);
        };
        if (value.is_object()) {
            for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) below(key, member);
        } else {
            for (std::size_t i = 0; i < value.size(); ++i) below(std::to_string(i), value[i]);
        }
    }

    /// Visits the node of a pointer and all below it.
    template <class Visit>
    void under(std::string_view pointer, Visit visit) const
    {
        const auto found = byPointer.find(pointer);
        if (found == byPointer.end()) return;
        std::vector<std::uint32_t> open{found->second};
        while (!open.empty()) {
            const Node& node = nodes[open.back()];
            open.pop_back();
            visit(node);
            for (std::uint32_t child = node.firstChild; child != kNone; child = nodes[child].nextSibling) open.push_back(child);
        }
    }

    /// The last change at or before `version`; 0 where there is none.
    [[nodiscard]] std::uint64_t lastChange(std::string_view pointer, std::uint64_t version) const
    {
        std::uint64_t last = 0;
        under(pointer, [&](const Node& node) {
            const auto after = std::upper_bound(node.changed.begin(), node.changed.end(), version);
            if (after != node.changed.begin()) last = std::max<std::uint64_t>(last, *std::prev(after));
        });
        return last;
    }
};

Provenance::Provenance() : impl_(std::make_unique<Impl>()) {}
Provenance::~Provenance() = default;

std::unique_ptr<Provenance> Provenance::clone() const
{
    auto copy = std::make_unique<Provenance>();
    *copy->impl_ = *impl_;
    return copy;
}

void Provenance::add(Version version, const Changes& changes)
{
    const auto number = static_cast<std::uint32_t>(version.value);
    for (const Change& change : changes) {
        impl_->path = change.pointer;
        impl_->writeLeaves(change.before, number, change.op != Change::Op::Same);
        impl_->path = change.pointer;
        impl_->writeLeaves(change.after, number, change.op != Change::Op::Same);
    }
}

std::optional<Version> Provenance::setBy(std::string_view pointer, Version version) const
{
    const std::uint64_t last = impl_->lastChange(pointer, version.value);
    if (last == 0) return std::nullopt;
    return Version{last};
}

std::vector<Provenance::Write> Provenance::writes(std::string_view pointer) const
{
    std::vector<Write> all;
    impl_->under(pointer, [&](const Node& node) {
        for (const std::uint32_t version : node.changed) all.push_back({Version{version}, true});
        for (const std::uint32_t version : node.same) all.push_back({Version{version}, false});
    });
    // One a version; where anything in it changed, it changed.
    std::sort(all.begin(), all.end(), [](const Write& a, const Write& b) {
        return a.version != b.version ? a.version < b.version : a.changed > b.changed;
    });
    all.erase(std::unique(all.begin(), all.end(), [](const Write& a, const Write& b) { return a.version == b.version; }),
              all.end());
    return all;
}

std::optional<Version> Provenance::previousChange(std::string_view pointer, Version before) const
{
    return before.value == 0 ? std::nullopt : setBy(pointer, Version{before.value - 1});
}

std::optional<Version> Provenance::nextChange(std::string_view pointer, Version after) const
{
    std::optional<Version> next;
    impl_->under(pointer, [&](const Node& node) {
        const auto found = std::upper_bound(node.changed.begin(), node.changed.end(), after.value);
        if (found != node.changed.end() && (!next || *found < next->value)) next = Version{*found};
    });
    return next;
}

}  // namespace hindcast::replay
