#include "tests/ui/fixtures.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/event_details.h"
#include "ui/state/find_bar.h"
#include "ui/state/hex_view.h"
#include "ui/state/json_place.h"
#include "ui/state/notice.h"
#include "ui/state/raw_page.h"
#include "ui/state/rule_dialog.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using Op = Change::Op;

namespace {

/// The lines of a tree as text: "orders: 3 items", two blanks a level, "*" changed, "+" added.
QString printed(const StateTree& tree)
{
    QString text;
    for (RowView::Row row = 0; row < tree.rowCount(); ++row) {
        const StateRow& line = tree.rows().rows[static_cast<std::size_t>(row)];
        text += QString(2 * line.depth, u' ');
        text += line.mark == FieldMark::Added     ? u"+"_qs
                : line.mark == FieldMark::Changed ? u"*"_qs
                : line.mark == FieldMark::Inside  ? u"~"_qs
                                                  : QString();
        text += tree.rowText(row).section(u',', 0, 0) + u'\n';
    }
    return text;
}

std::shared_ptr<StateView> stateOf(const char* document, Version version = Version{9}, Changes changes = {})
{
    auto view = std::make_shared<StateView>();
    view->entity = EntityId{7};
    view->state.version = version;
    view->state.of = Version{14};
    view->state.alive = true;
    view->state.document = test::json(document);
    view->changes = std::move(changes);
    return view;
}

}  // namespace

