"""What-if branches, a field's history and minimal reproducers by hindcast-cli, on the demo workspace: what a branch shows is what
comes of its events when they are carried out and brought into a workspace of their own, and so is what a reproducer shows."""

import copy
import json
import random
import shutil
import subprocess
import tempfile
from pathlib import Path

from hindcast import Workspace, cli, cli_program, expect_one_line_error

ALICE = "user/user-123"
# Fails where an order comes behind a change of address: text is no number.
FAULTY = {
    "entity": "user",
    "initial": {"spent": 0},
    "on": {
        "AddressChanged": [{"set": "/spent", "value": {"const": "unknown"}}],
        "UserUpdated": [{"set": "/name", "value": {"at": "/new_name"}}],
        "OrderPlaced": [{"add": "/spent", "value": {"at": "/total"}}],
    },
}

# Takes 400 off for each cancelled order, whatever it cost; and fails at a return once the address has changed.
SCRIPT = """
export const entities = {
  user: {
    initial: () => ({ spent: 0, orders: [] }),
    evolve: {
      UserRegistered: (state, { payload }) => ({ ...state, name: payload.name }),
      OrderPlaced: (state, { payload }) => ({ ...state, spent: state.spent + payload.total, orders: [...state.orders, payload.order_id] }),
      OrderCancelled: (state, { payload }) => ({ ...state, spent: state.spent - 400 }),
      AddressChanged: (state, { payload }) => ({ ...state, moved: payload.new_address }),
      OrderReturned: (state, { payload }) => {
        if (state.moved) throw new Error("where to?");
        return state;
      },
    },
    DECIDE
    invariants: { "spent never falls below zero": (state) => state.spent >= 0 },
  },
};
"""
DECIDE = """decide: {
      CancelOrder: (state, { order_id }) =>
        state.orders.includes(order_id) ? [{ type: "OrderCancelled", payload: { order_id } }] : refuse("no such order"),
    },"""


def branch(workspace, entity, *more, expect=(0,)):
    return cli("branch", workspace.path, entity, "--json", *more, expect=expect)


def reducing(workspace, entity, *more, expect=(0,)):
    return cli("reduce", workspace.path, entity, *more, expect=expect)


def payloads(workspace, entity):
    return [(each["type"], each["payload"]) for each in workspace.events(entity)]


def patched(document, patch):
    """RFC 6902 for what difference() writes: members and items, with the old values checked."""
    document = {"": copy.deepcopy(document)}
    for operation in patch:
        tokens = [each.replace("~1", "/").replace("~0", "~") for each in operation["path"].split("/")]
        holder = document
        for token in tokens[:-1]:
            holder = holder[int(token) if isinstance(holder, list) else token]
        last = int(tokens[-1]) if isinstance(holder, list) else tokens[-1]
        if "old" in operation:
            assert holder[last] == operation["old"], operation
        if operation["op"] == "remove":
            del holder[last]
        elif operation["op"] == "add" and isinstance(holder, list):
            holder.insert(last, operation["value"])
        else:
            holder[last] = operation["value"]
    return document[""]


def a_branch_shows_what_its_events_give(demo, folder):
    chance = random.Random(7)
    for number, entity in enumerate([ALICE, "user/user-1675", "user/user-2279", "user/user-674"]):
        real = demo.events(entity)
        count = len(real)
        skip = sorted(chance.sample(range(1, count + 1), 3))
        edit, moved, place, insert = (chance.randrange(1, count + 1) for _ in range(4))
        edits = [
            "--skip", ",".join(map(str, skip)), "--edit", f'{edit}={{"name":"Zoe","total":1.10,"n":{number}}}',
            "--move", f"{moved}={place}", "--insert", f'{insert}={{"type":"Invented","payload":{{"invented":[1,2]}}}}',
            "--insert", '0={"type":"First","payload":{"first":true},"time":"2020-01-01T00:00:00Z"}',
        ]  # fmt: skip
        dump = folder / f"branch-{number}.jsonl"
        told = branch(demo, entity, *edits, "--model", "merge", "--export", dump).json()
        alone = Workspace(folder, f"branch-{number}")
        alone.import_files(dump)
        state = alone.state(entity, "--model", "merge").json()
        assert state["state"] == told["branch"]["state"], (entity, edits)
        assert state["of"] == told["branch"]["of"] == len(told["events"])
        assert [each["type"] for each in alone.events(entity)] == [each["type"] for each in told["events"]]
        assert [each["time"] for each in alone.events(entity)] == [each["time"] for each in told["events"]]
        assert patched(told["real"]["state"], told["patch"]) == told["branch"]["state"]
        assert told["real"]["state"] == demo.state(entity, "--model", "merge").json()["state"]
        assert told["departs"]["version"] == 1 and told["departs"]["what"] == "added"
        assert told["departs"]["position"] is None
        what = {each["real"]: each["what"] for each in told["events"]}
        assert not set(skip) & what.keys()
        assert edit in skip or "edited" in what[edit]


