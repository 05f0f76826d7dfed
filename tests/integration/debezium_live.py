"""Rows of a live PostgreSQL, captured by Debezium: at every step the rebuilt states are the table's own rows."""

import tempfile

from hindcast import Workspace, cli_program, expect_no_trace
from kafka_server import KafkaServer
from postgres_debezium import DebeziumConnector, PostgresServer

TOPIC = "shop.public.customers"
CATEGORY = "public.customers"

cli_program()
with KafkaServer() as kafka, PostgresServer() as postgres, tempfile.TemporaryDirectory() as folder:
    postgres.sql(
        "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, credit numeric(12,2), active boolean, note text,"
        " big bigint, details jsonb)"
    )
    postgres.sql(
        "INSERT INTO customers VALUES (1, 'Ada', 10.50, true, NULL, 9223372036854775807, '{\"a\": [1, 2]}'),"
        " (2, 'Bob', 0, false, 'owes us', -1, NULL), (3, 'Cyd', NULL, NULL, 'ünïcode ✓', 0, '{}')"
    )

    def table():
        """{id: row}, columns as the connector is set to write them: decimals and jsonb as text."""
        rows = postgres.rows(
            "SELECT id, name, credit::text AS credit, active, note, big, details::text AS details FROM customers"
        )
        return {f"{CATEGORY}/{row['id']}": row for row in rows}

    workspace = Workspace(folder)
    sent = 0

    def bring_in(changes, records):
        """Runs statements that give so many records in Kafka, ingests them, and compares the whole table."""
        global sent
        for statement in changes:
            postgres.sql(statement)
        sent += records
        held = debezium.wait_for_records(TOPIC, sent)
        assert held == sent, f"{held} records in Kafka, {sent} expected"
        workspace.ingest(kafka, TOPIC)
        states = {entity: answer["state"] for entity, answer in workspace.states(CATEGORY).items()}
        assert states == table(), f"rebuilt: {states}\nPostgreSQL: {table()}"
        for entity, row in table().items():
            answer = workspace.state(entity).json()
            assert answer["state"] == row, f"{answer}\nPostgreSQL: {row}"
            assert answer["version"] == answer["of"], answer
        print(f"{len(states)} rows equal after {sent} records")

    def expect_gone(entity):
        answer = workspace.state(entity, expect=(0, 1))
        assert answer.code == 1 or answer.json()["state"] is None, f"{entity} lives on:\n{answer}"

    settings = {"decimal.handling.mode": "string"}
    with DebeziumConnector(kafka, postgres, properties=settings) as debezium:
        bring_in([], 3)  # the snapshot
        bring_in(["INSERT INTO customers VALUES (4, 'Dee', 1.10, true, '', 7, NULL)"], 1)
        bring_in(
            ["UPDATE customers SET name = 'Ada L', credit = credit + 0.01 WHERE id = 1", "UPDATE customers SET note = NULL WHERE id = 2"],
            2,
        )
        bring_in(["UPDATE customers SET id = 20 WHERE id = 2"], 3)  # a delete, its tombstone, a create
        expect_gone(f"{CATEGORY}/2")
        bring_in(["DELETE FROM customers WHERE id = 3"], 2)
        expect_gone(f"{CATEGORY}/3")
        bring_in(["INSERT INTO customers VALUES (3, 'Cyd again', 5, true, NULL, 1, NULL)"], 1)  # a new life
        bring_in(["BEGIN; UPDATE customers SET credit = 1; UPDATE customers SET credit = 2 WHERE id = 1; COMMIT"], 5)
        before = workspace.state(f"{CATEGORY}/1", "--version", 1).json()["state"]
        assert before["name"] == "Ada" and before["credit"] == "10.50" and before["big"] == 9223372036854775807, before

    assert kafka.list_groups() == []
    expect_no_trace(kafka)
print("the states are the rows")
