"""Two states compared by hindcast-cli: two versions of a life, two entities at versions of their own or at one moment."""

import json
import tempfile
from pathlib import Path

from hindcast import Workspace, cli, expect_one_line_error

MAPPING = {
    "topic": "*",
    "envelope": "plain",
    "entities": [{"category": {"const": "account"}, "id": {"from": "value", "at": "/id"}}],
    "type": {"from": "value", "at": "/type"},
    "time": {"from": "value", "at": "/at", "unit": "iso"},
}


def event(entity, type_, minute, **fields):
    return {"id": entity, "type": type_, "at": f"2025-11-06T11:{minute:02}:00Z", **fields}


EVENTS = [
    event("account-77", "Opened", 0, owner="Alice", balance=0),
    event("account-93", "Opened", 1, owner="Bob", balance=0, limit=100),
    event("account-77", "Deposited", 2, balance=50),
    event("account-93", "Deposited", 3, balance=11.5),
    event("account-77", "Withdrawn", 4, balance=28),
    event("account-93", "Closed", 5, balance=0, closed=True),
]


def make(folder):
    lines = folder / "events.jsonl"
    lines.write_text("".join(json.dumps(each) + "\n" for each in EVENTS))
    mapping = folder / "mapping.json"
    mapping.write_text(json.dumps(MAPPING))
    workspace = Workspace(folder, "bank")
    workspace.import_files(lines, mapping=mapping)
    return workspace


def diff(workspace, *arguments, expect=(0,)):
    return cli("diff", workspace.path, *arguments, "--json", expect=expect)


def operations(answer):
    """path: (old, new), of what differs between the two, but for what tells one event from another."""
    patch = answer.json()["patch"]
    return {each["path"]: (each.get("old"), each.get("value")) for each in patch if each["path"] not in ("/id", "/type", "/at")}


def two_versions_of_one_life_as_ever(workspace):
    told = diff(workspace, "account/account-77", 1, 3).json()
    assert "with" not in told and (told["from"], told["to"]) == (1, 3), told
    assert operations(diff(workspace, "account/account-77", 1, 3)) == {"/balance": (0, 28)}
    # Itself is no other.
    assert "with" not in diff(workspace, "account-77", 1, 3, "--with", "account-77").json()


def two_entities_at_versions_of_their_own(workspace):
    answer = diff(workspace, "account-77", 2, 1, "--with", "account/account-93")
    told = answer.json()
    assert (told["entity"], told["with"]) == ("account/account-77", "account/account-93"), told
    assert (told["from"], told["to"], told["complete"]) == (2, 1, True), told
    assert operations(answer) == {"/owner": ("Alice", "Bob"), "/balance": (50, 0), "/limit": (None, 100)}, answer


def two_entities_at_one_moment_or_at_two(workspace):
    moment = "2025-11-06T11:03:30Z"
    answer = diff(workspace, "account-77", moment, moment, "--with", "account-93")
    told = answer.json()
    assert (told["from"], told["to"]) == (2, 2), told
    assert operations(answer)["/balance"] == (50, 11.5)
    told = diff(workspace, "account-77", moment, "2025-11-06T11:10:00Z", "--with", "account-93").json()
    assert (told["from"], told["to"]) == (2, 3), told


def an_unborn_side_makes_the_other_all_new(workspace):
    told = diff(workspace, "account-77", 0, 1, "--with", "account-93").json()
    assert [(each["op"], each["path"]) for each in told["patch"]] == [("add", "")], told


def the_text_names_both(workspace):
    text = cli("diff", workspace.path, "account-77", 2, 1, "--with", "account-93").out
    assert text.startswith("account/account-77  v2 → account/account-93  v1\n"), text
    assert '~ /owner  "Alice" → "Bob"\n' in text, text


def what_is_not_there_is_said(workspace):
    answer = cli("diff", workspace.path, "account-77", 1, 1, "--with", "nobody", expect=(1,))
    expect_one_line_error(answer, "nobody")
    answer = cli("diff", workspace.path, "account-77", 1, 99, "--with", "account-93", expect=(1,))
    expect_one_line_error(answer, "99")


def a_model_that_fails_on_either_side_is_said(workspace, folder):
    rules = folder / "rules.json"
    rules.write_text(json.dumps({
        "entity": "account", "initial": {"owed": "nothing"},
        "on": {"Withdrawn": [{"add": "/owed", "value": {"const": 1}}], "*": [{"set": "/balance", "value": {"at": "/balance"}}]},
    }))
    for arguments in (["account-77", 3, 1, "--with", "account-93"], ["account-93", 1, 3, "--with", "account-77"]):
        answer = diff(workspace, *arguments, "--model", rules, expect=(3,))
        assert answer.json()["error"]["version"] == 3, answer
        expect_one_line_error(answer, "failed at version 3")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = make(folder)
        two_versions_of_one_life_as_ever(workspace)
        two_entities_at_versions_of_their_own(workspace)
        two_entities_at_one_moment_or_at_two(workspace)
        an_unborn_side_makes_the_other_all_new(workspace)
        the_text_names_both(workspace)
        what_is_not_there_is_said(workspace)
        a_model_that_fails_on_either_side_is_said(workspace, folder)
    print("two entities: ok")


if __name__ == "__main__":
    main()
