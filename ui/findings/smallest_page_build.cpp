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

SmallestPage::SmallestPage(const Theme& theme, QWidget* parent)
    : AskingPage(parent), field_(new ExpressionField(theme)), table_(new SmallestTable(theme))
{
    setAccessibleName(tr("Smallest case"));
    symptoms_ = new QMenu(this);
    symptom_ = choiceButton(*symptoms_);
    QLabel* lead = quiet(tr("case in which"));
    lead->setBuddy(symptom_);
    field_->setMinimumWidth(160);
    field_->setAccessibleName(tr("Expression that the smallest case is to fulfil"));
    QWidget& bar = makeBar({{lead}, {symptom_}, {field_, 3}});
    summaryLine().setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layOut(bar, {makeResult(), table_});
    connectParts();
    field_->setHistory(askedExpressions());
    fillSymptoms();
    updateBar();
    updateResult();
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
