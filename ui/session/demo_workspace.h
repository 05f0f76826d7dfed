#pragma once
#include "core/event/error.h"
#include "core/ingest/ingest.h"

#include <functional>
#include <stop_token>
#include <string>

namespace hindcast::ui {

/// Where the demo workspace is, or will be.
[[nodiscard]] std::string demoWorkspacePath();
/// With the files that belong to it; for one that cannot be opened.
void removeDemoWorkspace(const std::string& path);

/// The entity that the demo opens on, "category/id".
inline constexpr const char* kDemoEntity = "user/user-123";

/// Makes the demo workspace where there is none: under another name first, so that one that was killed midway leaves nothing half.
/// Not in the GUI thread.
[[nodiscard]] Result<void> makeDemoWorkspace(const std::string& path, std::stop_token stop,
                                             const std::function<void(const ingest::Progress&)>& onProgress);

}  // namespace hindcast::ui
