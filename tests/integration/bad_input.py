"""Bad input on the command line: a clear line that names the thing, an exit code that scripts can go by; nothing is lost, nothing
hangs, nothing crashes."""

import base64
import contextlib
import ctypes
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hindcast import Workspace, cli, cli_program, count_in, expect_one_line_error
from samples import write_lines

MAPPING = {
    "topic": "*",
    "envelope": "plain",
    "entities": [{"category": {"const": "thing"}, "id": {"from": "value", "at": "/id"}}],
    "type": {"from": "value", "at": "/type"},
    "time": {"from": "value", "at": "/at"},
}
NOBODY = 65534
BOUND = 20  # seconds within which every answer to bad input is there


def write(path, content):
    path = Path(path)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def good_lines(count, begin=0):
    return [
        json.dumps({"id": f"t{n % 50}", "type": "Seen", "at": "2025-01-01T00:00:00Z", "n": n, "text": "x" * (n % 200)})
        for n in range(begin, begin + count)
    ]


def refused(answer, *words, code=1):
    """Exit 1 (or 2 for a wrong command line), one line on stderr that holds one of the alternatives of each word, and no result."""
    assert answer.code == code, f"expected exit {code}:\n{answer}"
    expect_one_line_error(answer, *words)
    assert answer.errors.startswith("hindcast-cli: ") and answer.out == "", f"{answer}"
    return answer


def ask(*arguments, **process):
    return cli(*arguments, expect=None, timeout=BOUND, **process)


