#include "ui/models/diagnostic_line.h"

#include "ui/look/format.h"

#include <QHelpEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kPadding = 6;  // px of a desk, left and right of the words

}  // namespace

DiagnosticLine::DiagnosticLine(const Theme& theme, QWidget* parent) : QAbstractButton(parent), theme_(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme_, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    connect(this, &QAbstractButton::clicked, this, [this] {
        if (all_.empty()) return;
        if (std::exchange(visited_, true)) showNumber((shown_ + 1) % all_.size());
        const ModelDiagnostic& one = all_[shown_];
        if (one.line > 0) emit placeWanted(one.line, std::max(1, one.column));
    });
    hide();
}

void DiagnosticLine::setDiagnostics(std::vector<ModelDiagnostic> diagnostics)
{
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const ModelDiagnostic& a, const ModelDiagnostic& b) { return a.severity < b.severity; });
    if (diagnostics == all_) return;
    all_ = std::move(diagnostics);
    visited_ = false;
    showNumber(0);
    setVisible(!all_.empty());
}

void DiagnosticLine::showNumber(std::size_t number)
{
    shown_ = number;
    QString text;
    if (!all_.empty()) {
        const ModelDiagnostic& one = all_[shown_];
        const QString message = QString(one.message).replace(QLatin1Char('\n'), QLatin1Char(' ')).left(400);
        text = one.line > 0 ? tr("line %1: %2").arg(one.line).arg(message) : message;
        if (one.severity == ModelDiagnostic::Severity::Error) text.prepend(QStringLiteral("! "));
        if (all_.size() > 1) text += tr(" (%1 of %2)").arg(shown_ + 1).arg(all_.size());
    }
    setText(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize DiagnosticLine::sizeHint() const
{
    const QFontMetrics metrics(theme_.text());
    const int high = static_cast<int>(std::max<qsizetype>(1, lines().size())) * metrics.lineSpacing();
    return {metrics.horizontalAdvance(text()) + 2 * theme_.px(kPadding) + 2, high + theme_.px(6)};
}

QStringList DiagnosticLine::lines() const
{
    const int room = width() - 2 * theme_.px(kPadding);
    const QFontMetrics metrics(theme_.text());
    if (metrics.horizontalAdvance(text()) <= room) return {text()};
    QTextLayout layout(text(), theme_.text());
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    first.setLineWidth(std::max(1, room));
    const int broken = first.textLength();
    layout.endLayout();
    return {text().left(broken).trimmed(), metrics.elidedText(text().mid(broken), Qt::ElideMiddle, room)};
}

void DiagnosticLine::resizeEvent(QResizeEvent* event)
{
    QAbstractButton::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) updateGeometry();
}

QSize DiagnosticLine::minimumSizeHint() const { return {theme_.px(90), sizeHint().height()}; }

void DiagnosticLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (underMouse() || hasFocus()) {
        painter.setPen(hasFocus() ? QPen(theme_.color(Theme::Role::Accent)) : QPen(Qt::NoPen));
        painter.setBrush(underMouse() ? QBrush(theme_.color(Theme::Role::AccentSoft)) : QBrush(Qt::NoBrush));
        painter.drawRoundedRect(frame, 5, 5);
    }
    const bool error = !all_.empty() && all_[shown_].severity == ModelDiagnostic::Severity::Error;
    painter.setPen(theme_.color(error ? Theme::Role::Warning : Theme::Role::Accent));
    painter.setFont(theme_.text());
    const QRect words = rect().adjusted(theme_.px(kPadding), 0, -theme_.px(kPadding), 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, lines().join(QLatin1Char('\n')));
}

bool DiagnosticLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QAbstractButton::event(event);
    QStringList said;
    constexpr std::size_t kMost = 12;
    for (std::size_t i = 0; i < std::min(all_.size(), kMost); ++i)
        said << (all_[i].line > 0 ? tr("line %1: %2").arg(all_[i].line).arg(all_[i].message) : all_[i].message);
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), asTip(said.join(QLatin1Char('\n'))), this);
    return true;
}

}  // namespace hindcast::ui
