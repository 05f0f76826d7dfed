"""A real Apache Kafka broker (KRaft, one node) for tests: in a folder of its own, on free ports of 127.0.0.1, gone with
the test. Topics are never made by asking for them (auto.create.topics.enable=false), so a client that would create one
is found out.

    with KafkaServer() as kafka:
        kafka.create_topic("orders", partitions=6)
        kafka.produce("orders", ((b"user-1", b'{"seq":1}') for _ in range(10)))
        run([..., "--brokers", kafka.bootstrap])
        assert not kafka.list_groups() and not kafka.committed_offsets()

Needs the jars of pom.xml (HINDCAST_SERVERS_DIR) and, for everything but starting and stopping, the Python package
confluent-kafka."""

import base64
import json
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

from processes import (
    LOG4J,
    Process,
    Server,
    ServerError,
    free_ports,
    is_listening,
    java_command,
    servers_dir,
    skip,
    wait_until,
    write_properties,
)

USERS = {"reader": "reader-secret", "admin": "admin-secret"}
CONSUMER_OFFSETS = "__consumer_offsets"


class KafkaServer(Server):
    """start, stop, kill, pause and resume may be called in any order and as often as one likes; the data and the ports
    stay the same until close."""

    warns = "the broker"

    def __init__(self, directory=None, security=False, properties=None, version=""):
        """`version`: "" is the newest there is, "kafka-3.9" the older one beside it."""
        self._jars = servers_dir() / version
        self._own_directory = directory is None
        self.directory = Path(directory or tempfile.mkdtemp(prefix="hindcast-kafka-"))
        self.directory.mkdir(parents=True, exist_ok=True)
        self.security = security
        self.log = self.directory / "server.log"
        self._extra = dict(properties or {})
        self._process = None
        names = ["plain", "controller"] + (["sasl", "ssl", "mtls", "saslssl"] if security else [])
        self.ports = dict(zip(names, free_ports(len(names))))
        self._formatted = False

    # -- where it is ---------------------------------------------------------------------------------------------

    @property
    def bootstrap(self):
        return f"127.0.0.1:{self.ports['plain']}"

    @property
    def bootstrap_sasl(self):
        """SASL_PLAINTEXT, mechanism PLAIN; the users are USERS."""
        return f"127.0.0.1:{self.ports['sasl']}"

    @property
    def bootstrap_ssl(self):
        """SSL with a certificate of ca_file's authority."""
        return f"localhost:{self.ports['ssl']}"

    @property
    def bootstrap_mtls(self):
        """SSL that asks for a client certificate: client_certificate, client_key."""
        return f"localhost:{self.ports['mtls']}"

    @property
    def bootstrap_saslssl(self):
        return f"localhost:{self.ports['saslssl']}"

    @property
    def ca_file(self):
        return self.directory / "tls" / "ca.pem"

    @property
    def client_certificate(self):
        return self.directory / "tls" / "client.crt"

    @property
    def client_key(self):
        return self.directory / "tls" / "client.key"

    # -- its life --------------------------------------------------------------------------------------------------

    def start(self, seconds=90):
        if self._process and self._process.alive():
            return
        if not self._formatted:
            self._format()
        self._process = Process(
            java_command(
                self._jars,
                "kafka.Kafka",
                self.directory / "server.properties",
                properties=[f"log4j2.configurationFile={self.directory}/log4j2.xml"],
            ),
            self.log,
            cwd=self.directory,
        )
        try:
            wait_until(
                lambda: "Kafka Server started" in self._process.output() and is_listening(self.ports["plain"]),
                seconds,
                "Kafka to start",
                alive=self._process.alive,
            )
        except ServerError as error:
            lines = self._process.output().splitlines()
            telling = [each for each in lines if " ERROR " in each or "Exception" in each][:10] + lines[-10:]
            raise ServerError("\n".join([str(error), *telling])) from None

    def stop(self):
        """An orderly end (SIGTERM)."""
        if self._process:
            self._process.stop()

    def kill(self):
        """SIGKILL: what was not yet written is lost, as when the machine fails."""
        if self._process:
            self._process.kill()

    def pause(self):
        """SIGSTOP: connections stay open, nothing answers."""
        self._process.signal(signal.SIGSTOP)

    def resume(self):
        self._process.signal(signal.SIGCONT)

    def restart(self):
        self.stop()
        self.start()

    def close(self):
        self.stop()
        if self._own_directory:
            shutil.rmtree(self.directory, ignore_errors=True)

    # -- what it holds ---------------------------------------------------------------------------------------------

    def client_properties(self):
        return {"bootstrap.servers": self.bootstrap}

    def admin(self):
        """To be kept in a variable until its answers are in: they fail when it is collected."""
        return _confluent().admin.AdminClient(self.client_properties())

    def create_topic(self, name, partitions=1, config=None):
        new_topic = _confluent().admin.NewTopic(name, num_partitions=partitions, replication_factor=1, config=config or {})
        admin = self.admin()
        for future in admin.create_topics([new_topic], operation_timeout=30).values():
            future.result(60)
        wait_until(
            lambda: len(admin.list_topics(name, timeout=10).topics[name].partitions) == partitions,
            30,
            f"topic {name} to be there",
        )

    def delete_topic(self, name):
        admin = self.admin()
        for future in admin.delete_topics([name], operation_timeout=30).values():
            future.result(60)

    def delete_records_before(self, topic, offsets):
        """Moves the beginning of partitions, as retention does: {partition: offset}."""
        at = [_confluent().TopicPartition(topic, partition, offset) for partition, offset in offsets.items()]
        admin = self.admin()
        for future in admin.delete_records(at).values():
            future.result(60)

    def topics(self):
        return sorted(self.admin().list_topics(timeout=15).topics)

    def end_offsets(self, topic):
        """{partition: the offset the next record gets}"""
        admin = self.admin()
        latest = _confluent().admin.OffsetSpec.latest()
        partitions = admin.list_topics(topic, timeout=15).topics[topic].partitions
        asked = admin.list_offsets({_confluent().TopicPartition(topic, each): latest for each in partitions})
        return {at.partition: future.result(30).offset for at, future in asked.items()}

    def produce(self, topic, records, **properties):
        """records: (key, value) or dicts with key, value, headers, partition, timestamp. Returns how many; raises where one
        was not acknowledged."""
        producer = _confluent().Producer(
            {
                **self.client_properties(),
                "linger.ms": 20,
                "batch.num.messages": 10000,
                "enable.idempotence": True,
                "log_level": 3,
                **properties,
            }
        )
        failed = []
        count = 0

        def delivered(error, _message):
            if error is not None:
                failed.append(str(error))

        for record in records:
            if not isinstance(record, dict):
                record = {"key": record[0], "value": record[1]}
            while True:
                try:
                    producer.produce(topic, on_delivery=delivered, **record)
                    break
                except BufferError:
                    producer.poll(0.1)
            count += 1
            if count % 1000 == 0:
                producer.poll(0)
        left = producer.flush(60)
        if left or failed:
            raise ServerError(f"{left} records not delivered, {len(failed)} refused: {failed[:3]}")
        return count

    def consume_all(self, topic, isolation="read_committed"):
        """Every record up to the end as it is now: (partition, offset, key, value). Not for use before the broker is asked
        what a client left behind: this reader has a group id, for which the broker makes __consumer_offsets."""
        ends = {partition: end for partition, end in self.end_offsets(topic).items() if end > 0}
        consumer = self._reader({"isolation.level": isolation, "enable.partition.eof": True})
        found = []
        last_arrival = time.monotonic()
        try:
            consumer.assign([_confluent().TopicPartition(topic, each, _confluent().OFFSET_BEGINNING) for each in ends])
            open_partitions = set(ends)
            while open_partitions:
                batch = consumer.consume(10000, timeout=0.3)
                if batch:
                    last_arrival = time.monotonic()
                elif time.monotonic() - last_arrival > 30:
                    raise ServerError(f"{topic}: nothing more came, partitions {sorted(open_partitions)} not at their end")
                for message in batch:
                    if message.error() is None:
                        found.append((message.partition(), message.offset(), message.key(), message.value()))
                    elif message.error().code() == _confluent().KafkaError._PARTITION_EOF:
                        open_partitions.discard(message.partition())
                    else:
                        raise ServerError(str(message.error()))
        finally:
            consumer.close()
        return found

    def limit_clients(self, bytes_per_second):
        """How fast the broker serves any one client that reads (its own quota): time to act in the middle of a read."""
        done = subprocess.run(
            java_command(
                self._jars, "kafka.admin.ConfigCommand", "--bootstrap-server", self.bootstrap, "--alter",
                "--entity-type", "clients", "--entity-default", "--add-config", f"consumer_byte_rate={bytes_per_second}",
            ),
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerError(f"the quota was refused: {done.stdout} {done.stderr}")

    def allow_only(self, topic, user):
        """Everybody else who logs in is refused at this topic (needs security=True)."""
        acl = _confluent().admin
        rule = acl.AclBinding(
            acl.ResourceType.TOPIC, topic, acl.ResourcePatternType.LITERAL,
            f"User:{user}", "*", acl.AclOperation.ALL, acl.AclPermissionType.ALLOW,
        )  # fmt: skip
        admin = self.admin()
        for future in admin.create_acls([rule]).values():
            future.result(30)

    # -- what clients left behind ----------------------------------------------------------------------------------

    def list_groups(self):
        """The ids of every group the broker knows, of the old and the new protocol, whatever their state."""
        errors = []
        for _ in range(6):  # a broker that hung a while ago may swallow a question while it finds its place again
            admin = self.admin()
            try:
                listed = admin.list_consumer_groups(request_timeout=10).result(30)
            except _confluent().KafkaException as error:
                errors = [error]
                continue
            if not listed.errors:
                return sorted(each.group_id for each in listed.valid)
            errors = listed.errors
        raise ServerError(str(errors))

    def committed_offsets(self):
        """{group: [(topic, partition)…]} of every offset commit there ever was, read from the broker's own log of them, so
        that what was deleted or has expired since is found too. Empty also where that log was never begun."""
        if CONSUMER_OFFSETS not in self.topics():
            return {}
        commits = {}
        for _, _, key, _ in self.consume_all(CONSUMER_OFFSETS):
            (version,) = struct.unpack_from(">h", key)
            if version not in (0, 1):  # 2 and above: the group itself
                continue
            group, at = _text(key, 2)
            topic, at = _text(key, at)
            (partition,) = struct.unpack_from(">i", key, at)
            commits.setdefault(group, []).append((topic, partition))
        return commits

    def has_committed_offsets(self, group=None):
        commits = self.committed_offsets()
        return bool(commits if group is None else commits.get(group))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _reader(self, properties=None):
        return _confluent().Consumer(
            {
                **self.client_properties(),
                "group.id": "hindcast-tests-own-reader",  # the client wants one; assigning explicitly, it is never used
                "enable.auto.commit": False,
                "enable.auto.offset.store": False,
                **(properties or {}),
            }
        )

    def _format(self):
        (self.directory / "log4j2.xml").write_text(LOG4J)
        if self.security:
            make_certificates(self.directory / "tls")
        properties = write_properties(self.directory / "server.properties", self._properties())
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # What the tool prints names the stored keys: it goes nowhere.
        scram = [
            word
            for name, password in (USERS.items() if self.security else ())
            for word in ("--add-scram", f"SCRAM-SHA-512=[name={name},password={password}]")
        ]
        formatted = subprocess.run(
            java_command(
                self._jars, "kafka.tools.StorageTool", "format", "-c", properties, "-t", f"h{cluster[1:]}", "--standalone", *scram
            ),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        if formatted.returncode != 0:
            raise ServerError("Kafka's storage could not be formatted: " + formatted.stderr.decode(errors="replace")[-2000:])
        self._formatted = True

    def _properties(self):
        listeners = {"PLAINTEXT": ("plain", "127.0.0.1", "PLAINTEXT"), "CONTROLLER": ("controller", "127.0.0.1", "PLAINTEXT")}
        properties = {
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.bootstrap.servers": f"127.0.0.1:{self.ports['controller']}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": self.directory / "data",
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": 1,
            "offsets.topic.num.partitions": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "transaction.state.log.num.partitions": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            "share.coordinator.state.topic.num.partitions": 1,
            "group.initial.rebalance.delay.ms": 0,
            "broker.session.timeout.ms": 3000,
            "broker.heartbeat.interval.ms": 500,
            "message.max.bytes": 20971520,
            "replica.fetch.max.bytes": 20971520,
            "log.retention.ms": -1,
            "quota.window.num": 2,  # limit_clients bites within two seconds
        }
        if self.security:
            tls = self.directory / "tls"
            listeners |= {
                "SASL": ("sasl", "127.0.0.1", "SASL_PLAINTEXT"),
                "SSL": ("ssl", "localhost", "SSL"),
                "MTLS": ("mtls", "localhost", "SSL"),
                "SASLSSL": ("saslssl", "localhost", "SASL_SSL"),
            }
            users = "".join(f' user_{name}="{password}"' for name, password in USERS.items())
            login = f"org.apache.kafka.common.security.plain.PlainLoginModule required{users};"
            scram_login = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
            properties |= {
                "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-512",
                "listener.name.sasl.scram-sha-512.sasl.jaas.config": scram_login,
                "listener.name.saslssl.scram-sha-512.sasl.jaas.config": scram_login,
                "listener.name.sasl.plain.sasl.jaas.config": login,
                "listener.name.saslssl.plain.sasl.jaas.config": login,
                "ssl.keystore.type": "PEM",
                "ssl.keystore.location": tls / "server.pem",
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": tls / "ca.pem",
                "listener.name.mtls.ssl.client.auth": "required",
                "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found": "true",
                "super.users": "User:ANONYMOUS;User:admin",
            }
        properties |= {
            "listeners": ",".join(f"{name}://127.0.0.1:{self.ports[port]}" for name, (port, _, _) in listeners.items()),
            "advertised.listeners": ",".join(
                f"{name}://{host}:{self.ports[port]}" for name, (port, host, _) in listeners.items()
            ),
            "listener.security.protocol.map": ",".join(f"{name}:{kind}" for name, (_, _, kind) in listeners.items()),
        }
        return properties | self._extra


def make_certificates(folder):
    """An authority, a server's certificate for localhost and 127.0.0.1, a client's; PEM, keys in PKCS8."""
    folder.mkdir(parents=True, exist_ok=True)

    def openssl(*arguments):
        done = subprocess.run(["openssl", *map(str, arguments)], cwd=folder, capture_output=True)
        if done.returncode != 0:
            raise ServerError(f"openssl {arguments[0]}: " + done.stderr.decode(errors="replace"))

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", "/CN=Hindcast test authority",
            "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    (folder / "client.ext").write_text("extendedKeyUsage=clientAuth\n")
    for name in ("server", "client"):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN=hindcast-test-{name}",
                "-keyout", f"{name}.key", "-out", f"{name}.csr")  # fmt: skip
        openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", 2,
                "-extfile", f"{name}.ext", "-out", f"{name}.crt")  # fmt: skip
        (folder / f"{name}.pem").write_text((folder / f"{name}.key").read_text() + (folder / f"{name}.crt").read_text())


def numbered_events(count, users=1000, first=0):
    """The events most tests write: (key, value) with seq = first, first+1, … spread over users, about 200 bytes each."""
    types = ("UserRegistered", "AddressChanged", "OrderPlaced", "OrderPaid", "OrderShipped")
    for seq in range(first, first + count):
        user = f"user-{seq % users}"
        event = {
            "event_type": types[0] if seq < users else types[1 + seq // users % 4],
            "user_id": user,
            "seq": seq,
            "timestamp": 1767225600000 + seq * 37,
            "amount": seq % 997 / 4,
            "address": {"street": f"{seq % 89} Harbour Road", "city": ("Bergen", "Porto", "Galway")[seq % 3]},
            "note": "x" * 40,
        }
        yield user.encode(), json.dumps(event, separators=(",", ":")).encode()


def _text(data, at):
    (length,) = struct.unpack_from(">h", data, at)
    return data[at + 2 : at + 2 + length].decode(), at + 2 + length


def _confluent():
    try:
        import confluent_kafka
        import confluent_kafka.admin
    except ImportError:
        skip("no Python package confluent-kafka: packaging/test makes an environment that has it")
    return confluent_kafka
