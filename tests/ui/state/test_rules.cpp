// The model that rebuilds the state, and the rules that are made of a field.
#include "tests/ui/state/state_fixture.h"
#include "ui/state/rule_dialog.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Op = Change::Op;

class TestRules final : public StateFixture {
    Q_OBJECT
private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { QSettings().clear(); }

    void theModelIsNamedAndItsMenuShowsExportsAndUndoes()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("set rules: user");
        model->describes = QStringLiteral("set rules for user, 6 event types");
        model->document = std::make_shared<const Json>(test::json(R"({"entity":"user","on":{}})"));
        model->isRules = true;
        model->version = 3;
        show(model);
        QCOMPARE(page().modelButton().accessibleDescription(), QStringLiteral("model: user rules v3"));
        QMenu menu;
        page().fillModelMenu(menu);
        QStringList texts;
        for (const QAction* action : menu.actions())
            texts << action->text() + (action->isEnabled() ? QString() : QStringLiteral(" (off)"));
        QCOMPARE(texts.mid(2), QStringList({QStringLiteral("&Make a rule…"), QStringLiteral("&Show the rules…"),
                                            QStringLiteral("&Export the rules…"), QStringLiteral("&Write a model…"),
                                            QStringLiteral("&Undo the last rule")}));
        QSignalSpy undo(inspector_.get(), &StateInspector::undoModelWanted);
        menu.actions().back()->trigger();
        QCOMPARE(undo.takeFirst().at(0).toString(), QStringLiteral("user"));
        // Nobody wrote a model: that is said, with what it means.
        auto guess = std::make_shared<ModelView>();
        guess->category = QStringLiteral("user");
        guess->name = QStringLiteral("merge");
        guess->note = guess->describes = QStringLiteral("last seen values, no model");
        show(guess);
        QCOMPARE(page().modelButton().accessibleDescription(), QStringLiteral("last seen values, no model"));
        QVERIFY(page().modelButton().toolTip().contains(QStringLiteral("Nobody has said how these events change a state")));
        test::picture(*inspector_, QStringLiteral("state-no-model"));
    }

    void thatThereIsNoModelIsSaidInAsManyWordsAsThereIsRoomFor()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("merge");
        model->note = model->describes = QStringLiteral("last seen values, no model");
        show(model);
        const QToolButton* only = nullptr;
        for (const QToolButton* one : page().findChildren<QToolButton*>())
            if (one->accessibleName() == QStringLiteral("Only what this event changed")) only = one;
        QVERIFY(only != nullptr);
        for (const int width : {440, 380, 360, 320}) {
            inspector_->resize(width, 920);
            QCoreApplication::processEvents();
            QCOMPARE(inspector_->width(), width);
            QVERIFY2(only->text().startsWith(QStringLiteral("changed")), qPrintable(only->text()));
            QVERIFY2(only->width() >= only->sizeHint().width(), qPrintable(QString::number(width)));
            const QToolButton& name = page().modelButton();
            QVERIFY2(page().rect().contains(name.mapTo(&page(), QPoint(name.width(), 0))), qPrintable(QString::number(width)));
            QVERIFY(name.toolTip().contains(QStringLiteral("last seen values, no model")));
            const QStringList words{QStringLiteral("last seen values, no model"), QStringLiteral("last seen values"),
                                    QStringLiteral("no model")};
            QVERIFY2(words.contains(name.text()), qPrintable(name.text()));  // whole
            QCOMPARE(name.text() == words.first(), width == 440);
        }
    }

    void aLongModelNameGivesWayToItsNeighbours()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("set rules of the department that nobody has ever heard of");
        show(model);
        inspector_->resize(380, 920);
        QCoreApplication::processEvents();
        QVERIFY(page().modelButton().text().endsWith(QChar(0x2026)));
        QVERIFY(page().modelButton().toolTip().contains(model->name));
    }

    void aRuleBeginsWithThePayloadsFieldThatTheFieldTookItsValueFrom()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        auto state = std::make_shared<StateView>(
            *stateOf(R"({"status":"paid","to":{"street":"Oak","zip":"1"},"quiet":12,"spent":5,"name":"Al"})", Version{9},
                     {test::change(Op::Replace, "/status", "\"new\"", "\"paid\""),
                      test::change(Op::Replace, "/to/street", "\"Elm\"", "\"Oak\"")}));
        state->model = model;
        inspector_->setState(state);
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload =
            R"({"status":"ignored","next":"paid","count":7,"ship":{"street":"Oak","zip":"1"},"spent":6,"alias":"Al"})";
        inspector_->setEvent(event);
        const auto source = [&](const char* target) {
            inspector_->makeRule(QString::fromLatin1(target), {});
            RuleDialog* dialog = inspector_->ruleDialog();
            const QString words = dialog->words();
            const QString chosen =
                dialog->source().currentText().isEmpty() ? QString() : dialog->source().currentData().toString();
            dialog->reject();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            return chosen.isEmpty() ? words : chosen;
        };
        QCOMPARE(source("/status"), QStringLiteral("/next"));  // though another one has its name
        QCOMPARE(source("/to"), QStringLiteral("/ship"));
        QCOMPARE(source("/spent"), QStringLiteral("/spent"));  // not set by this event: the name says most
        QCOMPARE(source("/name"), QStringLiteral("/alias"));
        QCOMPARE(source("/quiet"), QStringLiteral("Not yet a rule: which field of the payload?"));
    }

    void aFieldMakesARuleInWordsAndJsonWithTheStateUnderIt()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("merge");
        show(model);
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
        QCOMPARE(dialog->previewWords(), QStringLiteral("v9: 1 of its values differs from now; it is marked"));
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
        // Whether it is a rule is not known while there is no state by it.
        inspector_->setState({});
        QVERIFY2(page().notice().contains(QStringLiteral("Undo the change")), qPrintable(page().notice()));
        QVERIFY(!page().notice().contains(QStringLiteral("The rule is in force")));
        QSignalSpy undo(inspector_.get(), &StateInspector::undoModelWanted);
        page().follow(QStringLiteral("undo:"));
        QCOMPARE(undo.count(), 1);
        QVERIFY(!page().notice().contains(QStringLiteral("Undo the change")));
    }

    void aPreviewKeepsItsTwoColumnsAndBringsTheMarkedLineIntoView()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        show(model);
        QSignalSpy wanted(inspector_.get(), &StateInspector::previewWanted);
        inspector_->makeRule({}, QStringLiteral("/score"));
        RuleDialog* dialog = inspector_->ruleDialog();
        QVERIFY(dialog != nullptr && !wanted.isEmpty());
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        StateTree& tree = dialog->preview();
        QCOMPARE(tree.columns().size(), std::size_t{2});
        const QString name = QStringLiteral("zoneWhereTheLastOrderWasReservedByOthers");
        Json document = Json::object();
        for (int i = 0; i < 50; ++i) document["field" + std::to_string(100 + i)] = i;
        document[name.toStdString()] = 1;
        const auto show = [&](const std::string& pointer) {
            auto preview = std::make_shared<ModelPreview>();
            preview->ticket = wanted.last().at(0).toULongLong();
            preview->view = stateOf(toText(document).c_str(), Version{9}, {test::change(Op::Replace, pointer.c_str(), "0", "1")});
            inspector_->setPreview(preview);
            QCoreApplication::processEvents();
            const auto row = static_cast<RowView::Row>(*tree.rows().find(pointer));
            return row >= tree.visibleRows().first && row <= tree.visibleRows().second;
        };
        QVERIFY(show("/" + name.toStdString()));
        QVERIFY(tree.topRow() > 0);
        QCOMPARE(tree.columns().size(), std::size_t{2});
        QVERIFY(tree.cellRect(50, StateTree::Field).width() >= QFontMetrics(theme_.text()).horizontalAdvance(name));
        QVERIFY(show("/field101"));
        // What is in sight already stays where it is.
        const RowView::Row top = tree.topRow();
        QVERIFY(show("/field102"));
        QCOMPARE(tree.topRow(), top);
        dialog->reject();
    }

    void aRuleCanBeTriedAndNotSavedWhereTheWorkspaceIsReadOnly()
    {
        show();
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        show(model);
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
        show(model);
        QMenu menu;
        tree().fillMenu(menu, 0);
        bool off = false;
        for (const QAction* one : menu.actions())
            off = off || (one->text().startsWith(QStringLiteral("No rule can be made")) && !one->isEnabled());
        QVERIFY(off);
    }
};

QTEST_MAIN(TestRules)
#include "test_rules.moc"
