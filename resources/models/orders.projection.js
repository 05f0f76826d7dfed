// A projection as EventStoreDB and KurrentDB take it: such files load unchanged. Fits the demo workspace's orders.

fromCategory("order")
  .foreachStream()
  .when({
    $init: () => ({ steps: [], paid: false }),
    OrderPlaced(state, event) {
      state.steps.push("placed");
      state.total = event.data.total;
    },
    OrderPaid(state) {
      state.steps.push("paid");
      state.paid = true;
    },
    $any(state, event) {
      state.steps.push(event.eventType.replace(/^Order/, "").toLowerCase());
    },
    $deleted(state) {
      log("deleted after " + state.steps.join(", "));
    },
  })
  .filterBy((state) => state.paid)
  .transformBy((state) => ({ total: state.total, way: state.steps.join(" > ") }))
  .outputState();
