#include "core/decode/guess_choose.h"

#include "core/decode/envelope_plain.h"

#include <algorithm>
#include <array>

namespace hindcast::decode {

namespace {

/// Samples so few that repetition says nothing yet.
constexpr std::size_t kFew = 20;

bool inAlmostAll(const Trait& trait, std::size_t records) { return trait.present * 10 >= records * 9; }

/// No sentence.
bool isShort(std::string_view text) { return !text.empty() && text.size() <= 80 && std::ranges::count(text, ' ') <= 6; }

/// A short name of something: no number, no time.
bool isWordlike(std::string_view text)
{
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    return isShort(text) && static_cast<std::size_t>(digits) * 3 <= text.size();
}

/// Numbered names count: a member that says it is the type may hold "Type010".
bool isNamelike(std::string_view text)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    };
    return isShort(text) && std::ranges::any_of(text, isLetter);
}

bool areAll(const Trait& trait, bool (*holds)(std::string_view))
{
    return std::ranges::all_of(trait.texts, [holds](const auto& text) { return !text || holds(*text); });
}

const Trait* find(const std::vector<Trait>& traits, std::string_view plain, bool top)
{
    const auto found = std::ranges::find_if(traits, [&](const Trait& t) { return t.plain == plain && t.top == top; });
    return found == traits.end() ? nullptr : &*found;
}

}  // namespace

bool nearlyAllDiffer(const Trait& trait)
{
    if (trait.present < kFew) return trait.present > 3 && trait.distinct == trait.present;
    return trait.distinct * 2 > trait.present;
}

// ---- time ----------------------------------------------------------------------------------------------------------------------

namespace {

/// The unit in which a number is a moment between 1990 and 2100; a later magnitude wins over an earlier one by its size alone.
std::optional<TimeUnit> plausibleUnit(std::string_view number)
{
    static const Timestamp kFrom = *timestampFromIso("1990-01-01");
    static const Timestamp kTo = *timestampFromIso("2100-01-01");
    for (const TimeUnit unit : {TimeUnit::Seconds, TimeUnit::Milliseconds, TimeUnit::Microseconds, TimeUnit::Nanoseconds}) {
        const auto time = timestampFromEpoch(number, unit);
        if (time && *time >= kFrom && *time < kTo) return unit;
    }
    return std::nullopt;
}

/// The one way in which nearly all texts of the trait read as times: "9999-12-31" or "n/a" may stand among them.
std::optional<TimeChoice> timeOf(const Trait& trait)
{
    std::array<std::size_t, 6> read{};  // by unit
    std::size_t texts = 0;
    for (const auto& text : trait.texts) {
        if (!text) continue;
        ++texts;
        if (const auto here = timestampFromIso(*text) ? std::optional(TimeUnit::Iso) : plausibleUnit(*text))
            ++read.at(static_cast<std::size_t>(*here));
    }
    const auto most = std::ranges::max_element(read);
    if (texts == 0 || *most * 10 < texts * 9) return std::nullopt;
    return TimeChoice{&trait, static_cast<TimeUnit>(most - read.begin()), *most};
}

bool soundsLikeTime(const Trait& trait)
{
    if (trait.words.empty()) return false;
    static constexpr std::array<std::string_view, 8> kLast{"time", "timestamp", "at", "on", "date", "datetime", "ts", "ms"};
    return std::ranges::find(kLast, trait.words.back()) != kLast.end();
}

}  // namespace

std::optional<TimeChoice> chooseTime(const SampleFacts& facts)
{
    static constexpr std::array<std::string_view, 17> kNames{
        "sourcetsms", "timestamp", "eventtime", "eventtimestamp", "occurredat", "occurredon",  "happenedat", "time", "ts",
        "tsms",       "updatedat", "createdat", "datetime",       "committime", "publishedat", "sentat",     "date"};
    const auto usable = [&](const Trait& trait) -> std::optional<TimeChoice> {
        if (!inAlmostAll(trait, facts.objects)) return std::nullopt;
        return timeOf(trait);
    };
    for (const bool top : {true, false}) {
        for (const std::string_view name : kNames)
            if (const Trait* trait = find(facts.members, name, top))
                if (const auto choice = usable(*trait)) return choice;
        for (const Trait& trait : facts.members)
            if (trait.top == top && soundsLikeTime(trait))
                if (const auto choice = usable(trait)) return choice;
    }
    for (const std::string_view name : {"cetime", "timestamp", "eventtime"})
        if (const Trait* trait = find(facts.headers, name, false))
            if (const auto choice = usable(*trait)) return choice;
    return std::nullopt;
}

