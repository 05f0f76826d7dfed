#include "tests/ui/entities/entities_fixture.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QLabel>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using test::firstIds;
using test::idAt;

class TestEntities final : public test::EntitiesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void theNewestStandFirstAndOnlyNamesInViewAreAskedFor()
    {
        show(100'000);
        QCOMPARE(idAt(browser_->model(), 0), EntityId{99'999});
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
        QCOMPARE(idAt(browser_->model(), 0), EntityId{1299});
    }

    void whenOneHasTakenNoteOfWhatCameTheListIsInOrderThoughMoreComes()
    {
        show(100);
        EntitiesModel& model = browser_->model();
        browser_->holdOrder(true);
        auto directory = std::make_shared<store::Directory>(*test::directoryOf(100));
        directory->last[7] = Timestamp{directory->last[99].ns + 1'000'000'000};
        model.setDirectory(directory);
        const EntityId before = idAt(model, 0);
        QVERIFY(before != EntityId{7});
        browser_->holdOrder(false);
        browser_->holdOrder(true);  // the next ones are there already
        QTRY_COMPARE(idAt(model, 0), EntityId{7});
    }

    void whoAsksForWhatHasComeIsLedToItAndKeepsTheSelection()
    {
        show(1000);
        EntitiesModel& model = browser_->model();
        EntityList& list = browser_->list();
        browser_->setSelected(EntityId{500});
        list.setTopRow(400);
        browser_->holdOrder(true);
        model.setDirectory(test::directoryOf(1300));
        QCOMPARE(list.topRow(), qint64(400));
        browser_->holdOrder(false);
        browser_->showNewest();
        QTRY_COMPARE(idAt(model, 0), EntityId{1299});
        QCOMPARE(list.topRow(), qint64(0));
        QCOMPARE(idAt(model, list.currentRow()), EntityId{500});
        // Those that were seen first stand first there: what is new is at the end.
        model.setOrder(EntityOrder::FirstSeen);
        QTRY_COMPARE(idAt(model, 0), EntityId{0});
        list.setTopRow(400);
        browser_->holdOrder(true);
        model.setDirectory(test::directoryOf(1400));
        browser_->holdOrder(false);
        browser_->showNewest();
        QTRY_COMPARE(list.visibleRows().second, qint64(1399));
        QCOMPARE(idAt(model, 1399), EntityId{1399});
        QCOMPARE(idAt(model, list.currentRow()), EntityId{500});
    }

    void aNameAndItsIdAreBothReadInANarrowList()
    {
        browser_->resize(250, 560);
        show(600);
        const QString alice = QStringLiteral("Alice Miller");
        browser_->model().addDisplayNames({{EntityId{597}, alice, 1}, {EntityId{599}, alice, 1}});
        QVERIFY(isWritten(0, nameLeft(0), alice, theme_.text(), Theme::Role::Text));
        const int behind = nameLeft(0) + static_cast<int>(std::ceil(QFontMetricsF(theme_.text()).horizontalAdvance(alice))) + 8;
        QVERIFY(isWritten(0, behind, QStringLiteral("#599"), theme_.mono(), Theme::Role::TextSecondary));
        // There is less room beside the longer one: the name gives way to it.
        QVERIFY(isWritten(2, nameLeft(2), QStringLiteral("Alice"), theme_.text(), Theme::Role::Text));
        bool whole = false;
        for (int left = nameLeft(2); left <= behind && !whole; ++left)
            whole = isWritten(2, left, QStringLiteral("user-597"), theme_.mono(), Theme::Role::TextSecondary);
        QVERIFY(whole);
        test::picture(*browser_, QStringLiteral("entities-names-narrow"));
    }

    void twoOfOneNameWhoseIdsWouldBeCutAlikeAreToldApart()
    {
        browser_->resize(250, 560);
        auto directory = test::directoryOf(600);
        std::fill(directory->counts.begin(), directory->counts.end(), 5);
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        browser_->model().setDirectory(directory);
        QVERIFY(reordered.wait(5000));
        EntityList& list = browser_->list();
        list.grab();
        const auto advance = [](const QFont& font, const QString& text) {
            return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
        };
        // As long a name as leaves room for four characters of the id.
        const int number = advance(theme_.mono(), QStringLiteral("5"));
        const int width = list.cellRect(0, EntityList::Events).right() - number - 6 - nameLeft(0) + 1;
        QString isabel = QStringLiteral("Isabel Virtanen");
        while (width - advance(theme_.text(), isabel) - 8 >= advance(theme_.mono(), QStringLiteral("#1705")))
            isabel += QLatin1Char('i');
        EntityRow row;
        row.id = EntityId{599};  // of a table: "#1705"
        row.name = QStringLiteral("1705");
        EntityRow user;
        user.id = EntityId{597};
        user.name = QStringLiteral("user-1705");
        browser_->model().addNames({row, user});
        browser_->model().addDisplayNames({{EntityId{599}, isabel, 5}, {EntityId{597}, isabel, 5}});
        const auto isSomewhere = [&](qint64 at, const QString& id) {
            for (int left = nameLeft(at); left < list.viewport()->width(); ++left)
                if (isWritten(at, left, id, theme_.mono(), Theme::Role::TextSecondary)) return true;
            return false;
        };
        QVERIFY(isSomewhere(0, QStringLiteral("#1705")));
        QVERIFY(isSomewhere(2, QStringLiteral("user-1705")));
        test::picture(*browser_, QStringLiteral("entities-one-name"));
    }

    void anIdIsNotCutForTheWordBesideIt()
    {
        browser_->resize(250, 560);
        show(600);
        EntityRow row;
        row.id = EntityId{595};
        row.name = QStringLiteral("invoice-123456");
        browser_->model().addNames({row});
        QVERIFY(isWritten(4, nameLeft(4), row.name, theme_.mono(), Theme::Role::Text));
        row.name = QStringLiteral("a-7");
        browser_->model().addNames({row});
        QVERIFY(isWritten(4, nameLeft(4), row.name, theme_.mono(), Theme::Role::Text));
        const int behind =
            nameLeft(4) + static_cast<int>(std::ceil(QFontMetricsF(theme_.mono()).horizontalAdvance(row.name))) + 8;
        QVERIFY(isWritten(4, behind, QStringLiteral("order"), theme_.text(0.88), Theme::Role::TextSecondary));
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

    void theCategoryBoxSaysWhatTheModelGoesBy()
    {
        show(99);
        EntitiesModel& model = browser_->model();
        QComboBox* box = nullptr;
        for (QComboBox* one : browser_->findChildren<QComboBox*>())
            if (one->accessibleName() == QStringLiteral("Category")) box = one;
        QVERIFY(box != nullptr);
        box->setCurrentIndex(2);
        emit box->activated(2);
        QCOMPARE(model.category(), std::optional(CategoryId{1}));
        QTRY_COMPARE(model.rowCount(), std::int64_t(33));
        // As another mapping does it: the same words, other numbers.
        model.setCategory({});
        model.setCategories({test::category(5, "user"), test::category(6, "order"), test::category(7, "public.users", true)});
        QCOMPARE(box->currentIndex(), 0);
        QCOMPARE(box->itemData(2).toUInt(), 6U);
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

    void whereNoEventHasAnEntityTheListLeadsToTheMapping()
    {
        auto* label = browser_->findChild<QLabel*>(QStringLiteral("without-entity"));
        QVERIFY(label && !label->isVisible());
        browser_->model().setDirectory(test::directoryOf(0));
        QVERIFY(!label->isVisible());
        browser_->setWithoutEntity(1);
        QVERIFY(label->isVisible() && !browser_->list().isVisible());
        QVERIFY2(label->text().startsWith(QStringLiteral("1 event belongs to no entity.")), qPrintable(label->text()));
        QSignalSpy mapping(browser_.get(), &EntityBrowser::mappingWanted);
        QVERIFY(label->text().contains(QStringLiteral("How records become events…</a>")));
        emit label->linkActivated(QStringLiteral("mapping"));
        QCOMPARE(mapping.count(), 1);
        test::picture(*browser_, QStringLiteral("entities-none"));
        browser_->setWithoutEntity(1200);
        QVERIFY2(label->text().contains(QStringLiteral(" belong to no entity.")), qPrintable(label->text()));
        show(10);
        QVERIFY(!label->isVisible() && browser_->list().isVisible());
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
};

QTEST_MAIN(TestEntities)
#include "test_entities.moc"
