#include "core/replay/sought_value.h"

#include "core/expression/text_tools.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace hindcast::replay {

namespace {

std::string_view trimmed(std::string_view text)
{
    static constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

void lowerInto(std::string& out, std::string_view text)
{
    out.clear();
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (!std::ranges::all_of(text, isAscii)) return expression::appendLower(out, text);
    out.resize(text.size());
    std::ranges::transform(text, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

/// Goes through a document; the tokens are put together only where something is found.
class Walk {
public:
    Walk(const SoughtValue& sought, std::string& scratch, const SoughtValue::Found& found)
        : sought_(sought), scratch_(scratch), found_(found)
    {
    }
    void value(const Json& json)
    {
        if (json.is_object()) {
            for (const auto& [name, member] : json.get_ref<const Json::object_t&>()) {
                way_.push_back({&name, 0});
                value(member);
                way_.pop_back();
            }
        } else if (json.is_array()) {
            for (std::size_t i = 0; i < json.size(); ++i) {
                way_.push_back({nullptr, i});
                value(json[i]);
                way_.pop_back();
            }
        } else if (sought_.matches(json, scratch_)) {
            tell(json);
        }
    }

private:
    struct Step {
        const std::string* name;  ///< null: `index`
        std::size_t index;
    };
    void tell(const Json& json)
    {
        std::vector<std::string> tokens;
        for (const Step& step : way_) tokens.push_back(step.name ? *step.name : std::to_string(step.index));
        found_(tokens, json);
    }

    const SoughtValue& sought_;
    std::string& scratch_;
    const SoughtValue::Found& found_;
    std::vector<Step> way_;
};

}  // namespace

Result<SoughtValue> SoughtValue::fromText(std::string_view typed)
{
    const std::string_view text = trimmed(typed);
    SoughtValue sought;
    sought.typed_ = text;
    std::string held(text);
    if (auto read = parseJson(text); read && !read->is_structured()) {
        if (read->is_string())
            held = read->get<std::string>();
        else
            sought.exact_ = std::move(*read);
    }
    lowerInto(sought.lower_, held);
    if (sought.lower_.empty())
        return fail("cannot look for nothing", "the text is empty", "give a number or a text that stands in a state",
                    Error::Kind::BadInput);
    return sought;
}

bool SoughtValue::matches(const Json& value, std::string& scratch) const
{
    if (value.is_string()) {
        lowerInto(scratch, value.get_ref<const std::string&>());
        return scratch.find(lower_) != std::string::npos;
    }
    if (exact_.is_discarded()) return false;
    return isNumber(exact_) ? isNumber(value) && sameValue(exact_, value)
                            : value.type() == exact_.type() && sameValue(exact_, value);
}

void SoughtValue::findIn(const Json& document, std::string& scratch, const Found& found) const
{
    Walk(*this, scratch, found).value(document);
}

}  // namespace hindcast::replay
