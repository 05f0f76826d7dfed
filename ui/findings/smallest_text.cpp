#include "ui/findings/smallest_text.h"

#include "ui/look/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace hindcast::ui {

namespace {

constexpr qsizetype kEventsNamed = 12;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::SmallestCase)
};

const QString kBetween = QStringLiteral(" · ");

QString testsText(std::uint64_t count)
{
    return count == 1 ? Words::tr("1 test run") : Words::tr("%1 tests run").arg(grouped(count));
}

}  // namespace

QString symptomText(const WantedSymptom& wanted)
{
    switch (wanted.kind) {
        case WantedSymptom::Kind::Expression: return Words::tr("an expression holds");
        case WantedSymptom::Kind::Invariant:
            return wanted.text.isEmpty() ? Words::tr("any invariant is broken") : Words::tr("“%1” is broken").arg(wanted.text);
        case WantedSymptom::Kind::ModelFails: break;
    }
    return Words::tr("the model fails");
}

QString smallestTitle(const SmallestView& view)
{
    switch (view.wanted.kind) {
        case WantedSymptom::Kind::Expression: return Words::tr("Smallest case at which “%1” still holds").arg(view.wanted.text);
        case WantedSymptom::Kind::Invariant: {
            const QString name = view.found ? QString::fromStdString(view.found->made.invariant) : view.wanted.text;
            return name.isEmpty() ? Words::tr("Smallest case that still breaks an invariant")
                                  : Words::tr("Smallest case that still breaks “%1”").arg(name);
        }
        case WantedSymptom::Kind::ModelFails: break;
    }
    return view.shown.isEmpty() ? Words::tr("Smallest case at which the model still fails")
                                : Words::tr("Smallest case at which %1").arg(view.shown);
}

QString smallestEvents(const SmallestView& view)
{
    if (!view.found) return {};
    QStringList events;
    for (const SmallestRow& row : view.rows) {
        if (events.size() == kEventsNamed) break;
        events << QStringLiteral("#%1 %2").arg(row.version.value).arg(QString::fromStdString(row.type));
    }
    if (view.kept > static_cast<std::uint64_t>(events.size())) events << QStringLiteral("…");
    const QString kept =
        view.kept < 2 ? Words::tr("the failing event is kept") : Words::tr("the failing event and the creation are kept");
    const QString accepted =
        view.found->decides && view.found->made.refused.empty() ? Words::tr("; every step would still be accepted") : QString();
    return Words::tr("%1 of %2: %3 (%4%5)")
        .arg(grouped(view.kept), eventsText(view.of), events.join(QStringLiteral(", ")), kept, accepted);
}

QString smallestSummary(const SmallestView& view)
{
    if (view.running) {
        if (view.of == 0) return Words::tr("reading the events…");
        return Words::tr("%1 of %2 left").arg(grouped(view.kept), eventsText(view.of)) + kBetween + testsText(view.folds);
    }
    if (!view.found) return view.cancelled ? Words::tr("stopped") : QString();
    QString text = Words::tr("%1 of %2").arg(grouped(view.kept), eventsText(view.of)) + kBetween + testsText(view.folds) +
                   kBetween + durationText(view.took);
    if (view.cancelled) text += kBetween + Words::tr("stopped: there may be fewer");
    return text;
}

}  // namespace hindcast::ui
