#include "ui/findings/findings_panel.h"

#include "ui/findings/findings_page.h"
#include "ui/findings/findings_table.h"
#include "ui/findings/first_time_page.h"
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
    firstTime_ = new FirstTimePage(theme_);
    findings_ = new FindingsPage(theme_);
    pages_ = new QStackedWidget;
    pages_->addWidget(firstTime_);
    pages_->addWidget(findings_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(pages_, 1);
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(tabs_, &QTabBar::currentChanged, this, &FindingsPanel::updateWords);
    connect(tabs_, &QTabBar::currentChanged, this, &FindingsPanel::tabChanged);
    connect(firstTime_, &FirstTimePage::viewChanged, this, &FindingsPanel::updateWords);
    connect(findings_, &FindingsPage::viewChanged, this, &FindingsPanel::updateWords);
    updateWords();
}

QWidget* FindingsPanel::makeHeader()
{
    tabs_ = new QTabBar;
    tabs_->addTab(QString());
    tabs_->addTab(QString());
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

void FindingsPanel::takeFocus()
{
    if (tab() == FirstTime)
        firstTime_->takeFocus();
    else
        findings_->table().setFocus(Qt::ShortcutFocusReason);
}

void FindingsPanel::updateWords()
{
    const auto& first = firstTime_->model().view();
    const auto& found = findings_->model().view();
    const QString firstTitle = first ? tr("First time when (%1)").arg(grouped(first->hits)) : tr("First time when");
    const QString foundTitle = found && found->declared ? tr("Findings (%1)").arg(grouped(found->findings)) : tr("Findings");
    // A tab is laid out anew with each text, also with the same.
    if (tabs_->tabText(FirstTime) != firstTitle) tabs_->setTabText(FirstTime, firstTitle);
    if (tabs_->tabText(Findings) != foundTitle) tabs_->setTabText(Findings, foundTitle);
    const QString words = tab() == Findings ? findings_->progress() : first ? causesText(*first) : QString();
    words_->setText(words);
    words_->setToolTip(asTip(words));
}

void FindingsPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return emit closeWanted();
    QWidget::keyPressEvent(event);
}

}  // namespace hindcast::ui
