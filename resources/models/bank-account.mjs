// A bank account: the usual first aggregate, to start from. Rename the category and the event types to yours.
//
// Expects events such as
//   {"type": "AccountOpened", "payload": {"account_id": "a-1", "owner": "Ada"}}
//   {"type": "Deposited", "payload": {"amount": 10}}, Withdrawn and FeeCharged likewise, AccountClosed
// An amount that is no number makes the balance NaN; a careful replay says at which event.

export const entities = {
  account: {
    initial: () => ({ balance: 0, movements: 0 }),

    evolve: {
      AccountOpened: (state, { payload }) => ({ ...state, id: payload.account_id, owner: payload.owner, open: true }),
      Deposited: (state, event) => moved(state, event, +event.payload.amount),
      Withdrawn: (state, event) => moved(state, event, -event.payload.amount),
      FeeCharged: (state, event) => moved(state, event, -event.payload.amount),
      AccountClosed: (state) => ({ ...state, open: false }),
      // What has no handler of its own would come here:
      // $any: (state, event) => state,
    },

    decide: {
      Deposit: (state, command) =>
        command.amount > 0 ? [{ type: "Deposited", payload: { amount: command.amount } }] : refuse("the amount must be above zero"),
      Withdraw: (state, command) =>
        !(command.amount > 0) ? refuse("the amount must be above zero")
        : command.amount > state.balance ? refuse(`only ${state.balance} are there`)
        : [{ type: "Withdrawn", payload: { amount: command.amount } }],
    },

    invariants: {
      "the balance is never below zero": (state) => state.balance >= 0 || `it is ${state.balance}`,
      "a closed account does not move": (state, previous) => previous.open !== false || state.movements === previous.movements,
    },
  },
};

function moved(state, event, amount) {
  return { ...state, balance: Math.round((state.balance + amount) * 100) / 100, movements: state.movements + 1, last: event.time };
}
