"""Logging in by properties, and what is said, in one line and in bounded time, where a cluster or a topic cannot be read."""

import socket
import tempfile
from pathlib import Path

from hindcast import PROPERTIES_FILE, Workspace, cli_program, count_in, expect_no_trace, expect_one_line_error
from kafka_server import USERS, KafkaServer, numbered_events
from processes import free_ports

EVENTS = 500
BOUND = 60  # seconds within which a question that gets no answer is given up


def sasl(user="reader", password=None, protocol="SASL_PLAINTEXT"):
    return {
        "security.protocol": protocol,
        "sasl.mechanism": "PLAIN",
        "sasl.username": user,
        "sasl.password": USERS[user] if password is None else password,
    }


def scram(**how):
    return {**sasl(**how), "sasl.mechanism": "SCRAM-SHA-512"}


def options(properties):
    return [word for name, value in properties.items() for word in ("--property", f"{name}={value}")]


cli_program()
with KafkaServer(security=True) as kafka, tempfile.TemporaryDirectory() as folder:
    kafka.create_topic("activity", partitions=2)
    kafka.produce("activity", numbered_events(EVENTS))
    kafka.create_topic("secret")
    kafka.produce("secret", numbered_events(3))
    kafka.allow_only("secret", "admin")
    made = 0

    def fresh():
        global made
        made += 1
        return Workspace(folder, f"workspace-{made}")

    def reads(what, brokers, arguments):
        workspace = fresh()
        workspace.ingest(brokers, "activity", *arguments, timeout=BOUND)
        held = count_in(workspace.info(), "events")
        assert held == EVENTS, f"{what}: {held} events"
        for file in Path(folder).glob(workspace.path.name + "*"):
            held = file.read_bytes()
            for password in USERS.values():
                assert password.encode() not in held, f"{what}: the password stands in {file.name}"
        print(f"{what}: read")

    def refused(what, brokers, topic, arguments, *words):
        answer = fresh().ingest(brokers, topic, *arguments, expect=(1,), timeout=BOUND)
        print(f"{what} ({answer.seconds:.1f} s): {answer.errors.strip()}")
        expect_one_line_error(answer, *words)
        for password in (*USERS.values(), "wrong-secret"):
            assert password not in answer.errors + answer.out, f"{what}: the password is printed"

    tls = {"ssl.ca.location": kafka.ca_file}
    reads("SASL by properties", kafka.bootstrap_sasl, options(sasl()))
    file = Path(folder) / "client.properties"
    file.write_text("# as handed out by a platform team\n" + "".join(f"{k} = {v}\n" for k, v in sasl().items()))
    reads("SASL by a properties file", kafka.bootstrap_sasl, ["--property", PROPERTIES_FILE.format(file)])
    reads("TLS", kafka.bootstrap_ssl, options({"security.protocol": "SSL", **tls}))
    reads(
        "TLS with a client certificate",
        kafka.bootstrap_mtls,
        options(
            {
                "security.protocol": "SSL",
                **tls,
                "ssl.certificate.location": kafka.client_certificate,
                "ssl.key.location": kafka.client_key,
            }
        ),
    )
    reads("SASL over TLS", kafka.bootstrap_saslssl, options({**sasl(protocol="SASL_SSL"), **tls}))

    # librdkafka before 2.6.1 cannot log in by SCRAM to Kafka 4: then that is what is said.
    by_scram = fresh().ingest(kafka.bootstrap_sasl, "activity", *options(scram()), expect=(0, 1), timeout=BOUND)
    print(f"SCRAM: {by_scram.errors.strip() or 'read'}")
    if by_scram.code != 0:
        expect_one_line_error(by_scram, "authenticat", "2.6.1")
    refused("a wrong password by SCRAM", kafka.bootstrap_sasl, "activity", options(scram(password="wrong-secret")), "authenticat")
    refused("a wrong password", kafka.bootstrap_sasl, "activity", options(sasl(password="wrong-secret")), "authenticat")
    refused("TLS with an unknown authority", kafka.bootstrap_ssl, "activity", options({"security.protocol": "SSL"}), "certificate|ssl|tls")
    refused("no right to a topic", kafka.bootstrap_sasl, "secret", options(sasl()), "secret", "authoriz|authoris|denied|not allowed")
    refused("a topic that is not there", kafka.bootstrap, "no-such-topic", [], "no-such-topic")
    assert "no-such-topic" not in kafka.topics(), "a topic was created by asking for it"

    (closed,) = free_ports(1)
    refused("a closed port", f"127.0.0.1:{closed}", "activity", [], f"127.0.0.1:{closed}")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        brokers = "127.0.0.1:%d" % silent.getsockname()[1]
        refused("a broker that accepts and never answers", brokers, "activity", [], brokers)
    refused("an address that does not resolve", "no-such-host.invalid:9092", "activity", [], "no-such-host.invalid")
    refused("a property that is none", kafka.bootstrap, "activity", ["--property", "no.such.property=1"], "no.such.property")

    kafka.pause()
    refused("a broker that hangs", kafka.bootstrap, "activity", [], kafka.bootstrap)
    kafka.resume()
    expect_no_trace(kafka)
print("let in where it should be, and told why where not")
