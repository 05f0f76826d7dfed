"""What every test server shares: free ports, child processes that never outlive their test, waiting, Java."""

import contextlib
import ctypes
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

SKIPPED = 77  # CTest's SKIP_RETURN_CODE


class ServerError(RuntimeError):
    pass


def skip(why):
    print(f"SKIPPED: {why}", flush=True)
    sys.exit(SKIPPED)


def free_ports(count):
    """Ports of 127.0.0.1 that nobody listens on, below the range that outgoing connections take theirs from."""
    held = []
    try:
        while len(held) < count:
            candidate = socket.socket()
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                candidate.bind(("127.0.0.1", random.randint(20000, 32000)))
            except OSError:
                candidate.close()
                continue
            held.append(candidate)
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()


def wait_until(condition, seconds, what, every=0.1, alive=None):
    """Calls condition until it gives something true and returns that; ServerError after so many seconds, or as soon as
    alive() says the process in question is gone."""
    end = time.monotonic() + seconds
    while True:
        result = condition()
        if result:
            return result
        if alive is not None and not alive():
            raise ServerError(f"the process ended while waiting for {what}")
        if time.monotonic() > end:
            raise ServerError(f"{what}: not within {seconds} s")
        time.sleep(every)


def is_listening(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def die_with_parent():
    """For preexec_fn: SIGKILL to the child when the thread that started it is gone, however it went."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Process:
    """One child process in a group of its own, its output in a file."""

    def __init__(self, arguments, log, **popen):
        self.log = Path(log)
        self._start_of_log = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as output:
            self._child = subprocess.Popen(
                [str(each) for each in arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,
                **popen,
            )

    @property
    def pid(self):
        return self._child.pid

    def alive(self):
        return self._child.poll() is None

    def output(self):
        """What it has printed since it was started."""
        with open(self.log, "rb") as log:
            log.seek(self._start_of_log)
            return log.read().decode(errors="replace")

    def signal(self, number):
        if self.alive():
            self._child.send_signal(number)

    def stop(self, seconds=20):
        """SIGTERM, and SIGKILL where that is not obeyed in time."""
        if self.alive():
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
            try:
                self._child.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._child.wait()


def servers_dir():
    """The folder with the servers' jars; skips the test where there is none."""
    folder = os.environ.get("HINDCAST_SERVERS_DIR", "")
    if not folder:
        skip("no test servers: packaging/test fetches them and names them in HINDCAST_SERVERS_DIR")
    if not any(Path(folder).glob("kafka_2.13-*.jar")):
        skip(f"no Kafka in HINDCAST_SERVERS_DIR ({folder}): packaging/test fetches it")
    return Path(folder)


def java_command(jars, main, *arguments, heap="256m", properties=()):
    return [
        os.environ.get("HINDCAST_TEST_JAVA", "java"),
        "-Xms64m",
        f"-Xmx{heap}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        *(f"-D{each}" for each in properties),
        "-cp",
        f"{jars}/*",
        main,
        *map(str, arguments),
    ]


LOG4J = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN">
  <Appenders><Console name="out"><PatternLayout pattern="%d{ISO8601} %p %c{1}: %m%n"/></Console></Appenders>
  <Loggers><Root level="INFO"><AppenderRef ref="out"/></Root></Loggers>
</Configuration>
"""


def print_troubles(log, whose):
    """What a Java server's log warns of, for the end of a failed test."""
    if log.exists():
        lines = log.read_text(errors="replace").splitlines()
        troubles = [line for line in lines if " WARN " in line or " ERROR " in line or "Exception" in line]
        print("\n".join([f"--- {whose} warned of {len(troubles)} things, the last:", *troubles[-8:]]), flush=True)


class Server:
    """What a test starts by `with`: closed after it, also where the start failed. A subclass has start(), close(), `log`, and
    in `warns` a name where the log is worth a look when a test has failed."""

    warns = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind, error, trace):
        if self.warns and kind is not None and not issubclass(kind, SystemExit):
            print_troubles(self.log, self.warns)
        self.close()


def write_properties(path, properties):
    path.write_text("".join(f"{name}={value}\n" for name, value in properties.items()))
    return path
