"""An ingest killed by SIGKILL midway, more than once, and resumed gives a workspace equal to one made in a single run."""

import tempfile

from hindcast import Workspace, cli_program, expect_each_seq_once, expect_no_trace, expect_same_workspaces
from kafka_server import KafkaServer, numbered_events
from processes import wait_until

EVENTS = 200_000
ROUNDS_AT_MOST = 12

cli_program()
with KafkaServer() as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=6)
    kafka.produce("activity", numbered_events(EVENTS))
    single = Workspace(folder, "single")
    single.ingest(kafka, "activity")
    expect_each_seq_once(single.records(), EVENTS)

    # About 50 MB in all: at this pace a run lasts some ten seconds.
    kafka.limit_clients(5_000_000)
    killed = Workspace(folder, "killed")
    cuts = []
    while len(cuts) < 3:
        assert len(cuts) < ROUNDS_AT_MOST
        before = killed.event_count()
        aim = before + EVENTS // 5
        with killed.start_ingest(kafka, "activity") as ingest:
            wait_until(lambda: not ingest.alive() or killed.event_count() >= aim, 120, f"{aim} events", every=0.02)
            if not ingest.alive():
                break
            ingest.kill()
        held = killed.event_count()
        print(f"killed at {held} of {EVENTS} events")
        assert held >= aim, f"{held} events after the kill, {aim} were there before it"
        if held >= EVENTS:
            break
        cuts.append(held)
    assert cuts, "the ingest came to its end before it could be killed"

    kafka.limit_clients(1_000_000_000)
    killed.ingest(kafka, "activity")
    expect_each_seq_once(killed.records(), EVENTS)
    expect_same_workspaces(single, killed)
    expect_no_trace(kafka)
print(f"equal after being killed at {cuts}")
