#include "ui/findings/findings_panel.h"

#include "ui/findings/findings_page.h"
#include "ui/findings/first_time_page.h"
#include "ui/findings/model_diff_page.h"
#include "ui/findings/smallest_page.h"
#include "ui/findings/states_page.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/panel_header.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace hindcast::ui {

FindingsPanel::FindingsPanel(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("First time when, findings"));
    pages_ = new QStackedWidget;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(pages_, 1);
    add(*(firstTime_ = new FirstTimePage(theme_)));
    add(*(findings_ = new FindingsPage(theme_)));
    add(*(modelDiff_ = new ModelDiffPage(theme_)));
    add(*(smallest_ = new SmallestPage(theme_)));
    add(*(states_ = new StatesPage(theme_)));
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(tabs_, &QTabBar::currentChanged, this, &FindingsPanel::updateWords);
    connect(tabs_, &QTabBar::currentChanged, this, &FindingsPanel::tabChanged);
    updateWords();
}

/// In the order of Tab.
void FindingsPanel::add(FoundPage& page)
{
    pages_->addWidget(&page);
    tabs_->addTab(page.title());
    connect(&page, &FoundPage::viewChanged, this, &FindingsPanel::updateWords);
}

FoundPage& FindingsPanel::page() const { return *static_cast<FoundPage*>(pages_->currentWidget()); }

QWidget* FindingsPanel::makeHeader()
{
    tabs_ = new QTabBar;
    tabs_->setExpanding(false);
    tabs_->setAccessibleName(tr("What was found over all entities"));
    words_ = new ElidedLabel;
    words_->setProperty("role", QStringLiteral("secondary"));
    words_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    close_ = bareButton(tr("Close the panel"));
    close_->setToolTip(tr("Close the panel (Escape)"));
    const auto dress = [this] { close_->setIcon(glyphIcon(Glyph::Close, theme_, Theme::Role::TextSecondary)); };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(close_, &QToolButton::clicked, this, &FindingsPanel::closeWanted);
    auto* header = new QWidget;
    header->setProperty("role", QStringLiteral("panel-header"));
    header->setAttribute(Qt::WA_StyledBackground);
    fixHeight(*header, theme_, PanelHeader::kHeight);
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(4, 0, 4, 0);
    row->setSpacing(8);
    row->addWidget(tabs_, 0, Qt::AlignBottom);
    row->addWidget(words_, 1);
    row->addWidget(close_);
    return header;
}

FindingsPanel::Tab FindingsPanel::tab() const { return static_cast<Tab>(tabs_->currentIndex()); }

void FindingsPanel::showTab(Tab tab) { tabs_->setCurrentIndex(tab); }

QString FindingsPanel::words() const { return words_->text(); }

void FindingsPanel::takeFocus() { page().takeFocus(); }

void FindingsPanel::updateWords()
{
    for (int index = 0; index < pages_->count(); ++index) {
        const QString title = static_cast<FoundPage*>(pages_->widget(index))->title();
        if (tabs_->tabText(index) == title) continue;  // a tab is laid out anew with the same, too
        tabs_->setTabText(index, title);
        tabs_->updateGeometry();  // which it does not do by itself while it is hidden
    }
    const QString words = page().words();
    words_->setText(words);
    words_->setShorter(page().shorterWords());
    words_->setToolTip(asTip(words));
}

void FindingsPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return emit closeWanted();
    QWidget::keyPressEvent(event);
}

}  // namespace hindcast::ui
