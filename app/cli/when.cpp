#include "app/cli/when.h"

#include "core/expression/expression.h"
#include "core/replay/expression_symptom.h"

#include <memory>
#include <utility>

namespace hindcast::cli {

Result<void> readWhen(store::Reader& reader, const std::string& text, replay::Symptom& symptom)
{
    auto expression = expression::Expression::parse(text);
    if (!expression)
        return fail("cannot use --when " + text,
                    expression.error().message + " at byte " + std::to_string(expression.error().offset),
                    "write an expression such as state.balance < 0", Error::Kind::BadInput);
    const auto asked = std::make_shared<replay::ExpressionSymptom>(reader, std::move(*expression));
    symptom = asked->symptom();
    symptom.holds = [asked, holds = std::move(symptom.holds)](const model::Input& input, const model::GivenState& state,
                                                              const model::GivenState* previous) {
        return holds(input, state, previous);
    };
    return {};
}

}  // namespace hindcast::cli
