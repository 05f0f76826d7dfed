// Which programs a workspace's models may start: allowed by the user for one workspace and one command, and kept in the settings.
#include "core/model/program_reducer.h"
#include "ui/session/replay_policy.h"
#include "ui/session/session.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

namespace hindcast::ui {

namespace {

constexpr auto kAllowedKey = "programs/allowed";
constexpr qsizetype kMostKept = 500;  // of all workspaces; the oldest are forgotten

}  // namespace

/// Of the workspace's place and the command to the letter: another command is another question.
QString ReplayPolicy::keyOf(const Json& document) const
{
    QByteArray text = QFileInfo(session().path()).absoluteFilePath().toUtf8();
    text += '\0';
    const auto program = model::programIn(document);
    if (!program) return {};
    text += QByteArray::fromStdString(program->key());
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

const Json* ReplayPolicy::documentOf(const QString& category) const
{
    const auto models = session().models();
    if (!models || !models->is_object()) return nullptr;
    const auto found = models->find(category.toStdString());
    return found != models->end() && model::isProgram(*found) ? &*found : nullptr;
}

std::optional<ProgramUse> ReplayPolicy::programOf(const QString& category) const
{
    const Json* document = documentOf(category);
    if (document == nullptr) return std::nullopt;
    const auto program = model::programIn(*document);
    if (!program) return std::nullopt;  // what is wrong with it is told where it is used
    return ProgramUse{category, QString::fromStdString(program->text()), QString::fromStdString(program->folder),
                      runtime_ && runtime_->allows(*program)};
}

std::optional<ProgramUse> ReplayPolicy::program() const
{
    const auto history = session().history();
    return history ? programOf(QString::fromStdString(history->key.category)) : std::nullopt;
}

void ReplayPolicy::allowProgram(const QString& category)
{
    const Json* document = documentOf(category);
    if (document == nullptr || !runtime_) return;
    remember(*document, true);
    if (const auto program = model::programIn(*document)) runtime_->allowProgram(*program);
    postponed_.removeAll(category);
    forgetTrouble();
    emit changed();
    emit rebuildWanted();
}

void ReplayPolicy::allowProgram(const Json& document)
{
    const auto program = model::programIn(document);
    if (!program || !runtime_) return;
    remember(document, true);
    runtime_->allowProgram(*program);
    emit changed();
}

bool ReplayPolicy::anyProgramAllowed() const
{
    const auto models = session().models();
    if (!runtime_ || !models || !models->is_object()) return false;
    for (const auto& [category, document] : models->get_ref<const Json::object_t&>())
        if (const auto program = model::programIn(document); program && runtime_->allows(*program)) return true;
    return false;
}

void ReplayPolicy::withdrawPrograms()
{
    if (!runtime_) return;
    if (const auto models = session().models(); models && models->is_object())
        for (const auto& [category, document] : models->get_ref<const Json::object_t&>())
            if (model::programIn(document)) remember(document, false);
    runtime_->withdrawPrograms();
    emit changed();
    emit rebuildWanted();
}

void ReplayPolicy::postpone(const QString& category)
{
    if (postponed_.contains(category)) return;
    postponed_ << category;
    emit changed();
}

void ReplayPolicy::remember(const Json& document, bool allowed)
{
    const QString key = keyOf(document);
    if (key.isEmpty()) return;
    QSettings settings;
    QStringList all = settings.value(QLatin1String(kAllowedKey)).toStringList();
    all.removeAll(key);
    if (allowed) all << key;
    while (all.size() > kMostKept) all.removeFirst();
    settings.setValue(QLatin1String(kAllowedKey), all);
}

/// The models are known: those of their programs that were allowed here before are so again.
void ReplayPolicy::allowRemembered()
{
    const auto models = session().models();
    if (!runtime_ || !models || !models->is_object()) return emit changed();
    const QStringList all = QSettings().value(QLatin1String(kAllowedKey)).toStringList();
    bool news = false;
    for (const auto& [category, document] : models->get_ref<const Json::object_t&>()) {
        const auto program = model::programIn(document);
        if (!program || !all.contains(keyOf(document)) || runtime_->allows(*program)) continue;
        runtime_->allowProgram(*program);
        news = true;
    }
    emit changed();
    if (news) emit rebuildWanted();
}

}  // namespace hindcast::ui
