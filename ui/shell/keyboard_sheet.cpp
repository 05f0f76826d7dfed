#include "ui/shell/keyboard_sheet.h"

#include "ui/look/say.h"
#include "ui/look/search_field.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kMostColumns = 4;
constexpr QMargins kMargins(20, 16, 12, 12);
constexpr int kSpacing = 12;

QString plain(QString text)
{
    text.remove(QLatin1Char('&'));
    return text;
}

/// The keys of a menu; those of a menu within it are a group of their own, after it.
void addGroups(const QMenu& menu, const QString& title, QList<KeyGroup>& groups)
{
    const qsizetype own = groups.size();
    groups << KeyGroup{plain(title), {}};
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) {
            addGroups(*action->menu(), action->menu()->title(), groups);
        } else if (!action->shortcuts().isEmpty()) {
            QStringList all;
            for (const QKeySequence& one : action->shortcuts())
                if (!one.isEmpty()) all << one.toString(QKeySequence::NativeText);
            if (all.isEmpty()) continue;  // this desktop has no key for it
            groups[own].keys << KeyHelp{all.join(QStringLiteral(", ")), plain(action->text())};
        }
    }
    if (groups[own].keys.isEmpty()) groups.removeAt(own);
}

/// Whole groups, one beneath the other, in columns whose highest is as low as it can be: where each column begins.
QList<qsizetype> columnsOf(const QList<KeyGroup>& groups, int columns)
{
    const auto heightFor = [&](qsizetype most) {
        QList<qsizetype> begins{0};
        qsizetype used = 0;
        for (qsizetype i = 0; i < groups.size(); ++i) {
            const qsizetype lines = groups[i].keys.size() + 2;
            if (used > 0 && used + lines > most) {
                begins << i;
                used = 0;
            }
            used += lines;
        }
        return begins;
    };
    qsizetype most = 1;
    for (const KeyGroup& group : groups) most = std::max(most, group.keys.size() + 2);
    QList<qsizetype> begins = heightFor(most);
    while (begins.size() > columns) begins = heightFor(++most);
    return begins;
}

}  // namespace

QList<KeyGroup> keyGroups(const QMenuBar& bar, const QWidget& window)
{
    QList<KeyGroup> groups;
    for (const QAction* menu : bar.actions()) {
        if (menu->menu() != nullptr) addGroups(*menu->menu(), menu->text(), groups);
    }
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const QStringList flat = widget->property(kKeyHelp).toStringList();
        if (flat.size() < 3) continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const KeyGroup& one) { return one.title == flat.first(); });
        if (group == groups.end()) group = groups.insert(groups.end(), KeyGroup{flat.first(), {}});
        for (qsizetype i = 1; i + 1 < flat.size(); i += 2) {
            const bool known = std::any_of(group->keys.begin(), group->keys.end(),
                                           [&](const KeyHelp& one) { return one.keys == flat[i] && one.what == flat[i + 1]; });
            if (!known) group->keys << KeyHelp{flat[i], flat[i + 1]};
        }
    }
    return groups;
}

KeyboardSheet::KeyboardSheet(const Theme& theme, QList<KeyGroup> groups, QWidget* parent)
    : QDialog(parent),
      theme_(theme),
      groups_(std::move(groups)),
      search_(new SearchField(theme, this)),
      page_(new QWidget(this)),
      grid_(new QGridLayout(page_))
{
    setWindowTitle(tr("Keyboard"));
    search_->setPlaceholderText(tr("a key or what it does…"));
    search_->setAccessibleName(tr("Search the keys"));
    grid_->setContentsMargins(0, 0, 8, 0);
    grid_->setHorizontalSpacing(28);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidget(page_);
    area->setAccessibleName(tr("Keys"));
    area->viewport()->setAutoFillBackground(false);
    page_->setAutoFillBackground(false);
    area_ = area;
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargins);
    column->setSpacing(kSpacing);
    column->addWidget(search_);
    column->addWidget(area, 1);
    column->addWidget(buttons);
    connect(search_, &QLineEdit::textChanged, this, &KeyboardSheet::fill);
    fill();
    search_->setFocus();
}

