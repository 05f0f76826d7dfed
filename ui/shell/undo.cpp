#include "ui/shell/undo.h"

#include "ui/session/session.h"

#include <QEvent>
#include <QGuiApplication>
#include <QSplitter>
#include <QSplitterHandle>
#include <QUndoCommand>

#include <algorithm>
#include <utility>
#include <vector>

namespace hindcast::ui {

namespace {

class Done final : public QUndoCommand {
public:
    Done(const QString& words, std::function<void()> undo, std::function<void()> redo, QString id)
        : QUndoCommand(words), undo_(std::move(undo)), redo_(std::move(redo)), id_(std::move(id))
    {
    }
    [[nodiscard]] const QString& name() const { return id_; }
    void undo() override { undo_(); }
    void redo() override
    {
        if (!std::exchange(first_, false)) redo_();  // what is pushed has been done
    }

private:
    std::function<void()> undo_;
    std::function<void()> redo_;
    QString id_;
    bool first_ = true;
};

/// A place that a dragged pin has passed: one step with all others of the same drag.
class PinsDragged final : public QUndoCommand {
public:
    using SetNames = std::function<void(const QStringList& names)>;
    PinsDragged(const QString& words, int gesture, QStringList before, QStringList after, SetNames setNames)
        : QUndoCommand(words),
          gesture_(gesture),
          before_(std::move(before)),
          after_(std::move(after)),
          setNames_(std::move(setNames))
    {
    }
    [[nodiscard]] int id() const override { return gesture_; }
    bool mergeWith(const QUndoCommand* later) override
    {
        after_ = static_cast<const PinsDragged*>(later)->after_;  // nothing else has an id
        setObsolete(before_ == after_);
        return true;
    }
    void undo() override { setNames_(before_); }
    void redo() override
    {
        if (!std::exchange(first_, false)) setNames_(after_);
    }

private:
    int gesture_;
    QStringList before_;
    QStringList after_;
    SetNames setNames_;
    bool first_ = true;
};

constexpr int kMostSteps = 200;

}  // namespace

Undo::Undo(Session& session, const QList<QSplitter*>& splitters, QObject* parent)
    : QObject(parent), session_(session), splitters_(splitters)
{
    stack_.setUndoLimit(kMostSteps);
    connect(session.pins(), &Pins::changed, this, &Undo::pinsChanged);
    connect(session.watches(), &Watches::changed, this, &Undo::watchesChanged);
    connect(session.typeFilter(), &TypeFilter::changed, this, &Undo::typesChanged);
    connect(&session, &Session::modelsChanged, this, &Undo::rulesChanged);
    // Rules that could not be saved: what was asked for after them is not known to come either.
    connect(&session, &Session::failed, this, [this] { asked_.clear(); });
    for (const auto signal : {&Session::opened, &Session::closed, &Session::mappingsChanged})
        connect(&session, signal, this, &Undo::begin);
    for (QSplitter* splitter : splitters_)
        for (int i = 1; i < splitter->count(); ++i) splitter->handle(i)->installEventFilter(this);
    begin();
}

// A stack that dies empties itself first, and says so: its window is half gone by then.
Undo::~Undo() { stack_.blockSignals(true); }

void Undo::begin()
{
    stack_.clear();
    asked_.clear();
    pins_ = session_.pins()->names();
    watches_ = session_.watches()->all();
    types_ = session_.typeFilter()->choice();
}

void Undo::push(const QString& words, std::function<void()> undo, std::function<void()> redo, const QString& id)
{
    stack_.push(new Done(words, guarded(std::move(undo)), guarded(std::move(redo)), id));
}

/// What it changes is no step of its own.
std::function<void()> Undo::guarded(std::function<void()> run)
{
    return [this, run = std::move(run)] {
        running_ = true;
        run();
        running_ = false;
    };
}

void Undo::askRules(const QString& category, const std::optional<Json>& rules, std::function<void()> done)
{
    asked_.push_back({category, !rules, std::move(done)});
    if (rules)
        session_.saveModel(category, *rules);
    else
        session_.undoModel(category);
}

void Undo::rulesChanged(const QString& category, bool undone)
{
    // The session does one after the other. One without an answer was nothing to do: there were no rules before.
    const auto at = std::find_if(asked_.begin(), asked_.end(),
                                 [&](const Asked& one) { return one.category == category && one.undone == undone; });
    if (at == asked_.end()) return;
    const auto done = std::move(at->done);
    asked_.erase(asked_.begin(), at + 1);
    if (done) done();
}

void Undo::saveRules(const QString& category, const Json& rules)
{
    askRules(category, rules, [this, category, rules] {
        push((rules.contains("script") ? tr("the model of %1") : tr("the rule for %1")).arg(category.left(60)),
             [this, category] { askRules(category, {}, {}); }, [this, category, rules] { askRules(category, rules, {}); },
             category);
    });
}

void Undo::takeBackRules(const QString& category, const Json& present)
{
    const auto* last = dynamic_cast<const Done*>(stack_.index() > 0 ? stack_.command(stack_.index() - 1) : nullptr);
    if (last != nullptr && !category.isEmpty() && last->name() == category) return stack_.undo();
    askRules(category, {}, [this, category, present] {
        push((present.contains("script") ? tr("the model of %1 taken back") : tr("the rule taken back for %1"))
                 .arg(category.left(60)),
             [this, category, present] { askRules(category, present, {}); }, [this, category] { askRules(category, {}, {}); });
    });
}

void Undo::pinsChanged()
{
    const QStringList after = session_.pins()->names();
    const QStringList before = std::exchange(pins_, after);
    if (running_ || before == after) return;
    Pins* pins = session_.pins();
    // Names are what lasts: Session finds out anew what entity a pin that comes back is.
    if (const int gesture = before.size() == after.size() ? gestureNow() : 0; gesture != 0) {
        const auto setNames = [this, pins](const QStringList& names) { guarded([pins, names] { pins->setNames(names); })(); };
        return stack_.push(new PinsDragged(pinWords(before, after), gesture, before, after, setNames));
    }
    push(pinWords(before, after), [pins, before] { pins->setNames(before); }, [pins, after] { pins->setNames(after); });
}

void Undo::watchesChanged()
{
    const Watches::All after = session_.watches()->all();
    const Watches::All before = std::exchange(watches_, after);
    if (running_ || before == after) return;
    Watches* watches = session_.watches();
    push(watchWords(before, after), [watches, before] { watches->setAll(before); }, [watches, after] { watches->setAll(after); });
}

QString Undo::watchWords(const Watches::All& before, const Watches::All& after) const
{
    const auto more = [](const Watches::All& all, const Watches::All& without) {
        for (auto it = all.begin(); it != all.end(); ++it)
            for (const QString& pointer : it.value())
                if (!without.value(it.key()).contains(pointer)) return pointer.left(60);
        return QString();
    };
    if (const QString added = more(after, before); !added.isEmpty()) return tr("watch %1").arg(added);
    return tr("no longer watch %1").arg(more(before, after));
}

int Undo::gestureNow()
{
    if (QGuiApplication::mouseButtons() == Qt::NoButton) return 0;
    if (!std::exchange(dragging_, true)) {
        ++gesture_;
        qApp->installEventFilter(this);  // until the button is let go, wherever that is
    }
    return gesture_;
}

void Undo::typesChanged()
{
    const TypeFilter::Choice after = session_.typeFilter()->choice();
    const TypeFilter::Choice before = std::exchange(types_, after);
    if (running_ || before == after) return;
    TypeFilter* filter = session_.typeFilter();
    push(
        typeWords(before, after), [filter, before] { filter->setChoice(before); }, [filter, after] { filter->setChoice(after); });
}

QString Undo::pinWords(const QStringList& before, const QStringList& after) const
{
    const auto one = [](const QStringList& all, const QStringList& without) {
        QStringList rest;
        for (const QString& name : all)
            if (!without.contains(name)) rest << name;
        return rest;
    };
    const QStringList added = one(after, before);
    const QStringList removed = one(before, after);
    if (added.size() == 1 && removed.isEmpty()) return tr("pin %1").arg(added.first().left(60));
    if (removed.size() == 1 && added.isEmpty()) return tr("unpin %1").arg(removed.first().left(60));
    return added.isEmpty() && removed.isEmpty() ? tr("order of the pins") : tr("pins");
}

QString Undo::typeWords(const TypeFilter::Choice& before, const TypeFilter::Choice& after) const
{
    const auto name = [this](TypeId type) { return session_.typeName(type).left(60); };
    if (after == TypeFilter::Choice{}) return tr("show all types");
    if (after.only && after.named.size() == 1 && !before.only) return tr("only %1").arg(name(*after.named.begin()));
    if (before.only == after.only) {
        std::vector<TypeId> other;
        for (const TypeId type : after.named)
            if (!before.named.contains(type)) other.push_back(type);
        const bool grew = !other.empty();
        for (const TypeId type : before.named)
            if (!after.named.contains(type)) other.push_back(type);
        if (other.size() == 1) return (grew == after.only ? tr("show %1") : tr("hide %1")).arg(name(other.front()));
    }
    return tr("which types are shown");
}

void Undo::did(const QString& words, std::function<void()> undo, std::function<void()> redo)
{
    if (!running_) push(words, std::move(undo), std::move(redo));
}

Undo::Layout Undo::layout() const
{
    Layout all;
    for (const QSplitter* splitter : splitters_) all << Sizes{splitter->saveState(), isChosen_ && isChosen_(*splitter)};
    return all;
}

void Undo::keepLayout() { kept_ = layout(); }

void Undo::bringLayoutBack()
{
    const auto kept = std::exchange(kept_, {});
    if (!kept) return;
    for (qsizetype i = 0; i < kept->size(); ++i) splitters_[i]->restoreState(kept->at(i).state);
}

QByteArray Undo::stateOf(const QSplitter& splitter) const
{
    for (qsizetype i = 0; kept_ && i < kept_->size(); ++i)
        if (splitters_[i] == &splitter) return kept_->at(i).state;
    return splitter.saveState();
}

void Undo::setSizes(qsizetype splitter, const Sizes& sizes)
{
    if (kept_)
        (*kept_)[splitter] = sizes;
    else
        splitters_[splitter]->restoreState(sizes.state);
    emit layoutRestored(splitters_[splitter], sizes.chosen);
}

void Undo::setLayout(const Layout& layout, const Layout& from)
{
    // One that the step did not move may have been moved since: it stays.
    for (qsizetype i = 0; i < layout.size(); ++i)
        if (layout[i] != from[i]) setSizes(i, layout[i]);
}

void Undo::pushLayout(const QString& words, const Layout& before, qsizetype only)
{
    if (kept_ || before.isEmpty()) return;
    Layout after = layout();
    // What followed from a drag (lanes that were fitted) is no part of it.
    for (qsizetype i = 0; only >= 0 && i < after.size(); ++i)
        if (i != only) after[i] = before[i];
    if (before == after) return;
    push(words, [this, before, after] { setLayout(before, after); }, [this, before, after] { setLayout(after, before); });
}

void Undo::changeLayout(const QString& words, const std::function<void()>& change)
{
    const Layout before = layout();
    change();
    pushLayout(words, before);
}

bool Undo::eventFilter(QObject* watched, QEvent* event)
{
    // A release that went elsewhere is made up for by the next press.
    if (dragging_ && (event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonPress)) {
        dragging_ = false;
        qApp->removeEventFilter(this);
    }
    const auto* handle = qobject_cast<QSplitterHandle*>(watched);
    if (handle == nullptr) return QObject::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonPress) dragged_ = kept_ ? Layout() : layout();
    if (event->type() == QEvent::MouseButtonRelease) {
        const qsizetype of = splitters_.indexOf(handle->splitter());
        // After the handle has taken the release: where it stands then is where it stays.
        QMetaObject::invokeMethod(
            this, [this, of, before = std::exchange(dragged_, {})] { pushLayout(tr("sizes of the panels"), before, of); },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace hindcast::ui
