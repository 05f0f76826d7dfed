#pragma once
#include "ui/session/trial_views.h"

#include <QString>

namespace hindcast::ui {

// A smallest case as files. From any thread, and not from the GUI's: they are written as a whole or not at all.

/// What was written, or why it was not.
struct Exported {
    QString said;  ///< "account-77.test.mjs written; it imports ./bank.mjs: node --test account-77.test.mjs"
    QString why;   ///< not empty: it was not written
};

/// A test for node:test. It imports the model from the file that it came from, where that holds the same text; else the model is
/// written beside the test. REQUIRES: found.script.
[[nodiscard]] Exported exportTest(const SmallestCase& found, const QString& path);
/// A record dump, which can be imported.
[[nodiscard]] Exported exportDump(const SmallestCase& found, const QString& path);

}  // namespace hindcast::ui
