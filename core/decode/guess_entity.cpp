#include "core/decode/guess_choose.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace hindcast::decode {

namespace {

constexpr std::size_t kFew = 10;  // records that need not repeat an id yet

/// Ids of the message, the call or the trace: none of them lives on.
bool namesTheMessage(std::string_view plain)
{
    static constexpr std::array<std::string_view, 17> kNames{
        "eventid",   "messageid", "msgid", "correlationid", "causationid", "traceid", "spanid",   "parentid",      "requestid",
        "commandid", "uuid",      "guid",  "offset",        "sequenceid",  "ceid",    "schemaid", "idempotencykey"};
    return std::ranges::find(kNames, plain) != kNames.end();
}

/// Names that say "this is the entity" without saying which kind.
bool namesTheEntity(std::string_view plain)
{
    static constexpr std::array<std::string_view, 6> kNames{"aggregateid",  "entityid",  "streamid",
                                                            "originatorid", "aggregate", "subjectid"};
    return std::ranges::find(kNames, plain) != kNames.end();
}

/// Things that lead a life and are often named without "id".
bool isThing(std::string_view plain)
{
    static constexpr std::array<std::string_view, 16> kNames{"package",  "path",   "file",    "filename", "sku",  "account",
                                                             "device",   "sensor", "host",    "hostname", "user", "username",
                                                             "customer", "page",   "product", "vehicle"};
    return std::ranges::find(kNames, plain) != kNames.end();
}

/// "order" for order_id, "" for id; empty where the name is no id's.
std::optional<std::string> nounOf(const Trait& trait)
{
    if (trait.words.empty()) return std::nullopt;
    std::vector<std::string> words = trait.words;
    if (words.back() == "id" || words.back() == "uuid") {
        words.pop_back();
    } else if (words.size() == 1 && words.back().size() > 4 && words.back().ends_with("id")) {
        // "userid", but neither "paid" nor "valid": what remains must be a thing that a record has, so only known ones.
        static constexpr std::array<std::string_view, 10> kKnown{"user",    "order",  "case",    "customer", "product",
                                                                 "account", "device", "session", "item",     "payment"};
        words.back().resize(words.back().size() - 2);
        if (std::ranges::find(kKnown, words.back()) == kKnown.end()) return std::nullopt;
    } else {
        return std::nullopt;
    }
    std::string noun;
    for (const std::string& word : words) noun += (noun.empty() ? "" : "_") + word;
    return noun;
}

bool isIdText(const Trait& trait) { return trait.strings + trait.integers == trait.present && trait.longest <= 200; }

bool repeats(const Trait& trait) { return trait.present < kFew || trait.distinct < trait.present; }

/// In how many of a hundred records that have both the two say the same.
std::size_t agreement(const Trait& a, const Trait& b)
{
    std::size_t both = 0;
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.texts.size() && i < b.texts.size(); ++i) {
        if (!a.texts[i] || !b.texts[i]) continue;
        ++both;
        if (*a.texts[i] == *b.texts[i]) ++same;
    }
    return both == 0 ? 0 : same * 100 / both;
}

struct Candidate {
    const Trait* trait = nullptr;
    std::string noun;  ///< empty: the topic's
    int score = 0;
};

/// Weighs a member as the id of what the record is about; a negative score: it is none.
Candidate weigh(const Trait& trait, const SampleFacts& facts, std::string_view noun, const Trait* type)
{
    Candidate candidate{&trait, {}, -1000};
    if (trait.present * 10 < facts.objects * 7 || !isIdText(trait) || namesTheMessage(trait.plain)) return candidate;
    const auto idNoun = nounOf(trait);
    if (namesTheEntity(trait.plain)) {
        candidate.score = 100;
    } else if (idNoun) {
        candidate.noun = *idNoun;
        candidate.score = 20;
        if (trait.plain == "caseid") candidate.score += 40;
        if (*idNoun == noun) candidate.score += 50;
        if (idNoun->empty() && type != nullptr) candidate.score -= 15;  // beside a type, "id" is mostly the event's own
        if (*idNoun == "session") candidate.score -= 15;
    } else if (isThing(trait.plain)) {
        candidate.noun = trait.plain;
        candidate.score = trait.plain == noun ? 60 : 15;
    } else {
        return candidate;
    }
    candidate.score += repeats(trait) ? 15 : -25;
    candidate.score += static_cast<int>(trait.present * 10 / std::max<std::size_t>(facts.objects, 1));
    if (!trait.top) candidate.score -= 5;
    return candidate;
}

std::string countsOf(const Trait& trait)
{
    return std::to_string(trait.distinct) + " in " + std::to_string(trait.present) + " records";
}

