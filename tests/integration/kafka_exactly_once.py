"""200,000 events in six partitions come in exactly once, a second run adds nothing, and the broker keeps no trace of us."""

import tempfile

from hindcast import Workspace, cli_program, count_in, expect_each_seq_once, expect_no_trace
from kafka_server import KafkaServer, numbered_events

EVENTS = 200_000
USERS = 1000

cli_program()
with KafkaServer() as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=6)
    kafka.produce("activity", numbered_events(EVENTS, users=USERS))
    ends = kafka.end_offsets("activity")
    assert sum(ends.values()) == EVENTS and min(ends.values()) > 0, ends

    workspace = Workspace(folder)
    first = workspace.ingest(kafka, "activity")
    print(f"ingest: {first.seconds:.1f} s; it says: {first.out.strip()[-300:]}")
    info = workspace.info()
    assert count_in(info, "events") == EVENTS, info
    assert count_in(info, "rejects") == 0, info

    records = workspace.records()
    expect_each_seq_once(records, EVENTS)
    positions = {(each["partition"], each["offset"]) for each in records}
    assert positions == {(partition, offset) for partition, end in ends.items() for offset in range(end)}

    entities = workspace.entities()
    assert len(entities) == USERS, f"{len(entities)} entities for {USERS} users, such as {entities[:2]}"

    workspace.ingest(kafka, "activity")
    assert workspace.event_count() == EVENTS, "a second run added events"
    assert workspace.records() == records, "a second run changed what is stored"

    expect_no_trace(kafka)
    assert kafka.topics() == ["activity"], kafka.topics()
    assert kafka.end_offsets("activity") == ends, "something was produced"
print("exactly once")
