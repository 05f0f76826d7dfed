#include "ui/state/change_text.h"

#include "ui/look/json_text.h"
#include "ui/look/shaped_text.h"

#include <QFontMetrics>

#include <algorithm>
#include <cstring>
#include <string>

namespace hindcast::ui {

namespace {

constexpr int kLooked = 2000;          // characters of a value: more than a line ever shows
constexpr int kLookedCloser = 20'000;  // of JSON that begins the same
constexpr std::size_t kLeadIn = 200;   // bytes of a long text before the place where it begins to differ
constexpr qsizetype kLeadInShown = 2;  // characters of what is shared, where there is no room for all that differs
constexpr QChar kEllipsis = QChar(0x2026);

std::size_t firstDifference(const std::string& a, const std::string& b)
{
    // By blocks: the texts may be megabytes, and this is done while painting.
    constexpr std::size_t kBlock = 4096;
    const std::size_t length = std::min(a.size(), b.size());
    std::size_t at = 0;
    while (at + kBlock <= length && std::memcmp(a.data() + at, b.data() + at, kBlock) == 0) at += kBlock;
    while (at < length && a[at] == b[at]) ++at;
    return at;
}

ValuePiece excerpt(const std::string& text, std::size_t from)
{
    while (from > 0 && from < text.size() && (static_cast<unsigned char>(text[from]) & 0xc0) == 0x80) --from;
    ValuePiece piece = valuePiece(Json(text.substr(from, 4 * std::size_t{kLooked})), kLooked, false);
    if (from > 0) piece.text.prepend(kEllipsis);
    return piece;
}

qsizetype commonBeginning(QStringView a, QStringView b)
{
    const qsizetype length = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
    return length > 0 && a[length - 1].isHighSurrogate() ? length - 1 : length;
}

qsizetype commonEnd(QStringView a, QStringView b)
{
    const qsizetype length = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
    return length > 0 && a[a.size() - length].isLowSurrogate() ? length - 1 : length;
}

/// Characters that surely fill the width: of more none is measured.
qsizetype mostIn(int width, const QFont& font) { return 8 + 2 * width / std::max(1, QFontMetrics(font).averageCharWidth()); }

int widthOf(const QString& text, const QFont& font, int most)
{
    return text.size() > mostIn(most, font) ? most + 1 : textWidth(font, text);
}

/// A part of a text, with a sign for what is missing at either end.
QString stretch(const QString& text, qsizetype begin, qsizetype end)
{
    // The sign would take the room of the one character.
    if (begin == 1) begin = 0;
    if (end == text.size() - 1) end = text.size();
    if (begin > 0 && begin < text.size() && text[begin].isLowSurrogate()) ++begin;
    if (end < text.size() && end > begin && text[end - 1].isHighSurrogate()) --end;
    QString part = text.mid(begin, std::max<qsizetype>(0, end - begin));
    if (begin > 0) part.prepend(kEllipsis);
    if (end < text.size()) part.append(kEllipsis);
    return part;
}

/// The greatest count up to `most` of which `make(count)` fits; -1: none does.
template <class Make>
qsizetype greatestThatFits(qsizetype most, const QFont& font, int width, const Make& make)
{
    qsizetype fits = -1;
    qsizetype beyond = most + 1;
    while (beyond - fits > 1) {
        const qsizetype middle = (fits + beyond) / 2;
        (textWidth(font, make(middle)) <= width ? fits : beyond) = middle;
    }
    return fits;
}

/// `from` to `to` is what differs.
QString elidedAround(const QString& text, qsizetype from, qsizetype to, const QFont& font, int width)
{
    if (widthOf(text, font, width) <= width) return text;
    const qsizetype most = mostIn(width, font);
    if (to - from <= most) {
        const auto around = [&](qsizetype count) {
            return stretch(text, std::max<qsizetype>(0, from - count), std::min(text.size(), to + count));
        };
        if (const qsizetype shared = greatestThatFits(most, font, width, around); shared >= 0) return around(shared);
    }
    for (const qsizetype leadIn : {kLeadInShown, qsizetype{0}}) {
        const qsizetype begin = std::max<qsizetype>(0, from - leadIn);
        const auto beginning = [&](qsizetype count) { return stretch(text, begin, std::min(text.size(), begin + count)); };
        const qsizetype shown = greatestThatFits(most, font, width, beginning);
        if (begin + shown > from) return beginning(shown);
    }
    return kEllipsis;
}

}  // namespace

ChangeText changeText(const Json& before, const Json& after)
{
    if (before.is_string() && after.is_string()) {
        const auto& old = before.get_ref<const std::string&>();
        const auto& now = after.get_ref<const std::string&>();
        if (const std::size_t at = firstDifference(old, now); at + kLeadIn > kLooked)
            return {excerpt(old, at - kLeadIn), excerpt(now, at - kLeadIn)};
    }
    ChangeText text{valuePiece(before, kLooked, false), valuePiece(after, kLooked, false)};
    // An object is called by its id and a list by its length, which may be what did not change.
    for (const int limit : {kLooked, kLookedCloser}) {
        if (text.before.text != text.after.text || (!before.is_structured() && !after.is_structured())) break;
        text.before.text = valueText(before, limit);
        text.after.text = valueText(after, limit);
    }
    return text;
}

ElidedPair elidedPair(const QString& before, const QString& after, const QFont& font, int beforeWidth, int afterWidth)
{
    const qsizetype begin = commonBeginning(before, after);
    const qsizetype end = commonEnd(QStringView(before).mid(begin), QStringView(after).mid(begin));
    return {elidedAround(before, begin, before.size() - end, font, beforeWidth),
            elidedAround(after, begin, after.size() - end, font, afterWidth)};
}

ElidedPair elidedPair(const QString& before, const QString& after, const QFont& font, int width)
{
    const int old = widthOf(before, font, width);
    const int now = widthOf(after, font, width);
    if (old + now <= width) return {before, after};
    const int beforeWidth = std::min(old, std::max(width / 2, width - now));
    return elidedPair(before, after, font, beforeWidth, width - beforeWidth);
}

}  // namespace hindcast::ui
