#include "core/expression/parser.h"

#include <algorithm>

namespace hindcast::expression {

NodePtr Parser::postfix()
{
    NodePtr node = primary();
    while (node) {
        if (take("."))
            node = member(std::move(node));
        else if (take("["))
            node = index(std::move(node));
        else
            break;
    }
    return node;
}

bool Parser::extend(Node& path, std::string token)
{
    if (path.kind != NodeKind::Path) return false;
    if (path.tokens.size() >= kMaxJsonDepth) {
        fail("the path is deeper than a document can be", path.offset, path.length);
        return false;
    }
    path.tokens.push_back(std::move(token));
    return true;
}

NodePtr Parser::member(NodePtr object)
{
    if (peek().kind != Token::Kind::Name) return fail("a name is missing behind the point, before " + seen(), peek());
    const Token name = peek();
    ++at_;
    if (sees("(")) return call(name, std::move(object));
    const std::size_t offset = object->offset;
    if (extend(*object, name.value)) return made(std::move(object), offset);
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::Member;
    node->text = name.value;
    node->children.push_back(std::move(object));
    return made(std::move(node), offset);
}

NodePtr Parser::index(NodePtr object)
{
    const std::size_t offset = object->offset;
    NodePtr key = expression();
    if (!key || !expect("]", "behind the index")) return nullptr;
    if (key->kind == NodeKind::Constant) {
        const Value& value = key->value;
        if (value.is(Value::Kind::Text) && extend(*object, key->text)) return made(std::move(object), offset);
        const bool whole = value.is(Value::Kind::Number) && value.number().isShort() && value.scale == 0 && value.integer >= 0;
        if (whole && extend(*object, std::to_string(value.integer))) return made(std::move(object), offset);
    }
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::Index;
    node->children.push_back(std::move(object));
    node->children.push_back(std::move(key));
    return made(std::move(node), offset);
}

NodePtr Parser::primary()
{
    const Token token = peek();
    switch (token.kind) {
        case Token::Kind::Number:
        case Token::Kind::Text: return constant(token);
        case Token::Kind::Name: return name();
        case Token::Kind::End: return fail(at_ == 0 ? "the expression is empty" : "something is missing at the end", token);
        case Token::Kind::Symbol: break;
    }
    if (take("(")) {
        NodePtr inner = expression();
        return inner && expect(")", "behind the parenthesis") ? std::move(inner) : nullptr;
    }
    if (take("[")) return list();
    if (take("{")) return map();
    return fail("a value is missing before " + seen(), token);
}

NodePtr Parser::constant(const Token& token)
{
    ++at_;
    auto node = std::make_unique<Node>();
    node->text = token.value;
    if (token.kind == Token::Kind::Text)
        node->value = Value::of(std::string_view(node->text));
    else
        node->value = Value::of(readNumber(node->text).value_or(Number{}));
    return made(std::move(node), token.offset);
}

NodePtr Parser::list()
{
    const std::size_t offset = tokens_[at_ - 1].offset;
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::List;
    while (!sees("]")) {
        NodePtr item = expression();
        if (!item) return nullptr;
        node->children.push_back(std::move(item));
        if (!take(",")) break;
    }
    if (!expect("]", "at the end of the list")) return nullptr;
    if (std::ranges::all_of(node->children, [](const NodePtr& each) { return each->kind == NodeKind::Constant; })) {
        node->kind = NodeKind::Constant;
        for (const NodePtr& each : node->children) node->items.push_back(each->value);
        node->value = Value::of(node->items);
    }
    return made(std::move(node), offset);
}

NodePtr Parser::map()
{
    const std::size_t offset = tokens_[at_ - 1].offset;
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::Map;
    while (!sees("}")) {
        NodePtr key = expression();
        if (!key || !expect(":", "behind the key")) return nullptr;
        NodePtr value = expression();
        if (!value) return nullptr;
        node->children.push_back(std::move(key));
        node->children.push_back(std::move(value));
        if (!take(",")) break;
    }
    if (!expect("}", "at the end of the map")) return nullptr;
    return made(std::move(node), offset);
}

}  // namespace hindcast::expression
