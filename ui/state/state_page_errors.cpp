// What the state page says of a model that fails, or cannot run.
#include "ui/look/format.h"
#include "ui/state/notice.h"
#include "ui/state/result_panel.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QLineEdit>
#include <QToolButton>

namespace hindcast::ui {

namespace {

constexpr int kMessageShown = 120;

/// "bank.mjs:7:12", without what is not known.
QString placeOf(const model::EvolveError& error)
{
    QString place = QString::fromStdString(error.file);
    if (error.line <= 0) return place;
    place += QStringLiteral(":%1").arg(error.line);
    return error.column > 0 ? place + QStringLiteral(":%1").arg(error.column) : place;
}

}  // namespace

/// The event, the handler, the place in the model and the message; and what one may do about it.
QString StatePage::modelNotice() const
{
    if (!state_ || !state_->state.error) return {};
    const replay::ReplayError& error = *state_->state.error;
    const bool stopped = error.version > state_->state.version;
    const QString whole = QString::fromStdString(error.error.message);
    QString message = whole.left(kMessageShown).toHtmlEscaped();
    if (whole.size() > kMessageShown) message += QChar(0x2026) + QLatin1Char(' ') + link(QStringLiteral("error:"), tr("more"));
    QStringList where;
    if (const QString place = placeOf(error.error); !place.isEmpty()) {
        const bool opens = error.error.line > 0 && state_->model && state_->model->isScript;
        where << (opens ? link(QStringLiteral("line:%1:%2").arg(error.error.line).arg(error.error.column), place)
                        : place.toHtmlEscaped());
    }
    if (!error.error.handler.empty()) where << QString::fromStdString(error.error.handler).toHtmlEscaped();
    where << message;
    const QString event = versionLink(error.version);
    const QString what = where.join(QStringLiteral(" · "));
    const QString smallest = QStringLiteral(" · ") + link(QStringLiteral("smallest:"), tr("Smallest case"));
    return stopped ? tr("Stopped before %1: %2. This is the last state before it. %3")
                         .arg(event, what, link(QStringLiteral("policy:go on"), tr("Go on past it")) + smallest)
                   : tr("The model failed at %1: %2. It went on with the state before it. %3")
                         .arg(event, what, link(QStringLiteral("policy:stop"), tr("Stop there")) + smallest);
}

void StatePage::setTrouble(const QString& words, const Offers& offers)
{
    if (troubleWords_ == words && troubleOffers_ == offers) return;
    troubleWords_ = words;
    troubleOffers_ = offers;
    updateWords();
}

void StatePage::setAwaited(std::optional<Version> version)
{
    if (awaited_ == version) return;
    awaited_ = version;
    updateWords();
}

QString StatePage::troubleNotice() const
{
    if (awaited_ && state_ && troubleWords_.isEmpty())
        return tr("#%1 is being rebuilt; the state here is that of #%2.")
            .arg(grouped(awaited_->value), grouped(state_->state.version.value));
    QStringList links;
    for (const auto& [what, offered] : troubleOffers_) links << link(QStringLiteral("policy:") + what, offered);
    const QString words = troubleWords_.toHtmlEscaped();
    return links.isEmpty() ? words : words + QLatin1Char(' ') + links.join(QStringLiteral(" · "));
}

void StatePage::setResult(std::shared_ptr<const StateView> result) { result_->setResult(std::move(result)); }

/// In the tree's place, while it has no rows.
void StatePage::sayWhatIsShown()
{
    if (!state_)
        tree_->setEmptyText(history_ && !troubleWords_.isEmpty() ? tr("The state cannot be rebuilt")
                            : history_                           ? tr("Rebuilding the state…")
                            : noEntities_                        ? tr("No entities yet")
                                                                 : tr("Select an entity to see its state at the playhead"));
    else if (!filter_->text().isEmpty())
        tree_->setEmptyText(tr("No field or value holds “%1”").arg(filter_->text().left(60)));
    else if (changedOnly_->isChecked())
        tree_->setEmptyText(branchName_.isEmpty() ? tr("The event left no field of this state changed")
                                                  : tr("No field of the branch differs here"));
    else
        tree_->setEmptyText(tr("There is no state here"));
}

}  // namespace hindcast::ui
