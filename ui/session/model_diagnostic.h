#pragma once
#include "core/event/error.h"
#include "core/replay/replay.h"

#include <QString>

namespace hindcast::ui {

/// What is wrong with a model's text, or worth a remark, and where.
struct ModelDiagnostic {
    enum class Severity : unsigned char { Error, Remark };
    Severity severity = Severity::Error;
    int line = 0;    ///< from 1; 0: of no place in the text
    int column = 0;  ///< from 1, in characters of the line; 0: the whole line
    QString message;
    bool operator==(const ModelDiagnostic&) const = default;
};

/// Of a model that cannot be used. Where the reason names a place ("bank.mjs:7:12: …", "line 7, column 12"), that is its place.
[[nodiscard]] ModelDiagnostic diagnosticOf(const Error& error);
/// Of an event that it could not take: "x is not defined, at event #5 FeeCharged".
[[nodiscard]] ModelDiagnostic diagnosticOf(const replay::ReplayError& error);

}  // namespace hindcast::ui
