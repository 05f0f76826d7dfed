#include "ui/connect/field_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace hindcast::ui {

namespace {

using From = decode::FieldSource::From;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FieldText)
};

// Part of the language, not of a sentence: what is written is read again in any translation.
const QLatin1String kKey("message key");
const QString kSplit = QStringLiteral(" · split “");
const QString kRegex = QStringLiteral(" · regex ");

QString pointerText(const Pointer& pointer) { return QString::fromStdString(pointer.text()); }

std::expected<Pointer, QString> pointerFrom(const QString& text)
{
    if (const auto pointer = Pointer::parse(text.toStdString())) return *pointer;
    return std::unexpected(Words::tr("“%1” is no JSON pointer: it starts with / and has ~0 for ~, ~1 for /").arg(text));
}

std::expected<decode::FieldSource, QString> placeFromText(const QString& text)
{
    decode::FieldSource field;
    const auto withPointer = [&](From from, const QString& rest) -> std::expected<decode::FieldSource, QString> {
        field.from = from;
        if (rest.isEmpty()) return field;
        auto pointer = pointerFrom(rest);
        if (!pointer) return std::unexpected(pointer.error());
        field.at = std::move(*pointer);
        return field;
    };
    if (text.startsWith(QLatin1Char('/'))) return withPointer(From::Value, text);
    if (text == QLatin1String("value")) return withPointer(From::Value, {});
    for (const QString& word : {QString(kKey), QStringLiteral("key")}) {
        if (text == word) return withPointer(From::Key, {});
        if (text.startsWith(word + QLatin1String(" /"))) return withPointer(From::Key, text.mid(word.size() + 1));
    }
    if (text.startsWith(QLatin1String("state /"))) return withPointer(From::State, text.mid(6));
    if (text == QLatin1String("topic")) return withPointer(From::Topic, {});
    if (text.startsWith(QLatin1String("header ")) && text.size() > 7) {
        field.from = From::Header;
        field.name = text.mid(7).trimmed().toStdString();
        return field;
    }
    static const QRegularExpression quoted(QStringLiteral("^(?:constant\\s+)?[“\"](.*)[”\"]$"),
                                           QRegularExpression::DotMatchesEverythingOption);
    if (const auto match = quoted.match(text); match.hasMatch()) {
        field.from = From::Const;
        field.constant = match.captured(1).toStdString();
        return field;
    }
    return std::unexpected(
        Words::tr(
            "“%1” is no place to take a text from: write a pointer (/order_id), message key, header NAME, topic, or constant “…”")
            .arg(text));
}

}  // namespace

QString fieldText(const decode::FieldSource& field)
{
    QString text;
    switch (field.from) {
        case From::Key: text = field.at.isRoot() ? QString(kKey) : kKey + QLatin1Char(' ') + pointerText(field.at); break;
        case From::Value: text = field.at.isRoot() ? QStringLiteral("value") : pointerText(field.at); break;
        case From::Header: text = QStringLiteral("header ") + QString::fromStdString(field.name); break;
        case From::Topic: text = QStringLiteral("topic"); break;
        case From::State: text = QStringLiteral("state ") + pointerText(field.at); break;
        case From::Const:
            text = QStringLiteral("constant “") + QString::fromStdString(field.constant) + QStringLiteral("”");
            break;
    }
    if (!field.splitBy.empty())
        text += kSplit + QString::fromStdString(field.splitBy) + QStringLiteral("” take %1").arg(field.splitTake);
    if (!field.regex.empty()) text += kRegex + QString::fromStdString(field.regex);
    return text;
}

std::expected<decode::FieldSource, QString> fieldFromText(const QString& written)
{
    QString text = written.trimmed();
    std::string regex;
    std::string splitBy;
    int take = 0;
    if (const auto at = text.indexOf(kRegex); at >= 0) {
        regex = text.mid(at + kRegex.size()).toStdString();
        text.truncate(at);
    }
    if (const auto at = text.indexOf(kSplit); at >= 0) {
        static const QRegularExpression form(QStringLiteral("^(.+)” take (-?\\d+)$"));
        const auto match = form.match(text.mid(at + kSplit.size()));
        if (!match.hasMatch()) return std::unexpected(Words::tr("a split is written: · split “-” take 1"));
        splitBy = match.captured(1).toStdString();
        take = match.captured(2).toInt();
        text.truncate(at);
    }
    auto field = placeFromText(text.trimmed());
    if (!field) return field;
    field->regex = std::move(regex);
    field->splitBy = std::move(splitBy);
    field->splitTake = take;
    return field;
}

QString fieldsText(const std::vector<decode::FieldSource>& fields)
{
    QStringList parts;
    for (const decode::FieldSource& field : fields) parts << fieldText(field);
    return parts.join(QStringLiteral(" + "));
}

std::expected<std::vector<decode::FieldSource>, QString> fieldsFromText(const QString& text)
{
    std::vector<decode::FieldSource> fields;
    for (const QString& part : text.split(QStringLiteral(" + "), Qt::SkipEmptyParts)) {
        auto field = fieldFromText(part);
        if (!field) return std::unexpected(field.error());
        fields.push_back(std::move(*field));
    }
    return fields;
}

QString otherEntitiesText(const std::vector<decode::EntityRule>& rules)
{
    QStringList parts;
    for (const decode::EntityRule& rule : rules)
        parts << (rule.category ? fieldText(*rule.category) : QStringLiteral("topic")) + QStringLiteral(": ") +
                     fieldsText(rule.id);
    return parts.join(QStringLiteral("; "));
}

std::expected<std::vector<decode::EntityRule>, QString> otherEntitiesFromText(const QString& text)
{
    std::vector<decode::EntityRule> rules;
    for (const QString& part : text.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        if (part.trimmed().isEmpty()) continue;
        const auto at = part.indexOf(QStringLiteral(": "));
        if (at < 0) return std::unexpected(Words::tr("an entity is written: constant “order”: /order_id"));
        auto category = fieldFromText(part.left(at));
        if (!category) return std::unexpected(category.error());
        auto id = fieldsFromText(part.mid(at + 2));
        if (!id) return std::unexpected(id.error());
        if (id->empty()) return std::unexpected(Words::tr("an entity needs a place for its id"));
        rules.push_back({std::move(*category), std::move(*id)});
    }
    return rules;
}

}  // namespace hindcast::ui
