#pragma once
#include "ui/session/views.h"

#include <QString>

namespace hindcast::ui {

/// An event as a JSON object for the clipboard: what it is, where it stands, and its payload as it came (bytes that are no JSON
/// as text, or as base64 where they are no UTF-8).
[[nodiscard]] QString eventJson(const EventView& view);

/// A reject as `hindcast-cli rejects --json` prints it.
[[nodiscard]] QString rejectJson(const EventView& view);

}  // namespace hindcast::ui
