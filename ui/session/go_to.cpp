#include "ui/session/go_to.h"

#include "core/expression/expression.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLongest = 4096;    // characters: who pasted more did not paste the name of something
constexpr int kMostEntities = 8;  // readings of a text as an entity

/// Without what comes along when something is copied: blanks, line ends, quotes, a comma after it.
QString cleaned(const QString& given)
{
    QString text = given.left(kLongest).trimmed();
    if (const int end = static_cast<int>(text.indexOf(QLatin1Char('\n'))); end >= 0) text = text.left(end).trimmed();
    static const QString kOpening = QStringLiteral("\"'`“‘«‹„<([{");
    static const QString kClosing = QStringLiteral("\"'`”’»›“>)]}");
    for (bool more = true; more && text.size() > 1;) {
        more = false;
        while (!text.isEmpty() && (text.endsWith(u',') || text.endsWith(u';'))) {
            text.chop(1);
            text = text.trimmed();
            more = true;
        }
        if (text.size() < 2) break;
        const int pair = static_cast<int>(kOpening.indexOf(text.front()));
        const QString inner = text.mid(1, text.size() - 2);
        // `"user_id": "user-123"` is no text in quotes.
        if (pair >= 0 && text.back() == kClosing.at(pair) && !inner.contains(kClosing.at(pair))) {
            text = inner.trimmed();
            more = true;
        }
    }
    return text;
}

/// A number that may be written in groups: "48 112", "48,112", with any of the blanks that people use.
std::optional<qint64> numberOf(QString digits)
{
    static const QRegularExpression between(QStringLiteral("[\\s\u2009\u202f\u00a0,_']"));
    bool ok = false;
    const qint64 number = digits.remove(between).toLongLong(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

void readPlaces(const QString& text, GoToReadings& out)
{
    static const QString kNumber = QStringLiteral("(\\d[\\d\\s\u2009\u202f\u00a0,_']*)");
    static const QList<QRegularExpression> kForms = [] {
        QList<QRegularExpression> forms;
        for (const char* form : {
                 R"(^()(\d{1,9})\s*:\s*N$)",                                                // 3:48112
                 R"(^(\S+)\s+(\d{1,9})\s*:\s*N$)",                                          // orders 3 : 48 112
                 R"(^(\S+?)[:/](\d{1,9})[:/]N$)",                                           // orders/3/48112, orders:3:48112
                 R"(^(.*\S)/(\d{1,9})/(\d+)$)",                                             // my orders.csv/0/17, as we write it
                 R"(^(\S+?)\s*\[\s*(\d{1,9})\s*\]\s*(?:@|at|:|offset|at offset|,)?\s*N$)",  // orders [3] @ 48112
                 R"(^(\S+)[-/\s](\d{1,9})\s*@\s*N$)",                                       // orders-3@48112, orders/3@48112
                 R"(^(?:topic[\s:=]+)?(\S*?)[\s·,;]*\bpartition[\s:=#]+(\d{1,9})[\s·,;]+offset[\s:=#]+N$)",
             })
            forms << QRegularExpression(
                QString::fromUtf8(form).replace(QLatin1Char('N'), kNumber),
                QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
        return forms;
    }();
    for (const QRegularExpression& form : kForms) {
        const auto match = form.match(text);
        if (!match.hasMatch()) continue;
        const auto partition = numberOf(match.captured(2));
        const auto offset = numberOf(match.captured(3));
        if (!partition || !offset || *partition > INT32_MAX || *offset > EventId::kMaxOffset) continue;
        const GoToReadings::Place place{match.captured(1), Partition{static_cast<std::int32_t>(*partition)}, Offset{*offset}};
        if (std::find(out.places.begin(), out.places.end(), place) == out.places.end()) out.places.push_back(place);
    }
}

void addEntity(GoToReadings& out, const QString& text)
{
    const QString wanted = text.trimmed();
    if (!wanted.isEmpty() && !out.entities.contains(wanted) && out.entities.size() < kMostEntities) out.entities << wanted;
}

void readEntities(const QString& text, GoToReadings& out)
{
    addEntity(out, text);
    // "user_id": "user-123" or user_id=user-123, out of a log line or a document; 09:14 is none
    static const QRegularExpression member(QStringLiteral(R"(^["']?[A-Za-z_][\w.\-]*["']?\s*[:=]\s*(.+)$)"));
    if (const auto match = member.match(text); match.hasMatch() && !text.contains(QLatin1String("://")))
        addEntity(out, cleaned(match.captured(1)));
    const int hash = static_cast<int>(text.indexOf(QLatin1String(" #")));
    if (hash > 0) addEntity(out, text.left(hash) + QLatin1Char('/') + text.mid(hash + 2));  // "public.users #7", as we write rows
    if (!text.contains(QLatin1String("://"))) return;
    const QUrl url(text);
    const QStringList path = url.path(QUrl::FullyDecoded).split(u'/', Qt::SkipEmptyParts);
    if (path.size() >= 2) addEntity(out, path.at(path.size() - 2) + QLatin1Char('/') + path.back());
    if (!path.isEmpty()) addEntity(out, path.back());
    for (const auto& [name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) addEntity(out, value);
    if (url.hasFragment()) addEntity(out, url.fragment(QUrl::FullyDecoded).section(u'/', -1));
}

/// "first time when …", or what reads as an expression over states or events: "user-123" and "12:00" do not.
std::optional<GoToReadings::Question> questionIn(const QString& text)
{
    static const QRegularExpression asked(QStringLiteral(R"(^first\s+time\s+(?:when\s+)?(.+)$)"),
                                          QRegularExpression::CaseInsensitiveOption);
    const auto match = asked.match(text);
    GoToReadings::Question question{match.hasMatch() ? match.captured(1) : text, {}};
    const auto read = expression::Expression::parse(question.expression.toStdString());
    if (!read && !match.hasMatch()) return {};
    if (!read)
        question.trouble = QString::fromStdString(read.error().message);
    else if (!match.hasMatch() && !(*read)->usesState() && !(*read)->usesEvent())
        return {};
    return question;
}

/// What cannot be read as an expression and yet compares or joins something: "state.balance < 0 in account". "YWJj==" does not.
std::optional<GoToReadings::Question> wrongQuestionIn(const QString& text)
{
    static const QRegularExpression compares(
        QStringLiteral(R"((?:\S\s*OP\s*\S|\S\s+OP))")
            .replace(QStringLiteral("OP"), QStringLiteral(R"((?:==|!=|<=|>=|&&|\|\||<|(?<!-)>))")));
    if (!text.contains(compares)) return {};
    const auto read = expression::Expression::parse(text.toStdString());
    if (read) return {};
    return GoToReadings::Question{text, QString::fromStdString(read.error().message)};
}

}  // namespace

GoToReadings readGoTo(const QString& text, Timestamp now, int zoneOffsetMinutes, std::optional<Timestamp> here)
{
    GoToReadings out;
    out.text = cleaned(text);
    if (out.text.isEmpty()) return out;
    static const QRegularExpression version(QStringLiteral(R"(^(?:#|v|version\s*)\s?(\d{1,18})$)"),
                                            QRegularExpression::CaseInsensitiveOption);
    if (const auto match = version.match(out.text); match.hasMatch()) out.version = Version{match.captured(1).toULongLong()};
    readPlaces(out.text, out);
    readEntities(out.text, out);
    out.time = readMoment(out.text, now, zoneOffsetMinutes, here);
    out.question = questionIn(out.text);
    if (!out.question) out.perhaps = wrongQuestionIn(out.text);
    return out;
}

}  // namespace hindcast::ui
