#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/events/column_chooser.h"
#include "ui/events/event_columns.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/session/comparison.h"
#include "ui/shell/undo.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/event_details.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/timeline/timeline_view.h"

#include <QClipboard>
#include <QMenuBar>
#include <QSplitter>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestUndo : public InWindow {
    Q_OBJECT

    QUndoStack& stack() { return at_->window->undo().stack(); }
    WindowActions& actions() { return at_->window->actions(); }

    QSplitter* columnsOfWindow()
    {
        QWidget* widget = &at_->window->entities();
        while (!qobject_cast<QSplitter*>(widget) || qobject_cast<QSplitter*>(widget)->orientation() != Qt::Horizontal)
            widget = widget->parentWidget();
        return qobject_cast<QSplitter*>(widget);
    }
    void drag(QSplitter* splitter, int handle, QPoint by)
    {
        QSplitterHandle* taken = splitter->handle(handle);
        const QPoint from = taken->rect().center();
        QTest::mousePress(taken, Qt::LeftButton, {}, from);
        QTest::mouseMove(taken, from + by);
        QTest::mouseRelease(taken, Qt::LeftButton, {}, from + by);
        QCoreApplication::processEvents();
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { QVERIFY(beginInShop()); }
    void cleanup() { at_.reset(); }

    void pinsAreTakenBackAndDoneAgain()
    {
        Pins* pins = at_->session->pins();
        QVERIFY(!actions().undo.isEnabled());
        QTest::keyClick(at_->window.get(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(pins->names(), QStringList{QStringLiteral("user/user-1")});
        QVERIFY(pins->contains(*at_->session->selected()));
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: pin user/user-1"));
        QCOMPARE(actions().pinEntity.text(), QStringLiteral("Un&pin the entity"));
        pins->add(QStringLiteral("user/user-2"));
        pins->setNames({QStringLiteral("user/user-2"), QStringLiteral("user/user-1")});
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: order of the pins"));
        actions().undo.trigger();
        QCOMPARE(pins->names(), (QStringList{QStringLiteral("user/user-1"), QStringLiteral("user/user-2")}));
        actions().undo.trigger();
        actions().undo.trigger();
        QVERIFY(pins->names().isEmpty());
        QVERIFY(!actions().undo.isEnabled());
        QCOMPARE(actions().redo.text(), QStringLiteral("&Redo: pin user/user-1"));
        QTest::keyClick(at_->window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(pins->names(), QStringList{QStringLiteral("user/user-1")});
    }

    void whatIsFoundOutAboutAPinIsNoStep()
    {
        Pins* pins = at_->session->pins();
        pins->add(QStringLiteral("user/user-2"));
        const int steps = stack().count();
        pins->setId(QStringLiteral("user/user-2"), EntityId{2});
        QCOMPARE(stack().count(), steps);
    }

    void theChoiceOfTypesIsTakenBack()
    {
        TypeFilter* filter = at_->session->typeFilter();
        const TypeId registered = at_->session->history()->events.front().type;
        filter->setShown(registered, false);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: hide UserRegistered"));
        filter->setShown(registered, true);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: show all types"));
        filter->showOnly(registered);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: only UserRegistered"));
        actions().undo.trigger();
        QVERIFY(!filter->hidesAny());
        actions().undo.trigger();
        QVERIFY(!filter->shows(registered));
        actions().redo.trigger();
        QVERIFY(filter->shows(registered));
    }

    void aDraggedSplitterGoesBackAndTheLayoutCanBeReset()
    {
        auto* columns = qobject_cast<QSplitter*>(at_->window->entities().parentWidget());
        QVERIFY(columns);
        while (columns->orientation() != Qt::Horizontal) columns = qobject_cast<QSplitter*>(columns->parentWidget());
        const QList<int> before = columns->sizes();
        QSplitterHandle* handle = columns->handle(1);
        QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
        QTest::mouseMove(handle, handle->rect().center() + QPoint(60, 0));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center() + QPoint(60, 0));
        QTRY_COMPARE(stack().count(), 1);
        const QList<int> after = columns->sizes();
        QVERIFY2(after[0] > before[0] + 30, qPrintable(QString::number(after[0])));
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: sizes of the panels"));
        actions().undo.trigger();
        QCOMPARE(columns->sizes(), before);
        actions().redo.trigger();
        QCOMPARE(columns->sizes(), after);
        actions().resetLayout.trigger();
        QCOMPARE(columns->sizes()[0], before[0]);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: reset the layout"));
        actions().undo.trigger();
        QCOMPARE(columns->sizes(), after);
        // A click that moves nothing is no step.
        const int steps = stack().count();
        QTest::mouseClick(handle, Qt::LeftButton);
        QCoreApplication::processEvents();
        QCOMPARE(stack().count(), steps);
    }

    void aStepOfOneSplitterLeavesTheOthersAlone()
    {
        QSplitter* columns = columnsOfWindow();
        auto* middle = qobject_cast<QSplitter*>(at_->window->timeline().parentWidget());
        const QList<int> lanes = middle->sizes();
        drag(columns, 1, {60, 0});
        drag(middle, 1, {0, 50});
        QTRY_COMPARE(stack().count(), 2);
        const QList<int> wide = columns->sizes();
        const QList<int> high = middle->sizes();
        QVERIFY(high[0] > lanes[0] + 30);
        actions().undo.trigger();
        QCOMPARE(middle->sizes(), lanes);
        QCOMPARE(columns->sizes(), wide);
        // The lanes find their height by themselves again: it was not the user who chose that.
        at_->session->pins()->add(QStringLiteral("user/user-2"));
        QVERIFY(settle(*at_->window));
        QTRY_VERIFY(middle->sizes()[0] > lanes[0]);
    }

    void aPresentationsSizesAreNoStepsAndStepsInItAreTheDesks()
    {
        QSplitter* columns = columnsOfWindow();
        const QList<int> first = columns->sizes();
        drag(columns, 1, {60, 0});
        QTRY_COMPARE(stack().count(), 1);
        const QList<int> second = columns->sizes();
        at_->window->setPresentation(true, false);
        QVERIFY(settle(*at_->window));
        drag(columns, 2, {-40, 0});
        drag(qobject_cast<QSplitter*>(at_->window->timeline().parentWidget()), 1, {0, -30});
        QCOMPARE(stack().count(), 1);
        const QList<int> talk = columns->sizes();
        actions().undo.trigger();
        QCOMPARE(columns->sizes(), talk);
        at_->window->setPresentation(false);
        QVERIFY(settle(*at_->window));
        QCOMPARE(columns->sizes(), first);
        actions().redo.trigger();
        QCOMPARE(columns->sizes(), second);
    }

    void columnsAndTheAxisAreStepsOfTheSameHistory()
    {
        at_->session->pins()->add(QStringLiteral("user/user-2"));
        EventsModel& model = at_->window->events().model();
        TimelineCanvas& canvas = at_->window->timeline().canvas();
        const EventColumns before = model.columns();
        EventColumns columns = before;
        columns.pointers.push_back("/address");
        emit at_->window->events().openColumns()->chosen(columns);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: columns of user"));
        AxisChoice axis = canvas.axis();
        axis.order = true;
        canvas.setAxis(axis);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: log order"));
        actions().undo.trigger();
        QVERIFY(!canvas.axis().order);
        actions().undo.trigger();
        QCOMPARE(model.columns(), before);
        QCOMPARE(loadColumns(QStringLiteral("user")), before);
        QCOMPARE(at_->session->pins()->names(), QStringList{QStringLiteral("user/user-2")});
        actions().redo.trigger();
        QCOMPARE(model.columns(), columns);
        actions().redo.trigger();
        QVERIFY(canvas.axis().order);
        QCOMPARE(stack().count(), 3);
    }

    void aSavedRuleIsTakenBackInTheSameHistory()
    {
        const Json rules = *parseJson(
            R"({"entity":"user","initial":{},"on":{"AddressChanged":[{"set":"/address","value":{"const":"X"}}]},"otherwise":[{"merge":""}]})");
        const auto inForce = [&] {
            const auto view = at_->session->state();
            return view && view->state.alive && toText(view->state.document).find(R"("address":"X")") != std::string::npos;
        };
        StateInspector& state = at_->window->state();
        QVERIFY(!inForce());
        at_->session->pins()->add(QStringLiteral("user/user-2"));
        emit state.modelMade(QStringLiteral("user"), rules);
        QTRY_COMPARE(actions().undo.text(), QStringLiteral("&Undo: the rule for user"));
        QTRY_VERIFY(inForce());
        QTest::keyClick(at_->window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(!inForce());
        QTRY_VERIFY(!state.statePage().notice().contains(QStringLiteral("Undo the rule")));
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: pin user/user-2"));
        QTest::keyClick(at_->window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(inForce());
        QCOMPARE(stack().count(), 2);
        // The button beside the state is the same step while nothing came after it …
        QTRY_VERIFY(state.statePage().notice().contains(QStringLiteral("Undo the rule")));
        state.statePage().follow(QStringLiteral("undo:"));
        QTRY_VERIFY(!inForce());
        QCOMPARE(actions().redo.text(), QStringLiteral("&Redo: the rule for user"));
        QCOMPARE(stack().count(), 2);
        actions().redo.trigger();
        QTRY_VERIFY(inForce());
        // … and one of its own where something did.
        at_->session->pins()->add(QStringLiteral("user/user-3"));
        QTRY_VERIFY(state.statePage().notice().contains(QStringLiteral("Undo the rule")));
        state.statePage().follow(QStringLiteral("undo:"));
        QTRY_COMPARE(actions().undo.text(), QStringLiteral("&Undo: the rule taken back for user"));
        QTRY_VERIFY(!inForce());
        actions().undo.trigger();
        QTRY_VERIFY(inForce());
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: pin user/user-3"));
    }

    void anotherWorkspaceBeginsAnew()
    {
        at_->session->pins()->add(QStringLiteral("user/user-2"));
        QVERIFY(stack().canUndo());
        actions().closeWorkspace.trigger();
        QVERIFY(!stack().canUndo());
        QVERIFY(!actions().undo.isEnabled());
    }

    void inATextFieldTheKeyTakesBackWhatWasTyped()
    {
        at_->session->pins()->add(QStringLiteral("user/user-2"));
        QLineEdit& field = at_->window->entities().searchField();
        field.setFocus();
        QTest::keyClicks(&field, QStringLiteral("abc"));
        QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(field.text() != QStringLiteral("abc"));
        QVERIFY(stack().canUndo());
    }

    void previousAndNextEntityWorkFromAnywhere()
    {
        at_->window->timeline().canvas().setFocus();
        const EntityId before = *at_->session->selected();
        const auto row = *at_->window->entities().model().rowOf(before);
        QTest::keyClick(&at_->window->timeline().canvas(), Qt::Key_PageUp, Qt::ControlModifier);
        const EntityId above = *at_->window->entities().model().entityAt(row - 1);
        QTRY_COMPARE(at_->session->selected(), std::optional(above));
        QTest::keyClick(&at_->window->timeline().canvas(), Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(at_->session->selected(), std::optional(before));
        QVERIFY(at_->window->timeline().canvas().hasFocus());
    }

    void copyAsJsonGivesWhatHasTheFocus()
    {
        QClipboard* clipboard = QApplication::clipboard();
        clipboard->clear();
        at_->window->timeline().canvas().setFocus();
        actions().copyJson.trigger();
        QTRY_VERIFY(!clipboard->text().isEmpty());
        auto json = parseJson(clipboard->text().toStdString());
        QVERIFY(json.has_value());
        QCOMPARE(json->at("entity").get<std::string>(), std::string("user/user-1"));
        QCOMPARE(json->at("version").get<int>(), 12);
        QCOMPARE(json->at("state").at("address").get<std::string>(), std::string("11 Main St"));
        clipboard->clear();
        at_->window->state().statePage().tree().setFocus();
        actions().copyJson.trigger();
        QTRY_VERIFY(!clipboard->text().isEmpty());
        json = parseJson(clipboard->text().toStdString());
        QVERIFY(json && json->contains("address") && !json->contains("entity"));
        clipboard->clear();
        at_->window->events().table().setFocus();
        actions().copyJson.trigger();
        QTRY_VERIFY(clipboard->text().contains(QStringLiteral("AddressChanged")));
    }

    void onTheDiffTheChangesAndTheEventCopyAsJsonGivesTheseAndNotTheState()
    {
        QClipboard* clipboard = QApplication::clipboard();
        StateInspector& state = at_->window->state();
        at_->session->playhead()->setVersion(Version{4});
        QVERIFY(settle(*at_->window));
        const auto copied = [&] {
            clipboard->clear();
            actions().copyJson.trigger();
            return QTest::qWaitFor([&] { return !clipboard->text().isEmpty(); }, kWaitMs)
                       ? parseJson(clipboard->text().toStdString()).value_or(Json())
                       : Json();
        };
        state.statePage().changes().setFocus();
        Json json = copied();
        QVERIFY2(json.is_array() && !json.empty() && json.at(0).contains("path"), qPrintable(clipboard->text()));
        auto* details = state.statePage().findChild<EventDetails*>();
        QVERIFY(details);
        details->setFocus();
        json = copied();
        QVERIFY2(json.is_object() && json.contains("position"), qPrintable(clipboard->text()));
        QCOMPARE(json.at("version").get<int>(), 4);
        state.showTab(StateInspector::Event);
        state.eventDetails().setFocus();
        QCOMPARE(copied().value("version", 0), 4);
        state.showTab(StateInspector::Diff);
        at_->session->comparison()->compareFrom(Version{2});
        QVERIFY(settle(*at_->window));
        state.diffPage().list().setFocus();
        json = copied();
        QVERIFY2(json.is_array() && !json.empty(), qPrintable(clipboard->text()));
        QVERIFY2(
            clipboard->text().contains(QStringLiteral("1 Main St")) && clipboard->text().contains(QStringLiteral("3 Main St")),
            qPrintable(clipboard->text()));
    }

    void whatOneDragOfAPinDoesIsOneStep()
    {
        Pins* pins = at_->session->pins();
        QStringList names;
        for (std::uint32_t i = 0; i < 4; ++i) {
            names << QStringLiteral("user/user-%1").arg(i);
            pins->add(names.last(), EntityId{i});
        }
        EntityList& list = at_->window->entities().list();
        const int steps = stack().count();
        const auto drag = [&list](qint64 from, std::initializer_list<qint64> over) {
            QTest::mousePress(list.viewport(), Qt::LeftButton, {}, list.cellRect(from, 0).center());
            QPoint last;
            for (const qint64 row : over) {
                last = list.cellRect(row, 0).center();
                QMouseEvent move(QEvent::MouseMove, last, list.viewport()->mapToGlobal(last), Qt::NoButton, Qt::LeftButton,
                                 Qt::NoModifier);
                QCoreApplication::sendEvent(list.viewport(), &move);
            }
            QTest::mouseRelease(list.viewport(), Qt::LeftButton, {}, last);
        };
        drag(0, {1, 2, 3});
        const QStringList after{names[1], names[2], names[3], names[0]};
        QCOMPARE(pins->names(), after);
        QCOMPARE(stack().count(), steps + 1);
        QCOMPARE(actions().undo.text(), QStringLiteral("&Undo: order of the pins"));
        actions().undo.trigger();
        QCOMPARE(pins->names(), names);
        actions().redo.trigger();
        QCOMPARE(pins->names(), after);
        // Another drag is another step; one that ends where it began is none.
        drag(3, {2, 1});
        QCOMPARE(stack().count(), steps + 2);
        actions().undo.trigger();
        QCOMPARE(pins->names(), after);
        drag(0, {1, 0});
        QCOMPARE(pins->names(), after);
        QCOMPARE(stack().index(), steps + 1);
    }

    void pinnedEntitiesStandFirstInTheWindow()
    {
        at_->session->pins()->add(QStringLiteral("user/user-0"), EntityId{0});
        QCOMPARE(at_->window->entities().model().at(0).kind, EntityLine::Kind::Pin);
        EntityList& list = at_->window->entities().list();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.pinRect(0).center());
        QVERIFY(at_->session->pins()->names().isEmpty());
        actions().undo.trigger();
        QCOMPARE(at_->session->pins()->names(), QStringList{QStringLiteral("user/user-0")});
    }
};

QTEST_MAIN(TestUndo)
#include "test_undo.moc"
