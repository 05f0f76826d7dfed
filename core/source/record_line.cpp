#include "core/source/record_line.h"

#include "core/event/ids.h"
#include "core/source/base64.h"
#include "core/source/line_reader.h"

#include <charconv>
#include <cstring>
#include <span>

namespace hindcast::source {
namespace {

namespace od = simdjson::ondemand;

// simdjson refuses strings that are no UTF-8. In such a line every byte from 0x80 on is masked by a code point of the private
// plane 16, U+10FF00 + byte: four bytes of UTF-8, of which the last two tell the byte. Texts are unmasked when they are taken.
constexpr std::string_view kMask = "\xF4\x8F";

void mask(std::string_view line, std::string& out)
{
    out.clear();
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += kMask;
            out += static_cast<char>(0xBC | (byte >> 6));
            out += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
}

std::size_t unmask(std::string_view text, std::uint8_t* out)
{
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto byte = static_cast<std::uint8_t>(text[at]);
        if (text.substr(at, 2) == kMask && text.size() - at >= 4 && (static_cast<std::uint8_t>(text[at + 2]) & 0xFC) == 0xBC) {
            out[size++] = static_cast<std::uint8_t>(((text[at + 2] & 3) << 6) | (text[at + 3] & 0x3F));
            at += 4;
        } else {
            out[size++] = byte;
            ++at;
        }
    }
    return size;
}

/// Takes texts out of one line; remembers the first error.
class Taker {
public:
    /// `scratch` is empty where the line is not masked.
    Taker(od::parser& parser, TextArena& arena, std::span<std::uint8_t> scratch)
        : parser_(parser), arena_(arena), scratch_(scratch)
    {
    }

    bool good(simdjson::error_code code)
    {
        if (code && !error_) error_ = code;
        return !code;
    }
    [[nodiscard]] simdjson::error_code error() const { return error_; }
    [[nodiscard]] bool badBase64() const { return badBase64_; }
    [[nodiscard]] bool badPlace() const { return badPlace_; }

    std::string_view text(od::raw_json_string raw)
    {
        std::string_view unescaped;
        if (scratch_.empty()) {
            std::uint8_t* end = arena_.end();
            if (good(parser_.unescape(raw, end).get(unescaped))) arena_.moveTo(end);
            return unescaped;
        }
        std::uint8_t* end = scratch_.data();
        return good(parser_.unescape(raw, end).get(unescaped)) ? keepUnmasked(unescaped) : std::string_view{};
    }

    /// The text of a string, the JSON of anything else; null gives nothing.
    std::optional<std::string_view> bytes(od::value value)
    {
        od::json_type type{};
        if (!good(value.type().get(type))) return {};
        std::string_view json;
        if (type == od::json_type::null) return value.is_null() ? std::nullopt : std::optional(std::string_view{});
        if (type == od::json_type::string) {
            od::raw_json_string raw;
            return good(value.get_raw_json_string().get(raw)) ? std::optional(text(raw)) : std::nullopt;
        }
        if (type == od::json_type::object) {
            od::object object;
            if (!good(value.get_object().get(object)) || !good(object.raw_json().get(json))) return {};
        } else if (type == od::json_type::array) {
            od::array array;
            if (!good(value.get_array().get(array)) || !good(array.raw_json().get(json))) return {};
        } else {
            json = value.raw_json_token();
            if (type == od::json_type::boolean) {
                bool ignored = false;
                if (!good(value.get_bool().get(ignored))) return {};
            }
        }
        while (!json.empty() && static_cast<unsigned char>(json.back()) <= ' ') json.remove_suffix(1);
        return scratch_.empty() ? json : keepUnmasked(json);
    }

    std::optional<std::string_view> base64(od::value value)
    {
        if (value.is_null()) return {};
        od::raw_json_string raw;
        if (value.get_raw_json_string().get(raw)) {
            badBase64_ = true;
            return {};
        }
        const std::string_view coded = text(raw);
        auto* begin = arena_.end() - coded.size();  // decoded in place: what comes out is shorter
        const auto size = decodeBase64(coded, reinterpret_cast<char*>(begin));
        if (!size) {
            badBase64_ = true;
            return {};
        }
        arena_.moveTo(begin + *size);
        return std::string_view(reinterpret_cast<const char*>(begin), *size);
    }

    /// A number, or a string of digits; empty otherwise.
    std::optional<std::int64_t> integer(od::value value)
    {
        od::json_type type{};
        if (!good(value.type().get(type))) return {};
        std::int64_t number = 0;
        if (type == od::json_type::number) {
            if (!value.get_int64().get(number)) return number;
            double decimal = 0;  // 1795532933554.0, as some scripts write it
            if (!value.get_double().get(decimal) && decimal > -9e18 && decimal < 9e18) return static_cast<std::int64_t>(decimal);
            return {};
        }
        const auto digits = bytes(value);
        if (type != od::json_type::string || !digits) return {};
        const auto [stop, code] = std::from_chars(digits->data(), digits->data() + digits->size(), number);
        if (code != std::errc{} || stop != digits->data() + digits->size()) return {};
        return number;
    }

