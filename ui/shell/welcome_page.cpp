#include "ui/shell/welcome_page.h"

#include "ui/look/format.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hindcast::ui {

WelcomePage::WelcomePage(const Theme& theme, const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent), theme_(theme), busy_(new QLabel(this)), recent_(new QWidget(this)), recentRows_(new QVBoxLayout(recent_))
{
    auto* column = new QVBoxLayout;
    column->setSpacing(8);
    auto* title = new QLabel(tr("What did it look like, and which event made it so?"), this);
    auto* text = new QLabel(
        tr("Hindcast reads events from Kafka topics, change data capture or files, shows each entity's life as a timeline, "
           "and rebuilds its state at any point of it. Nothing is written back."),
        this);
    text->setWordWrap(true);
    text->setProperty("role", "secondary");
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(14);

    QGridLayout* grid = gridOf(actions);
    column->addLayout(grid);
    column->addSpacing(10);
    recentRows_->setContentsMargins(0, 0, 0, 0);
    recentRows_->setSpacing(2);
    column->addWidget(recent_);
    busy_->setProperty("role", "secondary");
    column->addWidget(busy_);
    auto* drop = new QLabel(tr("A file can also be dropped here: a workspace is opened, anything else is imported."), this);
    drop->setProperty("role", "secondary");
    column->addWidget(drop);

    auto* middle = new QWidget(this);
    middle->setLayout(column);
    auto* outer = new QGridLayout(this);
    outer->setRowStretch(0, 2);
    outer->setRowStretch(2, 3);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 8);
    outer->setColumnStretch(2, 1);
    outer->addWidget(middle, 1, 1, Qt::AlignHCenter);
    const auto dress = [this, title, middle, grid] {
        title->setFont(theme_.strong(1.5));
        middle->setFixedWidth(theme_.px(720));
        grid->setColumnMinimumWidth(0, theme_.px(210));
        update();
    };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
}

/// A button an action, with what it is for beside it.
QGridLayout* WelcomePage::gridOf(const QList<QAction*>& actions)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(8);
    int row = 0;
    for (QAction* action : actions) {
        auto* button = new QPushButton(action->text().remove(QLatin1Char('&')), this);
        if (row == 0) button->setProperty("primary", true);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        auto* hint = new QLabel(action->statusTip(), this);
        hint->setProperty("role", "secondary");
        hint->setWordWrap(true);
        hint->setBuddy(button);
        grid->addWidget(button, row, 0);
        grid->addWidget(hint, row, 1);
        ++row;
    }
    grid->setColumnStretch(1, 1);
    return grid;
}

void WelcomePage::setRecent(const QStringList& paths)
{
    while (QLayoutItem* item = recentRows_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    recent_->setVisible(!paths.isEmpty());
    if (paths.isEmpty()) return;
    auto* title = new QLabel(tr("Opened before"), recent_);
    title->setProperty("role", "title");
    recentRows_->addWidget(title);
    for (const QString& path : paths) {
        auto* button = new QPushButton(QFileInfo(path).fileName(), recent_);
        button->setProperty("bare", true);
        button->setToolTip(asTip(path));
        button->setCursor(Qt::PointingHandCursor);
        connect(button, &QPushButton::clicked, this, [this, path] { emit workspaceWanted(path); });
        recentRows_->addWidget(button, 0, Qt::AlignLeft);
    }
}

void WelcomePage::setBusy(const QString& words) { busy_->setText(words); }

void WelcomePage::paintEvent(QPaintEvent*) { QPainter(this).fillRect(rect(), theme_.color(Theme::Role::Panel)); }

}  // namespace hindcast::ui
