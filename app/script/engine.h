#pragma once
#include "core/model/script_protocol.h"

#include <JavaScriptCore/JavaScript.h>
#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::script {

/// The JavaScript engine with our own files in it (js/), and one model. A new context for each model: nothing of one is seen by the
/// next. Threads: one.
class Engine {
public:
    /// `progress` outlives this; the op at work is written to it by the JavaScript side.
    explicit Engine(model::ScriptProgress* progress);
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    ~Engine();

    struct Load {
        std::string name;
        std::string source;
        std::string options;  ///< JSON for the JavaScript side: {"invariants", "careful", "fields"}
        std::chrono::milliseconds perHandler{1000};
        std::uint64_t largestState = 8u << 20;  ///< characters, roughly
    };
    /// The body of a Loaded frame, or of a Wrong one.
    [[nodiscard]] std::expected<std::string, std::string> load(const Load& load);
    /// The model is no longer needed.
    void forget();
    /// The answer to a packet of ops. An error: what our side could make nothing of; the model is forgotten.
    /// Where no model is loaded: types and shapes are taken, everything else is an error.
    [[nodiscard]] std::expected<std::string, std::string> run(std::string_view packet);

private:
    struct Call {
        JSValueRef value = nullptr;  ///< null: an exception, or stopped
        JSValueRef thrown = nullptr;
        bool stopped = false;
    };

    void open();
    void close();
    [[nodiscard]] JSStringRef text(std::string_view utf8);
    [[nodiscard]] JSValueRef value(std::string_view utf8);
    [[nodiscard]] std::string utf8(JSValueRef value);
    [[nodiscard]] JSObjectRef member(const char* name);
    [[nodiscard]] Call evaluate(std::string_view source, std::string_view name);
    [[nodiscard]] Call call(JSObjectRef function, std::initializer_list<JSValueRef> arguments);
    [[nodiscard]] std::string whyWrong(const Call& call);
    [[nodiscard]] std::string whyStopped() const;

    void limit(std::chrono::milliseconds time);
    void unlimited();
    void arm();
    static bool onLimit(JSContextRef context, void* self);
    [[nodiscard]] bool tooLong(JSContextRef context);

    volatile model::ScriptProgress* progress_;
    JSGlobalContextRef context_ = nullptr;
    JSObjectRef runtime_ = nullptr;
    std::string registry_;  ///< types and shapes, between two contexts
    std::string name_;
    int firstLine_ = 1;
    bool loaded_ = false;
    std::vector<char16_t> wide_;

    // The time limit: what was at work when it was last looked, and since when (CPU time of this thread).
    std::chrono::milliseconds perHandler_{1000};
    unsigned long long seenFrame_ = 0;
    unsigned int seenOp_ = 0;
    std::chrono::nanoseconds seenSince_{};
    bool stopping_ = false;
    std::string backtrace_;
};

}  // namespace hindcast::script
