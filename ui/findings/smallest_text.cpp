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

/// "4 of 9 events".
QString keptText(const SmallestView& view) { return Words::tr("%1 of %2").arg(grouped(view.kept), eventsText(view.of)); }

/// "4 of 9 events: #1 UserRegistered, #2 Deposited, …".
QString namedText(const SmallestView& view)
{
    QStringList events;
    for (const SmallestRow& row : view.rows) {
        if (events.size() == kEventsNamed) break;
        events << QStringLiteral("#%1 %2").arg(row.version.value).arg(QString::fromStdString(row.type));
    }
    if (view.kept > static_cast<std::uint64_t>(events.size())) events << QStringLiteral("…");
    return Words::tr("%1: %2").arg(keptText(view), events.join(QStringLiteral(", ")));
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

QString shortSymptomText(const WantedSymptom& wanted)
{
    constexpr qsizetype kMostOfAName = 28;
    if (wanted.kind != WantedSymptom::Kind::Invariant || wanted.text.size() <= kMostOfAName) return symptomText(wanted);
    return symptomText({wanted.kind, wanted.text.left(kMostOfAName - 1).trimmed() + QStringLiteral("…")});
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
    const QString kept =
        view.kept < 2 ? Words::tr("the failing event is kept") : Words::tr("the failing event and the creation are kept");
    const QString accepted =
        view.found->decides && view.found->made.refused.empty() ? Words::tr("; every step would still be accepted") : QString();
    return Words::tr("%1 (%2%3)").arg(namedText(view), kept, accepted);
}

QStringList shorterEvents(const SmallestView& view)
{
    return view.found ? QStringList{namedText(view), keptText(view)} : QStringList();
}

QString smallestSummary(const SmallestView& view)
{
    if (view.running) {
        if (view.of == 0) return Words::tr("reading the events…");
        return Words::tr("%1 left").arg(keptText(view)) + kBetween + testsText(view.folds);
    }
    if (!view.found) return view.cancelled ? Words::tr("stopped") : QString();
    QString text = keptText(view) + kBetween + testsText(view.folds) + kBetween + durationText(view.took);
    if (view.cancelled) text += kBetween + Words::tr("stopped: there may be fewer");
    return text;
}

QStringList shorterSummaries(const SmallestView& view)
{
    if (view.running) return view.of == 0 ? QStringList() : QStringList{Words::tr("%1 left").arg(keptText(view)), keptText(view)};
    if (!view.found) return {};
    return view.cancelled ? QStringList{keptText(view) + kBetween + Words::tr("stopped"), keptText(view)}
                          : QStringList{keptText(view)};
}

}  // namespace hindcast::ui
