"""Speaks core/model/script_protocol.h with hindcast-script, for tests. The program: HINDCAST_BIN/hindcast-script."""

import fcntl
import json
import mmap
import os
import signal
import socket
import struct
import subprocess

LOAD, OPS, BYE, LOADED, WRONG, TOLD = 1, 2, 3, 11, 12, 13
NOTHING, STATES, CHANGES, FIELDS = range(4)
KINDS = ["plain", "create", "update", "delete", "snapshot", "truncate", "message", "tombstone"]
WHOLE, NONE = 0, 1
MISSING = object()
BEYOND = "\x1f"  # behind it stands what JSON has no word for


class Gone(Exception):
    """The helper ended; .code as subprocess has it."""


class Helper:
    def __init__(self, patience=60):
        ours, theirs = socket.socketpair()
        memory = os.memfd_create("progress")
        os.ftruncate(memory, 16)
        self.progress = mmap.mmap(memory, 16)
        high = [fcntl.fcntl(each, fcntl.F_DUPFD, 64) for each in (theirs.fileno(), memory)]

        def wire():
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(
            [os.path.join(os.environ["HINDCAST_BIN"], "hindcast-script")], preexec_fn=wire, pass_fds=(3, 4), stdin=subprocess.DEVNULL
        )
        for each in [*high, memory]:
            os.close(each)
        theirs.close()
        self.socket = ours
        self.socket.settimeout(patience)
        self.types = {}
        self.shapes = {}

    def close(self):
        self.socket.close()
        if self.process.poll() is None:
            self.process.wait(20)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # ---- frames

    def send(self, kind, body):
        body = body.encode()
        self.socket.sendall(struct.pack("=IB", len(body) + 1, kind) + body)

    def receive(self):
        length = struct.unpack("=I", self._take(4))[0]
        whole = self._take(length)
        return whole[0], whole[1:].decode()

    def _take(self, count):
        got = b""
        while len(got) < count:
            piece = self.socket.recv(count - len(got))
            if not piece:
                error = Gone(f"the helper ended with {self.process.wait(20)}")
                error.code = self.process.returncode
                raise error
            got += piece
        return got

    def frames_begun(self):
        return struct.unpack("=QII", self.progress[:16])

    # ---- models

    def load(self, source, name="model.mjs", **options):
        """The body of Loaded; raises Wrong."""
        given = {"protocol": 1, "name": name, "source": source, "invariants": False, "careful": False, "fields": [],
                 "perHandlerMs": 1000, "memoryBytes": 512 << 20}  # fmt: skip
        self.send(LOAD, json.dumps(given | options))
        kind, body = self.receive()
        if kind == WRONG:
            raise Wrong(json.loads(body))
        assert kind == LOADED, kind
        return json.loads(body)

    def bye(self):
        self.send(BYE, "")

    def packet(self):
        return Packet(self)


class Wrong(Exception):
    def __init__(self, body):
        super().__init__(body["message"])
        self.message, self.file, self.line, self.column = (body[each] for each in ("message", "file", "line", "column"))


class Packet:
    """Ops in the making; tell() sends them and gives what was told as [(kind, tag, version, value)]."""

    def __init__(self, helper):
        self.helper = helper
        self.items = []
        self.version = 0

    def begin(self, category="account", id="1", tag=1, version=0, detail=NOTHING, state=MISSING, born=None):
        self.version = version
        there = state is not MISSING
        self.items += [0, tag, category, id, version, detail, int(there) if born is None else born, state if there else 0]
        return self

    def event(self, type, payload=MISSING, kind="plain", ms=1762247662118, ns=0, version=None, shape=None):
        self.version = self.version + 1 if version is None else version
        return self._event(1, type, payload, kind, ms, ns, shape)

    def accept(self, type, payload=MISSING, shape=None):
        self.version += 1
        self._event(4, type, payload, "plain", 0, 0, shape)
        self.version -= 1
        return self

    def _event(self, op, type, payload, kind, ms, ns, shape):
        number = self.helper.types.get(type)
        if number is None:
            number = self.helper.types[type] = len(self.helper.types)
            self.items += [6, type]
        leaves = []
        if payload is MISSING:
            index = NONE
        elif shape is None:
            index, leaves = WHOLE, [payload]
        else:
            text = json.dumps(shape)
            index = self.helper.shapes.get(text)
            if index is None:
                index = self.helper.shapes[text] = len(self.helper.shapes) + 2
                self.items += [7, shape]
            leaves = payload
        self.items += [op, number, index, self.version, KINDS.index(kind), ms, ns, *leaves]
        return self

    def detail(self, detail):
        self.items += [2, detail]
        return self

    def state(self):
        self.items += [3]
        return self

    def decide(self, name, command):
        self.items += [5, name, command]
        return self

    def skip(self, message):
        self.version += 1
        self.items += [8, self.version, message]
        return self

    def result(self):
        self.items += [9]
        return self

    def send(self):
        self.helper.send(OPS, json.dumps(self.items))
        self.items = []
        return self

    def tell(self):
        self.send()
        kind, body = self.helper.receive()
        assert kind == TOLD, kind
        told = []
        for line in body.split("\n") if body else []:
            parts = line.split(" ", 3)
            value = parts[3].split(BEYOND)[0] if len(parts) > 3 else "null"
            told.append((parts[0], int(parts[1]), int(parts[2]), json.loads(value)))
        return told
