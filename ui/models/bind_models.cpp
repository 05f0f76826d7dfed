#include "ui/models/bind_models.h"

#include "ui/look/change_summary.h"
#include "ui/look/format.h"
#include "ui/models/model_panel.h"
#include "ui/models/named_categories.h"
#include "ui/session/entity_title.h"
#include "ui/session/replay_policy.h"
#include "ui/session/session.h"

#include <QEvent>
#include <QFileInfo>

#include <map>
#include <memory>
#include <utility>

namespace hindcast::ui {

namespace {

QString wordsOf(const ProgramUse& program)
{
    const QString where =
        program.folder.isEmpty() ? program.command : ModelPanel::tr("%1 in %2").arg(program.command, program.folder);
    return program.allowed ? ModelPanel::tr("A program rebuilds the states of %1: %2.").arg(program.category.left(60), where)
                           : ModelPanel::tr(
                                 "This workspace wants to run a program for the states of %1: %2. It waits until you "
                                 "allow it, beside the state or in the menu Model.")
                                 .arg(program.category.left(60), where);
}

/// Panel and session, joined.
class Joined final : public QObject {
public:
    Joined(ModelPanel& panel, Session& session) : QObject(&panel), panel_(panel), session_(session)
    {
        connect(&session_, &Session::opened, this, [this] {
            panel_.setReadOnly(session_.readOnlyBecause());
            follow();
        });
        connect(&session_, &Session::closed, this, [this] {
            followed_.clear();
            savedAt_.clear();
            panel_.setReadOnly({});
            follow();
        });
        connect(&session_, &Session::stateChanged, this, &Joined::follow);
        connect(&session_, &Session::historyChanged, this, &Joined::tellRunning);
        connect(session_.replayPolicy(), &ReplayPolicy::changed, this, &Joined::follow);
        connect(&session_, &Session::modelsRead, this, &Joined::noteSaved);
        connect(&session_, &Session::modelsChanged, this,
                [this](const QString& category) { savedAt_[category] = QDateTime::currentDateTime(); });
        connect(&session_, &Session::directoryChanged, this, &Joined::tellCategories);
        connect(&session_, &Session::modelPreviewReady, this, &Joined::take);
        connect(session_.playhead(), &Playhead::moved, this, [this] {
            if (panel_.isChanged()) later_.start();
        });
        connect(&panel_, &ModelPanel::textEdited, this, &Joined::run);
        connect(&panel_, &ModelPanel::discardRequested, this, &Joined::discard);
        connect(&panel_, &ModelPanel::fileRequested, session_.modelFiles(), &ModelFiles::read);
        connect(&panel_, &ModelPanel::saveRequested, this, [this](const QStringList&, const ScriptModel& script) {
            elsewhere_ = false;
            if (!script.file.isEmpty()) session_.modelFiles()->save(script.file, script.source);
        });
        ModelFiles* files = session_.modelFiles();
        connect(files, &ModelFiles::opened, this, [this](const QString& path, const QString& text) {
            panel_.setDraft(panel_.category(), {QFileInfo(path).fileName(), text, QFileInfo(path).absoluteFilePath()});
        });
        for (const auto signal : {&ModelFiles::saved, &ModelFiles::vanished, &ModelFiles::returned})
            connect(files, signal, this, [this](const QString& path) {
                if (panel_.base().file != path) return;
                tellSaved();
                showTrouble();
            });
        later_.setSingleShot(true);
        later_.setInterval(ModelPanel::kPause);
        connect(&later_, &QTimer::timeout, this, &Joined::run);
        panel_.installEventFilter(this);
        tellCategories();
        follow();
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == &panel_ && event->type() == QEvent::Show) later_.start();  // what nobody saw was not run
        return QObject::eventFilter(watched, event);
    }

private:
    [[nodiscard]] std::shared_ptr<const ModelView> inForce() const
    {
        const auto state = session_.state();
        return state ? state->model : nullptr;
    }

    /// What rebuilds the selected entity is what is shown, unless something is being written.
    void follow()
    {
        const auto model = inForce();
        const auto script = model && model->document ? scriptOf(*model->document) : std::nullopt;
        panel_.setUndoable(model && model->category == panel_.category() && model->version > 1);
        if (panel_.isChanged()) {
            followChanged(model, script);
            return tellRunning();
        }
        if (!session_.isOpen()) return panel_.setNothing({}, ModelPanel::tr("Open a workspace to see what rebuilds its states."));
        if (const auto program = session_.replayPolicy()->program();
            program && (!model || model->category == program->category)) {
            followed_ = program->category;
            panel_.setNothing(program->category, wordsOf(*program));
            return panel_.setUndoable(model && model->version > 1);
        }
        if (!model) {
            if (session_.selected() || panel_.hasText()) return;  // it is on its way, or what was shown stays
            return panel_.setNothing({}, ModelPanel::tr("Select an entity to see the model that rebuilds it."));
        }
        // A script of another category stays in view until one goes to another entity than when it came.
        const QString before = std::exchange(followed_, model->category);
        if (model->category != panel_.category() && model->category == before) return tellRunning();
        if (!script) {
            const QString what = model->note.isEmpty() ? model->describes : model->note;
            panel_.setNothing(
                model->category,
                ModelPanel::tr("No script rebuilds the states of %1: %2.").arg(model->category.left(60), what.left(200)));
            return panel_.setUndoable(model->version > 1);
        }
        const bool another =
            !panel_.hasText() || panel_.category() != model->category || panel_.base() != *script || version_ != model->version;
        version_ = model->version;
        if (another) {
            panel_.setModel(model->category, *script, model->version);
            panel_.setUndoable(model->version > 1);
            unusable_.clear();
            elsewhere_ = false;
            run();
        }
        tellSaved();
        tellRunning();
        showTrouble();
    }

