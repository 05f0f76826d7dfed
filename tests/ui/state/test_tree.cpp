// The tree of the state: lines, open and closed, found, kept, copied.
#include "tests/ui/state/state_fixture.h"
#include "ui/state/aligned_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/find_bar.h"
#include "ui/state/hex_view.h"
#include "ui/state/value_popup.h"

#include <QLineEdit>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;

class TestTree final : public StateFixture {
    Q_OBJECT
private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void theStateIsATreeOfExactValues()
    {
        show();
        QCOMPARE(inspector_->where(), QStringLiteral("v9 of 14 · life complete"));
        QCOMPARE(page().title(), QStringLiteral("#9 AddressChanged changed"));
        QCOMPARE(page().changes().rowCount(), qint64(3));
        const QString text = printed(tree());
        QVERIFY2(text.startsWith(
                     QStringLiteral("id: \"user-123\"\nname: \"Alice Smith\"\n*address: \"456 Oak Ave\"\n+addressChangedAt: ")),
                 qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("orders: 3 items\n  0: 8838 · 20.00\n")), qPrintable(text));
        QVERIFY(text.contains(
            QStringLiteral("score: 123456789012345678901234567890\nnickname: null\nnote: \"\"\ntags: []\nprofile: {}\n")));
        const QImage image = test::picture(*inspector_, QStringLiteral("state"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::ChangedSoft)) > 5000);
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::AddedSoft)) > 5000);
        QCOMPARE(test::countOf(image, theme_.color(Theme::Role::Playhead)), 0);
    }

    void setByNamesTheEventAndLeadsThere()
    {
        show();
        const auto row = static_cast<qint64>(*tree().rows().find("/spent"));
        QCOMPARE(tree().setBy(row), std::optional(Version{8}));
        QVERIFY(tree().rowText(row).endsWith(QStringLiteral("set by #8 OrderPlaced")));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        tree().ensureVisible(row);
        const QRect cell = tree().cellRect(row, StateTree::SetBy);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 12, cell.center().y()));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).value<Version>(), Version{8});
    }

    void aheadOfWhatIsKnownNoOlderEventIsNamed()
    {
        inspector_->setHistory(test::userHistory());
        auto ahead = std::make_shared<StateView>(*test::userState());
        ahead->state.version = Version{12};
        ahead->provenanceTo = Version{9};
        inspector_->setState(ahead);
        const auto by = [&](const char* pointer) { return tree().setBy(static_cast<qint64>(*tree().rows().find(pointer))); };
        QCOMPARE(by("/address"), std::optional(Version{12}));  // its changes say so
        QCOMPARE(by("/spent"), std::optional<Version>());      // any of 10 and 11 may have set it, too
        tree().reveal(QStringLiteral("/spent"));
        QVERIFY(!tree().previousChange());
        // With the events between it is known of each.
        auto known = std::make_shared<StateView>(*ahead);
        auto since = std::make_shared<replay::Provenance>();
        since->add(Version{11}, {test::change(Op::Replace, "/spent", "62.00", "181.90")});
        since->add(Version{12}, {known->changes[0], known->changes[1]});
        known->since = since;
        inspector_->setState(known);
        QCOMPARE(by("/spent"), std::optional(Version{11}));
        QCOMPARE(by("/address"), std::optional(Version{12}));
        QCOMPARE(by("/status"), std::optional(Version{3}));
        QCOMPARE(tree().previousChange(), std::optional(Version{11}));
        // What lies between what was built and what is shown is known forwards, too: from v10 back to v11.
        auto back = std::make_shared<StateView>(*known);
        back->state.version = Version{10};
        inspector_->setState(back);
        QCOMPARE(tree().nextChange(), std::optional(Version{11}));
    }

    void oneStepsThroughTheChangesOfAField()
    {
        show();
        tree().reveal(QStringLiteral("/address"));
        QCOMPARE(inspector_->currentField(), QStringLiteral("/address"));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        QVERIFY(inspector_->hasPreviousChange());
        inspector_->toPreviousChange();
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{1});
        QVERIFY(inspector_->hasNextChange());
        inspector_->toNextChange();
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{13});
        tree().reveal(QStringLiteral("/name"));
        QVERIFY(!inspector_->hasNextChange());
        inspector_->toNextChange();
        QCOMPARE(chosen.count(), 0);
    }

    void whatIsOpenAndStoodUponStaysWhileThePlayheadMoves()
    {
        show();
        tree().reveal(QStringLiteral("/settings/theme/dark"));
        QVERIFY(printed(tree()).contains(QStringLiteral("    dark: false")));
        inspector_->setState(stateOf(R"({"id":"user-123","settings":{"theme":{"dark":true}},"x":1})", Version{10}));
        QCOMPARE(printed(tree()), QStringLiteral("id: \"user-123\"\nsettings: 1 field\n  theme: true\n    dark: true\nx: 1\n"));
        QCOMPARE(tree().currentRow(), qint64(3));
        inspector_->setState(stateOf(R"({"id":"user-123"})", Version{11}));
        QCOMPARE(tree().currentRow(), RowView::kNone);
        QCOMPARE(inspector_->currentField(), QStringLiteral("/settings/theme/dark"));
        inspector_->setState(stateOf(R"({"settings":{"theme":{"dark":true}}})", Version{12}));
        QCOMPARE(tree().currentRow(), qint64(2));
    }

    void theArrowsOpenAndCloseAndGoToTheContainer()
    {
        inspector_->setState(stateOf(R"({"a":{"b":{"c":1}},"z":[1,2,3,4,5,6,7,8]})"));
        QCOMPARE(printed(tree()), QStringLiteral("a: 1 field\n  b: 1\nz: 8 items\n"));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Right);
        QCOMPARE(tree().rowCount(), qint64(4));
        QTest::keyClick(&tree(), Qt::Key_Down);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/a/b/c"));
        QTest::keyClick(&tree(), Qt::Key_Left);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/a/b"));
        QTest::keyClick(&tree(), Qt::Key_Left);
        QTest::keyClick(&tree(), Qt::Key_Left);
        QTest::keyClick(&tree(), Qt::Key_Left);
        QCOMPARE(printed(tree()), QStringLiteral("a: 1 field\nz: 8 items\n"));
    }

    void theFilterFindsFieldsAndValuesWhereverTheyAre()
    {
        show();
        page().findBar().onlyHits().click();
        page().filterField().setText(QStringLiteral("8840"));
        QCOMPARE(printed(tree()), QStringLiteral("orders: 3 items\n  1: 8840 · 42.00\n    id: 8840\n"));
        page().filterField().setText(QStringLiteral("ADDR"));
        QCOMPARE(printed(tree()).count(u'\n'), 2);
        page().filterField().setText(QStringLiteral("zzz"));
        QCOMPARE(tree().rowCount(), qint64(0));
        QCOMPARE(tree().emptyText(), QStringLiteral("No field or value holds “zzz”"));
        test::picture(*inspector_, QStringLiteral("state-nothing"));
        page().filterField().clear();
        tree().setChangedOnly(true);
        QCOMPARE(printed(tree()).count(u'\n'), 2);
    }

    void whatIsLookedForIsShownInItsPlaceAndOneStepsThroughTheHits()
    {
        std::string text = R"({"first":"x","orders":[)";
        for (int i = 0; i < 500; ++i) text += (i ? ",{\"id\":" : "{\"id\":") + std::to_string(i) + R"(,"note":"plain"})";
        text += R"(],"last":"Needle"})";
        text.replace(text.find(R"("id":321,"note":"plain")"), 23, R"("id":321,"note":"a needle")");
        inspector_->setState(stateOf(text.c_str()));
        QCOMPARE(tree().rowCount(), qint64(3));  // the array is closed
        page().filterField().setText(QStringLiteral("needle"));
        QCOMPARE(tree().rowCount(), qint64(3 + 500 + 2));  // nothing is left out: the array and the item with the hit are open
        QCOMPARE(page().findBar().text(), QStringLiteral("2 hits"));
        {
            // The first is in view though nothing is chosen yet.
            const auto [top, bottom] = tree().visibleRows();
            QVERIFY(static_cast<qint64>(tree().rows().hits.front()) >= top && tree().rows().hits.front() <= bottom);
            QVERIFY(tree().currentPointer().isEmpty());
        }
        page().filterField().setFocus();
        QTest::keyClick(&page().filterField(), Qt::Key_Return);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/orders/321/note"));
        QCOMPARE(page().findBar().text(), QStringLiteral("hit 1 of 2"));
        const auto [top, bottom] = tree().visibleRows();
        QVERIFY(tree().currentRow() >= top && tree().currentRow() <= bottom);
        const QImage image = test::picture(*inspector_, QStringLiteral("state-find"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::AccentSoft)) > 200);
        QTest::keyClick(&page().filterField(), Qt::Key_F3);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/last"));
        QTest::keyClick(&page().filterField(), Qt::Key_F3);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/orders/321/note"));  // around the end
        QTest::keyClick(&page().filterField(), Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(tree().currentPointer(), QStringLiteral("/last"));
        // The search over, what was found is still in sight in the whole of the state.
        QTest::keyClick(&page().filterField(), Qt::Key_F3);
        QTest::keyClick(&page().filterField(), Qt::Key_Escape);
        QVERIFY(page().filterField().text().isEmpty());
        QCOMPARE(tree().currentPointer(), QStringLiteral("/orders/321/note"));
        QCOMPARE(tree().rows().pointer(static_cast<std::size_t>(tree().currentRow())), std::string("/orders/321/note"));
    }

    void whatHasOpenedByItselfStaysOpenWhileItGrowsAndTheNextEntityBeginsAnew()
    {
        const auto with = [](int items) {
            std::string text = R"({"id":1,"orders":[)";
            for (int i = 0; i < items; ++i) text += (i ? "," : "") + std::to_string(i);
            return text + "]}";
        };
        inspector_->setHistory(test::userHistory());
        inspector_->setState(stateOf(with(7).c_str(), Version{5}));
        QCOMPARE(tree().rowCount(), qint64(2));
        inspector_->setState(stateOf(with(6).c_str(), Version{4}));
        QCOMPARE(tree().rowCount(), qint64(8));
        inspector_->setState(stateOf(with(7).c_str(), Version{5}));
        QCOMPARE(tree().rowCount(), qint64(9));
        inspector_->setState(stateOf(with(61).c_str(), Version{6}));  // not to any size
        QCOMPARE(tree().rowCount(), qint64(2));
        inspector_->setHistory({});
        inspector_->setHistory(test::userHistory());
        inspector_->setState(stateOf(with(7).c_str(), Version{5}));
        QCOMPARE(tree().rowCount(), qint64(2));
    }

    void openContainersAndTheScrollOutliveADeathAndANewLife()
    {
        std::string items;
        for (int i = 0; i < 80; ++i) items += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":" + std::to_string(i);
        const std::string whole = R"({"id":1,"big":{)" + items + R"(},"deep":{"in":{"it":true}}})";
        inspector_->setHistory(test::userHistory());
        inspector_->setState(stateOf(whole.c_str(), Version{4}));
        tree().reveal(QStringLiteral("/big/m40"));
        tree().reveal(QStringLiteral("/deep/in/it"));
        tree().setTopRow(30);
        const QString text = printed(tree());
        // Version by version: the container goes, the entity dies, nothing, another life without it, and then it is back.
        inspector_->setState(stateOf(R"({"id":1})", Version{5}));
        QCOMPARE(tree().topRow(), qint64(0));
        auto dead = std::make_shared<StateView>(*stateOf("1", Version{6}));
        dead->state.alive = false;
        dead->changes = {test::change(Op::Remove, "", R"({"id":1})", nullptr)};
        inspector_->setState(dead);
        auto none = std::make_shared<StateView>(*dead);
        none->state.version = Version{7};
        none->changes.clear();
        none->state.document = Json(Json::value_t::discarded);
        inspector_->setState(none);
        QCOMPARE(tree().rowCount(), qint64(0));
        inspector_->setState(stateOf(R"({"other":[1,2,3]})", Version{8}));
        inspector_->setState(stateOf(whole.c_str(), Version{9}));
        QCOMPARE(printed(tree()), text);
        QCOMPARE(tree().topRow(), qint64(30));
        QCOMPARE(tree().currentPointer(), QStringLiteral("/deep/in/it"));
        QCOMPARE(tree().rows().pointer(static_cast<std::size_t>(tree().currentRow())), std::string("/deep/in/it"));
    }

    void enterShowsTheWholeOfAValueToSelectAndCopy()
    {
        const std::string longText(5000, 'y');
        inspector_->setState(stateOf((R"({"long":")" + longText + R"(","n":1})").c_str()));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_Down);
        QTest::keyClick(&tree(), Qt::Key_Return);
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        QCOMPARE(popup->windowTitle(), QStringLiteral("/long"));
        QCOMPARE(popup->text(), QString::fromStdString(longText));
        test::picture(*popup, QStringLiteral("value"));
        popup->close();
    }

    void numbersStandAsTheyCame()
    {
        inspector_->setState(stateOf(R"({"a":1.50,"b":1e3,"c":12345678901234567890123,"d":-0,"e":[1.0,-0.0],"f":{"x":1E+2}})"));
        QCOMPARE(printed(tree()),
                 QStringLiteral("a: 1.50\nb: 1e3\nc: 12345678901234567890123\nd: -0\ne: 2 items\n  0: 1.0\n  1: -0.0\n"
                                "f: 1E+2\n  x: 1E+2\n"));
        inspector_->setState(
            stateOf(R"({"a":1.50})", Version{9},
                    {test::change(Op::Replace, "/a", "1e3", "1.50"), test::change(Op::Add, "/d", nullptr, "-0")}));
        QCOMPARE(page().changes().rowText(0), QStringLiteral("/a changed from 1e3 to 1.50"));
        QCOMPARE(page().changes().rowText(1), QStringLiteral("/d added: -0"));
    }

    void nullEmptyAndMissingLookDifferent()
    {
        inspector_->setState(
            stateOf(R"({"null":null,"word":"null","empty":"","list":[],"object":{},"zero":0})", Version{9},
                    {test::change(Op::Replace, "/null", "\"\"", "null"), test::change(Op::Replace, "/word", "null", "\"null\""),
                     test::change(Op::Replace, "/list", "{}", "[]")}));
        const QImage image = test::picture(*inspector_, QStringLiteral("state-nulls"));
        const auto look = [&](int row) {
            const QRect cell = tree().cellRect(row, StateTree::Value);
            const QPoint corner = tree().viewport()->mapTo(inspector_.get(), cell.topLeft());
            const double ratio = image.devicePixelRatio();
            return image.copy(QRectF(corner * ratio, QSizeF(70, cell.height()) * ratio).toRect());
        };
        for (int a = 0; a < 6; ++a)
            for (int b = a + 1; b < 6; ++b) QVERIFY2(look(a) != look(b), qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
        QCOMPARE(printed(tree()), QStringLiteral("*null: null\n*word: \"null\"\nempty: \"\"\n*list: []\nobject: {}\nzero: 0\n"));
        // Missing: a diff has a side for it.
        DiffPage& diff = inspector_->diffPage();
        show(comparisonOf(Version{8}, Version{9}, R"({"gone":""})", R"({"added":null})"));
        QCOMPARE(diff.list().rowText(0), QStringLiteral("/gone removed: \"\""));
        QCOMPARE(diff.list().rowText(1), QStringLiteral("/added added: null"));
        diff.setMode(DiffPage::Mode::SideBySide);
        test::picture(*inspector_, QStringLiteral("diff-nulls"));
        diff.setMode(DiffPage::Mode::List);
    }

    void aFieldAddedInsideAClosedContainerTintsIt()
    {
        inspector_->setState(
            stateOf(R"({"big":{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":{"h":1}},"x":1})", Version{9},
                    {test::change(Op::Replace, "/big/g/h", "0", "1"), test::change(Op::Add, "/x", nullptr, "1")}));
        QCOMPARE(printed(tree()), QStringLiteral("~big: 7 fields\n+x: 1\n"));
    }

    void aHundredThousandMembersDoNotHoldTheWindow()
    {
        std::string text = "{";
        for (int i = 0; i < 100'000; ++i)
            text += (i ? ",\"m" : "\"m") + std::to_string(i) + "\":{\"n\":" + std::to_string(i) + ",\"t\":\"text\"}";
        text += "}";
        const auto state = stateOf(text.c_str());
        inspector_->setState(state);
        QVERIFY2(tree().rowCount() == 0, "so many lines are worked out elsewhere");
        QTRY_COMPARE(tree().rowCount(), qint64(100'000));
        tree().setCurrentRow(99'999);
        QVERIFY(tree().visibleRows().second - tree().visibleRows().first < 60);
        page().filterField().setText(QStringLiteral("m99998"));
        QTRY_COMPARE(tree().rows().hits.size(), std::size_t{1});
        QVERIFY(tree().toHit(1));
        QCOMPARE(tree().currentPointer(), QStringLiteral("/m99998"));
    }

    void inANarrowPanelTheColumnsGiveWayAndNothingScrollsSideways()
    {
        show();
        inspector_->resize(300, 920);
        QCoreApplication::processEvents();
        QVERIFY2(tree().width() < 330, qPrintable(QString::number(tree().width())));
        QCOMPARE(tree().horizontalScrollBar()->maximum(), 0);
        const QRect by = tree().cellRect(0, StateTree::SetBy);
        QVERIFY(by.width() > 40 && tree().viewport()->rect().contains(by));
        QVERIFY(tree().cellRect(0, StateTree::Value).width() > 40);
        // Widths that were chosen in a wide window come back with it.
        const RowView::Widths chosen{{"field", 200}, {"by", 250}};
        tree().setWidths(chosen);
        QCOMPARE(tree().horizontalScrollBar()->maximum(), 0);
        QVERIFY(tree().viewport()->rect().contains(tree().cellRect(0, StateTree::SetBy)));
        inspector_->resize(700, 920);
        QCoreApplication::processEvents();
        QCOMPARE(tree().cellRect(0, StateTree::SetBy).width(), 250 - 2 * 8);
        QCOMPARE(tree().widths(), chosen);
        // Nor do old and new beside each other, nor the bytes.
        inspector_->resize(300, 920);
        inspector_->showTab(StateInspector::Diff);
        inspector_->diffPage().setMode(DiffPage::Mode::SideBySide);
        QTRY_COMPARE(inspector_->diffPage().lines().horizontalScrollBar()->maximum(), 0);
        inspector_->diffPage().setMode(DiffPage::Mode::List);
        inspector_->showTab(StateInspector::Raw);
        QTRY_COMPARE(inspector_->bytes().horizontalScrollBar()->maximum(), 0);
    }

    void aLongNameHasWhatTheValuesLeave()
    {
        const auto widths = [this] {
            return std::pair(tree().cellRect(0, StateTree::Field).width(), tree().cellRect(0, StateTree::Value).width());
        };
        inspector_->setState(stateOf(R"({"n":1049})"));
        const auto before = widths();
        const int by = tree().cellRect(0, StateTree::SetBy).width();
        inspector_->setState(stateOf(R"({"piecesReservedByOthers":1049,"pieces":1})"));
        QVERIFY(widths().first >= QFontMetrics(theme_.text()).horizontalAdvance(QStringLiteral("piecesReservedByOthers")));
        QCOMPARE(widths().first + widths().second, before.first + before.second);
        QCOMPARE(tree().cellRect(0, StateTree::SetBy).width(), by);
        // A value that needs its room has it.
        const auto other =
            stateOf(R"({"piecesReservedByOthers":"as long a text as no column has room for, whatever is beside it"})");
        other->entity = EntityId{8};
        inspector_->setState(other);
        QCOMPARE(widths(), before);
    }

    void theEdgeBesideTheFieldsStaysWhileOneEntityIsShown()
    {
        const auto field = [this] { return tree().cellRect(0, StateTree::Field).width(); };
        const auto needed = [this](const char* name) {
            return QFontMetrics(theme_.text()).horizontalAdvance(QLatin1String(name));
        };
        inspector_->setState(stateOf(R"({"n":1049})", Version{1}));
        const int least = field();
        inspector_->setState(stateOf(R"({"piecesReservedByOthers":1049})", Version{2}));
        const int settled = field();
        QVERIFY(settled > least && settled >= needed("piecesReservedByOthers"));
        // Shorter names, longer values, none at all: the edge stays.
        inspector_->setState(stateOf(R"({"n":1049})", Version{1}));
        QCOMPARE(field(), settled);
        inspector_->setState(stateOf(
            R"({"piecesReservedByOthers":"as long a text as no column has room for, whatever is beside it"})", Version{3}));
        QCOMPARE(field(), settled);
        inspector_->setState(stateOf("{}", Version{4}));
        QCOMPARE(field(), settled);
        // Longer ones move it once more.
        inspector_->setState(stateOf(R"({"piecesReservedByOtherHouses":1})", Version{5}));
        const int wider = field();
        QVERIFY(wider > settled && wider >= needed("piecesReservedByOtherHouses"));
        inspector_->setState(stateOf(R"({"piecesReservedByOthers":1049})", Version{2}));
        QCOMPARE(field(), wider);
        // The user's own width is the user's, and another entity begins anew.
        tree().setWidths({{"field", 120}});
        inspector_->setState(stateOf(R"({"piecesReservedByOtherHouses":1})", Version{5}));
        QCOMPARE(field(), 120 - 2 * 8);
        tree().setWidths({});
        const auto other = stateOf(R"({"n":1049})");
        other->entity = EntityId{8};
        inspector_->setState(other);
        QCOMPARE(field(), least);
    }

    void aStateThatIsOneValueIsShown()
    {
        inspector_->setState(stateOf("42.10"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): 42.10\n"));
        inspector_->setState(stateOf("{}"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): {}\n"));
    }

    void aStepOfThePlayheadIsWorkedOutOnceAndPaintedOnce()
    {
        show();
        std::vector<std::shared_ptr<StateView>> states;
        for (std::uint64_t i = 0; i < 40; ++i) {
            auto state = std::make_shared<StateView>(*test::userState());
            state->state.version = Version{1 + i % 14};
            states.push_back(state);
        }
        struct Paints final : QObject {
            int count = 0;
            bool eventFilter(QObject*, QEvent* event) override
            {
                if (event->type() == QEvent::Paint) ++count;
                return false;
            }
        } paints;
        tree().viewport()->installEventFilter(&paints);
        QSignalSpy taken(&tree(), &StateTree::rowsTaken);
        for (const auto& state : states) {
            inspector_->setState(state);
            inspector_->setEvent(test::userEvent());
        }
        QCOMPARE(taken.count(), 40);
        QCOMPARE(paints.count, 0);  // as often as the screen asks, not as often as the playhead moves
        QTRY_COMPARE(paints.count, 1);
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        show();
        const QImage image = test::picture(*inspector_, QStringLiteral("state-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::ChangedSoft)) > 5000);
        theme_.setScheme(Theme::Scheme::Light);
    }
};

QTEST_MAIN(TestTree)
#include "test_tree.moc"
