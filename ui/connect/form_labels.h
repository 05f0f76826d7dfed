#pragma once
#include "ui/look/wrapped_label.h"

namespace hindcast::ui {

/// The name beside a field, in the quiet colour; its mnemonic and screen readers lead to `field`. Whoever lays it out owns it.
[[nodiscard]] inline QLabel* fieldLabel(const QString& text, QWidget* field = nullptr)
{
    auto* label = new QLabel(text);
    label->setProperty("role", QStringLiteral("secondary"));
    label->setBuddy(field);
    return label;
}

/// The line for sayWrong(): hidden until there is something to say, and never a reason for a wider dialog.
[[nodiscard]] inline QLabel* wrongLabel(const QString& accessibleName)
{
    auto* label = new WrappedLabel;
    label->setProperty("role", QStringLiteral("warning"));
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    label->setAccessibleName(accessibleName);
    label->hide();
    return label;
}

}  // namespace hindcast::ui
