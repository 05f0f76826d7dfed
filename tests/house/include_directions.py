#!/usr/bin/env python3
"""Holds the rooms to the directions in which they may use each other, by the #include lines and calls that are really there.

    include_directions.py [ROOT]      checks a tree; prints FILE:LINE: what is wrong, exits 1 where something is
    include_directions.py --self-test checks the checker

The rooms and their arrows are the tables below; comments and string literals are not looked into."""

import re
import sys
import tempfile
from pathlib import Path

# What a room of core may include beside itself, the two that all may use, and outside libraries.
EVERY_ROOM_MAY_USE = {"event", "platform"}
CORE_ROOMS = {
    "event": set(),
    "platform": set(),
    "store": set(),
    "decode": set(),
    "source": set(),
    "ingest": {"source", "decode", "store"},
    "model": set(),
    "replay": {"store", "model"},
    "readmodel": {"replay", "model", "store"},
    "audit": {"replay", "store"},
    "expression": {"store"},
    "query": {"store", "expression"},
    "sink": {"source"},
}

# Folders of ui that are no views: what each may include of ui beside itself.
UI_SHARED = {"look": set(), "session": set()}
UI_EVERY_VIEW_MAY_USE = set(UI_SHARED)
UI_MAY_USE_ALL_VIEWS = {"shell"}

# An outside header: (what is meant, pattern of the header, the folders that may include it). The benchmark measures our figures
# against the bare libraries, in the same run.
OUTSIDE = [
    ("SQLite", re.compile(r"sqlite3(ext)?\.h$"), ("core/store", "app/bench")),
    ("librdkafka", re.compile(r"(librdkafka/)?rdkafka(_mock)?\.h$"), ("core/source", "core/sink", "app/bench")),
    ("librdkafka's C++ wrapper", re.compile(r"(librdkafka/)?rdkafkacpp\.h$"), ()),
    ("JavaScriptCore", re.compile(r"(JavaScriptCore|jsc)/"), ("app/script",)),
    ("Qt", re.compile(r"(Q[A-Z]\w*|Qt[A-Z]\w*/.*|q[a-z0-9]+\.h|qpa/.*)$"), ("ui", "app", "resources")),
]

# What changes a cluster, or leaves a trace in it: for core/sink alone.
WRITES = re.compile(
    r"\b(rd_kafka_(produce\w*|commit\w*|subscribe|offsets?_store|init_transactions|begin_transaction|commit_transaction"
    r"|abort_transaction|send_offsets_to_transaction|(Create|Delete|Alter|IncrementalAlter|Elect)[A-Z]\w*)|RD_KAFKA_PRODUCER)\b"
)
MAY_WRITE = ("core/sink",)

SOURCES = {".h", ".hpp", ".cpp", ".cc", ".c"}
TOP = ("core", "ui", "app", "tests", "resources")

