#pragma once

namespace hindcast::platform {

/// The calling thread gives way to all others from now on. Where the system knows no such thing, nothing happens.
void lowerThisThread();

}  // namespace hindcast::platform
