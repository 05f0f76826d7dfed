// A user with an address and orders.
//
// Fits the demo workspace: its topic `users` tells of the person, and events of the topic `orders` belong to the order and to its user.
// Try: pick user/user-123, choose this model, and look at what "spent" does at the order that was cancelled.

const cents = (amount) => Math.round(amount * 100) / 100; // sums of decimals stay decimals

export const entities = {
  user: {
    initial: () => ({ orders: [], spent: 0 }),

    evolve: {
      UserRegistered: (state, { payload }) => ({
        ...state, id: payload.user_id, name: payload.name, email: payload.email, status: "active",
      }),
      UserUpdated: (state, { payload }) => ({
        ...state, name: payload.new_name ?? state.name, email: payload.new_email ?? state.email,
      }),
      AddressAdded: (state, { payload }) => ({ ...state, address: payload.address }),
      AddressChanged: (state, event) => ({ ...state, address: event.payload.new_address, addressChangedAt: event.time }),
      UserDeleted: () => null, // ends the life

      OrderPlaced: (state, { payload }) => ({
        ...state,
        orders: [...state.orders, { id: payload.order_id, total: payload.total }],
        spent: cents(state.spent + payload.total),
        status: "customer",
      }),
      OrderCancelled: (state, { payload }) => givenBack(state, payload, "cancelled"),
      OrderReturned: (state, { payload }) => givenBack(state, payload, "returned"),
    },

    decide: {
      ChangeAddress: (state, command) =>
        command.address ? [{ type: "AddressChanged", payload: { old_address: state.address, new_address: command.address } }]
                        : refuse("the address is empty"),
    },

    invariants: {
      "what was spent is never below zero": (state) => state.spent >= 0 || `it is ${state.spent}`,
      "the number of orders never falls": (state, previous) => state.orders.length >= previous.orders.length,
    },
  },
};

function givenBack(state, payload, how) {
  return {
    ...state,
    [how]: [...(state[how] ?? []), payload.order_id],
    spent: cents(state.spent + payload.total_change), // total_change is negative
    status: "churn-risk",
  };
}
