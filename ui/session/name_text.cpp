#include "ui/session/name_text.h"

#include "core/decode/field.h"

#include <utility>

namespace hindcast::ui {

namespace {

using From = decode::FieldSource::From;

std::string textOf(const Json& value)
{
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null() || value.is_structured() || value.is_discarded()) return {};
    return toText(value);
}

std::string textAt(const Json& document, const Pointer& at)
{
    if (document.is_discarded()) return {};
    const Json* value = valueAt(document, at);
    return value == nullptr ? std::string() : textOf(*value);
}

std::string textAt(const std::string& json, const Pointer& at)
{
    const auto document = parseJson(json);
    return document ? textAt(*document, at) : std::string();
}

/// "split" and "regex" of the source.
std::string cut(const decode::FieldSource& source, std::string text)
{
    if (source.splitBy.empty() && source.regex.empty()) return text;
    decode::FieldSource constant = source;
    constant.from = From::Const;
    constant.constant = std::move(text);
    decode::KeyReader key;
    decode::ValueReader value;
    const decode::Field field(constant, key, value);
    return std::string(field.read({}));
}

std::string fromEvent(const decode::FieldSource& source, const Event& event)
{
    switch (source.from) {
        case From::Key: return !event.key ? std::string() : source.at.isRoot() ? *event.key : textAt(*event.key, source.at);
        case From::Value: return textAt(event.payload, source.at);
        case From::Header:
            for (auto header = event.headers.rbegin(); header != event.headers.rend(); ++header)
                if (header->first == source.name) return header->second.value_or(std::string());
            return {};
        case From::Topic: return event.position.topic;
        case From::Const: return source.constant;
        case From::State: return {};
    }
    return {};
}

}  // namespace

std::string nameIn(const decode::FieldSource& source, const Event& event) { return cut(source, fromEvent(source, event)); }

std::string nameIn(const decode::FieldSource& source, const Json& state) { return cut(source, textAt(state, source.at)); }

}  // namespace hindcast::ui
