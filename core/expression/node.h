#pragma once
#include "core/expression/expression.h"
#include "core/expression/names.h"
#include "core/expression/number.h"
#include "core/expression/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace hindcast::expression {

enum class NodeKind : std::uint8_t {
    Constant,
    Name,      ///< entity … key
    Headers,   ///< all of them, as a map
    Path,      ///< payload, state or previous and constant members behind
    Variable,  ///< of a macro
    Member,    ///< child.text
    Index,     ///< child[child]
    Has,       ///< whether its child, a Path, Member or Index, is there
    Not,
    Negate,
    And,  ///< two children or more, the cheapest first
    Or,
    Conditional,
    Compare,
    In,
    Arithmetic,
    List,
    Map,  ///< children: key, value, key, value, …
    Call,
    Macro,  ///< children: the list, then what is asked of each item (of Map with three: the condition, then the result)
};
enum class Comparison : std::uint8_t { Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual };

/// A part of an expression. Immutable once the parser has given it out.
struct Expression::Node {
    NodeKind kind = NodeKind::Constant;
    Name name = Name::Entity;
    Function function = Function::Size;
    Macro macro = Macro::Exists;
    Comparison comparison = Comparison::Equal;
    Operation operation = Operation::Add;
    std::uint32_t slot =
        0;  ///< of a Path: among the payload's paths or the state's; of a Variable and its Macro: among the variables
    std::uint32_t depth = 1;  ///< of the tree from here
    std::uint32_t cost = 0;   ///< rough: what && and || look at first
    std::size_t offset = 0;   ///< in the text of the expression
    std::size_t length = 0;
    Value value;                      ///< of a Constant
    std::string text;                 ///< what the value of a Constant views; the name of a Member
    std::vector<std::string> tokens;  ///< of a Path: all of them, and once it has a slot those behind what the slot holds
    std::vector<std::unique_ptr<Node>> children;
    std::vector<Value> items;                 ///< of a constant list
    std::shared_ptr<const re2::RE2> pattern;  ///< of matches() with a constant one
};

using Node = Expression::Node;
using NodePtr = std::unique_ptr<Node>;

/// Sets depth and cost from the node's children.
void measure(Node& node);

/// What a parsed expression is made of.
struct Expression::Impl {
    std::string text;
    NodePtr root;
    std::vector<Pointer> statePaths;
    std::vector<Pointer> payloadPaths;
    std::vector<std::string> types;
    std::size_t mostVariables = 0;
    bool usesState = false;
    bool usesPrevious = false;
    bool usesRecord = false;
    bool usesEvent = false;
};

/// Gives every Path its slot, and tells what the expression looks at.
void assignSlots(Expression::Node& root, std::vector<Pointer>& statePaths, std::vector<Pointer>& payloadPaths);

}  // namespace hindcast::expression
