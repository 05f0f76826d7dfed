#include "ui/state/find_bar.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hindcast::ui {

FindBar::FindBar(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    count_ = new QLabel;
    count_->setProperty("role", QStringLiteral("secondary"));
    const auto button = [&](const QString& text, const QString& tip) {
        auto* made = new QToolButton;
        made->setText(text);
        made->setToolTip(tip);
        made->setAccessibleName(tip);
        made->setFocusPolicy(Qt::StrongFocus);
        return made;
    };
    previous_ = button({}, tr("The hit before (Shift+F3)"));
    previous_->setIcon(glyphIcon(Glyph::Previous, theme));
    next_ = button({}, tr("The next hit (F3, or Return in the field)"));
    next_->setIcon(glyphIcon(Glyph::Next, theme));
    only_ = button(tr("hits only"), tr("Leave out what holds no hit"));
    only_->setCheckable(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 0, 10, 6);
    row->setSpacing(6);
    row->addWidget(count_, 1);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(only_);
    connect(previous_, &QToolButton::clicked, this, [this] { emit stepWanted(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { emit stepWanted(1); });
    connect(&theme, &Theme::changed, this, [this] {
        previous_->update();
        next_->update();
    });
}

void FindBar::setHits(std::size_t number, std::size_t count)
{
    count_->setText(count == 0    ? tr("no hit")
                    : number == 0 ? (count == 1 ? tr("1 hit") : tr("%1 hits").arg(grouped(count)))
                                  : tr("hit %1 of %2").arg(grouped(number), grouped(count)));
    previous_->setEnabled(count > 0);
    next_->setEnabled(count > 0);
}

QString FindBar::text() const { return count_->text(); }

}  // namespace hindcast::ui
