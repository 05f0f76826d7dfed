#include "ui/connect/failure_words.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <utility>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::FailureWords)
};

/// "../ssl/statem/statem_clnt.c:1889: error:0A000086:SSL routines::certificate verify failed: : the broker's …"
QString withoutSource(QString text)
{
    static const QRegularExpression line(QStringLiteral("(?:[\\w.-]*/)+[\\w-]+\\.c:[0-9]+:\\s*"));
    static const QRegularExpression number(QStringLiteral("error:[0-9A-Fa-f]{8}:[^:]*:[^:]*:"));
    static const QRegularExpression emptyPart(QStringLiteral(":(?:\\s+:)+(?=\\s)"));
    text.remove(line);
    text.remove(number);
    text.replace(emptyPart, QStringLiteral(":"));
    return text;
}

}  // namespace

QString inWordsOfFields(QString text)
{
    text = withoutSource(std::move(text));
    const std::array<std::pair<const char*, QString>, 5> fields{{{"security\\.protocol", Words::tr("“Protocol”")},
                                                                 {"sasl\\.mechanisms?", Words::tr("“Mechanism”")},
                                                                 {"sasl\\.username", Words::tr("“User”")},
                                                                 {"sasl\\.password", Words::tr("“Password”")},
                                                                 {"ssl\\.ca\\.location", Words::tr("“CA file”")}}};
    qsizetype last = -1;  // behind the last of them it is said where they are
    for (const auto& [property, name] : fields) {
        // As a word of the sentence: what is followed by a value is to be written as it stands.
        const QRegularExpression word(QStringLiteral("(?<![\\w.])%1(?![\\w=]|\\.\\w)").arg(QLatin1String(property)));
        text.replace(word, name);
    }
    for (const auto& field : fields)
        if (const qsizetype at = text.lastIndexOf(field.second); at >= 0) last = std::max(last, at + field.second.size());
    if (last >= 0) text.insert(last, Words::tr(" under Security"));
    return text;
}

}  // namespace hindcast::ui
