// A shopping cart: what lies in it and what it comes to.
//
// Fits the demo workspace (topic `carts`), where each event tells the items as they are after it, a removed one as null.

export const entities = {
  cart: {
    initial: () => ({ status: "open", items: {}, pieces: 0, worth: 0 }),

    evolve: {
      CartItemAdded: (state, { payload }) => counted({ ...state, id: payload.cart_id, user: payload.user_id }, payload.items),
      CartItemRemoved: (state, { payload }) => counted(state, payload.items),
      CartCheckedOut: (state, { payload }) => ({ ...state, status: "checked out", order: payload.order_id, total: payload.total }),
    },

    decide: {
      CheckOut: (state, command) =>
        state.status !== "open" ? refuse("the cart is checked out already")
        : state.pieces === 0 ? refuse("the cart is empty")
        : [{ type: "CartCheckedOut", payload: { cart_id: state.id, user_id: state.user, order_id: command.order_id, total: state.worth } }],
    },

    invariants: {
      "what was checked out is what lay in it": (state) =>
        state.total === undefined || Math.abs(state.total - state.worth) < 0.005 || `${state.total} instead of ${state.worth}`,
    },
  },
};

function counted(state, changed) {
  const items = { ...state.items, ...changed };
  for (const [product, item] of Object.entries(items)) if (item === null) delete items[product];
  const all = Object.values(items);
  return {
    ...state,
    items,
    pieces: all.reduce((sum, item) => sum + item.quantity, 0),
    worth: Math.round(all.reduce((sum, item) => sum + item.quantity * item.price, 0) * 100) / 100,
  };
}
