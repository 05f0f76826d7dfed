#pragma once
#include "core/event/change.h"

#include <QString>

#include <functional>
#include <memory>

class QObject;

namespace hindcast::ui {

/// What goes to the clipboard. GUI thread only.
void copyText(const QString& text);
/// Text that takes time to make (a large document): made on another thread, copied when it is there. `make` captures by value.
void copyLater(QObject* context, std::function<QString()> make);
/// The document as JSON, at once where it is small. `owner` keeps `value` alive.
void copyJson(QObject* context, std::shared_ptr<const void> owner, const Json& value, int indent = 2);

/// Whether the document has fewer values than fit into a frame's time. Looks no further than that.
[[nodiscard]] bool isSmall(const Json& value);

/// RFC 6902 operations with old values; what was written again unchanged is left out.
[[nodiscard]] QString patchText(const Changes& changes);
/// field | before | after, for a ticket or a chat.
[[nodiscard]] QString markdownText(const Changes& changes, const QString& before, const QString& after);

}  // namespace hindcast::ui
