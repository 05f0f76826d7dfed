#include "tests/ui/fixtures.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

std::vector<EntityRow> namesOf(const std::vector<EntityId>& ids)
{
    static const char* const kPrefixes[] = {"user-", "order-", ""};
    std::vector<EntityRow> rows;
    for (const EntityId id : ids) {
        EntityRow row;
        row.id = id;
        row.name = QString::fromLatin1(kPrefixes[id.value % 3]) + QString::number(id.value);
        if (id.value == 12) row.name = QStringLiteral("order-7f3a9c1e-44d2-4b7a-9a51-0f6f2f1f3a77");
        rows.push_back(row);
    }
    return rows;
}

std::vector<EntityId> firstIds(const EntitiesModel& model, int count)
{
    std::vector<EntityId> ids;
    for (int i = 0; i < std::min<std::int64_t>(count, model.rowCount()); ++i) ids.push_back(model.idAt(i));
    return ids;
}

}  // namespace

class TestEntities final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        browser_ = std::make_unique<EntityBrowser>(theme_);
        browser_->resize(270, 560);
        connect(&browser_->model(), &EntitiesModel::namesWanted, browser_.get(), [this](const std::vector<EntityId>& ids) {
            asked_ = ids;
            browser_->model().addNames(namesOf(ids));
        });
        browser_->model().setCategories(
            {test::category(0, "user"), test::category(1, "order"), test::category(2, "public.users", true)});
        QTest::mouseMove(browser_.get(), QPoint(5, 5));
        browser_->show();
        QVERIFY(QTest::qWaitForWindowExposed(browser_.get()));
    }

    void orderingIsByTheKeyThenByFirstSeen()
    {
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(6));
        directory->counts = {3, 9, 3, 1, 9, 3};
        const auto ids = [&](EntityOrder order, std::optional<CategoryId> category = {}) {
            QString text;
            for (const EntityId id : orderEntities({directory, nullptr, category, order}).ids) text += QString::number(id.value);
            return text;
        };
        QCOMPARE(ids(EntityOrder::Recent), QStringLiteral("543210"));
        QCOMPARE(ids(EntityOrder::MostEvents), QStringLiteral("140253"));
        QCOMPARE(ids(EntityOrder::FirstSeen), QStringLiteral("012345"));
        QCOMPARE(ids(EntityOrder::Recent, CategoryId{1}), QStringLiteral("41"));
    }

    void theNewestStandFirstAndOnlyNamesInViewAreAskedFor()
    {
        show(100'000);
        QCOMPARE(browser_->model().idAt(0), EntityId{99'999});
        QVERIFY(asked_.size() < 40);
        QVERIFY(browser_->model().name(EntityId{99'999}) != nullptr);
        QVERIFY(browser_->model().name(EntityId{5}) == nullptr);
        test::picture(*browser_, QStringLiteral("entities"));
    }

    void theHeaderCountsAll()
    {
        show(8412);
        QStringList texts;
        for (const QLabel* label : browser_->findChildren<QLabel*>()) texts << label->text();
        QVERIFY2(texts.contains(QStringLiteral("8\u2009412")), qPrintable(texts.join(u'|')));
    }

    void whileOneLooksElsewhereNewEntitiesMoveNothing()
    {
        show(1000);
        EntityList& list = browser_->list();
        list.setTopRow(200);
        const auto before = firstIds(browser_->model(), 1000);
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setDirectory(test::directoryOf(1300));
        QTest::qWait(1300);
        QCOMPARE(reordered.count(), 0);
        QCOMPARE(list.topRow(), qint64(200));
        QCOMPARE(browser_->model().rowCount(), std::int64_t(1300));
        QVERIFY(firstIds(browser_->model(), 1000) == before);
        list.setTopRow(0);
        QVERIFY(reordered.wait(3000));
        QCOMPARE(browser_->model().idAt(0), EntityId{1299});
    }

    void searchingStreamsAndSaysWhatWasNotFound()
    {
        show(1000);
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        QTest::keyClick(&browser_->list(), 'u');
        QVERIFY(browser_->searchField().hasFocus());
        QTest::keyClicks(&browser_->searchField(), QStringLiteral("ser"));
        QVERIFY(wanted.wait(1000));
        QCOMPARE(wanted.takeLast().at(0).toString(), QStringLiteral("user"));
        QCOMPARE(browser_->model().rowCount(), std::int64_t(0));
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("Searching…"));
        browser_->model().addFound({EntityId{3}, EntityId{9}}, false);
        QCOMPARE(browser_->model().rowCount(), std::int64_t(2));
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().addFound({EntityId{30}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->model().idAt(0), EntityId{30});
        browser_->searchField().setText(QStringLiteral("zzz"));
        QVERIFY(wanted.wait(1000));
        browser_->model().addFound({}, true);
        QVERIFY(browser_->list().emptyText().contains(QStringLiteral("“zzz”")));
        test::picture(*browser_, QStringLiteral("entities-nothing"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Escape);
        QTRY_COMPARE(browser_->model().rowCount(), std::int64_t(1000));
    }

    void whatTheTextNamesAsAWholeComesFirstAndIsWhatEnterOpens()
    {
        show(1000);
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->searchField().setFocus();
        QTest::keyClicks(&browser_->searchField(), QStringLiteral("user-3"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);  // before there is an answer
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(chosen.count(), 0);
        EntitiesModel& model = browser_->model();
        model.setNamed({EntityId{3}});
        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeFirst().at(0).value<EntityId>(), EntityId{3});
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 3), (std::vector<EntityId>{EntityId{3}, EntityId{300}, EntityId{30}}));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{3});
    }

    void anotherMappingIsAnotherListThoughItIsAsLong()
    {
        show(100);
        EntitiesModel& model = browser_->model();
        QSignalSpy wanted(browser_.get(), &EntityBrowser::searchWanted);
        browser_->searchField().setText(QStringLiteral("user"));
        QVERIFY(wanted.wait(1000));
        model.addFound({EntityId{3}, EntityId{9}}, true);
        browser_->list().setTopRow(1);  // held: nothing moves by itself
        model.forgetNames();
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(100));
        directory->last[7] = Timestamp{directory->last[99].ns + 1'000'000'000};
        model.setDirectory(directory);
        browser_->searchAgain();
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(model.rowCount(), std::int64_t(0));
        browser_->searchField().clear();
        QTRY_COMPARE(model.rowCount(), std::int64_t(100));
        QCOMPARE(model.idAt(0), EntityId{7});
    }

    void countsAreShownWhole()
    {
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(6));
        show(6);
        const auto columnWidth = [this] { return browser_->list().cellRect(0, EntityList::Events).width(); };
        const int before = columnWidth();
        directory->counts[2] = 1'234'567;
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setDirectory(directory);
        QVERIFY(reordered.wait(2000));
        QVERIFY2(columnWidth() > before, qPrintable(QString::number(columnWidth())));
    }

    void aCategoryNarrowsTheList()
    {
        show(999);
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setCategory(CategoryId{2});
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->model().rowCount(), std::int64_t(333));
    }

    void clickingChoosesAtOnceAndArrowsAfterAPause()
    {
        show(100);
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        EntityList& list = browser_->list();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(2, 0).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{97});
        for (int i = 0; i < 5; ++i) QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(chosen.count(), 0);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<EntityId>(), EntityId{92});
        test::picture(*browser_, QStringLiteral("entities-selected"));
    }

    void theSelectedEntityKeepsItsMarkWhenTheOrderChanges()
    {
        show(100);
        browser_->setSelected(EntityId{50});
        QCOMPARE(browser_->list().currentRow(), qint64(49));
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setOrder(EntityOrder::FirstSeen);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->list().currentRow(), qint64(50));
    }

    void whatIsSelectedBeforeTheOrderIsKnownComesIntoView()
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->setSelected(EntityId{500});
        browser_->model().setDirectory(test::directoryOf(1000));
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->list().currentRow(), qint64(499));
        QVERIFY2(browser_->list().topRow() > 450 && browser_->list().topRow() <= 499,
                 qPrintable(QString::number(browser_->list().topRow())));
    }

    void millionsAreSortedWithoutHoldingTheWindow()
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        const auto directory = test::directoryOf(3'000'000);
        QElapsedTimer clock;
        clock.start();
        browser_->model().setDirectory(directory);
        const auto held = clock.elapsed();
        QVERIFY(reordered.wait(60'000));
        QVERIFY2(held < 60, qPrintable(QString::number(held)));
        QCOMPARE(browser_->model().idAt(0), EntityId{2'999'999});
    }

    void closingEmptiesTheList()
    {
        show(10);
        browser_->setIdleHint(QStringLiteral("Import a file, or connect to Kafka."));
        browser_->model().setDirectory({});
        QCOMPARE(browser_->list().rowCount(), qint64(0));
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("No entities yet"));
        test::picture(*browser_, QStringLiteral("entities-empty"));
    }

    void timesAreAsShortAsTheyCanBe()
    {
        const Timestamp now = test::at("2025-11-04T12:00:00Z");
        QCOMPARE(lastSeenText(test::at("2025-11-04T09:14:59Z"), now), QStringLiteral("09:14"));
        QCOMPARE(lastSeenText(test::at("2025-11-03T09:14:59Z"), now), QStringLiteral("3 Nov"));
        QCOMPARE(lastSeenText(test::at("2024-11-03T09:14:59Z"), now), QStringLiteral("2024"));
    }

    void darkIsPaintedDark()
    {
        show(500);
        theme_.setScheme(Theme::Scheme::Dark);
        const QImage image = test::picture(*browser_, QStringLiteral("entities-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::Panel)) > image.width() * image.height() / 3);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    void show(std::uint32_t count)
    {
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setDirectory(test::directoryOf(count));
        QVERIFY(reordered.wait(5000));
        browser_->list().grab();
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<EntityBrowser> browser_;
    std::vector<EntityId> asked_;
};

QTEST_MAIN(TestEntities)
#include "test_entities.moc"