def where_it_departs_is_told(demo):
    real = demo.events(ALICE)
    told = branch(demo, ALICE, "--skip", "9").json()
    departs = told["departs"]
    assert (departs["version"], departs["type"], departs["what"]) == (9, "AddressChanged", "skipped")
    assert departs["position"]["offset"] == real[8]["position"]["offset"]
    assert told["differs_from"] == 9 and told["same_again_from"] == 16  # a later change of the address hides it
    assert told["patch"] == [] and told["branch"]["state"] == told["real"]["state"]
    assert branch(demo, ALICE).json()["departs"] is None
    assert branch(demo, ALICE, "--move", "3=2").json()["departs"] is None
    moved = branch(demo, ALICE, "--move", "5=7").json()["departs"]
    assert (moved["version"], moved["what"], moved["type"]) == (5, "moved", "OrderPlaced")
    edited = branch(demo, ALICE, "--edit", '1={"name":"Eve"}').json()
    assert edited["departs"]["what"] == "edited" and edited["events"][0]["what"] == "edited"
    assert {"op": "replace"}.items() <= edited["patch"][0].items() or edited["patch"], edited["patch"]
    at_end = branch(demo, ALICE, "--insert", '17={"type":"UserDeleted","payload":{}}').json()
    assert at_end["departs"]["version"] == 18 and at_end["differs_from"] == 17
    text = cli("branch", demo.path, ALICE, "--skip", "9").out
    assert "departs at v9 (AddressChanged skipped" in text and "same again from v16" in text, text
    before = demo.path.read_bytes()
    wrong = branch(demo, ALICE, "--skip", "5-2", expect=(1,))
    assert "ends before it begins" in wrong.errors, f"{wrong}"
    branch(demo, ALICE, "--skip", "2-5")
    assert demo.path.read_bytes() == before, "a branch wrote to the workspace"


def what_cannot_be_done_is_said(demo):
    for arguments, words in [
        (["--skip", "99"], ["no version 99", "it has 1 to 17"]),
        (["--skip", "x"], ["no version"]),
        (["--edit", "3"], ["no = in it"]),
        (["--edit", "3={broken"], ["no json"]),
        (["--move", "0=3"], ["no version 0"]),
        (["--insert", '3={"payload":{}}'], ["names no type"]),
        (["--insert", '3={"type":"A","payload":{},"time":"teatime"}'], ["cannot use"]),
        (["--skip", "1", "--export", "/nowhere/at/all"], ["cannot write"]),
    ]:
        answer = branch(demo, ALICE, *arguments, expect=(1,))
        expect_one_line_error(answer, *words)
    answer = branch(demo, ALICE, "--skip", "3,3", expect=(3,))
    expect_one_line_error(answer, "skipped already")
    assert answer.json()["not_applied"]
    reducing(demo, ALICE, expect=(2,))
    reducing(demo, ALICE, "--error", "--invariant", "x", expect=(2,))
    expect_one_line_error(reducing(demo, ALICE, "--error", "--format", "js", expect=(2,)), "javascript")
    expect_one_line_error(reducing(demo, ALICE, "--error", expect=(1,)), "fails at none of its 17 events")
    expect_one_line_error(cli("history", demo.path, ALICE, "/nothing", expect=(1,)), "no event ever set it")


def a_field_is_told_over_time(demo):
    changes = cli("history", demo.path, ALICE, "/address", "--json").json_lines()
    assert [each["version"] for each in changes] == [2, 9, 16]
    assert [each["type"] for each in changes] == ["AddressAdded", "AddressChanged", "AddressChanged"]
    assert "old" not in changes[0] and changes[0]["new"] == "123 Main St"
    for one, next_ in zip(changes, changes[1:]):
        assert one["new"] == next_["old"]
    assert changes[-1]["new"] == demo.state(ALICE).json()["state"]["address"]
    for each in changes:
        before = demo.state(ALICE, "--version", each["version"] - 1).json()["state"]
        assert before.get("address") == each.get("old")
    whole = cli("history", demo.path, ALICE, "", "--json").json_lines()
    assert whole[-1]["new"] == demo.state(ALICE).json()["state"]
    assert "123 Main St" in cli("history", demo.path, ALICE, "/address").out


