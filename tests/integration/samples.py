"""The larger samples (HINDCAST_SAMPLES): where they are, and how record dumps of them are cut, spread and read."""

import json
import os
import random
import zlib
from decimal import Decimal
from pathlib import Path

from processes import skip

DATA = Path(__file__).resolve().parent.parent / "data"


def sample(*names):
    """A file or folder of the samples; the test skips where they are absent."""
    folder = Path(os.environ.get("HINDCAST_SAMPLES", ""))
    path = folder.joinpath(*names)
    if not os.environ.get("HINDCAST_SAMPLES") or not path.exists():
        skip(f"the samples are not here (HINDCAST_SAMPLES={folder}): {'/'.join(names)}")
    return path


def exact(text):
    """JSON whose numbers are Decimals: nothing is rounded, and -0 stays what it is."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line]


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)
    return path


def spread(records, partitions, seed, shuffled=True):
    """The records as a cluster would hold them in so many partitions: a key's partition is told by its hash, records without a
    key go anywhere, offsets count per partition. The lines of the partitions are shuffled into one another, or stand partition
    after partition, the last first."""
    chance = random.Random(seed)
    queues = {}
    for record in records:
        key = record["key"]
        partition = chance.randrange(partitions) if key is None else zlib.crc32(key.encode()) % partitions
        queue = queues.setdefault((record["topic"], partition), [])
        queue.append({**record, "partition": partition, "offset": len(queue)})
        queue[-1].pop("n", None)
    if not shuffled:
        return [record for name in sorted(queues, reverse=True) for record in queues[name]]
    turns = [name for name, queue in queues.items() for _ in queue]
    chance.shuffle(turns)
    waiting = {name: iter(queue) for name, queue in queues.items()}
    return [next(waiting[name]) for name in turns]
