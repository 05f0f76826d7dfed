"""The JavaScript tests that reduce writes, run by node: red as long as the model shows the fault, green once it does not, whatever
kind of fault it is and however its values are written."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from hindcast import Workspace, cli, cli_program, expect_one_line_error

# name, the handlers with the fault, those without, what reduce is asked.
CASES = [
    ("a number below zero", "Set: (s, { payload }) => ({ n: 2 - payload.n })", "Set: (s, { payload }) => ({ n: payload.n })",
     ["--when", "state.n < 0"]),
    ("a sum that doubles cannot hold", "Set: (s) => ({ n: 0.1 + 0.2 })", "Set: (s) => ({ n: 0.3 })", ["--when", "state.n > 0.3"]),
    ("NaN, which is null for an expression", "Set: (s) => ({ n: NaN, m: undefined, z: -0 })", "Set: (s) => ({ n: 1 })",
     ["--when", "state.n == null"]),
    ("a function, which is not said in JavaScript", "Set: (s) => ({ n: [1, 2, NaN, 0.1 + 0.2], k: NaN })", "Set: (s) => ({ n: [1] })",
     ["--when", "size(state.n) > 2"]),
    ("the same beside a member that changes", "Set: (s, e) => ({ n: [1, 2, 3], at: e.version })", "Set: (s) => ({ n: [1] })",
     ["--when", "size(state.n) > 2 && previous.n == null || size(state.n) > 2"]),
    ("lists that are alike", "Set: (s) => ({ a: [1, { b: 2 }], c: [1, { b: 2 }] })", "Set: (s) => ({ a: [1], c: [2] })",
     ["--when", "state.a == state.c"]),
    ("objects that are not", "Set: (s) => ({ a: { b: 1 }, c: { b: 2 } })", "Set: (s) => ({ a: { b: 1 }, c: { b: 1 } })",
     ["--when", "state.a != state.c"]),
    ("whole numbers divided", "Set: (s) => ({ n: 5 })", "Set: (s) => ({ n: 8 })", ["--when", "state.n / 2 == 2"]),
    ("text with escapes", "Set: (s) => ({ n: '\U0001F600' })", "Set: (s) => ({ n: ':)' })", ["--when", 'state.n == "\\U0001F600"']),
    ("a raw text", "Set: (s) => ({ n: 'a\\\\b' })", "Set: (s) => ({ n: 'b' })", ["--when", 'state.n == r"a\\b"']),
    ("a text in three quotes", "Set: (s) => ({ n: 'ab' })", "Set: (s) => ({ n: 'b' })", ["--when", 'state.n == """ab"""']),
    ("an unsigned number", "Set: (s) => ({ n: 5 })", "Set: (s) => ({ n: 6 })", ["--when", "state.n == 5u"]),
    ("a line end in the expression", "Set: (s) => ({ n: [1, 2] })", "Set: (s) => ({ n: [] })",
     ["--when", "size(state.n) > 1\n&& state.n[0] == 1"]),
    ("text beside a number", "Set: (s) => ({ n: '5', m: 3 })", "Set: (s) => ({ n: '5', m: 12 })",
     ["--when", "state.m < 10 && !(state.n == 7 && state.m == 3) || state.m == 3"]),
    ("one of a list", "Set: (s) => ({ n: 'b' })", "Set: (s) => ({ n: 'z' })", ["--when", 'state.n in ["a", "b"]']),
    ("a list that has it", "Set: (s) => ({ n: ['x', 'y'] })", "Set: (s) => ({ n: ['x'] })", ["--when", '"y" in state.n']),
    ("a member that must not be there", "Set: (s) => ({ constructor: 1, n: { 'a b': null } })", "Set: (s) => ({ n: {} })",
     ["--when", 'has(state.n["a b"])']),
    ("what came before", "Set: (s) => ({ n: (s.n ?? 0) + 1 }), Add: (s) => ({ n: s.n - 1 })",
     "Set: (s) => ({ n: (s.n ?? 0) + 1 }), Add: (s) => s", ["--when", "state.n < previous.n"]),
    ("a number that models get as text", "Set: (s, { payload }) => ({ n: typeof payload.large })", "Set: (s) => ({ n: 'other' })",
     ["--when", "state.n == 'string'"]),
    ("a state of a first event that fails", "Born: () => { throw new Error('no') }, Set: (s) => ({ ...s, n: -1 })",
     "Born: () => { throw new Error('no') }, Set: (s) => ({ ...s, n: 1 })", ["--when", "state.n < 0"]),
    ("a handler named like a member of every object", "Set: (s) => ({ n: 1 })", "Set: (s) => ({ n: 2 })", ["--when", "state.n == 1"]),
    ("an error", "Set: () => { throw new Error('no such') }", "Set: (s) => s", ["--error"]),
    ("a BigInt", "Set: (s) => ({ n: 5n })", "Set: (s) => ({ n: 5 })", ["--error"]),
    ("a state that contains itself", "Set: (s) => { s.self = s; return s; }", "Set: (s) => s", ["--error"]),
    ("a Date", "Set: (s, e) => ({ at: new Date(e.time) })", "Set: (s, e) => ({ at: e.time })", ["--error"]),
    ("the clock", "Set: (s) => ({ at: Date.now() })", "Set: (s, e) => ({ at: e.time })", ["--error"]),
    ("random", "Set: (s) => ({ n: Math.random() })", "Set: (s) => ({ n: 4 })", ["--error"]),
    ("what node has and models have not", "Set: () => ({ id: crypto.randomUUID() })", "Set: (s) => s", ["--error"]),
    ("a zone of time", "Set: (s, e) => ({ hour: new Date(e.time).getHours() })", "Set: (s) => ({ hour: 'none' })",
     ["--when", "state.hour == 12"]),
    ("a copy", "Set: (s) => ({ ...structuredClone(s), n: -1 })", "Set: (s) => structuredClone({ ...s, n: 1 })", ["--when", "state.n < 0"]),
    ("a stack without end", "Set: function f(s) { return f(s); }", "Set: (s) => s", ["--error"]),
    ("an invariant", "Set: (s) => ({ n: 3 })", "Set: (s) => ({ n: 1 })", ["--invariant", "small"]),
    ("an invariant that says why", "Set: (s) => ({ m: 3 })", "Set: (s) => ({ m: 1 })", ["--invariant", "told"]),
    ("an invariant that throws", "Set: (s) => ({ o: null })", "Set: (s) => ({ o: {} })", ["--invariant", "throws"]),
    ("an invariant of two states", "Set: (s) => ({ k: (s.k ?? 1) - 1 })", "Set: (s) => ({ k: (s.k ?? 1) + 1 })",
     ["--invariant", "grows"]),
]
MODEL = """
export const entities = {
  thing: {
    initial: () => ({}),
    evolve: { HANDLERS },
    invariants: {
      small: (state) => (state.n ?? 0) < 3 && 1,
      told: (state) => ((state.m ?? 0) < 3 ? "" : "too large"),
      throws: (state) => state.o === undefined || state.o.x !== 1,
      grows: (state, previous) => (state.k ?? 0) >= (previous.k ?? 0),
    },
  },
};
"""
ODD_ID = "a\nb%2F\u2028"


def events():
    for n, kind in enumerate(["Born", "constructor", "Set", "Noted", "Add", "Set"]):
        payload = {"n": n, "large": 12345678901234567890, "1": "b", "0": "a", "__proto__": {"x": 1}, "text": "\u2028*/`${1}`"}
        for id in ("8", ODD_ID):
            yield {"topic": "t", "partition": 0, "key": id, "value": json.dumps({"type": kind, "id": id, **payload}),
                   "headers": [["hindcast-category", "thing"], ["hindcast-id", id], ["hindcast-type", kind]], "timestamp": 1600000000000 + n}


def run_by_node(test):
    zone = {**os.environ, "TZ": "Asia/Tokyo"}
    done = subprocess.run(["node", "--test", test], capture_output=True, text=True, timeout=60, env=zone)
    return done.returncode, done.stdout + done.stderr


def main():
    if not shutil.which("node") or not (Path(cli_program()).parent / "hindcast-script").exists():
        print("node or hindcast-script is not here: the tests that reduce writes are not run")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        dump = folder / "events.jsonl"
        dump.write_text("".join(json.dumps(each) + "\n" for each in events()))
        workspace = Workspace(folder, "things")
        workspace.import_files(dump)
        for name, faulty, sound, asked in CASES:
            model = folder / "a model #1.mjs"
            test = folder / "it.test.mjs"
            for entity in ("thing/8", "thing/" + ODD_ID):
                model.write_text(MODEL.replace("HANDLERS", faulty))
                cli("reduce", workspace.path, entity, *asked, "--model", model, "--format", "js", "--out", test)
                code, said = run_by_node(test)
                assert code == 1 and "ERR_ASSERTION" in said, (name, entity, said, test.read_text())
                model.write_text(MODEL.replace("HANDLERS", sound))
                code, said = run_by_node(test)
                assert code == 0 and "# pass 1" in said, (name, entity, said, test.read_text())
        model = folder / "a.projection.js"
        model.write_text("fromAll().when({ $any: () => { throw new Error('no'); } });")
        expect_one_line_error(cli("reduce", workspace.path, "thing/8", "--error", "--model", model, "--format", "js", expect=(1, 2)),
                              "module")
    print(f"{len(CASES)} kinds of faults, told by tests that fail as long as they are there")


if __name__ == "__main__":
    main()
