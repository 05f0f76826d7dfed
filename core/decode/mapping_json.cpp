#include "core/decode/mapping.h"
#include "core/decode/mapping_names.h"
#include "core/event/json_file.h"

#include <charconv>
#include <initializer_list>
#include <regex>

namespace hindcast::decode {

namespace {

/// Reads one mapping; the first thing that is wrong stops it, and is told with its place.
class MappingReader {
public:
    explicit MappingReader(std::size_t index) : where_("mapping " + std::to_string(index + 1)) {}

    Result<Mapping> read(const Json& json)
    {
        Mapping mapping;
        if (!isObject(json, "", "the mapping")) return std::unexpected(error_);
        if (const Json* topic = member(json, "topic"); topic == nullptr) {
            refuse("topic", "is missing");
        } else if (text(*topic, "topic", mapping.topic)) {
            where_ = "mapping of topic \"" + mapping.topic + "\"";
        }
        allowOnly(json, "",
                  {"topic", "envelope", "format", "entities", "type", "time", "version", "correlation", "causation", "name"});
        if (const Json* value = member(json, "envelope")) envelope(*value, mapping.envelope);
        if (const Json* value = member(json, "format")) named(*value, "format", kFormats, mapping.format);
        if (const Json* value = member(json, "entities")) entities(*value, mapping.entities);
        const auto optional = [&](const char* name, std::optional<FieldSource>& into, bool ofState) {
            const Json* value = member(json, name);
            if (value != nullptr && good_) field(*value, name, into.emplace(), ofState);
        };
        optional("type", mapping.type, false);
        if (const Json* value = member(json, "time")) time(*value, mapping.time.emplace());
        optional("version", mapping.version, false);
        optional("correlation", mapping.correlation, false);
        optional("causation", mapping.causation, false);
        optional("name", mapping.name, true);
        if (!good_) return std::unexpected(error_);
        return mapping;
    }

private:
    using Fields = std::initializer_list<std::string_view>;

    bool refuse(const std::string& place, const std::string& why, Error::Kind kind = Error::Kind::BadInput)
    {
        if (!good_) return false;  // the first one is told
        good_ = false;
        error_ = Error{where_, place.empty() ? why : place + " " + why, "", kind};
        return false;
    }
    static const Json* member(const Json& object, std::string_view name)
    {
        const auto& members = object.get_ref<const Json::object_t&>();
        const auto found = members.find(name);
        return found == members.end() ? nullptr : &found->second;
    }
    bool isObject(const Json& json, const std::string& place, const std::string& word)
    {
        return json.is_object() || refuse(place, place.empty() ? word + " is no JSON object" : "is no JSON object");
    }
    void allowOnly(const Json& object, const std::string& place, Fields known)
    {
        for (const auto& [name, value] : object.get_ref<const Json::object_t&>()) {
            bool found = false;
            for (const std::string_view other : known) found = found || other == name;
            if (!found)
                refuse(place.empty() ? name : std::string(place).append(".").append(name), "is no member of a mapping file here");
        }
    }
    bool text(const Json& json, const std::string& place, std::string& into)
    {
        if (!json.is_string()) return refuse(place, "is no text");
        into = json.get_ref<const std::string&>();
        return !into.empty() || refuse(place, "is empty");
    }
    template <class E, std::size_t N>
    bool named(const Json& json, const std::string& place, const Names<E, N>& names, E& into)
    {
        std::string word;
        if (!text(json, place, word)) return false;
        std::string all;
        for (const auto& [name, value] : names) {
            if (name == word) {
                into = value;
                return true;
            }
            all += (all.empty() ? "" : ", ") + std::string(name);
        }
        return refuse(place, "is \"" + word + "\", which is none of " + all);
    }
    void envelope(const Json& json, Envelope& into)
    {
        if (json.is_string()) {
            const auto& word = json.get_ref<const std::string&>();
            if (word == "unwrapped" || word == "cloudevents") {
                refuse("envelope", "is \"" + word + "\", which this release cannot read yet", Error::Kind::Unsupported);
                return;
            }
        }
        named(json, "envelope", kEnvelopes, into);
    }

