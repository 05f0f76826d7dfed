#include "ui/shell/go_to_list.h"

#include "ui/look/format.h"
#include "ui/look/shaped_text.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kLeastWidth = 440;  // px of a desk
constexpr int kEmptyHeight = 96;
constexpr int kKindWidth = 68;
constexpr int kBesideText = 24;   // px: left and right of a row's words
constexpr int kAroundEmpty = 24;  // px: above and beneath the sentence

/// Long words can be broken, so that all of an id is seen.
QString foldable(const QString& text)
{
    constexpr int kMost = 24;
    QString out;
    int unbroken = 0;
    for (const QChar c : text) {
        unbroken = c.isSpace() ? 0 : unbroken + 1;
        if (unbroken > kMost && !c.isLowSurrogate()) {
            out += QChar(0x200b);
            unbroken = 1;
        }
        out += c;
    }
    return wrappable(out);
}

}  // namespace

GoToRows::GoToRows(const Theme& theme, QWidget* parent) : RowView(theme, parent)
{
    setHeaderVisible(false);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setFocusPolicy(Qt::NoFocus);
    // It is as large as what it holds.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Where one can go"));
    setColumns({{tr("kind"), theme.px(kKindWidth)}, {tr("what"), theme.px(120), 1}});
}

void GoToRows::setWords(std::vector<GoToWords> words, std::vector<bool> possible)
{
    words_ = std::move(words);
    possible_ = std::move(possible);
    rowsChanged();
}

QString GoToRows::rowText(Row row) const
{
    const GoToWords& words = words_[static_cast<std::size_t>(row)];
    return words.kind + QLatin1Char(' ') + words.all();
}

QString GoToRows::troubles(int width) const
{
    QStringList lines;
    for (const GoToWords& words : words_) {
        if (words.trouble.isEmpty()) continue;
        const bool fits = textWidth(theme().mono(), words.text) <= width - theme().px(kKindWidth) - theme().px(kBesideText);
        lines << (fits && words_.size() == 1 ? words.trouble : words.all());
    }
    return lines.join(QLatin1Char('\n'));
}

int GoToRows::emptyHeight(int width) const
{
    const QFontMetrics metrics(theme().text());
    const auto high = [&](const QString& text) {
        return text.isEmpty()
                   ? 0
                   : metrics
                         .boundingRect(QRect(0, 0, width - kBesideText, 0), Qt::AlignHCenter | Qt::TextWordWrap, wrappable(text))
                         .height();
    };
    return high(emptyText()) + 4 + high(emptyHint()) + kAroundEmpty;
}

QString GoToRows::toolTipText(Row row, int) const { return rowText(row); }

void GoToRows::paintCell(QPainter& painter, const RowCell& cell) const
{
    const GoToWords& words = words_[static_cast<std::size_t>(cell.row)];
    const bool possible = possible_[static_cast<std::size_t>(cell.row)];
    const QColor secondary = theme().color(Theme::Role::TextSecondary);
    if (cell.column == 0) return paintText(painter, cell.rect, words.kind, theme().text(), secondary);
    paintText(painter, cell.rect, words.text, theme().mono(), possible ? theme().color(Theme::Role::Text) : secondary,
              Qt::AlignLeft, Qt::ElideMiddle);
}

GoToList::GoToList(const Theme& theme, QWidget* parent)
    : QFrame(parent), theme_(theme), rows_(new GoToRows(theme, this)), note_(new QLabel(this))
{
    setObjectName(QStringLiteral("goToList"));
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    rows_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);  // they have the height that placeBelow() gives them
    column->addWidget(rows_, 1);
    note_->setWordWrap(true);
    note_->setTextFormat(Qt::PlainText);
    note_->setProperty("role", QStringLiteral("secondary"));
    note_->setContentsMargins(12, 2, 12, 8);
    column->addWidget(note_);
    const auto dress = [this] {
        setStyleSheet(QStringLiteral("#goToList { background: %1; border: 1px solid %2; }")
                          .arg(theme_.color(Theme::Role::Panel).name(), theme_.color(Theme::Role::Accent).name()));
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    hide();
}

void GoToList::setWords(std::vector<GoToWords> words, std::vector<bool> possible)
{
    rows_->setWords(std::move(words), std::move(possible));
}

void GoToList::setEmpty(const QString& sentence, const QString& hint) { rows_->setEmptyText(foldable(sentence), hint); }

void GoToList::placeBelow(const QWidget& box)
{
    const QPoint corner = box.mapTo(parentWidget(), QPoint(0, box.height() + 3));
    const int wide = std::min(std::max(box.width(), theme_.px(kLeastWidth)), parentWidget()->width() - 16);
    const int right = std::min(corner.x() + std::max(box.width(), wide), parentWidget()->width() - 8);
    const int rows = static_cast<int>(rows_->rowCount());
    const QMargins within = layout()->contentsMargins();
    const int frame = height() - contentsRect().height() + within.top() + within.bottom();
    const int inner = wide - (width() - contentsRect().width()) - within.left() - within.right();
    note_->setText(foldable(rows_->troubles(inner)));
    note_->setVisible(!note_->text().isEmpty());
    const int noted = note_->text().isEmpty() ? 0 : note_->heightForWidth(inner);
    const int high = rows > 0 ? rows * theme_.rowHeight() + noted + frame
                              : std::max(theme_.px(kEmptyHeight), rows_->emptyHeight(inner) + frame);
    note_->setFixedHeight(noted);
    setGeometry(right - wide, corner.y(), wide, high);
    layout()->activate();
    raise();
}

}  // namespace hindcast::ui
