#include "ui/findings/first_time_page.h"

#include "ui/findings/expression_history.h"
#include "ui/findings/first_time_table.h"
#include "ui/findings/scope_button.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/session/text_export.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

const auto kScope = QStringLiteral("findings/scope");

struct Copied {
    QString text;
    std::uint64_t rows = 0;
};

}  // namespace

FirstTimePage::FirstTimePage(const Theme& theme, QWidget* parent) : FoundPage(parent), theme_(theme)
{
    setAccessibleName(tr("First time when"));
    table_ = new FirstTimeTable(model_, theme_);
    message_ = new ElidedLabel;
    message_->setProperty("role", QStringLiteral("warning"));
    message_->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(message_);
    layout->addWidget(table_, 1);
    connectParts();
    field_->setHistory(askedExpressions());
    updateGo();
    updateWords();
}

QWidget* FirstTimePage::makeBar()
{
    auto* bar = new QWidget;
    auto* words = new QLabel(tr("first time when"));
    words->setProperty("role", QStringLiteral("secondary"));
    field_ = new ExpressionField(theme_);
    field_->setMinimumWidth(160);
    words->setBuddy(field_);
    scope_ = new ScopeButton(kScope, {FirstTimeScope::Entity, FirstTimeScope::Category, FirstTimeScope::All});
    go_ = new QToolButton;
    go_->setProperty("compact", true);
    go_->setFocusPolicy(Qt::TabFocus);
    summary_ = new ElidedLabel;
    summary_->setProperty("role", QStringLiteral("secondary"));
    summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(10, 5, 10, 5);
    row->setSpacing(8);
    row->addWidget(words);
    row->addWidget(field_, 3);
    row->addWidget(scope_);
    row->addWidget(go_);
    row->addWidget(summary_, 2);
    return bar;
}

void FirstTimePage::connectParts()
{
    connect(field_, &ExpressionField::entered, this, &FirstTimePage::ask);
    connect(field_, &ExpressionField::wrongChanged, this, &FirstTimePage::updateWords);
    connect(field_, &QLineEdit::cursorPositionChanged, this, &FirstTimePage::placeMessage);
    connect(field_, &QLineEdit::textChanged, this, &FirstTimePage::updateGo);
    connect(scope_, &ScopeButton::changed, this, &FirstTimePage::updateGo);
    connect(go_, &QToolButton::clicked, this, [this] {
        if (isRunning())
            emit cancelWanted();
        else
            ask();
    });
    connect(&model_, &FirstTimeModel::rowsChanged, this, [this] {
        // What one stands on is still what one stands on.
        if (std::exchange(columnsShown_, model_.columnCount()) != model_.columnCount()) table_->updateColumns();
        const qint64 current = table_->currentRow();
        table_->rowsChanged();
        if (current >= table_->rowCount()) table_->setCurrentRow(RowView::kNone, false);
    });
    connect(&model_, &QAbstractItemModel::modelAboutToBeReset, table_, [this] {
        const qint64 row = table_->currentRow();
        if (row < 0 || row >= model_.count()) return;
        const FirstTimeRow stood = model_.row(row);
        QMetaObject::invokeMethod(
            this, [this, event = stood.event, entity = stood.entity] { mark(event, entity); }, Qt::QueuedConnection);
    });
    connect(table_, &RowView::currentChanged, this, &FirstTimePage::choose);
    connect(table_, &RowView::activated, this, &FirstTimePage::choose);
    connect(table_, &RowView::menuWanted, this, &FirstTimePage::openMenu);
    connect(table_, &RowView::copyWanted, this, [this](qint64 row) {
        if (row < 0 || row >= model_.count()) return;
        QApplication::clipboard()->setText(
            QString::fromStdString(jsonLine(model_.row(row), model_.view()->paths, part_)).chopped(1));
    });
}

void FirstTimePage::setAsked(bool open, const QString& entity, const QString& category)
{
    open_ = open;
    scope_->setSelected(entity, category);
    updateGo();
    updateWords();
}

FirstTimeScope FirstTimePage::scope() const { return scope_->scope(); }

void FirstTimePage::setScope(FirstTimeScope scope) { scope_->setScope(scope); }

QToolButton& FirstTimePage::scopeButton() { return *scope_; }

void FirstTimePage::updateGo()
{
    go_->setText(isRunning() ? tr("Stop") : tr("Find"));
    go_->setEnabled(isRunning() || (open_ && !field_->text().trimmed().isEmpty()));
}

bool FirstTimePage::isRunning() const { return model_.view() && model_.view()->running; }

void FirstTimePage::ask()
{
    if (!open_ || !field_->check()) return updateWords();
    notice_.clear();
    stale_.clear();
    field_->setHistory(rememberExpression(field_->text()));
    emit asked(field_->text(), scope());
}

QString FirstTimePage::title() const
{
    const auto& view = model_.view();
    return view ? tr("First time when (%1)").arg(grouped(view->hits)) : tr("First time when");
}

QString FirstTimePage::words() const { return model_.view() ? causesText(*model_.view()) : QString(); }

void FirstTimePage::takeFocus()
{
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
}

void FirstTimePage::setView(std::shared_ptr<const FirstTimeView> view)
{
    if (!view) stale_.clear();
    model_.setView(std::move(view));
    updateGo();
    updateWords();
    emit viewChanged();
}

