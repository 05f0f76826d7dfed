#include "ui/session/payload_fields.h"

#include "core/event/pointer.h"

#include <algorithm>
#include <optional>

namespace hindcast::ui {

namespace {

constexpr int kDeepest = 8;  // levels of objects that are taken apart for names

void setText(FieldValue& value, std::string text)
{
    if (text.size() > FieldValue::kLongest) {
        std::size_t end = FieldValue::kLongest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text.resize(end);
        value.cut = true;
    }
    value.text = std::move(text);
}

class Namer {
public:
    explicit Namer(FieldNames& names) : names_(names) {}

    void walk(const Json& value, const std::string& pointer, int depth)
    {
        if (value.is_object() && !value.empty() && depth < kDeepest) {
            for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
                std::string below = pointer;
                appendToken(below, key);
                walk(member, below, depth + 1);
            }
            return;
        }
        if (pointer.empty()) return;  // a payload that is one value: nothing to name
        const auto found =
            std::find_if(names_.names.begin(), names_.names.end(), [&](const auto& name) { return name.pointer == pointer; });
        if (found != names_.names.end())
            ++found->events;
        else if (names_.names.size() < FieldNames::kMost)
            names_.names.push_back({pointer, 1, fieldValue(&value)});
    }

private:
    FieldNames& names_;
};

Result<void> eachPayload(store::Reader& reader, PayloadSource& payloads, const std::vector<EventId>& ids,
                         const std::stop_token& stop, const std::function<void(EventId, const Json*)>& visit)
{
    return reader.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        const auto payload = parseJson(payloads.payload(id, record, headers));
        visit(id, payload ? &*payload : nullptr);
        return !stop.stop_requested();
    });
}

}  // namespace

FieldValue fieldValue(const Json* value)
{
    using Kind = FieldValue::Kind;
    FieldValue out;
    if (value == nullptr || value->is_discarded()) return out;
    if (value->is_null()) {
        out.kind = Kind::Null;
    } else if (value->is_boolean()) {
        out.kind = Kind::Boolean;
        out.text = value->get<bool>() ? "true" : "false";
    } else if (value->is_string()) {
        out.kind = Kind::Text;
        setText(out, value->get_ref<const std::string&>());
    } else if (isNumber(*value)) {
        out.kind = Kind::Number;
        setText(out, numberText(*value));
    } else {
        out.kind = value->is_array() ? Kind::Array : Kind::Object;
        out.members = value->size();
        setText(out, toText(*value));
    }
    return out;
}

void addFieldNames(const Json& payload, FieldNames& names) { Namer(names).walk(payload, {}, 0); }

Result<FieldRows> readFields(store::Reader& reader, PayloadSource& payloads, const std::vector<EventId>& ids,
                             const std::vector<std::string>& pointers, const std::stop_token& stop)
{
    FieldRows out;
    out.pointers = pointers;
    std::vector<std::optional<Pointer>> parsed;
    parsed.reserve(pointers.size());
    for (const std::string& pointer : pointers) parsed.push_back(Pointer::parse(pointer));
    auto done = eachPayload(reader, payloads, ids, stop, [&](EventId id, const Json* payload) {
        auto& values = out.rows.emplace_back(id, std::vector<FieldValue>()).second;
        values.reserve(parsed.size());
        for (const auto& pointer : parsed)
            values.push_back(fieldValue(payload != nullptr && pointer ? valueAt(*payload, *pointer) : nullptr));
    });
    if (!done) return std::unexpected(done.error());
    return out;
}

Result<FieldNames> readFieldNames(store::Reader& reader, PayloadSource& payloads, const std::vector<EventId>& ids,
                                  const std::stop_token& stop)
{
    FieldNames out;
    auto done = eachPayload(reader, payloads, ids, stop, [&](EventId, const Json* payload) {
        ++out.events;
        if (payload != nullptr) addFieldNames(*payload, out);
    });
    if (!done) return std::unexpected(done.error());
    return out;
}

}  // namespace hindcast::ui
