#include "ui/session/replay_policy.h"

#include "ui/session/session.h"

#include <QSettings>

#include <algorithm>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr auto kStopKey = "replay/stopAtError";
constexpr auto kHandlerKey = "limits/handlerMs";
constexpr auto kModelKey = "limits/modelBytes";
constexpr auto kSnapshotsKey = "limits/snapshotBytes";
constexpr auto kSweepsKey = "limits/sweepBytes";

model::Limits limitsFromSettings()
{
    const QSettings settings;
    model::Limits limits;
    const auto number = [&](const char* key, auto otherwise) {
        bool good = false;
        const qulonglong given = settings.value(QLatin1String(key)).toULongLong(&good);
        return good ? given : static_cast<qulonglong>(otherwise);
    };
    limits.perHandler =
        std::chrono::milliseconds(std::min<qulonglong>(number(kHandlerKey, limits.perHandler.count()), 1'000'000'000));
    limits.memoryBytes = number(kModelKey, limits.memoryBytes);
    limits.snapshotBytes = number(kSnapshotsKey, limits.snapshotBytes);
    limits.sweepBytes = number(kSweepsKey, limits.sweepBytes);
    return ReplayPolicy::within(limits);
}

}  // namespace

ReplayPolicy::ReplayPolicy(Session& session)
    : SessionFacet(session),
      stopsAtError_(QSettings().value(QLatin1String(kStopKey), false).toBool()),
      limits_(limitsFromSettings())
{
    connect(&session, &Session::modelsRead, this, &ReplayPolicy::allowRemembered);
    connect(&session, &Session::selectionChanged, this, [this] {
        forgetFailures();
        forgetTrouble();
    });
    connect(&session, &Session::stateChanged, this, [this] {
        if (this->session().state()) forgetTrouble();
    });
}

ReplayPolicy::~ReplayPolicy() = default;

void ReplayPolicy::open(const Opened& opened)
{
    runtime_ = opened.runtime;
    runtime_->setLimits(limits_);
    emit changed();
}

void ReplayPolicy::close()
{
    if (runtime_) runtime_->withdrawPrograms();
    runtime_.reset();
    postponed_.clear();
    forgetFailures();
    forgetTrouble();
    emit changed();
}

void ReplayPolicy::madeAnew()
{
    forgetFailures();
    forgetTrouble();
}

void ReplayPolicy::modelChanged(const QString&)
{
    forgetFailures();
    forgetTrouble();
}

// ---- errors

void ReplayPolicy::setStopsAtError(bool on)
{
    if (std::exchange(stopsAtError_, on) == on) return;
    QSettings().setValue(QLatin1String(kStopKey), on);
    emit changed();
    emit rebuildWanted();
}

std::shared_ptr<const FailuresView> ReplayPolicy::failures() const
{
    return failures_ && session().selected() == failures_->entity ? failures_ : nullptr;
}

void ReplayPolicy::restart()
{
    forgetTrouble();
    emit rebuildWanted();
}

void ReplayPolicy::take(std::shared_ptr<const FailuresView> failures)
{
    failures_ = std::move(failures);
    emit failuresChanged();
}

void ReplayPolicy::takeTrouble(std::optional<Error> trouble)
{
    trouble_ = std::move(trouble);
    emit changed();
}

void ReplayPolicy::takeResult(std::shared_ptr<const StateView> result)
{
    result_ = std::move(result);
    emit resultChanged();
}

/// And the projection's result, which is of the same entity and model.
void ReplayPolicy::forgetFailures()
{
    if (result_) takeResult(nullptr);
    if (std::exchange(failures_, nullptr)) emit failuresChanged();
}

void ReplayPolicy::forgetTrouble()
{
    if (!trouble_) return;
    trouble_.reset();
    emit changed();
}

// ---- limits

model::Limits ReplayPolicy::within(model::Limits limits)
{
    using std::chrono::milliseconds;
    constexpr std::size_t kMega = 1u << 20;
    constexpr std::size_t kGiga = std::size_t{1} << 30;
    limits.perHandler = std::clamp(limits.perHandler, milliseconds(50), milliseconds(60'000));
    limits.memoryBytes = std::clamp(limits.memoryBytes, 64 * kMega, 16 * kGiga);
    limits.snapshotBytes = std::clamp(limits.snapshotBytes, 4 * kMega, 4 * kGiga);
    limits.sweepBytes = std::clamp(limits.sweepBytes, 32 * kMega, 16 * kGiga);
    return limits;
}

void ReplayPolicy::setLimits(const model::Limits& limits)
{
    const model::Limits wanted = within(limits);
    if (wanted == limits_) return;
    limits_ = wanted;
    QSettings settings;
    settings.setValue(QLatin1String(kHandlerKey), static_cast<qulonglong>(limits_.perHandler.count()));
    settings.setValue(QLatin1String(kModelKey), static_cast<qulonglong>(limits_.memoryBytes));
    settings.setValue(QLatin1String(kSnapshotsKey), static_cast<qulonglong>(limits_.snapshotBytes));
    settings.setValue(QLatin1String(kSweepsKey), static_cast<qulonglong>(limits_.sweepBytes));
    if (runtime_) runtime_->setLimits(limits_);
    emit changed();
    emit rebuildWanted();
}

}  // namespace hindcast::ui
