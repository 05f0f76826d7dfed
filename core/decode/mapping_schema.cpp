#include "core/decode/mapping.h"

namespace hindcast::decode {

const char* mappingSchema()
{
    return R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Hindcast mapping file",
  "description": "How the records of a topic become events: which entities they belong to, their type, time and ids.",
  "oneOf": [
    {"$ref": "#/$defs/mapping"},
    {"type": "array", "items": {"$ref": "#/$defs/mapping"}}
  ],
  "$defs": {
    "mapping": {
      "type": "object",
      "required": ["topic"],
      "additionalProperties": false,
      "properties": {
        "topic": {"type": "string", "minLength": 1, "description": "A topic's name, or a pattern in which * stands for any text. A name wins over a pattern."},
        "envelope": {"enum": ["auto", "plain", "debezium"], "default": "auto", "description": "auto decides for each record: an object with op and source, bare or under payload, is Debezium's."},
        "format": {"enum": ["auto", "json", "text", "bytes"], "default": "auto", "description": "How a value's bytes are read."},
        "entities": {
          "type": "array",
          "description": "The first is the primary entity. Without entities the message key is the id and the topic the category. A rule whose id a record does not have gives it no entity.",
          "items": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": false,
            "properties": {
              "category": {"$ref": "#/$defs/field", "description": "Absent: the topic."},
              "id": {
                "description": "Several fields make a composite id.",
                "oneOf": [
                  {"$ref": "#/$defs/field"},
                  {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/field"}}
                ]
              }
            }
          }
        },
        "type": {"$ref": "#/$defs/field", "description": "Absent: \"event\", or what the envelope says."},
        "time": {"$ref": "#/$defs/time", "description": "Absent: the broker's time, or what the envelope says."},
        "version": {"$ref": "#/$defs/field", "description": "The domain's own version of the entity."},
        "correlation": {"$ref": "#/$defs/field"},
        "causation": {"$ref": "#/$defs/field"},
        "name": {"$ref": "#/$defs/nameField", "description": "A name to show for the entity, usually from its state."}
      }
    },
    "from": {"enum": ["key", "value", "header", "topic", "const"]},
    "at": {"type": "string", "pattern": "^(/([^~]|~[01])*)?$", "description": "A JSON Pointer into a JSON key or value. With Debezium it starts at the envelope, a schema wrapper left out."},
    "split": {
      "type": "object",
      "required": ["by"],
      "additionalProperties": false,
      "properties": {
        "by": {"type": "string", "minLength": 1},
        "take": {"type": "integer", "default": 0, "description": "Which part, from 0; from the end where negative."}
      }
    },
    "regex": {"type": "string", "minLength": 1, "description": "ECMAScript; the first group, else the whole match, of the first 2,048 bytes."},
    "field": {
      "type": "object",
      "anyOf": [{"required": ["from"]}, {"required": ["const"]}],
      "additionalProperties": false,
      "properties": {
        "from": {"$ref": "#/$defs/from"},
        "at": {"$ref": "#/$defs/at"},
        "name": {"type": "string", "minLength": 1, "description": "Of the header."},
        "const": {"type": "string", "minLength": 1},
        "split": {"$ref": "#/$defs/split"},
        "regex": {"$ref": "#/$defs/regex"}
      }
    },
    "nameField": {
      "type": "object",
      "anyOf": [{"required": ["from"]}, {"required": ["const"]}],
      "additionalProperties": false,
      "properties": {
        "from": {"enum": ["key", "value", "header", "topic", "state", "const"]},
        "at": {"$ref": "#/$defs/at"},
        "name": {"type": "string", "minLength": 1},
        "const": {"type": "string", "minLength": 1},
        "split": {"$ref": "#/$defs/split"},
        "regex": {"$ref": "#/$defs/regex"}
      }
    },
    "time": {
      "type": "object",
      "anyOf": [{"required": ["from"]}, {"required": ["const"]}],
      "additionalProperties": false,
      "properties": {
        "from": {"$ref": "#/$defs/from"},
        "at": {"$ref": "#/$defs/at"},
        "name": {"type": "string", "minLength": 1},
        "const": {"type": "string", "minLength": 1},
        "split": {"$ref": "#/$defs/split"},
        "regex": {"$ref": "#/$defs/regex"},
        "unit": {"enum": ["auto", "iso", "s", "ms", "us", "ns"], "default": "auto"},
        "zone": {"type": "string", "pattern": "^(UTC|Z|[+-][0-9]{2}:[0-9]{2})$", "default": "UTC", "description": "Of ISO text that names no zone."}
      }
    }
  }
}
)json";
}

}  // namespace hindcast::decode
