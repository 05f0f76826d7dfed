#include "core/model/payload.h"

#include "core/event/json_walk.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace hindcast::model {

struct Payload::Engine {
    JsonIndex index;
    std::string unescaped;             // strings that held escapes; never grows during a walk, so that views into it stay
    std::vector<std::uint32_t> slots;  // of the table that finds duplicate keys in large objects
};

/// Makes the nodes from what walkJson tells.
class Payload::Builder {
public:
    Builder(std::vector<Node>& nodes, Engine& engine, std::string_view text, const std::vector<std::string>* only)
        : nodes_(nodes), engine_(engine), text_(text), only_(only)
    {
    }

    [[nodiscard]] std::size_t levels() const { return levels_; }

    void startObject(std::size_t) { open(Kind::Object); }
    void startArray(std::size_t) { open(Kind::Array); }
    void endObject(std::size_t)
    {
        const Open closed = close();
        if (closed.members > 1) shadowDuplicates(closed.node, closed.members);
    }
    void endArray(std::size_t) { close(); }
    void key(std::string_view name)
    {
        if (depth_ == 1 && only_) passing_ = std::find(only_->begin(), only_->end(), name) == only_->end();
        if (passing_) return;
        key_ = kept(name);
        ++open_[depth_ - 1].members;
    }
    void string(std::string_view content, std::string_view) { add(Kind::String, content); }
    void number(std::string_view raw) { add(Kind::Number, raw); }
    void boolean(bool yes, std::string_view) { add(yes ? Kind::True : Kind::False, {}); }
    void null(std::string_view) { add(Kind::Null, {}); }

private:
    struct Open {
        std::uint32_t node;
        std::uint32_t members;
    };

    void add(Kind kind, std::string_view text)
    {
        if (passing_) return;
        Node& node = nodes_.emplace_back();
        node.key = std::exchange(key_, {});
        node.text = kind == Kind::String ? kept(text) : text;
        node.next = static_cast<std::uint32_t>(nodes_.size());
        node.kind = kind;
    }
    void open(Kind kind)
    {
        levels_ = std::max(levels_, ++depth_);
        if (passing_) return;
        open_[depth_ - 1] = {static_cast<std::uint32_t>(nodes_.size()), 0};
        add(kind, {});
    }
    Open close()
    {
        if (--depth_ == 0) passing_ = false;
        if (passing_) return Open{0, 0};
        nodes_[open_[depth_].node].next = static_cast<std::uint32_t>(nodes_.size());
        return open_[depth_];
    }
    /// A text that lives as long as the nodes: within the payload as it is, else copied.
    std::string_view kept(std::string_view text)
    {
        const std::less<const char*> before;
        if (!before(text.data(), text_.data()) && before(text.data(), text_.data() + text_.size())) return text;
        if (text.empty()) return {};
        std::string& store = engine_.unescaped;
        if (store.capacity() < text_.size()) store.reserve(text_.size());  // the first one; all of them together are shorter
        const std::size_t at = store.size();
        store.append(text);
        return std::string_view(store).substr(at);
    }
    void shadowDuplicates(std::uint32_t at, std::uint32_t members)
    {
        const std::uint32_t end = nodes_[at].next;
        if (members <= 16) {
            for (std::uint32_t i = at + 1; i < end; i = nodes_[i].next) {
                for (std::uint32_t j = nodes_[i].next; j < end; j = nodes_[j].next) {
                    if (nodes_[i].key != nodes_[j].key) continue;
                    nodes_[i].shadowed = true;
                    break;
                }
            }
            return;
        }
        std::size_t size = 64;
        while (size < std::size_t{members} * 2) size *= 2;
        std::vector<std::uint32_t>& slots = engine_.slots;
        slots.assign(size, 0);
        for (std::uint32_t i = at + 1; i < end; i = nodes_[i].next) {
            std::size_t slot = std::hash<std::string_view>{}(nodes_[i].key) & (size - 1);
            while (slots[slot] != 0 && nodes_[slots[slot]].key != nodes_[i].key) slot = (slot + 1) & (size - 1);
            if (slots[slot] != 0) nodes_[slots[slot]].shadowed = true;
            slots[slot] = i;  // never 0: the object itself stands before its members
        }
    }

    std::vector<Node>& nodes_;
    Engine& engine_;
    std::string_view text_;
    const std::vector<std::string>* only_;
    std::string_view key_;
    std::size_t depth_ = 0;
    std::size_t levels_ = 0;
    bool passing_ = false;                  // within a member of the outermost object that nobody asked for
    std::array<Open, kMaxJsonDepth> open_;  // not cleared: only what is below depth_ is ever read
};

Payload::Payload() : engine_(std::make_unique<Engine>()) {}
Payload::~Payload() = default;
Payload::Payload(Payload&&) noexcept = default;
Payload& Payload::operator=(Payload&&) noexcept = default;

std::expected<void, std::string> Payload::parse(std::string_view text, const std::vector<std::string>* only)
{
    nodes_.clear();
    engine_->unescaped.clear();
    Builder builder(nodes_, *engine_, text, only);
    if (const auto walked = walkJson(engine_->index, text, builder); !walked) {
        nodes_.clear();
        return std::unexpected("the payload is no valid JSON: " + walked.error().message + " at byte " +
                               std::to_string(walked.error().offset));
    }
    levels_ = builder.levels();
    return {};
}

}  // namespace hindcast::model
