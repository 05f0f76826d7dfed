"""Captures of Kafka, PostgreSQL, Debezium and schema registries: each file imports without a reject, the tables' final rows are
those that each row's last change left, and what needs a schema registry is recognised rather than refused."""

import base64
import json
import tempfile
from collections import Counter

from hindcast import Workspace, cli, cli_program, count_in
from samples import exact, read_lines, sample

UNCHANGED = "__debezium_unavailable_value"
TABLES = ("all_types", "audit_nokey", "customers", "debezium_signal", "docs", "docs_full", "order_items", "orders")


def without_schema(document):
    return document["payload"] if isinstance(document, dict) and document.keys() == {"schema", "payload"} else document


def one_form(document):
    return json.dumps(document, sort_keys=True, default=str)


def expected_rows(records, table):
    """{entity: row} in the order of the log. A table without a key is one entity, the multiset of its rows."""
    rows, multiset = {}, Counter()
    keyless = all(record["key"] is None for record in records)
    for record in records:
        if record["value"] is None:
            continue
        envelope = without_schema(exact(record["value"]))
        operation, before, after = envelope["op"], envelope["before"], envelope["after"]
        if operation == "t":
            rows.clear()
            multiset.clear()
        elif keyless:
            multiset[one_form(before)] -= operation in "ud"
            multiset[one_form(after)] += operation != "d"
        else:
            key = without_schema(exact(record["key"]))
            entity = f"public.{table}/" + ",".join(str(each) for each in key.values())
            known = rows.pop(entity, {})
            if operation != "d":
                rows[entity] = {
                    name: known[name] if value == UNCHANGED and name in known else value for name, value in after.items()
                }
    if keyless:
        return {f"public.{table}/*": +multiset}
    return {entity: one_form(row) for entity, row in rows.items()}


def rebuilt_rows(workspace, category):
    rebuilt = {}
    for entity, answer in workspace.states(category, exact=True).items():
        assert answer["version"] == answer["of"] and answer["complete"], answer
        state = answer["state"]
        if entity.endswith("/*"):
            rebuilt[entity] = Counter({one_form(each["row"]): int(each["count"]) for each in state["rows"].values()})
        else:
            rebuilt[entity] = one_form(state)
    return rebuilt


def needs_registry(record):
    """Confluent's wire format (a zero byte, a schema id) around something else than JSON."""
    value = base64.b64decode(record.get("value_b64") or "")
    return value[:1] == b"\0" and value[5:6] != b"{"


cli_program()
files = sorted(sample("kafka-captures").glob("*.jsonl"))
captured = {file: [json.loads(line) for line in read_lines(file)] for file in files}
assert len(files) == 60 and sum(map(len, captured.values())) == 462, f"{len(files)} files, {sum(map(len, captured.values()))} records"

with tempfile.TemporaryDirectory() as scratch:
    everything = Workspace(scratch, "everything")
    everything.import_files(*files)
    assert count_in(everything.info(), "records") == 462 and count_in(everything.info(), "rejects") == 0, everything.info()
    rows = opaque = 0
    for file, records in captured.items():
        workspace = Workspace(scratch, file.stem)
        answer = workspace.import_files(file)
        summary = answer.json()
        assert summary["rejects"] == 0 and summary["records"] == summary["stored"] == len(records), f"{file.name}:\n{answer}"
        info = workspace.info()
        assert count_in(info, "records") == count_in(info, "events") == len(records), f"{file.name}: {info}"
        assert sum(info["types"].values()) == len(records), f"{file.name}: {info['types']}"
        assert {part["topic"] for part in info["parts"]} == {file.stem}, f"{file.name}: {info['parts']}"
        capture, table = file.stem.split(".")[0], file.stem.split(".")[-1]

        if capture in ("plain", "schemas") and table in TABLES:
            expected = expected_rows(records, table)
            rebuilt = rebuilt_rows(workspace, f"public.{table}")
            assert rebuilt == expected, f"{file.name}: rebuilt {rebuilt}\nexpected {expected}"
            rows += len(expected)
            # Beside other captures of a table by that name, the server's name tells them apart.
            apart = rebuilt_rows(everything, f"{capture}.public.{table}")
            assert apart == {f"{capture}.{entity}": row for entity, row in expected.items()}, f"{file.name}: {apart}"
        if "heartbeat" in capture or (table == "transaction" and capture != "dbzavro"):
            assert count_in(info, "without_entity") == len(records) and not workspace.entities(), f"{file.name}: {info}"

        for event, record in zip(cli("events", workspace.path, "--json").json_lines(), records, strict=True):
            assert "reject" not in event, event
            if needs_registry(record):
                schema = int.from_bytes(base64.b64decode(record["value_b64"])[1:5], "big")
                assert f"schema id {schema}" in event["decoded_as"] and "needs a registry" in event["decoded_as"], event
                assert event["payload"] is None and event.get("entity"), event
                opaque += 1
    assert opaque == 5 + 5 + 3 + 7 + 9 + 1 + 2 + 4, opaque
    print(f"{len(files)} files without a reject; {rows} final rows equal; {opaque} records wait for a registry")
