"""Hindcast as its users' scripts see it: hindcast-cli run as a program, its answers as Python values."""

import decimal
import json
import operator
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from processes import ServerError, skip, wait_until

# How a file of client properties is handed over, where a single property is K=V.
PROPERTIES_FILE = "@{}"


def cli_program():
    program = os.environ.get("HINDCAST_CLI", "")
    if not program or not Path(program).exists():
        skip(f"hindcast-cli is not built (HINDCAST_CLI={program})")
    return program


class Answer:
    """What one run of hindcast-cli gave."""

    def __init__(self, arguments, code, out, errors, seconds):
        self.arguments, self.code, self.out, self.errors, self.seconds = arguments, code, out, errors, seconds

    def json(self):
        return json.loads(self.out)

    def json_lines(self, exact=False):
        """exact: numbers as Decimals, so that none is rounded on the way here."""
        numbers = {"parse_float": decimal.Decimal, "parse_int": decimal.Decimal} if exact else {}
        return [json.loads(line, **numbers) for line in self.out.split("\n") if line.strip()]

    def error_lines(self):
        return [line for line in self.errors.splitlines() if line.strip()]

    def __str__(self):
        return (
            f"hindcast-cli {' '.join(self.arguments)}\n  exit {self.code} after {self.seconds:.1f} s\n"
            f"  stdout: {self.out[:2000]}\n  stderr: {self.errors[-2000:]}"
        )


def cli(*arguments, expect=(0,), timeout=300, **process):
    """Runs hindcast-cli to its end; AssertionError with all it said where the exit code is none of those expected. `process` goes
    to subprocess.run: another user, limits."""
    arguments = [str(each) for each in arguments]
    began = time.monotonic()
    try:
        done = subprocess.run(
            [cli_program(), *arguments], capture_output=True, timeout=timeout, stdin=subprocess.DEVNULL, **process
        )
    except subprocess.TimeoutExpired as error:
        said = (error.stderr or b"").decode(errors="replace")[-1000:]
        raise AssertionError(f"hindcast-cli {' '.join(arguments)}: no end within {timeout} s; it said: {said}") from None
    answer = Answer(
        arguments,
        done.returncode,
        done.stdout.decode(errors="replace"),
        done.stderr.decode(errors="replace"),
        time.monotonic() - began,
    )
    assert expect is None or answer.code in expect, f"expected exit {expect}:\n{answer}"
    return answer


