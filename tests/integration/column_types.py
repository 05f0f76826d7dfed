"""A declared map of column types: what PostgreSQL's row_to_json and what Debezium write for one value, brought to one form.
None is null, and a column that is absent is null."""

import base64
import datetime
import json
import re
from decimal import Decimal

EPOCH = datetime.datetime(1970, 1, 1)


def as_text(value):
    assert isinstance(value, str), repr(value)
    return value


def as_number(value):
    """Decimals by value, to the last digit, whether they came as numbers or as text."""
    assert isinstance(value, (Decimal, str)), repr(value)
    return Decimal(value)


def as_rounded_number(value):
    """For a numeric that the expected tables were written with as a double."""
    return float(Decimal(value))


def as_integer(value):
    assert isinstance(value, Decimal) and value == value.to_integral_value(), repr(value)
    return int(value)


def as_double(value):
    """To the bit, but for the sign of zero, which the expected tables do not tell."""
    assert isinstance(value, Decimal), repr(value)
    return (float(value) + 0.0).hex()


def as_boolean(value):
    assert isinstance(value, bool), repr(value)
    return value


def as_date(value):
    """Debezium: days since 1970."""
    return value if isinstance(value, str) else (EPOCH + datetime.timedelta(days=as_integer(value))).date().isoformat()


def as_timestamp(value):
    """Debezium: microseconds since 1970, without a zone."""
    if isinstance(value, str):
        return datetime.datetime.fromisoformat(value)
    return EPOCH + datetime.timedelta(microseconds=as_integer(value))


def as_time(value):
    """Debezium: microseconds since midnight."""
    if isinstance(value, str):
        return datetime.time.fromisoformat(value)
    return (EPOCH + datetime.timedelta(microseconds=as_integer(value))).time()


def as_zoned_timestamp(value):
    return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))


def as_interval(value):
    """(months, days, microseconds): `1 year -2 days 02:08:28` or `P1Y0M-2DT2H8M28S`."""
    if value.startswith("P"):
        found = re.fullmatch(r"P(-?\d+)Y(-?\d+)M(-?\d+)DT(-?\d+)H(-?\d+)M(-?[\d.]+)S", value)
        years, months, days, hours, minutes = (int(each) for each in found.groups()[:5])
        clock = Decimal(hours * 3600 + minutes * 60) + Decimal(found[6])
    else:
        def part(name):
            found = re.search(rf"(-?\d+) {name}s?\b", value)
            return int(found[1]) if found else 0

        years, months, days = part("year"), part("mon"), part("day")
        found = re.search(r"(-?)(\d+):(\d+):([\d.]+)", value)
        clock = (int(found[2]) * 3600 + int(found[3]) * 60 + Decimal(found[4])) * (-1 if found[1] else 1) if found else 0
    return years * 12 + months, days, int(clock * 1_000_000)


def as_bytes(value):
    """PostgreSQL: \\x and hexadecimal digits; Debezium: base64."""
    return bytes.fromhex(value[2:]) if value.startswith("\\x") else base64.b64decode(value, validate=True)


def as_json(value):
    """Debezium: the text of the document."""
    document = json.loads(value, parse_float=Decimal, parse_int=Decimal) if isinstance(value, str) else value
    return json.dumps(document, sort_keys=True, default=lambda number: f"number {float(number)!r}")


def array_of(item):
    def as_array(value):
        assert isinstance(value, list), repr(value)
        return tuple(None if each is None else item(each) for each in value)

    return as_array


def declared_row(columns, row):
    unknown = row.keys() - columns.keys()
    assert not unknown, f"columns that are not declared: {sorted(unknown)}"
    return tuple(None if row.get(name) is None else form(row[name]) for name, form in columns.items())
