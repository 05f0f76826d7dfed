#pragma once
#include "core/expression/lexer.h"
#include "core/expression/node.h"

#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hindcast::expression {

/// Recursive descent over CEL's grammar. Made for one text and used once.
class Parser {
public:
    Parser(std::string_view text, std::vector<Token> tokens) : text_(text), tokens_(std::move(tokens)) {}

    [[nodiscard]] std::expected<NodePtr, SyntaxError> run();
    [[nodiscard]] std::size_t mostVariables() const { return mostVariables_; }

private:
    // parser.cpp. A null node: error_ is set.
    NodePtr expression();
    NodePtr binary(int least);
    NodePtr combined(int level, const Token& sign, NodePtr left, NodePtr right);
    NodePtr unary();
    NodePtr negated(NodePtr operand, std::size_t offset);
    // parser_values.cpp
    NodePtr postfix();
    NodePtr member(NodePtr object);
    NodePtr index(NodePtr object);
    NodePtr primary();
    NodePtr list();
    NodePtr map();
    NodePtr constant(const Token& token);
    /// Appends to a Path whose members are all constant; the node itself where that cannot be.
    bool extend(Node& path, std::string token);
    // parser_calls.cpp
    NodePtr name();
    NodePtr has(std::size_t offset);
    NodePtr call(const Token& name, NodePtr receiver);
    NodePtr macro(Macro macro, NodePtr receiver, std::size_t offset);
    NodePtr function(Function function, const Token& name, std::vector<NodePtr> operands);
    NodePtr folded(NodePtr call);
    bool arguments(std::vector<NodePtr>& out);

    [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
    [[nodiscard]] bool sees(std::string_view symbol) const
    {
        return peek().kind == Token::Kind::Symbol && peek().value == symbol;
    }
    bool take(std::string_view symbol)
    {
        if (!sees(symbol)) return false;
        ++at_;
        return true;
    }
    bool expect(std::string_view symbol, std::string_view why);
    [[nodiscard]] std::string seen() const;  ///< "the end", ")" …

    NodePtr fail(std::string message, std::size_t offset, std::size_t length);
    NodePtr fail(std::string message, const Token& token) { return fail(std::move(message), token.offset, token.length); }
    /// The node, measured and with its place in the text: from `offset` to the last token taken.
    NodePtr made(NodePtr node, std::size_t offset);

    std::string_view text_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    std::size_t nesting_ = 0;
    std::vector<std::string> variables_;
    std::size_t mostVariables_ = 0;
    std::optional<SyntaxError> error_;
};

}  // namespace hindcast::expression
