#pragma once
#include "core/event/error.h"
#include "core/replay/sweep.h"
#include "ui/session/stoppable_task.h"

#include <QString>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

namespace hindcast::ui {

/// How a sweep that the user asked for goes on, told at most every 100 ms and at its end. Of a View it knows looked, took, running,
/// cancelled, remarks and error; what is found is its heirs' to note.
/// Threads: any; the sweep's own come here beside each other.
template <typename View>
class SweepReport {
public:
    using Tell = typename StoppableTask<View>::Tell;
    SweepReport(View view, Tell tell) : tell_(std::move(tell)), view_(std::move(view)) { view_.running = true; }
    virtual ~SweepReport() = default;
    SweepReport(const SweepReport&) = delete;
    SweepReport& operator=(const SweepReport&) = delete;

    void progress(const replay::SweepProgress& looked)
    {
        note([&](View& view) { view.looked = looked; });
    }
    /// A whole sentence; nothing where it is empty.
    void remark(const QString& text)
    {
        if (!text.isEmpty()) note([&](View& view) { view.remarks << text; });
    }
    void end(const Result<replay::SweepProgress>& looked)
    {
        const std::scoped_lock lock(mutex_);
        view_.running = false;
        if (looked)
            view_.looked = *looked;
        else if (view_.cancelled = looked.error().kind == Error::Kind::Cancelled; !view_.cancelled)
            view_.error = QString::fromStdString(looked.error().text());
        tell();
    }

protected:
    /// Changes what is told next, under the lock.
    template <typename Change>
    void note(Change&& change)
    {
        const std::scoped_lock lock(mutex_);
        change(view_);
        if (Clock::now() - told_ >= tellEvery_) tell();
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kTellEvery{100};

    /// Brings into the view what was gathered beside it. Under the lock.
    virtual void complete(View& view) = 0;

    void tell()
    {
        const auto now = Clock::now();
        view_.took = now - began_;
        complete(view_);
        tell_(std::make_shared<const View>(view_));
        told_ = Clock::now();
        tellEvery_ = std::max<Clock::duration>(kTellEvery, 10 * (told_ - now));  // telling is not to be what it is busy with
    }

    Tell tell_;
    const Clock::time_point began_ = Clock::now();
    std::mutex mutex_;
    Clock::time_point told_ = began_;
    Clock::duration tellEvery_ = kTellEvery;
    View view_;
};

/// Rows that were found and have not been told; those beyond View::kMostRows are dropped.
/// Threads: one at a time.
template <typename View>
class RowsToTell {
public:
    using Rows = std::remove_const_t<typename View::Batch::element_type>;

    /// `make` makes the row, where there is room for it.
    template <typename Make>
    void add(const View& view, Make&& make)
    {
        if (view.rows + rows_.size() < View::kMostRows) rows_.push_back(make());
    }
    void handTo(View& view)
    {
        if (rows_.empty()) return;
        view.rows += rows_.size();
        view.batches.push_back(std::make_shared<const Rows>(std::exchange(rows_, {})));
    }

private:
    Rows rows_;
};

}  // namespace hindcast::ui
