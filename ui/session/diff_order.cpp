#include "ui/session/diff_order.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hindcast::ui {

namespace {

/// Shorter than it in any case: what has no slash is in the whole.
std::string_view parentOf(std::string_view pointer)
{
    const std::size_t slash = pointer.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : pointer.substr(0, slash);
}

}  // namespace

Changes inOrderWritten(Changes changes, const Changes& written)
{
    std::unordered_map<std::string_view, std::size_t> own;    // by pointer: its first place
    std::unordered_map<std::string_view, std::size_t> below;  // the first of anything in it
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i].op == Change::Op::Same) continue;
        std::string_view at = written[i].pointer;
        own.emplace(at, i);
        while (!at.empty()) {
            at = parentOf(at);
            if (!below.emplace(at, i).second) break;
        }
    }
    const auto placeOf = [&](std::string_view pointer) {
        if (const auto in = below.find(pointer); in != below.end() && !own.contains(pointer)) return in->second;
        for (;; pointer = parentOf(pointer)) {
            // An empty state that its fields are put into says nothing of their order.
            const auto found = own.find(pointer);
            if (found != own.end() && !(pointer.empty() && below.contains(pointer))) return found->second;
            if (pointer.empty()) return written.size();
        }
    };
    std::vector<std::pair<std::size_t, std::size_t>> order;  // place, and where it stood
    order.reserve(changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) order.emplace_back(placeOf(changes[i].pointer), i);
    std::ranges::sort(order);
    Changes sorted;
    sorted.reserve(changes.size());
    for (const auto& [place, i] : order) sorted.push_back(std::move(changes[i]));
    return sorted;
}

}  // namespace hindcast::ui
