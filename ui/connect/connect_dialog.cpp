#include "ui/connect/connect_dialog.h"

#include "ui/connect/connect_draft.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/limit_box.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/profile_list.h"
#include "ui/connect/range_form.h"
#include "ui/connect/security_form.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/look/fitting.h"
#include "ui/look/hairline.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

namespace hindcast::ui {

namespace {

constexpr int kEstimateMs = 200;  // after the last change of what is to be read
constexpr int kLookMs = 200;      // after the last letter of the workspace's path

}  // namespace

ConnectDialog::ConnectDialog(const Theme& theme, Profiles& profiles, QWidget* parent)
    : QDialog(parent),
      theme_(theme),
      profiles_(profiles),
      list_(new ProfileList(theme, profiles)),
      security_(new SecurityForm(theme)),
      connection_(new ConnectionForm(theme, *security_)),
      pages_(new QStackedWidget),
      between_(new Hairline(theme)),
      range_(new RangeForm(theme)),
      target_(new TargetForm(theme))
{
    setWindowTitle(tr("Connect to Kafka"));
    resize(fitting({1240, 860}, *screen()));
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(makeTopics());
    splitter->addWidget(makeMapping());
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    splitter->setSizes({250, 360});
    pages_->addWidget(splitter);
    pages_->addWidget(security_);

    auto* right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(connection_);
    right->addWidget(new Hairline(theme));
    right->addWidget(pages_, 1);
    auto* all = new QWidget;
    columns_ = new QBoxLayout(QBoxLayout::LeftToRight, all);
    columns_->setContentsMargins(0, 0, 0, 0);
    columns_->setSpacing(0);
    columns_->addWidget(list_);
    columns_->addWidget(between_);
    columns_->addLayout(right, 1);
    // On a screen that is smaller than all of it, as one at 200 % is, it scrolls; where it goes and what to press stay in sight.
    scroll_ = new QScrollArea;
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setWidgetResizable(true);
    scroll_->setWidget(all);
    scroll_->setAccessibleName(tr("Connection, topics and mapping"));
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(scroll_, 1);
    whole->addWidget(new Hairline(theme));
    whole->addWidget(target_);
    whole->addWidget(makeFoot());
    // The wheel scrolls the dialog; it must not change a choice that it happens to pass.
    for (QComboBox* box : all->findChildren<QComboBox*>()) box->installEventFilter(this);
    security_->password().installEventFilter(this);

    join();
    arrange();
    showPage(0);
    fillLimit(ReadChoices().diskLimit);
    takeChosen();
    if (profiles_.count() > 0) {
        list_->setCurrent(0);
        useProfile(0);
    }
    connection_->brokersField().setFocus();
}

void ConnectDialog::join()
{
    estimateSoon_.setSingleShot(true);
    estimateSoon_.setInterval(kEstimateMs);
    connect(&estimateSoon_, &QTimer::timeout, this, &ConnectDialog::askEstimate);
    lookSoon_.setSingleShot(true);
    lookSoon_.setInterval(kLookMs);
    connect(&lookSoon_, &QTimer::timeout, this, [this] { emit storedWanted(target_->workspace()); });
    connect(&theme_, &Theme::changed, this, &ConnectDialog::arrange);
    connect(list_, &ProfileList::chosen, this, &ConnectDialog::useProfile);
    connect(list_, &ProfileList::importWanted, this, &ConnectDialog::importProfile);
    connect(connection_, &ConnectionForm::testWanted, this, &ConnectDialog::askTopics);
    connect(connection_, &ConnectionForm::cancelWanted, this, &ConnectDialog::cancelTopics);
    connect(connection_, &ConnectionForm::rateChanged, this, &ConnectDialog::updateWords);
    connect(connection_, &ConnectionForm::brokersChanged, this, &ConnectDialog::forgetCluster);
    connect(connection_, &ConnectionForm::changed, this, [this] {
        overtaken_ = std::exchange(listing_, false) || overtaken_;
        untouched_ = false;
        updateWords();
    });
    connect(&connection_->securityButton(), &QToolButton::toggled, this, [this](bool wanted) { showPage(wanted ? 1 : 0); });
    connect(topics_, &TopicsTable::chosenChanged, this, &ConnectDialog::takeChosen);
    connect(topics_, &RowView::currentChanged, this, [this] {
        for (int i = 0; i < topicTabs_->count(); ++i)
            if (topicTabs_->tabData(i).toString() == topics_->currentTopic()) topicTabs_->setCurrentIndex(i);
    });
    connect(topicTabs_, &QTabBar::currentChanged, this, &ConnectDialog::showTopic);
    connect(mapping_, &MappingEditor::mappingChanged, this, &ConnectDialog::takeMapping);
    connect(mapping_, &MappingEditor::errorChanged, this, &ConnectDialog::updateWords);
    connect(range_, &RangeForm::changed, this, [this] {
        estimate_.reset();
        estimateSoon_.start();
        untouched_ = false;
        updateWords();
    });
    connect(target_, &TargetForm::workspaceChanged, this, &ConnectDialog::lookIntoWorkspace);
    connect(target_, &TargetForm::diskChanged, this, [this] {
        updateWords();
        writeEstimate();
    });
}

/// 0: topics and mapping; 1: security in detail. The one that is hidden asks for no room.
void ConnectDialog::showPage(int page)
{
    for (int i = 0; i < pages_->count(); ++i)
        pages_->widget(i)->setSizePolicy(QSizePolicy::Preferred, i == page ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    pages_->setCurrentIndex(page);
    if (page == 0) return;
    security_->protocol().setFocus();
    // Once it has its place.
    QTimer::singleShot(0, this, [this] { scroll_->ensureWidgetVisible(&security_->protocol(), 0, theme_.px(80)); });
}

void ConnectDialog::setBrokers(const QString& brokers) { connection_->setBrokers(brokers); }

void ConnectDialog::setWorkspace(const QString& path)
{
    proposed_ = path;
    instead_.clear();
    target_->setWorkspace(path);
}

void ConnectDialog::begin()
{
    const auto draft = profiles_.draft();
    untouched_ = !draft && !goesOn_;
    if (!draft) return;
    list_->setCurrent(draft->profile.isEmpty() ? -1 : profiles_.find(draft->profile));
    connection_->setConnection(draft->brokers, draft->properties);
    setChoices(draft->choices);
    if (draft->limitFilled)
        fillLimit(draft->choices.diskLimit);
    else
        target_->disk().setLimit(draft->choices.diskLimit);
    mappings_.setEdited(draft->mappings);
    // Named in the place of another workspace it would take the events away from the one that is open by now.
    if (!draft->workspace.isEmpty() && draft->proposed == proposed_) target_->setWorkspace(draft->workspace);
    takeLimit();
    takeDraftsReading(*draft);
    if (draft->cluster) showTopics(*draft->cluster);
}

void ConnectDialog::done(int result)
{
    profiles_.keepDraft(result == Accepted ? nullptr : std::make_shared<const ConnectDraft>(draft()));
    QDialog::done(result);
}

void ConnectDialog::keyPressEvent(QKeyEvent* event)
{
    // Enter belongs to the fields; but for a password that was asked for only with Ctrl it is "Connect" from anywhere.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ControlModifier) accepted();
        return;
    }
    QDialog::keyPressEvent(event);
}

void ConnectDialog::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    arrange();
}

bool ConnectDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();  // the scroll area's, then
        return true;
    }
    // Who was asked for a password has said all with it.
    if (asksSecret_ && watched == &security_->password() && event->type() == QEvent::KeyPress) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const bool enter = press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter;
        if (enter && !(press->modifiers() & Qt::ControlModifier)) {
            accepted();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace hindcast::ui