    void followChanged(const std::shared_ptr<const ModelView>& model, const std::optional<ScriptModel>& script)
    {
        if (!model || !script || model->category != panel_.category()) return;
        if (script->source == panel_.script().source) {
            version_ = model->version;
            panel_.setModel(model->category, *script, model->version);
            panel_.setUndoable(model->version > 1);
            return tellSaved();
        }
        const bool other = script->source != panel_.base().source;
        if (other != std::exchange(elsewhere_, other)) showTrouble();
    }

    /// A draft that was put in force for categories of which no entity is selected.
    void noteSaved()
    {
        const auto models = session_.models();
        if (!panel_.isChanged() || !models || !models->is_object()) return;
        const ScriptModel written = panel_.script();
        QStringList categories = namedCategories(written.source);
        categories.prepend(panel_.category());
        for (const QString& category : categories) {
            const auto document = models->find(category.toStdString());
            if (document == models->end() || scriptOf(*document) != written) continue;
            panel_.setModel(category, written, 0);
            tellSaved();
            return tellRunning();
        }
    }

    void discard()
    {
        panel_.setNothing({}, {});
        followed_.clear();
        follow();
    }

    [[nodiscard]] const QStringList& named()
    {
        const QString source = panel_.script().source;
        if (source != namedBy_) named_ = namedCategories(namedBy_ = source);
        return named_;
    }

    [[nodiscard]] bool runsHere()
    {
        const auto history = session_.history();
        if (!history) return false;
        const QString category = QString::fromStdString(history->key.category);
        return category == panel_.category() || named().contains(category);
    }

    void tellRunning()
    {
        if (!panel_.hasText()) return;
        if (runsHere()) return panel_.setRunningOn(entityTitle(*session_.history()));
        const QString wanted = named().isEmpty() ? panel_.category() : named().first();
        panel_.setRunningOn({}, wanted.isEmpty() ? ModelPanel::tr("select an entity to run it")
                                                 : ModelPanel::tr("select an entity of %1 to run it").arg(wanted.left(60)));
    }

    void tellSaved()
    {
        const QString file = panel_.base().file;
        const QDateTime written = file.isEmpty() ? QDateTime() : session_.modelFiles()->lastWritten(file);
        const auto here = savedAt_.find(panel_.category());
        panel_.setSaved(written.isValid() || here == savedAt_.end() ? written : here->second);
    }

    void tellCategories()
    {
        QStringList names;
        for (const store::Category& category : session_.categories()) names << QString::fromStdString(category.name);
        names.sort();
        panel_.setCategories(names);
    }

    /// The text as it stands, on the selected entity at the playhead.
    void run()
    {
        if (!panel_.hasText() || !panel_.isVisible()) return;
        tellRunning();
        if (!runsHere()) {
            ++ticket_;  // what is on its way is of no use any more
            unusable_.clear();
            panel_.setOutcome({}, {});
            return showTrouble();
        }
        session_.previewModel(++ticket_, documentOf(panel_.script()));
    }

    void take(const std::shared_ptr<const ModelPreview>& preview)
    {
        if (!preview || preview->ticket != ticket_ || !panel_.hasText()) return;
        unusable_ = preview->diagnostics;
        showTrouble();
        if (!panel_.isChanged()) return panel_.setOutcome({}, {});
        if (!preview->view) {
            // What the last text that could run came to stays in view, and says so.
            const QString last = panel_.outcomeText().section(QLatin1Char('\n'), 1);
            if (!panel_.outcomeText().isEmpty()) panel_.setOutcome(ModelPanel::tr("of the last text that could run"), last);
            return;
        }
        const StateView& view = *preview->view;
        const QString version = grouped(view.state.version.value);
        const std::size_t count = view.changes.size();
        panel_.setOutcome(count == 0   ? ModelPanel::tr("v%1: the same state as now").arg(version)
                          : count == 1 ? ModelPanel::tr("v%1: 1 value differs from now").arg(version)
                                       : ModelPanel::tr("v%1: %2 values differ from now").arg(version, grouped(count)),
                          changesInFull(view.changes, 60));
    }

    void showTrouble()
    {
        std::vector<ModelDiagnostic> all = unusable_;
        const auto state = session_.state();
        // Of what is in force the state on show tells by itself where it stopped.
        if (!panel_.isChanged() && state && state->model && state->model->category == panel_.category() && state->state.error)
            all = {diagnosticOf(*state->state.error)};
        const auto remark = [&](const QString& words) {
            all.insert(all.begin(), {ModelDiagnostic::Severity::Remark, 0, 0, words});
        };
        if (elsewhere_ && panel_.isChanged())
            remark(ModelPanel::tr("Changed elsewhere meanwhile: Save takes this text, “Discard the changes” the other"));
        const QString file = panel_.base().file;
        if (!file.isEmpty() && session_.modelFiles()->isMissing(file))
            remark(ModelPanel::tr("%1 is gone: the text read last is used on").arg(file));
        panel_.setDiagnostics(all);
    }

    ModelPanel& panel_;
    Session& session_;
    QTimer later_;
    std::uint64_t ticket_ = std::uint64_t{1} << 40;  // nobody else's
    int version_ = 0;
    QString followed_;                       ///< the category of the entity that was selected last
    bool elsewhere_ = false;                 ///< what is in force is neither what is shown nor what that began with
    std::vector<ModelDiagnostic> unusable_;  ///< of the last text that was run
    QString namedBy_;                        ///< the text that names named_
    QStringList named_;
    std::map<QString, QDateTime> savedAt_;  ///< by category
};

}  // namespace

void bind(ModelPanel& panel, Session& session) { new Joined(panel, session); }

}  // namespace hindcast::ui
