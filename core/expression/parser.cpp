#include "core/expression/parser.h"

#include <algorithm>
#include <array>

namespace hindcast::expression {

namespace {

constexpr std::size_t kMostNesting = 200;
constexpr std::uint32_t kMostDepth = 500;

constexpr int kOr = 1;
constexpr int kAnd = 2;
constexpr int kRelation = 3;
constexpr int kSum = 4;
constexpr int kProduct = 5;

int levelOf(const Token& token)
{
    if (token.kind == Token::Kind::Name) return token.value == "in" ? kRelation : 0;
    if (token.kind != Token::Kind::Symbol) return 0;
    const std::string_view sign = token.value;
    if (sign == "||") return kOr;
    if (sign == "&&") return kAnd;
    if (sign == "+" || sign == "-") return kSum;
    if (sign == "*" || sign == "/" || sign == "%") return kProduct;
    if (sign == "==" || sign == "!=" || sign == "<" || sign == "<=" || sign == ">" || sign == ">=") return kRelation;
    return 0;
}

/// Counts a level of nesting as long as it lives.
class Nested {
public:
    explicit Nested(std::size_t& count) : count_(count) { ++count_; }
    ~Nested() { --count_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

private:
    std::size_t& count_;
};

constexpr const char* kTooDeep = "the expression is nested too deeply";

/// What stands for an operator in other languages.
std::string_view wordFor(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords{{{"and", "&&"},
                                                                                          {"AND", "&&"},
                                                                                          {"or", "||"},
                                                                                          {"OR", "||"},
                                                                                          {"is", "=="},
                                                                                          {"eq", "=="},
                                                                                          {"IN", "in"},
                                                                                          {"contains", ".contains(…)"},
                                                                                          {"like", ".matches(…)"}}};
    const auto at = std::ranges::find(kWords, word, [](const auto& each) { return each.first; });
    return at == kWords.end() ? std::string_view() : at->second;
}

}  // namespace

NodePtr Parser::fail(std::string message, std::size_t offset, std::size_t length)
{
    if (!error_) error_ = SyntaxError{std::move(message), offset, length};
    return nullptr;
}

std::string Parser::seen() const
{
    return peek().kind == Token::Kind::End ? "the end" : std::string(text_.substr(peek().offset, peek().length));
}

bool Parser::expect(std::string_view symbol, std::string_view why)
{
    if (take(symbol)) return true;
    fail(std::string(symbol) + " is missing " + std::string(why) + ", before " + seen(), peek());
    return false;
}

NodePtr Parser::made(NodePtr node, std::size_t offset)
{
    node->offset = offset;
    const Token& last = tokens_[at_ > 0 ? at_ - 1 : 0];
    node->length = last.offset + last.length - offset;
    measure(*node);
    if (node->depth > kMostDepth) return fail(kTooDeep, node->offset, node->length);
    return node;
}

std::expected<NodePtr, SyntaxError> Parser::run()
{
    if (peek().kind == Token::Kind::End) return std::unexpected(SyntaxError{"the expression is empty", 0, 0});
    NodePtr root = expression();
    if (root && peek().kind != Token::Kind::End) {
        const std::string_view word = peek().kind == Token::Kind::Name ? wordFor(peek().value) : std::string_view();
        if (!word.empty())
            fail(peek().value + " is written " + std::string(word), peek());
        else if (peek().kind == Token::Kind::Symbol)
            fail("an unexpected " + seen(), peek());
        else
            fail("an operator is missing before " + seen(), peek());
    }
    if (error_) return std::unexpected(std::move(*error_));
    return root;
}

NodePtr Parser::expression()
{
    const Nested nested(nesting_);
    if (nesting_ > kMostNesting) return fail(kTooDeep, peek());
    const std::size_t offset = peek().offset;
    NodePtr condition = binary(kOr);
    if (!condition || !take("?")) return condition;
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::Conditional;
    node->children.push_back(std::move(condition));
    NodePtr yes = expression();
    if (!yes || !expect(":", "between the two results of ?")) return nullptr;
    node->children.push_back(std::move(yes));
    NodePtr no = expression();
    if (!no) return nullptr;
    node->children.push_back(std::move(no));
    return made(std::move(node), offset);
}

NodePtr Parser::binary(int least)
{
    NodePtr left = unary();
    while (left) {
        const Token sign = peek();
        const int level = levelOf(sign);
        if (level == 0 || level < least) break;
        ++at_;
        NodePtr right = binary(level + 1);
        if (!right) return nullptr;
        left = combined(level, sign, std::move(left), std::move(right));
    }
    return left;
}

NodePtr Parser::combined(int level, const Token& sign, NodePtr left, NodePtr right)
{
    const std::size_t offset = left->offset;
    auto node = std::make_unique<Node>();
    if (level == kOr || level == kAnd) {
        node->kind = level == kOr ? NodeKind::Or : NodeKind::And;
        // A chain is one node. Either side alone decides, absent or not (CEL: && and || are commutative): the cheap ones are asked first.
        if (left->kind == node->kind) {
            node = std::move(left);
        } else {
            node->depth = left->depth + 1;
            node->cost = left->cost;
            node->children.push_back(std::move(left));
        }
        node->depth = std::max(node->depth, right->depth + 1);
        node->cost += right->cost;
        node->offset = offset;
        node->length = right->offset + right->length - offset;
        const auto at = std::ranges::upper_bound(node->children, right->cost, {}, [](const NodePtr& each) { return each->cost; });
        node->children.insert(at, std::move(right));
        return node->depth > kMostDepth ? fail(kTooDeep, node->offset, node->length) : std::move(node);
    }
    for (const auto& [one, other] : {std::pair(left.get(), right.get()), std::pair(right.get(), left.get())}) {
        const bool isTime = level == kRelation && sign.value != "in" && one->kind == NodeKind::Name && one->name == Name::Time;
        if (isTime && other->kind == NodeKind::Constant && other->value.is(Value::Kind::Text))
            return fail("time is compared with a timestamp: timestamp(\"" + other->text + "\")", other->offset, other->length);
    }
    node->children.push_back(std::move(left));
    node->children.push_back(std::move(right));
    if (level == kRelation) {
        static constexpr std::array<std::string_view, 6> kComparisons{"==", "!=", "<", "<=", ">", ">="};
        const auto at = std::ranges::find(kComparisons, sign.value);
        node->kind = at == kComparisons.end() ? NodeKind::In : NodeKind::Compare;
        if (at != kComparisons.end()) node->comparison = static_cast<Comparison>(at - kComparisons.begin());
    } else {
        node->kind = NodeKind::Arithmetic;
        node->operation = static_cast<Operation>(std::string_view("+-*/%").find(sign.value));
    }
    return made(std::move(node), offset);
}

NodePtr Parser::negated(NodePtr operand, std::size_t offset)
{
    if (operand->kind == NodeKind::Constant && operand->value.is(Value::Kind::Number)) {
        std::string text = textOf(operand->value.number());
        operand->text = text.starts_with('-') ? text.substr(1) : "-" + text;
        operand->value = Value::of(readNumber(operand->text).value_or(Number{}));
        return made(std::move(operand), offset);
    }
    auto node = std::make_unique<Node>();
    node->kind = NodeKind::Negate;
    node->children.push_back(std::move(operand));
    return made(std::move(node), offset);
}

NodePtr Parser::unary()
{
    const std::size_t offset = peek().offset;
    const bool negates = sees("-");
    if (!negates && !sees("!")) return postfix();
    const Nested nested(nesting_);
    if (nesting_ > kMostNesting) return fail(kTooDeep, peek());
    std::size_t count = 0;
    while (take(negates ? "-" : "!")) ++count;
    NodePtr operand = unary();
    // Two or four of them are the same, but two are not none: what is negated has to be something that can be.
    for (std::size_t left = count % 2 == 0 ? 2 : 1; left > 0 && operand; --left) {
        if (negates) {
            operand = negated(std::move(operand), offset);
        } else {
            auto node = std::make_unique<Node>();
            node->kind = NodeKind::Not;
            node->children.push_back(std::move(operand));
            operand = made(std::move(node), offset);
        }
    }
    return operand;
}

}  // namespace hindcast::expression
