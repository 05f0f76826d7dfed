// What the page of the smallest case is made of.
#include "ui/findings/expression_field.h"
#include "ui/findings/expression_history.h"
#include "ui/findings/smallest_page.h"
#include "ui/findings/smallest_table.h"
#include "ui/look/elided_label.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace hindcast::ui {

SmallestPage::SmallestPage(const Theme& theme, QWidget* parent) : FoundPage(parent), theme_(theme)
{
    setAccessibleName(tr("Smallest case"));
    table_ = new SmallestTable(theme_);
    message_ = new ElidedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setTextFormat(Qt::PlainText);
    message_->setContentsMargins(10, 0, 10, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(message_);
    layout->addWidget(makeResult());
    layout->addWidget(table_, 1);
    connectParts();
    field_->setHistory(askedExpressions());
    fillSymptoms();
    updateBar();
    updateResult();
}

QWidget* SmallestPage::makeBar()
{
    auto* bar = new QWidget;
    auto* words = new QLabel(tr("smallest case in which"));
    words->setProperty("role", QStringLiteral("secondary"));
    symptom_ = new QToolButton;
    symptom_->setProperty("compact", true);
    symptom_->setPopupMode(QToolButton::InstantPopup);
    symptom_->setFocusPolicy(Qt::TabFocus);
    symptoms_ = new QMenu(this);
    symptom_->setMenu(symptoms_);
    words->setBuddy(symptom_);
    field_ = new ExpressionField(theme_);
    field_->setMinimumWidth(160);
    field_->setAccessibleName(tr("Expression that the smallest case is to fulfil"));
    go_ = new QToolButton;
    go_->setProperty("compact", true);
    go_->setFocusPolicy(Qt::TabFocus);
    summary_ = new ElidedLabel;
    summary_->setProperty("role", QStringLiteral("secondary"));
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(words);
    row->addWidget(symptom_);
    row->addWidget(field_, 3);
    row->addWidget(go_);
    row->addWidget(summary_, 2);
    return bar;
}

/// What it is and what one can do with it, over its events.
QWidget* SmallestPage::makeResult()
{
    result_ = new QWidget;
    heading_ = new ElidedLabel;
    heading_->setProperty("role", QStringLiteral("title"));
    heading_->setTextFormat(Qt::PlainText);
    explained_ = new ElidedLabel;
    explained_->setProperty("role", QStringLiteral("secondary"));
    explained_->setTextFormat(Qt::PlainText);
    const auto button = [](const QString& text, const QString& tip) {
        auto* made = new QPushButton(text);
        made->setToolTip(tip);
        made->setAutoDefault(false);
        return made;
    };
    copy_ = button(tr("Copy as Given/When/Then"), tr("For a ticket: what is given, what comes, what is seen then"));
    test_ = button(tr("Export test"), {});
    events_ = button(tr("Export events"), tr("A dump of these records, which can be imported"));
    // Where it is narrow the events, which stand beneath, give way first.
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(explained_, 1);
    for (QPushButton* one : {copy_, test_, events_}) row->addWidget(one);
    auto* column = new QVBoxLayout(result_);
    column->setContentsMargins(10, 0, 10, 6);
    column->setSpacing(2);
    column->addWidget(heading_);
    column->addLayout(row);
    return result_;
}

void SmallestPage::connectParts()
{
    connect(field_, &ExpressionField::entered, this, &SmallestPage::ask);
    connect(field_, &ExpressionField::wrongChanged, this, &SmallestPage::updateResult);
    connect(field_, &QLineEdit::textChanged, this, &SmallestPage::updateBar);
    connect(go_, &QToolButton::clicked, this, [this] {
        if (isRunning())
            emit cancelWanted();
        else
            ask();
    });
    connect(table_, &RowView::currentChanged, this, &SmallestPage::choose);
    connect(table_, &RowView::activated, this, &SmallestPage::choose);
    connect(table_, &RowView::menuWanted, this, &SmallestPage::openMenu);
    connect(table_, &RowView::copyWanted, this, [this](qint64 row) {
        if (row >= 0 && row < table_->rowCount()) QApplication::clipboard()->setText(table_->rowText(row));
    });
    connect(copy_, &QPushButton::clicked, this, &SmallestPage::copyGivenWhenThen);
    connect(test_, &QPushButton::clicked, this, [this] { askExport(true); });
    connect(events_, &QPushButton::clicked, this, [this] { askExport(false); });
}

}  // namespace hindcast::ui
