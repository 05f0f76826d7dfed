#pragma once
#include "core/decode/mapping.h"

#include <QString>

#include <expected>
#include <vector>

namespace hindcast::ui {

/// Where a text comes from, as the fields of the mapping editor write it: `message key`, `message key /id`, `/order_id`, `value`,
/// `header ce_type`, `topic`, `state /name`, `constant “user”`; then optionally ` · split “-” take 1` and ` · regex ^(\w+)`.
/// fieldFromText(fieldText(f)) is f.
[[nodiscard]] QString fieldText(const decode::FieldSource& field);
/// `key` for `message key`, straight quotes and a bare quoted word are understood too. The error says what is allowed.
[[nodiscard]] std::expected<decode::FieldSource, QString> fieldFromText(const QString& text);

/// The parts of a composite id: `/country + /number`.
[[nodiscard]] QString fieldsText(const std::vector<decode::FieldSource>& fields);
[[nodiscard]] std::expected<std::vector<decode::FieldSource>, QString> fieldsFromText(const QString& text);

/// The entities beside the primary one: `constant “order”: /order_id; topic: /sku`.
[[nodiscard]] QString otherEntitiesText(const std::vector<decode::EntityRule>& rules);
[[nodiscard]] std::expected<std::vector<decode::EntityRule>, QString> otherEntitiesFromText(const QString& text);

}  // namespace hindcast::ui