    void entities(const Json& json, std::vector<EntityRule>& into)
    {
        if (!json.is_array()) {
            refuse("entities", "is no JSON array");
            return;
        }
        for (std::size_t i = 0; i < json.size() && good_; ++i) {
            const std::string place = "entities[" + std::to_string(i) + "]";
            const Json& item = json[i];
            if (!isObject(item, place, place)) return;
            EntityRule& rule = into.emplace_back();
            allowOnly(item, place, {"category", "id"});
            if (const Json* category = member(item, "category"))
                field(*category, place + ".category", rule.category.emplace(), false);
            ids(member(item, "id"), place + ".id", rule.id);
        }
    }
    void ids(const Json* json, const std::string& place, std::vector<FieldSource>& into)
    {
        if (json == nullptr) {
            refuse(place, "is missing");
        } else if (!json->is_array()) {
            field(*json, place, into.emplace_back(), false);
        } else if (json->empty()) {
            refuse(place, "is empty");
        } else {
            for (std::size_t i = 0; i < json->size() && good_; ++i)
                field((*json)[i], place + "[" + std::to_string(i) + "]", into.emplace_back(), false);
        }
    }
    void time(const Json& json, TimeRule& into)
    {
        if (!isObject(json, "time", "time")) return;
        if (const Json* unit = member(json, "unit")) {
            std::string word;
            if (text(*unit, "time.unit", word)) {
                if (const auto known = timeUnitFromName(word))
                    into.unit = *known;
                else
                    refuse("time.unit", "is \"" + word + "\", which is none of auto, iso, s, ms, us, ns");
            }
        }
        if (const Json* zone = member(json, "zone")) {
            std::string word;
            if (text(*zone, "time.zone", word) && !offsetFrom(word, into.zoneOffsetMinutes))
                refuse("time.zone", "is \"" + word + "\": write UTC or an offset such as +01:00");
        }
        source(json, "time", into.source, false, {"unit", "zone"});
    }
    static bool offsetFrom(std::string_view zone, int& minutes)
    {
        minutes = 0;
        if (zone == "UTC" || zone == "Z") return true;
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return false;
        int hour = 0;
        int minute = 0;
        const auto number = [](std::string_view digits, int& into) {
            const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into);
            return error == std::errc() && end == digits.data() + digits.size() && into >= 0;
        };
        if (!number(zone.substr(1, 2), hour) || !number(zone.substr(4, 2), minute) || hour > 14 || minute > 59) return false;
        minutes = (hour * 60 + minute) * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    void field(const Json& json, const std::string& place, FieldSource& into, bool ofState)
    {
        if (isObject(json, place, place)) source(json, place, into, ofState, {});
    }
    void source(const Json& json, const std::string& place, FieldSource& into, bool ofState, Fields beside)
    {
        const Json* constant = member(json, "const");
        if (const Json* from = member(json, "from"))
            named(*from, place + ".from", kOrigins, into.from);
        else if (constant == nullptr)
            refuse(place, "has neither \"from\" nor \"const\"");
        using From = FieldSource::From;
        if (into.from == From::State && !ofState) refuse(place + ".from", "is \"state\": only a name can come from the state");
        if (into.from == From::Const) {
            if (constant == nullptr) refuse(place + ".const", "is missing");
            if (constant != nullptr) text(*constant, place + ".const", into.constant);
        } else if (constant != nullptr) {
            refuse(place + ".const", "stands beside \"from\"");
        }
        checkMembers(json, place, into.from, beside);
        if (const Json* at = member(json, "at")) pointer(*at, place + ".at", into.at);
        if (const Json* name = member(json, "name")) text(*name, place + ".name", into.name);
        if (into.from == From::Header && into.name.empty()) refuse(place + ".name", "is missing: the header's name");
        if (const Json* split = member(json, "split")) this->split(*split, place + ".split", into);
        if (const Json* regex = member(json, "regex")) this->regex(*regex, place + ".regex", into.regex);
    }
    void checkMembers(const Json& json, const std::string& place, FieldSource::From from, Fields beside)
    {
        using From = FieldSource::From;
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            const bool points = from == From::Key || from == From::Value || from == From::State;
            bool known = name == "from" || name == "const" || name == "split" || name == "regex" || (name == "at" && points) ||
                         (name == "name" && from == From::Header);
            for (const std::string_view other : beside) known = known || other == name;
            if (!known)
                refuse(std::string(place).append(".").append(name),
                       "is no member of a field from " + std::string(nameIn(kOrigins, from)));
        }
    }
    void pointer(const Json& json, const std::string& place, Pointer& into)
    {
        if (!json.is_string()) {
            refuse(place, "is no text");
        } else if (auto parsed = Pointer::parse(json.get_ref<const std::string&>())) {
            into = std::move(*parsed);
        } else {
            refuse(place, "is \"" + json.get_ref<const std::string&>() + "\", which is no JSON Pointer: write /member");
        }
    }
    void split(const Json& json, const std::string& place, FieldSource& into)
    {
        if (!isObject(json, place, place)) return;
        allowOnly(json, place, {"by", "take"});
        const Json* by = member(json, "by");
        if (by == nullptr)
            refuse(place + ".by", "is missing");
        else
            text(*by, place + ".by", into.splitBy);
        const Json* take = member(json, "take");
        if (take == nullptr) return;
        constexpr std::int64_t kMost = 1'000'000;
        if (!take->is_number_integer() || take->get<std::int64_t>() > kMost || take->get<std::int64_t>() < -kMost)
            refuse(place + ".take", "is no whole number");
        else
            into.splitTake = static_cast<int>(take->get<std::int64_t>());
    }
    void regex(const Json& json, const std::string& place, std::string& into)
    {
        if (!text(json, place, into)) return;
        try {
            static_cast<void>(std::regex(into, std::regex::ECMAScript));  // throws where it is none
        } catch (const std::regex_error& error) {
            refuse(place, "is no regular expression: " + std::string(error.what()));
        }
    }

