#include "core/model/script_packet.h"

#include "core/event/json_visitor.h"
#include "core/model/run.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace hindcast::model {

namespace {

constexpr std::size_t kPlainLength = 15;  // a number of so many characters has at most as many digits
constexpr std::size_t kDeepestShape = 8;
constexpr std::size_t kLongestShape = 4096;

/// Takes a payload apart: a template of its objects, and the leaves in their order, each behind a comma.
class ShapeVisitor {
public:
    ShapeVisitor(std::string_view text, std::string& shape, std::string& leaves) : text_(text), shape_(shape), leaves_(leaves) {}

    void startObject(std::size_t)
    {
        if (arrays_ > 0) return;
        if (++depth_ > kDeepestShape) tooMuch_ = true;
        shape_ += '{';
        members_ = false;
    }
    void key(std::string_view name)
    {
        if (arrays_ > 0) return;
        if (members_) shape_ += ',';
        // Within the text it stood without an escape.
        if (name.data() >= text_.data() && name.data() < text_.data() + text_.size()) {
            shape_.append(1, '"').append(name).append("\":", 2);
        } else {
            appendJsonString(shape_, name);
            shape_ += ':';
        }
        members_ = true;
    }
    void endObject(std::size_t)
    {
        if (arrays_ > 0) return;
        --depth_;
        shape_ += '}';
        members_ = true;
    }
    void startArray(std::size_t begin)
    {
        if (arrays_++ == 0) {
            copied_ = begin;
            leaves_ += ',';
        }
    }
    void endArray(std::size_t end)
    {
        if (--arrays_ > 0) return;
        leaves_ += text_.substr(copied_, end - copied_);
        shape_ += '0';
        members_ = true;
    }
    void string(std::string_view, std::string_view raw) { leaf(raw); }
    void number(std::string_view raw)
    {
        if (raw.size() <= kPlainLength && raw.find_first_of("eE") == std::string_view::npos) return leaf(raw);
        if (!goesAsText(raw)) return leaf(raw);
        if (arrays_ > 0) {
            const auto at = static_cast<std::size_t>(raw.data() - text_.data());
            leaves_ += text_.substr(copied_, at - copied_);
            leaves_.append(1, '"').append(raw).append(1, '"');
            copied_ = at + raw.size();
            return;
        }
        leaves_.append(",\"").append(raw).append(1, '"');
        shape_ += '0';
        members_ = true;
    }
    void boolean(bool, std::string_view raw) { leaf(raw); }
    void null(std::string_view raw) { leaf(raw); }

    [[nodiscard]] bool tooMuch() const { return tooMuch_ || shape_.size() > kLongestShape; }

private:
    void leaf(std::string_view raw)
    {
        if (arrays_ > 0) return;
        leaves_.append(1, ',').append(raw);
        shape_ += '0';
        members_ = true;
    }

    std::string_view text_;
    std::string& shape_;
    std::string& leaves_;
    std::size_t depth_ = 0;
    std::size_t arrays_ = 0;
    std::size_t copied_ = 0;  ///< so far of the outermost array
    bool members_ = false;
    bool tooMuch_ = false;
};

/// Whether the leaves of a shape stand in one order on both sides: JavaScript puts members whose names are whole numbers before all
/// others, and has a name that is given twice but once.
class OneOrder : public JsonVisitor {
public:
    void startObject(std::size_t) { names_.emplace_back(); }
    void endObject(std::size_t) { names_.pop_back(); }
    void key(std::string_view name)
    {
        const bool number = !name.empty() && std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; });
        if (number || !names_.back().emplace(name).second) holds_ = false;
    }

    [[nodiscard]] bool holds() const { return holds_; }

private:
    std::vector<std::set<std::string, std::less<>>> names_;
    bool holds_ = true;
};

bool hasOneOrder(std::string_view shape)
{
    JsonIndex index;
    OneOrder visitor;
    return walkJson(index, shape, visitor) && visitor.holds();
}

}  // namespace

bool goesAsText(std::string_view raw)
{
    std::size_t digits = 0;  // significant ones
    std::size_t zeros = 0;   // that may be significant, where another digit follows
    bool begun = false;
    bool fraction = false;
    bool exponent = false;
    for (const char c : raw) {
        if (c == 'e' || c == 'E') {
            exponent = true;
            break;
        }
        if (c == '.') {
            fraction = true;
            continue;
        }
        if (c == '-') continue;
        if (c == '0') {
            if (begun) ++zeros;
            continue;
        }
        begun = true;
        digits += zeros + 1;
        zeros = 0;
    }
    if (!fraction && !exponent) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
        constexpr std::int64_t kMost = (std::int64_t{1} << 53) - 1;
        return error != std::errc() || end != raw.data() + raw.size() || value > kMost || value < -kMost;
    }
    if (digits > 15) return true;
    if (!exponent) return false;
    double value = 0;
    const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    return error != std::errc() || !std::isfinite(value) || (begun && std::fabs(value) < std::numeric_limits<double>::min());
}

