#include "core/model/program_protocol.h"

#include "core/event/json_visitor.h"
#include "core/event/time.h"

#include <algorithm>
#include <charconv>

namespace hindcast::model {

namespace {

constexpr std::size_t kQuoted = 160;
constexpr std::string_view kAskEnd = "}\n";
constexpr std::string_view kLastAskEnd = ",\"flush\":true}\n";

/// Keeps the members of the outermost object: texts, numbers, and of all others where they stand.
class Members {
public:
    explicit Members(std::string_view line) : line_(line) {}

    void startObject(std::size_t begin) { open(begin); }
    void endObject(std::size_t end) { close(end); }
    void startArray(std::size_t begin) { open(begin); }
    void endArray(std::size_t end) { close(end); }
    void key(std::string_view name)
    {
        if (depth_ == 1) name_ = nameOf(name);
    }
    void string(std::string_view content, std::string_view raw)
    {
        if (depth_ != 1) return;
        value(raw);
        switch (name_) {
            case Name::Error: text = content; break;
            case Name::Handler: handler = content; break;
            case Name::File: file = content; break;
            default: break;
        }
    }
    void number(std::string_view raw)
    {
        if (depth_ == 1) value(raw);
    }
    void boolean(bool, std::string_view raw)
    {
        if (depth_ == 1) value(raw);
    }
    void null(std::string_view raw)
    {
        if (depth_ == 1) value(raw);
    }

    [[nodiscard]] static std::optional<std::uint64_t> whole(std::string_view raw)
    {
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
        if (raw.empty() || error != std::errc() || end != raw.data() + raw.size()) return std::nullopt;
        return number;
    }

    std::string_view ask;
    std::string_view state;
    std::string_view error;
    std::string_view version;
    std::string_view line;
    std::string_view column;
    std::string text;
    std::string handler;
    std::string file;

private:
    enum class Name : std::uint8_t { Other, Ask, State, Error, Version, Handler, File, Line, Column };

    static Name nameOf(std::string_view name)
    {
        if (name == "ask") return Name::Ask;
        if (name == "state") return Name::State;
        if (name == "error") return Name::Error;
        if (name == "version") return Name::Version;
        if (name == "handler") return Name::Handler;
        if (name == "file") return Name::File;
        if (name == "line") return Name::Line;
        if (name == "column") return Name::Column;
        return Name::Other;
    }
    void open(std::size_t begin)
    {
        if (depth_++ == 1) begin_ = begin;
    }
    void close(std::size_t end)
    {
        if (--depth_ == 1) value(line_.substr(begin_, end - begin_));
    }
    void value(std::string_view raw)
    {
        switch (name_) {
            case Name::Ask: ask = raw; break;
            case Name::State: state = raw; break;
            case Name::Error: error = raw; break;
            case Name::Version: version = raw; break;
            case Name::Line: line = raw; break;
            case Name::Column: column = raw; break;
            default: break;
        }
    }

    std::string_view line_;
    Name name_ = Name::Other;
    std::size_t depth_ = 0;
    std::size_t begin_ = 0;
};

void appendNumber(std::string& out, std::uint64_t number)
{
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

/// JSON on one line: an end of line can only be white space there, for within strings it is escaped.
void appendOneLine(std::string& out, std::string_view json)
{
    const auto from = static_cast<std::ptrdiff_t>(out.size());
    out += json;
    for (const char end : {'\n', '\r'})
        if (json.find(end) != std::string_view::npos) std::replace(out.begin() + from, out.end(), end, ' ');
}

}  // namespace

void ProgramWriter::reset(std::uint64_t nextAsk)
{
    nextAsk_ = nextAsk;
    detail_ = Detail::Nothing;
    unasked_ = false;
}

std::string ProgramWriter::hello()
{
    std::string line = R"({"ask":)";
    appendNumber(line, nextAsk_++);
    return line.append(kLastAskEnd);
}

std::string_view ProgramWriter::write(std::span<const Op> ops, std::vector<ProgramStep>& steps)
{
    out_.clear();
    endsWithAsk_ = false;
    for (const Op& op : ops) {
        switch (op.kind) {
            case Op::Kind::Begin: begin(op, steps); break;
            case Op::Kind::Event: event(op, steps); break;
            case Op::Kind::Pass: tellByDetail(op, steps); break;
            case Op::Kind::Detail:
                if (op.detail == Detail::Changes && detail_ != Detail::Changes) ask(op, ProgramStep::For::Base, steps);
                detail_ = op.detail;
                break;
            case Op::Kind::State: ask(op, ProgramStep::For::State, steps); break;
            case Op::Kind::Accept:
                steps.push_back({.kind = ProgramStep::Kind::Accept, .tag = op.tag, .version = op.input.version});
                break;
            case Op::Kind::Decide:
                steps.push_back({.kind = ProgramStep::Kind::Decide, .tag = op.tag, .text = std::string(op.text)});
                break;
            case Op::Kind::Result: break;  // the state is all that a program shows
        }
    }
    // The last line of a packet is an ask that says so, whatever it is asked for.
    if (!endsWithAsk_) ask(ops.empty() ? Op{} : ops.back(), ProgramStep::For::Order, steps);
    out_.resize(out_.size() - kAskEnd.size());
    out_ += kLastAskEnd;
    return out_;
}

void ProgramWriter::begin(const Op& op, std::vector<ProgramStep>& steps)
{
    // An error is told of a version, and versions begin again: what came before is settled first.
    if (unasked_) ask(op, ProgramStep::For::Order, steps);
    detail_ = op.detail;
    endsWithAsk_ = false;
    out_ += R"({"begin":{"category":)";
    appendJsonString(out_, op.input.category);
    out_ += R"(,"id":)";
    appendJsonString(out_, op.input.entity);
    out_ += R"(},"version":)";
    appendNumber(out_, op.version.value);
    out_ += R"(,"state":)";
    appendOneLine(out_, op.state.value_or("null"));
    out_ += "}\n";
    steps.push_back({.kind = ProgramStep::Kind::Begin,
                     .tag = op.tag,
                     .version = op.version,
                     .text = std::string(detail_ == Detail::Changes ? op.state.value_or("") : "")});
}

void ProgramWriter::event(const Op& op, std::vector<ProgramStep>& steps)
{
    const Input& input = op.input;
    ProgramStep step{.kind = ProgramStep::Kind::Event, .tag = op.tag, .version = input.version};
    if (std::string wrong = wrongWith(input.payload); !wrong.empty()) {
        step.kind = ProgramStep::Kind::Failed;
        step.text = std::move(wrong);
        steps.push_back(std::move(step));
        tellByDetail(op, steps);
        return;
    }
    out_ += R"({"event":)";
    appendJsonString(out_, input.type);
    out_ += R"(,"version":)";
    appendNumber(out_, input.version.value);
    if (input.time.isKnown()) {
        out_ += R"(,"time":")";
        out_ += toIso(input.time);
        out_ += '"';
    } else {
        out_ += R"(,"time":null)";
    }
    if (input.kind != EventKind::Plain) {
        out_ += R"(,"kind":")";
        out_ += nameOf(input.kind);
        out_ += '"';
    }
    out_ += R"(,"payload":)";
    if (input.payload.empty())
        out_ += "null";
    else
        appendOneLine(out_, input.payload);
    out_ += "}\n";
    unasked_ = true;
    endsWithAsk_ = false;
    steps.push_back(std::move(step));
    tellByDetail(op, steps);
}