_LEXEME = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<tag>[^()\s\\]{0,16})\(.*?\)(?P=tag)")"""
    r"""|(?P<text>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)
_INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"]", re.MULTILINE)


def without_comments(text, strings=True):
    """The same lines, comments and raw strings blanked; with strings=False every other literal too."""

    def blank(match):
        if strings and (match["text"] or match["char"]):
            return match[0]
        return re.sub(r"[^\n]", " ", match[0])

    return _LEXEME.sub(blank, text)


def inside(folder, folders):
    return any(folder == each or folder.startswith(each + "/") for each in folders)


def problems_of_include(path, header, quoted):
    """What is wrong with a file of ours at path including header; both relative to the root."""
    top, room = path.parts[0], path.parts[1] if len(path.parts) > 2 else ""
    folder = path.parent.as_posix()
    for what, pattern, allowed in OUTSIDE:
        if pattern.match(header) and not inside(folder, allowed):
            yield f"includes {what} ({header}); " + (f"only {', '.join(allowed)} may" if allowed else "nothing may")
    if not quoted:
        if header.split("/")[0] in TOP[:3] and header.endswith(".h"):
            yield f"<{header}> is ours: write it with quotes"
        return
    target = header.split("/")
    if header.endswith(".moc") or re.match(r"(moc_|ui_)\w+", target[-1]) and len(target) == 1:
        return
    if target[0] not in TOP:
        if not any(pattern.match(header) for _, pattern, _ in OUTSIDE):
            yield f'"{header}" does not start at the root of the repository (write "{folder}/{header}")'
        return
    if len(target) < 3 and target[0] in ("core", "ui"):
        yield f'"{header}" is in no room'
        return
    if target[0] == "tests":
        yield f'"{header}" belongs to the tests'
    elif top == "core":
        if target[0] != "core":
            yield f'core includes "{header}": core knows nothing of {target[0]}'
        elif room not in CORE_ROOMS:
            yield f"core/{room} is a room without a place in the table of tests/house/include_directions.py"
        elif target[1] != room and target[1] not in CORE_ROOMS[room] | EVERY_ROOM_MAY_USE:
            allowed = sorted(CORE_ROOMS[room] | EVERY_ROOM_MAY_USE - {room})
            yield f'core/{room} includes "{header}"; it may use {", ".join(allowed)}'
    elif top == "ui":
        if target[0] == "app":
            yield f'ui includes "{header}": ui knows nothing of app'
        elif target[0] == "ui" and target[1] != room and room not in UI_MAY_USE_ALL_VIEWS:
            allowed = UI_SHARED.get(room, UI_EVERY_VIEW_MAY_USE)
            if room == "session" and target[1] == "look" or target[1] not in allowed:
                kind = "which is no view and uses none" if room in UI_SHARED else "a neighbour; views meet at ui/session"
                yield f'ui/{room} includes "{header}", {kind}'


def cycles(uses):
    """Circles among the rooms of core as they include each other: each as a list of rooms."""
    found, done = [], set()

    def walk(room, trail):
        if room in trail:
            found.append(trail[trail.index(room) :] + [room])
            return
        if room in done:
            return
        for other in sorted(uses.get(room, ())):
            walk(other, [*trail, room])
        done.add(room)

    for room in sorted(uses):
        walk(room, [])
    return found


def check(root):
    """[(file, line, what is wrong)] of a tree."""
    found = []
    uses = {}
    for top in ("core", "ui", "app"):
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in SOURCES or not file.is_file():
                continue
            path = file.relative_to(root)
            text = file.read_text(encoding="utf-8", errors="replace")
            commentless = without_comments(text)
            for match in _INCLUDE.finditer(commentless):
                line = commentless.count("\n", 0, match.start()) + 1
                header, quoted = match[2], match[1] == '"'
                found += [(path, line, what) for what in problems_of_include(path, header, quoted)]
                if quoted and header.split("/")[0] in TOP and not (root / header).is_file():
                    found.append((path, line, f'"{header}" is not there'))
                if top == "core" and quoted and header.startswith("core/") and len(path.parts) > 2:
                    target = header.split("/")[1]
                    if target != path.parts[1]:
                        uses.setdefault(path.parts[1], set()).add(target)
            if not inside(path.parent.as_posix(), MAY_WRITE):
                code = without_comments(text, strings=False)
                for match in WRITES.finditer(code):
                    line = code.count("\n", 0, match.start()) + 1
                    found.append((path, line, f"uses {match[1]}: only {', '.join(MAY_WRITE)} may write to a cluster"))
    for circle in cycles(uses):
        found.append((Path("core"), 0, "rooms use each other in a circle: " + " → ".join(circle)))
    return found


# (path, text, what must be said of it; "" where nothing may be)
SELF_TEST = [
    ("core/store/a.cpp", '#include "core/event/ids.h"\n#include <sqlite3.h>\n#include <vector>\n', ""),
    ("core/store/b.cpp", '#include "core/replay/replay.h"\n', "core/store includes"),
    ("core/store/c.cpp", '#  include <QString>\n', "includes Qt"),
    ("core/event/d.h", "#include <QtCore/qglobal.h>\n", "includes Qt"),
    ("core/event/e.h", "#include <qstring.h>\n", "includes Qt"),
    ("core/event/f.h", "#include <queue>\n#include <sys/types.h>\n", ""),
    ("core/event/g.h", '#include "ids.h"\n', "does not start at the root"),
    ("core/event/h.h", '#include "core/event/nowhere.h"\n', "is not there"),
    ("core/ingest/i.cpp", '#include "core/source/source.h"\n#include "core/store/store.h"\n#include "core/decode/d.h"\n', ""),
    ("core/ingest/j.cpp", '#include "core/replay/replay.h"\n', "core/ingest includes"),
    ("core/replay/k.cpp", '#include "core/ingest/ingest.h"\n', "core/replay includes"),
    ("core/attic/l.cpp", '#include "core/event/ids.h"\n', "without a place in the table"),
    ("core/replay/m.cpp", '#include "ui/session/session.h"\n', "knows nothing of ui"),
    ("core/decode/n.cpp", "#include <sqlite3.h>\n", "includes SQLite"),
    ("ui/session/o.cpp", "#include <sqlite3.h>\n", "includes SQLite"),
    ("ui/session/p.cpp", "#include <librdkafka/rdkafka.h>\n", "includes librdkafka"),
    ("app/cli/q.cpp", "#include <librdkafka/rdkafka.h>\n", "includes librdkafka"),
    ("app/bench/q.cpp", "#include <librdkafka/rdkafka.h>\n#include <sqlite3.h>\n", ""),
    ("core/source/r.cpp", "#include <librdkafka/rdkafka.h>\nauto c = rd_kafka_consume_batch_queue(q, 0, m, 1);\n", ""),
    ("core/source/s.cpp", "void f() { rd_kafka_produce(t, 0, 0, 0, 0, 0, 0, 0); }\n", "uses rd_kafka_produce"),
    ("core/source/t.cpp", "auto e = rd_kafka_producev(rk, RD_KAFKA_V_END);\n", "uses rd_kafka_producev"),
    ("core/source/u.cpp", "auto k = rd_kafka_new(RD_KAFKA_PRODUCER, c, e, n);\n", "uses RD_KAFKA_PRODUCER"),
    ("core/source/v.cpp", "auto e = rd_kafka_commit_queue(rk, o, q, 0, 0);\n", "uses rd_kafka_commit_queue"),
    ("core/source/w.cpp", "auto e = rd_kafka_subscribe(rk, topics);\n", "uses rd_kafka_subscribe"),
    ("app/bench/x.cpp", "rd_kafka_CreateTopics(rk, t, 1, o, q);\n", "uses rd_kafka_CreateTopics"),
    ("core/source/y.cpp", "auto e = rd_kafka_offsets_store(rk, o);\n", "uses rd_kafka_offsets_store"),
    ("core/source/z.cpp", '// rd_kafka_produce\n/* RD_KAFKA_PRODUCER\n */ auto s = "rd_kafka_commit()";\n', ""),
    ("core/source/raw.cpp", 'auto s = R"x(\n#include <QString>\n rd_kafka_commit( )")x"; int n = 1\'000;\n', ""),
    ("core/source/digits.cpp", "int n = 1'000; auto c = '\\'';\nauto e = rd_kafka_commit(rk, o, 0); int m = 2'000;\n",
     "digits.cpp:2: uses rd_kafka_commit"),
    ("core/sink/a.cpp", '#include "core/source/source.h"\nauto e = rd_kafka_producev(rk, RD_KAFKA_V_END);\n', ""),
    ("core/event/commented.h", '// #include <QString>\n/*\n#include "ui/shell/window.h"\n*/\n', ""),
    ("ui/timeline/a.cpp", '#include "ui/session/session.h"\n#include "ui/look/look.h"\n#include <QWidget>\n', ""),
    ("ui/timeline/b.cpp", '#include "ui/events/table.h"\n', "ui/timeline includes"),
    ("ui/timeline/c.cpp", '#include "ui/shell/window.h"\n', "ui/timeline includes"),
    ("ui/timeline/d.cpp", '#include "ui/timeline/own.h"\n#include "d.moc"\n', ""),
    ("ui/session/a.cpp", '#include "ui/timeline/own.h"\n', "ui/session includes"),
    ("ui/look/a.cpp", '#include "ui/session/session.h"\n', "ui/look includes"),
    ("ui/shell/a.cpp", '#include "ui/timeline/own.h"\n#include "ui/events/table.h"\n', ""),
    ("ui/shell/b.cpp", '#include "app/main.h"\n', "knows nothing of app"),
    ("app/window/a.cpp", '#include "ui/shell/window.h"\n#include "core/store/store.h"\n#include <QApplication>\n', ""),
    ("app/window/b.cpp", '#include <core/store/store.h>\n', "with quotes"),
]  # fmt: skip


def self_test():
    targets = ("core/event/ids.h core/source/source.h core/store/store.h core/decode/d.h core/replay/replay.h ui/look/look.h "
               "core/ingest/ingest.h ui/session/session.h ui/events/table.h ui/shell/window.h ui/timeline/own.h app/main.h").split()  # fmt: skip
    failures = 0
    for path, text, expected in SELF_TEST:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in targets:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text("#pragma once\n")
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
            said = [f"{file.name}:{line}: {what}" for file, line, what in check(root)]
        held = any(expected in each for each in said) if expected else not said
        if not held:
            failures += 1
            print(f"{path}: expected {expected or 'nothing'!r}, got {said}\n{text}")
    circles = cycles({"store": {"event"}, "replay": {"model"}, "model": {"replay"}})
    if circles != [["model", "replay", "model"]]:
        failures += 1
        print(f"circle not found: {circles}")
    print(f"{len(SELF_TEST) + 1} checks of the checker, {failures} failed")
    return failures


def main(arguments):
    if arguments[:1] == ["--self-test"]:
        return 1 if self_test() else 0
    root = Path(arguments[0] if arguments else Path(__file__).resolve().parents[2])
    found = check(root)
    for file, line, what in found:
        print(f"{file}:{line}: {what}")
    if not any((root / top).is_dir() for top in ("core", "ui", "app")):
        print(f"{root}: no core, ui or app here")
        return 1
    print("the directions hold" if not found else f"{len(found)} includes or calls against the directions")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
