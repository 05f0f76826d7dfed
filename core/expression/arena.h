#pragma once
#include "core/event/json.h"

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hindcast::expression {

struct Value;

/// What is made while an expression is asked of one event: texts, lists and documents, which Values view. Memory is kept from one
/// event to the next.
class Arena {
public:
    struct Mark {
        std::size_t texts = 0;
        std::size_t lists = 0;
        std::size_t documents = 0;
    };

    [[nodiscard]] std::string& freshText()
    {
        if (used_.texts == texts_.size()) texts_.emplace_back();
        std::string& text = texts_[used_.texts++];
        text.clear();
        return text;
    }
    std::string_view keep(std::string text) { return freshText() = std::move(text); }
    [[nodiscard]] std::vector<Value>& freshList();
    const Json& keep(Json document)
    {
        if (used_.documents == documents_.size()) documents_.emplace_back();
        return documents_[used_.documents++] = std::move(document);
    }

    [[nodiscard]] Mark mark() const { return used_; }
    /// What was made since the mark may be overwritten from here on.
    void rewind(Mark mark) { used_ = mark; }

private:
    // Deques: what was given out stays where it is.
    std::deque<std::string> texts_;
    std::deque<std::vector<Value>> lists_;
    std::deque<Json> documents_;
    Mark used_;
};

}  // namespace hindcast::expression
