#include "tests/ui/types/types_fixture.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using test::listedNames;

class TestTypes final : public test::TypesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

    void theMostFrequentTypesStandFirstWithTheirCounts()
    {
        show();
        QCOMPARE(listedNames(model()), (QStringList{QStringLiteral("OrderPlaced"), QStringLiteral("AddressChanged"),
                                                    QStringLiteral("AddressAdded"), QStringLiteral("OrderCancelled"),
                                                    QStringLiteral("UserDeleted"), QStringLiteral("UserRegistered")}));
        QCOMPARE(list().rowText(0), QStringLiteral("OrderPlaced, 8 events, shown"));
        QVERIFY(!panel_->showAllButton().isVisible());
        QVERIFY(!panel_->searchField().isVisible());
        const QImage image = test::picture(*panel_, QStringLiteral("types"));
        QVERIFY(test::countOf(image, theme_.series(2)) > 30);
    }

    void byNameAndAllAreAChoiceInTheMenu()
    {
        show();
        model().setAllCounts({{TypeId{0}, 8412}, {TypeId{2}, 21'377}, {TypeId{5}, 42}});
        trigger(QStringLiteral("All"));
        QCOMPARE(model().total(), std::size_t{3});
        QCOMPARE(list().rowText(0), QStringLiteral("OrderPlaced, 21\u2009377 events, shown"));
        trigger(QStringLiteral("By name"));
        QCOMPARE(listedNames(model()),
                 (QStringList{QStringLiteral("OrderPlaced"), QStringLiteral("UserDeleted"), QStringLiteral("UserRegistered")}));
        test::picture(*panel_, QStringLiteral("types-all"));
    }

    void clickingTheBoxHidesATypeAndTheBarSaysHowManyAreHidden()
    {
        show();
        click(list().boxRect(1).center());
        QVERIFY(!filter_->shows(TypeId{test::AddressChanged}));
        QVERIFY(list().rowText(1).endsWith(QStringLiteral("hidden")));
        QCOMPARE(panel_->note(), QStringLiteral("1 of 6 hidden"));
        QVERIFY(panel_->showAllButton().isVisible());
        QTest::mouseMove(list().viewport(), QPoint(5, 200));
        test::picture(*panel_, QStringLiteral("types-hidden"));
        QTest::mouseClick(&panel_->showAllButton(), Qt::LeftButton);
        QVERIFY(!filter_->hidesAny());
        QVERIFY(!panel_->showAllButton().isVisible());
    }

    void twoQuickClicksOnABoxLeaveItAsItWas()
    {
        show();
        const QPoint box = list().boxRect(1).center();
        click(box);
        QTest::mouseDClick(list().viewport(), Qt::LeftButton, {}, box);
        // press, press of the double click, double click: QTest sends all three
        QCOMPARE(filter_->hidesAny(), false);
        QVERIFY(!filter_->choice().only);
    }

    void aDoubleClickOnTheNameShowsOnlyThatType()
    {
        show();
        QTest::mouseDClick(list().viewport(), Qt::LeftButton, {}, list().boxRect(2).center() + QPoint(60, 0));
        QVERIFY(filter_->shows(TypeId{test::AddressAdded}));
        QVERIFY(!filter_->shows(TypeId{test::OrderPlaced}));
        QCOMPARE(panel_->note(), QStringLiteral("5 of 6 hidden"));
    }

    void theWordOnARowThatIsPointedAtShowsOnlyItAndThenAllAgain()
    {
        show();
        click(list().onlyRect(0).center());
        QVERIFY(model().isOnly(0));
        test::picture(*panel_, QStringLiteral("types-only"));
        click(list().onlyRect(0).center());
        QVERIFY(!filter_->hidesAny());
    }

    void everythingCanBeDoneByKeyboard()
    {
        show();
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_Down);
        QTest::keyClick(&list(), Qt::Key_Down);
        QCOMPARE(list().currentRow(), qint64(1));
        QTest::keyClick(&list(), Qt::Key_Space);
        QVERIFY(!filter_->shows(TypeId{test::AddressChanged}));
        QTest::keyClick(&list(), Qt::Key_Space);
        QVERIFY(filter_->shows(TypeId{test::AddressChanged}));
        QTest::keyClick(&list(), Qt::Key_Return);
        QVERIFY(model().isOnly(1));
        QTest::keyClick(&list(), Qt::Key_A, Qt::ControlModifier);
        QVERIFY(!filter_->hidesAny());
        QSignalSpy steps(panel_.get(), &TypesPanel::stepWanted);
        QTest::keyClick(&list(), Qt::Key_Right);
        QTest::keyClick(&list(), Qt::Key_Left);
        QCOMPARE(steps.count(), 2);
        QCOMPARE(steps.at(0).at(0).value<TypeId>(), TypeId{test::AddressChanged});
        QCOMPARE(steps.at(0).at(1).toBool(), true);
        QCOMPARE(steps.at(1).at(1).toBool(), false);
        QTest::keyClick(&list(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("AddressChanged"));
    }

    void whatIsHiddenElsewhereIsSaidToo()
    {
        show();
        filter_->setShown(TypeId{77}, false);  // not of this entity
        QCOMPARE(panel_->note(), QStringLiteral("none of these is hidden"));
        QVERIFY(panel_->showAllButton().isVisible());
    }

    void theMenuOfARowOffersWhatCanBeDoneWithIt()
    {
        show();
        QSignalSpy steps(panel_.get(), &TypesPanel::stepWanted);
        menuAction(0, QStringLiteral("Next event of this type"))->trigger();
        QCOMPARE(steps.count(), 1);
        menuAction(0, QStringLiteral("Hide"))->trigger();
        QVERIFY(!filter_->shows(TypeId{test::OrderPlaced}));
        menuAction(0, QStringLiteral("Only this type"))->trigger();
        QVERIFY(model().isOnly(0));
        menuAction(0, QStringLiteral("Copy name"))->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("OrderPlaced"));
        model().setAllCounts({{TypeId{0}, 3}, {TypeId{6}, 9}});
        trigger(QStringLiteral("All"));
        QVERIFY(!menuAction(0, QStringLiteral("Next event of this type"))->isEnabled());  // not of this entity
    }

    void whenAllAreShownAgainTheKeyboardStaysInThePanel()
    {
        show();
        QApplication::setActiveWindow(panel_.get());
        QVERIFY(QTest::qWaitForWindowActive(panel_.get()));
        filter_->setShown(TypeId{test::OrderPlaced}, false);
        panel_->showAllButton().setFocus();
        QVERIFY(panel_->showAllButton().hasFocus());
        panel_->showAllButton().click();
        QVERIFY(!panel_->showAllButton().isVisible());
        QVERIFY(list().hasFocus());
    }

    void inANarrowPanelTheScopeIsSaidInFewerWords()
    {
        show();
        QToolButton* scope = nullptr;
        for (auto* button : panel_->findChildren<QToolButton*>())
            if (button->menu() == &panel_->scopeMenu()) scope = button;
        QVERIFY(scope != nullptr);
        QCOMPARE(scope->text(), QStringLiteral("in this entity"));
        panel_->resize(200, 260);
        panel_->grab();
        QVERIFY(scope->text() != QStringLiteral("in this entity"));
        QVERIFY2(scope->width() >= scope->sizeHint().width(), qPrintable(scope->text()));
        panel_->resize(270, 260);
        panel_->grab();
        QCOMPARE(scope->text(), QStringLiteral("in this entity"));
    }

    void aPanelThatIsNarrowFromTheStartSaysItInFewerWords()
    {
        TypesPanel narrow(theme_);
        narrow.resize(200, 260);
        narrow.show();
        QVERIFY(QTest::qWaitForWindowExposed(&narrow));
        for (const auto* button : narrow.findChildren<QToolButton*>())
            if (button->menu() == &narrow.scopeMenu()) {
                QVERIFY(button->text() != QStringLiteral("in this entity"));
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
            }
    }

    void foldedOnlyTheTitleIsLeft()
    {
        show();
        QTest::mouseClick(&panel_->foldButton(), Qt::LeftButton);
        QVERIFY(panel_->isFolded());
        QCOMPARE(panel_->maximumHeight(), 32);
        QVERIFY(!list().isVisible());
        QTest::mouseClick(&panel_->foldButton(), Qt::LeftButton);
        QVERIFY(list().isVisible());
    }

    void emptyAndLoadingAreSaid()
    {
        panel_->setState(TypesPanel::State::NoWorkspace);
        QCOMPARE(list().emptyText(), QStringLiteral("No event types yet"));
        panel_->setState(TypesPanel::State::NoEntities);
        QCOMPARE(list().emptyText(), QStringLiteral("No entities yet"));
        panel_->setState(TypesPanel::State::NoEntity);
        QVERIFY(list().emptyText().contains(QStringLiteral("Select an entity")));
        test::picture(*panel_, QStringLiteral("types-empty"));
        panel_->setState(TypesPanel::State::Loading);
        QCOMPARE(list().emptyText(), QStringLiteral("Reading the history…"));
    }

    void everyWidgetHasAName()
    {
        show();
        for (const QWidget* one : panel_->findChildren<QWidget*>())
            if (one->focusPolicy() != Qt::NoFocus) QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
    }
};

QTEST_MAIN(TestTypes)
#include "test_types.moc"
