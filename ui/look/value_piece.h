#pragma once
#include "core/event/json.h"

#include <QString>

namespace hindcast::ui {

/// A value as a list shows it, so that null, empty, missing and text are told apart: null is a word in italics, [] and {} stand as
/// they are in the quieter colour, an empty text keeps its quotes, and what is not there (a discarded value) says so.
struct ValuePiece {
    QString text;
    bool quiet = false;   ///< Theme::Role::TextSecondary instead of Text
    bool italic = false;  ///< a word of ours or of JSON's, not a text from the data
};
/// At most about `limit` characters. `quotes`: texts in quotes; else as plainText().
[[nodiscard]] ValuePiece valuePiece(const Json& value, int limit, bool quotes = true);

}  // namespace hindcast::ui
