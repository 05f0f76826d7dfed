#include "ui/connect/mapping_candidates.h"

#include "ui/connect/field_text.h"

#include <algorithm>
#include <map>

namespace hindcast::ui {

namespace {

constexpr std::size_t kSamples = 60;
constexpr std::size_t kLargest = 32'768;
constexpr std::size_t kBytes = 65'536;  // of all of them: it is in the GUI thread, after each change of the mapping
constexpr std::size_t kDepth = 4;
constexpr std::size_t kFields = 60;  // of one object: a map by ids is no list of places
constexpr int kOffered = 40;

struct Seen {
    int count = 0;
    int order = 0;
};

void collect(const Json& value, const std::string& pointer, std::size_t depth, std::map<std::string, Seen>& seen)
{
    if (value.is_object()) {
        if (depth >= kDepth || value.size() > kFields) return;
        for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
            std::string below = pointer;
            appendToken(below, key);
            collect(member, below, depth + 1, seen);
        }
        return;
    }
    if (value.is_array() || pointer.empty()) return;
    Seen& place = seen[pointer];
    if (place.count++ == 0) place.order = static_cast<int>(seen.size());
}

}  // namespace

MappingCandidates candidatesOf(const QString& topic, const std::vector<SampleView>& samples)
{
    std::map<std::string, Seen> seen;
    MappingCandidates out;
    std::size_t taken = 0;
    std::size_t bytes = 0;
    for (const SampleView& sample : samples) {
        if (taken++ >= kSamples) break;
        for (const auto& [name, value] : sample.event.headers) {
            const QString text = QStringLiteral("header ") + QString::fromStdString(name);
            if (out.headers.size() < kOffered && !out.headers.contains(text)) out.headers << text;
        }
        if (!sample.event.value || sample.event.value->size() > kLargest) continue;
        if (bytes + sample.event.value->size() > kBytes) continue;
        bytes += sample.event.value->size();
        if (const auto json = parseJson(*sample.event.value)) collect(*json, {}, 0, seen);
    }
    std::vector<std::pair<std::string, Seen>> places(seen.begin(), seen.end());
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
        return a.second.count != b.second.count ? a.second.count > b.second.count : a.second.order < b.second.order;
    });
    for (const auto& [pointer, place] : places)
        if (out.pointers.size() < kOffered) out.pointers << QString::fromStdString(pointer);

    const QString last = topic.section(QLatin1Char('.'), -1).section(QLatin1Char('-'), -1);
    QStringList words{last};
    if (last.size() > 3 && last.endsWith(QLatin1Char('s'))) words.prepend(last.chopped(1));  // "orders" are of an "order"
    if (last != topic) words << topic;
    for (const QString& word : words) {
        decode::FieldSource constant;
        constant.constant = word.toStdString();
        out.constants << fieldText(constant);
    }
    return out;
}

}  // namespace hindcast::ui
