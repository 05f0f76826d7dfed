#include "app/script/engine.h"

#include "app/script/js_files.h"
#include "app/script/module_source.h"
#include "app/script/wide.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <nlohmann/json.hpp>

// Exported by the library and in no public header. Weak: a library without them works, with the host's kill as the only limit.
extern "C" {
using HindcastShouldStop = bool (*)(JSContextRef context, void* given);
__attribute__((weak)) void JSContextGroupSetExecutionTimeLimit(JSContextGroupRef, double seconds, HindcastShouldStop,
                                                               void* given);
__attribute__((weak)) void JSContextGroupClearExecutionTimeLimit(JSContextGroupRef);
__attribute__((weak)) JSStringRef JSContextCreateBacktrace(JSContextRef, unsigned mostFrames);
}

namespace hindcast::script {

namespace {

using Json = nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

nanoseconds threadTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + nanoseconds(time.tv_nsec);
}

std::string toUtf8(JSStringRef text)
{
    std::string utf8(JSStringGetMaximumUTF8CStringSize(text), '\0');
    const std::size_t size = JSStringGetUTF8CString(text, utf8.data(), utf8.size());
    utf8.resize(size > 0 ? size - 1 : 0);
    return utf8;
}

std::string asText(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

Engine::Engine(model::ScriptProgress* progress) : progress_(progress) { open(); }
Engine::~Engine() { close(); }

void Engine::open()
{
    context_ = JSGlobalContextCreate(nullptr);
    runtime_ = JSObjectMake(context_, nullptr, nullptr);
    JSValueProtect(context_, runtime_);
    const auto set = [&](const char* name, JSValueRef value) {
        JSStringRef key = JSStringCreateWithUTF8CString(name);
        JSObjectSetProperty(context_, runtime_, key, value, kJSPropertyAttributeNone, nullptr);
        JSStringRelease(key);
    };
    set("progress", JSObjectMakeTypedArrayWithBytesNoCopy(context_, kJSTypedArrayTypeUint32Array,
                                                          const_cast<model::ScriptProgress*>(progress_),
                                                          sizeof(model::ScriptProgress), nullptr, nullptr, nullptr));
    for (const JsFile& file : jsFiles()) {
        const Call function = evaluate(file.text, file.name);
        if (!function.value) std::abort();  // our own files: a build that is broken
        JSValueRef thrown = nullptr;
        const JSValueRef argument = runtime_;
        JSObjectCallAsFunction(context_, JSValueToObject(context_, function.value, nullptr), nullptr, 1, &argument, &thrown);
        if (thrown) std::abort();
    }
    if (!registry_.empty()) (void)call(member("adopt"), {value(registry_)});
    registry_.clear();
}

void Engine::close()
{
    if (!context_) return;
    JSValueUnprotect(context_, runtime_);
    JSGlobalContextRelease(context_);
    context_ = nullptr;
    runtime_ = nullptr;
    loaded_ = false;
}

void Engine::forget()
{
    unlimited();
    const Call known = call(member("registry"), {});
    registry_ = known.value ? utf8(known.value) : std::string();
    close();
    open();
}

std::expected<std::string, std::string> Engine::load(const Load& given)
{
    name_ = given.name;
    if (loaded_) forget();
    loaded_ = true;  // in part: the next model needs a new context
    const auto source = modelSource(given.source);
    if (!source) {
        const SourceFault& fault = source.error();
        return std::unexpected(
            asText({{"message", fault.message}, {"file", name_}, {"line", fault.line}, {"column", fault.column}}));
    }
    firstLine_ = source->firstLine;
    const Json beginning{{"name", name_},
                         {"source", source->text},
                         {"firstLine", firstLine_},
                         {"projection", source->projection},
                         {"largest", given.largestState}};
    const Call begun = call(member("beginLoad"), {value(asText(beginning))});
    if (!begun.value) return std::unexpected(whyWrong(begun));

    limit(given.perHandler);
    const Call evaluated = evaluate(source->text, name_);
    if (!evaluated.value) return std::unexpected(whyWrong(evaluated));
    const Call done = call(member("endLoad"), {evaluated.value, value(given.options)});
    if (!done.value) return std::unexpected(whyWrong(done));
    return utf8(done.value);
}

std::expected<std::string, std::string> Engine::run(std::string_view packet)
{
    limit(perHandler_);
    Call told = call(member("run"), {value(packet)});
    while (told.stopped) {
        const std::string why = whyStopped();
        limit(perHandler_);
        told = call(member("resume"), {value(why)});
    }
    if (told.value) return utf8(told.value);
    std::string why = whyWrong(told);
    forget();
    return std::unexpected(std::move(why));
}

JSStringRef Engine::text(std::string_view utf8)
{
    widen(utf8, wide_);
    return JSStringCreateWithCharacters(reinterpret_cast<const JSChar*>(wide_.data()), wide_.size());
}
JSValueRef Engine::value(std::string_view utf8)
{
    JSStringRef string = text(utf8);
    JSValueRef value = JSValueMakeString(context_, string);
    JSStringRelease(string);
    return value;
}
std::string Engine::utf8(JSValueRef value)
{
    JSStringRef string = JSValueToStringCopy(context_, value, nullptr);
    if (!string) return {};
    std::string text = toUtf8(string);
    JSStringRelease(string);
    return text;
}
JSObjectRef Engine::member(const char* name)
{
    JSStringRef key = JSStringCreateWithUTF8CString(name);
    JSValueRef found = JSObjectGetProperty(context_, runtime_, key, nullptr);
    JSStringRelease(key);
    return JSValueToObject(context_, found, nullptr);
}

Engine::Call Engine::evaluate(std::string_view source, std::string_view name)
{
    JSStringRef code = text(source);
    JSStringRef url = text(name);
    Call result;
    result.value = JSEvaluateScript(context_, code, nullptr, url, 1, &result.thrown);
    result.stopped = !result.value && stopping_;
    JSStringRelease(url);
    JSStringRelease(code);
    return result;
}
Engine::Call Engine::call(JSObjectRef function, std::initializer_list<JSValueRef> arguments)
{
    Call result;
    result.value = JSObjectCallAsFunction(context_, function, nullptr, arguments.size(), std::data(arguments), &result.thrown);
    result.stopped = !result.value && stopping_;
    return result;
}

std::string Engine::whyWrong(const Call& failed)
{
    if (failed.stopped) return whyStopped();
    if (failed.thrown) {
        limit(perHandler_);  // what was thrown may be code of the model's
        const Call described = call(member("whyWrong"), {failed.thrown});
        if (described.value) return utf8(described.value);
    }
    return asText({{"message", "the model could not be run"}, {"file", name_}, {"line", 0}, {"column", 0}});
}

/// What is told of a handler that the time limit stopped; its line is the first of the backtrace that is in the model's file.
std::string Engine::whyStopped() const
{
    int line = 0;
    const std::string mark = " at " + name_ + ":";
    if (const std::size_t at = backtrace_.find(mark); at != std::string::npos) {
        const char* from = backtrace_.data() + at + mark.size();
        std::from_chars(from, backtrace_.data() + backtrace_.size(), line);
        line = std::max(0, line - (firstLine_ - 1));
    }
    const auto ms = perHandler_.count();
    const std::string time = ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
    // The engine knows the line to within the surroundings of the loop.
    const std::string where = line > 0 ? " near line " + std::to_string(line) : std::string();
    return asText(
        {{"message", "it took more than " + time + " and was stopped" + where}, {"file", name_}, {"line", line}, {"column", 0}});
}

void Engine::limit(milliseconds time)
{
    stopping_ = false;
    backtrace_.clear();
    seenFrame_ = progress_->frames;
    seenOp_ = progress_->op;
    seenSince_ = threadTime();
    perHandler_ = time;
    arm();
}

/// What our own side does between two packets is not the model's time.
void Engine::unlimited()
{
    if (JSContextGroupClearExecutionTimeLimit) JSContextGroupClearExecutionTimeLimit(JSContextGetGroup(context_));
}

/// The next look. In quarters of the limit: an event that began after the packet did is stopped at most that much late. The engine
/// looks once, so it is told anew after each.
void Engine::arm()
{
    if (!JSContextGroupSetExecutionTimeLimit) return;
    const double seconds = std::chrono::duration<double>(perHandler_).count() / 4;
    JSContextGroupSetExecutionTimeLimit(JSContextGetGroup(context_), seconds, &Engine::onLimit, this);
}

bool Engine::onLimit(JSContextRef context, void* self) { return static_cast<Engine*>(self)->tooLong(context); }

bool Engine::tooLong(JSContextRef context)
{
    const nanoseconds now = threadTime();
    if (progress_->frames != seenFrame_ || progress_->op != seenOp_) {
        seenFrame_ = progress_->frames;
        seenOp_ = progress_->op;
        seenSince_ = now;
        arm();
        return false;
    }
    if (now - seenSince_ < perHandler_) {
        arm();
        return false;
    }
    stopping_ = true;
    if (JSContextCreateBacktrace) {
        JSStringRef trace = JSContextCreateBacktrace(context, 32);
        if (trace) {
            backtrace_ = toUtf8(trace);
            JSStringRelease(trace);
        }
    }
    return true;
}

}  // namespace hindcast::script
