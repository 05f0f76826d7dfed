#include "ui/models/model_panel.h"

#include "ui/look/elided_label.h"
#include "ui/look/say.h"
#include "ui/models/code_editor.h"
#include "ui/models/diagnostic_line.h"
#include "ui/models/find_line.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kClock = 1000;  // ms

}  // namespace

ModelPanel::ModelPanel(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("Model"));
    build();
    pause_.setSingleShot(true);
    pause_.setInterval(kPause);
    connect(&pause_, &QTimer::timeout, this, [this] { emit textEdited(sourceAsTyped()); });
    clock_.setInterval(kClock);
    connect(&clock_, &QTimer::timeout, this, &ModelPanel::updateHead);
    connect(editor_, &QPlainTextEdit::textChanged, this, &ModelPanel::noteChange);
    connect(trouble_, &DiagnosticLine::placeWanted, this, [this](int line, int column) {
        editor_->goTo(line, column);
        editor_->setFocus(Qt::OtherFocusReason);
    });
    setNothing({}, tr("Open a workspace to see what rebuilds its states."));
}

void ModelPanel::build()
{
    editor_ = new CodeEditor(theme_);
    find_ = new FindLine(theme_, *editor_);
    makeActions();
    pages_ = new QStackedWidget;
    pages_->addWidget(buildNothing());
    pages_->addWidget(buildText());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHead());
    column->addWidget(pages_, 1);
}

QWidget* ModelPanel::buildText()
{
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(editor_, 1);
    column->addWidget(find_);
    // Beneath the text, which does not move then, and as wide: in the head an error was cut before it said anything.
    column->addWidget(trouble_ = new DiagnosticLine(theme_));
    auto* parts = new QSplitter(Qt::Horizontal);
    parts->setHandleWidth(1);
    parts->setChildrenCollapsible(false);
    parts->addWidget(left);
    parts->addWidget(buildOutcome());
    parts->setStretchFactor(0, 3);
    parts->setStretchFactor(1, 1);
    return parts;
}