class TestState final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);  // what a test drags is not what the user finds
        QSettings().clear();
        theme_.apply();
    }
    void cleanup() { QSettings().clear(); }

    void init()
    {
        inspector_ = std::make_unique<StateInspector>(theme_);
        inspector_->setTypeNames(test::typeName);
        inspector_->resize(440, 920);
        inspector_->show();
        QVERIFY(QTest::qWaitForWindowExposed(inspector_.get()));
    }

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

    void theTreeStaysInItsPlaceHoweverManyFieldsAnEventChanged()
    {
        show();
        const QPoint before = tree().mapTo(inspector_.get(), QPoint());
        Changes many;
        for (int i = 0; i < 40; ++i) many.push_back(test::change(Op::Add, ("/f" + std::to_string(i)).c_str(), nullptr, "1"));
        for (const Changes& changes : {Changes{}, many, Changes{many[0]}}) {
            inspector_->setState(stateOf(R"({"id":"user-123"})", Version{9}, changes));
            QCoreApplication::processEvents();
            QCOMPARE(page().changes().rowCount(), static_cast<qint64>(changes.size()));
            QVERIFY(page().changes().isVisible());
            QCOMPARE(tree().mapTo(inspector_.get(), QPoint()), before);
        }
        inspector_->setState(stateOf(R"({"id":"user-123"})"));
        QCOMPARE(page().title(), QStringLiteral("#9 AddressChanged changed nothing"));
        QCOMPARE(page().changes().emptyText(), QStringLiteral("0 changes: the state stayed as it was"));
        test::picture(*inspector_, QStringLiteral("state-no-changes"));
    }

    void theHeightsAndColumnsThatOneDragsAreThereNextTime()
    {
        show();
        tree().setFocus();
        QSplitter& splitter = page().splitter();
        QWidget* handle = splitter.findChild<QWidget*>(QStringLiteral("qt_splithandle_qt_splithandle_"));
        Q_UNUSED(handle);
        const QPoint at(40, splitter.handle(1)->height() / 2);
        QTest::mousePress(splitter.handle(1), Qt::LeftButton, {}, at);
        QTest::mouseMove(splitter.handle(1), at + QPoint(0, 60));
        QTest::mouseRelease(splitter.handle(1), Qt::LeftButton, {}, at + QPoint(0, 60));
        const int dragged = splitter.sizes().first();
        QVERIFY2(dragged > 140, qPrintable(QString::number(dragged)));
        const int edge = tree().cellRect(0, StateTree::Field).right() + 8;
        QTest::mousePress(tree().viewport(), Qt::LeftButton, {}, QPoint(edge, 12));
        QTest::mouseMove(tree().viewport(), QPoint(edge + 50, 12));
        QTest::mouseRelease(tree().viewport(), Qt::LeftButton, {}, QPoint(edge + 50, 12));
        const int width = tree().draggedWidths().front();
        QVERIFY(width > 0);
        inspector_ = std::make_unique<StateInspector>(theme_);
        inspector_->resize(440, 920);
        inspector_->show();
        QVERIFY(QTest::qWaitForWindowExposed(inspector_.get()));
        QCOMPARE(page().splitter().sizes().first(), dragged);
        QCOMPARE(tree().draggedWidths().front(), width);
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

    void aFieldThatAnEventWroteTwiceIsToldOnce()
    {
        inspector_->setState(
            stateOf(R"({"spent":3})", Version{9},
                    {test::change(Op::Replace, "/spent", "1", "2"), test::change(Op::Replace, "/spent", "2", "3"),
                     test::change(Op::Add, "/new", nullptr, "1"), test::change(Op::Remove, "/new", "1", nullptr)}));
        QCOMPARE(page().changes().rowCount(), qint64(1));
        QCOMPARE(page().changes().rowText(0), QStringLiteral("/spent changed from 1 to 3"));
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
        inspector_->setHistory(test::userHistory());
        inspector_->setPlayhead(Version{9});
        inspector_->showTab(StateInspector::Diff);
        auto view = std::make_shared<DiffView>();
        view->entity = EntityId{7};
        view->a = Version{8};
        view->b = Version{9};
        view->aliveA = view->aliveB = true;
        view->changes = {test::change(Op::Add, "/added", nullptr, "null"), test::change(Op::Remove, "/gone", "\"\"", nullptr)};
        inspector_->setDiff(view);
        diff.sideBySide().click();
        test::picture(*inspector_, QStringLiteral("diff-nulls"));
        QCOMPARE(diff.list().rowText(0), QStringLiteral("/added added: null"));
        QCOMPARE(diff.list().rowText(1), QStringLiteral("/gone removed: \"\""));
    }

    void theModelIsNamedAndItsMenuShowsExportsAndUndoes()
    {
        show();
        auto state = std::make_shared<StateView>(*test::userState());
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("set rules: user");
        model->describes = QStringLiteral("set rules for user, 6 event types");
        model->document = std::make_shared<const Json>(test::json(R"({"entity":"user","on":{}})"));
        model->isRules = true;
        model->version = 3;
        state->model = model;
        inspector_->setState(state);
        QCOMPARE(page().modelButton().accessibleDescription(), QStringLiteral("model: user rules v3"));
        QMenu menu;
        page().fillModelMenu(menu);
        QStringList texts;
        for (const QAction* action : menu.actions())
            texts << action->text() + (action->isEnabled() ? QString() : QStringLiteral(" (off)"));
        QCOMPARE(texts.mid(2), QStringList({QStringLiteral("&Make a rule…"), QStringLiteral("&Show the rules…"),
                                            QStringLiteral("&Export the rules…"), QStringLiteral("&Undo the last rule")}));
        QSignalSpy undo(inspector_.get(), &StateInspector::undoModelWanted);
        menu.actions().back()->trigger();
        QCOMPARE(undo.takeFirst().at(0).toString(), QStringLiteral("user"));
        // Nobody wrote a model: that is said, with what it means.
        auto guess = std::make_shared<ModelView>();
        guess->category = QStringLiteral("user");
        guess->name = QStringLiteral("merge");
        guess->note = guess->describes = QStringLiteral("last seen values, no model");
        state = std::make_shared<StateView>(*state);
        state->model = guess;
        inspector_->setState(state);
        QCOMPARE(page().modelButton().accessibleDescription(), QStringLiteral("last seen values, no model"));
        QVERIFY(page().modelButton().toolTip().contains(QStringLiteral("Nobody has said how these events change a state")));
        test::picture(*inspector_, QStringLiteral("state-no-model"));
    }

    void aFieldMakesARuleInWordsAndJsonWithTheStateUnderIt()
    {
        show();
        auto state = std::make_shared<StateView>(*test::userState());
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("merge");
        state->model = model;
        inspector_->setState(state);
        inspector_->setTypes({QStringLiteral("OrderPlaced"), QStringLiteral("AddressChanged")});
        QMenu menu;
        tree().fillMenu(menu, static_cast<qint64>(*tree().rows().find("/address")));
        QSignalSpy wanted(inspector_.get(), &StateInspector::previewWanted);
        QSignalSpy made(inspector_.get(), &StateInspector::modelMade);
        const auto actions = menu.actions();
        const auto rule = std::find_if(actions.begin(), actions.end(),
                                       [](const QAction* one) { return one->text().startsWith(QStringLiteral("Make a rule")); });
        QVERIFY(rule != actions.end());
        (*rule)->trigger();
        RuleDialog* dialog = inspector_->ruleDialog();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->type().currentText(), QStringLiteral("AddressChanged"));
        QCOMPARE(dialog->target().text(), QStringLiteral("/address"));
        QCOMPARE(dialog->source().currentData().toString(), QStringLiteral("/new_address"));  // it holds what the field holds
        QCOMPARE(dialog->words(), QStringLiteral("When AddressChanged: set /address to the payload's /new_address."));
        const Json expected = test::json(
            R"({"entity":"user","initial":{},"on":{"AddressChanged":[{"merge":"","except":["/address"]},{"set":"/address","value":{"at":"/new_address"}}]},"otherwise":[{"merge":""}]})");
        QCOMPARE(QString::fromStdString(toText(wanted.last().at(1).value<Json>())), QString::fromStdString(toText(expected)));
        auto preview = std::make_shared<ModelPreview>();
        preview->ticket = wanted.last().at(0).toULongLong();
        preview->view = stateOf(R"({"id":"user-123","address":"456 Oak Ave"})", Version{9},
                                {test::change(Op::Replace, "/address", "\"123\"", "\"456 Oak Ave\"")});
        auto overtaken = std::make_shared<ModelPreview>(*preview);
        overtaken->ticket = preview->ticket - 1;
        overtaken->view = stateOf("{}");
        inspector_->setPreview(preview);
        inspector_->setPreview(overtaken);
        QCOMPARE(printed(dialog->preview()), QStringLiteral("id: \"user-123\"\n*address: \"456 Oak Ave\"\n"));
        QVERIFY(dialog->previewWords().startsWith(QStringLiteral("v9: 1 of its values differ")));
        test::picture(*dialog, QStringLiteral("rule"));
        // Every operation has its sentence, and what is no rule cannot be saved.
        const auto sentence = [&](const char* operation) {
            dialog->operation().setCurrentIndex(dialog->operation().findData(QString::fromLatin1(operation)));
            return dialog->words();
        };
        QCOMPARE(sentence("add"), QStringLiteral("When AddressChanged: add the payload's /new_address to /address."));
        QCOMPARE(sentence("append"),
                 QStringLiteral("When AddressChanged: append the payload's /new_address to the list /address."));
        QCOMPARE(sentence("remove"), QStringLiteral("When AddressChanged: remove /address."));
        QCOMPARE(sentence("merge"), QStringLiteral("When AddressChanged: merge the whole payload into /address."));
        QCOMPARE(sentence("end"), QStringLiteral("When AddressChanged: the life ends."));
        QVERIFY(dialog->saveButton().isEnabled());
        sentence("set");
        dialog->from().setCurrentIndex(dialog->from().findText(QStringLiteral("a constant")));
        dialog->source().setEditText(QStringLiteral("1.50"));
        QCOMPARE(dialog->words(), QStringLiteral("When AddressChanged: set /address to 1.50."));
        dialog->target().setText(QStringLiteral("address"));
        QVERIFY(dialog->words().startsWith(QStringLiteral("Not yet a rule")));
        QVERIFY(!dialog->saveButton().isEnabled());
        dialog->target().setText(QStringLiteral("/rate"));
        dialog->saveButton().click();
        QCOMPARE(made.count(), 1);
        QCOMPARE(made.at(0).at(0).toString(), QStringLiteral("user"));
        QVERIFY(toText(made.at(0).at(1).value<Json>()).find(R"({"set":"/rate","value":{"const":1.50}})") != std::string::npos);
        inspector_->modelChanged(QStringLiteral("user"), false);
        QVERIFY(page().notice().contains(QStringLiteral("Undo the rule")));
        QSignalSpy undo(inspector_.get(), &StateInspector::undoModelWanted);
        page().follow(QStringLiteral("undo:"));
        QCOMPARE(undo.count(), 1);
        QVERIFY(!page().notice().contains(QStringLiteral("Undo the rule")));
    }

    void aRuleCanBeTriedAndNotSavedWhereTheWorkspaceIsReadOnly()
    {
        show();
        auto state = std::make_shared<StateView>(*test::userState());
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        state->model = model;
        inspector_->setState(state);
        inspector_->setReadOnly(QStringLiteral("hindcast (process 7) writes it"));
        inspector_->makeRule({}, QStringLiteral("/score"));
        RuleDialog* dialog = inspector_->ruleDialog();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->target().text(), QStringLiteral("/score"));
        QVERIFY(dialog->words().startsWith(QStringLiteral("When AddressChanged: set /score to the payload's /score")));
        QVERIFY(!dialog->saveButton().isEnabled());
        bool told = false;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            told = told || label->text().contains(QStringLiteral("process 7"));
        QVERIFY(told);
        dialog->reject();
        // A table's rows are told whole: the menu says why there is no rule.
        model = std::make_shared<ModelView>(*model);
        model->whyNoRules = QStringLiteral("a table's rows are told whole by their changes");
        state = std::make_shared<StateView>(*state);
        state->model = model;
        inspector_->setState(state);
        QMenu menu;
        tree().fillMenu(menu, 0);
        bool off = false;
        for (const QAction* one : menu.actions())
            off = off || (one->text().startsWith(QStringLiteral("No rule can be made")) && !one->isEnabled());
        QVERIFY(off);
    }

    void aPlaceInThePayloadHasItsPointer()
    {
        const JsonLayout layout = layoutJson(R"({"a":{"b":[10,{"c~/d":"x"}]},"e":null})", 1000);
        const auto at = [&](const char* text) {
            return QString::fromStdString(pointerAt(layout, static_cast<int>(layout.text.indexOf(QString::fromUtf8(text))) + 1));
        };
        QCOMPARE(at("10"), QStringLiteral("/a/b/0"));
        QCOMPARE(at("\"x\""), QStringLiteral("/a/b/1/c~0~1d"));
        QCOMPARE(at("\"e\""), QStringLiteral("/e"));
        QCOMPARE(at("null"), QStringLiteral("/e"));
        const auto leaves = leavesOf(R"({"total":1.50,"lines":[{"sku":"a"}]})", 10);
        QCOMPARE(leaves.size(), std::size_t{4});
        QCOMPARE(leaves[0].second, QStringLiteral("1.50"));
        QCOMPARE(QString::fromStdString(leaves[3].first), QStringLiteral("/lines/0/sku"));
        show();
        inspector_->showTab(StateInspector::Event);
        EventDetails& details = inspector_->eventDetails();
        QTextCursor cursor = details.document()->find(QStringLiteral("12345678901234567890123"));
        cursor.setPosition(cursor.selectionStart() + 1);
        details.setTextCursor(cursor);
        QCOMPARE(details.pointerAt(details.cursorRect().center()), QStringLiteral("/count"));
        QMenu menu;
        details.fillMenu(menu, details.cursorRect().center());
        QStringList texts;
        for (const QAction* one : menu.actions()) texts << one->text();
        QVERIFY(texts.contains(QStringLiteral("Copy pointer /count")));
        QVERIFY(texts.contains(QStringLiteral("Copy the event as JSON")));
    }

    void twoVersionsAreComparedAndTheDiffFollowsThePlayhead()
    {
        show();
        QSignalSpy wanted(inspector_.get(), &StateInspector::diffWanted);
        inspector_->setPlayhead(Version{10});
        QCOMPARE(wanted.count(), 0);  // not seen: nothing is asked
        inspector_->setPlayhead(Version{9});
        inspector_->showTab(StateInspector::Diff);
        DiffPage& diff = inspector_->diffPage();
        QCOMPARE(wanted.takeLast().at(0).value<Version>(), Version{8});
        auto view = std::make_shared<DiffView>();
        view->entity = EntityId{7};
        view->a = Version{8};
        view->b = Version{9};
        view->aliveA = view->aliveB = true;
        view->changes = test::userState()->changes;
        view->changes.pop_back();
        inspector_->setDiff(view);
        QCOMPARE(diff.title(), QStringLiteral("1 changed · 1 added · 1 removed"));
        QCOMPARE(diff.list().rowCount(), qint64(3));
        test::picture(*inspector_, QStringLiteral("diff"));
        diff.searchField().setText(QStringLiteral("OAK"));
        QCOMPARE(diff.list().rowCount(), qint64(1));
        diff.searchField().clear();
        diff.copyMenu().actions().at(0)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"old\": \"123 Main St\"")));
        diff.copyMenu().actions().at(1)->trigger();
        QTRY_VERIFY(
            QApplication::clipboard()->text().startsWith(QStringLiteral("| field | v8 OrderPlaced | v9 AddressChanged |\n")));
        QVERIFY(QApplication::clipboard()->text().contains(
            QStringLiteral("| `/addressChangedAt` | — | `\"2025-11-04T09:14:22Z\"` |")));
        // A is held, B goes with the playhead.
        diff.pickerA().setValue(3);
        QCOMPARE(wanted.takeLast().at(0).value<Version>(), Version{3});
        inspector_->setPlayhead(Version{12});
        QCOMPARE(wanted.last().at(0).value<Version>(), Version{3});
        QCOMPARE(wanted.takeLast().at(1).value<Version>(), Version{12});
        QCOMPARE(diff.title(), QStringLiteral("Comparing…"));  // an answer for other versions is none
        diff.swap();
        QCOMPARE(wanted.last().at(0).value<Version>(), Version{12});
        QCOMPARE(wanted.takeLast().at(1).value<Version>(), Version{3});
        // "Compare with here" in the state's menu.
        inspector_->showTab(StateInspector::State);
        QMenu menu;
        page().fillCopyMenu(menu);
        menu.actions().back()->trigger();
        QCOMPARE(diff.a(), Version{9});
        QVERIFY(diff.bFollows());
        QVERIFY(diff.isVisible());
    }

    void aHundredThousandDifferencesDoNotHoldTheWindow()
    {
        show();
        inspector_->showTab(StateInspector::Diff);
        auto view = std::make_shared<DiffView>();
        view->entity = EntityId{7};
        view->a = Version{8};
        view->b = Version{9};
        view->aliveA = view->aliveB = true;
        for (int i = 0; i < 100'000; ++i)
            view->changes.push_back(test::change(Op::Replace, ("/m" + std::to_string(i)).c_str(), "1", "2"));
        QElapsedTimer clock;
        clock.start();
        inspector_->setDiff(view);
        QVERIFY2(clock.elapsed() < 40, qPrintable(QString::number(clock.elapsed())));
        QTRY_COMPARE(inspector_->diffPage().list().rowCount(), qint64(100'000));
        QCOMPARE(inspector_->diffPage().title(), QStringLiteral("100\u2009000 changed"));
        clock.restart();
        inspector_->diffPage().searchField().setText(QStringLiteral("m99998"));
        QVERIFY2(clock.elapsed() < 40, qPrintable(QString::number(clock.elapsed())));
        QTRY_COMPARE(inspector_->diffPage().list().rowCount(), qint64(1));
    }

    void sameUnbornAndDeadAreSaidInTheDiff()
    {
        show();
        inspector_->showTab(StateInspector::Diff);
        DiffPage& diff = inspector_->diffPage();
        const auto answer = [&](std::uint64_t a, std::uint64_t b, bool aliveA, bool aliveB, Changes changes) {
            inspector_->setPlayhead(Version{b});
            diff.pickerA().setValue(static_cast<int>(a));
            auto view = std::make_shared<DiffView>();
            view->entity = EntityId{7};
            view->a = Version{a};
            view->b = Version{b};
            view->aliveA = aliveA;
            view->aliveB = aliveB;
            view->changes = std::move(changes);
            inspector_->setDiff(view);
        };
        answer(8, 9, true, true, {});
        QCOMPARE(diff.title(), QStringLiteral("The same"));
        QCOMPARE(diff.list().emptyText(), QStringLiteral("The states at v8 and v9 are the same"));
        test::picture(*inspector_, QStringLiteral("diff-same"));
        answer(0, 9, false, true, {test::change(Op::Add, "", nullptr, R"({"id":"user-123"})")});
        QVERIFY2(diff.notice().contains(QStringLiteral("before its birth")), qPrintable(diff.notice()));
        test::picture(*inspector_, QStringLiteral("diff-unborn"));
        answer(9, 14, true, false, {test::change(Op::Remove, "", R"({"id":"user-123"})", nullptr)});
        QVERIFY2(diff.notice().contains(QStringLiteral("all of A is gone")), qPrintable(diff.notice()));
        test::picture(*inspector_, QStringLiteral("diff-dead"));
    }

    void aLongPartialLifeIsFoldedAndAllItsReasonsCanBeRead()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        const std::vector<std::string> reasons{
            "orders/3 begins at offset 1 200: earlier records were not there to be read (retention, or a slice)",
            "orders/4 is compacted: of a key's older events some may be gone",
            "a record with its key at orders/3 offset 48 130 could not be decoded"};
        history->completeness = {false, reasons[0] + "; and 2 more reasons", reasons};
        inspector_->setHistory(history);
        QVERIFY(page().notice().contains(QStringLiteral("and 2 more reasons")));
        QVERIFY(!page().notice().contains(QStringLiteral("compacted")));
        QCoreApplication::processEvents();
        test::picture(*inspector_, QStringLiteral("state-reasons"));
        page().follow(QStringLiteral("reasons:"));
        auto* popup = inspector_->findChild<ValuePopup*>();
        QVERIFY(popup != nullptr);
        for (const std::string& reason : reasons) QVERIFY(popup->text().contains(QString::fromStdString(reason)));
        popup->close();
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
        QElapsedTimer clock;
        clock.start();
        inspector_->setState(state);
        const auto held = clock.elapsed();
        QTRY_COMPARE(tree().rowCount(), qint64(100'000));
        QVERIFY2(held < 60, qPrintable(QString::number(held)));
        clock.restart();
        tree().setCurrentRow(99'999);
        tree().grab();
        QVERIFY2(clock.elapsed() < 100, qPrintable(QString::number(clock.elapsed())));
        page().filterField().setText(QStringLiteral("m99998"));
        QTRY_COMPARE(tree().rows().hits.size(), std::size_t{1});
        QVERIFY(tree().toHit(1));
        QCOMPARE(tree().currentPointer(), QStringLiteral("/m99998"));
    }

    void copyingGivesValuePointerAndJson()
    {
        show();
        tree().reveal(QStringLiteral("/address"));
        tree().setFocus();
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("456 Oak Ave"));
        QTest::keyClick(&tree(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("/address"));
        QMenu menu;
        page().fillCopyMenu(menu);
        menu.actions().at(0)->trigger();
        const QString whole = QApplication::clipboard()->text();
        QVERIFY2(whole.startsWith(
                     QStringLiteral("{\"entity\":\"user/user-123\",\"version\":9,\"of\":14,\"time\":\"2025-11-04T09:14:22.118Z\","
                                    "\"event\":{\"type\":\"AddressChanged\"")),
                 qPrintable(whole.left(300)));
        QVERIFY(whole.contains(QStringLiteral("\"score\":123456789012345678901234567890")));
        QVERIFY(whole.endsWith(QStringLiteral("\"alive\":true,\"complete\":true,\"model\":\"set rules: user\"}")));
        menu.actions().at(1)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"path\": \"/oldPhone\"")));
        QVERIFY(!QApplication::clipboard()->text().contains(QStringLiteral("/status")));  // written again, not changed
        menu.actions().at(2)->trigger();
        QTRY_VERIFY(QApplication::clipboard()->text().contains(QStringLiteral("\"payload\":{\"user_id\"")));
    }

    void rawBytesAreCopiedAndSavedAsTheyAre()
    {
        show();
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.value = std::string("a\0\xff", 3);
        event->event.headers = {{"bin", std::string("\x01\x02", 2)}, {"none", std::nullopt}};
        inspector_->setEvent(event);
        inspector_->showTab(StateInspector::Raw);
        RawPage& raw = inspector_->rawPage();
        const auto copied = [&](int how) {
            raw.copyMenu().actions().at(how)->trigger();
            return QApplication::clipboard()->text();
        };
        QCOMPARE(copied(0), QStringLiteral("6100ff"));
        QCOMPARE(copied(1), QStringLiteral("YQD/"));
        raw.part().setCurrentIndex(2);
        emit raw.part().activated(2);
        QCOMPARE(raw.part().currentText(), QStringLiteral("header bin · 2 B"));
        QCOMPARE(copied(0), QStringLiteral("0102"));
        test::picture(*inspector_, QStringLiteral("raw-header"));
        raw.part().setCurrentIndex(3);
        emit raw.part().activated(3);
        QCOMPARE(inspector_->bytes().emptyText(), QStringLiteral("null: nothing was sent here"));
        raw.part().setCurrentIndex(0);
        emit raw.part().activated(0);
        QTemporaryDir folder;
        QSignalSpy saved(&raw, &RawPage::saved);
        QSignalSpy failed(inspector_.get(), &StateInspector::failed);
        raw.save(folder.filePath(QStringLiteral("value.bin")));
        QTRY_COMPARE(saved.count(), 1);
        QFile file(folder.filePath(QStringLiteral("value.bin")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("a\0\xff", 3));
        raw.save(folder.filePath(QStringLiteral("no/such/folder.bin")));
        QTRY_COMPARE(failed.count(), 1);
    }

    void keysAndHeadersAreTextBytesEmptyOrNull()
    {
        show();
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.key = std::string("\x00\x01k", 3);
        event->event.headers = {{"bin", std::string("\xff\xfe", 2)}, {"empty", ""}, {"null", std::nullopt}, {"word", "null"}};
        event->event.kind = EventKind::Update;
        event->event.databaseTime = test::at("2025-11-04T09:14:22.100Z");
        event->event.position.epoch = 2;
        inspector_->setEvent(event);
        inspector_->showTab(StateInspector::Event);
        const QString text = inspector_->eventDetails().toPlainText();
        for (const char* part : {"00 01 6b (3 B)", "bin=ff fe (2 B)", "empty=empty", "null=null", "word=null", "update",
                                 "database commit", "epoch 2", "by the producer"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), part);
        test::picture(*inspector_, QStringLiteral("event-bytes"));
    }

    void aDeadEntitySaysByWhatAndWhatWasBefore()
    {
        show();
        auto dead = std::make_shared<StateView>();
        dead->entity = EntityId{7};
        dead->state.version = Version{14};
        dead->state.of = Version{14};
        dead->state.document = Json(Json::value_t::discarded);
        dead->changes = {test::change(Op::Remove, "", R"({"id":"user-123","spent":181.90})", nullptr)};
        auto provenance = std::make_shared<replay::Provenance>();
        provenance->add(Version{1},
                        {test::change(Op::Add, "/id", nullptr, "\"user-123\""), test::change(Op::Add, "/spent", nullptr, "0")});
        provenance->add(Version{8}, {test::change(Op::Replace, "/spent", "0", "181.90")});
        provenance->add(Version{14}, dead->changes);
        dead->provenance = provenance;
        inspector_->setPlayhead(Version{14});
        inspector_->setState(dead);
        QVERIFY2(
            page().notice().contains(QStringLiteral("Ended by")) && page().notice().contains(QStringLiteral("#14 UserDeleted")),
            qPrintable(page().notice()));
        QCOMPARE(printed(tree()), QStringLiteral("id: \"user-123\"\nspent: 181.90\n"));
        QVERIFY(tree().rows().isPast);
        QVERIFY2(tree().rowText(1).endsWith(QStringLiteral("set by #8 OrderPlaced")), qPrintable(tree().rowText(1)));
        QCoreApplication::processEvents();
        test::picture(*inspector_, QStringLiteral("state-dead"));
        // The strip is not only tinted: its words are painted.
        Notice* strip = nullptr;
        for (Notice* one : page().findChildren<Notice*>())
            if (one->isVisible()) strip = one;
        QVERIFY(strip != nullptr);
        const QImage words = strip->grab().toImage();
        QVERIFY(test::countOf(words, theme_.color(Theme::Role::Text)) + test::countOf(words, theme_.color(Theme::Role::Link)) >
                30);
    }

    void beforeTheFirstEventThereIsNothingAndItSaysSo()
    {
        show();
        auto none = std::make_shared<StateView>();
        none->entity = EntityId{7};
        none->state.of = Version{14};
        none->state.document = Json(Json::value_t::discarded);
        inspector_->setPlayhead(Version{0});
        inspector_->setState(none);
        QCOMPARE(inspector_->where(), QStringLiteral("before the first of 14 · life complete"));
        QVERIFY(page().nothing().contains(QStringLiteral("#1 UserRegistered")));
        QVERIFY(page().nothing().contains(QStringLiteral("To its last event")));
        QSignalSpy chosen(inspector_.get(), &StateInspector::versionChosen);
        page().follow(QStringLiteral("version:14"));
        QCOMPARE(chosen.takeLast().at(0).value<Version>(), Version{14});
        QCOMPARE(tree().rowCount(), qint64(0));
        test::picture(*inspector_, QStringLiteral("state-before"));
    }

    void aPartialLifeAndAFailingModelAreSaidInPlace()
    {
        show();
        auto history = std::make_shared<replay::History>(*test::userHistory());
        history->completeness = {false, "orders/3 was read from offset 1 200 (began at 2025-11-03T00:00:00Z)"};
        inspector_->setHistory(history);
        auto state = std::make_shared<StateView>(*test::userState());
        state->state.error = replay::ReplayError{Version{5}, {"cannot add 1 to \"<b>twelve</b>\"", "OrderPlaced[1] add"}};
        state->modelNote = QStringLiteral("last seen values, no model");
        inspector_->setState(state);
        QVERIFY(inspector_->where().startsWith(QStringLiteral("v9 of 14 · partial: orders/3")));
        QVERIFY(page().notice().contains(QStringLiteral("#5 OrderPlaced")));
        QVERIFY(page().notice().contains(QStringLiteral("OrderPlaced[1] add")));
        QVERIFY2(page().notice().contains(QStringLiteral("&lt;b&gt;")), "text from outside is escaped");
        test::picture(*inspector_, QStringLiteral("state-partial"));
    }

    void theEventTellsAllItsCoordinates()
    {
        show();
        inspector_->showTab(StateInspector::Event);
        const QString text = inspector_->eventDetails().toPlainText();
        for (const char* part : {"\"count\": 12345678901234567890123", "\"score\": 1.50", "2025-11-04 09:14:22.118 UTC",
                                 "orders · partition 3 · offset 48\u202f112", "8UIjTq7OQn2nbdRUHc9Zkg", "user-123",
                                 "trace-id=9f1c2d77", "empty=null", "address/a/77", "c-8812", "e-48101", "JSON"})
            QVERIFY2(text.contains(QString::fromUtf8(part)), part);
        test::picture(*inspector_, QStringLiteral("event"));
    }

    void anEntityInTheEventIsALink()
    {
        show();
        QSignalSpy chosen(inspector_.get(), &StateInspector::entityChosen);
        emit inspector_->eventDetails().anchorClicked(QUrl(QStringLiteral("entity:address%2Fa%2F77")));
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen.at(0).at(0).toString(), QStringLiteral("address/a/77"));
    }

    void tenMegabytesAreCutWithAWordAndRawHasAll()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        std::string large = "[";
        while (large.size() < 10'000'000) large += "{\"n\":1,\"text\":\"some words in an item\"},";
        large += "1]";
        event->event.payload = large;
        event->event.value = large;
        QElapsedTimer clock;
        clock.start();
        inspector_->setEvent(event);
        QVERIFY2(clock.elapsed() < 120, qPrintable(QString::number(clock.elapsed())));
        inspector_->showTab(StateInspector::Event);
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("the beginning of 10 MB")));
        inspector_->showTab(StateInspector::Raw);
        QCOMPARE(inspector_->bytes().rowCount(), static_cast<qint64>((large.size() + 7) / 8));
        inspector_->resize(700, 920);
        QTRY_COMPARE(inspector_->bytes().rowCount(), static_cast<qint64>((large.size() + 15) / 16));
        test::picture(*inspector_, QStringLiteral("event-raw"));
    }

    void tombstonesBytesAndRejectsAreToldApart()
    {
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload.clear();
        event->event.value.reset();
        event->event.wire = Wire::None;
        event->event.decodedAs.clear();
        inspector_->showTab(StateInspector::Event);
        inspector_->setEvent(event);
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("∅ tombstone: a null value")));
        test::picture(*inspector_, QStringLiteral("event-tombstone"));
        auto rejected = std::make_shared<EventView>(*event);
        rejected->version = Version{0};
        rejected->event.value = "{\"a\":";
        rejected->event.reject = "unexpected end at byte 5";
        rejected->event.key.reset();
        inspector_->setEvent(rejected);
        QVERIFY(inspector_->eventDetails().toPlainText().contains(QStringLiteral("unexpected end at byte 5")));
        test::picture(*inspector_, QStringLiteral("event-reject"));
    }

    void hexShowsBytesAndText()
    {
        QCOMPARE(HexView::hexOf("{\"user_id\":"), QStringLiteral("7b 22 75 73 65 72 5f 69  64 22 3a"));
        QCOMPARE(HexView::asciiOf(std::string_view("a\0\xff", 3)), QStringLiteral("a··"));
    }

    void aStateThatIsOneValueIsShown()
    {
        inspector_->setState(stateOf("42.10"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): 42.10\n"));
        inspector_->setState(stateOf("{}"));
        QCOMPARE(printed(tree()), QStringLiteral("(the whole state): {}\n"));
    }

    void scrubbingStaysWithinAFrame()
    {
        show();
        std::vector<std::shared_ptr<StateView>> states;
        for (std::uint64_t i = 0; i < 40; ++i) {
            auto state = std::make_shared<StateView>(*test::userState());
            state->state.version = Version{1 + i % 14};
            states.push_back(state);
        }
        QElapsedTimer clock;
        clock.start();
        for (const auto& state : states) {
            inspector_->setState(state);
            inspector_->setEvent(test::userEvent());
        }
        const double each = static_cast<double>(clock.nsecsElapsed()) / 1e6 / 40;
        qInfo("one step of the playhead: %.2f ms", each);
        QVERIFY2(each < 40, qPrintable(QString::number(each)));
    }

    void darkIsPaintedDark()
    {
        theme_.setScheme(Theme::Scheme::Dark);
        show();
        const QImage image = test::picture(*inspector_, QStringLiteral("state-dark"));
        QVERIFY(test::countOf(image, theme_.color(Theme::Role::ChangedSoft)) > 5000);
        theme_.setScheme(Theme::Scheme::Light);
    }

private:
    StatePage& page() { return inspector_->statePage(); }
    StateTree& tree() { return page().tree(); }
    void show()
    {
        inspector_->setHistory(test::userHistory());
        inspector_->setPlayhead(Version{9});
        inspector_->setState(test::userState());
        inspector_->setEvent(test::userEvent());
        QCoreApplication::processEvents();
    }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<StateInspector> inspector_;
};

QTEST_MAIN(TestState)
#include "test_state.moc"
