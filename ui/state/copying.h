#pragma once
#include "core/event/change.h"
#include "ui/session/views.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>

class QObject;

namespace hindcast::ui {

/// What goes to the clipboard. GUI thread only.
void copyText(const QString& text);
/// Text that takes time to make (a large document): made on another thread, copied when it is there. `make` captures by value.
void copyLater(QObject* context, std::function<QString()> make);
/// UTF-8 text as it is, at once where it is short. What is no UTF-8 becomes U+FFFD.
void copyBytes(QObject* context, std::shared_ptr<const std::string> text);
/// An event as a JSON object, at once where it is short.
void copyEvent(QObject* context, std::shared_ptr<const EventView> event);
/// The document as JSON, at once where it is small. `owner` keeps `value` alive.
void copyJson(QObject* context, std::shared_ptr<const void> owner, const Json& value, int indent = 2);

/// Whether the document's values and texts are few and short enough to be gone through within a frame. Looks no further than that.
[[nodiscard]] bool isSmall(const Json& value);
/// The same of all that was changed together, before and after.
[[nodiscard]] bool areSmall(const Changes& changes);

/// RFC 6902 operations with old values; what was written again unchanged is left out.
[[nodiscard]] QString patchText(const Changes& changes);
/// field | before | after, for a ticket or a chat.
[[nodiscard]] QString markdownText(const Changes& changes, const QString& before, const QString& after);

}  // namespace hindcast::ui
