// An order from its placing to its delivery, cancelling or return, with the commands that may be given to it.
//
// Fits the demo workspace (topic `orders`). An invariant says which status may follow which: an order that was shipped before it was
// paid becomes a finding.

const MAY_FOLLOW = {
  placed: ["paid", "cancelled"],
  paid: ["shipped", "cancelled"],
  shipped: ["delivered"],
  delivered: ["returned"],
};

export const entities = {
  order: {
    evolve: {
      OrderPlaced: (state, { payload }) => ({
        id: payload.order_id, user: payload.user_id, status: "placed", total: payload.total, lines: payload.lines, shipTo: payload.ship_to,
      }),
      OrderPaid: (state, event) => ({ ...state, status: "paid", payment: { method: event.payload.method, at: event.time } }),
      OrderAddressChanged: (state, { payload }) => ({ ...state, shipTo: payload.new_address }),
      OrderShipped: (state, { payload }) => ({
        ...state, status: "shipped", parcel: { carrier: payload.carrier, tracking: payload.tracking },
      }),
      OrderDelivered: (state, { payload }) => ({
        ...state, status: "delivered", parcel: { ...state.parcel, leftWith: payload.left_with },
      }),
      OrderCancelled: (state, { payload }) => ({ ...state, status: "cancelled", reason: payload.reason }),
      OrderReturned: (state, { payload }) => ({ ...state, status: "returned", reason: payload.reason }),
    },

    decide: {
      Pay: (state, command) =>
        state.status === "placed" ? [{ type: "OrderPaid", payload: { order_id: state.id, amount: state.total, method: command.method } }]
                                  : refuse(`an order that is ${state.status} is not paid`),
      Ship: (state, command) =>
        state.status === "paid" ? [{ type: "OrderShipped", payload: { order_id: state.id, carrier: command.carrier, tracking: command.tracking } }]
                                : refuse(`an order that is ${state.status} is not shipped`),
      Cancel: (state, command) =>
        ["placed", "paid"].includes(state.status)
          ? [{ type: "OrderCancelled", payload: { order_id: state.id, user_id: state.user, reason: command.reason, total_change: -state.total } }]
          : refuse(`an order that is ${state.status} is not cancelled`),
    },

    invariants: {
      "one status follows another as it should": (state, previous) =>
        previous.status === undefined || previous.status === state.status || MAY_FOLLOW[previous.status]?.includes(state.status) ||
        `${state.status} after ${previous.status}`,
      "the total is that of the lines": (state) =>
        state.lines === undefined ||
        Math.abs(state.lines.reduce((sum, line) => sum + line.quantity * line.price, 0) - state.total) < 0.005 ||
        `it is ${state.total}`,
    },
  },
};