class Desk:
    """A folder with a good workspace in it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.mapping = write(self.folder / "mapping.json", json.dumps(MAPPING))
        self.good = Workspace(folder, "good")
        self.good.import_files(write_lines(self.folder / "good.jsonl", good_lines(2000)), mapping=self.mapping)

    def copy(self, name):
        workspace = Workspace(self.folder, name)
        shutil.copy(self.good.path, workspace.path)
        return workspace

    def bring_in(self, name, content, rejects, *more, format=None, records=None):
        """Imports a file of bad records. Exit 3 where there are rejects, and then one line that says how many."""
        file = write(self.folder / f"{name}.jsonl", content)
        workspace = Workspace(self.folder, name)
        answer = workspace.import_files(file, mapping=self.mapping, format=format, expect=(3,) if rejects else (0,), timeout=BOUND)
        assert answer.json()["rejects"] == rejects and answer.json()["complete"], f"{name}: {answer}"
        if rejects:
            expect_one_line_error(answer, str(rejects))
        else:
            assert answer.errors == "", f"{name}: {answer}"
        assert count_in(workspace.info(), "rejects") == rejects
        if records is not None:
            assert count_in(workspace.info(), "records") == records, workspace.info()
        return workspace

    def rejects(self, workspace):
        return cli("rejects", workspace.path, "--json").json_lines()


def records_that_are_no_json_are_rejects(desk):
    def line(number):
        return json.dumps({"id": "a", "type": "Seen", "at": "2025-01-01T00:00:00Z", "n": number})

    deep = 100_000
    bad = {  # what stands in the line: what the reason says of it
        '{"id": "a", "type": "Se': "end|string|quote",
        '{"id": "a", "n": NaN}': "character|value|token",
        '{"id": "a", "n": Infinity}': "character|value|token",
        '{"id": "a", "n": 01}': "number|value|invalid|expected",
        '{"id": "a", "n": 1,}': "trailing|member|name|expected|string|key",
        '{"id": "a"} {"id": "b"}': "after|follows|end",
        '{"id": "a", "n": ' + "[" * deep + "]" * deep + "}": "deep|level|nest",
        '{"id": "a", "n": ' + '{"n":' * deep + "1" + "}" * deep + "}": "deep|level|nest",
        "[" * deep: "deep|level|nest",
        b'{"id": "a", "text": "\xff\xfe"}': "utf-8",
        b'{"id": "a", "text": "\xed\xa0\x80"}': "utf-8",
        b'{"id": "a", "text": "\xc0\xaf"}': "utf-8",
        b"\x80\x81\x82": "json|utf-8",
        "not json at all": "json|value|token",
    }
    lines = [line(0).encode()]
    for number, each in enumerate(bad):
        lines += [each if isinstance(each, bytes) else each.encode(), line(number + 1).encode()]
    workspace = desk.bring_in("no-json", b"\n".join(lines) + b"\n", len(bad), records=len(lines))
    rejects = desk.rejects(workspace)
    assert [each["position"]["offset"] for each in rejects] == list(range(1, len(lines), 2)), rejects
    for (value, words), reject in zip(bad.items(), rejects, strict=True):
        value = value.encode() if isinstance(value, str) else value
        kept = reject["value"].encode() if "value" in reject else base64.b64decode(reject["value_b64"])
        assert kept == value, f"not kept as it came: {value[:60]}"
        assert any(word in reject["reason"].lower() for word in words.split("|")), f"{value[:60]}: {reject['reason']}"
    state = workspace.state("thing/a").json()
    assert state["version"] == len(bad) + 1 and state["state"]["n"] == len(bad), state
    # The dump of it reads back to the same.
    dump = desk.folder / "no-json.records.jsonl"
    cli("export", workspace.path, "--out", dump, "--format", "records")
    again = Workspace(desk.folder, "no-json-again")
    again.import_files(dump, mapping=desk.mapping, expect=(3,))
    assert [each["reason"] for each in desk.rejects(again)] == [each["reason"] for each in rejects]
    assert again.state("thing/a").json()["state"] == state["state"]

    # The last line may have been cut off by whoever wrote the file.
    cut = desk.bring_in("cut", "\n".join(good_lines(3)) + '\n{"id": "t1", "ty', 1, records=4)
    assert cut.state("thing/t2").json()["state"]["n"] == 2


def lines_that_are_no_records_are_rejects(desk):
    deep = 100_000
    bad = {
        '{"topic": "t", "offset": 3, "val': "whole|json",
        "[]": "object|json",
        "42": "object|json",
        '{"topic": "t", "n": 9}': "value",
        '{"topic": "t", "value_b64": "***"}': "base64",
        '{"topic": "t", "partition": -1, "value": "{}"}': "partition",
        '{"topic": "t", "offset": -7, "value": "{}"}': "offset",
        '{"topic": "t", "offset": 99999999999999999999, "value": "{}"}': "offset",
        '{"topic": "t", "offset": 9223372036854775807, "value": "{}"}': "offset",
        '{"topic": "t", "partition": 99999999999, "value": "{}"}': "partition",
        '{"topic": "t", "partition": "first", "value": "{}"}': "partition",
        '{"topic": "t", "value": "{}"} trailing': "follows|json",
    }
    good = [json.dumps({"topic": "t", "offset": n, "key": "k", "value": json.dumps({"id": "a", "n": n})}) for n in range(len(bad))]
    lines = [line for pair in zip(good, bad, strict=True) for line in pair]
    workspace = desk.bring_in("no-records", "\n".join(lines) + "\n", len(bad), format="records", records=len(lines))
    for (value, words), reject in zip(bad.items(), desk.rejects(workspace), strict=True):
        assert reject["value"] == value, f"not kept as it came: {value[:60]}"
        assert any(word in reject["reason"].lower() for word in words.split("|")), f"{value[:60]}: {reject['reason']}"
    assert workspace.state("thing/a").json()["state"]["n"] == len(good) - 1

    # Where it tells which record it was to be, it stands there, on the lane of its key, and the life has a hole.
    hole = write_lines(
        desk.folder / "hole.jsonl",
        [
            '{"topic": "g", "offset": 0, "key": "k", "value": "{\\"n\\": 1}"}',
            '{"topic": "g", "offset": 1, "key": "k", "value_b64": "!!!"}',
            '{"topic": "g", "offset": 2, "key": "k", "value": "{\\"m\\": 2}"}',
        ],
    )
    workspace = Workspace(desk.folder, "hole")
    workspace.import_files(hole, expect=(3,))
    reject = desk.rejects(workspace)[0]
    assert reject["position"]["topic"] == "g" and reject["position"]["offset"] == 1 and reject["entity"] == "g/k", reject
    state = workspace.state("g/k").json()
    assert state["complete"] is False and "base64" not in state["because"] and "could not be decoded" in state["because"], state
    dump = desk.folder / "hole.records.jsonl"
    cli("export", workspace.path, "--out", dump, "--format", "records")
    again = Workspace(desk.folder, "hole-again")
    again.import_files(dump, expect=(3,))
    assert [{**each, "position": None} for each in desk.rejects(again)] == [{**reject, "position": None}], desk.rejects(again)

    # A record whose payload is too deep is one all the same: the payload is what was refused.
    deep = "[" * 100_000 + "]" * 100_000
    workspace = desk.bring_in("deep-record", f'{good[0]}\n{{"topic": "t", "offset": 9, "value": {deep}}}\n', 1, format="records", records=2)
    reject = desk.rejects(workspace)[0]
    assert reject["value"] == deep and reject["position"]["offset"] == 9 and "level" in reject["reason"], reject["reason"]

    odd = [
        '{"topic": "t", "n": 9223372036854775807, "value": "{}"}',
        '{"topic": "t", "timestamp": 1e300, "value": "{}"}',
        '{"topic": "t", "headers": [1, [2], ["a"], {"b": null}, [["deep"]]], "value": "{}"}',
        '{"topic": 7, "key": [1], "value": true}',
    ]
    for number, line in enumerate(odd):
        file = write_lines(desk.folder / f"odd-{number}.jsonl", [good[0], line, good[1]])
        workspace = Workspace(desk.folder, f"odd-{number}")
        answer = workspace.import_files(file, format="records", mapping=desk.mapping, expect=(0, 3), timeout=BOUND)
        assert count_in(workspace.info(), "records") == 3, f"{line}: {answer}\n{workspace.info()}"
        assert workspace.state("thing/a").json()["state"]["n"] == 1


def ten_megabytes_are_a_payload_like_another(desk):
    text = "ü" + "x" * 10_000_000
    lines = [json.dumps({"id": "big", "type": "Seen", "at": "2025-01-01T00:00:00Z", "text": text, "n": n}) for n in range(2)]
    lines += good_lines(3)
    workspace = desk.bring_in("big", "\n".join(lines) + "\n", 0, records=5)
    assert workspace.state("thing/big").json()["state"] == {"id": "big", "type": "Seen", "at": "2025-01-01T00:00:00Z", "text": text, "n": 1}
    records = [{"topic": "t", "offset": n, "value": line} for n, line in enumerate(lines)]
    records[0]["value_b64"] = base64.b64encode(records[0].pop("value").encode()).decode()
    workspace = desk.bring_in("big-records", "\n".join(map(json.dumps, records)) + "\n", 0, format="records", records=5)
    assert workspace.state("thing/big", "--version", 1).json()["state"]["text"] == text
    half = '{"id": "big", "text": "' + "x" * 10_000_000
    workspace = desk.bring_in("big-half", "\n".join([*good_lines(1), half, *good_lines(1)]) + "\n", 1, records=3)
    assert desk.rejects(workspace)[0]["value"] == half


def numbers_and_names_stay_as_they_came(desk):
    numbers = ["1e400", "-1E-400", "123456789012345678901234567890", "0.10", "1.0", "-0", "-0.0", "18446744073709551616", "1E5"]
    numbers += ["9223372036854775808", "-9223372036854775809", "0.1000000000000000055511151231257827021181583404541015625", "5e-324"]
    lines = [f'{{"id": {number}, "type": "Seen", "v": {number}, "list": [{number}]}}' for number in numbers]
    workspace = desk.bring_in("numbers", "\n".join(lines) + "\n", 0, records=len(numbers))
    for number, line in zip(numbers, lines):
        answer = workspace.state(f"thing/{number}")
        assert f'"v":{number},' in answer.out and f'"list":[{number}]' in answer.out, f"{number}: {answer}"
        assert f'"payload":{line}' in cli("events", workspace.path, f"thing/{number}", "--json").out
    assert {each["entity"] for each in workspace.entities()} == {f"thing/{number}" for number in numbers}
    listed = cli("states", workspace.path, "thing", "--json").out
    assert all(f'"v":{number},' in listed for number in numbers)

    # Of duplicate keys the last one counts; the payload is kept as it came.
    line = '{"id": "first", "n": 1, "id": "dup", "n": 2, "deep": {"a": 1, "a": 2}, "": 0, "": 1, "a/b~c": 3}'
    workspace = desk.bring_in("duplicates", line + "\n", 0)
    assert workspace.state("thing/dup").json()["state"] == {"id": "dup", "n": 2, "deep": {"a": 2}, "": 1, "a/b~c": 3}
    assert f'"payload":{line}' in cli("events", workspace.path, "thing/dup", "--json").out

    # Times out of range are no reason to drop an event.
    times = ["1e30", "-99999999999999999999999", '"99999-01-01T00:00:00Z"', '"yesterday"', "null", "{}", '""', "9223372036854775807"]
    workspace = desk.bring_in("times", "\n".join(f'{{"id": "t", "at": {each}}}' for each in times) + "\n", 0)
    state = workspace.state("thing/t").json()
    assert state["version"] == len(times), state
    ids = ['"a/b"', '"%2F"', '"ü,✓"', '" "', '"\\u0000"', '"\\n"', '"' + "x" * 100_000 + '"']
    workspace = desk.bring_in("ids", "\n".join(f'{{"id": {each}}}' for each in ids) + "\n", 0)
    for each in ids:
        name = json.loads(each)
        assert {"entity": f"thing/{name}", "id": name}.items() <= next(e for e in workspace.entities() if e["id"] == name).items()
        if "\0" not in name:
            assert workspace.state(f"thing/{name}").json()["state"] == {"id": name}


def files_that_cannot_be_imported(desk):
    folder = desk.folder
    empty = write(folder / "empty.jsonl", "")
    blank = write(folder / "blank.jsonl", "\n\n  \n")
    pretty = write(folder / "pretty.json", json.dumps([{"a": 1}], indent=2))
    sqlite = folder / "other.sqlite"
    with contextlib.closing(sqlite3.connect(sqlite)) as other:
        other.executescript("CREATE TABLE t(a); INSERT INTO t VALUES (1);")
    table = write(folder / "table.csv", "a,b\n1,2\n3,4\n")
    binary = write(folder / "binary.jsonl", bytes(range(256)) * 64)
    broken_gz = write(folder / "broken.jsonl.gz", b"\x1f\x8b\x08\x00" + b"not deflate at all" * 10)
    fresh = Workspace(folder, "fresh")
    for file, *words in (
        (empty, "empty.jsonl", "empty"),
        (blank, "blank.jsonl", "empty"),
        (folder, str(folder).lower(), "folder|directory"),
        (folder / "nowhere.jsonl", "nowhere.jsonl", "no such|not there|not exist"),
        (pretty, "pretty.json", "several lines|one a line"),
        (sqlite, "other.sqlite", "sqlite", "later"),
        (table, "table.csv", "csv", "later"),
        (binary, "binary.jsonl"),
        (broken_gz, "broken.jsonl.gz"),
        (desk.good.path, "good.hindcast", "workspace"),
        ("/dev/null/x", "/dev/null/x"),
    ):
        refused(ask("import", fresh.path, file), *words)
        refused(ask("import", fresh.path, desk.folder / "good.jsonl", file), *words)
        assert not fresh.path.exists(), f"{file}: an empty workspace was left behind"
    refused(ask("import", fresh.path, sqlite, "--format", "sqlite"), "sqlite", "later")
    refused(ask("import", fresh.path, folder / "good.jsonl", "--format", "sqlite"), "sqlite", "later")
    for format in ("csv", "ocel"):
        refused(ask("import", fresh.path, table, "--format", format), format, "later")
    for mapping, *words in (
        (folder / "nowhere.json", "nowhere.json", "no such"),
        (write(folder / "broken.json", '{"topic": '), "broken.json", "json"),
        (write(folder / "odd.json", '{"topic": "*", "entitys": []}'), "entitys"),
        (write(folder / "odd-envelope.json", '{"topic": "*", "envelope": "letter"}'), "letter|envelope"),
        (write(folder / "odd-regex.json", '{"topic": "*", "type": {"from": "key", "regex": "("}}'), "regex"),
    ):
        refused(ask("import", fresh.path, folder / "good.jsonl", "--mapping", mapping), *words)
        refused(ask("remap", desk.good.path, "--mapping", mapping), *words)
    assert not fresh.path.exists()


def files_that_are_no_workspace(desk):
    folder = desk.folder
    foreign = folder / "foreign.hindcast"
    with contextlib.closing(sqlite3.connect(foreign)) as other:
        other.executescript("CREATE TABLE t(a); INSERT INTO t VALUES (1);")
    newer = desk.copy("newer").path
    with contextlib.closing(sqlite3.connect(newer)) as other:
        other.execute("PRAGMA user_version = 999")
    whole = desk.good.path.read_bytes()
    cases = [
        (write(folder / "text.hindcast", "this is no workspace\n" * 100), "no hindcast workspace"),
        (foreign, "no hindcast workspace"),
        (newer, "later release"),
        (write(folder / "half.hindcast", whole[: len(whole) // 2]), "cut short"),
        (write(folder / "page.hindcast", whole[:8192]), "cut short"),
        (write(folder / "header.hindcast", whole[:50]), "no hindcast workspace"),
        (write(folder / "byte.hindcast", whole[:1]), "no hindcast workspace"),
    ]
    for path, words in cases:
        before = path.read_bytes()
        for command in (["info"], ["entities"], ["events"], ["states", "thing"], ["export", "--out", folder / "out.jsonl"]):
            refused(ask(command[0], path, *command[1:]), path.name, words)
        refused(ask("import", path, folder / "good.jsonl"), path.name, words)
        refused(ask("remap", path, "--mapping", desk.mapping), path.name, words)
        assert path.read_bytes() == before, f"{path.name} was changed"
    (folder / "folder.hindcast").mkdir()
    write(folder / "nothing.hindcast", "")
    for name, words in (("nowhere", "no such"), ("folder", "folder"), ("nothing", "empty"), ("no/such/folder/x", "no such|folder")):
        refused(ask("info", folder / f"{name}.hindcast"), name, words)
    refused(ask("import", folder / "folder.hindcast", folder / "good.jsonl"), "folder.hindcast", "folder")
    refused(ask("import", folder / "no/such/folder/x.hindcast", folder / "good.jsonl"), "x.hindcast")


def pipes_are_refused_before_anything_is_made(desk):
    fresh = Workspace(desk.folder, "from-a-pipe")
    pipe = desk.folder / "pipe.jsonl"
    os.mkfifo(pipe)
    refused(ask("import", fresh.path, pipe), "pipe.jsonl", "pipe or a device", "into a file")
    refused(ask("import", fresh.path, "/dev/null"), "/dev/null", "pipe or a device")
    assert not fresh.path.exists()


def numbers_and_commands_that_are_none(desk):
    good = desk.good.path
    refused(ask("state", good, "thing/t1", "--version", "-1"), "-1", code=2)
    refused(ask("events", good, "--limit", "-1"), "-1", code=2)
    refused(ask("query", good), "there is no command query", code=2)
    refused(ask("entities", good, "--match", "nobody"), "nobody")
    refused(ask("import", good, desk.folder / "good.jsonl", "--disk-limit", "99999999999G"), "99999999999g", code=2)
    other = write(desk.folder / "other-topic.json", json.dumps({**MAPPING, "topic": "elsewhere"}))
    refused(ask("remap", good, "--mapping", other), "elsewhere", "good")


def an_import_that_is_interrupted_ends_in_good_order(desk):
    """At any moment, also while a lock is held."""
    lines = write_lines(desk.folder / "interrupted.jsonl", good_lines(200_000))
    workspace = Workspace(desk.folder, "interrupted")
    ended = []
    for number in range(40):
        for leftover in desk.folder.glob("interrupted.hindcast*"):
            leftover.unlink()
        with workspace.start("import", lines, "--mapping", desk.mapping) as running:
            time.sleep(0.005 * number)
            ended.append(running.interrupt(seconds=BOUND))
    # 130 and -2: before the program was there to be asked.
    assert set(ended) <= {0, 3, 130, -2}, ended
    assert 3 in ended, ended
    assert count_in(workspace.info(), "events") <= 200_000


def a_damaged_workspace_never_lies(desk):
    """Bytes flipped anywhere: what was stored, or one line that names the file; never a signal, never a hang."""
    original = Workspace(desk.folder, "original")
    original.import_files(write_lines(desk.folder / "original.jsonl", rubbish_lines(6000)), mapping=desk.mapping)
    whole = original.path.read_bytes()
    dump = ["export", "--out", "-", "--format", "records"]
    stored = ask(dump[0], original.path, *dump[1:]).out
    chance = random.Random(8)
    damaged = Workspace(desk.folder, "damaged")
    told = 0
    for round in range(40):
        data = bytearray(whole)
        if round < 15:  # one bit
            data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
        elif round < 30:  # a stretch of rubbish
            at = chance.randrange(100, len(data) - 600)
            data[at : at + 512] = chance.randbytes(512)
        else:  # a page of nothing
            at = chance.randrange(1, len(data) // 8192) * 8192
            data[at : at + 8192] = bytes(8192)
        write(damaged.path, bytes(data))
        for command in (dump, ["info"], ["states", "thing"], ["events"], ["import", desk.folder / "original.jsonl"]):
            answer = ask(command[0], damaged.path, *command[1:])
            assert answer.code in (0, 1, 3), f"round {round}: {answer}"
            if answer.code == 1:
                expect_one_line_error(answer, "damaged.hindcast")
                told += 1
            elif command is dump:
                assert answer.code == 0 and answer.out == stored, f"round {round}: something else was carried out than was stored"
        for rest in desk.folder.glob("damaged.hindcast-*"):
            rest.unlink()
    assert told > 40, f"only {told} answers tell of the damage"


def questions_that_have_no_answer(desk):
    good = desk.good.path
    twice = Workspace(desk.folder, "twice")
    two = {**MAPPING, "entities": [*MAPPING["entities"], {"category": {"const": "other"}, "id": {"from": "value", "at": "/id"}}]}
    twice.import_files(desk.folder / "good.jsonl", mapping=write(desk.folder / "two.json", json.dumps(two)))
    for command in ("state", "blame", "events"):
        refused(ask(command, good, "thing/nobody"), "thing/nobody", "no such")
        refused(ask(command, good, "nobody"), "nobody", "no such")
        refused(ask(command, twice.path, "t1"), "t1", "ambiguous", "thing/t1", "other/t1")
    refused(ask("diff", good, "thing/nobody", 1, 2), "thing/nobody", "no such")
    assert ask("state", good, "t1", "--json").json()["entity"] == "thing/t1"
    refused(ask("states", good, "nothing"), "nothing", "no such category", "thing")
    refused(ask("state", good, "t1", "--version", 41), "41", "version", "40")
    refused(ask("diff", good, "t1", 1, 999), "999", "40")
    refused(ask("blame", good, "t1", "/nofield"), "/nofield", "no field")
    refused(ask("state", good, "t1", "--model", "nonsense"), "nonsense", "merge", "debezium")
    rules = write(desk.folder / "odd.rules.json", '{"entity": "thing", "on": {"Seen": [{"put": "/a"}]}}')
    refused(ask("state", good, "t1", "--model", rules), "seen", "put|operation")
    refused(ask("export", good, "--out", desk.folder / "no/such/folder/out.jsonl"), "out.jsonl", "no such")

    wrong = {"code": 2}
    refused(ask("blame", good, "t1", "nofield"), "nofield", "pointer", **wrong)
    for time in ("yesterday-ish", "2025-13-01", "", "99999999999999999999999999"):
        refused(ask("state", good, "t1", "--time", time), time or "time", **wrong)
        refused(ask("states", good, "thing", "--time", time), time or "time", **wrong)
    refused(ask("diff", good, "t1", "soon", 2), "soon", **wrong)
    refused(ask("import", good, desk.folder / "good.jsonl", "--format", "parquet"), "parquet", "jsonl", **wrong)
    refused(ask("export", good, "--out", "-", "--format", "parquet"), "parquet", "jsonl", **wrong)
    refused(ask("import", good, desk.folder / "good.jsonl", "--disk-limit", "much"), "much", **wrong)
    refused(ask("info", good, "--nonsense"), "nonsense", **wrong)
    refused(ask("nonsense", good), "nonsense|subcommand", **wrong)
    refused(ask("state", good), "entity", **wrong)
    refused(ask("state", good, "t1", "--version", "x"), "version", **wrong)
    refused(ask("state", good, "t1", "--version", 1, "--time", "now"), "version", "time", **wrong)
    refused(ask("import", good), "file", **wrong)
    refused(ask(), "subcommand", **wrong)
    assert ask("--help").code == 0 and ask("import", "--help").code == 0 and ask("--version").code == 0


def a_model_that_fails_is_said_wherever_its_state_is_shown(desk):
    patches = ['[{"op":"add","path":"/a","value":1}]', '[{"op":"test","path":"/a","value":2}]', '[{"op":"add","path":"/b","value":3}]']
    lines = [json.dumps({"topic": "docs", "offset": n, "key": "d1", "value": patch}) for n, patch in enumerate(patches)]
    workspace = Workspace(desk.folder, "patches")
    workspace.import_files(write_lines(desk.folder / "patches.jsonl", lines))
    for command in (["state", "docs/d1"], ["diff", "docs/d1", "1", "3"], ["blame", "docs/d1"]):
        answer = ask(command[0], workspace.path, *command[1:], "--model", "patch")
        assert answer.code == 3, f"{answer}"
        expect_one_line_error(answer, "failed at version 2")
    told = ask("diff", workspace.path, "docs/d1", "1", "3", "--model", "patch", "--json").json()
    assert told["error"]["version"] == 2 and [each["path"] for each in told["patch"]] == ["/b"], told


def times_that_are_none_or_out_of_range_are_no_1970(desk):
    times = [None, "never", 9999999999999999, -9999999999999999, 99999999999999999999, -1, 1700000000000]
    lines = [
        json.dumps({"topic": "clocks", "offset": n, "timestamp": time, "key": f"k{n}", "value": "{}"}) for n, time in enumerate(times)
    ]
    workspace = Workspace(desk.folder, "clocks")
    workspace.import_files(write_lines(desk.folder / "clocks.jsonl", lines))
    dump = desk.folder / "clocks.records.jsonl"
    cli("export", workspace.path, "--out", dump, "--format", "records")
    again = Workspace(desk.folder, "clocks-again")
    again.import_files(dump)
    for each in (workspace, again):
        events = cli("events", each.path, "--json").json_lines()
        assert [event["time"] for event in events] == [None] * 6 + ["2023-11-14T22:13:20Z"], events
        flagged = ["out of range" in event["decoded_as"] for event in events]
        assert flagged == [False, False, True, True, True, False, False], events
    assert "1970" not in ask("info", workspace.path).out


WRITER_WITHOUT_LOCKS = """
import fcntl, sqlite3, sys, time
path = sys.argv[1]
lock = open(path + "-lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
writer = sqlite3.connect(path, isolation_level=None)
writer.execute("PRAGMA wal_autocheckpoint = 0")
writer.execute("INSERT INTO settings VALUES ('kept', '1')")
open(path, "rb").close()  # any close of the file drops all locks that this process has on it, as a file dialog may
print("ready", flush=True)
time.sleep(60)
"""


def a_reader_leaves_the_log_to_its_writer(desk):
    workspace = desk.copy("log").path
    log = Path(f"{workspace}-wal")
    with subprocess.Popen([sys.executable, "-c", WRITER_WITHOUT_LOCKS, workspace], stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"ready\n"
        size = log.stat().st_size
        assert size > 0
        for command in (["info"], ["entities"], ["state", "thing/t1"]):
            assert ask(command[0], workspace, *command[1:]).code == 0
            assert log.exists() and log.stat().st_size == size, f"{command}: took the log away from under its writer"
        writer.kill()
    assert ask("info", workspace).code == 0 and not log.exists()
    with contextlib.closing(sqlite3.connect(workspace)) as after:
        assert after.execute("SELECT value FROM settings WHERE name = 'kept'").fetchall() == [("1",)]


def a_second_writer_reads_only(desk):
    long = write_lines(desk.folder / "long.jsonl", good_lines(400_000))
    workspace = Workspace(desk.folder, "shared")
    workspace.import_files(desk.folder / "good.jsonl", mapping=desk.mapping)
    with workspace.start("import", long, "--json") as writer:
        assert writer.pause_when(lambda: workspace.event_count() > 2000), "the import came to its end before it could be paused"
        held = workspace.event_count()
        assert 2000 < held < 402_000, f"{held} events when it was paused"
        assert len(workspace.states("thing")) == 50
        for command in (["import", desk.folder / "good.jsonl"], ["remap", "--mapping", desk.mapping], ["demo"]):
            refused(ask(command[0], workspace.path, *command[1:]), "shared.hindcast", f"process {writer.process_id}")
        ingest = ask("ingest", workspace.path, "--brokers", "127.0.0.1:1", "--topic", "t", "--timeout", 1)
        assert ingest.code == 1 and len(ingest.error_lines()) == 1, f"{ingest}"
        assert workspace.event_count() == held
        writer.go_on()
        assert writer.wait() == 0, writer.errors()
    assert workspace.event_count() == 402_000
    refused(ask("info", workspace.path, "--nonsense"), "nonsense", code=2)
    workspace.import_files(desk.folder / "good.jsonl", mapping=desk.mapping)


@contextlib.contextmanager
def small_disk(folder, megabytes):
    """A file system of its own where this user may mount one; None where not."""
    libc = ctypes.CDLL(None, use_errno=True)
    place = Path(folder) / "small-disk"
    place.mkdir()
    mounted = libc.mount(b"tmpfs", bytes(place), b"tmpfs", 0, f"size={megabytes}m".encode()) == 0
    try:
        yield place if mounted else None
    finally:
        if mounted and libc.umount2(bytes(place), 0) != 0:
            libc.umount2(bytes(place), 2)


def a_full_disk_loses_nothing(desk):
    long = write_lines(desk.folder / "rubbish.jsonl", rubbish_lines(60_000))
    expected = Workspace(desk.folder, "roomy")
    expected.import_files(desk.folder / "good.jsonl", long, mapping=desk.mapping)

    def check(workspace, limited, make_room):
        workspace.import_files(desk.folder / "good.jsonl", mapping=desk.mapping)
        before = workspace.states("thing")
        answer = refused(ask("import", workspace.path, long, "--mapping", desk.mapping, **limited), workspace.path.name, "full|space")
        held = workspace.event_count()
        assert 2000 <= held < 62_000, f"{held} events after: {answer}"
        if held == 2000:
            assert workspace.states("thing") == before
        assert workspace.states("thing").keys() >= before.keys()
        make_room()
        workspace.import_files(long, mapping=desk.mapping)
        assert workspace.event_count() == 62_000
        assert workspace.entities() == expected.entities() and workspace.states("thing") == expected.states("thing")
        return held

    with small_disk(desk.folder, 6) as place:
        if place is not None:
            ballast = write(place / "ballast", bytes(1_000_000))

            def make_room():
                ballast.unlink()
                subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)

            held = check(Workspace(place), {}, make_room)
            print(f"a full disk: {held} of 62,000 events were there before there was room")
            subprocess.run(["mount", "-o", "remount,size=200m", place], check=True)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))

    # Without SIGXFSZ, which Python ignores and hands on, a file at its limit reads like a failing disk.
    held = check(Workspace(desk.folder, "limited"), {"preexec_fn": limit, "restore_signals": False}, lambda: None)
    print(f"a file at its limit: {held} of 62,000 events were there before")
    refused(ask("export", desk.good.path, "--out", "/dev/full"), "/dev/full", "space|full")
    refused(ask("export", desk.good.path, "--out", "/dev/full", "--format", "records"), "/dev/full", "space|full")

    # A limit of ours is kept politely: in part, and it can go on.
    polite = Workspace(desk.folder, "polite")
    answer = cli("import", polite.path, long, "--mapping", desk.mapping, "--disk-limit", "1M", "--json", expect=(3,))
    expect_one_line_error(answer, "limit")
    assert not answer.json()["complete"] and 0 < polite.event_count() < 60_000, f"{answer}"
    polite.import_files(long, mapping=desk.mapping)
    assert polite.event_count() == 60_000


def rubbish_lines(count):
    """About 300 bytes each that do not compress."""
    chance = random.Random(5)
    return [
        json.dumps({"id": f"t{n % 50}", "type": "Seen", "n": n, "text": base64.b64encode(chance.randbytes(200)).decode()})
        for n in range(count)
    ]


def what_may_not_be_written_can_be_read(desk):
    """Run as nobody where the test is root, to whom permissions mean nothing."""
    process = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    place = Path(tempfile.mkdtemp(prefix="hindcast-read-only-"))
    try:
        os.chmod(place, 0o755)
        lines = write_lines(place / "good.jsonl", good_lines(10))
        mapping = write(place / "mapping.json", desk.mapping.read_text())
        folder, file = place / "folder", place / "file"
        for each in (folder, file):
            each.mkdir()
            shutil.copy(desk.good.path, each / "x.hindcast")
        secret = write(place / "secret.jsonl", '{"id": 1}\n')
        if os.geteuid() == 0:
            os.chown(file, NOBODY, NOBODY)
        os.chmod(folder, 0o555)
        os.chmod(folder / "x.hindcast", 0o444)
        os.chmod(file / "x.hindcast", 0o444)
        os.chmod(secret, 0o000)
        if ask("--version", **process).code != 0:
            print("hindcast-cli lies where nobody may run it: read-only places are not tested")
            return
        for each in (folder, file):
            workspace = each / "x.hindcast"
            before = workspace.read_bytes()
            assert ask("info", workspace, "--json", **process).json()["events"] == 2000
            assert len(ask("states", workspace, "thing", "--json", **process).json_lines()) == 50
            assert ask("state", workspace, "thing/t1", "--json", **process).json()["version"] == 40
            refused(ask("import", workspace, lines, **process), "x.hindcast", "read-only|permission")
            refused(ask("remap", workspace, "--mapping", mapping, **process), "x.hindcast", "read-only|permission")
            assert workspace.read_bytes() == before
        refused(ask("import", folder / "new.hindcast", lines, **process), "new.hindcast", "read-only|permission")
        refused(ask("import", file / "new.hindcast", secret, **process), "secret.jsonl", "permission|may not be read")
        assert not (file / "new.hindcast").exists()
        refused(ask("export", folder / "x.hindcast", "--out", folder / "out.jsonl", **process), "out.jsonl", "permission|read-only")
    finally:
        for each in place.iterdir():
            os.chmod(each, 0o755)
        shutil.rmtree(place)


cli_program()
with tempfile.TemporaryDirectory() as scratch:
    desk = Desk(scratch)
    for check in (
        records_that_are_no_json_are_rejects,
        lines_that_are_no_records_are_rejects,
        ten_megabytes_are_a_payload_like_another,
        numbers_and_names_stay_as_they_came,
        files_that_cannot_be_imported,
        files_that_are_no_workspace,
        pipes_are_refused_before_anything_is_made,
        numbers_and_commands_that_are_none,
        an_import_that_is_interrupted_ends_in_good_order,
        a_damaged_workspace_never_lies,
        questions_that_have_no_answer,
        a_model_that_fails_is_said_wherever_its_state_is_shown,
        times_that_are_none_or_out_of_range_are_no_1970,
        a_reader_leaves_the_log_to_its_writer,
        a_second_writer_reads_only,
        a_full_disk_loses_nothing,
        what_may_not_be_written_can_be_read,
    ):
        began = time.monotonic()
        check(desk)
        print(f"{check.__name__.replace('_', ' ')} ({time.monotonic() - began:.1f} s)", flush=True)
    assert count_in(desk.good.info(), "events") == 2000
