"""A seeded workload of PostgreSQL as Debezium published it: with the messages up to each checkpoint's LSN every table equals
PostgreSQL's own rows, whether the topics are read as one partition or spread over six, and however the lines are interleaved."""

import json
import tempfile
from collections import Counter
from pathlib import Path

from column_types import (
    array_of,
    as_boolean,
    as_bytes,
    as_date,
    as_double,
    as_integer,
    as_interval,
    as_json,
    as_number,
    as_rounded_number,
    as_text,
    as_time,
    as_timestamp,
    as_zoned_timestamp,
    declared_row,
)
from hindcast import Workspace, cli_program, count_in
from samples import exact, read_lines, sample, spread, write_lines

# {table: (key columns, {column: type})}
TABLES = {
    "customers": (
        ["id"],
        {"id": as_integer, "first_name": as_text, "last_name": as_text, "email": as_text, "phone": as_text},
    ),
    "products": (["id"], {"id": as_integer, "name": as_text, "description": as_text, "weight": as_double}),
    "orders": (
        ["id"],
        {"id": as_integer, "order_date": as_date, "purchaser": as_integer, "quantity": as_integer, "product_id": as_integer},
    ),
    "line_items": (
        ["order_id", "line_no"],
        {"order_id": as_integer, "line_no": as_integer, "sku": as_text, "price": as_number},
    ),
    "everything": (
        ["k"],
        {
            "k": as_text,
            "big": as_integer,
            "sm": as_integer,
            "num": as_number,
            "anynum": as_rounded_number,
            "r": as_double,
            "d": as_double,
            "b": as_boolean,
            "ts": as_timestamp,
            "tstz": as_zoned_timestamp,
            "dt": as_date,
            "tm": as_time,
            "iv": as_interval,
            "by": as_bytes,
            "js": as_json,
            "u": as_text,
            "ia": array_of(as_integer),
            "ta": array_of(as_text),
            "m": as_text,
            "ch": as_text,
            "doc": as_text,
        },
    ),
    "nokey": ([], {"a": as_integer, "b": as_text}),
}
WITHOUT_ENTITY = ("plain.transaction", "plain.message", "__debezium-heartbeat.plain")


def expected_tables(tables):
    """{entity: row}; the table without a key is one entity, the multiset of its rows."""
    expected = {}
    for table, (key, columns) in TABLES.items():
        rows = [(row, declared_row(columns, row)) for row in tables[table]]
        if key:
            expected[table] = {f"inventory.{table}/" + ",".join(str(row[name]) for name in key): declared for row, declared in rows}
            assert len(expected[table]) == len(rows), table
        else:
            expected[table] = {f"inventory.{table}/*": Counter(declared for _, declared in rows)}
    return expected


def rebuilt_tables(workspace, *when):
    rebuilt = {}
    for table, (key, columns) in TABLES.items():
        states = workspace.states(f"inventory.{table}", *when, exact=True)
        if key:
            rebuilt[table] = {entity: declared_row(columns, answer["state"]) for entity, answer in states.items()}
            continue
        rebuilt[table] = {}
        for entity, answer in states.items():
            rows = Counter()
            for each in answer["state"]["rows"].values():
                rows[declared_row(columns, each["row"])] += int(each["count"])
            rebuilt[table][entity] = rows
    return rebuilt


def expect_tables(rebuilt, expected, what):
    for table in TABLES:
        mine, theirs = rebuilt[table], expected[table]
        missing, extra = sorted(theirs.keys() - mine.keys()), sorted(mine.keys() - theirs.keys())
        assert not missing and not extra, f"{what}, {table}: {len(missing)} rows missing {missing[:3]}, {len(extra)} too many {extra[:3]}"
        for entity, row in theirs.items():
            if mine[entity] == row:
                continue
            if isinstance(row, Counter):
                raise AssertionError(f"{what}, {entity}: too many {mine[entity] - row}, too few {row - mine[entity]}")
            told = [f"{n}: {a!r}, PostgreSQL has {b!r}" for n, a, b in zip(TABLES[table][1], mine[entity], row) if a != b]
            raise AssertionError(f"{what}, {entity}: {'; '.join(told)}")


