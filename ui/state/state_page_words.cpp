// What the state page says: titles, notices, menus.
#include "ui/look/background.h"
#include "ui/look/file_dialog.h"
#include "ui/look/format.h"
#include "ui/look/say.h"
#include "ui/session/event_json.h"
#include "ui/state/changes_list.h"
#include "ui/state/copying.h"
#include "ui/state/event_details.h"
#include "ui/state/find_bar.h"
#include "ui/state/notice.h"
#include "ui/state/state_json.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"

#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr int kLeastName = 24;               // px of a model's name: less of it says nothing
constexpr int kFieldWords = 80;              // px of a desk: the glyph and the word in the field to find by
constexpr int kRowMargins = 2 * 10 + 2 * 6;  // of the row with the field to find by

}  // namespace

QString StatePage::title() const { return title_->text(); }

QString StatePage::notice() const { return life_->text() + model_->text() + trouble_->text() + saved_->text(); }

QString StatePage::nothing() const { return stack_->currentWidget() == nothing_ ? nothing_->text() : QString(); }

QString StatePage::link(const QString& to, const QString& words) const
{
    return QStringLiteral("<a style=\"color:%1\" href=\"%2\">%3</a>")
        .arg(theme_.color(Theme::Role::Link).name(), to.toHtmlEscaped(), words.toHtmlEscaped());
}

QString StatePage::versionLink(Version version) const
{
    return link(QStringLiteral("version:%1").arg(version.value), StateWords::event(history_.get(), version, names_));
}

void StatePage::follow(const QString& to)
{
    if (to.startsWith(QLatin1String("version:"))) {
        emit versionChosen(Version{to.mid(8).toULongLong()});
    } else if (to == QLatin1String("reasons:")) {
        showReasons();
    } else if (to == QLatin1String("error:")) {
        if (state_ && state_->state.error)
            (new ValuePopup(theme_, tr("Why the model failed"), QString::fromStdString(state_->state.error->error.message), this))
                ->open();
    } else if (to == QLatin1String("smallest:")) {
        if (state_ && state_->state.error) emit smallestWanted(state_->state.error->version);
    } else if (to == QLatin1String("undo:")) {
        emit undoModelWanted(std::exchange(undoCategory_, {}));
        updateWords();
        tree_->setFocus();
    } else if (to == QLatin1String("close:")) {
        offerUndo({});
    } else if (to.startsWith(QLatin1String("policy:"))) {
        emit policyWanted(to.mid(7));
    } else if (to.startsWith(QLatin1String("line:"))) {
        emit modelPlaceWanted(to.section(QLatin1Char(':'), 1, 1).toInt(), to.section(QLatin1Char(':'), 2, 2).toInt());
    }
}

QString StatePage::partialNotice(bool brief) const
{
    // One line: what the event changed stands above it and needs the room. The reasons are a click away.
    const replay::Completeness& life = history_->completeness;
    const QString what = brief ? tr("A partial life") : tr("A partial life: not all of it is known");
    if (life.reasons.empty() && life.because.empty()) return what;
    return what + QStringLiteral(" · ") +
           link(QStringLiteral("reasons:"),
                life.reasons.size() > 1 ? tr("%1 reasons…").arg(grouped(life.reasons.size())) : tr("why…"));
}

void StatePage::showReasons()
{
    if (!history_) return;
    auto* popup = new ValuePopup(theme_, tr("What is not known of %1").arg(QString::fromStdString(history_->key.text())),
                                 StateWords::lifeInFull(history_->completeness), this, ValuePopup::Form::Sentences);
    // The reasons name the first one.
    if (!history_->rejects.empty())
        connect(popup->addButton(tr("&Go to the record")), &QPushButton::clicked, this,
                [this, popup, reject = history_->rejects.front()] {
                    popup->close();
                    emit rejectChosen(reject.id, reject.time);
                });
    popup->open();
}

