#include "ui/session/connect_probe.h"

#include "ui/session/task_thread.h"

#include <QMetaObject>
#include <QTimer>

#include <atomic>
#include <functional>
#include <map>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kTopics, kSample, kPreview };
constexpr int kRetireMs = 100;

double meanBytesOf(const RecordBatch& batch)
{
    if (batch.records.empty()) return 0;
    std::size_t bytes = 0;
    for (const RawRecord& record : batch.records) {
        bytes += record.key ? record.key->size() : 0;
        bytes += record.value ? record.value->size() : 0;
    }
    for (const Header& header : batch.headers) bytes += header.name.size() + (header.value ? header.value->size() : 0);
    return static_cast<double>(bytes) / static_cast<double>(batch.records.size());
}

}  // namespace

struct ConnectProbe::Impl {
    explicit Impl(ConnectProbe* probe) : q(probe) {}

    ConnectProbe* q;
    std::atomic<std::uint64_t> topicsAsked{0};
    std::atomic<std::uint64_t> samplesAsked{0};
    std::atomic<std::uint64_t> previewsAsked{0};
    std::atomic<std::uint64_t> estimatesAsked{0};
    std::map<std::string, RecordBatch> samples;  ///< by topic; the thread's own
    TaskThread thread;
    TaskThread estimates;  ///< of its own: it is not to wait for samples

    /// In the GUI thread, unless another question of the kind has been asked by then.
    void answer(std::atomic<std::uint64_t>& asked, std::uint64_t of, std::function<void()> give)
    {
        QMetaObject::invokeMethod(
            q,
            [&asked, of, run = std::move(give)] {
                if (asked.load() == of) run();
            },
            Qt::QueuedConnection);
    }
    void fail(std::atomic<std::uint64_t>& asked, std::uint64_t of, const Error& error)
    {
        if (error.kind == Error::Kind::Cancelled) return;
        answer(asked, of, [this, error] {
            emit q->failed(QString::fromStdString(error.what), QString::fromStdString(error.why),
                           QString::fromStdString(error.hint));
        });
    }
    void showPreview(std::uint64_t of, const QString& topic, const decode::Mapping& mapping);
};

void ConnectProbe::Impl::showPreview(std::uint64_t of, const QString& topic, const decode::Mapping& mapping)
{
    const auto held = samples.find(topic.toStdString());
    if (held == samples.end()) return;
    auto views = std::make_shared<std::vector<SampleView>>(viewsOf(held->second, held->first, mapping));
    answer(previewsAsked, of, [this, topic, views] { emit q->previewed(topic, *views); });
}

ConnectProbe::ConnectProbe(QObject* parent) : QObject(parent), impl_(std::make_unique<Impl>(this)) {}

ConnectProbe::~ConnectProbe()
{
    impl_->estimates.end();
    impl_->thread.end();
}

void ConnectProbe::listTopics(source::KafkaConnection connection)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->topicsAsked;
    // Another cluster: what was asked of the one before is of no interest, and its samples are not this one's.
    ++impl->estimatesAsked;
    impl->estimates.cancel(0);
    ++impl->samplesAsked;
    ++impl->previewsAsked;
    impl->thread.cancel(kSample);
    impl->thread.cancel(kPreview);
    impl->thread.postBefore(kTopics, kTopics, [impl, of, to = std::move(connection)](const std::stop_token& stop) {
        const auto cluster = source::describeCluster(to, stop, [impl, of](const source::ConnectStep& step) {
            impl->answer(impl->topicsAsked, of, [impl, step] { emit impl->q->step(step); });
        });
        if (!cluster) return impl->fail(impl->topicsAsked, of, cluster.error());
        impl->samples.clear();  // not before: where nobody answers, what is shown is still what was read
        impl->answer(impl->topicsAsked, of, [impl, result = *cluster] { emit impl->q->topicsListed(result); });
    });
}

void ConnectProbe::sample(source::KafkaConnection connection, const QString& topic)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->samplesAsked;
    // A preview that was asked for is still wanted, whichever topic is looked at next; this sample's own gives way to it.
    const std::uint64_t preview = impl->previewsAsked.load();
    impl->thread.postBefore(
        kSample, kSample, [impl, of, preview, topic, to = std::move(connection)](const std::stop_token& stop) {
            auto batch = source::sampleTopic(to, topic.toStdString(), kSampleRecords, stop);
            if (!batch) return impl->fail(impl->samplesAsked, of, batch.error());
            RecordBatch& held = impl->samples[topic.toStdString()] = std::move(*batch);
            const decode::Guess guess = decode::guessMapping(topic.toStdString(), held.records, held.headers);
            const double mean = meanBytesOf(held);
            impl->answer(impl->samplesAsked, of, [impl, topic, guess, mean] { emit impl->q->sampled(topic, guess, mean); });
            impl->showPreview(preview, topic, guess.mapping);
        });
}

void ConnectProbe::preview(const QString& topic, decode::Mapping mapping)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->previewsAsked;
    impl->thread.post(
        kPreview, [impl, of, topic, with = std::move(mapping)](const std::stop_token&) { impl->showPreview(of, topic, with); });
}

void ConnectProbe::estimate(source::KafkaOptions options)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->estimatesAsked;
    impl->estimates.postBefore(0, 0, [impl, of, wanted = std::move(options)](const std::stop_token& stop) {
        const auto found = source::estimateRead(wanted, stop);
        std::optional<source::KafkaEstimate> answer;
        if (found) answer = *found;
        impl->answer(impl->estimatesAsked, of, [impl, answer] { emit impl->q->estimated(answer); });
    });
}

void ConnectProbe::retire()
{
    cancel();
    if (!impl_->thread.busy() && !impl_->estimates.busy()) return deleteLater();
    QTimer::singleShot(kRetireMs, this, &ConnectProbe::retire);
}

void ConnectProbe::cancel()
{
    ++impl_->estimatesAsked;
    impl_->estimates.cancel(0);
    ++impl_->topicsAsked;
    ++impl_->samplesAsked;
    ++impl_->previewsAsked;
    for (const Kind kind : {kTopics, kSample, kPreview}) impl_->thread.cancel(kind);
}

}  // namespace hindcast::ui

#include "moc_connect_probe.cpp"
