#include "core/store/writer.h"
#include "ui/session/list_worker.h"

#include <QTemporaryDir>
#include <QtTest>

#include <mutex>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

constexpr int kWaitMs = 20'000;

}  // namespace

/// Settings of a workspace that something else is being written into.
class TestListWorker : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::shared_ptr<store::Store> store_;
    std::mutex mutex_;
    std::vector<std::string> told_;

    [[nodiscard]] std::unique_ptr<ListWorker> worker()
    {
        auto first = store_->reader();
        auto second = store_->reader();
        if (!first || !second) return nullptr;
        const auto tell = [this](const Error& error) {
            const std::scoped_lock lock(mutex_);
            told_.push_back(error.text());
        };
        ListWorker::Answers answers;
        answers.failed = tell;
        answers.lost = tell;
        auto overview = readOverview(**first, nullptr);
        if (!overview) return nullptr;
        return std::make_unique<ListWorker>(
            store_, std::move(*first), std::move(*second), *overview, [](const std::function<void()>& run) { run(); },
            std::move(answers));
    }
    [[nodiscard]] std::string saved(const char* name)
    {
        const auto setting = (*store_->reader())->setting(name);
        return setting && *setting ? toText(**setting) : std::string();
    }

private slots:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        auto store = store::Store::open(folder_->filePath(QStringLiteral("a.hindcast")).toStdString(), store::Mode::CreateOrOpen);
        QVERIFY(store.has_value());
        store_ = std::move(*store);
        told_.clear();
    }
    void cleanup() { store_.reset(); }

    void whatCannotBeSavedYetIsSavedWhenWhatIsBeingWrittenIsThere()
    {
        auto lists = worker();
        QVERIFY(lists);
        auto writer = store_->writer();
        QVERIFY((*writer)->addSource("file", "a", "a", "").has_value());  // a transaction is open from here on
        lists->saveSetting("pins", Json(1));
        lists->saveSetting("others", Json(3));
        QTest::qWait(2500);  // longer than one wait for the turn
        QVERIFY(lists->busy() && saved("pins").empty());
        lists->saveSetting("pins", Json(2));  // the newer one holds
        QVERIFY((*writer)->commit().has_value());
        QVERIFY(QTest::qWaitFor([&] { return !lists->busy(); }, kWaitMs));
        QCOMPARE(saved("pins"), std::string("2"));
        QCOMPARE(saved("others"), std::string("3"));
        lists.reset();
        QVERIFY(told_.empty());
    }

    void whatIsStillUnsavedAtTheEndIsSavedThen()
    {
        auto lists = worker();
        QVERIFY(lists);
        lists->saveSetting("pins", Json(7));
        lists.reset();
        QCOMPARE(saved("pins"), std::string("7"));
        QVERIFY(told_.empty());
    }

    void whatCannotBeSavedAtTheEndIsTold()
    {
        auto lists = worker();
        QVERIFY(lists);
        auto writer = store_->writer();
        QVERIFY((*writer)->addSource("file", "a", "a", "").has_value());
        lists->saveSetting("pins", Json(7));
        lists.reset();
        QCOMPARE(told_.size(), std::size_t{1});
        QVERIFY2(told_.front().starts_with("cannot save pins in "), told_.front().c_str());
    }
};

QTEST_GUILESS_MAIN(TestListWorker)
#include "test_list_worker.moc"