void KeyboardSheet::showEvent(QShowEvent* event)
{
    // As large as it takes to show all, where its window has room for that; known only now that fonts and style are.
    QSize room = screen()->availableSize();
    if (parentWidget() != nullptr) room = parentWidget()->window()->size();
    room -= QSize(24, 60);
    ensurePolished();
    const int bar = area_->verticalScrollBar()->sizeHint().width();
    const QSize around(kMargins.left() + kMargins.right(), 0);
    const auto wanted = [&] { return page_->sizeHint() + around; };
    const int above = layout()->sizeHint().height() - area_->sizeHint().height();
    // As few columns as show all at once; where none do, as many as there is room for: there is nothing to scroll sideways.
    int fits = 1;
    for (columns_ = 2; columns_ <= kMostColumns; ++columns_) {
        fill();
        const bool high = wanted().height() + above > room.height();
        if (wanted().width() + (high ? bar : 0) > room.width()) break;
        fits = columns_;
        if (!high) break;
    }
    columns_ = fits;
    fill();
    if (wanted().height() + above > room.height()) {
        tight_ = true;  // before it scrolls
        fill();
    }
    QSize size = wanted() + QSize(0, above);
    if (size.height() > room.height()) size.rwidth() += bar;
    resize(size.boundedTo(room));
    QDialog::showEvent(event);
}

/// What holds what is searched for, in groups.
QList<KeyGroup> KeyboardSheet::found() const
{
    const QString wanted = search_->text().trimmed();
    const auto holds = [&](const KeyGroup& group, const KeyHelp& key) {
        return wanted.isEmpty() || key.keys.contains(wanted, Qt::CaseInsensitive) ||
               key.what.contains(wanted, Qt::CaseInsensitive) || group.title.contains(wanted, Qt::CaseInsensitive);
    };
    QList<KeyGroup> shown;
    for (const KeyGroup& group : groups_) {
        KeyGroup some{group.title, {}};
        for (const KeyHelp& key : group.keys)
            if (holds(group, key)) some.keys << key;
        if (!some.keys.isEmpty()) shown << some;
    }
    return shown;
}

/// A group as the rows of a table, so many pixels beneath what is above it.
QString KeyboardSheet::rowsOf(const KeyGroup& group, int above) const
{
    QString html = QStringLiteral("<tr><td colspan=\"2\" style=\"padding-top:%1px\"><b>%2</b></td></tr>")
                       .arg(above)
                       .arg(group.title.toHtmlEscaped());
    for (const KeyHelp& key : group.keys) {
        // The mono font would join two plus signs into one.
        const QString keys = QString(key.keys).replace(QLatin1String("++"), QStringLiteral("+\u200a+"));
        html += QStringLiteral(
                    "<tr><td style=\"padding-right:14px; white-space:nowrap\"><span style=\"font-family:'%1'; "
                    "color:%2\">%3</span></td>"
                    "<td>%4</td></tr>")
                    .arg(theme_.mono().family(), theme_.color(Theme::Role::TextSecondary).name(), keys.toHtmlEscaped(),
                         key.what.toHtmlEscaped());
    }
    return html;
}

void KeyboardSheet::fill()
{
    while (QLayoutItem* item = grid_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QList<KeyGroup> shown = found();
    const QList<qsizetype> begins = columnsOf(shown, columns_);
    QStringList columns(columns_);
    for (qsizetype i = 0, at = 0; i < shown.size(); ++i) {
        const KeyGroup& group = shown[i];
        if (at + 1 < begins.size() && begins[at + 1] == i) ++at;
        QString& html = columns[at];
        html += rowsOf(group, html.isEmpty() ? 0 : tight_ ? 6 : 10);
    }
    if (shown.isEmpty()) columns[0] = QStringLiteral("<tr><td>%1</td></tr>").arg(tr("No key does that.").toHtmlEscaped());
    int at = 0;
    for (const QString& html : columns) {
        if (html.isEmpty()) continue;
        auto* label = new QLabel(page_);
        label->setTextFormat(Qt::RichText);
        say(*label, tr("Keys, column %1").arg(at + 1),
            QStringLiteral("<table cellspacing=\"0\" cellpadding=\"%1\">%2</table>").arg(tight_ ? 0 : 1).arg(html));
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        grid_->addWidget(label, 0, at++, Qt::AlignTop | Qt::AlignLeft);
        label->show();  // at once: its size counts
    }
    grid_->setColumnStretch(kMostColumns, 1);
    grid_->setRowStretch(1, 1);
    grid_->activate();
}

QString KeyboardSheet::text() const
{
    QStringList lines;
    for (const QLabel* label : page_->findChildren<QLabel*>()) {
        QString html = label->text();
        html.replace(QLatin1String("</tr>"), QLatin1String("\n")).replace(QLatin1String("</td><td>"), QLatin1String("  "));
        static const QRegularExpression tag(QStringLiteral("<[^>]*>"));
        lines << html.remove(tag).trimmed();
    }
    return lines.join(QLatin1Char('\n'))
        .remove(QChar(0x200a))
        .replace(QLatin1String("&lt;"), QLatin1String("<"))
        .replace(QLatin1String("&gt;"), QLatin1String(">"))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

}  // namespace hindcast::ui
