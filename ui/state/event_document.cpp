#include "ui/state/event_document.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>

#include <algorithm>
#include <cmath>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::EventDocument)
};

constexpr int kKeyShown = 400;
constexpr int kHeaderShown = 300;
constexpr std::size_t kHeaders = 40;
constexpr std::size_t kEntities = 40;
constexpr std::size_t kBytesShown = 2000;

QString escaped(const std::string& text, int limit = kKeyShown) { return bytesAsText(text, limit).toHtmlEscaped(); }

/// A word of ours, told from a text that the data holds.
QString word(const QString& text) { return QStringLiteral("<i>") + text.toHtmlEscaped() + QStringLiteral("</i>"); }

/// Bytes as text where they are one, else in hex.
QString bytesHtml(const std::string& bytes, int limit)
{
    if (bytes.empty()) return word(Words::tr("empty"));
    constexpr std::size_t kHexShown = 32;
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder.decode(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    const bool controls = std::any_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() < 0x20 && c != QLatin1Char('\n') && c != QLatin1Char('\t') && c != QLatin1Char('\r')) ||
               c.unicode() == 0x7f;
    });
    if (!decoder.hasError() && !controls) return escaped(bytes, limit);
    const QByteArray hex =
        QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(std::min(bytes.size(), kHexShown))).toHex(' ');
    return QString::fromLatin1(hex) + (bytes.size() > kHexShown ? QStringLiteral(" … ") : QStringLiteral(" ")) +
           word(Words::tr("(%1)").arg(bytesText(bytes.size())));
}

QString entityLink(const EntityKey& key)
{
    const QString text = QString::fromStdString(key.text());
    return QStringLiteral("<a href=\"entity:%1\">%2</a>")
        .arg(QString::fromLatin1(text.toUtf8().toPercentEncoding()), text.left(kKeyShown).toHtmlEscaped());
}

QString wireText(const Event& event)
{
    if (!event.decodedAs.empty()) return escaped(event.decodedAs);
    switch (event.wire) {
        case Wire::None: return Words::tr("no value");
        case Wire::Json: return QStringLiteral("JSON");
        case Wire::Text: return Words::tr("text");
        case Wire::Bytes: return Words::tr("bytes");
        case Wire::SchemaIdOnly: return Words::tr("behind a schema id: needs a registry");
        case Wire::SchemaIdJson: return Words::tr("JSON behind a schema id");
    }
    return {};
}

QString headersText(const Event& event)
{
    QStringList parts;
    for (std::size_t i = 0; i < event.headers.size() && i < kHeaders; ++i) {
        const auto& [name, value] = event.headers[i];
        parts << escaped(name, 100) + QLatin1Char('=') + (value ? bytesHtml(*value, kHeaderShown) : word(QStringLiteral("null")));
    }
    if (event.headers.size() > kHeaders) parts << Words::tr("… %1 more").arg(grouped(event.headers.size() - kHeaders));
    return parts.join(QStringLiteral(", "));
}

QString positionHtml(const Position& position)
{
    QString text = escaped(position.topic) + Words::tr(" · partition %1 · offset %2")
                                                 .arg(position.partition.value)
                                                 .arg(grouped(static_cast<std::uint64_t>(position.offset.value)));
    if (position.epoch > 0) text += Words::tr(" · epoch %1").arg(position.epoch);
    return text;
}

void addFull(std::vector<EventFact>& facts, const EventView& view)
{
    const Event& event = view.event;
    QString type = event.type.empty() ? QStringLiteral("–") : escaped(event.type);
    if (view.version.value > 0) type += Words::tr(" · #%1").arg(grouped(view.version.value));
    facts.push_back({Words::tr("type"), type});
    if (event.kind != EventKind::Plain)
        facts.push_back(
            {Words::tr("kind"), QString::fromUtf8(nameOf(event.kind).data(), static_cast<qsizetype>(nameOf(event.kind).size()))});
    facts.push_back({Words::tr("event time"), zonedTimeText(event.time)});
    if (event.brokerTime) {
        const bool append = event.brokerTimeKind == TimestampKind::LogAppend;
        facts.push_back({Words::tr("broker time"), zonedTimeText(*event.brokerTime) + QStringLiteral(", ") +
                                                       (append ? Words::tr("at append") : Words::tr("by the producer"))});
    }
    if (event.databaseTime) facts.push_back({Words::tr("database commit"), zonedTimeText(*event.databaseTime)});
    facts.push_back({Words::tr("decoded as"), wireText(event)});
    facts.push_back({Words::tr("source"), escaped(event.position.source)});
}

}  // namespace

