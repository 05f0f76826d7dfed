#pragma once
#include "ui/session/sample_view.h"

#include <QStringList>

#include <vector>

namespace hindcast::ui {

/// Places seen in samples, as the mapping editor's fields write them.
struct MappingCandidates {
    QStringList pointers;   ///< "/order_id": to scalars, the most frequent first
    QStringList headers;    ///< "header ce_type"
    QStringList constants;  ///< "constant “order”": the topic's name and its last word

    bool operator==(const MappingCandidates&) const = default;
};

/// From the values of at most some dozens of samples of moderate size, 64 KiB in all: bounded work, whatever was sampled.
[[nodiscard]] MappingCandidates candidatesOf(const QString& topic, const std::vector<SampleView>& samples);

}  // namespace hindcast::ui
