"""A tail goes on when the broker is stopped and started again, when it dies, and when it hangs; nothing comes twice."""

import tempfile
import time

from hindcast import Workspace, cli_program, expect_each_seq_once, expect_no_trace
from kafka_server import KafkaServer, numbered_events

BATCH = 5000

cli_program()
with KafkaServer() as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=3)
    workspace = Workspace(folder)
    sent = kafka.produce("activity", numbered_events(BATCH))

    def send_more():
        global sent
        sent += kafka.produce("activity", numbered_events(BATCH, first=sent))
        began = time.monotonic()
        workspace.wait_for_events(sent, 120, alive=tail.alive)
        print(f"{sent} events after {time.monotonic() - began:.1f} s")

    with workspace.start_ingest(kafka, "activity", until="never") as tail:
        workspace.wait_for_events(sent, 60, alive=tail.alive)
        send_more()

        kafka.stop()
        time.sleep(3)  # long enough for the client to try in vain
        assert tail.alive(), "the tail ended when the broker was stopped"
        assert workspace.event_count() == sent, "what had come in is not there while the broker is away"
        kafka.start()
        send_more()

        kafka.kill()
        kafka.start()
        send_more()

        kafka.pause()
        time.sleep(3)
        assert tail.alive(), "the tail ended when the broker hung"
        kafka.resume()
        send_more()

        time.sleep(1)
        assert workspace.event_count() == sent, f"{workspace.event_count()} events stored, {sent} sent"
        code = tail.interrupt()
        assert code in (0, 3, 130), f"the tail ended on Ctrl-C with exit {code}: {tail.errors()[-500:]}"

    expect_each_seq_once(workspace.records(), sent)
    workspace.ingest(kafka, "activity")
    assert workspace.event_count() == sent, "reading again after the tail added events"
    expect_no_trace(kafka)
print("the tail went on")