    /// Where a record stands: a number from 0 to `most`, or null. Anything else is a defect of the line: another number in its
    /// place could be another record's.
    std::optional<std::int64_t> whole(od::value value, std::int64_t most)
    {
        if (value.is_null()) return {};
        const auto number = integer(value);
        badPlace_ = badPlace_ || !number || *number < 0 || *number > most;
        return number;
    }

    /// A number beyond 64 bits is a time beyond our years like any other.
    std::optional<Timestamp> time(od::value value)
    {
        if (const auto ms = integer(value)) return brokerTimeFromMilliseconds(*ms);
        od::json_type type{};
        if (value.type().get(type) || type != od::json_type::number) return std::nullopt;
        return value.raw_json_token().starts_with('-') ? Timestamp::min() : Timestamp::max();
    }

    void headers(od::value value, std::vector<Header>& out)
    {
        od::json_type type{};
        if (!good(value.type().get(type))) return;
        if (type == od::json_type::object) {
            forEachMember(value, [&](od::field& field) {
                const auto name = text(field.key());
                out.push_back({name, headerValue(field.value())});
            });
        } else if (type == od::json_type::array) {
            headerList(value, out);
        }
    }

private:
    std::string_view keepUnmasked(std::string_view text)
    {
        std::uint8_t* begin = arena_.end();
        const std::size_t size = unmask(text, begin);
        arena_.moveTo(begin + size);
        return {reinterpret_cast<const char*>(begin), size};
    }

    template <class Take>
    void forEachMember(od::value value, Take take)
    {
        od::object object;
        if (!good(value.get_object().get(object))) return;
        for (auto found : object) {
            od::field field;
            if (!good(std::move(found).get(field))) return;
            take(field);
            if (error_) return;
        }
    }
    template <class Take>
    void forEachItem(od::value value, Take take)
    {
        od::array array;
        if (!good(value.get_array().get(array))) return;
        for (auto found : array) {
            od::value item;
            if (!good(std::move(found).get(item))) return;
            take(item);
            if (error_) return;
        }
    }

    /// `[[name, value], …]`, `[{"key": name, "value": value}, …]` or kcat's `[name, value, name, value, …]`.
    void headerList(od::value list, std::vector<Header>& out)
    {
        std::optional<std::string_view> pending;
        forEachItem(list, [&](od::value item) {
            od::json_type type{};
            if (!good(item.type().get(type))) return;
            if (pending) {
                out.push_back({*pending, headerValue(item)});
                pending.reset();
            } else if (type == od::json_type::array) {
                std::size_t at = 0;
                Header header;
                forEachItem(item, [&](od::value part) {
                    if (at == 0) header.name = bytes(part).value_or(std::string_view{});
                    if (at++ == 1) header.value = headerValue(part);
                });
                out.push_back(header);
            } else if (type == od::json_type::object) {
                Header header;
                forEachMember(item, [&](od::field& field) {
                    const auto member = text(field.key());
                    if (member == "key" || member == "name") header.name = bytes(field.value()).value_or(std::string_view{});
                    if (member == "value") header.value = headerValue(field.value());
                    if (member == "value_b64") header.value = base64(field.value());
                });
                out.push_back(header);
            } else {
                pending = bytes(item).value_or(std::string_view{});
            }
        });
        if (pending) out.push_back({*pending, std::nullopt});
    }

    /// Text, null, or `{"b64": …}`; any other JSON is its own text.
    std::optional<std::string_view> headerValue(od::value value)
    {
        od::json_type type{};
        if (!good(value.type().get(type))) return {};
        if (type != od::json_type::object) return bytes(value);
        od::object object;
        if (!good(value.get_object().get(object))) return {};
        od::value coded;
        const auto found = object.find_field_unordered("b64").get(coded);
        if (!found) return base64(coded);
        if (found != simdjson::NO_SUCH_FIELD && !good(found)) return {};
        std::string_view json;
        bool notEmpty = false;
        if (!good(object.reset().get(notEmpty)) || !good(object.raw_json().get(json))) return {};
        return scratch_.empty() ? json : keepUnmasked(json);
    }

