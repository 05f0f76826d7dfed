// What is looked at over all entities: the first time that an expression holds, and what an audit finds.
#include "ui/session/session_impl.h"

namespace hindcast::ui {

void Session::Impl::openOverAll()
{
    const GuiPost post = poster(serial);
    workspace->firstTime =
        std::make_unique<FirstTimeWorker>(workspace->store, runtime, post, [this](std::shared_ptr<const FirstTimeView> view) {
            firstTime = std::move(view);
            emit q->firstTimeChanged();
        });
    workspace->audit =
        std::make_unique<AuditWorker>(workspace->store, runtime, post, [this](std::shared_ptr<const FindingsView> view) {
            findings = std::move(view);
            emit q->findingsChanged();
        });
}

void Session::Impl::closeOverAll()
{
    firstTime.reset();
    findings.reset();
    emit q->firstTimeChanged();
    emit q->findingsChanged();
}

/// Everything was decoded anew: entities have other numbers.
void Session::Impl::forgetOverAll()
{
    workspace->firstTime->forget();
    for (const auto& facet : facets) facet->madeAnew();
    closeOverAll();
}

/// What arrives is looked at as it comes; what fills a workspace, when it is all there: a life would be looked at once for each look.
void Session::Impl::auditSoon()
{
    if (!workspace || !overview) return;
    if (reading.reading && !reading.live) return auditTimer.start();
    workspace->audit->follow(overview->directory);
}

std::optional<expression::SyntaxError> Session::requestFirstTime(const QString& text, FirstTimeScope scope)
{
    Impl& impl = *impl_;
    auto read = expression::Expression::parse(text.toStdString());
    if (!read) return read.error();
    if (!impl.workspace) return {};
    FirstTimeWorker::Request request;
    request.expression = std::move(*read);
    request.scope = scope;
    if (scope != FirstTimeScope::All) {
        const auto& history = impl.playhead.history();
        const auto all = directory();
        if (!history || !all || history->entity.value >= all->size()) return {};
        request.category = all->category[history->entity.value];
        if (scope == FirstTimeScope::Entity) request.entity = history->entity;
        request.of = QString::fromStdString(scope == FirstTimeScope::Entity ? history->key.text() : history->key.category);
    }
    auto begun = std::make_shared<FirstTimeView>();
    begun->text = text;
    begun->scope = scope;
    begun->of = request.of;
    begun->paths = request.expression->statePaths();
    begun->running = true;
    impl.workspace->firstTime->request(std::move(request));
    impl.firstTime = std::move(begun);
    emit firstTimeChanged();
    return {};
}

void Session::cancelFirstTime()
{
    if (impl_->workspace) impl_->workspace->firstTime->cancel();
}

std::shared_ptr<const FirstTimeView> Session::firstTime() const { return impl_->firstTime; }

std::shared_ptr<const FindingsView> Session::findings() const { return impl_->findings; }

}  // namespace hindcast::ui