QString StatePage::lifeNotice() const
{
    if (!state_ || !history_) return {};
    if (state_->state.version.value == 0) return {};  // told where the tree would be
    if (!state_->state.alive) {
        const auto death = StateWords::deathOf(*history_, *state_);
        if (!death) return tr("Not alive at this point: no event so far has brought it to life");
        bool past = false;
        // Beside a branch that lives, its values are the ones that follow.
        const bool shown = shownDocument(*state_, &past) != nullptr && past && !(isBranchHere() && branch_->alive);
        QString text = tr("Ended by %1").arg(versionLink(*death));
        const EventKind kind = history_->events[death->value - 1].kind;
        if (kind == EventKind::Tombstone) text += tr(" (∅ a tombstone)");
        if (shown) return text + tr("; before that:");
        if (death->value > 1) text += tr("; it was last alive at %1").arg(versionLink(Version{death->value - 1}));
        return text;
    }
    return history_->completeness.complete ? QString() : partialNotice(false);
}

QString StatePage::nothingText() const
{
    if (!state_ || !history_ || history_->events.empty() || shownDocument(*state_) != nullptr) return {};
    if (isBranchHere() && branch_->alive) return {};
    const QString quiet = theme_.color(Theme::Role::TextSecondary).name();
    QStringList lines{QStringLiteral("<span style=\"color:%1\">%2</span>").arg(quiet, tr("There is no state here"))};
    const Version at = state_->state.version;
    const bool stopped = state_->state.error && at < state_->state.error->version;
    if (at.value == 0)
        lines << QStringLiteral("<span style=\"color:%1\">%2</span>")
                     .arg(quiet, stopped ? tr("The model failed at the first event.")
                                         : tr("The playhead stands before the first event."));
    if (at != Version{1}) lines << tr("To its first event: %1").arg(versionLink(Version{1}));
    if (at.value > 0)
        if (const auto death = StateWords::deathOf(*history_, *state_); death && death->value > 1)
            lines << tr("To when it was last alive: %1").arg(versionLink(Version{death->value - 1}));
    if (at != history_->last()) lines << tr("To its last event: %1").arg(versionLink(history_->last()));
    return lines.join(QStringLiteral("<br>"));
}

void StatePage::updateHits()
{
    find_->setVisible(!filter_->text().isEmpty());
    find_->setHits(tree_->hitNumber(), tree_->rows().hits.size());
}

void StatePage::updateModel()
{
    modelButton_->setEnabled(state_ != nullptr);
    QString text;
    QString brief;  // where there is no room for it
    QString least;  // where there is hardly any
    bool guesses = false;
    QString tip = tr("The model that rebuilds the state");
    if (state_ && state_->model) {
        const ModelView& model = *state_->model;
        brief = model.isRules    ? tr("%1 rules v%2").arg(model.category).arg(model.version)
                : model.isScript ? tr("%1 v%2").arg(model.name).arg(model.version)
                                 : model.name;
        text = tr("model: %1").arg(brief);
        if (guesses = !model.note.isEmpty(); guesses) {
            text = model.note;
            brief = tr("last seen values");
        }
        least = guesses ? tr("no model") : brief;
        tip = tr("The model that rebuilds the state: %1 (%2)").arg(model.name, model.describes);
        if (model.name == QLatin1String("merge"))
            tip += QLatin1Char('\n') +
                   tr("Nobody has said how these events change a state. So each field shows the value that an event last held "
                      "for it, which may or may not be what the event means. A rule tells it better.");
        if (model.version > 1)
            tip += QLatin1Char('\n') + tr("Changed %1 times here; each change can be undone").arg(model.version - 1);
    } else if (state_) {
        least = brief = text = !state_->modelNote.isEmpty() ? state_->modelNote : state_->modelName;
        tip = tr("The model that rebuilds the state: %1").arg(state_->modelName);
    }
    // Asked anew at each step of a scrub, and seldom another answer: a button that is measured has its row laid out again.
    QString wanted = QStringLiteral("%1 %2 %3 %4 %5 %6 %7")
                         .arg(width())
                         .arg(theme_.zoom())
                         .arg(changedOnly_->sizeHint().width())
                         .arg(modelButton_->font().pixelSize())
                         .arg(text, brief, tip);
    if (wanted == modelFitted_) return;
    modelFitted_ = std::move(wanted);
    modelButton_->setVisible(!text.isEmpty());
    // The model's name may be of any length: it is what gives way, and the tip has all of it.
    modelButton_->setText(text);
    const QFontMetrics metrics(modelButton_->font());
    const int frame = modelButton_->sizeHint().width() - metrics.horizontalAdvance(text);
    modelButton_->setMinimumWidth(frame);  // else what is shown of the name would be the least that the page can be
    // The field to find by says what it is for, in larger type too.
    const int field = std::max(filter_->minimumWidth(), theme_.px(kFieldWords));
    int room = 0;
    const auto fits = [&](const QString& words) { return metrics.horizontalAdvance(words) <= room; };
    const auto placeBeside = [&](const QString& words) {
        changedOnly_->setText(words);
        room = width() - field - kRowMargins - changedOnly_->sizeHint().width() - frame;
    };
    const bool beside = !branchName_.isEmpty();
    placeBeside(beside ? tr("differs only") : tr("changed only"));
    // The model's name, and that nobody has said what the events mean, are worth more than a word of a button.
    if (!fits(guesses ? text : brief)) placeBeside(beside ? tr("differs") : tr("changed"));
    const QString shown = fits(text)          ? text
                          : fits(brief)       ? brief
                          : fits(least)       ? least
                          : room < kLeastName ? QString()  // the arrow alone
                                              : metrics.elidedText(brief, Qt::ElideRight, room);
    modelButton_->setText(shown);
    modelButton_->setToolTip(asTip(shown == text ? tip : text + QLatin1Char('\n') + tip));
    modelButton_->setAccessibleDescription(text);
}

