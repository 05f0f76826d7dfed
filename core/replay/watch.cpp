#include "core/replay/watch.h"

#include "core/replay/replay.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>

namespace hindcast::replay {

namespace {

constexpr std::size_t kTextKept = 256;               // bytes of a text, which tell it from others on the screen
constexpr std::size_t kTextKeptBriefly = 24;         // once they are many
constexpr std::size_t kTextBudget = 64u << 20;       // bytes of all texts that are kept at their greater length
constexpr std::uint64_t kEventsPerProgress = 4'096;  // looking at the clock is left to who is told
constexpr std::uint32_t kFree = UINT32_MAX;
constexpr std::size_t kTableLeast = 64;

/// Whether an item's member is what a selector names.
bool isNamed(const Json& value, const std::string& text)
{
    if (value.is_string()) return value.get_ref<const std::string&>() == text;
    if (value.is_structured() || value.is_discarded()) return false;
    return toText(value) == text;
}

WatchValue::Kind kindOf(const Json* value)
{
    using Kind = WatchValue::Kind;
    if (!value || value->is_discarded()) return Kind::Absent;
    if (value->is_null()) return Kind::Null;
    if (value->is_boolean()) return Kind::Boolean;
    if (value->is_string()) return Kind::Text;
    if (value->is_array()) return Kind::Array;
    if (value->is_object()) return Kind::Object;
    return Kind::Number;
}

double nearest(const Json& number)
{
    const std::string text = numberText(number);
    double out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error == std::errc::result_out_of_range) {
        // Too large, or so small that it is as good as zero.
        const std::size_t exponent = text.find_first_of("eE");
        const bool small = exponent != std::string::npos && exponent + 1 < text.size() && text[exponent + 1] == '-';
        if (small) return 0;
        const double most = std::numeric_limits<double>::max();
        return text.front() == '-' ? -most : most;
    }
    return out;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t more)
{
    hash ^= more + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2);
    return hash;
}

std::uint64_t hashOf(const Json* value)
{
    const WatchValue::Kind kind = kindOf(value);
    const auto seed = static_cast<std::uint64_t>(kind);
    switch (kind) {
        case WatchValue::Kind::Absent:
        case WatchValue::Kind::Null: return mixed(seed, 0);
        case WatchValue::Kind::Boolean: return mixed(seed, value->get<bool>() ? 1 : 2);
        case WatchValue::Kind::Text: return mixed(seed, std::hash<std::string>{}(value->get_ref<const std::string&>()));
        case WatchValue::Kind::Number: return mixed(seed, std::hash<std::string>{}(numberText(*value)));
        case WatchValue::Kind::Array:
        case WatchValue::Kind::Object: return mixed(seed, value->size());
    }
    return seed;
}

/// Whether a value is the one that was kept; of a text that was cut, by its length and its hash.
bool isKept(const WatchValue& kept, std::uint64_t hash, const Json* value, std::uint64_t (*otherHash)(const Json*))
{
    if (kindOf(value) != kept.kind) return false;
    switch (kept.kind) {
        case WatchValue::Kind::Absent:
        case WatchValue::Kind::Null: return true;
        case WatchValue::Kind::Boolean: return value->get<bool>() == kept.value.get<bool>();
        case WatchValue::Kind::Number: return sameText(*value, kept.value);
        case WatchValue::Kind::Array:
        case WatchValue::Kind::Object: return value->size() == kept.size;
        case WatchValue::Kind::Text: break;
    }
    const auto& text = value->get_ref<const std::string&>();
    if (text.size() != kept.size) return false;
    return kept.cut ? otherHash(value) == hash : text == kept.value.get_ref<const std::string&>();
}

/// The beginning of a text, without half a character at its end.
std::string beginningOf(const std::string& text, std::size_t most)
{
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
    return text.substr(0, end);
}

}  // namespace

// ---- where it looks

Result<WatchPointer> WatchPointer::parse(std::string_view text)
{
    const auto pointer = Pointer::parse(text);
    if (!pointer)
        return fail("cannot watch " + std::string(text), "it is no JSON Pointer",
                    "write / before each name: /balance, /items/0/qty, /items/[sku=A-17]/qty", Error::Kind::BadInput);
    WatchPointer out;
    out.text_ = pointer->text();
    for (const std::string& token : pointer->tokens()) {
        Step step;
        step.token = token;
        step.index = arrayIndex(token);
        if (token.size() > 1 && token.front() == '-') {
            if (const auto back = arrayIndex(std::string_view(token).substr(1)); back && *back > 0) step.fromEnd = *back;
        } else if (token.size() > 3 && token.front() == '[' && token.back() == ']') {
            if (const std::size_t equals = token.find('='); equals != std::string::npos && equals > 1) {
                step.member = token.substr(1, equals - 1);
                step.value = token.substr(equals + 1, token.size() - equals - 2);
            }
        }
        out.steps_.push_back(std::move(step));
    }
    return out;
}

const Json* WatchPointer::find(const Json& document) const
{
    if (document.is_discarded()) return nullptr;
    const Json* here = &document;
    for (const Step& step : steps_) {
        if (here->is_object()) {
            const auto member = here->find(step.token);
            if (member == here->end()) return nullptr;
            here = &*member;
        } else if (here->is_array()) {
            const auto& items = here->get_ref<const Json::array_t&>();
            if (step.index) {
                if (*step.index >= items.size()) return nullptr;
                here = &items[*step.index];
            } else if (step.fromEnd > 0) {
                if (step.fromEnd > items.size()) return nullptr;
                here = &items[items.size() - step.fromEnd];
            } else if (!step.member.empty()) {
                const auto item = std::ranges::find_if(items, [&](const Json& one) {
                    if (!one.is_object()) return false;
                    const auto member = one.find(step.member);
                    return member != one.end() && isNamed(*member, step.value);
                });
                if (item == items.end()) return nullptr;
                here = &*item;
            } else {
                return nullptr;
            }
        } else {
            return nullptr;
        }
    }
    return here;
}

