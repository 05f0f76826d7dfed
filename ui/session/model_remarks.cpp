#include "ui/session/model_remarks.h"

#include "core/model/run.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <set>
#include <string>

namespace hindcast::ui {

namespace {

QString words(const char* text) { return QCoreApplication::translate("hindcast::ui::ModelRemarks", text); }

class Remarks final : public model::RunSink {
public:
    void failed(std::uint64_t, Version, const model::EvolveError&) override {}  // the state tells of it
    void broken(std::uint64_t, Version version, std::string_view invariant, std::string_view message) override
    {
        const QString name = QString::fromUtf8(invariant.data(), static_cast<qsizetype>(invariant.size()));
        const QString why = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
        // A broken one says no more than that, unless its author threw words.
        const bool more = !why.isEmpty() && why != QLatin1String("does not hold");
        add(version, 0, words("“%1” does not hold").arg(name) + (more ? QStringLiteral(" (%1)").arg(why) : QString()));
    }
    void remark(std::uint64_t, Version version, std::string_view message) override
    {
        static const QRegularExpression place(QStringLiteral(R"(,? line (\d+)$)"));
        QString text = QString::fromUtf8(message.data(), static_cast<qsizetype>(message.size()));
        const QRegularExpressionMatch match = place.match(text);
        if (match.hasMatch()) text.truncate(match.capturedStart());
        add(version, match.captured(1).toInt(), text);
    }

    std::vector<ModelDiagnostic> found;

private:
    void add(Version version, int line, const QString& text)
    {
        if (found.size() >= kMostRemarks || !told_.emplace(line, text).second) return;
        const QString at = version.value > 0 ? words("%1, at event #%2").arg(text.left(400)).arg(version.value) : text.left(400);
        found.push_back({ModelDiagnostic::Severity::Remark, line, 0, at});
    }

    std::set<std::pair<int, QString>> told_;
};

}  // namespace

std::vector<ModelDiagnostic> remarksOf(const model::Reducer& reducer, replay::RecordFeed& feed, const replay::History& history,
                                       PayloadSource& payloads, Version to, const std::stop_token& stop)
{
    if (!reducer.isRemote()) return {};
    Remarks remarks;
    model::RunOptions options;
    options.invariants = true;
    options.careful = true;
    options.stop = stop;
    auto run = reducer.start(remarks, options);
    if (!run) return {};
    const std::size_t count = std::min({static_cast<std::size_t>(to.value), history.events.size(), kMostRemarkedEvents});
    std::vector<EventId> ids;
    for (std::size_t i = 0; i < count; ++i) ids.push_back(history.events[i].id);
    auto done = (*run)->begin(1, history.key, Version{0}, nullptr, model::Detail::Nothing);
    std::size_t next = 0;
    // Records that are not there are passed over, their versions stand all the same.
    const auto passTo = [&](std::size_t index) {
        while (done && next < index) done = (*run)->pass(Version{++next});
    };
    const auto read = feed.records(ids, [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
        std::size_t index = next;
        while (index < count && history.events[index].id != id) ++index;
        if (index == count) return false;
        passTo(index);
        if (!done) return false;
        const replay::HistoryEvent& event = history.events[index];
        const std::string type = feed.typeName(event.type);
        done = (*run)->feed({.id = id,
                             .version = Version{index + 1},
                             .category = history.key.category,
                             .entity = history.key.id,
                             .type = type,
                             .kind = event.kind,
                             .time = event.time,
                             .payload = payloads.payload(id, record, headers)});
        next = index + 1;
        return done.has_value();
    });
    if (done && read) done = (*run)->drain();
    return std::move(remarks.found);
}

}  // namespace hindcast::ui
