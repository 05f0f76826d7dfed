#pragma once
#include <QLabel>
#include <QStyle>
#include <QVariant>

namespace hindcast::ui {

/// A field whose text cannot be used has an edge of the warning's colour; why stands in words beside it.
inline void markWrong(QWidget& field, bool wrong)
{
    if (field.property("wrong").toBool() == wrong) return;
    field.setProperty("wrong", wrong);
    field.style()->unpolish(&field);
    field.style()->polish(&field);
}

/// Words that tell something in the quiet colour, or warn of it.
inline void markWarning(QLabel& words, bool warns)
{
    const QString role = warns ? QStringLiteral("warning") : QStringLiteral("secondary");
    if (words.property("role").toString() == role) return;
    words.setProperty("role", role);
    words.style()->unpolish(&words);
    words.style()->polish(&words);
}

/// The words beside it; a line of their own only where there are any.
inline void sayWrong(QLabel& words, const QString& why)
{
    words.setText(why);
    words.setVisible(!why.isEmpty());
}

}  // namespace hindcast::ui
