#include "ui/findings/expression_field.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStringListModel>
#include <QStyledItemDelegate>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kCheckMs = 500;
constexpr double kWave = 2;  // px: its half width and its height

std::optional<expression::SyntaxError> expressionError(const std::string& text)
{
    const auto read = expression::Expression::parse(text);
    return read ? std::nullopt : std::optional(read.error());
}

/// Bytes of UTF-8 as characters.
qsizetype charactersOf(const std::string& text, std::size_t bytes)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(std::min(bytes, text.size()))).size();
}

/// One that was asked before: as wide as the list, which else would need a bar to scroll by, over the last of its few lines.
class EarlierLine final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return {1, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

}  // namespace

ExpressionField::ExpressionField(const Theme& theme, QWidget* parent)
    : QLineEdit(parent),
      theme_(theme),
      reader_(expressionError),
      completer_(new QCompleter(this)),
      history_(new QStringListModel(this))
{
    setAccessibleName(tr("First time when"));
    setPlaceholderText(tr("state.balance < 0.0"));
    completer_->setModel(history_);
    completer_->setFilterMode(Qt::MatchContains);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    completer_->popup()->setAccessibleName(tr("Expressions that were asked before"));
    completer_->popup()->setObjectName(QStringLiteral("completions"));  // it has an edge in the style sheet
    completer_->popup()->setItemDelegate(new EarlierLine(completer_->popup()));
    completer_->popup()->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCompleter(completer_);
    // While the list is open the field is not told that it loses the keyboard.
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget* before, const QWidget* now) {
        QAbstractItemView& list = *completer_->popup();
        if (!list.isVisible() || !now || now == this || now == &list || list.isAncestorOf(now)) return;
        list.hide();
        if (before != this) return;
        QFocusEvent lost(QEvent::FocusOut, Qt::OtherFocusReason);
        QCoreApplication::sendEvent(this, &lost);
    });
    const auto dress = [this] {
        setFont(theme_.mono());
        completer_->popup()->setFont(theme_.mono());
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    checkLater_.setSingleShot(true);
    checkLater_.setInterval(kCheckMs);
    connect(&checkLater_, &QTimer::timeout, this, &ExpressionField::check);
    connect(this, &QLineEdit::textChanged, this, [this] {
        if (wrong_)
            check();
        else
            checkLater_.start();
    });
}

void ExpressionField::setReader(Reader reader)
{
    reader_ = std::move(reader);
    setWrong({});
    if (!text().isEmpty()) checkLater_.start();
}

void ExpressionField::setHistory(const QStringList& expressions) { history_->setStringList(expressions); }

bool ExpressionField::check()
{
    checkLater_.stop();
    if (text().trimmed().isEmpty()) {
        setWrong({});
        return false;
    }
    const std::string asked = text().toStdString();
    const auto error = reader_(asked);
    if (!error) {
        setWrong({});
        return true;
    }
    Wrong wrong;
    wrong.from = charactersOf(asked, error->offset);
    wrong.length = std::max<qsizetype>(1, charactersOf(asked, error->offset + error->length) - wrong.from);
    wrong.message = QString::fromStdString(error->message);
    setWrong(std::move(wrong));
    return false;
}

void ExpressionField::setWrong(std::optional<Wrong> wrong)
{
    if (wrong_ == wrong) return;
    wrong_ = std::move(wrong);
    update();
    emit wrongChanged();
}

int ExpressionField::xOf(qsizetype character) const
{
    // The text may be scrolled: it is measured from where the cursor is seen.
    const QFontMetrics metrics(font());
    const int cursor = cursorRect().center().x();
    return cursor + metrics.horizontalAdvance(text().left(character)) - metrics.horizontalAdvance(text().left(cursorPosition()));
}

int ExpressionField::wrongX() const { return wrong_ ? std::clamp(xOf(wrong_->from), 0, width()) : 0; }

void ExpressionField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (!wrong_) return;
    const double from = xOf(wrong_->from);
    const double behind = QFontMetrics(font()).averageCharWidth();
    const qsizetype end = wrong_->from + wrong_->length;
    const double to = end <= text().size() ? xOf(end) : xOf(text().size()) + behind;
    const double y = std::min<double>(height() - 4, height() / 2.0 + QFontMetrics(font()).height() / 2.0 + 1);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect().adjusted(4, 0, -4, 0));
    painter.setPen(QPen(theme_.color(Theme::Role::Warning), 1.2));
    QPainterPath wave(QPointF(from, y));
    bool up = true;
    for (double x = from + kWave; x < std::max(to, from + 2 * kWave) + 0.5; x += kWave, up = !up)
        wave.lineTo(x, up ? y - kWave : y);
    painter.drawPath(wave);
}

void ExpressionField::hideEvent(QHideEvent* event)
{
    completer_->popup()->hide();
    QLineEdit::hideEvent(event);
}

/// Once what matches the text is listed: not over the field's lower edge, and not at all where it offers nothing else.
void ExpressionField::settleList()
{
    QAbstractItemView& list = *completer_->popup();
    if (!list.isVisible()) return;
    const QModelIndex first = list.model()->index(0, completer_->completionColumn());
    if (list.model()->rowCount() == 1 && first.data(completer_->completionRole()).toString() == text()) return list.hide();
    const QPoint beneath = mapToGlobal(QPoint(0, height()));
    if (list.y() >= beneath.y() - height() / 2) list.move(list.x(), beneath.y());
}

void ExpressionField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        completer_->popup()->hide();
        emit entered();
        return;
    }
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier && history_->rowCount() > 0) {
        completer_->setCompletionPrefix({});
        completer_->complete();
    } else {
        QLineEdit::keyPressEvent(event);
    }
    settleList();
}

void ExpressionField::inputMethodEvent(QInputMethodEvent* event)
{
    QLineEdit::inputMethodEvent(event);
    settleList();
}

}  // namespace hindcast::ui