    od::parser& parser_;
    TextArena& arena_;
    std::span<std::uint8_t> scratch_;
    bool badBase64_ = false;
    bool badPlace_ = false;
    simdjson::error_code error_ = simdjson::SUCCESS;
};

TimestampKind timestampKindOf(std::string_view word)
{
    if (word == "LogAppendTime" || word == "logappend" || word == "log-append") return TimestampKind::LogAppend;
    if (word == "NoTimestampType" || word == "unknown" || word == "none") return TimestampKind::None;
    return TimestampKind::Create;
}

std::string parseLine(od::parser& parser, simdjson::padded_string_view line, Taker& taker, RecordLine& record,
                      std::vector<Header>& headers, simdjson::error_code& failed)
{
    od::document document;
    od::object object;
    failed = parser.iterate(line).get(document);
    if (!failed) failed = document.get_object().get(object);
    bool hasValue = false;
    std::optional<TimestampKind> kind;
    const auto takeValue = [&](std::optional<std::string_view> found, std::optional<std::string_view>& into) {
        if (found) into = found;  // of `value` and `value_b64` one may be null
    };
    if (!failed) {
        for (auto found : object) {
            od::field field;
            failed = std::move(found).get(field);
            if (failed) break;
            const auto name = field.key();
            auto value = field.value();
            if (name == "value" || name == "payload") {
                hasValue = true;
                takeValue(taker.bytes(value), record.value);
            } else if (name == "value_b64") {
                hasValue = true;
                takeValue(taker.base64(value), record.value);
            } else if (name == "key") {
                takeValue(taker.bytes(value), record.key);
            } else if (name == "key_b64") {
                takeValue(taker.base64(value), record.key);
            } else if (name == "topic") {
                record.topic = taker.bytes(value).value_or(std::string_view{});
            } else if (name == "partition") {
                record.partition = static_cast<std::int32_t>(taker.whole(value, INT32_MAX).value_or(0));
            } else if (name == "offset") {
                record.offset = taker.whole(value, EventId::kMaxOffset);
            } else if (name == "n") {
                record.ordinal = taker.integer(value);
            } else if (name == "timestamp" || name == "ts") {
                if (const auto time = taker.time(value)) {
                    record.timestamp = *time;
                    record.timestampKind = TimestampKind::Create;
                }
            } else if (name == "timestamp_type" || name == "tstype") {
                kind = timestampKindOf(taker.bytes(value).value_or(std::string_view{}));
            } else if (name == "defect") {
                record.defect = taker.bytes(value).value_or(std::string_view{});
            } else if (name == "headers") {
                taker.headers(value, headers);
            }
            failed = taker.error();
            if (failed) break;
        }
    }
    if (failed == simdjson::INCORRECT_TYPE && line.find('{') == std::string_view::npos)
        return "the line is no JSON object, so it is no record";
    if (failed) return std::string("the line is no whole JSON object: ") + simdjson::error_message(failed);
    const char* behind = nullptr;
    if (document.current_location().get(behind) != simdjson::OUT_OF_BOUNDS) return "text follows the JSON object";
    record.placed = hasValue && !record.topic.empty() && record.offset && !taker.badPlace();
    if (kind && record.timestampKind != TimestampKind::None) record.timestampKind = *kind;
    if (taker.badBase64()) return "a member that should be base64 is not";
    if (!hasValue) return "the object has neither value, value_b64 nor payload: it is no record";
    if (taker.badPlace()) return "the partition or the offset is no whole number, negative, or out of range";
    return {};
}

}  // namespace

TextArena::TextArena(std::size_t bytes)
    : bytes_(std::make_unique_for_overwrite<std::uint8_t[]>(bytes + 2 * LineReader::kPadding)), at_(bytes_.get())
{
}

std::string RecordLineParser::parse(std::string_view line, TextArena& arena, RecordLine& record, std::vector<Header>& headers)
{
    std::uint8_t* const before = arena.end();
    const std::size_t headersBefore = headers.size();
    record = {};
    simdjson::error_code failed{};
    Taker taker(parser_, arena, {});
    const simdjson::padded_string_view padded(line.data(), line.size(), line.size() + LineReader::kPadding);
    std::string defect = parseLine(parser_, padded, taker, record, headers, failed);
    if (failed == simdjson::UTF8_ERROR) {
        mask(line, masked_);
        scratch_.resize(masked_.size() + 2 * LineReader::kPadding);
        masked_.append(LineReader::kPadding, '\0');
        arena.moveTo(before);
        headers.resize(headersBefore);
        record = {};
        Taker masked(parser_, arena, scratch_);
        const simdjson::padded_string_view ascii(masked_.data(), masked_.size() - LineReader::kPadding, masked_.size());
        defect = parseLine(parser_, ascii, masked, record, headers, failed);
    }
    if (line.size() > LineReader::kBlock) {  // do not keep buffers for the largest line ever met
        parser_ = simdjson::ondemand::parser();
        masked_ = {};
        scratch_ = {};
    }
    return defect;
}

}  // namespace hindcast::source
