#pragma once
#include "ui/look/json_text.h"
#include "ui/look/theme.h"
#include "ui/session/views.h"

#include <QString>

class QTextDocument;

namespace hindcast::ui {

/// How much of an event is written out.
struct EventDocumentOptions {
    int payloadLimit = 8'000;  ///< characters of the payload, then a link: "show more", or to Raw where it is kMostPayload
    bool brief = false;        ///< without what the full page is for: times, entities, transaction, decoding

    static constexpr int kMostPayload = 64'000;  ///< what is set in lines within a frame or two; of more, Raw has all
};

/// One fact of an event: its label, and what is said as HTML with everything from outside escaped.
struct EventFact {
    QString label;
    QString html;
};
/// In the order in which they are shown. Links: "entity:category/id", "more:" (a longer payload).
[[nodiscard]] std::vector<EventFact> eventFacts(const EventView& view, const EventDocumentOptions& options);

/// Writes the event into a document: the payload in lines with quiet colours, then its facts. The cost follows `payloadLimit`.
/// Returns the payload as it was set, which stands at the beginning of the document character for character; empty: there is none.
JsonLayout writeEventDocument(QTextDocument& document, const EventView& view, const Theme& theme,
                              const EventDocumentOptions& options);

}  // namespace hindcast::ui
