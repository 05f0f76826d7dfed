#!/usr/bin/env python3
"""Runs a command beside a real Kafka broker, and ends the broker after it:

    with-kafka.py [--security] [--topic NAME[:PARTITIONS]]… -- COMMAND ARG…

The command finds in its environment HINDCAST_TEST_BROKERS and, with --security, HINDCAST_TEST_BROKERS_SASL, _SSL, _MTLS,
_SASLSSL and HINDCAST_TEST_CA. Through HINDCAST_TEST_KAFKA_CONTROL, a Unix socket, it may ask for more: one line in, one
line of JSON out ({"ok": …} or {"error": …}). From a shell:

    with-kafka.py --ask REQUEST…       inside the command

Requests: stop, start, kill, pause, resume, topics, groups, committed, topic NAME PARTITIONS [CONFIG=VALUE]…,
ends TOPIC, produce TOPIC COUNT [FIRST-SEQ] (numbered events), put TOPIC KEY VALUE."""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import threading

from kafka_server import KafkaServer, numbered_events


def answer(kafka, words):
    verb, *rest = words
    if verb in ("stop", "start", "kill", "pause", "resume"):
        getattr(kafka, verb)()
        return True
    if verb == "topics":
        return kafka.topics()
    if verb == "groups":
        return kafka.list_groups()
    if verb == "committed":
        return kafka.committed_offsets()
    if verb == "topic":
        kafka.create_topic(rest[0], int(rest[1]), dict(each.split("=", 1) for each in rest[2:]))
        return True
    if verb == "ends":
        return kafka.end_offsets(rest[0])
    if verb == "produce":
        return kafka.produce(rest[0], numbered_events(int(rest[1]), first=int(rest[2]) if len(rest) > 2 else 0))
    if verb == "put":
        return kafka.produce(rest[0], [(rest[1].encode(), " ".join(rest[2:]).encode())])
    raise ValueError(f"unknown request {verb!r}")


def serve(kafka, listener):
    while True:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw", encoding="utf-8") as stream:
            for line in stream:
                try:
                    reply = {"ok": answer(kafka, line.split())}
                except Exception as error:  # whatever it was, the asker is told
                    reply = {"error": f"{type(error).__name__}: {error}"}
                stream.write(json.dumps(reply) + "\n")
                stream.flush()


def ask(words):
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(os.environ["HINDCAST_TEST_KAFKA_CONTROL"])
        stream = connection.makefile("rw", encoding="utf-8")
        stream.write(" ".join(words) + "\n")
        stream.flush()
        reply = json.loads(stream.readline())
    if "error" in reply:
        sys.exit(reply["error"])
    print(json.dumps(reply["ok"]))


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--security", action="store_true")
    parser.add_argument("--topic", action="append", default=[])
    parser.add_argument("--ask", nargs="+")
    parser.add_argument("command", nargs="*")
    options = parser.parse_args()
    if options.ask:
        return ask(options.ask)
    if not options.command:
        parser.error("no command")

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the broker is ended too
    with KafkaServer(security=options.security) as kafka:
        for topic in options.topic:
            name, _, partitions = topic.partition(":")
            kafka.create_topic(name, int(partitions or 1))
        control = kafka.directory / "control"
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(control))
        listener.listen()
        # One thread for as long as we live: the broker's life is bound to that of the thread that started it.
        threading.Thread(target=serve, args=(kafka, listener), daemon=True).start()

        environment = {**os.environ, "HINDCAST_TEST_BROKERS": kafka.bootstrap, "HINDCAST_TEST_KAFKA_CONTROL": str(control)}
        if options.security:
            environment |= {
                "HINDCAST_TEST_BROKERS_SASL": kafka.bootstrap_sasl,
                "HINDCAST_TEST_BROKERS_SSL": kafka.bootstrap_ssl,
                "HINDCAST_TEST_BROKERS_MTLS": kafka.bootstrap_mtls,
                "HINDCAST_TEST_BROKERS_SASLSSL": kafka.bootstrap_saslssl,
                "HINDCAST_TEST_CA": str(kafka.ca_file),
                "HINDCAST_TEST_CLIENT_CERTIFICATE": str(kafka.client_certificate),
                "HINDCAST_TEST_CLIENT_KEY": str(kafka.client_key),
            }
        return subprocess.run(options.command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
