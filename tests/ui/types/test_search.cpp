#include "tests/ui/types/types_fixture.h"
#include "ui/look/elide.h"
#include "ui/types/type_search.h"

#include <QLineEdit>

#include <optional>

using namespace hindcast;
using namespace hindcast::ui;
using test::listedNames;
using test::manyCounts;
using test::manyName;

class TestSearch final : public test::TypesFixture {
    Q_OBJECT
private slots:
    void initTestCase() { theme_.apply(); }
    void init() { prepare(); }

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

    void whereNoTypeIsFoundTheFocusStaysInTheField()
    {
        names_ = manyName;
        model().setEntityCounts(manyCounts(20));
        QTest::keyClick(&list(), 'z');
        QVERIFY(panel_->searchField().hasFocus());
        QTest::keyClicks(&panel_->searchField(), QStringLiteral("zzz"));
        QCOMPARE(model().rowCount(), std::int64_t(0));
        QTest::keyClick(&panel_->searchField(), Qt::Key_Return);
        QTest::keyClick(&panel_->searchField(), Qt::Key_Down);
        QVERIFY(panel_->searchField().hasFocus());
    }

    void onlyThoseFoundIsOneChoice()
    {
        show();
        panel_->searchField().setText(QStringLiteral("order"));
        trigger(QStringLiteral("Only the 2 found"));
        QVERIFY(filter_->shows(TypeId{test::OrderPlaced}) && filter_->shows(TypeId{test::OrderCancelled}));
        QVERIFY(!filter_->shows(TypeId{test::UserDeleted}));
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
};

QTEST_MAIN(TestSearch)
#include "test_search.moc"
