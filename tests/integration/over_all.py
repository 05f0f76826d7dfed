"""Questions to all entities on the command line: the first time that something holds, two models beside each other, an audit. What
they answer is held against a fold made here, in Python."""

import json
import random
import tempfile
from pathlib import Path

from hindcast import Workspace, cli, cli_program
from samples import write_lines

MAPPING = {
    "topic": "*",
    "envelope": "plain",
    "entities": [{"category": {"from": "value", "at": "/category"}, "id": {"from": "value", "at": "/id"}}],
    "type": {"from": "value", "at": "/type"},
    "time": {"from": "value", "at": "/at"},
}
RULES = {
    "entity": "*",
    "initial": {"balance": 0},
    "on": {"Deposited": [{"add": "/balance", "value": {"at": "/amount"}}], "Drawn": [{"set": "/drawn", "value": {"at": "/amount"}}]},
}
OTHER = {**RULES, "on": {**RULES["on"], "Drawn": [{"set": "/drawn", "value": {"at": "/amount"}}, {"add": "/draws", "value": {"const": 1}}]}}


def lines(count):
    chance = random.Random(5)
    for n in range(count):
        yield {
            "category": "account" if n % 4 else "vault",
            "id": f"a{chance.randrange(300)}",
            "type": chance.choice(["Deposited", "Drawn", "Noted"]),
            "amount": chance.randrange(1000),
            "at": f"2025-01-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}Z",
        }


def naive_first(events, holds):
    """{entity: version} by a fold of the balance."""
    states, first = {}, {}
    for event in events:
        entity = f"{event['category']}/{event['id']}"
        version, balance = states.get(entity, (0, 0))
        if event["type"] == "Deposited":
            balance += event["amount"]
        states[entity] = (version + 1, balance)
        if holds(balance) and entity not in first:
            first[entity] = version + 1
    return first


def expect_first(workspace, rules, events):
    answer = cli("first", workspace.path, "--when", "state.balance > 2500", "--model", rules, "--json")
    found = {each["entity"]: each for each in answer.json_lines()}
    expected = naive_first(events, lambda balance: balance > 2500)
    assert {entity: each["version"] for entity, each in found.items()} == expected, f"{len(found)} for {len(expected)}"
    assert expected
    for each in found.values():
        values = each["values"]["/balance"]
        assert values["before"] <= 2500 < values["after"] and each["event"]["type"] == "Deposited", each
        assert each["complete"] is True and each["event"]["position"]["offset"] >= 0
    entity, version = next(iter(expected.items()))
    one = cli("first", workspace.path, entity, "--when", "state.balance > 2500", "--model", rules, "--json").json_lines()
    assert [each["version"] for each in one] == [version]
    state = workspace.state(entity, "--version", str(version), "--model", str(rules)).json()
    assert state["state"]["balance"] == found[entity]["values"]["/balance"]["after"]
    some = cli("first", workspace.path, "--when", "state.balance > 2500", "--model", rules, "--category", "vault", "--json")
    assert {each["entity"] for each in some.json_lines()} == {each for each in expected if each.startswith("vault/")}
    never = cli("first", workspace.path, entity, "--when", "state.balance < 0", "--model", rules, "--json", expect=(1,))
    assert never.out == "" and "never holds" in never.errors, f"{never}"
    plain = cli("first", workspace.path, "--when", "state.balance > 2500", "--model", rules)
    assert len(plain.out.splitlines()) == len(expected) and "/balance" in plain.out, f"{plain}"


def expect_words_for_wrong_expressions(workspace):
    answer = cli("first", workspace.path, "--when", "state.balance > > 3", expect=(2,))
    said = answer.errors.splitlines()
    assert answer.out == "" and len(said) == 3 and said[1] == "  state.balance > > 3", f"{answer}"
    assert said[2].strip(" ^") == "" and said[2].index("^") >= 2 + len("state.balance > "), f"{answer}"
    answer = cli("first", workspace.path, "--when", 'type == "Depositde"', "--json")
    assert "no event of this workspace has the type Depositde; did you mean Deposited?" in answer.errors, f"{answer}"
    assert answer.out == ""
    answer = cli("first", workspace.path, "--when", 'payload.amount == "12"', "--json")
    assert answer.out == "" and "payload.amount" in answer.errors, f"{answer}"
    answer = cli("first", workspace.path, "--when", "true", "--category", "acount", expect=(1,))
    assert "account" in answer.errors and answer.out == "", f"{answer}"


def expect_compared(workspace, rules, other, events):
    same = cli("compare-models", workspace.path, rules, rules, "--json")
    assert same.out == "", f"{same}"
    found = {each["entity"]: each for each in cli("compare-models", workspace.path, rules, other, "--json").json_lines()}
    expected, versions = {}, {}
    for event in events:
        entity = f"{event['category']}/{event['id']}"
        versions[entity] = versions.get(entity, 0) + 1
        if event["type"] == "Drawn":
            expected.setdefault(entity, versions[entity])
    assert {entity: each["version"] for entity, each in found.items()} == expected
    assert all([(change["op"], change["path"]) for change in each["changes"]] == [("add", "/draws")] for each in found.values())


def naive_states(events, until):
    """{entity: (version, balance, last Drawn amount)} as of an instant."""
    states = {}
    for event in events:
        if event["at"] > until:
            continue
        entity = f"{event['category']}/{event['id']}"
        version, balance, drawn = states.get(entity, (0, 0, None))
        if event["type"] == "Deposited":
            balance += event["amount"]
        if event["type"] == "Drawn":
            drawn = event["amount"]
        states[entity] = (version + 1, balance, drawn)
    return states


