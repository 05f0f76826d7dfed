#pragma once
#include "ui/look/fitting.h"
#include "ui/look/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QString>
#include <QToolButton>
#include <QWidget>

namespace hindcast::ui {

/// The bar over a panel: its title, then what the panel puts into row(). GUI thread only.
class PanelHeader final : public QWidget {
public:
    static constexpr int kHeight = 32;  ///< px of a desk

    /// `theme` must outlive the header.
    PanelHeader(const QString& title, const Theme& theme)
    {
        setProperty("role", QStringLiteral("panel-header"));
        setAttribute(Qt::WA_StyledBackground);
        fixHeight(*this, theme, kHeight);
        auto* label = new QLabel(title);
        label->setProperty("role", QStringLiteral("title"));
        row_ = new QHBoxLayout(this);
        row_->setContentsMargins(10, 0, 4, 0);
        row_->setSpacing(8);
        row_->addWidget(label);
    }

    [[nodiscard]] QHBoxLayout& row() { return *row_; }

private:
    QHBoxLayout* row_;
};

/// A button of a header, without a frame; `words` say to assistive technology, and to who points at it, what it does.
[[nodiscard]] inline QToolButton* bareButton(const QString& words)
{
    auto* button = new QToolButton;
    button->setProperty("bare", true);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(words);
    button->setToolTip(words);
    return button;
}

}  // namespace hindcast::ui
