#include "tests/ui/fixtures.h"
#include "ui/look/elide.h"
#include "ui/types/type_search.h"
#include "ui/types/types_list.h"
#include "ui/types/types_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

QString manyName(TypeId type)
{
    static const char* const kEnds[] = {"Placed", "Cancelled", "AddressChanged", "RefundRequested", "Shipped"};
    return QStringLiteral("com.example.commerce.fulfilment.orders.v2.Order%1%2").arg(kEnds[type.value % 5]).arg(type.value);
}

TypesModel::Counts manyCounts(std::uint32_t count)
{
    TypesModel::Counts counts;
    for (std::uint32_t i = 0; i < count; ++i) counts[TypeId{i}] = 1 + (i * 7919ULL) % 10'007;
    return counts;
}

QStringList listedNames(const TypesModel& model)
{
    QStringList names;
    for (std::int64_t row = 0; row < model.rowCount(); ++row) names << model.name(row);
    return names;
}

}  // namespace

class TestTypes final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }

    void init()
    {
        filter_ = std::make_unique<TypeFilter>();
        panel_ = std::make_unique<TypesPanel>(theme_);
        panel_->resize(270, 260);
        panel_->setState(TypesPanel::State::Ready);
        names_ = test::typeName;
        model().setLookups({[this](TypeId type) { return names_(type); },
                            [](TypeId type) { return type.value < 7 ? static_cast<int>(type.value) : -1; }});
        connect(panel_.get(), &TypesPanel::shownWanted, filter_.get(), &TypeFilter::setShown);
        connect(panel_.get(), &TypesPanel::allWanted, filter_.get(), &TypeFilter::showAll);
        connect(panel_.get(), &TypesPanel::onlyWanted, filter_.get(),
                [this](const std::vector<TypeId>& types) { filter_->setChoice({true, {types.begin(), types.end()}}); });
        connect(filter_.get(), &TypeFilter::changed, panel_.get(), [this] { model().setChoice(filter_->choice()); });
        QTest::mouseMove(panel_.get(), QPoint(5, 5));
        panel_->show();
        QVERIFY(QTest::qWaitForWindowExposed(panel_.get()));
    }

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

    void typingSearchesAndEscapeEndsIt()
    {
        show();
        list().setFocus();
        QTest::keyClick(&list(), 'o');
        QVERIFY(panel_->searchField().hasFocus());
        QTest::keyClicks(&panel_->searchField(), QStringLiteral("rderc"));
        QCOMPARE(listedNames(model()), QStringList{QStringLiteral("OrderCancelled")});
        QTest::keyClick(&panel_->searchField(), Qt::Key_Return);
        QVERIFY(list().hasFocus());
        QTest::keyClick(&list(), Qt::Key_Space);
        QVERIFY(!filter_->shows(TypeId{test::OrderCancelled}));
        panel_->searchField().setFocus();
        QTest::keyClick(&panel_->searchField(), Qt::Key_Escape);
        QCOMPARE(model().rowCount(), std::int64_t(6));
        panel_->searchField().setText(QStringLiteral("zzz"));
        QVERIFY(list().emptyText().contains(QStringLiteral("“zzz”")));
    }

    void onlyThoseFoundIsOneChoice()
    {
        show();
        panel_->searchField().setText(QStringLiteral("order"));
        trigger(QStringLiteral("Only the 2 found"));
        QVERIFY(filter_->shows(TypeId{test::OrderPlaced}) && filter_->shows(TypeId{test::OrderCancelled}));
        QVERIFY(!filter_->shows(TypeId{test::UserDeleted}));
    }

    void whatIsHiddenElsewhereIsSaidToo()
    {
        show();
        filter_->setShown(TypeId{77}, false);  // not of this entity
        QCOMPARE(panel_->note(), QStringLiteral("none of these is hidden"));
        QVERIFY(panel_->showAllButton().isVisible());
    }

    void threeHundredTypesWithLongNamesAreNamedOnceAndSearched()
    {
        int asked = 0;
        names_ = [&asked](TypeId type) {
            ++asked;
            return manyName(type);
        };
        model().setEntityCounts(manyCounts(300));
        panel_->grab();
        QCOMPARE(asked, 300);
        QVERIFY(panel_->searchField().isVisible());
        for (int i = 0; i < 100; ++i) {
            auto counts = manyCounts(300);
            counts[TypeId{static_cast<std::uint32_t>(i)}] += 20'000;
            model().setEntityCounts(std::move(counts));
        }
        QCOMPARE(asked, 300);  // other figures are no reason to name them anew
        names_ = manyName;
        panel_->resize(270, 420);
        filter_->setShown(model().idAt(1), false);
        filter_->setShown(model().idAt(3), false);
        const QImage light = test::picture(*panel_, QStringLiteral("types-300"));
        QVERIFY(test::countOf(light, theme_.color(Theme::Role::Panel)) > light.width() * light.height() / 3);
        theme_.setScheme(Theme::Scheme::Dark);
        const QImage dark = test::picture(*panel_, QStringLiteral("types-300-dark"));
        QVERIFY(test::countOf(dark, theme_.color(Theme::Role::Panel)) > dark.width() * dark.height() / 3);
        theme_.setScheme(Theme::Scheme::Light);
        panel_->searchField().setText(QStringLiteral("refund"));
        QCOMPARE(model().rowCount(), std::int64_t(60));
    }

    void aLongNameIsCutInItsMiddleAndKeepsMoreOfItsEnd()
    {
        const QFontMetrics metrics(theme_.text());
        const QString name = manyName(TypeId{120});
        const QString cut = elidedName(name, metrics, 140);
        QVERIFY2(cut.startsWith(QStringLiteral("com")) && cut.endsWith(QStringLiteral("Placed120")), qPrintable(cut));
        QVERIFY(metrics.horizontalAdvance(cut) <= 140);
        QVERIFY(metrics.horizontalAdvance(cut) > 120);
        QCOMPARE(elidedName(QStringLiteral("OrderPlaced"), metrics, 140), QStringLiteral("OrderPlaced"));
        QCOMPARE(elidedName(name, metrics, 1), QString(QChar(0x2026)));
    }

    void ofNamesThatDifferInTheirMiddleThatIsWhatIsLeft()
    {
        const QFontMetrics metrics(theme_.text());
        const auto name = [](const char* middle) {
            return QStringLiteral("com.example.commerce.orders.%1.acceptedByTheWarehouse").arg(QLatin1String(middle));
        };
        const std::vector<QString> names{name("Placed"), name("PlacedAgain"), name("Returned"), QStringLiteral("UserRegistered")};
        QStringList cut;
        for (const QString& one : names) {
            cut << elidedAmong(one, names, metrics, 150);
            QVERIFY2(metrics.horizontalAdvance(cut.back()) <= 150, qPrintable(cut.back()));
        }
        QVERIFY2(cut[0].contains(QStringLiteral("Placed.")), qPrintable(cut[0]));
        QVERIFY2(cut[1].contains(QStringLiteral("PlacedAgain")), qPrintable(cut[1]));
        QVERIFY2(cut[2].contains(QStringLiteral("Returned")), qPrintable(cut[2]));
        QCOMPARE(cut[3], names[3]);
        // Two long stretches that differ: it is cut where the one most like it parts.
        const auto twice = [](const char* middle) {
            return QStringLiteral("begin-").repeated(5) + QStringLiteral("%1-between").arg(QLatin1String(middle)).repeated(6) +
                   QStringLiteral("-the-same-at-the-end");
        };
        const std::vector<QString> two{twice("A"), twice("B")};
        QVERIFY(elidedAmong(two[0], two, metrics, 120).startsWith(QStringLiteral("…A-between")));
        QVERIFY(elidedAmong(two[1], two, metrics, 120).startsWith(QStringLiteral("…B-between")));
        // Nothing alike: as a name by itself is cut.
        QCOMPARE(elidedAmong(names[0], std::vector{names[0], names[3]}, metrics, 150), elidedName(names[0], metrics, 150));
    }

    void whateverArrivesNoRowInViewChangesItsPlaceUntilThatIsAskedFor()
    {
        show();
        TypesModel::Counts counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        counts[TypeId{6}] = 500;  // a type that is met for the first time
        QSignalSpy reordered(&model(), &TypesModel::reordered);
        const auto before = model().listed();
        model().setEntityCounts(counts);
        QCOMPARE(reordered.count(), 0);
        auto now = model().listed();
        QCOMPARE(now.size(), before.size() + 1);
        now.pop_back();
        QVERIFY(now == before);
        QCOMPARE(model().count(model().rowOf(TypeId{test::UserDeleted})), std::uint64_t{99});
        QVERIFY(model().isStale());
        trigger(QStringLiteral("Most frequent first, by now"));
        QCOMPARE(reordered.count(), 1);
        QCOMPARE(model().idAt(0), TypeId{6});
        QCOMPARE(model().idAt(1), TypeId{test::UserDeleted});
    }

    void rowsThatNobodyLooksAtAreInTheirOrder()
    {
        names_ = manyName;
        model().setEntityCounts(manyCounts(300));
        panel_->grab();
        const auto [first, last] = list().visibleRows();
        QVERIFY(last < 100);
        const auto before = model().listed();
        // Beneath what is in view they change places; one that belongs into the view waits.
        auto counts = manyCounts(300);
        counts[before[250]] = counts[before[150]] + 1;
        model().setEntityCounts(counts);
        QVERIFY(model().rowOf(before[250]) <= 151);
        QVERIFY(!model().isStale());
        counts[before[280]] = 1'000'000;
        model().setEntityCounts(counts);
        QVERIFY(model().isStale());
        for (auto row = first; row <= last; ++row) QCOMPARE(model().idAt(row), before[static_cast<std::size_t>(row)]);
        // Folded away, nothing is in view.
        panel_->setFolded(true);
        QCOMPARE(model().idAt(0), before[280]);
        panel_->setFolded(false);
        QCOMPARE(model().idAt(0), before[280]);
    }

    void anotherEntityOfTheSameTypesIsPutInOrder()
    {
        show();
        auto counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        model().setEntityCounts(counts, true);
        QCOMPARE(model().idAt(0), TypeId{test::UserDeleted});
    }

    void theRowThatOneStandsUponIsStillTheCurrentOne()
    {
        show();
        list().setFocus();
        QTest::keyClick(&list(), Qt::Key_Down);
        TypesModel::Counts counts = userCounts();
        counts[TypeId{test::UserDeleted}] = 99;
        model().setEntityCounts(counts);
        QCOMPARE(model().idAt(0), TypeId{test::OrderPlaced});
        // Another question of the user's puts them in order; the row that was stood upon is still the current one.
        trigger(QStringLiteral("By name"));
        QCOMPARE(model().idAt(list().currentRow()), TypeId{test::OrderPlaced});
    }

    void anotherEntityIsPutInOrderAtOnce()
    {
        show();
        model().setEntityCounts({{TypeId{4}, 1}, {TypeId{5}, 2}});
        QCOMPARE(model().rowCount(), std::int64_t(2));
        QCOMPARE(model().idAt(0), TypeId{5});
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
        panel_->setState(TypesPanel::State::NoEntity);
        QVERIFY(list().emptyText().contains(QStringLiteral("Select an entity")));
        test::picture(*panel_, QStringLiteral("types-empty"));
        panel_->setState(TypesPanel::State::Loading);
        QCOMPARE(list().emptyText(), QStringLiteral("Reading the history…"));
    }

    void theNextAndPreviousEventOfATypeAreFoundAndTheEndsAreSaid()
    {
        const auto history = test::userHistory();
        const auto next = [&](std::uint64_t from, test::Type type) {
            return nextOfType(*history, TypeId{type}, Version{from}, true, 100).found.value_or(Version{}).value;
        };
        const auto previous = [&](std::uint64_t from, test::Type type) {
            return nextOfType(*history, TypeId{type}, Version{from}, false, 100).found.value_or(Version{}).value;
        };
        QCOMPARE(next(9, test::OrderPlaced), 10U);
        QCOMPARE(next(0, test::UserRegistered), 1U);
        QCOMPARE(next(1, test::UserRegistered), 0U);
        QCOMPARE(next(14, test::UserDeleted), 0U);
        QCOMPARE(previous(9, test::OrderPlaced), 8U);
        QCOMPARE(previous(3, test::OrderPlaced), 0U);
        QCOMPARE(previous(15, test::UserDeleted), 14U);  // from behind the last one
        QCOMPARE(previous(0, test::UserDeleted), 0U);
        QVERIFY(nextOfType(*history, TypeId{test::UserRegistered}, Version{5}, true, 100).exhausted);
        const TypeSearch given = nextOfType(*history, TypeId{test::UserDeleted}, Version{1}, true, 5);
        QVERIFY(!given.found && !given.exhausted);
        QCOMPARE(given.reached, Version{6});
        QCOMPARE(nextOfType(*history, TypeId{test::UserDeleted}, given.reached, true, 100).found, std::optional(Version{14}));
    }

    void everyWidgetHasAName()
    {
        show();
        for (const QWidget* one : panel_->findChildren<QWidget*>())
            if (one->focusPolicy() != Qt::NoFocus) QVERIFY2(!one->accessibleName().isEmpty(), one->metaObject()->className());
    }

