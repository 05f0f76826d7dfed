"""Lives in real logs, by mapping files and small set-rules models: Debian packages, traffic fines, the files of two git
repositories; the states are those that dpkg, the fines' own system and git tell."""

import json
import tempfile
from decimal import Decimal
from pathlib import Path

from hindcast import Workspace, cli_program, count_in
from samples import DATA, exact, read_lines, sample, write_lines


def mapping(name):
    return DATA / "mappings" / f"{name}.json"


def model(name):
    return "--model", DATA / "models" / f"{name}.rules.json"


def bring_in(folder, name, file, mapped):
    workspace = Workspace(folder, name)
    summary = workspace.import_files(file, mapping=mapping(mapped)).json()
    assert summary["rejects"] == 0 and summary["complete"] and summary["stored"] == summary["records"] > 0, summary
    return workspace


def states(workspace, category, *more):
    answers = workspace.states(category, *more, exact=True)
    assert all(answer["complete"] and "error" not in answer for answer in answers.values())
    return {entity.split("/", 1)[1]: answer for entity, answer in answers.items()}


def check_packages(folder):
    expected = json.loads(sample("logs-dpkg", "expected-final-state.json").read_text())["packages"]
    lines = read_lines(sample("logs-dpkg", "dpkg-events.jsonl"))
    workspace = bring_in(folder, "dpkg", sample("logs-dpkg", "dpkg-events.jsonl"), "dpkg")
    apart = sum("package" not in json.loads(line) for line in lines)
    assert count_in(workspace.info(), "without_entity") == apart > 0, workspace.info()
    found = states(workspace, "package", *model("dpkg"))
    assert {name: answer["state"] for name, answer in found.items()} == {
        name: package for name, package in expected.items() if package["installed"]
    }
    everyone = states(workspace, "package", "--with-deleted", *model("dpkg"))
    gone = {name for name, answer in everyone.items() if not answer["alive"]}
    assert everyone.keys() == expected.keys()
    assert gone == {name for name, package in expected.items() if not package["installed"]} and gone
    print(f"{len(found)} packages as dpkg knows them, {len(gone)} gone")


def check_fines(folder):
    expected = exact(sample("logs-eventdataR", "traffic_fines-expected.json").read_text())
    workspace = bring_in(folder, "fines", sample("logs-eventdataR", "traffic_fines.jsonl.gz"), "traffic-fines")
    assert [part["topic"] for part in workspace.info()["parts"]] == ["traffic_fines"], workspace.info()
    found = states(workspace, "fine", *model("traffic-fines"))
    events = {fine: answer["version"] for fine, answer in found.items()}
    assert events == {fine: int(count) for fine, count in expected["events_per_case"].items()}
    assert all(answer["state"]["events"] == answer["version"] == len(answer["state"]["activities"]) for answer in found.values())
    paid = {fine: answer["state"]["paid"] for fine, answer in found.items() if "paid" in answer["state"]}
    recorded = {fine: answer["state"]["recorded"] for fine, answer in found.items() if "recorded" in answer["state"]}
    assert recorded == expected["final_total_paid"]
    assert all(isinstance(each, Decimal) for each in paid.values()) and paid.keys() == recorded.keys()
    differing = [fine for fine in paid if paid[fine] != recorded[fine]]
    assert differing == expected["mismatch"], differing
    print(f"{len(found)} fines, {len(paid)} of them paid as recorded, but for {differing}")


def check_trees(folder, repository):
    """The file grows from checkpoint to checkpoint: each import adds what is new, and the tree is git's own."""
    checkpoints = json.loads(sample("logs-git-history", f"{repository}-expected.json").read_text())["checkpoints"].values()
    lines = read_lines(sample("logs-git-history", f"{repository}-events.jsonl"))
    growing = Path(folder) / f"{repository}-events.jsonl"
    workspace = Workspace(folder, repository)

    def expect_tree(checkpoint, *when):
        found = states(workspace, "file", *model("git-history"), *when)
        assert {path: answer["state"] for path, answer in found.items()} == checkpoint["files"], f"{repository}, {when}"

    read = 0
    for checkpoint in sorted(checkpoints, key=lambda each: each["last_seq"]):
        end = checkpoint["last_seq"] + 1
        write_lines(growing, lines[:end])
        summary = workspace.import_files(growing, mapping=mapping("git-history")).json()
        assert summary["stored"] == end - read, f"{summary} where {end - read} lines are new"
        assert count_in(workspace.info(), "records") == end
        read = end
        expect_tree(checkpoint)
    assert read == len(lines)

    told = 0
    for checkpoint in checkpoints:
        end = checkpoint["last_seq"] + 1
        time = json.loads(lines[end - 1])["commit_time"]
        if end == len(lines) or json.loads(lines[end])["commit_time"] > time:
            expect_tree(checkpoint, "--time", time)
            told += 1
    assert told >= 4
    print(f"{repository}: the tree at {len(checkpoints)} commits, {told} of them as of their time within the whole history")


cli_program()
with tempfile.TemporaryDirectory() as scratch:
    check_packages(scratch)
    check_fines(scratch)
    for each in ("kafdrop", "leveldb"):
        check_trees(scratch, each)
