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
    void initTestCase() { theme.apply(); }

    void init()
    {
        browser = std::make_unique<EntityBrowser>(theme);
        browser->resize(270, 560);
        connect(&browser->model(), &EntitiesModel::namesWanted, browser.get(), [this](const std::vector<EntityId>& ids) {
            asked = ids;
            browser->model().addNames(namesOf(ids));
        });
        browser->model().setCategories(
            {test::category(0, "user"), test::category(1, "order"), test::category(2, "public.users", true)});
        QTest::mouseMove(browser.get(), QPoint(5, 5));
        browser->show();
        QVERIFY(QTest::qWaitForWindowExposed(browser.get()));
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
        QCOMPARE(browser->model().idAt(0), EntityId{99'999});
        QVERIFY(asked.size() < 40);
        QVERIFY(browser->model().name(EntityId{99'999}) != nullptr);
        QVERIFY(browser->model().name(EntityId{5}) == nullptr);
        test::picture(*browser, QStringLiteral("entities"));
    }

    void theHeaderCountsAll()
    {
        show(8412);
        QStringList texts;
        for (const QLabel* label : browser->findChildren<QLabel*>()) texts << label->text();
        QVERIFY2(texts.contains(QStringLiteral("8\u2009412")), qPrintable(texts.join(u'|')));
    }

    void whileOneLooksElsewhereNewEntitiesMoveNothing()
    {
        show(1000);
        EntityList& list = browser->list();
        list.setTopRow(200);
        const auto before = firstIds(browser->model(), 1000);
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->model().setDirectory(test::directoryOf(1300));
        QTest::qWait(1300);
        QCOMPARE(reordered.count(), 0);
        QCOMPARE(list.topRow(), qint64(200));
        QCOMPARE(browser->model().rowCount(), std::int64_t(1300));
        QVERIFY(firstIds(browser->model(), 1000) == before);
        list.setTopRow(0);
        QVERIFY(reordered.wait(3000));
        QCOMPARE(browser->model().idAt(0), EntityId{1299});
    }

    void searchingStreamsAndSaysWhatWasNotFound()
    {
        show(1000);
        QSignalSpy wanted(browser.get(), &EntityBrowser::searchWanted);
        QTest::keyClick(&browser->list(), 'u');
        QVERIFY(browser->searchField().hasFocus());
        QTest::keyClicks(&browser->searchField(), QStringLiteral("ser"));
        QVERIFY(wanted.wait(1000));
        QCOMPARE(wanted.takeLast().at(0).toString(), QStringLiteral("user"));
        QCOMPARE(browser->model().rowCount(), std::int64_t(0));
        QCOMPARE(browser->list().emptyText(), QStringLiteral("Searching…"));
        browser->model().addFound({EntityId{3}, EntityId{9}}, false);
        QCOMPARE(browser->model().rowCount(), std::int64_t(2));
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->model().addFound({EntityId{30}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser->model().idAt(0), EntityId{30});
        browser->searchField().setText(QStringLiteral("zzz"));
        QVERIFY(wanted.wait(1000));
        browser->model().addFound({}, true);
        QVERIFY(browser->list().emptyText().contains(QStringLiteral("“zzz”")));
        test::picture(*browser, QStringLiteral("entities-nothing"));
        QTest::keyClick(&browser->searchField(), Qt::Key_Escape);
        QTRY_COMPARE(browser->model().rowCount(), std::int64_t(1000));
    }

    void aCategoryNarrowsTheList()
    {
        show(999);
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->model().setCategory(CategoryId{2});
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser->model().rowCount(), std::int64_t(333));
    }

    void clickingChoosesAtOnceAndArrowsAfterAPause()
    {
        show(100);
        QSignalSpy chosen(browser.get(), &EntityBrowser::entityChosen);
        EntityList& list = browser->list();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(2, 0).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{97});
        for (int i = 0; i < 5; ++i) QTest::keyClick(&list, Qt::Key_Down);
        QCOMPARE(chosen.count(), 0);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<EntityId>(), EntityId{92});
        test::picture(*browser, QStringLiteral("entities-selected"));
    }

    void theSelectedEntityKeepsItsMarkWhenTheOrderChanges()
    {
        show(100);
        browser->setSelected(EntityId{50});
        QCOMPARE(browser->list().currentRow(), qint64(49));
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->model().setOrder(EntityOrder::FirstSeen);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser->list().currentRow(), qint64(50));
    }

    void whatIsSelectedBeforeTheOrderIsKnownComesIntoView()
    {
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->setSelected(EntityId{500});
        browser->model().setDirectory(test::directoryOf(1000));
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser->list().currentRow(), qint64(499));
        QVERIFY2(browser->list().topRow() > 450 && browser->list().topRow() <= 499,
                 qPrintable(QString::number(browser->list().topRow())));
    }

    void millionsAreSortedWithoutHoldingTheWindow()
    {
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        const auto directory = test::directoryOf(3'000'000);
        QElapsedTimer clock;
        clock.start();
        browser->model().setDirectory(directory);
        const auto held = clock.elapsed();
        QVERIFY(reordered.wait(60'000));
        QVERIFY2(held < 60, qPrintable(QString::number(held)));
        QCOMPARE(browser->model().idAt(0), EntityId{2'999'999});
    }

    void closingEmptiesTheList()
    {
        show(10);
        browser->setIdleHint(QStringLiteral("Import a file, or connect to Kafka."));
        browser->model().setDirectory({});
        QCOMPARE(browser->list().rowCount(), qint64(0));
        QCOMPARE(browser->list().emptyText(), QStringLiteral("No entities yet"));
        test::picture(*browser, QStringLiteral("entities-empty"));
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
        theme.setScheme(Theme::Scheme::Dark);
        const QImage image = test::picture(*browser, QStringLiteral("entities-dark"));
        QVERIFY(test::countOf(image, theme.color(Theme::Role::Panel)) > image.width() * image.height() / 3);
        theme.setScheme(Theme::Scheme::Light);
    }

private:
    void show(std::uint32_t count)
    {
        QSignalSpy reordered(&browser->model(), &EntitiesModel::reordered);
        browser->model().setDirectory(test::directoryOf(count));
        QVERIFY(reordered.wait(5000));
        browser->list().grab();
    }

    Theme theme{Theme::Scheme::Light};
    std::unique_ptr<EntityBrowser> browser;
    std::vector<EntityId> asked;
};

QTEST_MAIN(TestEntities)
#include "test_entities.moc"
