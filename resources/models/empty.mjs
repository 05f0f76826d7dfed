// An empty model: what each event does to the state.
export const entities = {
  thing: {
    initial: () => ({}),
    evolve: {
      // Created: (state, event) => ({ ...state, name: event.payload.name }),
      $any: (state, event) => ({ ...state, ...event.payload })
    },
    invariants: {
      // "a count never falls": (state, previous) => state.count >= previous.count
    }
  }
};
