#include "ui/look/change_summary.h"

#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/look/shaped_text.h"

#include <QCoreApplication>

#include <cmath>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::ChangeSummary)
};

using Kind = SummaryPart::Kind;

/// "/address/city" → "address/city"; the index of an array item is cut where the item was added or removed.
QString fieldName(const Change& change)
{
    const auto pointer = Pointer::parse(change.pointer);
    if (!pointer || pointer->isRoot()) return {};
    std::vector<std::string> tokens = pointer->tokens();
    const bool placed = change.op == Change::Op::Add || change.op == Change::Op::Remove;
    if (placed && tokens.size() > 1 && (arrayIndex(tokens.back()) || tokens.back() == "-")) tokens.pop_back();
    QString name;
    for (const std::string& token : tokens) {
        if (!name.isEmpty()) name += QLatin1Char('/');
        name += QString::fromStdString(token);
    }
    return name;
}

/// The empty state that the fields beside it are then put into says nothing.
bool isEmptyBegin(const Change& change, const Changes& among)
{
    return among.size() > 1 && change.pointer.empty() && change.op == Change::Op::Add && change.after.empty();
}

bool saysAgain(const Json& value, const ToldBeside& told)
{
    if (value.is_string()) {
        const std::string& text = value.get_ref<const std::string&>();
        if (text.empty() || text.size() > 200) return false;
        return text == told.type || text == told.entity || (told.time.isKnown() && timestampFromIso(text) == told.time);
    }
    if (!told.time.isKnown() || value.is_structured() || value.is_boolean() || value.is_null() || value.is_discarded())
        return false;
    return timestampFromEpoch(numberText(value), TimeUnit::Auto) == told.time;
}

class Summary {
public:
    Summary(int limit, const ToldBeside& told) : limit_(limit), told_(told) {}

    void take(const Changes& changes)
    {
        std::size_t left = 0;
        for (const bool again : {false, true})
            for (const Change& change : changes) {
                if (change.op == Change::Op::Same) continue;
                if (isEmptyBegin(change, changes)) continue;
                if (saysAgain(change.after, told_) != again) continue;
                if (length_ >= limit_)
                    ++left;
                else
                    takeOne(change);
            }
        if (left > 0) add(Kind::Sign, Words::tr(" · %1 more").arg(grouped(left)));
    }
    [[nodiscard]] std::vector<SummaryPart> parts() && { return std::move(parts_); }

private:
    void add(Kind kind, QString text)
    {
        length_ += static_cast<int>(text.size());
        parts_.push_back({kind, std::move(text)});
    }
    void begin(const QString& name)
    {
        if (!parts_.empty()) add(Kind::Sign, QStringLiteral(" · "));
        if (!name.isEmpty()) add(Kind::Field, name + QLatin1Char(' '));
    }
    void takeOne(const Change& change)
    {
        const QString name = fieldName(change);
        if (name.isEmpty() && change.op == Change::Op::Add && change.after.is_object()) {
            // A state that is born whole reads better field by field.
            for (const bool again : {false, true})
                for (const auto& [key, value] : change.after.get_ref<const Json::object_t&>()) {
                    if (saysAgain(value, told_) != again) continue;
                    if (length_ >= limit_) return add(Kind::Sign, QStringLiteral(" …"));
                    begin(QString::fromStdString(key));
                    add(Kind::Value, QLatin1Char('+') + plainText(value));
                }
            if (change.after.empty()) add(Kind::Value, QStringLiteral("+{ }"));
            return;
        }
        begin(name);
        switch (change.op) {
            case Change::Op::Add: add(Kind::Value, QLatin1Char('+') + plainText(change.after)); break;
            case Change::Op::Remove:
                if (name.isEmpty()) {
                    add(Kind::Value, Words::tr("the life ends"));
                    break;
                }
                add(Kind::Sign, QString(QChar(0x2212)));
                add(Kind::Struck, plainText(change.before));
                break;
            default:
                add(Kind::Value, plainText(change.before));
                add(Kind::Sign, QStringLiteral(" → "));
                add(Kind::Value, plainText(change.after));
        }
    }

    std::vector<SummaryPart> parts_;
    int limit_;
    const ToldBeside& told_;
    int length_ = 0;
};

}  // namespace

std::vector<SummaryPart> summarise(const Changes& changes, int limit, const ToldBeside& told)
{
    Summary summary(limit, told);
    summary.take(changes);
    return std::move(summary).parts();
}

std::vector<SummaryPart> fitted(std::vector<SummaryPart> parts, const QFont& font, int width)
{
    const QString more(QChar(0x2026));
    // Rounded up: half a pixel too little, and the ellipsis itself has no room.
    const auto widthOf = [&font](const QString& text) { return static_cast<int>(std::ceil(textWidthF(font, text))); };
    int rest = width;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        SummaryPart& part = parts[i];
        const bool isLast = i + 1 == parts.size();
        if (widthOf(part.text) + (isLast ? 0 : widthOf(more)) <= rest) {
            rest -= textWidth(font, part.text);
            continue;
        }
        const bool worth = part.kind != Kind::Sign && rest > 3 * widthOf(more);
        part.text = worth ? elidedAsCut(font, part.text, rest) : more;
        parts.resize(i + 1);
    }
    return parts;
}

QString summaryText(const Changes& changes, int limit, const ToldBeside& told)
{
    QString text;
    for (const SummaryPart& part : summarise(changes, limit, told)) text += part.text;
    return text;
}

QString changesInFull(const Changes& changes, int lines)
{
    constexpr int kValue = 240;
    QStringList out;
    std::size_t left = 0;
    for (const Change& change : changes) {
        if (change.op == Change::Op::Same || isEmptyBegin(change, changes)) continue;
        if (out.size() >= lines) {
            ++left;
            continue;
        }
        const QString pointer = change.pointer.empty() ? Words::tr("(the whole state)") : QString::fromStdString(change.pointer);
        switch (change.op) {
            case Change::Op::Add: out << pointer + QStringLiteral(" + ") + valueText(change.after, kValue); break;
            case Change::Op::Remove: out << pointer + QStringLiteral(" − ") + valueText(change.before, kValue); break;
            default:
                out << pointer + QLatin1Char(' ') + valueText(change.before, kValue) + QStringLiteral(" → ") +
                           valueText(change.after, kValue);
        }
    }
    if (left > 0) out << Words::tr("… and %1 more").arg(grouped(left));
    return out.join(QLatin1Char('\n'));
}

}  // namespace hindcast::ui