const Trait* categoryBeside(const SampleFacts& facts)
{
    static constexpr std::array<std::string_view, 5> kNames{"aggregatetype", "entitytype", "streamtype", "objecttype",
                                                            "originatortype"};
    const Trait* trait = chooseByName(facts, kNames);
    return trait != nullptr && trait->present == facts.objects && !nearlyAllDiffer(*trait) ? trait : nullptr;
}

EntityChoice chosen(const Candidate& candidate, const SampleFacts& facts, std::string_view noun)
{
    EntityChoice choice;
    choice.id = candidate.trait;
    choice.noun = candidate.noun.empty() ? std::string(noun) : candidate.noun;
    choice.why = "entity id: " + candidate.trait->label + ", " + countsOf(*candidate.trait);
    if (namesTheEntity(candidate.trait->plain)) choice.category = categoryBeside(facts);
    return choice;
}

/// The id member that says what the message key says, where there is one.
const Trait* sameAsKey(const SampleFacts& facts)
{
    constexpr std::size_t kSame = 95;
    for (const Trait& trait : facts.members)
        if (nounOf(trait) && trait.present * 2 >= facts.objects && agreement(trait, facts.key) >= kSame) return &trait;
    return nullptr;
}

EntityChoice byKey(const SampleFacts& facts, std::string_view noun, const Trait* same)
{
    EntityChoice choice;
    choice.id = &facts.key;
    choice.noun = noun;
    choice.why = "entity id: the message key, " + countsOf(facts.key);
    choice.category = categoryBeside(facts);
    if (same != nullptr) {
        const std::string own = *nounOf(*same);
        if (!own.empty() && !namesTheEntity(same->plain) && !namesTheMessage(same->plain)) choice.noun = own;
        choice.why += ", the same as " + same->label;
    }
    return choice;
}

}  // namespace

std::optional<EntityChoice> chooseEntity(const SampleFacts& facts, std::string_view topic, const Trait* type, const Trait* time)
{
    const std::string noun = topicNoun(topic);
    Candidate best{nullptr, {}, -1};
    for (const Trait& trait : facts.members) {
        if (&trait == type || &trait == time) continue;
        if (Candidate candidate = weigh(trait, facts, noun, type); candidate.score > best.score) best = std::move(candidate);
    }
    const Trait& key = facts.key;
    const bool keyed = key.present > 0 && key.present * 10 >= facts.objects * 9 && key.longest <= 200;
    if (keyed) {
        // A key that is always the same, names the message, or never repeats and stands nowhere in the value, tells no lives
        // apart: then a member that repeats does it better. Else a producer's key is the best witness, even where a short
        // sample of many entities holds each of them once.
        const Trait* same = sameAsKey(facts);
        const bool useless = key.present >= kFew && (key.distinct == 1 || (key.distinct == key.present && same == nullptr) ||
                                                     (same != nullptr && namesTheMessage(same->plain)));
        constexpr int kConvincing = 40;
        const bool betterMember = best.trait != nullptr && best.score >= kConvincing && best.trait->distinct > 1 &&
                                  repeats(*best.trait) && best.trait != same;
        if (!useless || !betterMember) return byKey(facts, noun, same);
    }
    if (best.trait == nullptr) return std::nullopt;
    return chosen(best, facts, noun);
}

std::vector<EntityChoice> chooseFurther(const SampleFacts& facts, const EntityChoice& primary, const Trait* type)
{
    std::vector<EntityChoice> choices;
    if (type == nullptr) return choices;
    std::unordered_map<std::string_view, std::vector<std::string>> wordsOfType;
    for (const auto& text : type->texts)
        if (text) wordsOfType.try_emplace(*text, wordsOf(*text));
    for (const Trait& trait : facts.members) {
        const auto noun = nounOf(trait);
        if (!noun || noun->empty() || *noun == primary.noun || &trait == primary.id || namesTheMessage(trait.plain)) continue;
        if (namesTheEntity(trait.plain) || !isIdText(trait)) continue;
        // The records whose type begins with the noun, and those of them that have the id.
        std::size_t spoken = 0;
        std::size_t there = 0;
        for (std::size_t i = 0; i < type->texts.size(); ++i) {
            if (!type->texts[i]) continue;
            const auto& words = wordsOfType.at(*type->texts[i]);
            if (words.empty() || singular(words.front()) != *noun) continue;
            ++spoken;
            if (trait.texts[i]) ++there;
        }
        if (spoken == 0 || there * 5 < spoken * 4) continue;
        EntityChoice choice;
        choice.id = &trait;
        choice.noun = *noun;
        choice.why = "also " + *noun + ": " + trait.label + ", as " + std::to_string(spoken) +
                     " records have a type that begins with \"" + *noun + "\"";
        choices.push_back(std::move(choice));
    }
    return choices;
}

}  // namespace hindcast::decode