private:
    [[nodiscard]] TypesModel& model() { return panel_->model(); }
    [[nodiscard]] TypesList& list() { return panel_->list(); }
    static TypesModel::Counts userCounts()
    {
        return {{TypeId{test::UserRegistered}, 1}, {TypeId{test::AddressAdded}, 1},   {TypeId{test::OrderPlaced}, 8},
                {TypeId{test::AddressChanged}, 2}, {TypeId{test::OrderCancelled}, 1}, {TypeId{test::UserDeleted}, 1}};
    }
    void show()
    {
        model().setEntityCounts(userCounts());
        panel_->grab();
    }
    void click(const QPoint& position) { QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, position); }
    void trigger(const QString& text)
    {
        emit panel_->scopeMenu().aboutToShow();
        for (QAction* action : panel_->scopeMenu().actions())
            if (action->text() == text) return action->trigger();
        QFAIL(qPrintable(text));
    }
    QAction* menuAction(qint64 row, const QString& text)
    {
        for (auto* menu : panel_->findChildren<QMenu*>())
            if (menu != &panel_->scopeMenu()) delete menu;
        emit list().menuWanted(row, panel_ -> mapToGlobal(QPoint(20, 20)));
        for (auto* menu : panel_->findChildren<QMenu*>()) {
            if (menu == &panel_->scopeMenu()) continue;
            menu->hide();
            for (QAction* action : menu->actions())
                if (action->text().section(QLatin1Char('\t'), 0, 0) == text) return action;
        }
        qFatal("no such action: %s", qPrintable(text));
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<TypeFilter> filter_;
    std::unique_ptr<TypesPanel> panel_;
    std::function<QString(TypeId)> names_;
};

QTEST_MAIN(TestTypes)
#include "test_types.moc"
