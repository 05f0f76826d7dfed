#include "core/replay/watch.h"
#include "tests/ui/state/state_fixture.h"
#include "ui/state/writes_panel.h"

#include <QMenu>
#include <QSignalSpy>
#include <QSplitter>
#include <QToolButton>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// "Who ever wrote /address", beneath the state.
class TestWrites : public StateFixture {
    Q_OBJECT

    WritesPanel& panel() { return page().writesPanel(); }
    FieldWrites& list() { return panel().list(); }
    /// The user with a life in which /n was written by every event, each third time as it was.
    void showLong(std::uint64_t events)
    {
        auto history = std::make_shared<replay::History>(*userHistory());
        history->events.resize(events);
        for (std::uint64_t i = 0; i < events; ++i) history->events[i].type = TypeId{static_cast<std::uint32_t>(i % 5)};
        auto provenance = std::make_shared<replay::Provenance>();
        for (std::uint64_t v = 1; v <= events; ++v)
            provenance->add(Version{v}, {change(v % 3 == 0 ? Change::Op::Same : Change::Op::Replace, "/n", "1", "2")});
        auto view = stateOf(R"({"n":2})", Version{events / 2});
        view->state.of = Version{events};
        view->provenance = provenance;
        inspector_->setHistory(history);
        inspector_->setPlayhead(view->state.version);
        inspector_->setState(view);
    }

private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { inspector_.reset(); }

    void itListsWhoWroteTheFieldAndMarksWhoSetIt()
    {
        show();
        QVERIFY(!panel().isVisible());
        page().showWrites(QStringLiteral("/address"));
        QVERIFY(panel().isVisible());
        QCOMPARE(panel().title(), QStringLiteral("Who ever wrote /address"));
        QCOMPARE(panel().count(), QStringLiteral("3 events"));
        QCOMPARE(list().rowCount(), RowView::Row{3});
        QCOMPARE(list().settingRow(), RowView::Row{1});
        QCOMPARE(list().currentRow(), RowView::Row{1});
        QVERIFY2(list().rowText(1).startsWith(QStringLiteral("#9 AddressChanged")), qPrintable(list().rowText(1)));
        QVERIFY(list().rowText(1).endsWith(QStringLiteral("at the playhead")));
        QCOMPARE(inspector_->currentField(), QStringLiteral("/address"));
        picture(*inspector_, QStringLiteral("writes"));
    }

    void valuesComeForTheRowsInView()
    {
        show();
        QSignalSpy wanted(inspector_.get(), &StateInspector::valuesWanted);
        page().showWrites(QStringLiteral("/address"));
        QTRY_VERIFY(!wanted.isEmpty());
        QCOMPARE(wanted.back()[0].toString(), QStringLiteral("/address"));
        QCOMPARE(wanted.back()[1].value<VersionRuns>(),
                 (VersionRuns{{Version{1}, Version{1}}, {Version{9}, Version{9}}, {Version{13}, Version{13}}}));
        auto rows = std::make_shared<WriteRows>();
        rows->entity = EntityId{7};
        rows->pointer = QStringLiteral("/address");
        rows->rows = {{Version{1}, Json(Json::value_t::discarded), json("\"123 Main St\"")},
                      {Version{9}, json("\"123 Main St\""), json("\"456 Oak Ave\"")}};
        inspector_->setWrites(rows);
        QVERIFY2(list().rowText(1).contains(QStringLiteral("123 Main St → 456 Oak Ave")), qPrintable(list().rowText(1)));
        picture(*inspector_, QStringLiteral("writes-values"));
        // Those of another field or entity are not taken for these.
        auto other = std::make_shared<WriteRows>(*rows);
        other->pointer = QStringLiteral("/name");
        other->rows[1].after = json("\"nobody\"");
        inspector_->setWrites(other);
        QVERIFY(!list().rowText(1).contains(QStringLiteral("nobody")));
    }

