#pragma once
#include <cstddef>
#include <string_view>

namespace hindcast {

/// Hears nothing of a walk (json_walk.h): for the grammar alone, and a base for visitors that want to hear some of it; what they
/// declare hides what stands here.
struct JsonVisitor {
    void startObject(std::size_t) {}
    void key(std::string_view) {}
    void endObject(std::size_t) {}
    void startArray(std::size_t) {}
    void endArray(std::size_t) {}
    void string(std::string_view, std::string_view) {}
    void number(std::string_view) {}
    void boolean(bool, std::string_view) {}
    void null(std::string_view) {}
};

}  // namespace hindcast
