#pragma once
#include "core/replay/reduce.h"

#include <string>
#include <string_view>

namespace hindcast::replay {

/// "state.balance < 0", "the invariant … is broken", "the model fails: …": what a reproducer shows, in words.
[[nodiscard]] std::string symptomText(const Symptom& symptom, const Reproducer& made);

/// Given the events before, when the last one comes, then this is what is seen: for a ticket.
[[nodiscard]] std::string givenWhenThen(const EventsInMemory& events, const Symptom& symptom, const Reproducer& made,
                                        std::string_view model);

/// A test for node:test that holds its events and imports the model from `module` ("./account.js"): it fails as long as the model
/// shows the symptom, and says what was expected and what came; where the model never ends, neither does it. Run it with `node --test`.
[[nodiscard]] std::string javaScriptTest(const EventsInMemory& events, const Symptom& symptom, const Reproducer& made,
                                         std::string_view module);

/// A record dump that `import` reads back (event_dump.h): the same events of the same entity. `bytes` gives the values of records
/// without a payload.
[[nodiscard]] std::string recordDump(const EventsInMemory& events, const Reproducer& made, std::string_view topic,
                                     const std::function<std::optional<std::string>(EventId)>& bytes);

/// A text as a comment has it: line ends are spaces.
[[nodiscard]] std::string onOneLine(std::string_view text);

}  // namespace hindcast::replay
