#pragma once
#include "core/event/json.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::model {

/// The JSON payload of one event as a flat list of nodes in document order: what reducers read, without making a Json of it.
/// Numbers keep their text. Checked completely before a reducer sees it, so that no state is touched for a bad payload; of
/// duplicate keys the last one counts. Keeps its buffers from event to event.
/// Threads: one at a time.
class Payload {
public:
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };

    struct Node {
        std::string_view key;    ///< name as a member of its object, unescaped
        std::string_view text;   ///< of a String, unescaped; of a Number, as it stands
        std::uint32_t next = 0;  ///< index after this node and all that is in it
        Kind kind = Kind::Null;
        bool shadowed = false;  ///< a later member has the same key
    };

    Payload();
    ~Payload();
    Payload(Payload&&) noexcept;
    Payload& operator=(Payload&&) noexcept;

    /// Reads `text`; the error is a reason in words. Where `only` is given, the members of the outermost object that are not
    /// named in it are checked but left out. The nodes live until the next call, as long as `text` does.
    [[nodiscard]] std::expected<void, std::string> parse(std::string_view text, const std::vector<std::string>* only = nullptr);

    [[nodiscard]] const Node& operator[](std::uint32_t index) const { return nodes_[index]; }
    /// Levels of containers in it: 0 for a scalar.
    [[nodiscard]] std::size_t levels() const { return levels_; }

    static constexpr std::uint32_t kRoot = 0;
    static constexpr std::uint32_t kNone = UINT32_MAX;

private:
    struct Engine;
    class Builder;
    std::unique_ptr<Engine> engine_;
    std::vector<Node> nodes_;
    std::size_t levels_ = 0;
};

/// A JSON value to read from, wherever it stands: in a payload or in a document. A view: as short-lived as that.
class ValueView {
public:
    ValueView(const Payload& payload, std::uint32_t node) : payload_(&payload), node_(node) {}
    explicit ValueView(const Json& json) : json_(&json) {}

    [[nodiscard]] Payload::Kind kind() const;
    [[nodiscard]] bool isObject() const { return kind() == Payload::Kind::Object; }
    [[nodiscard]] bool isArray() const { return kind() == Payload::Kind::Array; }
    [[nodiscard]] bool isNull() const { return kind() == Payload::Kind::Null; }
    [[nodiscard]] bool isNumber() const { return kind() == Payload::Kind::Number; }
    [[nodiscard]] bool isText() const { return kind() == Payload::Kind::String; }
    /// REQUIRES: isText().
    [[nodiscard]] std::string_view text() const;
    /// REQUIRES: isNumber().
    [[nodiscard]] std::string number() const;

    /// Calls visit(std::string_view key, ValueView value) for every member, in order. REQUIRES: isObject().
    template <class Visit>
    void members(Visit&& visit) const
    {
        if (json_) {
            for (const auto& [key, value] : json_->get_ref<const Json::object_t&>())
                visit(std::string_view(key), ValueView(value));
            return;
        }
        const std::uint32_t end = (*payload_)[node_].next;
        for (std::uint32_t i = node_ + 1; i < end; i = (*payload_)[i].next)
            if (!(*payload_)[i].shadowed) visit((*payload_)[i].key, ValueView(*payload_, i));
    }
    /// Calls visit(ValueView item) for every item, in order. REQUIRES: isArray().
    template <class Visit>
    void items(Visit&& visit) const
    {
        if (json_) {
            for (const Json& item : json_->get_ref<const Json::array_t&>()) visit(ValueView(item));
            return;
        }
        const std::uint32_t end = (*payload_)[node_].next;
        for (std::uint32_t i = node_ + 1; i < end; i = (*payload_)[i].next) visit(ValueView(*payload_, i));
    }
    [[nodiscard]] std::optional<ValueView> member(std::string_view key) const;
    /// What stands at a pointer below this value; empty where there is nothing.
    [[nodiscard]] std::optional<ValueView> at(std::span<const std::string> tokens) const;

    [[nodiscard]] Json json() const;
    /// As a merge patch makes it of nothing: members that are null are left out (RFC 7386).
    [[nodiscard]] Json jsonWithoutNulls() const;
    /// Equality to the letter, as sameText().
    [[nodiscard]] bool sameAs(const Json& json) const;
    /// Levels of containers: 0 for a scalar.
    [[nodiscard]] std::size_t levels() const;
    /// Makes `slot` equal to this value and touches only what differs.
    void assignTo(Json& slot) const;

private:
    const Payload* payload_ = nullptr;
    const Json* json_ = nullptr;
    std::uint32_t node_ = 0;
};

}  // namespace hindcast::model
