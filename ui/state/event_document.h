#pragma once
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QString>

class QTextDocument;

namespace hindcast::ui {

/// How much of an event is written out.
struct EventDocumentOptions {
    int payloadLimit = 8'000;  ///< characters of the payload, then a link "show more"
    bool brief = false;        ///< without what the full page is for: times, entities, transaction, decoding
};

/// One fact of an event: its label, and what is said as HTML with everything from outside escaped.
struct EventFact {
    QString label;
    QString html;
};
/// In the order in which they are shown. Links: "entity:category/id", "more:" (a longer payload).
[[nodiscard]] std::vector<EventFact> eventFacts(const EventView& view, const EventDocumentOptions& options);

/// Writes the event into a document: the payload in lines with quiet colours, then its facts. The cost follows `payloadLimit`.
void writeEventDocument(QTextDocument& document, const EventView& view, const Theme& theme, const EventDocumentOptions& options);

}  // namespace hindcast::ui