void ProgramWriter::tellByDetail(const Op& op, std::vector<ProgramStep>& steps)
{
    switch (detail_) {
        case Detail::Nothing: break;
        case Detail::States: ask(op, ProgramStep::For::State, steps); break;
        case Detail::Changes: ask(op, ProgramStep::For::Changes, steps); break;
        case Detail::Fields: ask(op, ProgramStep::For::Fields, steps); break;
    }
}

void ProgramWriter::ask(const Op& op, ProgramStep::For what, std::vector<ProgramStep>& steps)
{
    out_ += R"({"ask":)";
    appendNumber(out_, nextAsk_);
    out_ += kAskEnd;
    unasked_ = false;
    endsWithAsk_ = true;
    steps.push_back({.kind = ProgramStep::Kind::Ask, .what = what, .tag = op.tag, .version = op.version, .ask = nextAsk_++});
}

std::string ProgramWriter::wrongWith(std::string_view payload)
{
    if (payload.empty()) return {};
    JsonVisitor nothing;
    const auto walked = walkJson(index_, payload, nothing);
    if (walked) return {};
    return "the payload is no valid JSON: " + walked.error().message + " at byte " + std::to_string(walked.error().offset);
}

std::expected<ProgramLine, std::string> readProgramLine(JsonIndex& index, std::string_view line)
{
    Members members(line);
    const auto walked = walkJson(index, line, members);
    if (!walked && line.starts_with('{'))
        return std::unexpected("wrote an answer that is no JSON: " + walked.error().message + " at byte " +
                               std::to_string(walked.error().offset) + " of " + quotedLine(line));
    if (!walked || line[line.find_first_not_of(" \t\r")] != '{')
        return std::unexpected("wrote a line that is no answer: " + quotedLine(line) +
                               " (standard output is for answers alone; messages go to standard error)");
    ProgramLine said;
    if (!members.error.empty()) {
        said.kind = ProgramLine::Kind::Error;
        const auto version = Members::whole(members.version);
        if (!version) return std::unexpected("told an error without the event's \"version\": " + quotedLine(line));
        said.version = *version;
        said.error.message = members.error.starts_with('"') ? std::move(members.text) : std::string(members.error);
        if (said.error.message.empty()) said.error.message = "the program gave no reason";
        said.error.handler = std::move(members.handler);
        said.error.file = std::move(members.file);
        said.error.line = static_cast<int>(std::min<std::uint64_t>(Members::whole(members.line).value_or(0), INT32_MAX));
        said.error.column = static_cast<int>(std::min<std::uint64_t>(Members::whole(members.column).value_or(0), INT32_MAX));
        return said;
    }
    const auto ask = Members::whole(members.ask);
    if (!ask)
        return std::unexpected("wrote a line that is no answer: " + quotedLine(line) + " (\"ask\" or \"error\" is missing)");
    if (members.state.empty()) return std::unexpected("answered without \"state\": " + quotedLine(line));
    said.ask = *ask;
    if (members.state != "null") said.state = members.state;
    return said;
}

std::string quotedLine(std::string_view line)
{
    std::string shown = "`";
    for (const char c : line.substr(0, kQuoted)) shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    // Not within a character.
    if (line.size() > kQuoted) {
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0) == 0x80) shown.pop_back();
        if (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0xC0) shown.pop_back();
        shown += "…";
    }
    return shown + "`";
}

}  // namespace hindcast::model
