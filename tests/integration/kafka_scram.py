"""SCRAM against a broker that every librdkafka can log in to by it: Kafka 3.9, which is also the oldest one tried."""

import tempfile

from hindcast import Workspace, cli_program, count_in, expect_no_trace, expect_one_line_error
from kafka_server import USERS, KafkaServer, numbered_events

EVENTS = 500


def options(password):
    properties = {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": "reader",
        "sasl.password": password,
    }
    return [word for name, value in properties.items() for word in ("--property", f"{name}={value}")]


cli_program()
with KafkaServer(security=True, version="kafka-3.9") as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=2)
    kafka.produce("activity", numbered_events(EVENTS))
    workspace = Workspace(folder, "scram")
    workspace.ingest(kafka.bootstrap_sasl, "activity", *options(USERS["reader"]))
    held = count_in(workspace.info(), "events")
    assert held == EVENTS, f"{held} events"
    refused = Workspace(folder, "refused").ingest(kafka.bootstrap_sasl, "activity", *options("wrong-secret"), expect=(1,))
    expect_one_line_error(refused, "authenticat")
    expect_no_trace(kafka)
print("read by SCRAM, and refused with another password")
