#pragma once
// What Hindcast and its helper program hindcast-script say to each other over one socket (file descriptor 3 of the helper). Both ends
// are built from one tree, so it may change at any time; kScriptProtocol is compared at the start.
//
// A frame: u32 length of what follows, u8 kind, body. Numbers in this machine's byte order.
//
// To the helper
//   Load  {"protocol", "name", "source", "invariants": bool, "careful": bool, "fields": [pointer, …], "perHandlerMs", "memoryBytes"}
//   Ops   a JSON array, flat: each op is its number and its members
//   Bye   nothing: it is idle from now on and forgets fold and options, so that a next Load of the same source need not parse it anew
// From the helper
//   Loaded {"entities": {category: {"handlers": […], "decide": […], "invariants": […], "initial": bool}}, "projection": bool, "transforms": bool,
//           "remarks": […]}
//   Wrong  {"message", "file", "line", "column"}: the model cannot be used. Answers Load.
//   Told   lines, the answer to one Ops frame (below)
//
// Ops (members in the order in which they stand in the array):
//   0 begin     tag, category, id, version, detail (0 nothing, 1 states, 2 changes, 3 fields), state (any JSON; 0 where unborn: see 1)
//               preceded by 1 or 0: born? Or by 2: then it is [state, beyond], see S
//   1 event     type (index, below), shape (index), version, kind (EventKind), milliseconds since 1970 UTC (null: not known),
//               nanoseconds beyond them, then the leaves of the payload in the order of the shape
//   2 detail    detail
//   3 state     (asks for it)
//   4 accept    as event
//   5 decide    name, arguments (any JSON)
//   6 type      name: gets the next index, from 0
//   7 shape     template (below): gets the next index, from 0. Shape 0 is there from the start: one leaf, the whole payload; shape 1:
//               no payload (undefined)
//   8 pass      version, message: an event that is not folded; E is told where there is a message, then as by the detail
//   9 result    (asks for what a projection's transforms make of the state)
// Payloads in which a name is a whole number or stands twice go whole: JavaScript orders such members otherwise, or has but one.
// A shape's template is a JSON value: an object of templates, or 0 for a leaf: {"a":0,"b":{"c":0}} has two leaves. Leaves may be any
// JSON value (arrays are). Types and shapes live as long as the process, beyond Load.
// Numbers that a double cannot hold exactly (integers beyond ±(2^53−1), more than 15 significant digits) come as strings; but not
// those of a state to begin with, which the model has written itself: it reads again what it wrote, to the last digit.
//
// Told: one line each, fields separated by one space, JSON last (it holds no raw line feed):
//   S tag version JSON      state; "S tag version" alone: it does not live. Behind a unit separator (U+001F) what of it JSON has no word
//                           for (NaN, Infinity, undefined, -0), as JSON that Hindcast keeps and gives back
//   C tag version JSON      changes: [["add",pointer,after], ["replace",pointer,before,after], ["remove",pointer,before], …];
//                           a state that came to be or ended has the pointer ""
//   F tag version JSON      fields: an array; a field that is not there is the array []inside it ([[]]); one that is there is [value]
//   E tag version JSON      {"message","handler","file","line","column"}: failed; the state is that before the event
//   B tag version JSON      ["invariant", "message"]: broken
//   A tag version JSON      "" or the reason
//   D tag version JSON      {"events":[…]} or {"refused": reason}
//   T tag version JSON      the result; null: there is none
//   R tag version JSON      a remark: text
//
// Shared memory (file descriptor 4), so that the host knows after a death where the helper stood:
namespace hindcast::model {
struct ScriptProgress {
    unsigned long long frames;  // Ops frames begun
    unsigned int op;            // number of the op within the frame that is at work, 0-based; types and shapes count, too
    unsigned int reason;        // why the helper ends itself: 0 it did not, 1 memory
};
inline constexpr int kScriptProtocol = 1;
enum class ScriptFrame : unsigned char { Load = 1, Ops = 2, Bye = 3, Loaded = 11, Wrong = 12, Told = 13 };
}  // namespace hindcast::model