def lives(workspace):
    """What does not depend on where the records lay: {entity: (version, of, time, last type, alive, state)}, the dead included."""
    found = {}
    for table in TABLES:
        for entity, each in workspace.states(f"inventory.{table}", "--with-deleted", exact=True).items():
            last = (each["version"], each["of"], each["time"], each["event"]["type"], each["alive"])
            found[entity] = (*last, json.dumps(each["state"], default=str, sort_keys=True))
    return found


def lsn_of(record):
    source = (json.loads(record["value"]).get("source") if record["value"] else None) or {}
    return source.get("lsn")


def database_time(record):
    return json.loads(record["value"])["source"]["ts_us"]


def records_before(records, lsn):
    """The messages with a smaller LSN, and those without one that precede the first that has not."""
    end = next((at for at, each in enumerate(records) if lsn_of(each) is not None and lsn_of(each) >= lsn), len(records))
    assert all(lsn_of(each) is None or lsn_of(each) >= lsn for each in records[end:])
    return end


def bring_in(folder, name, lines, records):
    workspace = Workspace(folder, name)
    workspace.import_files(write_lines(Path(folder) / f"{name}.jsonl", lines), format="records")
    info = workspace.info()
    assert count_in(info, "records") == len(records), f"{count_in(info, 'records')} of {len(records)} records are stored"
    assert count_in(info, "rejects") == 0, f"{count_in(info, 'rejects')} rejects"
    apart = sum(each["topic"] in WITHOUT_ENTITY for each in records)
    assert count_in(info, "without_entity") == apart, f"{count_in(info, 'without_entity')} records of no entity, {apart} expected"
    return workspace


cli_program()
lines = read_lines(sample("cdc-debezium-generated", "plain.jsonl"))
checkpoints = exact(sample("cdc-debezium-generated", "expected-tables.json").read_text())["checkpoints"]
records = [json.loads(line) for line in lines]
assert len(checkpoints) == 4

with tempfile.TemporaryDirectory() as folder:
    for number, checkpoint in enumerate(checkpoints):
        cut = records_before(records, checkpoint["lsn"])
        expected = expected_tables(checkpoint["tables"])
        single = bring_in(folder, f"single-{number}", lines[:cut], records[:cut])
        expect_tables(rebuilt_tables(single), expected, f"one partition, {checkpoint['label']}")
        whole = lives(single)
        for seed in (number, 100 + number):
            pieces = spread(records[:cut], 6, seed, shuffled=seed < 100)
            six = bring_in(folder, f"six-{seed}", map(json.dumps, pieces), pieces)
            expect_tables(rebuilt_tables(six), expected, f"six partitions, {checkpoint['label']}")
            apart = lives(six)
            assert apart.keys() == whole.keys(), apart.keys() ^ whole.keys()
            for entity, life in whole.items():
                assert apart[entity] == life, f"{entity}: {life} in one partition, {apart[entity]} in six"
        print(f"{checkpoint['label']}: {sum(map(len, expected.values()))} rows equal after {cut} messages, {len(whole)} lives alike")

    # The same tables as of the instant of each checkpoint, within the whole log.
    for checkpoint in checkpoints[:-1]:
        cut = records_before(records, checkpoint["lsn"])
        last = max(database_time(each) for each in records[:cut] if lsn_of(each) is not None)
        assert all(database_time(each) > last for each in records[cut:] if lsn_of(each) is not None)
        for workspace in (single, six):
            expect_tables(rebuilt_tables(workspace, "--time", last), expected_tables(checkpoint["tables"]), f"as of {last}")
        print(f"as of {last}: equal within the whole log")
