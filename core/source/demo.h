#pragma once
#include "core/source/source.h"

namespace hindcast::source {

/// A made-up shop over some days: users, orders, products as domain events, the shop database as Debezium rows, carrying
/// `UserUpdated` events with old and new names, correlation and causation ids. The same seed gives the same bytes.
struct DemoOptions {
    std::uint64_t seed = 8841;
    std::uint64_t events = 60'000;  ///< about this many
};
[[nodiscard]] std::unique_ptr<Source> makeDemoSource(DemoOptions options);
/// The mapping file (JSON text) that belongs to the demo's topics, and the set-rules models by category.
[[nodiscard]] std::string demoMappings();
[[nodiscard]] std::vector<std::pair<std::string, std::string>> demoModels();

}  // namespace hindcast::source
