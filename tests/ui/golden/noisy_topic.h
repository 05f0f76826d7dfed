#pragma once
#include "tests/ui/session/workspace_files.h"

#include <QFile>
#include <QString>
#include <QStringList>
#include <QTextStream>

#include <random>

namespace hindcast::ui::test {

/// A topic as companies have them: 300 types of events, keys that are UUIDs; always the same.
inline void writeNoisyTopic(const QString& path)
{
    static const char* const kNouns[] = {"Order",   "Invoice", "Shipment", "Payment", "Refund",  "Customer",  "Address",
                                         "Basket",  "Voucher", "Return",   "Stock",   "Product", "Warehouse", "Carrier",
                                         "Session", "Consent", "Ledger",   "Claim",   "Ticket",  "Contract"};
    static const char* const kVerbs[] = {"Created",  "Updated",   "Validated", "Rejected", "Approved",
                                         "Archived", "Requested", "Assigned",  "Released", "Blocked",
                                         "Merged",   "Split",     "Notified",  "Expired",  "Restored"};
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the test's events");
    QTextStream out(&file);
    std::mt19937 random(4);
    QStringList keys;
    for (int i = 0; i < 60; ++i) {
        QString digits;
        for (int d = 0; d < 32; ++d) digits += QString::number(random() % 16, 16);
        keys << QStringLiteral("%1-%2-4%3-a%4-%5")
                    .arg(digits.mid(0, 8), digits.mid(8, 4), digits.mid(12, 3), digits.mid(15, 3), digits.mid(18, 12));
    }
    const qint64 start = 1'762'200'000'000;
    qint64 time = start;
    for (int i = 0; i < 3'000; ++i) {
        time += 1 + random() % 40'000;
        const unsigned type = i < 300 ? static_cast<unsigned>(i) : random() % 300;
        const QString& key = keys[static_cast<qsizetype>(i % 7 == 0 ? 0 : random() % 60)];
        out << R"({"id":")" << key << R"(","type":")" << kNouns[type / 15] << kVerbs[type % 15] << R"(","time":)" << time
            << R"(,"step":)" << i << R"(,"actor":"service-)" << random() % 9 << R"(","reason":")" << kVerbs[random() % 15]
            << "\"}\n";
    }
}

/// How its records become events.
inline decode::Mapping noisyMapping()
{
    decode::Mapping mapping = eventsMapping("noisy");
    mapping.entities.front().category->constant = "case";
    mapping.entities.front().id = {fromValue("/id")};
    mapping.type = fromValue("/type");
    mapping.time = decode::TimeRule{fromValue("/time"), TimeUnit::Milliseconds, 0};
    return mapping;
}

}  // namespace hindcast::ui::test
