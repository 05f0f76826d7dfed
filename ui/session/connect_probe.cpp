#include "ui/session/connect_probe.h"

#include "ui/session/task_thread.h"

#include <QMetaObject>

#include <atomic>
#include <functional>
#include <map>

namespace hindcast::ui {

namespace {

enum Kind : std::size_t { kTopics, kSample, kPreview };

}  // namespace

struct ConnectProbe::Impl {
    explicit Impl(ConnectProbe* probe) : q(probe) {}

    ConnectProbe* q;
    std::atomic<std::uint64_t> topicsAsked{0};
    std::atomic<std::uint64_t> samplesAsked{0};
    std::atomic<std::uint64_t> previewsAsked{0};
    std::map<std::string, RecordBatch> samples;  ///< by topic; the thread's own
    TaskThread thread;

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

ConnectProbe::~ConnectProbe() { impl_->thread.end(); }

void ConnectProbe::listTopics(source::KafkaConnection connection)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->topicsAsked;
    // Another cluster: what was asked of the one before is of no interest, and its samples are not this one's.
    ++impl->samplesAsked;
    ++impl->previewsAsked;
    impl->thread.cancel(kSample);
    impl->thread.cancel(kPreview);
    impl->thread.postBefore(kTopics, kTopics, [impl, of, to = std::move(connection)](const std::stop_token& stop) {
        impl->samples.clear();
        const auto cluster = source::describeCluster(to, stop);
        if (!cluster) return impl->fail(impl->topicsAsked, of, cluster.error());
        impl->answer(impl->topicsAsked, of, [impl, result = *cluster] { emit impl->q->topicsListed(result); });
    });
}

void ConnectProbe::sample(source::KafkaConnection connection, const QString& topic)
{
    Impl* impl = impl_.get();
    const std::uint64_t of = ++impl->samplesAsked;
    const std::uint64_t preview = ++impl->previewsAsked;
    impl->thread.postBefore(
        kSample, kSample, [impl, of, preview, topic, to = std::move(connection)](const std::stop_token& stop) {
            auto batch = source::sampleTopic(to, topic.toStdString(), kSampleRecords, stop);
            if (!batch) return impl->fail(impl->samplesAsked, of, batch.error());
            RecordBatch& held = impl->samples[topic.toStdString()] = std::move(*batch);
            const decode::Guess guess = decode::guessMapping(topic.toStdString(), held.records, held.headers);
            impl->answer(impl->samplesAsked, of, [impl, topic, guess] { emit impl->q->sampled(topic, guess); });
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

void ConnectProbe::cancel()
{
    ++impl_->topicsAsked;
    ++impl_->samplesAsked;
    ++impl_->previewsAsked;
    for (const Kind kind : {kTopics, kSample, kPreview}) impl_->thread.cancel(kind);
}

}  // namespace hindcast::ui

#include "moc_connect_probe.cpp"
