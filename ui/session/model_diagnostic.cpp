#include "ui/session/model_diagnostic.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace hindcast::ui {

ModelDiagnostic diagnosticOf(const Error& error)
{
    // "cannot use the model bank.mjs:7:12", or within the reason.
    static const QRegularExpression end(QStringLiteral(R"(:(\d+)(?::(\d+))?$)"));
    static const QRegularExpression file(QStringLiteral(R"((?:^|[\s(])[^\s:()]+\.\w+:(\d+)(?::(\d+))?:?\s*)"));
    static const QRegularExpression words(QStringLiteral(R"(\bline (\d+)(?:,? column (\d+))?:?\s*)"));
    ModelDiagnostic found;
    const QString what = QString::fromStdString(error.what);
    found.message = QString::fromStdString(error.why);
    const auto place = [&](const QRegularExpressionMatch& match) {
        found.line = match.captured(1).toInt();
        found.column = match.captured(2).toInt();
    };
    if (const QRegularExpressionMatch match = end.match(what); match.hasMatch()) {
        place(match);
        return found;
    }
    for (const QRegularExpression* form : {&file, &words}) {
        const QRegularExpressionMatch match = form->match(found.message);
        if (!match.hasMatch()) continue;
        place(match);
        // What is shown at the place need not say it again.
        if (match.capturedStart() == 0) found.message.remove(0, match.capturedLength());
        return found;
    }
    // That the model cannot be used is seen.
    if (found.message.isEmpty())
        found.message = what;
    else if (!what.startsWith(QLatin1String("cannot use the model")))
        found.message = QStringLiteral("%1: %2").arg(what, found.message);
    return found;
}

ModelDiagnostic diagnosticOf(const replay::ReplayError& error)
{
    ModelDiagnostic found;
    found.line = error.error.line;
    found.column = error.error.column;
    const QString handler = QString::fromStdString(error.error.handler).section(QLatin1Char('.'), -1);
    found.message = QCoreApplication::translate("hindcast::ui::ModelDiagnostic", "%1, at event #%2 %3")
                        .arg(QString::fromStdString(error.error.message).left(2000))
                        .arg(error.version.value)
                        .arg(handler)
                        .trimmed();
    return found;
}

}  // namespace hindcast::ui
