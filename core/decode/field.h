#pragma once
#include "core/decode/key.h"
#include "core/decode/mapping.h"
#include "core/decode/value.h"
#include "core/event/record.h"

#include <memory>
#include <optional>
#include <regex>
#include <span>
#include <string_view>
#include <vector>

namespace hindcast::decode {

/// All that a mapping's field can be taken from, for one record.
struct RecordView {
    std::string_view topic;
    std::span<const Header> headers;
    KeyReader* key = nullptr;
    const ValueReader* json = nullptr;     ///< null where the value is not (readable) JSON
    std::optional<std::string_view> text;  ///< the value as text, where the mapping calls it that
    KeptBytes* arena = nullptr;

    [[nodiscard]] bool hasValue() const { return json != nullptr || text.has_value(); }
};

/// The last header of that name, as Kafka's own clients have it; null where there is none or its value is null.
[[nodiscard]] const Header* headerNamed(std::span<const Header> headers, std::string_view name);

/// A FieldSource made ready to be read from record after record.
class Field {
public:
    Field(const FieldSource& source, KeyReader& key, ValueReader& value);

    /// Empty (no text, or a text without a character) where the record has nothing there.
    [[nodiscard]] std::string_view read(const RecordView& record) const;
    [[nodiscard]] bool needsValue() const { return source_.from == FieldSource::From::Value; }
    [[nodiscard]] const FieldSource& source() const { return source_; }

private:
    [[nodiscard]] std::string_view whole(const RecordView& record) const;
    [[nodiscard]] std::string_view cut(std::string_view text) const;

    FieldSource source_;
    KeyReader::Place keyPlace_;
    ValueReader::Place valuePlace_;
    std::unique_ptr<std::regex> regex_;
    bool neverMatches_ = false;  // a regex that does not compile
};

}  // namespace hindcast::decode
