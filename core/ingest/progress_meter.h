#pragma once
#include "core/ingest/head_growth.h"
#include "core/ingest/ingest.h"

namespace hindcast::ingest {

/// Counts a run and tells of it: at most ten times a second, and once at the end. The store's thread only.
class ProgressMeter {
public:
    ProgressMeter(const source::Source& source, const std::function<void(const Progress&)>& onProgress)
        : source_(source), onProgress_(onProgress)
    {
    }

    void count(bool stored, bool rejected);
    void countBytes(std::size_t bytes) { progress_.bytes += bytes; }
    void becameDurable();
    void remapped() { progress_.remapped = true; }
    void report();
    void finish();
    [[nodiscard]] const Progress& progress() const { return progress_; }

private:
    using Clock = std::chrono::steady_clock;
    void tell();
    const source::Source& source_;
    const std::function<void(const Progress&)>& onProgress_;
    Progress progress_;
    std::uint64_t fresh_ = 0;  ///< stored, not yet durable
    Clock::time_point told_ = Clock::now();
    Clock::time_point rateFrom_ = Clock::now();
    std::uint64_t rateRecords_ = 0;
    HeadGrowth head_;
};

}  // namespace hindcast::ingest
