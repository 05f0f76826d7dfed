#pragma once
#include <cstdint>
#include <string>

namespace hindcast::platform {

[[nodiscard]] std::string dataFolder();       ///< XDG_DATA_HOME/hindcast, made where absent
[[nodiscard]] std::string programName();      ///< of this process, without its folder
[[nodiscard]] std::uint64_t residentBytes();  ///< of this process, now; 0 where unknown
[[nodiscard]] std::uint64_t peakResidentBytes();
/// "CPU model, N cores, kernel": for the benchmark's environment line.
[[nodiscard]] std::string machine();

}  // namespace hindcast::platform
