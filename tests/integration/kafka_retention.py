"""What retention takes before it could be read is missing, and every state that it may have belonged to says so: whether it
happened between two runs or under a tail that was too slow."""

import tempfile

from hindcast import Workspace, cli_program, expect_no_trace
from kafka_server import KafkaServer, numbered_events

USERS = 10


def expect_whole(workspace):
    answer = workspace.state("user-3").json()
    assert answer["complete"] is True, answer


def expect_gap(workspace, words):
    answer = workspace.state("user-3").json()
    assert answer["complete"] is False and words in answer["because"], answer
    print(f"  {answer['because']}")


cli_program()
with KafkaServer() as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity")
    sent = 0

    def send(count):
        global sent
        sent += kafka.produce("activity", numbered_events(count, users=USERS, first=sent))

    send(1000)
    between, under = Workspace(folder, "between"), Workspace(folder, "under")
    between.ingest(kafka, "activity")
    expect_whole(between)

    with under.start_ingest(kafka, "activity", until="never") as tail:
        under.wait_for_events(sent, alive=tail.alive)
        tail.pause()
        send(4000)
        kafka.delete_records_before("activity", {0: 4500})
        tail.go_on()
        # What had been sent to the sleeping tail already comes in; the rest before 4500 is gone.
        under.wait_for_events(1500, alive=tail.alive)
        send(10)
        under.wait_for_events(1510, alive=tail.alive)
        assert tail.interrupt() in (0, 3, 130), tail.errors()
    offsets = [each["offset"] for each in under.records()]
    assert offsets == sorted(set(offsets)) and offsets[-1] == sent - 1, (len(offsets), offsets[-3:])
    missing = sorted(set(range(sent)) - set(offsets))
    assert missing and missing == list(range(missing[0], 4500)), (missing[:3], missing[-3:])
    print(f"{len(missing)} events were gone before the tail came to them")
    expect_gap(under, f"activity/0 lacks offsets {missing[0]:_} to 4_499".replace("_", " "))

    between.ingest(kafka, "activity")
    assert between.event_count() == 1000 + sent - 4500, between.event_count()
    expect_gap(between, "activity/0 lacks offsets 1 000 to 4 499")

    # Retention that takes what has been read already takes nothing from anybody.
    whole = Workspace(folder, "whole")
    kafka.create_topic("kept")
    kafka.produce("kept", numbered_events(100, users=USERS))
    whole.ingest(kafka, "kept")
    kafka.delete_records_before("kept", {0: 50})
    whole.ingest(kafka, "kept")
    answer = whole.state("user-3").json()
    assert answer["complete"] is True, answer
    expect_no_trace(kafka)
print("the gaps are known")
