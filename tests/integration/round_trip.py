"""What was brought in can be carried out and brought in again: record dumps, another mapping afterwards, the same file twice, a
file that grows, one whose earlier bytes changed, an import that was killed."""

import json
import os
import random
import shutil
import tempfile
import time
from pathlib import Path

from hindcast import Workspace, cli, cli_program, count_in, expect_same_workspaces
from samples import write_lines

LONG = 200_000  # lines, so that an import can be killed midway
RIGHT = [
    {
        "topic": "orders",
        "envelope": "plain",
        "entities": [
            {"category": {"const": "order"}, "id": {"from": "value", "at": "/order"}},
            {"category": {"const": "user"}, "id": {"from": "value", "at": "/user"}},
        ],
        "type": {"from": "value", "at": "/type"},
        "time": {"from": "value", "at": "/at", "unit": "iso"},
    }
]
WRONG = [
    {
        "topic": "orders",
        "envelope": "plain",
        "entities": [{"category": {"from": "value", "at": "/type"}, "id": {"from": "value", "at": "/user"}}],
        "type": {"from": "value", "at": "/order"},
    }
]


def order_lines(count, seed=11):
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        order = chance.randrange(1 + count // 6)
        event = {
            "type": chance.choice(["OrderPlaced", "OrderPaid", "OrderShipped"]),
            "order": f"o-{order}",
            "user": f"u-{order % 17}",
            "at": f"2025-03-{1 + number * 27 // count:02}T08:00:00.{number:06}Z",
            chance.choice(["total", "note", "größe"]): chance.choice([number, "1.10", None, {"deep": [number, "ü"]}]),
        }
        lines.append(json.dumps(event, ensure_ascii=number % 2 == 0))
    return lines


def write_json(path, document):
    path.write_text(json.dumps(document))
    return path


def expect_equal(one, other, model=None):
    """Records, entities, counts, states and all that is told of each event."""
    expect_same_workspaces(one, other, model)
    differing = [pair for pair in zip(one.events(), other.events(), strict=True) if pair[0] != pair[1]]
    assert not differing, f"{len(differing)} events differ, the first: {differing[0]}"


def carried(folder, workspace, name, expect=(0,)):
    """A new workspace from the other's records, under its mappings."""
    dump = Path(folder) / f"{name}.jsonl"
    cli("export", workspace.path, "--out", dump, "--format", "records")
    again = Workspace(folder, name)
    mapping = write_json(Path(folder) / f"{name}.mapping.json", workspace.info()["mappings"])
    again.import_files(dump, mapping=mapping, expect=expect)
    return again


def the_demo_comes_back_from_its_records(folder):
    demo = Workspace(folder, "demo")
    demo.demo("--events", 20_000)
    again = carried(folder, demo, "demo-again", expect=(0, 3))
    # The models belong to the workspace and not to its records.
    expect_equal(demo, again, model="merge")
    assert count_in(demo.info(), "records") > 15_000 and count_in(demo.info(), "rejects") > 0, demo.info()
    return f"{count_in(demo.info(), 'records')} records of the demo"


def captures_come_back_from_their_records(folder):
    captures = Path(os.environ.get("HINDCAST_SAMPLES", "")) / "kafka-captures"
    if not captures.is_dir():
        return "no captures here"
    first = Workspace(folder, "captures")
    first.import_files(*sorted(captures.glob("*.jsonl")))
    expect_equal(first, carried(folder, first, "captures-again"))
    return f"{count_in(first.info(), 'records')} captured records"


def bytes_come_back_from_their_records(folder):
    """Keys, values and headers that are no text, empty, absent, or hold what JSON escapes."""
    odd = ["", "plain", "\\\"\n\t\u0001\u2028", "ünï ✓ 🙂", None, {"b64": "AP/+wIA="}, {"b64": ""}]
    lines = []
    for number, value in enumerate(odd * 2):
        record = {"topic": "odd/topic %", "partition": number % 2, "offset": number * 3, "timestamp": 1_700_000_000_000 + number}
        for name, text in (("key", odd[-1 - number % len(odd)]), ("value", value)):
            if isinstance(text, dict):
                record[f"{name}_b64"] = text["b64"]
            else:
                record[name] = text
        record["headers"] = [["h", value], ["h", odd[number % 3]], ["", None]]
        lines.append(json.dumps(record))
    file = write_lines(Path(folder) / "odd.jsonl", lines)
    first = Workspace(folder, "odd")
    first.import_files(file, format="records", expect=(0, 3))
    assert count_in(first.info(), "records") == len(lines), first.info()
    again = carried(folder, first, "odd-again", expect=(0, 3))
    expect_equal(first, again)
    assert [(each["topic"], each["partition"], each["offset"]) for each in again.records()] == sorted(
        ("odd/topic %", number % 2, number * 3) for number in range(len(lines))
    )
    return f"{len(lines)} odd records"


def another_mapping_is_as_good_as_the_right_one_at_once(folder):
    file = write_lines(Path(folder) / "orders.jsonl", order_lines(6000))
    right = write_json(Path(folder) / "right.json", RIGHT)
    wrong = write_json(Path(folder) / "wrong.json", WRONG)
    once, later = Workspace(folder, "right-at-once"), Workspace(folder, "remapped")
    once.import_files(file, mapping=right)
    later.import_files(file, mapping=wrong)
    assert later.categories() == ["OrderPaid", "OrderPlaced", "OrderShipped"] and once.categories() == ["order", "user"]
    cli("remap", later.path, "--mapping", right)
    expect_equal(once, later)
    cli("remap", later.path, "--mapping", wrong)
    assert later.categories() == ["OrderPaid", "OrderPlaced", "OrderShipped"]
    cli("remap", later.path, "--mapping", right)
    expect_equal(once, later)

    # Rows read as plain events, and as rows again.
    demo = Workspace(folder, "demo")
    mappings = demo.info()["mappings"]
    shutil.copy(demo.path, demo.path.with_name("demo-remapped.hindcast"))
    remapped = Workspace(folder, "demo-remapped")
    plain = [{"topic": "shop.public.*", "envelope": "plain"}, {"topic": "users", "envelope": "plain"}]
    cli("remap", remapped.path, "--mapping", write_json(Path(folder) / "plain.json", plain))
    assert remapped.categories() != demo.categories()
    cli("remap", remapped.path, "--mapping", write_json(Path(folder) / "demo.json", mappings))
    expect_equal(demo, remapped)
    return "remapped"


def files_are_taken_in_once(folder, format):
    lines = order_lines(3000)
    if format == "records":
        lines = [json.dumps({"topic": "orders", "key": f"k{at % 9}", "value": line}) for at, line in enumerate(lines)]
    file = Path(folder) / f"twice-{format}" / "orders.jsonl"
    file.parent.mkdir()
    mapping = write_json(Path(folder) / f"{format}.mapping.json", RIGHT)
    workspace = Workspace(folder, f"twice-{format}")

    def bring_in(count, new):
        summary = workspace.import_files(write_lines(file, lines[:count]), format=format, mapping=mapping).json()
        assert summary["stored"] == new and summary["rejects"] == 0 and summary["complete"], f"{summary}, {new} are new"
        info = workspace.info()
        assert count_in(info, "records") == count and info["parts"][0]["read"] == [[0, count]], info
        assert not any("epoch" in notice["text"] for notice in info["notices"]), info["notices"]
        return summary

    bring_in(2000, 2000)
    bring_in(2000, 0)
    bring_in(2600, 600)
    bring_in(3000, 400)
    bring_in(3000, 0)
    at_once = Workspace(folder, f"at-once-{format}")
    at_once.import_files(file, format=format, mapping=mapping)
    expect_equal(at_once, workspace)

    return f"{format}: twice, and grown"


def a_changed_file_begins_a_new_epoch(folder, format):
    """Other bytes at positions that were read before: said, and nothing is lost."""
    lines = order_lines(3000)
    if format == "records":
        lines = [json.dumps({"topic": "orders", "key": f"k{at % 9}", "value": line}) for at, line in enumerate(lines)]
    file = Path(folder) / f"changed-{format}" / "orders.jsonl"
    file.parent.mkdir()
    mapping = write_json(Path(folder) / f"changed-{format}.mapping.json", RIGHT)
    workspace = Workspace(folder, f"changed-{format}")
    workspace.import_files(write_lines(file, lines), format=format, mapping=mapping)
    before = workspace.events()
    changed = [line.replace("Order", "Ordre", 1) if at == 1500 else line for at, line in enumerate(lines)]
    assert changed != lines
    answer = workspace.import_files(write_lines(file, changed), format=format, mapping=mapping)
    summary, info = answer.json(), workspace.info()
    assert summary["complete"] and summary["stored"] > 0, f"{answer}"
    assert [part["epoch"] for part in info["parts"]] == [0, 1], info["parts"]
    for notices in (summary["notices"], [notice["text"] for notice in info["notices"]]):
        assert any("orders" in notice and "epoch" in notice for notice in notices), notices
    assert [each for each in workspace.events() if "epoch" not in each["position"]] == before
    assert sum("Ordre" in json.dumps(each["payload"]) for each in workspace.events()) == 1
    summary = workspace.import_files(file, format=format, mapping=mapping).json()
    assert summary["stored"] == 0, f"the changed file again: {summary}"
    return f"{format}: changed"


def a_killed_import_goes_on(folder):
    file = write_lines(Path(folder) / "long" / "orders.jsonl", order_lines(LONG))
    mapping = write_json(Path(folder) / "long.mapping.json", RIGHT)
    arguments = (file, "--mapping", mapping, "--json")
    whole, killed = Workspace(folder, "whole"), Workspace(folder, "killed")
    cli("import", whole.path, *arguments)
    cuts = []
    for _ in range(2):
        had = killed.event_count()
        with killed.start("import", *arguments) as running:
            if not running.pause_when(lambda: killed.event_count() > had):
                break
            running.kill()
        cuts.append(killed.event_count())
    assert cuts and 0 < cuts[0] < LONG, cuts
    cli("import", killed.path, *arguments)
    dumps = []
    for workspace in (whole, killed):
        dumps.append(workspace.path.with_suffix(".jsonl"))
        cli("export", workspace.path, "--out", dumps[-1], "--format", "records")
    assert dumps[0].read_bytes() == dumps[1].read_bytes(), "the records differ"
    assert killed.entities() == whole.entities() and killed.states("user") == whole.states("user")
    return f"killed at {cuts}"


cli_program()
with tempfile.TemporaryDirectory() as scratch:
    (Path(scratch) / "long").mkdir()
    for check, *more in (
        (the_demo_comes_back_from_its_records,),
        (captures_come_back_from_their_records,),
        (bytes_come_back_from_their_records,),
        (another_mapping_is_as_good_as_the_right_one_at_once,),
        (files_are_taken_in_once, "jsonl"),
        (files_are_taken_in_once, "records"),
        (a_killed_import_goes_on,),
        (a_changed_file_begins_a_new_epoch, "jsonl"),
        (a_changed_file_begins_a_new_epoch, "records"),
    ):
        began = time.monotonic()
        print(f"{check(scratch, *more)} ({time.monotonic() - began:.1f} s)", flush=True)
