#include "core/expression/expression.h"

#include "core/expression/lexer.h"
#include "core/expression/node.h"
#include "core/expression/parser.h"

#include <algorithm>

namespace hindcast::expression {

namespace {

constexpr std::size_t kMostText = 100'000;

void note(std::vector<std::string>& types, const Value& value)
{
    if (!value.is(Value::Kind::Text)) return;
    if (std::ranges::find(types, value.text) == types.end()) types.emplace_back(value.text);
}

bool isType(const Node& node) { return node.kind == NodeKind::Name && node.name == Name::Type; }

/// Whether a name is of the event, and not of its entity or a state.
bool isOfEvent(Name name)
{
    static constexpr Name kOthers[] = {Name::Entity, Name::Category, Name::Id, Name::State, Name::Previous};
    return std::ranges::find(kOthers, name) == std::end(kOthers);
}

void inspect(const Node& node, Expression::Impl& impl)
{
    if (node.kind == NodeKind::Path) {
        impl.usesState |= node.name == Name::State;
        impl.usesPrevious |= node.name == Name::Previous;
    }
    const bool named = node.kind == NodeKind::Name || node.kind == NodeKind::Path;
    impl.usesEvent |= node.kind == NodeKind::Headers || (named && isOfEvent(node.name));
    impl.usesRecord |= node.kind == NodeKind::Headers || (node.kind == NodeKind::Name && node.name == Name::Key);
    const bool equality =
        node.kind == NodeKind::Compare && (node.comparison == Comparison::Equal || node.comparison == Comparison::NotEqual);
    if (equality && isType(*node.children[0])) note(impl.types, node.children[1]->value);
    if (equality && isType(*node.children[1])) note(impl.types, node.children[0]->value);
    if (node.kind == NodeKind::In && isType(*node.children[0])) {
        for (const Value& item : node.children[1]->items) note(impl.types, item);
        for (const NodePtr& item : node.children[1]->children) note(impl.types, item->value);
    }
    for (const NodePtr& child : node.children) inspect(*child, impl);
}

}  // namespace

Expression::Expression(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Expression::~Expression() = default;

std::expected<std::shared_ptr<const Expression>, SyntaxError> Expression::parse(std::string_view text)
{
    if (text.size() > kMostText) return std::unexpected(SyntaxError{"the expression is longer than 100,000 bytes", kMostText, 1});
    auto impl = std::make_unique<Impl>();
    impl->text = text;
    auto tokens = tokensOf(impl->text);
    if (!tokens) return std::unexpected(std::move(tokens.error()));
    Parser parser(impl->text, std::move(*tokens));
    auto root = parser.run();
    if (!root) return std::unexpected(std::move(root.error()));
    impl->root = std::move(*root);
    impl->mostVariables = parser.mostVariables();
    assignSlots(*impl->root, impl->statePaths, impl->payloadPaths);
    inspect(*impl->root, *impl);
    return std::make_shared<const Expression>(std::move(impl));
}

const std::string& Expression::text() const { return impl_->text; }
const std::vector<Pointer>& Expression::statePaths() const { return impl_->statePaths; }
bool Expression::usesState() const { return impl_->usesState; }
bool Expression::usesPrevious() const { return impl_->usesPrevious; }
bool Expression::usesPayload() const { return !impl_->payloadPaths.empty(); }
bool Expression::usesRecord() const { return impl_->usesRecord; }
bool Expression::usesEvent() const { return impl_->usesEvent; }
const std::vector<std::string>& Expression::typesNamed() const { return impl_->types; }
const std::vector<Pointer>& Expression::payloadPaths() const { return impl_->payloadPaths; }

}  // namespace hindcast::expression