QWidget* ModelPanel::buildOutcome()
{
    outcome_ = new QWidget;
    outcomeTitle_ = new ElidedLabel;
    outcomeTitle_->setProperty("role", QStringLiteral("secondary"));
    differences_ = new QPlainTextEdit;
    differences_->setReadOnly(true);
    differences_->setTabChangesFocus(true);
    differences_->setLineWrapMode(QPlainTextEdit::NoWrap);
    differences_->setFrameShape(QFrame::NoFrame);
    differences_->setAccessibleName(tr("What the model as it stands would change"));
    const auto dress = [this] {
        differences_->setFont(theme_.mono());
        outcome_->setMinimumWidth(theme_.px(150));
        outcomeTitle_->setContentsMargins(theme_.px(10), theme_.px(5), theme_.px(6), theme_.px(3));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    differences_->document()->setDocumentMargin(8);
    auto* column = new QVBoxLayout(outcome_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(outcomeTitle_);
    column->addWidget(differences_, 1);
    outcome_->hide();
    return outcome_;
}

QWidget* ModelPanel::buildNothing()
{
    auto* page = new QWidget;
    nothing_ = new QLabel;
    nothing_->setProperty("role", QStringLiteral("secondary"));
    nothing_->setAlignment(Qt::AlignCenter);
    nothing_->setWordWrap(true);
    nothing_->setTextFormat(Qt::PlainText);
    auto* start = new QPushButton(tr("New model"));
    start->setMenu(new_);
    auto* file = new QPushButton(tr("Open a file…"));
    connect(file, &QPushButton::clicked, open_, &QAction::trigger);
    for (QPushButton* button : {start, file}) button->setAutoDefault(true);  // Return presses them, as Space does
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(start);
    buttons->addWidget(file);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(20, 8, 20, 8);
    column->setSpacing(10);
    column->addStretch(1);
    column->addWidget(nothing_);
    column->addLayout(buttons);
    column->addStretch(1);
    return page;
}

void ModelPanel::setText(const QString& source)
{
    setting_ = true;
    pause_.stop();
    editor_->setSource(QString(source).replace(QLatin1String("\r\n"), QLatin1String("\n")));
    setting_ = false;
    editor_->setDiagnostics({});
    trouble_->setDiagnostics({});
    setOutcome({}, {});
    pages_->setCurrentIndex(1);
}

void ModelPanel::setModel(const QString& category, const ScriptModel& script, int version)
{
    category_ = category;
    script_ = script;
    version_ = version;
    inForce_ = true;
    // The same text stays as it is, with what can be undone in it.
    if (!hasText() || sourceAsTyped() != script.source) setText(script.source);
    pause_.stop();
    const bool was = std::exchange(changed_, false);
    setOutcome({}, {});
    updateActions();
    updateHead();
    if (was) emit changedChanged(false);
}

void ModelPanel::setDraft(const QString& category, const ScriptModel& script)
{
    category_ = category;
    script_ = script;
    version_ = 0;
    inForce_ = false;
    saved_ = {};
    setText(script.source);
    const bool was = std::exchange(changed_, true);
    updateActions();
    updateHead();
    if (!was) emit changedChanged(true);
    emit textEdited(sourceAsTyped());
}

void ModelPanel::setNothing(const QString& category, const QString& words)
{
    category_ = category;
    script_ = {};
    version_ = 0;
    inForce_ = false;
    saved_ = {};
    pause_.stop();
    const bool was = std::exchange(changed_, false);
    trouble_->setDiagnostics({});
    say(*nothing_, {}, words);
    pages_->setCurrentIndex(0);
    updateActions();
    updateHead();
    if (was) emit changedChanged(false);
}

bool ModelPanel::hasText() const { return pages_->currentIndex() == 1; }

/// The text with the line ends that its author gave it.
QString ModelPanel::sourceAsTyped() const
{
    const QString text = editor_->toPlainText();
    return script_.source.contains(QLatin1String("\r\n")) ? QString(text).replace(QLatin1String("\n"), QLatin1String("\r\n"))
                                                          : text;
}

ScriptModel ModelPanel::script() const
{
    ScriptModel script = script_;
    script.source = hasText() ? sourceAsTyped() : QString();
    return script;
}

bool ModelPanel::isChanged() const { return changed_; }

void ModelPanel::noteChange()
{
    if (setting_ || !hasText()) return;
    // Back at what is in force it is no change any more.
    const bool changed = !inForce_ || sourceAsTyped() != script_.source;
    const bool was = std::exchange(changed_, changed);
    pause_.start();
    if (was == changed) return;
    updateActions();
    updateHead();
    emit changedChanged(changed);
}

void ModelPanel::setDiagnostics(const std::vector<ModelDiagnostic>& diagnostics)
{
    editor_->setDiagnostics(hasText() ? diagnostics : std::vector<ModelDiagnostic>());
    trouble_->setDiagnostics(hasText() ? diagnostics : std::vector<ModelDiagnostic>());
    updateHead();
}

void ModelPanel::setOutcome(const QString& title, const QString& differences)
{
    say(*outcomeTitle_, {}, title);
    if (differences_->toPlainText() != differences) differences_->setPlainText(differences);
    outcome_->setVisible(!title.isEmpty());
}

QString ModelPanel::outcomeText() const
{
    return outcome_->isHidden() ? QString() : outcomeTitle_->text() + QLatin1Char('\n') + differences_->toPlainText();
}

void ModelPanel::takeFocus()
{
    if (hasText())
        editor_->setFocus(Qt::OtherFocusReason);
    else
        pages_->currentWidget()->findChild<QPushButton*>()->setFocus(Qt::OtherFocusReason);
}

bool ModelPanel::mayLeave()
{
    if (!changed_) return true;
    QMessageBox box(QMessageBox::NoIcon, tr("Model"), tr("“%1” has changes that are not saved.").arg(script_.name),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setDefaultButton(QMessageBox::Save);
    for (QAbstractButton* button : box.buttons()) button->setIcon({});
    if (!save_->isEnabled()) box.button(QMessageBox::Save)->setEnabled(false);
    const int answer = box.exec();
    if (answer == QMessageBox::Save) save();
    return answer == QMessageBox::Save || answer == QMessageBox::Discard;
}

void ModelPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    clock_.start();
    updateHead();
}

void ModelPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    clock_.stop();
}

void ModelPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    updateHead();
}

}  // namespace hindcast::ui