def a_failing_model_is_brought_down_to_the_fewest_events(demo, folder):
    model = folder / "faulty.json"
    model.write_text(json.dumps(FAULTY))
    told = reducing(demo, ALICE, "--error", "--model", model, "--json").json()
    assert [each["version"] for each in told["events"]] == [1, 9, 10], told
    assert told["minimal"] and told["of"] == 10 and "not a number" in told["symptom"]
    assert told["state"] == {"spent": "unknown"}
    text = reducing(demo, ALICE, "--error", "--model", model).out
    assert "  Given UserRegistered" in text and "   When OrderPlaced" in text and "   Then the model fails" in text, text
    dump = folder / "reproducer.jsonl"
    reducing(demo, ALICE, "--error", "--model", model, "--format", "jsonl", "--out", dump)
    alone = Workspace(folder, "reproducer")
    alone.import_files(dump)
    original = payloads(demo, ALICE)
    assert payloads(alone, ALICE) == [original[0], original[8], original[9]]
    again = reducing(alone, ALICE, "--error", "--model", model, "--json").json()
    assert len(again["events"]) == 3 and again["symptom"] == told["symptom"] and again["of"] == 3
    assert alone.state(ALICE, "--model", model, expect=(3,)).json()["error"]["version"] == 3
    few = reducing(demo, ALICE, "--error", "--model", model, "--json", "--folds", "2", expect=(3,)).json()
    assert not few["minimal"] and "folds" in few["because"]


def run_by_node(test):
    done = subprocess.run(["node", "--test", test], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def a_script_is_brought_down_to_a_test_that_node_runs(demo, folder):
    if not (Path(cli_program()).parent / "hindcast-script").exists():
        print("hindcast-script is not built: reproducers of scripts are not looked at")
        return
    model = folder / "model.mjs"
    model.write_text(SCRIPT.replace("DECIDE", ""))
    broken = ["--invariant", "spent never falls below zero", "--model", model]
    told = reducing(demo, ALICE, *broken, "--json").json()
    assert [each["type"] for each in told["events"]] == ["UserRegistered", "OrderCancelled"], told
    assert told["before"]["spent"] == 0 and told["state"]["spent"] == -400 and told["minimal"]
    fails = reducing(demo, ALICE, "--error", "--model", model, "--json").json()
    assert [each["version"] for each in fails["events"]] == [1, 9, 15] and "where to?" in fails["symptom"]
    # With a decide an order has to be there before it is cancelled.
    model.write_text(SCRIPT.replace("DECIDE", DECIDE))
    told = reducing(demo, ALICE, *broken, "--json").json()
    assert [each["type"] for each in told["events"]] == ["UserRegistered", "OrderPlaced", "OrderCancelled"], told
    assert told["events"][1]["payload"]["order_id"] == told["events"][2]["payload"]["order_id"] and told["refused"] == []

    dump = folder / "script.jsonl"
    reducing(demo, ALICE, *broken, "--format", "jsonl", "--out", dump)
    alone = Workspace(folder, "script")
    alone.import_files(dump)
    again = reducing(alone, ALICE, *broken, "--json").json()
    assert [each["payload"] for each in again["events"]] == [each["payload"] for each in told["events"]]
    assert again["symptom"] == told["symptom"] and again["state"] == told["state"]

    if not shutil.which("node"):
        print("node is not here: the tests that were written are not run")
        return
    (folder / "tests").mkdir()
    invariant, error = folder / "tests" / "invariant.test.mjs", folder / "tests" / "error.test.mjs"
    reducing(demo, ALICE, *broken, "--format", "js", "--out", invariant)
    reducing(demo, ALICE, "--error", "--model", model, "--format", "js", "--out", error)
    code, said = run_by_node(invariant)
    assert code == 1 and "spent never falls below zero" in said and "actual: 'does not hold'" in said, said
    code, said = run_by_node(error)
    assert code == 1 and "where to?" in said, said
    model.write_text(SCRIPT.replace("DECIDE", DECIDE).replace("- 400", "- 0").replace("if (state.moved)", "if (false)"))
    for test in (invariant, error):
        code, said = run_by_node(test)
        assert code == 0, said


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        demo = Workspace(folder, "demo")
        demo.demo()
        a_branch_shows_what_its_events_give(demo, folder)
        where_it_departs_is_told(demo)
        what_cannot_be_done_is_said(demo)
        a_field_is_told_over_time(demo)
        a_failing_model_is_brought_down_to_the_fewest_events(demo, folder)
        a_script_is_brought_down_to_a_test_that_node_runs(demo, folder)
    print("what-if branches and reproducers hold")


if __name__ == "__main__":
    main()
