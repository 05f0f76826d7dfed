#pragma once
#include "tests/ui/fixtures.h"
#include "ui/session/comparison_view.h"
#include "ui/state/diff_page.h"
#include "ui/state/state_inspector.h"
#include "ui/state/state_page.h"
#include "ui/state/state_tree.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include <memory>
#include <utility>

namespace hindcast::ui::test {

/// The lines of a tree as text: "orders: 3 items", two blanks a level, "*" changed, "+" added.
inline QString printed(const StateTree& tree)
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

inline std::shared_ptr<StateView> stateOf(const char* document, Version version = Version{9}, Changes changes = {})
{
    auto view = std::make_shared<StateView>();
    view->entity = EntityId{7};
    view->state.version = version;
    view->state.of = Version{14};
    view->state.alive = true;
    view->state.document = json(document);
    view->changes = std::move(changes);
    return view;
}

/// A comparison of two versions of the user, whose states are these; null: it does not live.
inline std::shared_ptr<ComparisonView> comparisonOf(Version a, Version b, const char* before, const char* after,
                                                    std::shared_ptr<const replay::History> history = userHistory())
{
    auto view = std::make_shared<ComparisonView>();
    const std::array<const char*, 2> documents{before, after};
    const std::array<Version, 2> versions{a, b};
    for (std::size_t i = 0; i < 2; ++i) {
        view->sides[i].history = history;
        view->sides[i].state.version = versions[i];
        view->sides[i].state.of = history->last();
        view->sides[i].state.alive = documents[i] != nullptr;
        view->sides[i].state.document = documents[i] != nullptr ? json(documents[i]) : Json(Json::value_t::discarded);
        view->times[i] = markOf(*history, versions[i]).time;
    }
    view->changes = difference(view->sides[0].state.document, view->sides[1].state.document);
    view->between = Between({history, history}, versions, view->times);
    return view;
}

/// The sides that such a comparison answers for.
inline ComparedSides sidesOf(const ComparisonView& view)
{
    ComparedSides sides;
    for (std::size_t i = 0; i < 2; ++i) {
        sides[i].history = view.sides[i].history;
        sides[i].entity = QString::fromStdString(view.sides[i].history->key.text());
        sides[i].version = view.sides[i].state.version;
        sides[i].time = view.times[i];
    }
    return sides;
}

/// A state inspector on a screen of its own, and the life of a user to show in it. The base of the tests of this room.
class StateFixture : public QObject {
protected:
    StateFixture()
    {
        QStandardPaths::setTestModeEnabled(true);  // what a test drags is not what the user finds
        QSettings().clear();
        theme_.apply();
    }
    [[nodiscard]] bool begin()
    {
        inspector_ = std::make_unique<StateInspector>(theme_);
        inspector_->setTypeNames(typeName);
        inspector_->resize(440, 920);
        inspector_->show();
        return QTest::qWaitForWindowExposed(inspector_.get());
    }
    /// The user at version 9.
    void show()
    {
        inspector_->setHistory(userHistory());
        inspector_->setPlayhead(Version{9});
        inspector_->setState(userState());
        inspector_->setEvent(userEvent());
        QCoreApplication::processEvents();
    }
    /// The same under a model of the user's.
    void show(std::shared_ptr<const ModelView> model)
    {
        auto state = std::make_shared<StateView>(*userState());
        state->model = std::move(model);
        inspector_->setState(state);
    }
    /// Shows it on the page of differences, which is in front.
    void show(const std::shared_ptr<ComparisonView>& comparison)
    {
        inspector_->showTab(StateInspector::Diff);
        inspector_->diffPage().setSides(sidesOf(*comparison), false);
        inspector_->diffPage().setView(comparison);
        QCoreApplication::processEvents();
    }
    StatePage& page() { return inspector_->statePage(); }
    StateTree& tree() { return page().tree(); }

    Theme theme_{Theme::Scheme::Light};
    std::unique_ptr<StateInspector> inspector_;
};

}  // namespace hindcast::ui::test
