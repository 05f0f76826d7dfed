"""The test servers themselves, without Hindcast: an independent client (kcat) reads what was written, by every way in; groups
and commits are found out; a row's life arrives from PostgreSQL."""

import json
import shutil
import subprocess

from kafka_server import USERS, KafkaServer, numbered_events
from postgres_debezium import DebeziumConnector, PostgresServer
from processes import skip

if not shutil.which("kcat"):
    skip("kcat is not installed")


def kcat(brokers, *arguments, **properties):
    options = [word for name, value in properties.items() for word in ("-X", f"{name.replace('_', '.')}={value}")]
    done = subprocess.run(["kcat", "-q", "-b", brokers, *options, *arguments], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode().splitlines()


with KafkaServer(security=True) as kafka:
    kafka.create_topic("t", partitions=3, config={"retention.ms": "-1"})
    assert kafka.produce("t", numbered_events(1000)) == 1000
    read = ["-C", "-t", "t", "-e"]
    login = {"sasl_mechanism": "PLAIN", "sasl_username": "reader", "sasl_password": USERS["reader"]}
    lines = kcat(kafka.bootstrap, *read)
    assert sorted(json.loads(line)["seq"] for line in lines) == list(range(1000))
    assert len(kcat(kafka.bootstrap_sasl, *read, security_protocol="SASL_PLAINTEXT", **login)) == 1000
    assert len(kcat(kafka.bootstrap_ssl, *read, security_protocol="SSL", ssl_ca_location=kafka.ca_file)) == 1000
    assert len(kcat(kafka.bootstrap_saslssl, *read, security_protocol="SASL_SSL", ssl_ca_location=kafka.ca_file, **login)) == 1000
    certificate = {"ssl_certificate_location": kafka.client_certificate, "ssl_key_location": kafka.client_key}
    assert len(kcat(kafka.bootstrap_mtls, *read, security_protocol="SSL", ssl_ca_location=kafka.ca_file, **certificate)) == 1000
    assert kafka.topics() == ["t"] and kafka.list_groups() == [] and not kafka.has_committed_offsets()

    kcat(kafka.bootstrap, "-e", "-G", "a-group", "t", auto_offset_reset="earliest")
    assert kafka.list_groups() == ["a-group"], kafka.list_groups()
    assert kafka.has_committed_offsets("a-group") and not kafka.has_committed_offsets("another")

    ends = kafka.end_offsets("t")
    kafka.restart()
    kafka.kill()
    kafka.start()
    assert kafka.end_offsets("t") == ends
    kafka.delete_records_before("t", {0: 5})
    assert min(offset for partition, offset, _, _ in kafka.consume_all("t") if partition == 0) == 5

    with PostgresServer() as postgres:
        postgres.sql("CREATE TABLE pets (id int PRIMARY KEY, name text); INSERT INTO pets VALUES (1, NULL)")
        with DebeziumConnector(kafka, postgres) as debezium:
            debezium.wait_for_records("shop.public.pets", 1)
            postgres.sql("UPDATE pets SET name = 'Rex'")
            postgres.sql("DELETE FROM pets")
            debezium.wait_for_records("shop.public.pets", 4)
        assert postgres.rows("SELECT * FROM pets") == []
    envelopes = [json.loads(value) if value else None for _, _, _, value in kafka.consume_all("shop.public.pets")]
    assert [each and each["op"] for each in envelopes] == ["r", "u", "d", None], envelopes
print("the servers work")
