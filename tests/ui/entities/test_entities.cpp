#include "tests/ui/fixtures.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <ctime>

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

EntityId idAt(const EntitiesModel& model, std::int64_t row) { return model.entityAt(row).value_or(EntityId{UINT32_MAX}); }

std::vector<EntityId> firstIds(const EntitiesModel& model, int count)
{
    std::vector<EntityId> ids;
    for (int i = 0; i < std::min<std::int64_t>(count, model.rowCount()); ++i) ids.push_back(idAt(model, i));
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
            for (const EntityId id : orderEntities({directory, nullptr, category, order, {}, {}, {}}).ids)
                text += QString::number(id.value);
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
        QCOMPARE(idAt(browser_->model(), 0), EntityId{30});
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
        QCOMPARE(idAt(model, 0), EntityId{7});
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
        browser_->model().setDirectory(directory);
        QVERIFY2(browser_->model().lines().ids().empty(), "they are put in order elsewhere");
        reordered.clear();  // the list was emptied
        QVERIFY(reordered.wait(60'000));
        QCOMPARE(idAt(browser_->model(), 0), EntityId{2'999'999});
    }

    void groupsAreDealtOutInTheirOrder()
    {
        auto directory = test::directoryOf(7);
        const OrderResult result = orderEntities(
            {directory, nullptr, {}, EntityOrder::Recent, {}, {EntityId{4}}, {CategoryId{2}, CategoryId{0}, CategoryId{9}}});
        QString text;
        for (const EntityId id : result.ids) text += QString::number(id.value);
        QCOMPARE(text, QStringLiteral("526301"));
        QCOMPARE(result.groups.size(), std::size_t{3});
        QCOMPARE(result.groups[1].begin, std::size_t{2});
        QCOMPARE(result.groups[1].count, std::size_t{3});
        QCOMPARE(result.groups[2].category, CategoryId{1});
    }

    void pinnedEntitiesComeFirstWhateverTheOrderAndAreNoHits()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        model.setPins({{QStringLiteral("order/7"), EntityId{7}}, {QStringLiteral("user/user-3"), EntityId{3}}});
        QCOMPARE(firstIds(model, 3), (std::vector<EntityId>{EntityId{7}, EntityId{3}, EntityId{998}}));
        QCOMPARE(model.rowCount(), std::int64_t(999));
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.setOrder(EntityOrder::MostEvents);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        model.setCategory(CategoryId{2});
        QVERIFY(reordered.wait(2000));
        QCOMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        QCOMPARE(model.matching(), std::size_t{333});
        model.setCategory({});
        QVERIFY(reordered.wait(2000));
        model.beginSearch(QStringLiteral("user-3"));
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        // What is listed was found: the pin that was not is left out, and one that was is told by its dot.
        QCOMPARE(model.rowCount(), std::int64_t(3));
        QCOMPARE(model.matching(), std::size_t{3});
        QCOMPARE(idAt(model, 0), EntityId{3});
        QCOMPARE(model.at(0).kind, EntityLine::Kind::Pin);
        QVERIFY(browser_->list().rowText(0).contains(QStringLiteral("pinned")));
        QCOMPARE(model.at(1).kind, EntityLine::Kind::Entity);
        QCOMPARE(model.firstHit(), std::optional<std::int64_t>(0));
        QSignalSpy unpin(browser_.get(), &EntityBrowser::unpinWanted);
        browser_->list().setFocus();
        browser_->list().setCurrentRow(0);
        QTest::keyClick(&browser_->list(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);  // moves nothing among hits
        QTest::keyClick(&browser_->list(), Qt::Key_Space);
        QCOMPARE(unpin.takeFirst().at(0).toString(), QStringLiteral("user/user-3"));
        model.beginSearch(QStringLiteral("zzz"));
        model.setNamed({});
        model.addFound({}, true);
        QCOMPARE(model.rowCount(), std::int64_t(0));
        QVERIFY(!model.firstHit());
        QVERIFY(browser_->list().emptyText().contains(QStringLiteral("No entity")));
        model.beginSearch({});
        QVERIFY(reordered.wait(2000));
        QTRY_COMPARE(firstIds(model, 2), (std::vector<EntityId>{EntityId{7}, EntityId{3}}));
        QCOMPARE(model.rowCount(), std::int64_t(999));
    }

    void whatTheTextIsLikelierToMeanStandsBeforeTheOtherHits()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        model.setPins({{QStringLiteral("order/order-88"), EntityId{88}}});
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->searchField().setFocus();
        browser_->searchField().setText(QStringLiteral("88"));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Return);
        model.setNamed({});
        model.addFound({EntityId{88}, EntityId{188}}, false);
        QCOMPARE(chosen.count(), 0);  // a better one may come yet
        model.setNamed({EntityId{88}});
        model.setNamed({EntityId{881}, EntityId{882}});
        model.addFound({EntityId{288}, EntityId{881}, EntityId{882}}, true);
        QTRY_COMPARE(chosen.count(), 1);
        QCOMPARE(chosen.first().at(0).value<EntityId>(), EntityId{88});
        QCOMPARE(firstIds(model, 5),
                 (std::vector<EntityId>{EntityId{88}, EntityId{882}, EntityId{881}, EntityId{288}, EntityId{188}}));
        QCOMPARE(browser_->countText(), QStringLiteral("5 of 999"));
    }

    void downAndEnterChooseAHitThoughAnotherIsSelected()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        browser_->setSelected(EntityId{300});
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        browser_->searchField().setFocus();
        browser_->searchField().setText(QStringLiteral("user-3"));
        QTRY_VERIFY(model.isSearching());
        reordered.clear();
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(browser_->list().currentRow(), qint64(1));
        QTest::keyClick(&browser_->searchField(), Qt::Key_Down);
        QCOMPARE(browser_->list().currentRow(), qint64(0));
        QTest::keyClick(&browser_->list(), Qt::Key_Return);
        QVERIFY(chosen.count() > 0);
        for (const auto& one : chosen) QCOMPARE(one.at(0).value<EntityId>(), EntityId{3});
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

    void groupsThatAreTurnedOnFarDownKeepTheSelectedRowInView()
    {
        show(999);
        EntityList& list = browser_->list();
        browser_->setSelected(EntityId{400});
        list.setTopRow(590);
        QSignalSpy reordered(&browser_->model(), &EntitiesModel::reordered);
        auto* button = browser_->findChild<QToolButton*>();
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        const auto [first, last] = list.visibleRows();
        QCOMPARE(idAt(browser_->model(), list.currentRow()), EntityId{400});
        QVERIFY(list.currentRow() >= first && list.currentRow() <= last);
        // Without a selected one the list begins with a heading.
        browser_->setSelected({});
        list.setTopRow(300);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(list.topRow(), qint64(0));
    }

    void aHitThatIsPinnedIsStillOneOfThoseFound()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.beginSearch(QStringLiteral("user-3"));
        reordered.clear();
        model.setNamed({EntityId{3}});
        model.addFound({EntityId{3}, EntityId{30}, EntityId{300}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.matching(), std::size_t{3});
        model.setPins({{QStringLiteral("user/user-30"), EntityId{30}}, {QStringLiteral("order/7"), EntityId{7}}});
        QCOMPARE(model.matching(), std::size_t{3});  // the other pin is none
        model.setPins({});
        QCOMPARE(model.matching(), std::size_t{3});
        QCOMPARE(model.rowCount(), std::int64_t(3));
        QVERIFY(model.rowOf(EntityId{30}));
    }

    void thereAreNoGroupsWhileOneSearchesAndTheButtonSaysSo()
    {
        show(999);
        QToolButton* groups = nullptr;
        for (QToolButton* one : browser_->findChildren<QToolButton*>())
            if (one->accessibleName() == QStringLiteral("Group by category")) groups = one;
        QVERIFY(groups != nullptr && groups->isEnabled());
        browser_->searchField().setText(QStringLiteral("user"));
        QTRY_VERIFY(!groups->isEnabled());
        QVERIFY(groups->toolTip().contains(QStringLiteral("what is found stands in one list")));
        browser_->searchField().clear();
        QTRY_VERIFY(groups->isEnabled());
    }

    void aPinIsTakenOutOfItsPlaceAndPutBackThere()
    {
        show(600);
        EntitiesModel& model = browser_->model();
        const auto before = firstIds(model, 600);
        model.setPins({{QStringLiteral("order/400"), EntityId{400}}});
        QCOMPARE(idAt(model, 0), EntityId{400});
        QCOMPARE(model.rowCount(), std::int64_t(600));
        model.setPins({});
        QVERIFY(firstIds(model, 600) == before);
        browser_->setGrouped(true);
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        QVERIFY(reordered.wait(2000));
        const auto grouped = firstIds(model, 603);
        model.setPins({{QStringLiteral("order/400"), EntityId{400}}});
        model.setPins({});
        QVERIFY(firstIds(model, 603) == grouped);
    }

    void pinningByClickByKeyAndByTheDotAgain()
    {
        show(300);
        Pins pins;
        join(pins);
        EntityList& list = browser_->list();
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.pinRect(4).center());
        QCOMPARE(pins.names(), QStringList{QStringLiteral("order/order-295")});
        QCOMPARE(chosen.count(), 0);  // a click on the dot chooses nothing
        QCOMPARE(idAt(browser_->model(), 0), EntityId{295});
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(3, 0).center());
        QTest::keyClick(&list, Qt::Key_Space);
        QCOMPARE(pins.names(), (QStringList{QStringLiteral("order/order-295"), QStringLiteral("user/user-297")}));
        QCOMPARE(list.currentRow(), qint64(1));  // the row went with its entity
        test::picture(*browser_, QStringLiteral("entities-pinned"));
        QTest::keyClick(&list, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(pins.names().first(), QStringLiteral("user/user-297"));
        QCOMPARE(list.currentRow(), qint64(0));
        QTest::keyClick(&list, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);  // it is the first: nothing
        QCOMPARE(pins.names().first(), QStringLiteral("user/user-297"));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.pinRect(0).center());
        QCOMPARE(pins.names(), QStringList{QStringLiteral("order/order-295")});
    }

    void aPinIsDraggedToAnotherPlaceAmongThePins()
    {
        show(30);
        Pins pins;
        join(pins);
        for (const char* name : {"a", "b", "c"})
            pins.add(QLatin1String(name), EntityId{static_cast<std::uint32_t>(name[0] - 'a')});
        EntityList& list = browser_->list();
        QTest::mousePress(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QTest::mouseMove(list.viewport(), list.cellRect(1, 0).center());
        QMouseEvent move(QEvent::MouseMove, list.cellRect(2, 0).center(),
                         list.viewport()->mapToGlobal(list.cellRect(2, 0).center()), Qt::NoButton, Qt::LeftButton,
                         Qt::NoModifier);
        QCoreApplication::sendEvent(list.viewport(), &move);
        QTest::mouseRelease(list.viewport(), Qt::LeftButton, {}, list.cellRect(2, 0).center());
        QCOMPARE(pins.names(), (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")}));
        QCOMPARE(list.currentRow(), qint64(2));
    }

    void aPinThatIsNotInThisWorkspaceSaysSoAndChoosesNothing()
    {
        show(30);
        Pins pins;
        join(pins);
        pins.add(QStringLiteral("user/nobody"));
        EntityList& list = browser_->list();
        QCOMPARE(browser_->model().at(0).kind, EntityLine::Kind::MissingPin);
        QVERIFY(list.rowText(0).contains(QStringLiteral("not in this workspace yet")));
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QTest::keyClick(&list, Qt::Key_Return);
        QCOMPARE(chosen.count(), 0);
        test::picture(*browser_, QStringLiteral("entities-missing-pin"));
        QTest::keyClick(&list, Qt::Key_Space);
        QVERIFY(pins.names().isEmpty());
    }

    void pinningFarDownLeavesInPlaceWhatOneLooksAt()
    {
        show(1000);
        Pins pins;
        join(pins);
        EntityList& list = browser_->list();
        list.setTopRow(200);
        const EntityId top = idAt(browser_->model(), 200);
        pins.add(QStringLiteral("user/0"), EntityId{0});
        QCOMPARE(list.topRow(), qint64(201));
        QCOMPARE(idAt(browser_->model(), list.topRow()), top);
        pins.remove(QStringLiteral("user/0"));
        QCOMPARE(list.topRow(), qint64(200));
        QCOMPARE(idAt(browser_->model(), list.topRow()), top);
    }

    void groupsHaveHeadsThatOpenAndClose()
    {
        show(999);
        EntitiesModel& model = browser_->model();
        EntityList& list = browser_->list();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        auto* button = browser_->findChild<QToolButton*>();
        QCOMPARE(button->accessibleName(), QStringLiteral("Group by category"));
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.rowCount(), std::int64_t(1002));
        QCOMPARE(list.rowText(0), QStringLiteral("order, 333 entities, open"));  // by name
        QCOMPARE(idAt(model, 1), EntityId{997});
        test::picture(*browser_, QStringLiteral("entities-groups"));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.cellRect(0, 0).center());
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 333));
        QCOMPARE(list.rowText(1), QStringLiteral("public.users, 333 entities, open"));
        list.setFocus();
        list.setCurrentRow(1);
        QTest::keyClick(&list, Qt::Key_Left);
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 666));
        QCOMPARE(list.currentRow(), qint64(1));
        QTest::keyClick(&list, Qt::Key_Right);
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 333));
        QTest::keyClick(&list, Qt::Key_Down);
        QTest::keyClick(&list, Qt::Key_Left);  // from an entity to the head of its group
        QCOMPARE(list.currentRow(), qint64(1));
        QTest::keyClick(&list, Qt::Key_Space);
        QVERIFY(browser_->searchField().text().isEmpty());
        QCOMPARE(model.rowCount(), std::int64_t(1002 - 666));
        // What a search finds is one list.
        browser_->searchField().setText(QStringLiteral("u"));
        QTRY_VERIFY(model.isSearching());
        model.setNamed({});
        model.addFound({EntityId{3}, EntityId{9}, EntityId{4}}, true);
        QTRY_COMPARE(idAt(model, 0), EntityId{9});
        QVERIFY(model.lines().groups().empty());
        browser_->searchField().clear();
        QTRY_COMPARE(model.rowCount(), std::int64_t(1002 - 666));  // still closed
    }

    void newEntitiesMoveNoRowOfAGroupWhileOneLooks()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        browser_->setGrouped(true);
        QVERIFY(reordered.wait(2000));
        browser_->list().setTopRow(50);
        model.setPins({{QStringLiteral("user/0"), EntityId{0}}});
        const auto before = firstIds(model, 303);
        reordered.clear();
        model.setDirectory(test::directoryOf(360));
        QTest::qWait(1300);
        QCOMPARE(reordered.count(), 0);
        QVERIFY(firstIds(model, 303) == before);
        QCOMPARE(model.rowCount(), std::int64_t(303 + 61));  // under a head of their own
        QVERIFY(browser_->list().rowText(303).startsWith(QStringLiteral("just arrived, 60")));
        browser_->list().setTopRow(0);
        QVERIFY(reordered.wait(3000));
        QCOMPARE(model.rowCount(), std::int64_t(363));
        QCOMPARE(idAt(model, 0), EntityId{0});
    }

    void previousAndNextGoAlongTheListAsItIsShown()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        QSignalSpy chosen(browser_.get(), &EntityBrowser::entityChosen);
        browser_->chooseNext(1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{299});
        for (int i = 0; i < 4; ++i) browser_->chooseNext(1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{295});
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        browser_->setGrouped(true);
        QVERIFY(reordered.wait(2000));
        browser_->setSelected(EntityId{1});  // the last of the orders
        browser_->chooseNext(1);             // over the head of the next group
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{299});
        browser_->chooseNext(-1);
        QVERIFY(chosen.wait(1000));
        QCOMPARE(chosen.takeLast().at(0).value<EntityId>(), EntityId{1});
    }

    void displayNamesAreShownAndFound()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        model.addDisplayNames({{EntityId{297}, QStringLiteral("Alice Smith"), 1}, {EntityId{296}, QStringLiteral("Robert"), 1}});
        QCOMPARE(model.displayName(EntityId{297}), QStringLiteral("Alice Smith"));
        QVERIFY2(browser_->list().rowText(2).startsWith(QStringLiteral("Alice Smith, user/user-297")),
                 qPrintable(browser_->list().rowText(2)));
        test::picture(*browser_, QStringLiteral("entities-names"));
        model.beginSearch(QStringLiteral("alice"));
        model.setNamed({});
        QCOMPARE(idAt(model, 0), EntityId{297});
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.addFound({EntityId{5}}, true);
        QVERIFY(reordered.wait(2000));
        QCOMPARE(model.rowCount(), std::int64_t(2));
        QCOMPARE(idAt(model, 0), EntityId{297});
    }

    void namesThatWereNeverInViewAreFoundAsOneAfterTheOtherIsLookedAt()
    {
        show(300);
        EntitiesModel& model = browser_->model();
        browser_->searchField().setText(QStringLiteral("alice"));
        QTRY_COMPARE(model.searchText(), QStringLiteral("alice"));
        model.setNamed({});
        model.addCalled({EntityId{7}}, 100, 300);  // before the ids have been looked through
        QCOMPARE(model.rowCount(), std::int64_t(1));
        model.addFound({EntityId{7}, EntityId{5}}, true);
        QVERIFY(model.isLookingAtNames());
        QCOMPARE(browser_->countText(), QStringLiteral("2 · names: 100 of 300 looked at"));
        model.addCalled({EntityId{5}, EntityId{200}}, 220, 300);
        QCOMPARE(model.rowCount(), std::int64_t(3));  // each of them once
        model.addCalled({EntityId{299}}, 300, 300);
        QVERIFY(!model.isLookingAtNames());
        QTRY_COMPARE(idAt(model, 0), EntityId{299});  // in order, once all are there
        QCOMPARE(model.rowCount(), std::int64_t(4));
        QCOMPARE(browser_->countText(), QStringLiteral("4 of 300"));

        browser_->searchField().setText(QStringLiteral("nobody"));
        QTRY_COMPARE(model.searchText(), QStringLiteral("nobody"));
        model.setNamed({});
        model.addFound({}, true);
        model.addCalled({}, 120, 300);
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("No id holds “nobody”"));
        model.addCalled({}, 300, 300);
        QCOMPARE(browser_->list().emptyText(), QStringLiteral("No entity holds “nobody”"));
        // One that is over says nothing any more.
        browser_->searchField().clear();
        model.addCalled({EntityId{1}}, 1, 300);
        QTRY_COMPARE(browser_->countText(), QStringLiteral("300"));
        QTRY_COMPARE(model.rowCount(), std::int64_t(300));
    }

    void displayNamesAreAskedForOnceAndAgainWhenThereAreMoreEvents()
    {
        EntityNames names;
        const std::vector<EntityId> ids{EntityId{1}, EntityId{2}};
        QCOMPARE(names.displayWanted(ids, {5, 5}), ids);
        QVERIFY(names.displayWanted(ids, {5, 5}).empty());
        names.add({{EntityId{1}, QStringLiteral("A"), 5}, {EntityId{2}, {}, 5}}, ids);
        QVERIFY(names.displayWanted(ids, {5, 5}).empty());
        QCOMPARE(names.displayWanted(ids, {5, 6}), std::vector<EntityId>{EntityId{2}});
        QVERIFY(names.displayWanted(ids, {6, 6}).empty());  // not all the time
    }

    void aMillionWithPinsAndGroupsHoldTheWindowUpNowhere()
    {
        const auto directory = test::directoryOf(1'000'000);
        EntitiesModel& model = browser_->model();
        QSignalSpy reordered(&model, &EntitiesModel::reordered);
        model.setDirectory(directory);
        QVERIFY(reordered.wait(60'000));
        qint64 worst = 0;
        // The thread's own time: other programs on the machine are not to count.
        const auto now = [] {
            timespec time{};
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
            return qint64{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
        };
        const auto timed = [&](auto run) {
            const qint64 before = now();
            run();
            worst = std::max(worst, now() - before);
        };
        std::vector<Pins::Pin> pins;
        for (std::uint32_t i = 0; i < 20; ++i) pins.push_back({QStringLiteral("p/%1").arg(i), EntityId{i * 49'999}});
        timed([&] { browser_->setGrouped(true); });
        QVERIFY(reordered.wait(60'000));
        for (std::size_t i = 1; i <= pins.size(); ++i)
            timed([&] { model.setPins({pins.begin(), pins.begin() + static_cast<std::ptrdiff_t>(i)}); });
        timed([&] { model.setGroupOpen(20, false); });
        timed([&] { browser_->list().setTopRow(500'000); });
        timed([&] { browser_->list().grab(); });
        timed([&] { browser_->setSelected(EntityId{17}); });
        timed([&] { browser_->chooseNext(1); });
        timed([&] { model.setAllGroupsOpen(true); });
        timed([&] { model.setPins({pins.begin() + 1, pins.end()}); });
        std::vector<EntityId> batch;
        for (std::uint32_t i = 0; i < 50'000; ++i) batch.emplace_back(i);
        timed([&] { model.beginSearch(QStringLiteral("user")); });
        model.setNamed({});
        timed([&] { model.addFound(batch, false); });
        timed([&] {
            model.setDirectory(test::directoryOf(1));
            model.setDirectory({});
        });
        qInfo("the longest of these: %lld µs", static_cast<long long>(worst));
        QVERIFY2(worst < 8000, qPrintable(QString::number(worst)));
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
    void join(Pins& pins)
    {
        EntitiesModel& model = browser_->model();
        connect(&pins, &Pins::changed, &model, [&] { model.setPins(pins.all()); });
        connect(browser_.get(), &EntityBrowser::pinWanted, &pins, [&](const QString& name, EntityId id) { pins.add(name, id); });
        connect(browser_.get(), &EntityBrowser::unpinWanted, &pins, &Pins::remove);
        connect(browser_.get(), &EntityBrowser::pinOrderWanted, &pins, &Pins::setNames);
    }
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
