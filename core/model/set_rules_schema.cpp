#include "core/model/reducer.h"

namespace hindcast::model {

const char* setRulesSchema()
{
    return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Hindcast set rules",
  "description": "How the events of one category change its state. For each event first the operations of its type run (those of \"otherwise\" where it has none), then those of \"*\", in order; an event without rules still begins a life. An event applies whole or not at all. Tombstones end a life; so do deletes and truncates that have no rule of their own.",
  "type": "object",
  "required": ["entity", "on"],
  "additionalProperties": false,
  "properties": {
    "$schema": {"type": "string"},
    "note": {"description": "For the reader."},
    "entity": {"type": "string", "minLength": 1, "description": "The category; * for any."},
    "initial": {"type": "object", "default": {}, "description": "The state before the first event of a life."},
    "on": {
      "type": "object",
      "description": "Event type, or \"*\" for every event, to operations.",
      "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/operation"}}
    },
    "otherwise": {"type": "array", "items": {"$ref": "#/$defs/operation"}, "description": "For the events whose type is not in \"on\"."}
  },
  "$defs": {
    "pointer": {"type": "string", "pattern": "^(/([^~]|~[01])*)*$", "description": "JSON Pointer (RFC 6901)."},
    "value": {
      "description": "Where a value comes from. An operation whose \"at\" names nothing in the payload is passed over; a member of \"object\" likewise.",
      "oneOf": [
        {"type": "object", "required": ["at"], "additionalProperties": false, "properties": {"at": {"$ref": "#/$defs/pointer"}}},
        {"type": "object", "required": ["const"], "additionalProperties": false, "properties": {"const": true}},
        {"type": "object", "required": ["meta"], "additionalProperties": false,
         "properties": {"meta": {"enum": ["time", "type", "kind", "version", "entity", "category", "id", "offset"],
                                 "description": "time is ISO 8601 in UTC; entity is category/id; version counts from 1."}}},
        {"type": "object", "required": ["object"], "additionalProperties": false,
         "properties": {"object": {"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}}}}
      ]
    },
    "when": {
      "description": "Runs the operation only where this holds: \"at\" looks at the payload, \"state\" at the state so far. Numbers compare by value. What is missing equals nothing.",
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "at": {"$ref": "#/$defs/pointer"},
        "state": {"$ref": "#/$defs/pointer"},
        "equals": true,
        "not": true,
        "in": {"type": "array"},
        "exists": {"type": "boolean"}
      },
      "allOf": [
        {"oneOf": [{"required": ["at"]}, {"required": ["state"]}]},
        {"oneOf": [{"required": ["equals"]}, {"required": ["not"]}, {"required": ["in"]}, {"required": ["exists"]}]}
      ]
    },
    "operation": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "set": {"$ref": "#/$defs/pointer", "description": "Sets a value; objects that are missing on the way are made."},
        "add": {"$ref": "#/$defs/pointer", "description": "Adds numbers, exactly; a target that is missing counts as 0."},
        "append": {"$ref": "#/$defs/pointer", "description": "Appends to an array, made where it is missing."},
        "remove": {"$ref": "#/$defs/pointer", "description": "Removes a member or item; with a value, the first item of the array that equals it."},
        "merge": {"$ref": "#/$defs/pointer", "description": "Merges (RFC 7386) the value, or without one the whole payload."},
        "except": {"type": "array", "items": {"$ref": "#/$defs/pointer"}, "description": "Of a merge: what of the value is left out."},
        "end": {"const": true, "description": "Ends the life; nothing runs after it."},
        "value": {"$ref": "#/$defs/value"},
        "when": {"$ref": "#/$defs/when"}
      },
      "oneOf": [
        {"required": ["set", "value"]},
        {"required": ["add", "value"]},
        {"required": ["append", "value"]},
        {"required": ["remove"]},
        {"required": ["merge"]},
        {"required": ["end"], "not": {"required": ["value"]}}
      ]
    }
  }
})json";
}

}  // namespace hindcast::model
