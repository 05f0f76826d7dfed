#include "ui/models/find_line.h"

#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/panel_header.h"
#include "ui/look/search_field.h"
#include "ui/models/code_editor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>

namespace hindcast::ui {

FindLine::FindLine(const Theme& theme, CodeEditor& editor, QWidget* parent)
    : QWidget(parent), editor_(editor), field_(new SearchField(theme)), count_(new QLabel)
{
    field_->setPlaceholderText(tr("find in the model…"));
    field_->setAccessibleName(tr("Find in the model"));
    field_->installEventFilter(this);
    count_->setProperty("role", QStringLiteral("secondary"));
    previous_ = bareButton(tr("The hit before (Shift+F3)"));
    next_ = bareButton(tr("The next hit (F3, or Return in the field)"));
    QToolButton* close = bareButton(tr("Close the search (Escape)"));
    const auto dress = [&theme, close, this] {
        previous_->setIcon(glyphIcon(Glyph::Previous, theme));
        next_->setIcon(glyphIcon(Glyph::Next, theme));
        close->setIcon(glyphIcon(Glyph::Close, theme, Theme::Role::TextSecondary));
        field_->setMinimumWidth(theme.px(180));
    };
    dress();
    connect(&theme, &Theme::changed, this, dress);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 4, 4);
    row->setSpacing(6);
    row->addWidget(field_);
    row->addWidget(previous_);
    row->addWidget(next_);
    row->addWidget(count_, 1);
    row->addWidget(close);
    connect(field_, &QLineEdit::textChanged, this, [this](const QString& text) {
        editor_.setFound(text);
        editor_.stepFound(0);
        showCount();
    });
    connect(previous_, &QToolButton::clicked, this, [this] { editor_.stepFound(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { editor_.stepFound(1); });
    connect(close, &QToolButton::clicked, this, &FindLine::end);
    connect(&editor_, &CodeEditor::hitsChanged, this, &FindLine::showCount);
    connect(&editor_, &CodeEditor::findWanted, this, &FindLine::begin);
    connect(&editor_, &CodeEditor::findStepWanted, this, [this](int direction) {
        if (isHidden()) return begin();
        editor_.stepFound(direction);
    });
    hide();
}

void FindLine::begin()
{
    const QString selected = editor_.textCursor().selectedText();
    show();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator)) field_->setText(selected);
    editor_.setFound(field_->text());
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
    showCount();
}

void FindLine::end()
{
    hide();
    editor_.setFound({});
    editor_.setFocus(Qt::OtherFocusReason);
}

void FindLine::showCount()
{
    const std::size_t count = editor_.hits();
    const std::size_t number = editor_.hitNumber();
    count_->setText(field_->text().isEmpty() ? QString()
                    : count == 0             ? tr("no hit")
                    : number == 0            ? (count == 1 ? tr("1 hit") : tr("%1 hits").arg(grouped(count)))
                                             : tr("hit %1 of %2").arg(grouped(number), grouped(count)));
    previous_->setEnabled(count > 0);
    next_->setEnabled(count > 0);
}

QString FindLine::countText() const { return count_->text(); }

bool FindLine::eventFilter(QObject* watched, QEvent* event)
{
    const bool overrides = event->type() == QEvent::ShortcutOverride;
    if (watched != field_ || (!overrides && event->type() != QEvent::KeyPress)) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool back = key->modifiers() & Qt::ShiftModifier;
    const bool find = key->key() == Qt::Key_F && key->modifiers() == Qt::ControlModifier;
    const bool step = key->key() == Qt::Key_F3 || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    const bool leave = key->key() == Qt::Key_Escape;
    if (!find && !step && !leave) return QWidget::eventFilter(watched, event);
    if (overrides) {
        event->accept();  // the window has some of these, too
        return true;
    }
    if (find) field_->selectAll();
    if (step) editor_.stepFound(back ? -1 : 1);
    if (leave) end();
    return true;
}

}  // namespace hindcast::ui