void StatePage::fillModelMenu(QMenu& menu)
{
    const auto model = state_ ? state_->model : nullptr;
    if (!model) return;
    // Not a section: styles may leave its words out.
    menu.addAction(tr("Model of %1: %2").arg(model->category, model->describes))->setEnabled(false);
    menu.addSeparator();
    QAction* rule =
        menu.addAction(model->whyNoRules.isEmpty() ? tr("&Make a rule…") : tr("No rule can be made: %1").arg(model->whyNoRules),
                       this, [this] { emit ruleWanted(tree_->currentPointer(), {}); });
    rule->setEnabled(model->whyNoRules.isEmpty());
    QAction* show = menu.addAction(tr("&Show the rules…"), this, [this, model] {
        (new ValuePopup(theme_, tr("Model of %1: %2").arg(model->category, model->name), model, *model->document, this))->open();
    });
    QAction* save = menu.addAction(tr("&Export the rules…"), this, &StatePage::exportRules);
    show->setEnabled(model->isRules);
    save->setEnabled(model->isRules);
    menu.addAction(model->isScript ? tr("&Edit the model…") : tr("&Write a model…"), this, &StatePage::modelEditWanted);
    QAction* undo = menu.addAction(model->isOfRules() ? tr("&Undo the last rule") : tr("&Undo the model"), this,
                                   [this, model] { emit undoModelWanted(model->category); });
    undo->setEnabled(model->version > 1);
}

void StatePage::exportRules()
{
    const auto model = state_ ? state_->model : nullptr;
    if (!model || !model->isRules) return;
    const QString path =
        askTargetFile(this, tr("Export the rules of %1").arg(model->category),
                      QString(model->category).replace(QLatin1Char('/'), QLatin1Char('_')) + QStringLiteral(".rules.json"),
                      tr("Set rules (*.json)"));
    if (path.isEmpty()) return;
    inBackground(
        this,
        [model, path]() -> QString {
            QSaveFile file(path);
            const QByteArray text = QByteArray::fromStdString(toText(*model->document, 2) + "\n");
            if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) return file.errorString();
            return {};
        },
        [this, path](const QString& error) {
            if (!error.isEmpty()) emit failed(tr("cannot write %1").arg(path), error, tr("choose another place"));
        });
}