namespace {

bool looksLikeId(const std::string& name)
{
    static constexpr std::string_view kNames[] = {"id", "key", "sku", "code", "name"};
    return std::ranges::find(kNames, name) != std::end(kNames) || name.ends_with("_id") || name.ends_with("Id");
}

/// A selector for one of the items, or nothing.
std::optional<std::string> selectorFor(const Json& items, std::size_t index)
{
    const Json& item = items[index];
    if (!item.is_object()) return std::nullopt;
    for (const auto& [name, value] : item.get_ref<const Json::object_t&>()) {
        if (!looksLikeId(name) || name.find('=') != std::string::npos || value.is_structured() || value.is_null()) continue;
        const std::string text = value.is_string() ? value.get_ref<const std::string&>() : toText(value);
        const auto isSame = [&](const Json& one) {
            if (!one.is_object()) return false;
            const auto member = one.find(name);
            return member != one.end() && isNamed(*member, text);
        };
        if (!text.empty() && std::ranges::count_if(items, isSame) == 1) return "[" + name + "=" + text + "]";
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> byIdentity(const Json& document, const Pointer& pointer)
{
    std::string out;
    bool any = false;
    const Json* here = &document;
    for (const std::string& token : pointer.tokens()) {
        const Json* next = valueAt(*here, Pointer({token}));
        if (!next) return std::nullopt;
        std::optional<std::string> selector;
        if (here->is_array()) selector = selectorFor(*here, static_cast<std::size_t>(next - &here->front()));
        any = any || selector;
        appendToken(out, selector ? *selector : token);
        here = next;
    }
    if (!any) return std::nullopt;
    return out;
}

// ---- what it gathers

void Watch::add(Version version, const Json& document)
{
    builtTo_ = version.value;
    runs_.to_ = version.value;
    const Json* value = document.is_discarded() ? nullptr : pointer_.find(document);
    if (isLast(value)) return;
    const std::uint32_t id = idOf(value);
    runs_.from_.push_back(static_cast<std::uint32_t>(version.value));
    runs_.id_.push_back(id);
}

bool Watch::isLast(const Json* value) const
{
    if (runs_.id_.empty()) return false;
    const std::uint32_t last = runs_.id_.back();
    return isKept(runs_.values_[last], hashes_[last], value, &hashOf);
}

std::uint32_t Watch::idOf(const Json* value)
{
    const std::uint64_t hash = hashOf(value);
    if (2 * (runs_.values_.size() + 1) > table_.size()) growTable();
    std::size_t slot = hash & (table_.size() - 1);
    for (; table_[slot] != kFree; slot = (slot + 1) & (table_.size() - 1)) {
        const std::uint32_t id = table_[slot];
        if (hashes_[id] == hash && isKept(runs_.values_[id], hash, value, &hashOf)) return id;
    }
    WatchValue one;
    one.kind = kindOf(value);
    switch (one.kind) {
        case WatchValue::Kind::Absent: break;
        case WatchValue::Kind::Null: ++runs_.nulls_; break;
        case WatchValue::Kind::Boolean:
            one.value = *value;
            ++runs_.others_;
            break;
        case WatchValue::Kind::Number:
            one.value = *value;
            one.number = nearest(*value);
            ++runs_.numbers_;
            break;
        case WatchValue::Kind::Array:
        case WatchValue::Kind::Object:
            one.size = value->size();
            ++runs_.others_;
            break;
        case WatchValue::Kind::Text: {
            const auto& text = value->get_ref<const std::string&>();
            const std::size_t most = textBytes_ < kTextBudget ? kTextKept : kTextKeptBriefly;
            one.size = text.size();
            one.cut = text.size() > most;
            one.value = one.cut ? beginningOf(text, most) : text;
            textBytes_ += std::min(most, text.size());
            ++runs_.others_;
            break;
        }
    }
    const auto id = static_cast<std::uint32_t>(runs_.values_.size());
    runs_.values_.push_back(std::move(one));
    hashes_.push_back(hash);
    table_[slot] = id;
    return id;
}

void Watch::growTable()
{
    table_.assign(std::max(kTableLeast, 2 * table_.size()), kFree);
    for (std::uint32_t id = 0; id < hashes_.size(); ++id) {
        std::size_t slot = hashes_[id] & (table_.size() - 1);
        while (table_[slot] != kFree) slot = (slot + 1) & (table_.size() - 1);
        table_[slot] = id;
    }
}

std::shared_ptr<const WatchRuns> Watch::share()
{
    if (shared_ && shared_->to_ == builtTo_) return shared_;
    auto copy = std::make_shared<WatchRuns>(runs_);
    copy->raise();
    shared_ = std::move(copy);
    return shared_;
}

Result<void> extend(EntityReplay& replay, std::span<Watch> watches, std::stop_token stop,
                    const std::function<void(Version)>& progress)
{
    const Version last = replay.history().last();
    std::uint64_t from = last.value;
    for (const Watch& watch : watches) from = std::min(from, watch.builtTo().value);
    if (from >= last.value) return {};
    return replay.walk(Version{from + 1}, last, std::move(stop), [&](Version version, const model::FoldState& state) {
        for (Watch& watch : watches)
            if (watch.builtTo() < version) watch.add(version, state.document);
        if (progress && version.value % kEventsPerProgress == 0) progress(version);
        return true;
    });
}

}  // namespace hindcast::replay