def found_by(answer):
    return {each["entity"]: each for each in answer.json_lines()}


def expect_states_searched(workspace, rules, events):
    for until in ("2025-01-01T00:40:00Z", "2025-01-01T23:00:00Z"):
        states = naive_states(events, until)
        ask = ["entities", workspace.path, "--at", until, "--model", rules]
        expected = {entity: state for entity, state in states.items() if state[1] > 2500}
        found = found_by(cli(*ask, "--where", "state.balance > 2500", "--json"))
        assert {entity: each["version"] for entity, each in found.items()} == {e: s[0] for e, s in expected.items()}, until
        assert all(each["found"] == [{"pointer": "/balance", "value": expected[e][1]}] for e, each in found.items())
        assert all(each["alive"] and each["complete"] and each["of"] >= each["version"] for each in found.values())
        amount = next(drawn for _, _, drawn in states.values() if drawn is not None)
        found = found_by(cli(*ask, "--contains", f"{amount}.00", "--json"))
        places = {e: [p for p, v in (("/balance", b), ("/drawn", d)) if v == amount] for e, (_, b, d) in states.items()}
        assert {e: [p["pointer"] for p in each["found"]] for e, each in found.items()} == {e: p for e, p in places.items() if p}
        everyone = found_by(cli(*ask, "--json"))
        assert everyone.keys() == states.keys()
        some = found_by(cli(*ask, "--match", "a1", "--category", "vault", "--json"))
        assert some.keys() == {e for e in states if e.startswith("vault/") and "a1" in e.split("/")[1]} and some
    plain = cli("entities", workspace.path, "--where", 'type == "Noted"', "--limit", "3")
    assert len(plain.out.splitlines()) == 3 and "Noted" in plain.out, f"{plain}"
    one = cli("state", workspace.path, entity := next(iter(found)), "--time", until, "--model", rules, "--json").json()
    assert one["version"] == found[entity]["version"]


def expect_failures_told(workspace, folder):
    """Exit 3: the states that were looked into lack what the model failed at."""
    failing = folder / "failing.json"
    failing.write_text(json.dumps({**RULES, "on": {**RULES["on"], "Noted": [{"add": "/balance", "value": {"at": "/type"}}]}}))
    answer = cli("entities", workspace.path, "--where", "state.balance >= 0", "--model", failing, "--json", expect=(3,))
    assert "the model failed at" in answer.errors, f"{answer}"
    assert any(each.get("failed_events", 0) > 0 for each in answer.json_lines())


def expect_words_for_wrong_searches(workspace, rules):
    answer = cli("entities", workspace.path, "--where", "state.balance >", expect=(2,))
    assert answer.out == "" and len(answer.errors.splitlines()) == 3, f"{answer}"
    answer = cli("entities", workspace.path, "--contains", " ", expect=(2,))
    assert "nothing" in answer.errors and answer.out == "", f"{answer}"
    answer = cli("entities", workspace.path, "--where", "state.balanse > 1", "--model", rules, "--json")
    assert answer.out == "" and "nothing stands at state.balanse" in answer.errors, f"{answer}"
    answer = cli("entities", workspace.path, "--where", 'state.balance == "12"', "--model", rules, "--json")
    assert answer.out == "" and "entities hold number at state.balance" in answer.errors, f"{answer}"
    answer = cli("entities", workspace.path, "--where", "true", "--match", "nobody", expect=(1,))
    assert "no entity matches nobody" in answer.errors, f"{answer}"
    answer = cli("entities", workspace.path, "--at", "yesterdayish", expect=(2,))
    assert answer.out == "", f"{answer}"


def expect_rules_for_their_own_category(workspace, folder):
    rules = folder / "vault.json"
    rules.write_text(json.dumps({**RULES, "entity": "vault"}))
    answer = cli("entities", workspace.path, "--where", "state.balance >= 0", "--model", rules, "--json")
    assert answer.json_lines() and all(each["entity"].startswith("vault/") for each in answer.json_lines())
    assert "account passed over: the set rules have nothing for account" in answer.errors, f"{answer}"
    state = workspace.state("account/a1", "--model", rules, expect=(1,))
    assert "they are for vault" in state.errors, f"{state}"


def expect_audited(workspace, rules):
    nothing = cli("audit", workspace.path, "--model", rules, "--json", expect=(1,))
    assert "invariants" in nothing.errors and nothing.out == "", f"{nothing}"
    twice = cli("audit", workspace.path, "--model", rules, "--determinism", "--json")
    assert twice.out == "", f"{twice}"


def main():
    cli_program()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        mapping = folder / "mapping.json"
        mapping.write_text(json.dumps(MAPPING))
        rules, other = folder / "rules.json", folder / "other.json"
        rules.write_text(json.dumps(RULES))
        other.write_text(json.dumps(OTHER))
        events = list(lines(6000))
        workspace = Workspace(folder)
        workspace.import_files(write_lines(folder / "accounts.jsonl", [json.dumps(each) for each in events]), mapping=mapping)
        expect_first(workspace, rules, events)
        expect_words_for_wrong_expressions(workspace)
        expect_states_searched(workspace, rules, events)
        expect_failures_told(workspace, folder)
        expect_words_for_wrong_searches(workspace, rules)
        expect_compared(workspace, rules, other, events)
        expect_audited(workspace, rules)
        expect_rules_for_their_own_category(workspace, folder)


if __name__ == "__main__":
    main()
