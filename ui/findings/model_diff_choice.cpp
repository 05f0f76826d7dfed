// Which models are compared, and over which category: what is chosen in the bar.
#include "ui/findings/model_diff_page.h"
#include "ui/look/file_dialog.h"
#include "ui/look/format.h"

#include <QFileInfo>
#include <QMenu>
#include <QToolButton>

namespace hindcast::ui {

namespace {

QString inMenu(QString text) { return text.replace(QLatin1Char('&'), QStringLiteral("&&")); }

ModelChoice builtInChoice(const char* name)
{
    ModelChoice choice;
    choice.kind = ModelChoice::Kind::Document;
    choice.document = Json::object();
    choice.document["builtIn"] = name;
    choice.name = QString::fromLatin1(name);
    return choice;
}

}  // namespace

ModelChoice ModelDiffPage::inForce() { return {ModelChoice::Kind::InForce, {}, {}, tr("the model in force")}; }

ModelChoice ModelDiffPage::before() { return {ModelChoice::Kind::Before, {}, {}, tr("the one before it")}; }

void ModelDiffPage::makeChoices()
{
    for (const Side side : {First, Second}) {
        OneSide& one = sides_[side];
        one.menu = new QMenu(this);
        one.button = choiceButton(*one.menu);
        one.choice = side == First ? inForce() : before();
        connect(one.menu, &QMenu::aboutToShow, this, [this, side] { fillSide(side); });
    }
    scopes_ = new QMenu(this);
    scope_ = choiceButton(*scopes_);
    connect(scopes_, &QMenu::aboutToShow, this, &ModelDiffPage::fillCategories);
}

void ModelDiffPage::fillSide(Side side)
{
    QMenu& menu = *sides_[side].menu;
    menu.clear();
    const auto add = [this, side](QMenu& to, const ModelChoice& choice) {
        QAction* action = to.addAction(inMenu(choice.name), this, [this, side, choice] { choose(side, choice); });
        action->setCheckable(true);
        action->setChecked(!sides_[side].draft && sides_[side].choice == choice);
    };
    add(menu, inForce());
    add(menu, before());
    if (unchanged_.contains(category_)) {
        menu.actions().back()->setEnabled(false);
        menu.actions().back()->setText(tr("the one before it: there is none"));
    }
    QAction* draft = menu.addAction(tr("What stands in the model editor"), this, [this, side] { chooseDraft(side); });
    draft->setCheckable(true);
    draft->setChecked(sides_[side].draft);
    draft->setEnabled(draft_ && draft_().has_value());
    menu.addSeparator();
    menu.addAction(tr("From a file…"), this, [this, side] { askFile(side); });
    QMenu* ready = menu.addMenu(tr("Ready-made"));
    for (const ModelChoice& choice : readyMade_) add(*ready, choice);
    ready->setEnabled(!readyMade_.empty());
    QMenu* builtIn = menu.addMenu(tr("Built in"));
    for (const char* name : {"merge", "patch", "latest", "debezium", "fields"}) add(*builtIn, builtInChoice(name));
}

void ModelDiffPage::fillCategories()
{
    scopes_->clear();
    for (const QString& category : categories_) {
        QAction* action = scopes_->addAction(inMenu(category), this, [this, category] { setCategory(category); });
        action->setCheckable(true);
        action->setChecked(category == category_);
    }
    if (categories_.isEmpty()) scopes_->addAction(tr("There are no entities yet"))->setEnabled(false);
}

void ModelDiffPage::chooseDraft(Side side)
{
    const auto draft = draft_ ? draft_() : std::nullopt;
    if (!draft) return;
    sides_[side].choice = *draft;
    sides_[side].draft = sides_[side].chosen = true;
    dropFailure();
    updateBar();
}

void ModelDiffPage::askFile(Side side)
{
    const QString path = askOpenFile(this, tr("Compare with a model from a file"),
                                     tr("Models: scripts, set rules, programs (*.mjs *.js *.cjs *.json);;All files (*)"));
    if (!path.isEmpty()) choose(side, {ModelChoice::Kind::File, {}, path, QFileInfo(path).fileName()});
}

void ModelDiffPage::choose(Side side, const ModelChoice& choice)
{
    sides_[side].choice = choice;
    sides_[side].draft = false;
    sides_[side].chosen = true;
    dropFailure();
    updateBar();
}

void ModelDiffPage::setHasBefore(const QString& category, bool has)
{
    if (has == !unchanged_.contains(category)) return;
    if (has)
        unchanged_.remove(category);
    else
        unchanged_.insert(category);
    chooseDefault();
    updateBar();
}

/// With the model before it, where there may be one; else with the one that needs nothing said.
void ModelDiffPage::chooseDefault()
{
    OneSide& second = sides_[Second];
    if (!second.chosen && !sides_[First].chosen)
        second.choice = unchanged_.contains(category_) ? builtInChoice("merge") : before();
}

/// Why a comparison did not begin is no word on another one.
void ModelDiffPage::dropFailure()
{
    if (const auto& view = table_->view(); view && !view->running && !view->error.isEmpty()) setView(nullptr);
}

void ModelDiffPage::setCategory(const QString& category)
{
    category_ = category;
    categoryChosen_ = true;
    chooseDefault();
    dropFailure();
    updateBar();
}

void ModelDiffPage::updateBar()
{
    for (const Side side : {First, Second}) {
        const QString& name = sides_[side].choice.name;
        const QString said = side == First ? tr("First model: %1").arg(name) : tr("Second model: %1").arg(name);
        sides_[side].button->setText(inMenu(name.left(28)));
        sides_[side].button->setAccessibleName(said);
        sides_[side].button->setToolTip(
            asTip(sides_[side].choice.file.isEmpty() ? said : said + QLatin1Char('\n') + sides_[side].choice.file));
    }
    const QString of = category_.isEmpty() ? tr("of no category") : tr("of %1").arg(category_);
    scope_->setText(inMenu(of.left(28)));
    scope_->setAccessibleName(tr("Over the entities %1").arg(of));
    scope_->setToolTip(asTip(tr("Over the entities %1").arg(of)));
    updateGo();
}

}  // namespace hindcast::ui
