#pragma once
#include "core/ingest/ingest.h"
#include "core/source/demo.h"

namespace hindcast::ingest {

/// Fills a store with the demo: its records, read by its own mappings, and the models of its categories. Otherwise as run().
[[nodiscard]] Result<Summary> runDemo(store::Store& store, const source::DemoOptions& demo, std::stop_token stop,
                                      const std::function<void(const Progress&)>& onProgress);

}  // namespace hindcast::ingest
