#pragma once
#include "ui/session/gui_post.h"
#include "ui/session/task_thread.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace hindcast::ui {

/// A thread for one kind of long work at the user's request: a newer request takes the place of an older one, which tells nothing
/// more. What is cancelled still tells how far it came.
/// Threads: all from the GUI thread but what is said otherwise, and the destructor, which stops and joins.
template <typename View>
class StoppableTask {
public:
    using Answer = std::function<void(std::shared_ptr<const View>)>;
    using Tell = std::function<void(std::shared_ptr<const View>)>;
    /// Runs on the thread; `tell` may be called from any.
    using Work = std::function<void(const Tell& tell, const std::stop_token& stop)>;

    StoppableTask(GuiPost post, Answer answer) : post_(std::move(post)), answer_(std::move(answer)) {}

    void request(Work work)
    {
        stop_.request_stop();
        stop_ = std::stop_source();
        // Stopped by cancel() it still tells how far it came, also where it had not begun: so it is not the thread's to drop.
        thread_.post(0, [this, of = ++serial_, work = std::move(work), stop = stop_](const std::stop_token& ends) {
            const std::stop_callback ending(ends, [&stop] { std::stop_source(stop).request_stop(); });
            work(
                [this, of](std::shared_ptr<const View> view) {
                    post_([this, of, view = std::move(view)] {
                        if (of == serial_) answer_(view);
                    });
                },
                stop.get_token());
        });
    }
    void cancel() { stop_.request_stop(); }
    void forget()
    {
        stop_.request_stop();
        ++serial_;
    }
    [[nodiscard]] bool busy() const { return thread_.busy(); }

private:
    GuiPost post_;
    Answer answer_;
    std::uint64_t serial_ = 0;  ///< of the latest request
    std::stop_source stop_;     ///< of it
    TaskThread thread_;         ///< last: ends first
};

}  // namespace hindcast::ui