class Running:
    """hindcast-cli that goes on: a tail, or an ingest to be killed."""

    def __init__(self, *arguments):
        self._errors = tempfile.TemporaryFile()
        self._child = subprocess.Popen(
            [cli_program(), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._errors
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            print(f"--- hindcast-cli's last words:\n{self.errors()[-2000:]}", flush=True)
        if self.alive():
            self._child.kill()
        self._child.wait()

    def alive(self):
        return self._child.poll() is None

    def errors(self):
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def kill(self):
        self._child.send_signal(signal.SIGKILL)
        self._child.wait()

    def pause(self):
        self._child.send_signal(signal.SIGSTOP)

    def go_on(self):
        self._child.send_signal(signal.SIGCONT)

    def pause_when(self, condition, seconds=60):
        """Runs it in short steps, with rests between them, until the condition holds; it stands paused then. So it is met midway
        however fast this machine is. False: it came to its end before."""
        end = time.monotonic() + seconds
        while self.alive():
            assert time.monotonic() < end, f"not within {seconds} s; it said: {self.errors()}"
            time.sleep(0.02)
            self.pause()
            if condition():
                return True
            time.sleep(0.1)
            self.go_on()
        return False

    def wait(self, seconds=120):
        """Its exit code."""
        return self._child.wait(seconds)

    @property
    def process_id(self):
        return self._child.pid

    def interrupt(self, seconds=30):
        """Ctrl-C; returns the exit code. A tail ends in good order on it."""
        self._child.send_signal(signal.SIGINT)
        return self._child.wait(seconds)


class Workspace:
    def __init__(self, folder, name="workspace"):
        self.path = Path(folder) / f"{name}.hindcast"
        self._last_info = None

    def ingest(self, kafka_or_brokers, topic, *more, expect=(0,), timeout=300, until="end"):
        brokers = getattr(kafka_or_brokers, "bootstrap", kafka_or_brokers)
        return cli("ingest", self.path, *self.ingest_arguments(brokers, topic, until), *more, expect=expect, timeout=timeout)

    def start(self, command, *arguments):
        return Running(command, self.path, *arguments)

    def start_ingest(self, kafka, topic, *more, until="end"):
        return Running("ingest", self.path, *self.ingest_arguments(kafka.bootstrap, topic, until), *more)

    @staticmethod
    def ingest_arguments(brokers, topic, until):
        topics = [topic] if isinstance(topic, str) else topic
        named = [word for each in topics for word in ("--topic", each)]
        return ["--brokers", brokers, *named, "--from", "earliest", "--until", until, "--json"]

    def import_files(self, *files, format=None, mapping=None, stream=None, expect=(0,), timeout=120):
        options = {"--format": format, "--mapping": mapping, "--stream": stream}
        named = [word for name, value in options.items() if value is not None for word in (name, value)]
        return cli("import", self.path, *files, *named, "--json", expect=expect, timeout=timeout)

    def demo(self, *more):
        return cli("demo", self.path, "--json", *more)

    def info(self):
        return cli("info", self.path, "--json").json()

    def event_count(self):
        """How many events are stored; 0 where there is no workspace yet, or one that is just being made."""
        if not self.path.exists():
            return 0
        self._last_info = cli("info", self.path, "--json", expect=None)
        return count_in(self._last_info.json(), "events") if self._last_info.code == 0 else 0

    def events(self, *entity):
        """As `events` prints them, by topic, partition, epoch and offset; where a record came from is left out."""
        found = cli("events", self.path, *entity, "--json").json_lines()
        for each in found:
            del each["position"]["source"]
        place = operator.itemgetter("topic", "partition", "offset")
        return found if entity else sorted(found, key=lambda each: (each["position"].get("epoch", 0), *place(each["position"])))

    def wait_for_events(self, count, seconds=60, alive=None):
        def enough():
            held = self.event_count()
            return held if held >= count else 0

        try:
            return wait_until(enough, seconds, f"{count} events in the workspace", every=0.2, alive=alive)
        except ServerError as error:
            raise AssertionError(f"{error}; info says:\n{self._last_info}") from None

    def records(self):
        """Every stored record, as `export --format records` writes it, by topic, partition and offset."""
        out = self.path.with_suffix(".export.jsonl")
        out.unlink(missing_ok=True)
        cli("export", self.path, "--out", out, "--format", "records")
        with open(out, encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines]
        out.unlink()
        return sorted(found, key=lambda each: (each["topic"], each["partition"], each["offset"]))

    def entities(self):
        return sorted(cli("entities", self.path, "--json").json_lines(), key=lambda each: json.dumps(each, sort_keys=True))

    def state(self, entity, *more, expect=(0,)):
        return cli("state", self.path, entity, "--json", *more, expect=expect)

    def states(self, category, *more, exact=False):
        """{entity: its answer}"""
        return {each["entity"]: each for each in cli("states", self.path, category, "--json", *more).json_lines(exact)}

    def categories(self):
        return sorted(self.info()["categories"])


def count_in(info, what):
    """info's number of events (or rejects): a number, or an object that holds one as `count` or `total`."""
    value = info[what]
    if isinstance(value, dict):
        value = value.get("count", value.get("total"))
    assert isinstance(value, int), f"info --json gives no number of {what}: {info}"
    return value


def payload_of(record):
    value = record.get("value", record.get("payload"))
    return json.loads(value) if isinstance(value, str) else value


def expect_each_seq_once(records, count):
    """The numbered events 0 … count-1, each exactly once."""
    seen = [payload_of(each)["seq"] for each in records]
    missing = sorted(set(range(count)) - set(seen))
    assert len(seen) == count, f"{len(seen)} records for {count} events; missing {len(missing)}: {missing[:5]}"
    assert not missing, f"missing {len(missing)} events: {missing[:5]}; so others came twice"


def expect_same_workspaces(one, other, model=None):
    """Nothing that can be asked for tells the two apart. `model` folds what is no table row, where only one of the two has models
    of its own."""
    mine, theirs = one.records(), other.records()
    assert len(mine) == len(theirs), f"{len(mine)} records here, {len(theirs)} there"
    differing = [pair for pair in zip(mine, theirs) if pair[0] != pair[1]]
    assert not differing, f"{len(differing)} records differ, the first: {differing[0]}"
    expect_same_views(one, other, model)


def states_anywhere(workspace, category, options):
    """The states without the name of the source that the last event came from: a dump holds the same records as its cluster."""
    states = workspace.states(category, "--with-deleted", *options)
    for answer in states.values():
        answer["event"]["position"].pop("source")
    return states


def expect_same_views(one, other, model=None):
    """The same entities, counts, rejects and states."""
    assert one.entities() == other.entities(), "the entities or their counts differ"
    mine, theirs = one.info(), other.info()
    for count in ("records", "events", "entities", "without_entity", "rejects"):
        assert count_in(mine, count) == count_in(theirs, count), f"{count}: {mine[count]} here, {theirs[count]} there"
    assert mine["types"] == theirs["types"], f"the events' types differ: {mine['types']} here, {theirs['types']} there"
    for category in one.categories():
        options = ("--model", model) if model and "." not in category else ()
        mine, theirs = states_anywhere(one, category, options), states_anywhere(other, category, options)
        assert mine, f"no states of {category}"
        differing = [name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name)]
        assert not differing, f"{len(differing)} states of {category} differ, such as {differing[0]}"


def expect_no_trace(kafka):
    """The broker knows no group and no committed offset, and holds no topic that was not there before (asking for a group's
    coordinator alone makes __consumer_offsets)."""
    assert kafka.list_groups() == [], f"groups: {kafka.list_groups()}"
    assert "__consumer_offsets" not in kafka.topics(), f"the broker was made to create __consumer_offsets: {kafka.topics()}"
    assert kafka.committed_offsets() == {}


def expect_one_line_error(answer, *words):
    """Exit 1 and one line on stderr that holds one of the alternatives of each word."""
    lines = answer.error_lines()
    assert len(lines) == 1, f"expected one line on stderr:\n{answer}"
    for alternatives in words:
        assert any(each in lines[0].lower() for each in alternatives.split("|")), f"no {alternatives!r} in the error:\n{answer}"