    void choosingALineMovesThePlayhead()
    {
        show();
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        page().showWrites(QStringLiteral("/address"));
        QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, list().cellRect(0, FieldWrites::Type).center());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].value<Version>(), Version{1});
        QTest::keyClick(&list(), Qt::Key_Down);
        QTest::keyClick(&list(), Qt::Key_Down);
        QCOMPARE(chosen.back()[0].value<Version>(), Version{13});
    }

    void itFollowsThePlayheadAndTheField()
    {
        show();
        page().showWrites(QStringLiteral("/address"));
        auto later = std::make_shared<StateView>(*userState());
        later->state.version = Version{14};
        inspector_->setState(later);
        QCOMPARE(list().settingRow(), RowView::Row{2});
        QCOMPARE(list().currentRow(), RowView::Row{2});
        QVERIFY(!list().rowText(2).contains(QStringLiteral("at the playhead")));
        tree().reveal(QStringLiteral("/spent"));
        QCOMPARE(panel().title(), QStringLiteral("Who ever wrote /spent"));
        QCOMPARE(list().rowCount(), RowView::Row{1});
    }

    void theCrossAndEscapeCloseItAndItsHeightIsKept()
    {
        show();
        page().showWrites(QStringLiteral("/address"));
        QTest::keyClick(&list(), Qt::Key_Escape);
        QVERIFY(!panel().isVisible());
        page().showWrites(QStringLiteral("/address"));
        auto* splitter = qobject_cast<QSplitter*>(panel().parentWidget());
        QVERIFY(splitter);
        const int grown = panel().height() + 60;
        splitter->setSizes({splitter->height() - grown, grown});
        emit splitter->splitterMoved(1, 1);
        QTest::mouseClick(&panel().closeButton(), Qt::LeftButton);
        QVERIFY(!panel().isVisible());
        page().showWrites(QStringLiteral("/address"));
        QTRY_VERIFY(std::abs(panel().height() - grown) < 4);
    }

    void menuAndKeysOfAFieldOpenItAndWatch()
    {
        show();
        QSignalSpy toggled(inspector_.get(), &StateInspector::watchToggled);
        tree().reveal(QStringLiteral("/address"));
        QTest::keyClick(&tree(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(toggled.size(), 1);
        QCOMPARE(toggled[0][0].toString(), QStringLiteral("/address"));
        QTest::keyClick(&tree(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(panel().isVisible());
        const auto wordsFor = [&](const QString& pointer) {
            tree().reveal(pointer);
            QMenu menu;
            tree().fillMenu(menu, tree().currentRow());
            QStringList words;
            for (const QAction* action : menu.actions()) words << action->text();
            return words.join(QLatin1Char('\n'));
        };
        QVERIFY(wordsFor(QStringLiteral("/address")).contains(QStringLiteral("Watch this field")));
        inspector_->setWatched({QStringLiteral("/address")});
        QVERIFY(wordsFor(QStringLiteral("/address")).contains(QStringLiteral("No longer watch this field")));
        // An item of a list is watched where it stands, or by what it is.
        QVERIFY(wordsFor(QStringLiteral("/orders/1/total")).contains(QStringLiteral("Watch /orders/[id=8840]/total")));
    }

    void anItemNamedByWhatItIsIsToldByItsWatch()
    {
        show();
        replay::Watch watch(*replay::WatchPointer::parse("/orders/[id=8840]/total"));
        const char* const kStates[] = {"{}", R"({"orders":[{"id":8840,"total":40.00}]})",
                                       R"({"orders":[{"id":1},{"id":8840,"total":42.00}]})"};
        for (std::uint64_t v = 0; v < 3; ++v) watch.add(Version{v + 1}, json(kStates[v]));
        auto views = std::make_shared<WatchesView>();
        views->entity = EntityId{7};
        views->watches.push_back({QStringLiteral("/orders/[id=8840]/total"), watch.share(), {}});
        inspector_->setWatches(views);
        page().showWrites(QStringLiteral("/orders/[id=8840]/total"));
        QCOMPARE(list().rowCount(), RowView::Row{2});
        QVERIFY2(list().rowText(1).contains(QStringLiteral("40.00 → 42.00")), qPrintable(list().rowText(1)));
    }

    void aMillionWritesAreListedWithoutWaiting()
    {
        showLong(1'000'000);
        QSignalSpy wanted(inspector_.get(), &StateInspector::valuesWanted);
        QElapsedTimer timer;
        timer.start();
        page().showWrites(QStringLiteral("/n"));
        qInfo("asked for in %lld ms", static_cast<long long>(timer.elapsed()));
        QTRY_COMPARE_WITH_TIMEOUT(list().rowCount(), RowView::Row{1'000'000}, 20'000);
        QVERIFY(panel().count().startsWith(QStringLiteral("1\u2009000\u2009000 events")));
        QCOMPARE(list().currentRow(), RowView::Row{499'999});
        QTRY_VERIFY(!wanted.isEmpty());
        std::uint64_t versions = 0;
        for (const auto& [first, last] : wanted.back()[1].value<VersionRuns>()) versions += last.value - first.value + 1;
        QVERIFY2(versions < 60, qPrintable(QString::number(versions)));
        picture(*inspector_, QStringLiteral("writes-million"));
    }
};

QTEST_MAIN(TestWrites)
#include "test_writes.moc"