    std::string where_;
    Error error_;
    bool good_ = true;
};

Json fieldToJson(const FieldSource& field)
{
    using From = FieldSource::From;
    Json json = Json::object();
    if (field.from == From::Const) {
        json["const"] = field.constant;
        return json;  // the rest tells where in a record to look
    }
    json["from"] = std::string(nameIn(kOrigins, field.from));
    if (!field.at.isRoot()) json["at"] = field.at.text();
    if (field.from == From::Header) json["name"] = field.name;
    if (!field.splitBy.empty()) {
        Json split = Json::object();
        split["by"] = field.splitBy;
        split["take"] = field.splitTake;
        json["split"] = std::move(split);
    }
    if (!field.regex.empty()) json["regex"] = field.regex;
    return json;
}

std::string zoneText(int minutes)
{
    if (minutes == 0) return "UTC";
    const int size = minutes < 0 ? -minutes : minutes;
    const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    return (minutes < 0 ? "-" : "+") + two(size / 60) + ":" + two(size % 60);
}

}  // namespace

Result<std::vector<Mapping>> mappingsFromJson(const Json& json)
{
    std::vector<Mapping> mappings;
    const std::size_t count = json.is_array() ? json.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        auto mapping = MappingReader(i).read(json.is_array() ? json[i] : json);
        if (!mapping) return std::unexpected(std::move(mapping.error()));
        mappings.push_back(std::move(*mapping));
    }
    return mappings;
}

Result<std::vector<Mapping>> mappingsFromFile(const std::string& path)
{
    auto json = readJsonFile(path);
    if (!json) return std::unexpected(json.error());
    return mappingsFromJson(*json);
}

Json toJson(const Mapping& mapping)
{
    Json json = Json::object();
    json["topic"] = mapping.topic;
    json["envelope"] = std::string(nameIn(kEnvelopes, mapping.envelope));
    if (mapping.format != ValueFormat::Auto) json["format"] = std::string(nameIn(kFormats, mapping.format));
    if (!mapping.entities.empty()) {
        Json entities = Json::array();
        for (const EntityRule& rule : mapping.entities) {
            Json entity = Json::object();
            if (rule.category) entity["category"] = fieldToJson(*rule.category);
            if (rule.id.size() == 1) {
                entity["id"] = fieldToJson(rule.id.front());
            } else {
                Json parts = Json::array();
                for (const FieldSource& part : rule.id) parts.push_back(fieldToJson(part));
                entity["id"] = std::move(parts);
            }
            entities.push_back(std::move(entity));
        }
        json["entities"] = std::move(entities);
    }
    const auto put = [&](const char* name, const std::optional<FieldSource>& field) {
        if (field) json[name] = fieldToJson(*field);
    };
    put("type", mapping.type);
    if (mapping.time) {
        Json time = fieldToJson(mapping.time->source);
        time["unit"] = std::string(nameOf(mapping.time->unit));
        if (mapping.time->zoneOffsetMinutes != 0) time["zone"] = zoneText(mapping.time->zoneOffsetMinutes);
        json["time"] = std::move(time);
    }
    put("version", mapping.version);
    put("correlation", mapping.correlation);
    put("causation", mapping.causation);
    put("name", mapping.name);
    return json;
}

}  // namespace hindcast::decode
