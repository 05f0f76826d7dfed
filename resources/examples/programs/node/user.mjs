// A User aggregate, and the loop that lets Hindcast replay through it. No dependencies; Node 18 or later.
//
// The first half is what a team has anyway: an aggregate that applies events. The second half is all that is needed to connect it
// (the rules: "Models in any language" in Hindcast's help).

/** A customer of the shop. apply() checks before it changes anything, so that an event that throws has changed nothing. */
export class User {
  constructor(state = {}) {
    this.state = state;
  }

  static fromHistory(events) {
    return events.reduce((user, event) => (user.apply(event) ? user : new User()), new User());
  }

  /** False where the event ended the user's life. */
  apply(event) {
    if (event.kind === "delete" || event.kind === "truncate" || event.kind === "tombstone") return false;
    const { state } = this;
    const { payload } = event;
    switch (event.event) {
      case "UserRegistered":
        if (typeof payload.user_id !== "string") throw new Error("a user registers with a user_id");
        state.id = payload.user_id;
        state.name = payload.name;
        state.email = payload.email;
        state.status = "active";
        break;
      case "AddressAdded":
        state.address = payload.address;
        break;
      case "AddressChanged":
        state.address = payload.new_address;
        state.addressChangedAt = event.time;
        break;
      case "UserUpdated":
        state.name = payload.new_name ?? state.name;
        state.email = payload.new_email ?? state.email;
        break;
      case "OrderPlaced":
        this.spend(payload.total);
        (state.orders ??= []).push({ id: payload.order_id, total: payload.total });
        state.status = "customer";
        break;
      case "OrderCancelled":
        this.spend(payload.total_change);
        (state.cancelled ??= []).push(payload.order_id);
        state.status = "churn-risk";
        break;
      case "OrderReturned":
        this.spend(payload.total_change);
        (state.returned ??= []).push(payload.order_id);
        state.status = "churn-risk";
        break;
      case "UserDeleted":
        return false;
    }
    return true;
  }

  /** Money is added in cents: 0.1 + 0.2 is 0.3. */
  spend(amount) {
    if (typeof amount !== "number") throw new Error("an order without an amount");
    this.state.spent = (Math.round((this.state.spent ?? 0) * 100) + Math.round(amount * 100)) / 100;
  }
}

let user = null;
let answers = "";

function take(message) {
  if (message.event !== undefined) {
    try {
      const candidate = user ?? new User();
      user = candidate.apply(message) ? candidate : null;
    } catch (error) {
      // The event could not be applied: say so, and go on with the state before it.
      answers += JSON.stringify({ error: String(error), version: message.version, handler: message.event }) + "\n";
    }
  } else if (message.ask !== undefined) {
    answers += JSON.stringify({ ask: message.ask, state: user ? user.state : null }) + "\n";
  } else if (message.begin !== undefined) {
    user = message.state === null ? null : new User(message.state);
  }
}

// Whole lines of each chunk at once; what is left of the last one waits for the next chunk. All answers to a chunk are written at
// once.
let rest = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) take(JSON.parse(line));
  if (answers !== "") process.stdout.write(answers);
  answers = "";
});
