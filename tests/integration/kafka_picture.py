"""hindcast --screenshot draws a topic that is read into a workspace, and draws it again when the topic has nothing new."""

import os
import subprocess
import tempfile
from pathlib import Path

from hindcast import cli_program, expect_no_trace
from kafka_server import KafkaServer, numbered_events
from processes import skip

cli_program()
window = Path(os.environ["HINDCAST_BIN"]) / "hindcast"
if not window.exists():
    skip(f"{window} is not built")
with KafkaServer() as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=3)
    kafka.create_topic("empty", partitions=2)
    kafka.produce("activity", numbered_events(2000))
    for number, theme in enumerate(("light", "dark")):
        picture = Path(folder) / f"{number}.png"
        subprocess.run(
            [window, Path(folder) / "w.hindcast", "--brokers", kafka.bootstrap, "--topic", "activity", "--topic", "empty"]
            + ["--from", "earliest", "--entity", "user-7", "--theme", theme, "--screenshot", picture],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            check=True,
            timeout=60,
        )
        assert picture.stat().st_size > 20_000, picture.stat()
    expect_no_trace(kafka)
print("drawn twice")