// ---- type ----------------------------------------------------------------------------------------------------------------------

namespace {

bool canBeType(const Trait& trait, std::size_t records, bool saysIt = false)
{
    return trait.present * 5 >= records * 4 && trait.strings == trait.present && areAll(trait, saysIt ? isNamelike : isWordlike);
}

}  // namespace

const Trait* chooseType(const SampleFacts& facts)
{
    static constexpr std::array<std::string_view, 10> kStrong{"eventtype", "type",   "event",      "eventname", "messagetype",
                                                              "activity",  "action", "changetype", "change",    "operation"};
    static constexpr std::array<std::string_view, 4> kHeaders{"cetype", "eventtype", "type", "typeid"};
    static constexpr std::array<std::string_view, 4> kWeak{"op", "kind", "verb", "name"};
    // A strong name may hold a type of its own in each of a few records; a weak one must repeat.
    // Of hundreds of types few samples share one: a name that says "event type" itself is believed unless hardly any do. So is "type",
    // but within another object it may be that object's.
    static constexpr std::array<std::string_view, 5> kSaysIt{"eventtype", "eventname", "messagetype", "cetype", "type"};
    bool tooManyTypes = false;
    const auto strong = [&](std::string_view name, const Trait* trait, bool nested) {
        const bool saysIt = std::ranges::find(kSaysIt, name) != kSaysIt.end() && !(nested && name == "type");
        if (trait == nullptr || !canBeType(*trait, facts.objects, saysIt)) return false;
        if (trait->present < kFew || !nearlyAllDiffer(*trait)) return true;
        if (!saysIt) return false;
        if (trait->distinct * 10 <= trait->present * 9) return true;
        tooManyTypes = true;
        return false;
    };
    for (const bool top : {true, false}) {
        for (const std::string_view name : kStrong)
            if (const Trait* trait = find(facts.members, name, top); strong(name, trait, !top)) return trait;
        if (!top) break;
        for (const std::string_view name : kHeaders)
            if (const Trait* trait = find(facts.headers, name, false); strong(name, trait, false)) return trait;
    }
    // The types are there, only too many to be sure of by these samples: another member that has few values is none the more.
    if (tooManyTypes) return nullptr;
    for (const std::string_view name : kWeak) {
        const Trait* trait = find(facts.members, name, true);
        if (trait != nullptr && canBeType(*trait, facts.objects) && trait->present > 3 && !nearlyAllDiffer(*trait)) return trait;
    }
    if (facts.objects < kFew) return nullptr;
    // Any member that sorts the records into a few kinds; one that calls itself a type before the others.
    const auto sorts = [&](const Trait& trait) {
        return trait.top && canBeType(trait, facts.objects) && inAlmostAll(trait, facts.objects) && trait.distinct >= 2 &&
               trait.distinct <= std::clamp<std::size_t>(facts.objects / 10, 2, 20) && !soundsLikeTime(trait);
    };
    const Trait* first = nullptr;
    for (const Trait& trait : facts.members) {
        if (!sorts(trait)) continue;
        if (!trait.words.empty() && trait.words.back() == "type") return &trait;
        if (first == nullptr) first = &trait;
    }
    return first;
}

const Trait* chooseByName(const SampleFacts& facts, std::span<const std::string_view> names)
{
    for (const std::string_view name : names) {
        for (const auto* traits : {&facts.members, &facts.headers})
            for (const Trait& trait : *traits)
                if (trait.plain == name && trait.present * 5 >= facts.objects) return &trait;
    }
    return nullptr;
}

}  // namespace hindcast::decode
