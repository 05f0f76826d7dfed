"""A real PostgreSQL with logical decoding, and Debezium in a Kafka Connect worker beside it, for tests.

    with KafkaServer() as kafka, PostgresServer() as postgres:
        postgres.sql("CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL)")
        with DebeziumConnector(kafka, postgres, topic_prefix="shop") as debezium:
            postgres.sql("INSERT INTO customers VALUES (1, 'Ada')")
            debezium.wait_for_records("shop.public.customers", 1)

PostgreSQL refuses to run as root: there, it runs as the user postgres."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from processes import (
    LOG4J,
    Process,
    Server,
    ServerError,
    free_ports,
    java_command,
    servers_dir,
    skip,
    wait_until,
    write_properties,
)


def postgres_programs():
    """The folder of initdb and postgres: the newest of Debian's, else what PATH has; skips where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    if not found:
        skip("no PostgreSQL server: packaging/test installs one")
    return Path(found).resolve().parent


class PostgresServer(Server):
    def __init__(self):
        self._programs = postgres_programs()
        self.directory = Path(tempfile.mkdtemp(prefix="hindcast-pg-"))
        self.log = self.directory / "postgres.log"
        (self.port,) = free_ports(1)
        self.password = "hindcast-test"
        self._process = None
        self._prefix = []
        if os.geteuid() == 0:
            try:
                account = pwd.getpwnam("postgres")
            except KeyError:
                skip("running as root and there is no user postgres for PostgreSQL to run as")
            os.chown(self.directory, account.pw_uid, account.pw_gid)
            self._prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]

    def start(self):
        if not (self.directory / "data").exists():
            password = self.directory / "password"
            password.write_text(self.password + "\n")
            password.chmod(0o644)
            done = subprocess.run(
                [*self._prefix, self._programs / "initdb", "-D", self.directory / "data", "-U", "postgres", "--no-sync",
                 "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale=C"],
                cwd=self.directory, capture_output=True,
            )  # fmt: skip
            if done.returncode != 0:
                raise ServerError("initdb: " + done.stderr.decode(errors="replace")[-2000:])
        self._process = Process(
            [*self._prefix, self._programs / "postgres", "-D", self.directory / "data", "-k", self.directory,
             "-h", "127.0.0.1", "-p", self.port, "-c", "wal_level=logical", "-c", "max_wal_senders=8",
             "-c", "max_replication_slots=8", "-c", "fsync=off", "-c", "log_min_messages=warning"],
            self.log, cwd=self.directory,
        )  # fmt: skip
        wait_until(self._ready, 30, "PostgreSQL to start", alive=self._process.alive)

    def stop(self):
        if self._process:
            # SIGINT is PostgreSQL's "fast shutdown": it does not wait for clients to go.
            self._process.signal(2)
            wait_until(lambda: not self._process.alive(), 20, "PostgreSQL to stop")

    def close(self):
        try:
            self.stop()
        except ServerError:
            self._process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def sql(self, text):
        """Runs statements as one transaction each; returns the rows of the last, as lists of texts (NULL is None)."""
        done = self._psql("-v", "ON_ERROR_STOP=1", "-At", "-F", "\x1f", "-P", "null=\x1e", "-c", text)
        if done.returncode != 0:
            raise ServerError(f"psql: {done.stderr.strip()}")
        lines = done.stdout.split("\n")[:-1]
        return [[None if cell == "\x1e" else cell for cell in line.split("\x1f")] for line in lines]

    def rows(self, query):
        """The rows of a query as PostgreSQL itself writes them as JSON."""
        return [json.loads(row[0]) for row in self.sql(f"SELECT row_to_json(each) FROM ({query}) each")]

    def _ready(self):
        return self._psql("-At", "-c", "SELECT 1").returncode == 0

    def _psql(self, *arguments):
        return subprocess.run(
            [self._programs / "psql", "-X", "-q", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", *arguments],
            env={**os.environ, "PGPASSWORD": self.password, "PGCLIENTENCODING": "UTF8"},
            capture_output=True, text=True, encoding="utf-8", timeout=60,
        )  # fmt: skip


class DebeziumConnector(Server):
    """ConnectStandalone with one Debezium connector on every table of schema public (or those of `tables`)."""

    warns = "the connector"

    def __init__(self, kafka, postgres, topic_prefix="shop", schemas=False, tables=None, properties=None):
        self._jars = servers_dir()
        self._kafka = kafka
        self.directory = Path(tempfile.mkdtemp(prefix="hindcast-debezium-"))
        self.log = self.directory / "connect.log"
        self.topic_prefix = topic_prefix
        self._process = None
        (rest,) = free_ports(1)
        (self.directory / "log4j2.xml").write_text(LOG4J)
        converter = {"": "org.apache.kafka.connect.json.JsonConverter", ".schemas.enable": str(schemas).lower()}
        self._worker = write_properties(
            self.directory / "worker.properties",
            {
                "bootstrap.servers": kafka.bootstrap,
                **{f"{part}.converter{name}": value for part in ("key", "value") for name, value in converter.items()},
                "offset.storage.file.filename": self.directory / "offsets",
                "offset.flush.interval.ms": 1000,
                "plugin.discovery": "service_load",
                "listeners": f"http://127.0.0.1:{rest}",
                "rest.advertised.host.name": "127.0.0.1",
            },
        )
        self._connector = write_properties(
            self.directory / "connector.properties",
            {
                "name": topic_prefix,
                "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
                "plugin.name": "pgoutput",
                "database.hostname": "127.0.0.1",
                "database.port": postgres.port,
                "database.user": "postgres",
                "database.password": postgres.password,
                "database.dbname": "postgres",
                "topic.prefix": topic_prefix,
                "slot.name": f"hindcast_{topic_prefix}",
                "publication.name": f"hindcast_{topic_prefix}",
                "slot.drop.on.stop": "true",
                "skipped.operations": "none",
                "topic.creation.default.replication.factor": 1,
                "topic.creation.default.partitions": 1,
                **({"table.include.list": ",".join(tables)} if tables else {"schema.include.list": "public"}),
                **(properties or {}),
            },
        )

    def start(self, seconds=90):
        """Returns when the connector has read what the database held before and follows its log (wait_for_records says
        when that has reached Kafka)."""
        self._process = Process(
            java_command(
                self._jars,
                "org.apache.kafka.connect.cli.ConnectStandalone",
                self._worker,
                self._connector,
                properties=[f"log4j2.configurationFile={self.directory}/log4j2.xml"],
            ),
            self.log,
            cwd=self.directory,
        )
        wait_until(
            lambda: "Processing messages" in self._process.output(), seconds, "Debezium to stream", alive=self._process.alive
        )

    def stop(self):
        if self._process:
            self._process.stop(30)

    def close(self):
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def wait_for_records(self, topic, count, seconds=60):
        """Until the topic holds that many records; returns how many it holds."""

        def enough():
            if topic not in self._kafka.topics():
                return 0
            held = sum(self._kafka.end_offsets(topic).values())
            return held if held >= count else 0

        return wait_until(enough, seconds, f"{count} records in {topic}", every=0.2, alive=self._process.alive)