void FirstTimePage::modelChanged(const QString& category)
{
    if (!model_.view() || model_.view()->paths.empty()) return;
    stale_ = tr("%1 has another model now: find anew to ask that").arg(category);
    updateWords();
}

void FirstTimePage::mark(EventId event, EntityId entity) { table_->setCurrentRow(model_.rowOf(event, entity), false); }

QString FirstTimePage::summary() const { return summary_->text(); }

QString FirstTimePage::message() const { return message_->isHidden() ? QString() : message_->text(); }

void FirstTimePage::updateWords()
{
    const auto& view = model_.view();
    summary_->setText(view ? summaryText(*view) : QString());
    summary_->setShorter(view ? shorterSummaries(*view) : QStringList());
    QString said;
    if (field_->wrong())
        said = field_->wrong()->message;
    else if (view && !view->error.isEmpty())
        said = view->error;
    else {
        QStringList all;
        if (!stale_.isEmpty()) all << stale_;
        if (view) all << view->remarks;
        if (view && view->hits > view->rows && !view->running)
            all << tr("the first %1 that were found are shown").arg(grouped(view->rows));
        if (!notice_.isEmpty()) all << notice_;
        said = all.join(QStringLiteral(" · "));
    }
    message_->setText(said);
    message_->setAccessibleName(said);
    message_->setToolTip(asTip(said));
    message_->setVisible(!said.isEmpty());
    placeMessage();
    if (!open_)
        table_->setEmptyText(tr("No workspace is open"));
    else if (!view)
        table_->setEmptyText(tr("Which event was the first after which something held?"),
                             tr("Ask for it above: state.status == \"cancelled\", state.total > 500.0 …"));
    else if (view->running)
        table_->setEmptyText(tr("Looking…"));
    else if (!view->error.isEmpty() || view->cancelled)
        table_->setEmptyText(tr("Nothing was found before it ended"));
    else
        table_->setEmptyText(tr("It never holds"), tr("After none of %1.").arg(eventsText(view->looked.events)));
}

/// Beneath the place that is wrong, or as near to it as its length lets it.
void FirstTimePage::placeMessage()
{
    const int left = field_->mapTo(this, QPoint(field_->wrong() ? field_->wrongX() : 0, 0)).x();
    const int most = width() - message_->fontMetrics().horizontalAdvance(message_->text()) - 14;
    message_->setContentsMargins(std::max(10, std::min(left, most)), 0, 10, 4);
}

void FirstTimePage::choose(qint64 row)
{
    if (row >= 0 && row < model_.count()) emit chosen(model_.row(row).entity, model_.row(row).event, model_.row(row).time);
}

void FirstTimePage::openMenu(qint64 row, const QPoint& position)
{
    if (row < 0 || row >= model_.count()) return;
    const FirstTimeRow found = model_.row(row);
    const std::vector<Pointer> paths = model_.view()->paths;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Go to this event\tEnter"), this, [this, found] { emit chosen(found.entity, found.event, found.time); });
    const WantedSymptom wanted{WantedSymptom::Kind::Expression, model_.view()->text.trimmed()};
    menu->addAction(tr("Smallest case"), this, [this, found, wanted] { emit smallestWanted(found.entity, wanted, found.event); });
    menu->addSeparator();
    menu->addAction(tr("Copy as JSON\tCtrl+C"), this, [this, found, paths] {
        QApplication::clipboard()->setText(QString::fromStdString(jsonLine(found, paths, part_)).chopped(1));
    });
    menu->addAction(tr("Copy row as text"), this, [text = table_->rowText(row)] { QApplication::clipboard()->setText(text); });
    menu->addAction(tr("Copy entity"), this,
                    [text = QString::fromStdString(found.key.text())] { QApplication::clipboard()->setText(text); });
    menu->addSeparator();
    menu->addAction(tr("Copy all as JSON lines"), this, [this] { copyAll(As::JsonLines); });
    menu->addAction(tr("Copy all as CSV"), this, [this] { copyAll(As::Csv); });
    menu->popup(position);
}

void FirstTimePage::copyAll(As as)
{
    auto [view, rows] = model_.all();
    if (!view) return;
    const PartOf part = partsOf(rows, part_);
    inBackground(
        this,
        [view = view, rows = std::move(rows), part, as] {
            Copied copied;
            std::string text = as == As::Csv ? csvTitles(view->paths) : std::string();
            for (const FirstTimeRow* row : rows) {
                const std::string line = as == As::Csv ? csvLine(*row, part) : jsonLine(*row, view->paths, part);
                if (text.size() + line.size() > TextExport::kMost) break;
                text += line;
                ++copied.rows;
            }
            copied.text = QString::fromStdString(text);
            return copied;
        },
        [this, of = ++copying_, total = static_cast<std::uint64_t>(model_.count())](const Copied& copied) {
            if (of != copying_) return;
            QApplication::clipboard()->setText(copied.text);
            notice_ = copied.rows < total ? tr("the first %1 of %2 copied: no more than %3 at once")
                                                .arg(grouped(copied.rows), eventsText(total), bytesText(TextExport::kMost))
                                          : tr("%1 copied").arg(eventsText(copied.rows));
            updateWords();
        });
}

void FirstTimePage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isRunning()) {
        emit cancelWanted();
        return;
    }
    FoundPage::keyPressEvent(event);
}

void FirstTimePage::resizeEvent(QResizeEvent* event)
{
    FoundPage::resizeEvent(event);
    placeMessage();
}

}  // namespace hindcast::ui