std::vector<EventFact> eventFacts(const EventView& view, const EventDocumentOptions& options)
{
    const Event& event = view.event;
    std::vector<EventFact> facts;
    if (!event.reject.empty()) facts.push_back({Words::tr("reject"), escaped(event.reject, 2000)});
    if (event.linkedTo) facts.push_back({Words::tr("lives on as"), entityLink(*event.linkedTo)});
    if (event.linkedFrom) facts.push_back({Words::tr("was before"), entityLink(*event.linkedFrom)});
    if (!options.brief) addFull(facts, view);
    if (options.brief && event.wire != Wire::Json && event.value && !event.value->empty())
        facts.push_back({Words::tr("decoded as"), wireText(event)});
    facts.push_back({Words::tr("position"), positionHtml(event.position)});
    facts.push_back({Words::tr("key"), event.key ? bytesHtml(*event.key, kKeyShown) : word(QStringLiteral("null"))});
    if (!event.headers.empty()) facts.push_back({Words::tr("headers"), headersText(event)});
    if (!options.brief && !event.entities.empty()) {
        QStringList links;
        for (std::size_t i = 0; i < event.entities.size() && i < kEntities; ++i) links << entityLink(event.entities[i]);
        if (event.entities.size() > kEntities) links << Words::tr("… %1 more").arg(grouped(event.entities.size() - kEntities));
        facts.push_back(
            {event.entities.size() == 1 ? Words::tr("entity") : Words::tr("entities"), links.join(QStringLiteral(", "))});
    }
    if (event.domainVersion) facts.push_back({Words::tr("own version"), escaped(*event.domainVersion)});
    if (event.correlation) facts.push_back({Words::tr("correlation"), escaped(*event.correlation)});
    if (event.causation) facts.push_back({Words::tr("causation"), escaped(*event.causation)});
    if (!event.transaction.empty()) facts.push_back({Words::tr("transaction"), escaped(event.transaction)});
    return facts;
}

namespace {

constexpr int kCellPadding = 3;

/// Of the column that says what a fact is, so that none of its words is broken.
int labelsWidth(const std::vector<EventFact>& facts, const Theme& theme, bool brief)
{
    double widest = 0;
    for (const EventFact& fact : facts) {
        const QStringList words = fact.label.split(QLatin1Char(' '));
        for (const QString& word : words) widest = std::max(widest, textWidthF(theme.text(), word));
    }
    return std::max(theme.px(brief ? 80 : 108), static_cast<int>(std::ceil(widest)) + 2 * kCellPadding + 1);
}

QTextCharFormat format(const QFont& font, const QColor& color)
{
    QTextCharFormat out;
    out.setFont(font);
    out.setForeground(color);
    return out;
}

QColor partColor(JsonPart part, const Theme& theme)
{
    switch (part) {
        case JsonPart::Name: return theme.color(Theme::Role::Accent);
        case JsonPart::Mark: return theme.color(Theme::Role::TextSecondary);
        case JsonPart::Word: return theme.color(Theme::Role::Changed);
        default: return theme.color(Theme::Role::Text);
    }
}

void writeJson(QTextCursor& cursor, const JsonLayout& layout, const Theme& theme)
{
    const QFont mono = theme.mono();
    const QTextCharFormat plain = format(mono, theme.color(Theme::Role::Text));
    // Neighbours of one colour go in together: a call costs more than its characters.
    int done = 0;
    std::size_t at = 0;
    while (at < layout.spans.size()) {
        const JsonPart part = layout.spans[at].part;
        int end = layout.spans[at].from + layout.spans[at].length;
        std::size_t next = at + 1;
        while (next < layout.spans.size() && layout.spans[next].part == part) {
            end = layout.spans[next].from + layout.spans[next].length;
            ++next;
        }
        QString piece = layout.text.mid(done, end - done);
        piece.replace(QLatin1Char('\n'), QChar::LineSeparator);
        cursor.insertText(piece, format(mono, partColor(part, theme)));
        done = end;
        at = next;
    }
    if (done < layout.text.size())
        cursor.insertText(layout.text.mid(done).replace(QLatin1Char('\n'), QChar::LineSeparator), plain);
}

JsonLayout writePayload(QTextCursor& cursor, const EventView& view, const Theme& theme, const EventDocumentOptions& options)
{
    const Event& event = view.event;
    const QTextCharFormat quiet = format(theme.text(), theme.color(Theme::Role::TextSecondary));
    const QTextCharFormat mono = format(theme.mono(), theme.color(Theme::Role::Text));
    bool cut = false;
    std::size_t size = event.payload.size();
    JsonLayout layout;
    if (!event.payload.empty()) {
        layout = layoutJson(event.payload, std::min(options.payloadLimit, EventDocumentOptions::kMostPayload));
        writeJson(cursor, layout, theme);
        cut = layout.cut;
    } else if (!event.value) {
        QTextCharFormat mark = format(theme.strong(), theme.color(Theme::Role::TextSecondary));
        cursor.insertText(QStringLiteral("∅ "), mark);
        cursor.insertText(Words::tr("tombstone"), mark);
        cursor.insertText(Words::tr(": a null value, which ends the entity's life"), quiet);
    } else if (event.value->empty()) {
        cursor.insertText(Words::tr("an empty value: no bytes, and no tombstone"), quiet);
    } else {
        size = event.value->size();
        cut = size > kBytesShown;
        cursor.insertText(bytesAsText(*event.value, static_cast<int>(kBytesShown)), mono);
    }
    if (!cut) return layout;
    cursor.insertText(QString(QChar::LineSeparator), mono);
    cursor.insertText(Words::tr("the beginning of %1 · ").arg(bytesText(size)), quiet);
    QTextCharFormat link = format(theme.text(), theme.color(Theme::Role::Accent));
    link.setAnchor(true);
    link.setAnchorHref(QStringLiteral("more:"));
    cursor.insertText(event.payload.empty()                                        ? Words::tr("all bytes under Raw")
                      : options.payloadLimit >= EventDocumentOptions::kMostPayload ? Words::tr("all of it under Raw")
                                                                                   : Words::tr("show more"),
                      link);
    return layout;
}

}  // namespace