void appendForScript(std::string& out, std::string_view text)
{
    std::size_t copied = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at)
                if (text[at] == '\\') ++at;
            ++at;
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            std::size_t end = at + 1;
            while (end < text.size() && (std::isdigit(static_cast<unsigned char>(text[end])) || text[end] == '.' ||
                                         text[end] == 'e' || text[end] == 'E' || text[end] == '+' || text[end] == '-'))
                ++end;
            const std::string_view raw = text.substr(at, end - at);
            if (goesAsText(raw)) {
                out += text.substr(copied, at - copied);
                out.append(1, '"').append(raw).append(1, '"');
                copied = end;
            }
            at = end;
        } else {
            ++at;
        }
    }
    out += text.substr(copied);
}

void ScriptPacket::forget()
{
    types_.clear();
    shapes_.clear();
    nextShape_ = kFirstShape;
}

void ScriptPacket::item(std::string_view text)
{
    if (text_.size() > 1) text_ += ',';
    text_ += text;
}

void ScriptPacket::number(std::int64_t value)
{
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    item({digits, static_cast<std::size_t>(end - digits)});
}

ScriptPacket::Written ScriptPacket::write(std::span<const Op> ops)
{
    text_.assign(1, '[');
    places_.clear();
    for (std::uint32_t i = 0; i < ops.size(); ++i) writeOp(ops[i], i);
    text_ += ']';
    return {text_, places_};
}

void ScriptPacket::writeOp(const Op& op, std::uint32_t place)
{
    const auto start = [&](int kind) {
        places_.push_back(place);
        number(kind);
    };
    const auto text = [&](std::string_view value) {
        if (text_.size() > 1) text_ += ',';
        appendJsonString(text_, value);
    };
    switch (op.kind) {
        case Op::Kind::Begin:
            start(0);
            number(static_cast<std::int64_t>(op.tag));
            text(op.input.category);
            text(op.input.entity);
            number(static_cast<std::int64_t>(op.version.value));
            number(static_cast<int>(op.detail));
            writeState(op.state);
            break;
        case Op::Kind::Event: writeEvent(op, 1, place); break;
        case Op::Kind::Detail:
            start(2);
            number(static_cast<int>(op.detail));
            break;
        case Op::Kind::State: start(3); break;
        case Op::Kind::Accept: writeEvent(op, 4, place); break;
        case Op::Kind::Decide:
            start(5);
            text(op.text);
            text_ += ',';
            appendForScript(text_, op.state.value_or("null"));
            break;
        case Op::Kind::Result: start(9); break;
        case Op::Kind::Pass:
            start(8);
            number(static_cast<std::int64_t>(op.version.value));
            text(op.text);
            break;
    }
}

/// As the model wrote it, however many digits its numbers have, with what JSON has no word for.
void ScriptPacket::writeState(const std::optional<std::string_view>& state)
{
    if (!state) {
        number(0);
        number(0);
        return;
    }
    const std::size_t end = state->find(GivenState::kBeyond);
    number(end == std::string_view::npos ? 1 : 2);
    text_ += end == std::string_view::npos ? "," : ",[";
    text_ += state->substr(0, end);
    if (end == std::string_view::npos) return;
    text_ += ',';
    text_ += state->substr(end + 1);
    text_ += ']';
}

void ScriptPacket::writeEvent(const Op& op, int kind, std::uint32_t place)
{
    const Input& input = op.input;
    std::uint32_t shape = 1;
    leaves_.clear();
    if (!input.payload.empty()) {
        shape_.clear();
        ShapeVisitor visitor(input.payload, shape_, leaves_);
        if (auto walked = walkJson(index_, input.payload, visitor); !walked) {
            places_.push_back(place);
            number(8);
            number(static_cast<std::int64_t>(op.version.value));
            text_ += ',';
            appendJsonString(text_, "the payload is no JSON: " + walked.error().message);
            return;
        }
        auto known = visitor.tooMuch() ? shapes_.end() : shapes_.find(std::string_view(shape_));
        if (known == shapes_.end() && !visitor.tooMuch() && shape_ != "0" && shapes_.size() < kMostShapes) {
            const bool told = hasOneOrder(shape_);
            known = shapes_.try_emplace(shape_, told ? nextShape_++ : kWhole).first;
            if (told) {
                places_.push_back(place);
                number(7);
                item(shape_);
            }
        }
        shape = known == shapes_.end() ? kWhole : known->second;
        if (shape == kWhole) {
            leaves_.assign(1, ',');
            appendForScript(leaves_, input.payload);
        }
    }
    auto type = types_.find(input.type);
    if (type == types_.end()) {
        type = types_.try_emplace(std::string(input.type), static_cast<std::uint32_t>(types_.size())).first;
        places_.push_back(place);
        number(6);
        text_ += ',';
        appendJsonString(text_, input.type);
    }
    places_.push_back(place);
    number(kind);
    number(type->second);
    number(shape);
    number(static_cast<std::int64_t>(op.version.value));
    number(static_cast<int>(input.kind));
    if (input.time.isKnown()) {
        const std::int64_t milliseconds = input.time.milliseconds();
        number(milliseconds);
        number(input.time.ns - milliseconds * 1'000'000);
    } else {
        item("null");
        number(0);
    }
    text_ += leaves_;
}

}  // namespace hindcast::model
