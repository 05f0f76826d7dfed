#include "ui/session/stored_probe.h"

#include "core/ingest/ingest.h"
#include "ui/session/task_thread.h"

#include <QMetaObject>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <string>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kSample, kPreview };

/// Copies of records that live as long as the batch.
class Keeper {
public:
    explicit Keeper(RecordBatch& batch) : batch_(batch), texts_(std::make_shared<std::deque<std::string>>())
    {
        batch_.owner = texts_;
    }
    void add(std::uint32_t stream, const RawRecord& record, std::span<const Header> headers)
    {
        RawRecord& kept = batch_.records.emplace_back(record);
        kept.stream = stream;
        if (record.key) kept.key = keep(*record.key);
        if (record.value) kept.value = keep(*record.value);
        kept.defect = keep(record.defect);
        kept.firstHeader = static_cast<std::uint32_t>(batch_.headers.size());
        for (const Header& header : headers)
            batch_.headers.push_back({keep(header.name), header.value ? std::optional(keep(*header.value)) : std::nullopt});
    }

private:
    std::string_view keep(std::string_view text) { return texts_->emplace_back(text); }

    RecordBatch& batch_;
    std::shared_ptr<std::deque<std::string>> texts_;
};

Result<RecordBatch> samplesOf(store::Reader& reader, const std::string& topic, const std::stop_token& stop)
{
    auto parts = reader.parts();
    if (!parts) return std::unexpected(parts.error());
    std::erase_if(*parts, [&](const store::Part& part) { return part.topic != topic || part.records == 0; });
    RecordBatch batch;
    auto streams = std::make_shared<std::vector<SourceStream>>();
    Keeper keeper(batch);
    const std::size_t each = kSampleRecords / std::max<std::size_t>(1, parts->size()) + 1;
    for (const store::Part& part : *parts) {
        const auto stream = static_cast<std::uint32_t>(streams->size());
        streams->push_back({part.topic, part.partition});
        std::size_t taken = 0;
        const auto done =
            reader.scan(EventId(part.id, Offset{0}), [&](EventId id, const RawRecord& record, std::span<const Header> headers) {
                if (id.part() != part.id || taken == each || batch.records.size() == kSampleRecords || stop.stop_requested())
                    return false;
                keeper.add(stream, record, headers);
                ++taken;
                return true;
            });
        if (!done) return std::unexpected(done.error());
    }
    batch.streams = std::move(streams);
    return batch;
}

}  // namespace

struct StoredProbe::Impl {
    explicit Impl(StoredProbe* probe) : q(probe) {}

    StoredProbe* q;
    std::shared_ptr<store::Store> store;
    std::unique_ptr<store::Reader> reader;       // from here on the thread's own
    std::map<std::string, RecordBatch> samples;  ///< by topic
    TaskThread thread;

    void answer(std::function<void()> give) { QMetaObject::invokeMethod(q, std::move(give), Qt::QueuedConnection); }
    void fail(const Error& error)
    {
        answer([this, error] {
            emit q->failed(QString::fromStdString(error.what), QString::fromStdString(error.why),
                           QString::fromStdString(error.hint));
        });
    }
    [[nodiscard]] bool open()
    {
        if (reader) return true;
        auto opened = store->reader();
        if (!opened) fail(opened.error());
        if (opened) reader = std::move(*opened);
        return reader != nullptr;
    }
    void readSamples(const std::string& topic, const std::stop_token& stop)
    {
        if (!open()) return;
        auto batch = samplesOf(*reader, topic, stop);
        if (!batch) return fail(batch.error());
        const RecordBatch& held = samples[topic] = std::move(*batch);
        auto saved = ingest::savedMappings(*reader);
        if (!saved) return fail(saved.error());
        decode::Mapping inForce;
        if (const decode::Mapping* known = decode::mappingFor(*saved, topic)) inForce = *known;
        inForce.topic = topic;
        // As when they were read: what the source could not make a record of says nothing of the others.
        std::vector<RawRecord> whole = held.records;
        std::erase_if(whole, [](const RawRecord& record) { return !record.defect.empty(); });
        const decode::Guess guess = decode::guessMapping(topic, whole, held.headers);
        answer([this, name = QString::fromStdString(topic), inForce, guess] { emit q->sampled(name, inForce, guess); });
    }
};

StoredProbe::StoredProbe(std::shared_ptr<store::Store> store, QObject* parent)
    : QObject(parent), impl_(std::make_unique<Impl>(this))
{
    impl_->store = std::move(store);
}

StoredProbe::~StoredProbe() { impl_->thread.end(); }

void StoredProbe::sample(const QString& topic)
{
    Impl* impl = impl_.get();
    impl->thread.post(kSample,
                      [impl, name = topic.toStdString()](const std::stop_token& stop) { impl->readSamples(name, stop); });
}

void StoredProbe::preview(const QString& topic, decode::Mapping mapping)
{
    Impl* impl = impl_.get();
    impl->thread.post(kPreview, [impl, topic, with = std::move(mapping)](const std::stop_token&) {
        const auto held = impl->samples.find(topic.toStdString());
        if (held == impl->samples.end()) return;
        auto views = std::make_shared<std::vector<SampleView>>(viewsOf(held->second, held->first, with));
        impl->answer([impl, topic, views] { emit impl->q->previewed(topic, *views); });
    });
}

}  // namespace hindcast::ui

#include "moc_stored_probe.cpp"
