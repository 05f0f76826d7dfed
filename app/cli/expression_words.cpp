#include "app/cli/expression_words.h"

#include "app/cli/over_all.h"

#include <fmt/core.h>
#include <algorithm>

namespace hindcast::cli {

int tellSyntax(const std::string& text, const expression::SyntaxError& error)
{
    fmt::print(stderr, "hindcast-cli: cannot read the expression: {}\n", error.message);
    std::string shown;
    std::string under;
    const std::size_t end = std::max(error.offset + 1, error.offset + error.length);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        shown += c < 0x20 ? ' ' : text[i];
        if ((c & 0xc0) == 0x80) continue;  // goes on with a character: takes no room of its own
        under += i >= error.offset && i < end ? '^' : ' ';
    }
    if (error.offset >= text.size()) under += '^';
    under.erase(under.find_last_not_of(' ') + 1);
    fmt::print(stderr, "  {}\n  {}\n", shown, under);
    return kUsage;
}

Result<void> tellUnknownTypes(Desk& desk, const expression::Expression& expression)
{
    if (expression.typesNamed().empty()) return {};
    const auto types = desk.reader().types();
    if (!types) return std::unexpected(types.error());
    std::vector<std::string> names;
    for (const store::TypeCount& each : *types) names.push_back(each.name);
    for (const std::string& name : expression.typesNamed())
        if (std::ranges::find(names, name) == names.end())
            fmt::print(stderr, "hindcast-cli: no event of this workspace has the type {}{}\n", name, didYouMean(name, names));
    return {};
}

}  // namespace hindcast::cli
