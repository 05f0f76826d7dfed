#include "ui/connect/estimate_text.h"

#include "ui/connect/topics_table.h"
#include "ui/look/format.h"

#include <QCoreApplication>

namespace hindcast::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(hindcast::ui::EstimateText)
};

constexpr double kStoredShare = 0.25;

}  // namespace

QString estimateText(const EstimateFacts& facts)
{
    std::uint64_t records = 0;
    double bytes = 0;
    bool compacted = false;
    bool known = true;
    for (const source::KafkaEstimate::Topic& topic : facts.found.topics) {
        records += topic.records;
        compacted = compacted || topic.compacted;
        if (topic.records == 0) continue;
        const auto mean = facts.meanBytes.find(QString::fromStdString(topic.name));
        if (mean == facts.meanBytes.end() || mean->second <= 0)
            known = false;
        else
            bytes += mean->second * static_cast<double>(topic.records);
    }
    const QString tail = facts.beingRead ? Words::tr(" · being read now")
                         : facts.resumes ? Words::tr(" · goes on where it stopped")
                                         : QString();
    if (records == 0)
        return (facts.live ? Words::tr("nothing there yet, then what comes") : Words::tr("nothing is there to read")) + tail;
    QString out = (compacted ? QStringLiteral("≤ ") : QStringLiteral("≈ ")) +
                  (records == 1 ? Words::tr("1 record") : Words::tr("%1 records").arg(shortCount(records)));
    if (!known) return out + Words::tr(", size not known yet") + tail;
    const double stored = bytes * kStoredShare + (facts.intoEmpty ? static_cast<double>(kEmptyWorkspaceBytes) : 0);
    out += Words::tr(", %1 read, %2 stored")
               .arg(bytesText(static_cast<std::uint64_t>(bytes)), bytesText(static_cast<std::uint64_t>(stored)));
    if (facts.diskLimit && stored > static_cast<double>(*facts.diskLimit)) out += Words::tr(" · more than the disk limit");
    return out + tail;
}

}  // namespace hindcast::ui
