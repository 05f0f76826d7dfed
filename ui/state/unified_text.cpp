#include "ui/state/unified_text.h"

#include "ui/state/aligned_json.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hindcast::ui {

namespace {

constexpr int kIndent = 2;  // as a state is copied and printed

/// The text of a document, line by line, and where its values stand in it.
class Lines {
public:
    explicit Lines(const Json* document)
    {
        if (document == nullptr) return;
        text_ = toText(*document, kIndent);
        for (std::size_t from = 0; from <= text_.size();) {
            const std::size_t end = std::min(text_.find('\n', from), text_.size());
            lines_.push_back(std::string_view(text_).substr(from, end - from));
            from = end + 1;
        }
        std::uint32_t next = 0;
        number(*document, next);
    }
    Lines(const Lines&) = delete;
    Lines& operator=(const Lines&) = delete;

    [[nodiscard]] std::size_t size() const { return lines_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t line) const { return lines_[line]; }
    /// REQUIRES: the value is one of the document's.
    [[nodiscard]] std::uint32_t of(const Json& value, AlignedLine::Part part) const
    {
        const Span& span = spans_.at(&value);
        return part == AlignedLine::Part::Close ? span.last : span.first;
    }

private:
    struct Span {
        std::uint32_t first = 0;
        std::uint32_t last = 0;
    };
    void number(const Json& value, std::uint32_t& next)
    {
        Span span{next, next};
        ++next;
        if (value.is_structured() && !value.empty()) {
            if (value.is_object())
                for (const auto& member : value.get_ref<const Json::object_t&>()) number(member.second, next);
            else
                for (const Json& item : value.get_ref<const Json::array_t&>()) number(item, next);
            span.last = next++;
        }
        spans_.emplace(&value, span);
    }

    std::string text_;
    std::vector<std::string_view> lines_;
    std::unordered_map<const Json*, Span> spans_;
};

struct Match {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

/// The most of the matches whose places in B rise, as those in A do: what was moved cannot stay on both sides.
std::vector<Match> rising(const std::vector<Match>& matches)
{
    constexpr std::size_t kNone = SIZE_MAX;
    std::vector<std::size_t> ends;  // of the best run of each length the match that it ends with
    std::vector<std::size_t> before(matches.size(), kNone);
    for (std::size_t i = 0; i < matches.size(); ++i) {
        const auto at = std::ranges::lower_bound(ends, matches[i].b, {}, [&](std::size_t end) { return matches[end].b; });
        if (at != ends.begin()) before[i] = *(at - 1);
        at == ends.end() ? ends.push_back(i) : void(*at = i);
    }
    std::vector<Match> out;
    for (std::size_t i = ends.empty() ? kNone : ends.back(); i != kNone; i = before[i]) out.push_back(matches[i]);
    std::ranges::reverse(out);
    return out;
}

/// The lines that are the same on both sides: of what stands beside each other in `aligned`, and what both begin and end with.
std::vector<Match> sameLines(const Lines& a, const Lines& b, const AlignedJson& aligned)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t head = 0;
    while (head < shorter && a[head] == b[head]) ++head;
    std::size_t tail = 0;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    std::vector<Match> between;
    for (const AlignedLine& line : aligned.lines) {
        if (line.a == nullptr || line.b == nullptr) continue;
        const Match match{a.of(*line.a, line.part), b.of(*line.b, line.part)};
        const bool within = match.a >= head && match.b >= head && match.a < a.size() - tail && match.b < b.size() - tail;
        if (within && a[match.a] == b[match.b]) between.push_back(match);
    }
    std::vector<Match> same;
    for (std::uint32_t i = 0; i < head; ++i) same.push_back({i, i});
    for (const Match& match : rising(between)) same.push_back(match);
    for (std::size_t i = tail; i > 0; --i)
        same.push_back({static_cast<std::uint32_t>(a.size() - i), static_cast<std::uint32_t>(b.size() - i)});
    return same;
}

/// Lines [a, endA) of A stand where [b, endB) stand in B.
struct Stretch {
    std::size_t a = 0;
    std::size_t endA = 0;
    std::size_t b = 0;
    std::size_t endB = 0;
};

std::vector<Stretch> differences(const Lines& a, const Lines& b, const std::vector<Match>& same)
{
    std::vector<Stretch> out;
    Stretch next;
    const auto upTo = [&](std::size_t endA, std::size_t endB) {
        next.endA = endA;
        next.endB = endB;
        if (next.a < endA || next.b < endB) out.push_back(next);
        next = {endA + 1, 0, endB + 1, 0};
    };
    for (const Match& match : same) upTo(match.a, match.b);
    upTo(a.size(), b.size());
    return out;
}

class Writer {
public:
    Writer(const Lines& a, const Lines& b, std::size_t context) : a_(a), b_(b), context_(context) {}

    /// As many of the stretches from the first on as stand near each other. The next one.
    std::size_t hunk(const std::vector<Stretch>& stretches, std::size_t first, std::string& out) const
    {
        std::size_t end = first + 1;
        while (end < stretches.size() && stretches[end].a - stretches[end - 1].endA <= 2 * context_) ++end;
        const std::size_t above = std::min(context_, stretches[first].a);
        const std::size_t below = std::min(context_, a_.size() - stretches[end - 1].endA);
        const auto span = [](std::size_t from, std::size_t to) {
            return std::to_string(to > from ? from + 1 : from) + "," + std::to_string(to - from);
        };
        out += "@@ -" + span(stretches[first].a - above, stretches[end - 1].endA + below) + " +" +
               span(stretches[first].b - above, stretches[end - 1].endB + below) + " @@\n";
        std::size_t at = stretches[first].a - above;
        for (std::size_t i = first; i < end; ++i) {
            lines(' ', a_, at, stretches[i].a, out);
            lines('-', a_, stretches[i].a, stretches[i].endA, out);
            lines('+', b_, stretches[i].b, stretches[i].endB, out);
            at = stretches[i].endA;
        }
        lines(' ', a_, at, at + below, out);
        return end;
    }

private:
    static void lines(char sign, const Lines& of, std::size_t from, std::size_t to, std::string& out)
    {
        for (; from < to; ++from) {
            out += sign;
            out += of[from];
            out += '\n';
        }
    }

    const Lines& a_;
    const Lines& b_;
    std::size_t context_;
};

std::string onOneLine(std::string name)
{
    std::ranges::replace_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return name;
}

}  // namespace

std::string unifiedText(const Json* a, const Json* b, const std::string& nameA, const std::string& nameB,
                        const std::string& itemKey, std::size_t context)
{
    const Lines linesA(a);
    const Lines linesB(b);
    const auto stretches = differences(linesA, linesB, sameLines(linesA, linesB, alignJson(a, b, itemKey)));
    if (stretches.empty()) return {};
    std::string out = "--- " + onOneLine(nameA) + "\n+++ " + onOneLine(nameB) + "\n";
    const Writer writer(linesA, linesB, context);
    for (std::size_t next = 0; next < stretches.size();) next = writer.hunk(stretches, next, out);
    return out;
}

}  // namespace hindcast::ui
