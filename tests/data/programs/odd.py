#!/usr/bin/env python3
"""A model that counts events, and goes wrong in the way and at the version that its arguments name: odd.py [WHAT [VERSION]]."""

import json
import os
import sys
import time

what = sys.argv[1] if len(sys.argv) > 1 else ""
at = int(sys.argv[2]) if len(sys.argv) > 2 else 0
out = sys.stdout

if what == "refuses-to-start":
    raise ModuleNotFoundError("No module named 'shop'")
if what == "greets":
    print("Hello, I am a model", flush=True)
if what == "never-answers":
    time.sleep(1000)
if what == "ends-at-once":
    sys.exit(0)
if what == "floods-stderr":
    sys.stderr.write("noise of a library, as much as it likes\n" * 200_000)
if what == "swallows":  # takes nothing in
    print('{"ask":0,"state":null}', flush=True)
    time.sleep(1000)


def go_wrong():
    if what == "dies":
        raise KeyError("name")
    if what == "exits":
        out.flush()
        os._exit(3)
    if what == "is-killed":
        os.kill(os.getpid(), 11)
    if what == "hangs":
        while True:
            time.sleep(1)
    if what == "prints-rubbish":
        print("debug: got here")
    if what == "prints-other-json":
        print('{"debug":"got here"}')
    if what == "answers-out-of-order":
        print('{"ask":99999,"state":{"n":1}}')
    if what == "answers-without-state":
        print('{"ask":1}')
    if what == "closes-stdout":
        out.flush()
        os.close(1)
        time.sleep(1000)
    if what == "prints-a-gigantic-line":
        piece = "x" * 1_000_000
        out.write('{"ask":1,"state":"')
        while True:
            out.write(piece)
    if what == "prints-half-a-line":
        out.write('{"ask":1,"sta')
        out.flush()
        os._exit(0)
    if what == "says-nan":
        state["ratio"] = float("nan")
    if what == "eats-memory":
        eaten = []
        while True:
            eaten.append(bytearray(b"x" * 10_000_000))
            time.sleep(0.005)
    if what == "tells-another-version":
        print(json.dumps({"error": "who?", "version": at + 1000}))
    if what == "tells-no-version":
        print(json.dumps({"error": "who?"}))


state = None
for line in sys.stdin:
    message = json.loads(line)
    if "event" in message:
        if what == "refuses" and message["version"] == at:
            print(json.dumps({"error": "not this one", "version": at, "file": "odd.py", "line": 7, "column": 3, "handler": "on"}))
            continue
        state = state or {"n": 0}
        state["n"] += 1
        state["last"] = message["version"]
        state["payload"] = message["payload"]
        if message.get("kind") == "delete":
            state = None
        if message["version"] == at:
            go_wrong()
    elif "ask" in message:
        if what != "never-flushes":
            print(json.dumps({"ask": message["ask"], "state": state}))
            if "flush" in message:
                out.flush()
    else:
        state = message["state"]
