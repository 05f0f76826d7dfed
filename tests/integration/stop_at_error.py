"""A model that fails, on the command line: `state` goes on past the event, or stops there when it is told to, whatever kind of model it
is; the exit code and the JSON say which."""

import json
import tempfile
from pathlib import Path

from hindcast import Workspace, cli, cli_program
from samples import write_lines

RULES = {"entity": "account", "initial": {"sum": 0}, "on": {"*": [{"add": "/sum", "value": {"at": "/amount"}}]}}
SCRIPT = """export const entities = {
  account: {
    initial: () => ({ sum: 0 }),
    evolve: (state, event) => {
      if (typeof event.payload.amount !== "number") throw new Error("no amount");
      return { sum: state.sum + event.payload.amount };
    },
  },
};
"""
PROGRAM = """import json, sys
state = None
for line in sys.stdin:
    message = json.loads(line)
    if "event" in message:
        if isinstance(message["payload"]["amount"], int):
            state = {"sum": (state or {"sum": 0})["sum"] + message["payload"]["amount"]}
        else:
            print(json.dumps({"error": "no amount", "version": message["version"], "file": "sum.py", "line": 9}))
    elif "ask" in message:
        print(json.dumps({"ask": message["ask"], "state": state}), flush=True)
    else:
        state = message["state"]
"""
PROJECTION = """fromCategory("account").foreachStream().when({
  $init: () => ({ sum: 0 }),
  Deposited: (s, e) => ({ sum: s.sum + e.data.amount }),
}).filterBy((s) => s.sum > 2).transformBy((s) => ({ doubled: 2 * s.sum })).outputState();
"""
MAPPING = {
    "topic": "*",
    "envelope": "plain",
    "entities": [{"category": {"const": "account"}, "id": {"from": "value", "at": "/id"}}],
    "type": {"from": "value", "at": "/type"},
    "time": {"from": "value", "at": "/at"},
}


def event(number):
    amount = "one" if number in (5, 9) else 1
    return {"id": "a1", "type": "Deposited", "at": f"2025-01-01T00:00:{number:02}Z", "amount": amount}


def expect(workspace, model, *options, code, version, total, stopped=None, error=None):
    answer = cli("state", workspace.path, "account/a1", "--model", model, "--json", *options, expect=(code,))
    told = answer.json()
    assert (told["version"], told["state"]) == (version, {"sum": total}), answer
    assert told.get("stoppedAt", {}).get("version") == stopped, answer
    assert told.get("error", {}).get("version") == error, answer
    if stopped or error:
        assert told["stoppedAt" if stopped else "error"]["message"], answer
        assert "failed at version" in answer.errors and ("stopped" in answer.errors) == bool(stopped), answer
    else:
        assert not answer.errors, answer


def expect_result(workspace, model):
    """What a projection's transforms make of the state stands beside it."""
    model.write_text(PROJECTION)
    for version, result in ((2, None), (4, {"doubled": 8})):
        told = cli("state", workspace.path, "account/a1", "--model", model, "--json", "--version", version).json()
        assert (told["state"], told["result"]) == ({"sum": version}, result), told


def main():
    cli_program()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        mapping = folder / "mapping.json"
        mapping.write_text(json.dumps(MAPPING))
        (folder / "sum.py").write_text(PROGRAM)
        models = {
            "rules.json": json.dumps(RULES),
            "sum.mjs": SCRIPT,
            "program.json": json.dumps({"program": {"command": ["python3", "sum.py"], "folder": str(folder)}}),
        }
        workspace = Workspace(folder)
        lines = [json.dumps(event(number)) for number in range(1, 13)]
        workspace.import_files(write_lines(folder / "accounts.jsonl", lines), mapping=mapping)
        for name, text in models.items():
            model = folder / name
            model.write_text(text)
            expect(workspace, model, code=3, version=12, total=10, error=9)
            expect(workspace, model, "--stop-at-error", code=3, version=4, total=4, stopped=5)
            expect(workspace, model, "--stop-at-error", "--version", 5, code=3, version=4, total=4, stopped=5)
            expect(workspace, model, "--stop-at-error", "--version", 4, code=0, version=4, total=4)
        expect_result(workspace, folder / "sums.js")


if __name__ == "__main__":
    main()
