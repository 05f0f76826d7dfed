#include "ui/state/writes_panel.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/hairline.h"
#include "ui/look/panel_header.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLines = 6;  // in view at first
constexpr int kLeast = 3;

}  // namespace

WritesPanel::WritesPanel(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      title_(new ElidedLabel),
      count_(new ElidedLabel),
      close_(bareButton(tr("Close who wrote the field"))),
      list_(new FieldWrites(theme))
{
    title_->setProperty("role", QStringLiteral("title"));
    count_->setProperty("role", QStringLiteral("secondary"));
    close_->setToolTip(tr("Close (Escape)"));
    const auto dress = [this] {
        close_->setIcon(glyphIcon(Glyph::Close, theme_, Theme::Role::TextSecondary));
        list_->setMinimumHeight(kLeast * theme_.rowHeight());
    };
    dress();
    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 4, 6, 3);
    row->setSpacing(8);
    row->addWidget(title_, 1);
    row->addWidget(count_, 1);
    row->addWidget(close_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(new Hairline(theme));
    layout->addLayout(row);
    layout->addWidget(list_, 1);
    connect(&theme_, &Theme::changed, this, dress);
    connect(close_, &QToolButton::clicked, this, &WritesPanel::closeWanted);
    connect(list_, &FieldWrites::closeWanted, this, &WritesPanel::closeWanted);
    connect(list_, &FieldWrites::writesChanged, this, &WritesPanel::updateWords);
    updateWords();
}

QString WritesPanel::title() const { return title_->text(); }

QString WritesPanel::count() const { return count_->text(); }

int WritesPanel::wantedHeight() const { return theme_.px(33) + kLines * theme_.rowHeight(); }

void WritesPanel::updateWords()
{
    const QString& pointer = list_->pointer();
    title_->setText(pointer.isEmpty() ? tr("Who ever wrote the state") : tr("Who ever wrote %1").arg(pointer));
    if (!list_->isKnown()) return count_->setText({});
    const auto& writes = list_->writes();
    const auto same = static_cast<std::uint64_t>(
        std::ranges::count_if(writes, [](const replay::Provenance::Write& write) { return !write.changed; }));
    QString words = writes.size() == 1 ? tr("1 event") : tr("%1 events").arg(grouped(writes.size()));
    if (same > 0) words += tr(" · %1 as it was").arg(grouped(same));
    count_->setText(words);
    count_->setToolTip(words);
}

}  // namespace hindcast::ui