JsonLayout writeEventDocument(QTextDocument& document, const EventView& view, const Theme& theme,
                              const EventDocumentOptions& options)
{
    if (document.defaultFont() != theme.text()) document.setDefaultFont(theme.text());
    document.setDocumentMargin(10);
    const QString style =
        QStringLiteral("a { color: %1; text-decoration: underline; }").arg(theme.color(Theme::Role::Link).name());
    if (document.defaultStyleSheet() != style) document.setDefaultStyleSheet(style);
    // What was there goes in the same step as the new comes: a page that is empty in between loses its scroll bar, and is laid out
    // again without it, and again with it.
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.removeSelectedText();
    cursor.setCharFormat({});
    QTextBlockFormat payload;
    payload.setBottomMargin(8);
    cursor.setBlockFormat(payload);
    JsonLayout layout = writePayload(cursor, view, theme, options);

    std::vector<EventFact> facts = eventFacts(view, options);
    for (EventFact& fact : facts) fact.html = wrappable(fact.html);
    QTextTableFormat tableFormat;
    tableFormat.setBorder(0);
    tableFormat.setCellPadding(kCellPadding);
    tableFormat.setTopMargin(8);
    tableFormat.setLeftMargin(-3);  // so that labels stand in line with the payload
    tableFormat.setCellSpacing(0);
    tableFormat.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    tableFormat.setColumnWidthConstraints({QTextLength(QTextLength::FixedLength, labelsWidth(facts, theme, options.brief)),
                                           QTextLength(QTextLength::VariableLength, 0)});
    QTextTable* table = cursor.insertTable(static_cast<int>(facts.size()), 2, tableFormat);
    const QTextCharFormat label = format(theme.text(), theme.color(Theme::Role::TextSecondary));
    for (std::size_t i = 0; i < facts.size(); ++i) {
        table->cellAt(static_cast<int>(i), 0).firstCursorPosition().insertText(facts[i].label, label);
        QTextCursor value = table->cellAt(static_cast<int>(i), 1).firstCursorPosition();
        value.setBlockCharFormat(format(theme.mono(), theme.color(Theme::Role::Text)));
        const QString role = !view.event.reject.empty() && i == 0 ? theme.color(Theme::Role::Warning).name()
                                                                  : theme.color(Theme::Role::Text).name();
        value.insertHtml(QStringLiteral("<span style=\"font-family:'JetBrains Mono','DejaVu Sans Mono',monospace; "
                                        "font-size:%1px; white-space:pre-wrap; color:%2\">%3</span>")
                             .arg(theme.mono().pixelSize())
                             .arg(role, facts[i].html));
    }
    cursor.endEditBlock();
    return layout;
}

}  // namespace hindcast::ui
