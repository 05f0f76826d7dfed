#include "ui/session/model_diagnostic.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace hindcast::ui {

ModelDiagnostic diagnosticOf(const Error& error)
{
    static const QRegularExpression file(QStringLiteral(R"((?:^|[\s(])[^\s:()]+\.\w+:(\d+)(?::(\d+))?:?\s*)"));
    static const QRegularExpression words(QStringLiteral(R"(\bline (\d+)(?:,? column (\d+))?:?\s*)"));
    ModelDiagnostic found;
    found.message = QString::fromStdString(error.why.empty() ? error.what : error.why);
    for (const QRegularExpression* form : {&file, &words}) {
        const QRegularExpressionMatch match = form->match(found.message);
        if (!match.hasMatch()) continue;
        found.line = match.captured(1).toInt();
        found.column = match.captured(2).toInt();
        // What is shown at the place need not say it again.
        if (match.capturedStart() == 0) found.message.remove(0, match.capturedLength());
        break;
    }
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
