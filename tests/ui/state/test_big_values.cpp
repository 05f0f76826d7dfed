#include "tests/ui/fixtures.h"
#include "ui/state/changes_list.h"
#include "ui/state/copying.h"
#include "ui/state/rule_dialog.h"
#include "ui/state/state_rows.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace hindcast;
using namespace hindcast::ui;
using Op = Change::Op;

namespace {

Json textOf(std::size_t size, const char* end = "") { return std::string(size, 'x') + end; }

Change replaced(const char* pointer, Json before, Json after)
{
    return {Op::Replace, pointer, std::move(before), std::move(after)};
}

/// {"head": …, "items": [{"n": 0}, …], "tail": 1}
std::shared_ptr<StateView> largeState(int items, Version version)
{
    std::string text = "{\"head\":" + std::to_string(version.value) + ",\"items\":[";
    for (int i = 0; i < items; ++i) text += (i ? ",{\"n\":" : "{\"n\":") + std::to_string(i) + "}";
    auto view = std::make_shared<StateView>();
    view->entity = EntityId{7};
    view->state.version = version;
    view->state.of = Version{14};
    view->state.alive = true;
    view->state.document = test::json((text + "],\"tail\":1}").c_str());
    return view;
}

}  // namespace

class TestBigValues final : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        theme_.apply();
    }

    void fewChangesWithLargeValuesAreSearchedOnAnotherThread()
    {
        const auto changes = std::make_shared<Changes>();
        for (int i = 0; i < 8; ++i)
            changes->push_back(
                replaced(("/doc" + std::to_string(i)).c_str(), textOf(300'000), textOf(300'000, i == 5 ? "Needle" : "")));
        ChangesList list(theme_);
        list.setChanges(changes, changes.get());
        QVERIFY(!list.isWorking());  // a list of them looks into none
        QCOMPARE(list.rowCount(), qint64(8));
        list.setFilter(QStringLiteral("needle"));
        QVERIFY(list.isWorking());
        QTRY_COMPARE(list.rowCount(), qint64(1));
        QCOMPARE(*list.change(0).pointer, std::string("/doc5"));
        QCOMPARE(list.counts().all(), std::size_t{8});
        // Thousands of short ones are searched at once.
        const auto small = std::make_shared<Changes>();
        for (int i = 0; i < 3000; ++i) small->push_back(test::change(Op::Replace, ("/m" + std::to_string(i)).c_str(), "1", "2"));
        list.setFilter(QStringLiteral("m2999"));
        list.setChanges(small, small.get());
        QVERIFY(!list.isWorking());
        QCOMPARE(list.rowCount(), qint64(1));
    }

    void whatIsSmallIsToldByAllOfItsTextTogether()
    {
        QVERIFY(isSmall(textOf(100'000)));
        QVERIFY(!isSmall(textOf(300'000)));
        Json many = Json::array();
        for (int i = 0; i < 100; ++i) many.push_back(textOf(10'000));
        QVERIFY(!isSmall(many));
        Json names = Json::object();
        for (int i = 0; i < 100; ++i) names[std::string(10'000, 'n') + std::to_string(i)] = 1;
        QVERIFY(!isSmall(names));
        QVERIFY(areSmall({replaced("/a", 1, 2), test::change(Op::Add, "/b", nullptr, "{}")}));
        QVERIFY(!areSmall({replaced("/a", textOf(150'000), textOf(150'000))}));
    }

    void aLargeFieldThatWasWrittenTwiceIsComparedOnAnotherThreadAndNotCopied()
    {
        auto view = std::make_shared<StateView>();
        view->entity = EntityId{7};
        view->state.version = Version{9};
        view->changes = {replaced("/doc", textOf(2'000'000, "1"), textOf(2'000'000, "2")),
                         replaced("/doc", textOf(2'000'000, "2"), textOf(2'000'000, "3")),
                         replaced("/same", textOf(2'000'000), textOf(2'000'000, "4")),
                         replaced("/same", textOf(2'000'000, "4"), textOf(2'000'000))};
        ChangesList list(theme_);
        list.setView(view);
        QVERIFY(list.isWorking());
        QTRY_COMPARE(list.rowCount(), qint64(1));
        QCOMPARE(list.change(0).before, &view->changes[0].before);
        QCOMPARE(list.change(0).after, &view->changes[1].after);
        QCOMPARE(list.change(0).op, Op::Replace);
    }

    void rowsComeWithThePlacesThatAreLookedAt()
    {
        StateRowsTask task;
        task.view = largeState(1000, Version{3});
        task.opened["/items"] = true;
        task.opened["/items/700"] = true;
        task.top = "/items/500";
        task.wanted = "/items/700/n";
        const auto rows = makeStateRows(task, SIZE_MAX);
        QVERIFY(rows && rows->topRow && rows->wantedRow);
        QCOMPARE(rows->pointer(*rows->topRow), task.top);
        QCOMPARE(rows->pointer(*rows->wantedRow), task.wanted);
        // At the top the nearest container will do; what is stood upon is that field and none else.
        task.top = task.wanted = "/items/2000/n";
        const auto gone = makeStateRows(task, SIZE_MAX);
        QCOMPARE(gone->pointer(gone->topRow.value()), std::string("/items"));
        QVERIFY(!gone->wantedRow);
        for (const char* none : {"/items/0700", "/items/+7", "/items/-", "/items/99999999999"})
            QCOMPARE(rows->pointer(rows->find(none).value()), std::string("/items"));
    }

    void whereOneStandsAndWhatIsInViewOutliveThePlayheadInALargeState()
    {
        constexpr int kItems = 60'000;
        StateTree tree(theme_);
        tree.resize(400, 300);
        tree.show();
        const auto at = [&](RowView::Row row) { return tree.rows().pointer(static_cast<std::size_t>(row)); };
        const auto first = largeState(kItems, Version{1});
        tree.setView(first);
        tree.reveal(QStringLiteral("/items/50000/n"));
        QTRY_VERIFY(tree.currentRow() != RowView::kNone);
        QCOMPARE(at(tree.currentRow()), std::string("/items/50000/n"));
        const std::string top = at(tree.topRow());
        QVERIFY(top.starts_with("/items/"));
        const auto second = largeState(kItems, Version{2});
        tree.setView(second);
        QVERIFY(tree.rows().view == first);  // the lines are made elsewhere
        QTRY_VERIFY(tree.rows().view == second);
        QCOMPARE(at(tree.topRow()), top);
        QCOMPARE(at(tree.currentRow()), std::string("/items/50000/n"));
        // Who scrolls while the lines are made stays there.
        const auto third = largeState(kItems, Version{3});
        tree.setView(third);
        tree.setTopRow(1000);
        const std::string chosen = at(1000);
        QTRY_VERIFY(tree.rows().view == third);
        QCOMPARE(at(tree.topRow()), chosen);
    }

    void aLargeTextInAStateIsSearchedOnAnotherThread()
    {
        const auto view = largeState(3, Version{1});
        view->state.document["text"] = textOf(2'000'000, "Needle");
        StateTree tree(theme_);
        tree.resize(400, 300);
        tree.setView(view);
        QVERIFY(tree.rows().view == view);  // to show it, nobody looks into it
        tree.setFilter(QStringLiteral("needle"));
        QVERIFY(tree.rows().hits.empty());
        QTRY_COMPARE(tree.rows().hits.size(), std::size_t{1});
        tree.setFilter({});
        QVERIFY(tree.rows().hits.empty());
    }

    void aLongTextIsShownToALimitAndCopiedWhole()
    {
        const auto value = std::make_shared<Json>(textOf(1'000'000));
        ValuePopup popup(theme_, QStringLiteral("/doc"), value, *value);
        QTRY_COMPARE(popup.text().size(), qsizetype{1'000'000});
        QElapsedTimer clock;
        clock.start();
        popup.show();
        popup.grab();
        qInfo("a long text is painted for the first time in %lld ms", static_cast<long long>(clock.elapsed()));
        QVERIFY(popup.findChild<QPlainTextEdit*>()->toPlainText().size() <= 64'000);
        bool told = false;
        for (const QLabel* label : popup.findChildren<QLabel*>())
            told = told || label->text().startsWith(QStringLiteral("the beginning of"));
        QVERIFY(told);
    }

    void aRuleIsTriedOnceOneStopsTyping()
    {
        RuleDialog dialog(theme_, start("{\"total\":1,\"name\":\"Alice\"}"));
        QSignalSpy wanted(&dialog, &RuleDialog::previewWanted);
        dialog.begin();
        QCOMPARE(wanted.count(), 1);  // the first is not waited for
        const QString before = dialog.json();
        const QString typed = QStringLiteral("/spent");
        for (int letters = 1; letters <= typed.size(); ++letters) dialog.target().setText(typed.left(letters));
        QCOMPARE(wanted.count(), 1);
        QVERIFY2(dialog.words().contains(QStringLiteral("/spent")), qPrintable(dialog.words()));  // it is said at each letter
        QTRY_COMPARE(wanted.count(), 2);
        QVERIFY(dialog.json() != before && dialog.json().contains(QStringLiteral("/spent")));
        QCOMPARE(QString::fromStdString(toText(wanted.last().at(1).value<Json>(), 2)), dialog.json());
    }

    void theFieldsOfALargePayloadAreOfferedWhenTheyAreRead()
    {
        std::string payload = "{\"total\":12,\"name\":\"Alice\",\"filler\":\"";
        payload += std::string(400'000, 'f') + "\"}";
        RuleDialog::Start begin = start(payload.c_str());
        begin.target = QStringLiteral("/name");
        RuleDialog dialog(theme_, begin);
        dialog.begin();
        QCOMPARE(dialog.source().count(), 0);  // read on another thread
        QTRY_COMPARE(dialog.source().count(), 3);
        QCOMPARE(dialog.source().currentData().toString(), QStringLiteral("/name"));
        QCOMPARE(dialog.words(), QStringLiteral("When OrderPlaced: set /name to the payload's /name."));
        // Another choice reads nothing again, and what was typed before the fields came stays.
        RuleDialog typed(theme_, begin);
        typed.begin();
        typed.source().setEditText(QStringLiteral("/total"));
        QTRY_COMPARE(typed.source().count(), 3);
        QCOMPARE(typed.source().currentData().toString(), QStringLiteral("/total"));
        typed.operation().setCurrentIndex(typed.operation().findData(QStringLiteral("add")));
        QCOMPARE(typed.source().count(), 3);
    }

private:
    static RuleDialog::Start start(const char* payload)
    {
        RuleDialog::Start start;
        auto model = std::make_shared<ModelView>();
        model->category = QStringLiteral("user");
        model->name = QStringLiteral("merge");
        start.model = model;
        start.type = QStringLiteral("OrderPlaced");
        start.types = {start.type};
        start.target = QStringLiteral("/total");
        auto event = std::make_shared<EventView>(*test::userEvent());
        event->event.payload = payload;
        start.event = event;
        return start;
    }

    Theme theme_{Theme::Scheme::Light};
};

QTEST_MAIN(TestBigValues)
#include "test_big_values.moc"