void StatePage::copyState()
{
    if (!history_ || !state_) return;
    const Version at = state_->state.version;
    const QString type =
        names_ && at.value > 0 && at <= history_->last() ? names_(history_->events[at.value - 1].type) : QString();
    const auto make = [history = history_, state = state_, event = event_, type] {
        return stateJson(*history, *state, event.get(), type);
    };
    if (state_->state.document.is_discarded() || isSmall(state_->state.document)) return copyText(make());
    copyLater(this, make);
}

void StatePage::fillCopyMenu(QMenu& menu)
{
    QAction* state = menu.addAction(tr("Copy the whole &state as JSON"), this, &StatePage::copyState);
    state->setEnabled(state_ != nullptr && history_ != nullptr);
    QAction* changes = menu.addAction(tr("Copy its &changes as JSON patch"), this,
                                      [this, view = state_] { copyLater(this, [view] { return patchText(view->changes); }); });
    changes->setEnabled(changes_->rowCount() > 0);
    QAction* event = menu.addAction(tr("Copy the &event as JSON"), this,
                                    [this, view = event_] { copyLater(this, [view] { return eventJson(*view); }); });
    event->setEnabled(event_ != nullptr);
    addBranchCopies(menu);
    menu.addSeparator();
    QAction* compare = menu.addAction(tr("Compare other &versions with this one"), this, [this] {
        if (state_) emit compareWanted(state_->state.version);
    });
    compare->setEnabled(state_ != nullptr);
}

void StatePage::updateWords()
{
    const bool partial = history_ && !history_->completeness.complete;
    const bool troubled = !troubleWords_.isEmpty();
    title_->setText(!state_ ? (!history_  ? tr("No entity selected")
                               : troubled ? tr("No state")
                                          : tr("Rebuilding…"))
                            : StateWords::changesTitle(history_.get(), *state_, names_));
    changes_->setEmptyText(!state_ || state_->state.version.value == 0 ? QString() : tr("0 changes: the state stayed as it was"));
    copyButton_->setEnabled(state_ != nullptr || event_ != nullptr);
    const bool dead = state_ && !state_->state.alive && state_->state.version.value > 0;
    const bool toldPartial = partial && state_ && state_->state.alive && state_->state.version.value > 0;
    life_->say(lifeNotice(), partial || dead ? Notice::Kind::Warning : Notice::Kind::Plain,
               toldPartial ? partialNotice(true) : QString());
    life_->setToolTip(toldPartial ? asTip(StateWords::lifeInFull(history_->completeness)) : QString());
    const QString failed = modelNotice();
    model_->say(failed.isEmpty() ? branchNotice() : failed, Notice::Kind::Warning);
    trouble_->say(troubleNotice(), Notice::Kind::Warning);
    const bool undo = !undoCategory_.isEmpty() && history_ && QString::fromStdString(history_->key.category) == undoCategory_;
    // What was saved is known by the state that it gives: until that is there, and where there never is one, it is just a change.
    const ModelView* model = state_ ? state_->model.get() : nullptr;
    const auto [saved, back] = !model ? std::pair(tr("The change is in force for every %1. %2 · %3"), tr("Undo the change"))
                               : model->isOfRules()
                                   ? std::pair(tr("The rule is in force for every %1. %2 · %3"), tr("Undo the rule"))
                                   : std::pair(tr("The model is in force for every %1. %2 · %3"), tr("Undo the model"));
    saved_->say(undo ? saved.arg(undoCategory_.toHtmlEscaped(), link(QStringLiteral("undo:"), back),
                                 link(QStringLiteral("close:"), tr("close")))
                     : QString());
    updateModel();
    updateHits();

    const QString none = nothingText();
    say(*nothing_, tr("No state here"), none);
    stack_->setCurrentWidget(none.isEmpty() ? static_cast<QWidget*>(tree_) : nothing_);
    sayWhatIsShown();
    const bool any = event_ != nullptr;
    if (any && event_->version.value > 0)
        eventTitle_->setText(tr("Event #%1 %2").arg(grouped(event_->version.value), QString::fromStdString(event_->event.type)));
    else if (any)
        eventTitle_->setText(tr("Reject"));
    else
        eventTitle_->setText(tr("Event"));
    details_->setEmptyText(tr("No event at the playhead"));
}

}  // namespace hindcast::ui
