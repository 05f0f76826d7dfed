#!/usr/bin/env python3
"""A User aggregate, and the loop that lets Hindcast replay through it. Standard library only; Python 3.9 or later.

The first half is what a team has anyway: an aggregate that applies events. The second half, main(), is all that is needed to connect
it (the rules: "Models in any language" in Hindcast's help)."""

import json
from decimal import Decimal


class User:
    """A customer of the shop. apply() checks before it changes anything, so that an event that raises has changed nothing."""

    def __init__(self, state=None):
        self.state = state or {}

    @classmethod
    def from_history(cls, events):
        user = cls()
        for event in events:
            if not user.apply(event):
                user = cls()
        return user

    def apply(self, event):
        """False where the event ended the user's life."""
        kind = event.get("kind")
        if kind in ENDS:
            return False
        handler = HANDLERS.get(event["event"])
        return handler is None or handler(self, event["payload"], event) is not False

    def registered(self, payload, _event):
        if not isinstance(payload.get("user_id"), str):
            raise ValueError("a user registers with a user_id")
        self.state["id"] = payload["user_id"]
        self.take(payload, "name", "name")
        self.take(payload, "email", "email")
        self.state["status"] = "active"

    def address_added(self, payload, _event):
        self.take(payload, "address", "address")

    def address_changed(self, payload, event):
        self.take(payload, "new_address", "address")
        self.state["addressChangedAt"] = event["time"]

    def updated(self, payload, _event):
        self.take(payload, "new_name", "name")
        self.take(payload, "new_email", "email")

    def order_placed(self, payload, _event):
        order = {"id": payload["order_id"], "total": payload["total"]}
        self.spend(order["total"])
        self.state.setdefault("orders", []).append(order)
        self.state["status"] = "customer"

    def order_cancelled(self, payload, _event):
        order = payload["order_id"]
        self.spend(payload["total_change"])
        self.state.setdefault("cancelled", []).append(order)
        self.state["status"] = "churn-risk"

    def order_returned(self, payload, _event):
        order = payload["order_id"]
        self.spend(payload["total_change"])
        self.state.setdefault("returned", []).append(order)
        self.state["status"] = "churn-risk"

    def deleted(self, _payload, _event):
        return False

    def take(self, payload, name, to):
        if name in payload:
            self.state[to] = payload[name]

    def spend(self, amount):
        # Money is added exactly: 0.1 + 0.2 is 0.3. A float's shortest text is what the event said.
        self.state["spent"] = float(Decimal(repr(self.state.get("spent", 0))) + Decimal(repr(amount)))


ENDS = {"delete", "truncate", "tombstone"}
HANDLERS = {
    "UserRegistered": User.registered,
    "AddressAdded": User.address_added,
    "AddressChanged": User.address_changed,
    "UserUpdated": User.updated,
    "OrderPlaced": User.order_placed,
    "OrderCancelled": User.order_cancelled,
    "OrderReturned": User.order_returned,
    "UserDeleted": User.deleted,
}


def main():
    # Bytes in large buffers of our own: quick, whatever the locale and PYTHONUNBUFFERED say.
    inbox, outbox = open(0, "rb", 1 << 18), open(1, "wb", 1 << 18)
    decode = json.JSONDecoder().scan_once  # what json.loads comes to, in two thirds of the time
    encode = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode
    user = None

    def answer(message):
        outbox.write(encode(message).encode() + b"\n")

    for line in inbox:
        message = decode(line.decode(), 0)[0]
        if "event" in message:
            try:
                candidate = user or User()
                user = candidate if candidate.apply(message) else None
            except Exception as error:  # the event could not be applied: say so, and go on with the state before it
                answer({"error": f"{type(error).__name__}: {error}", "version": message["version"], "handler": message["event"]})
        elif "ask" in message:
            answer({"ask": message["ask"], "state": user and user.state})
            if "flush" in message:
                outbox.flush()
        elif "begin" in message:
            state = message["state"]
            user = None if state is None else User(state)


if __name__ == "__main__":
    main()
