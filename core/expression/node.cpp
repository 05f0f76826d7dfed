#include "core/expression/node.h"

#include <algorithm>

namespace hindcast::expression {

namespace {

std::uint32_t ownCost(const Node& node)
{
    switch (node.kind) {
        case NodeKind::Constant: return 0;
        case NodeKind::Path: return node.name == Name::Payload ? 20 : 2;
        case NodeKind::Headers: return 3;
        case NodeKind::Call: return node.function == Function::Matches ? 30 : 3;
        case NodeKind::Macro: return 100;
        default: return 1;
    }
}

template <class F>
void forEachPath(Node& node, const F& tell)
{
    if (node.kind == NodeKind::Path) tell(node);
    for (const NodePtr& child : node.children) forEachPath(*child, tell);
}

bool startsWith(const std::vector<std::string>& path, const std::vector<std::string>& prefix)
{
    return prefix.size() <= path.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

void measure(Node& node)
{
    node.depth = 1;
    node.cost = ownCost(node);
    for (const NodePtr& child : node.children) {
        node.depth = std::max(node.depth, child->depth + 1);
        node.cost = std::min<std::uint32_t>(node.cost + child->cost, 1'000'000);
    }
}

void assignSlots(Expression::Node& root, std::vector<Pointer>& statePaths, std::vector<Pointer>& payloadPaths)
{
    std::vector<std::vector<std::string>> wanted;
    forEachPath(root, [&](Node& path) {
        if (path.name == Name::Payload) {
            const auto at = std::ranges::find(payloadPaths, path.tokens, &Pointer::tokens);
            path.slot = static_cast<std::uint32_t>(at - payloadPaths.begin());
            if (at == payloadPaths.end()) payloadPaths.emplace_back(path.tokens);
            path.tokens.clear();
        } else {
            wanted.push_back(path.tokens);
        }
    });
    // In order, what another one begins with comes before it: a path is kept unless the last one kept is its beginning.
    std::ranges::sort(wanted);
    for (const auto& tokens : wanted)
        if (statePaths.empty() || !startsWith(tokens, statePaths.back().tokens())) statePaths.emplace_back(tokens);
    forEachPath(root, [&](Node& path) {
        if (path.name == Name::Payload) return;
        const auto at =
            std::ranges::find_if(statePaths, [&](const Pointer& each) { return startsWith(path.tokens, each.tokens()); });
        path.slot = static_cast<std::uint32_t>(at - statePaths.begin());
        path.tokens.erase(path.tokens.begin(), path.tokens.begin() + static_cast<std::ptrdiff_t>(at->tokens().size()));
    });
}

}  // namespace hindcast::expression
