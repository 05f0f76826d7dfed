#pragma once
#include "core/event/error.h"
#include "core/ingest/ingest.h"

#include <functional>
#include <stop_token>
#include <string>

namespace hindcast::ui {

/// Where the demo workspace is, or will be.
[[nodiscard]] std::string demoWorkspacePath();
/// One that cannot be opened gets another name, with the files that belong to it: "demo.damaged-1.hindcast".
[[nodiscard]] Result<void> setDemoWorkspaceAside(const std::string& path);

/// The entity that the demo opens on, "category/id".
inline constexpr const char* kDemoEntity = "user/user-123";

/// Makes the demo workspace where there is none: under another name first, so that one that was killed midway leaves nothing half.
/// Not in the GUI thread.
[[nodiscard]] Result<void> makeDemoWorkspace(const std::string& path, std::stop_token stop,
                                             const std::function<void(const ingest::Progress&)>& onProgress);

}  // namespace hindcast::ui
