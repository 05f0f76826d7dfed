#include "tests/ui/state/state_fixture.h"

#include <QFontMetrics>
#include <QToolButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

/// A branch's values beside the real ones.
class TestBranchState : public StateFixture {
    Q_OBJECT

    /// The states at version 9; empty: it does not live.
    static std::shared_ptr<BranchStateView> beside(const char* real, const char* branch)
    {
        const Json none(Json::value_t::discarded);
        auto view = std::make_shared<BranchStateView>();
        view->entity = EntityId{7};
        view->real = view->version = Version{9};
        view->realAlive = *real != 0;
        view->alive = *branch != 0;
        view->document = view->alive ? json(branch) : none;
        view->difference = difference(view->realAlive ? json(real) : none, view->document);
        auto joint = stateOf(view->realAlive ? real : view->alive ? branch : "{}", Version{9}, view->difference);
        for (Change& change : joint->changes)
            if (change.op == Change::Op::Remove) change.op = Change::Op::Replace;
        // What only the branch has stands behind what both have.
        if (view->realAlive && view->alive)
            for (const Change& change : view->difference)
                if (change.op == Change::Op::Add) joint->state.document[change.pointer.substr(1)] = change.after;
        view->joint = joint;
        return view;
    }
    QString row(const char* field)
    {
        for (RowView::Row i = 0; i < tree().rowCount(); ++i)
            if (tree().rowText(i).startsWith(QLatin1String(field))) return tree().rowText(i);
        return {};
    }

private slots:
    void init() { QVERIFY(begin()); }
    void cleanup() { inspector_.reset(); }

    void fieldsOfBothStandInOneListAndWhatDiffersIsTinted()
    {
        const char* real = R"({"id":"user-123","spent":10,"tier":"gold"})";
        inspector_->setHistory(userHistory());
        page().setBranch(QStringLiteral("what if"), beside(real, R"({"id":"user-123","spent":15.00,"note":"x"})"));
        inspector_->setState(stateOf(real));
        QCOMPARE(row("id").section(QStringLiteral(", set"), 0, 0), QStringLiteral("id: \"user-123\", what if: \"user-123\""));
        QCOMPARE(row("spent"), QStringLiteral("spent: 10, what if: 15.00, differs"));
        QCOMPARE(row("tier"), QStringLiteral("tier: \"gold\", what if: not there, differs"));
        QCOMPARE(row("note"), QStringLiteral("note: not there, what if: \"x\", differs"));
        const QImage shown = picture(tree(), QStringLiteral("branch-state"));
        for (const Theme::Role role : {Theme::Role::ChangedSoft, Theme::Role::RemovedSoft, Theme::Role::AddedSoft})
            QVERIFY(countOf(shown, theme_.color(role)) > 500);
        page().changedOnlyButton().setChecked(true);
        QCOMPARE(tree().rowCount(), RowView::Row{3});
        page().changedOnlyButton().setChecked(false);
        // Without the branch it is as it was before.
        page().setBranch({}, {});
        QCOMPARE(tree().rowCount(), RowView::Row{3});
        QCOMPARE(row("spent"), QStringLiteral("spent: 10"));
        QCOMPARE(tree().columnOf(2), StateTree::SetBy);
    }

    void whereOneOfThemDoesNotLiveItIsSaid()
    {
        const char* real = R"({"id":"user-123"})";
        inspector_->setHistory(userHistory());
        inspector_->setState(stateOf(real));
        page().setBranch(QStringLiteral("no birth"), beside(real, ""));
        QCOMPARE(row("id"), QStringLiteral("id: \"user-123\", what if: not there, differs"));
        QVERIFY2(page().notice().contains(QStringLiteral("In “no birth” it does not live here")), qPrintable(page().notice()));
        auto dead = stateOf("{}");
        dead->state.alive = false;
        dead->state.document = Json(Json::value_t::discarded);
        inspector_->setState(dead);
        page().setBranch(QStringLiteral("no death"), beside("", real));
        QCOMPARE(row("id"), QStringLiteral("id: not there, what if: \"user-123\", differs"));
        QVERIFY(page().nothing().isEmpty());
        QVERIFY(page().notice().contains(QStringLiteral("In “no death” it lives")));
    }

    void ofADeadEntityBothSidesShowWhatWasBeforeItsEnd()
    {
        const Json none(Json::value_t::discarded);
        auto dead = stateOf("{}");
        dead->state.alive = false;
        dead->state.document = none;
        Change end;
        end.op = Change::Op::Remove;
        end.before = json(R"({"id":"user-123","spent":10})");
        dead->changes = {end};
        auto view = beside("", "");
        auto joint = std::make_shared<StateView>(*dead);
        view->joint = joint;
        view->past = end.before;
        inspector_->setHistory(userHistory());
        page().setBranch(QStringLiteral("what if"), view);
        inspector_->setState(dead);
        QCOMPARE(row("id"), QStringLiteral("id: \"user-123\", what if: \"user-123\""));
        QCOMPARE(row("spent"), QStringLiteral("spent: 10, what if: 10"));
        QVERIFY2(page().notice().contains(QStringLiteral("before that:")), qPrintable(page().notice()));
        picture(*inspector_, QStringLiteral("branch-both-dead"));
        // Where its end is skipped, the values are those of the branch.
        inspector_->setState(dead);
        page().setBranch(QStringLiteral("no death"), beside("", R"({"id":"user-123","spent":10})"));
        QCOMPARE(row("spent"), QStringLiteral("spent: not there, what if: 10, differs"));
        QVERIFY2(!page().notice().contains(QStringLiteral("before that:")), qPrintable(page().notice()));
    }

    void theColumnOfVersionsHasRoomForTheHighest()
    {
        page().setBranch(QStringLiteral("what if"), nullptr);
        inspector_->setHistory(userHistory());
        auto narrow = tree().cellRect(0, 3);
        auto longer = std::make_shared<replay::History>(*userHistory());
        longer->events.resize(123'456, longer->events.back());
        inspector_->setHistory(longer);
        inspector_->setState(stateOf(R"({"id":"user-123"})"));
        QCOMPARE(tree().columnOf(3), StateTree::SetBy);
        const int wide = tree().cellRect(0, 3).width();
        QVERIFY2(wide >= QFontMetrics(theme_.text()).horizontalAdvance(QStringLiteral("#123456")),
                 qPrintable(QString::number(wide)));
        QVERIFY(wide > narrow.width());
    }

    void whileTheBranchIsWorkedOutTheLinesWaitAMomentAndThenShowTheRealState()
    {
        inspector_->setHistory(userHistory());
        inspector_->setState(stateOf(R"({"a":1})"));
        page().setBranch(QStringLiteral("b"), beside(R"({"a":1})", R"({"a":2})"));
        QCOMPARE(row("a"), QStringLiteral("a: 1, what if: 2, differs"));
        inspector_->setState(stateOf(R"({"a":5})", Version{10}));
        QCOMPARE(row("a"), QStringLiteral("a: 1, what if: 2, differs"));
        QTRY_COMPARE(row("a"), QStringLiteral("a: 5"));
    }
};

QTEST_MAIN(TestBranchState)
#include "test_branch_state.moc"
