#include "ui/look/say.h"

#include <QLabel>
#include <QTextDocumentFragment>

namespace hindcast::ui {

void say(QLabel& label, const QString& name, const QString& text)
{
    label.setText(text);
    const Qt::TextFormat format = label.textFormat();
    const bool tagged = format == Qt::RichText || (format == Qt::AutoText && Qt::mightBeRichText(text));
    const QString words = tagged ? QTextDocumentFragment::fromHtml(text).toPlainText().simplified() : text;
    label.setAccessibleName(name.isEmpty() ? words : words.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, words));
}

}  // namespace hindcast::ui
