// The head of the model's panel: what is shown and how it stands, and what one can do with it.
#include "ui/look/elided_label.h"
#include "ui/look/file_dialog.h"
#include "ui/look/format.h"
#include "ui/look/glyphs.h"
#include "ui/look/panel_header.h"
#include "ui/look/say.h"
#include "ui/models/code_editor.h"
#include "ui/models/model_panel.h"
#include "ui/models/named_categories.h"

#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStackedWidget>
#include <QToolButton>

#include <chrono>

namespace hindcast::ui {

namespace {

const auto kFilter = QStringLiteral("JavaScript (*.mjs *.js);;All files (*)");

QToolButton* wordButton(const QString& words, const QString& tip)
{
    QToolButton* button = bareButton(tip);
    button->setText(words);
    button->setProperty("compact", true);
    return button;
}

}  // namespace

void ModelPanel::makeActions()
{
    const auto action = [this](const QString& text, const QString& tip, auto run) {
        auto* made = new QAction(text, this);
        made->setToolTip(tip);
        made->setStatusTip(tip);
        connect(made, &QAction::triggered, this, run);
        return made;
    };
    open_ = action(tr("&Open a model file…"), tr("A script from a file, which is followed from then on"), [this] { askFile(); });
    save_ = action(tr("&Save the model"), tr("In force from then on, and in its file where it has one"), [this] { save(); });
    save_->setShortcut(QKeySequence::Save);
    save_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(save_);
    saveAs_ = action(tr("Save the model &as…"), tr("To a file, which is followed from then on"), [this] { saveAs(); });
    discard_ = action(tr("&Discard the changes"), tr("Back to what is in force"), [this] { emit discardRequested(); });
    undo_ = action(tr("&Undo the model"), tr("The model before the present one"), [this] { emit undoRequested(category_); });
    compare_ = action(tr("Compare wit&h what is in force"), tr("What this text makes of all entities, beside the model in force"),
                      [this] { emit compareRequested(category_); });
    new_ = new QMenu(tr("&New from a ready-made model"), this);
    connect(new_, &QMenu::aboutToShow, this, &ModelPanel::fillNew);
    use_ = new QMenu(tr("Use for a &category"), this);
    connect(use_, &QMenu::aboutToShow, this, &ModelPanel::fillCategories);
    fillNew();
}

QWidget* ModelPanel::buildHead()
{
    auto* header = new PanelHeader(tr("Model"), theme_);
    head_ = new ElidedLabel;
    head_->setProperty("role", QStringLiteral("secondary"));
    QToolButton* make = wordButton(tr("New"), tr("A new model, from a ready-made one"));
    make->setPopupMode(QToolButton::InstantPopup);
    make->setMenu(new_);
    saveButton_ = wordButton(tr("Save"), tr("Save the model (Ctrl+S)"));
    connect(saveButton_, &QToolButton::clicked, save_, &QAction::trigger);
    QToolButton* more = wordButton(tr("More"), tr("What else can be done with the model"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    menu->addActions({open_, save_, saveAs_});
    menu->addSeparator();
    menu->addMenu(use_);
    menu->addSeparator();
    menu->addActions({discard_, undo_});
    menu->addSeparator();
    menu->addAction(compare_);
    more->setMenu(menu);
    QToolButton* close = bareButton(tr("Close the model"));
    const auto dress = [this, close] { close->setIcon(glyphIcon(Glyph::Close, theme_, Theme::Role::TextSecondary)); };
    dress();
    connect(&theme_, &Theme::changed, this, dress);
    connect(close, &QToolButton::clicked, this, &ModelPanel::closeWanted);
    QHBoxLayout& row = header->row();
    row.setSpacing(4);
    row.addSpacing(4);
    row.addWidget(head_, 1);
    row.addWidget(make);
    row.addWidget(saveButton_);
    row.addWidget(more);
    row.addWidget(close);
    return header;
}

void ModelPanel::fillNew()
{
    new_->clear();
    for (const ReadyMade& one : readyMade()) {
        QAction* action = new_->addAction(one.title, this, [this, one] { startFrom(one); });
        action->setToolTip(one.name);
        if (one.name.startsWith(QLatin1String("empty."))) new_->addSeparator();
    }
}

void ModelPanel::fillCategories()
{
    use_->clear();
    for (const QString& category : categories_) {
        QAction* action =
            use_->addAction(QString(category).replace(u'&', QStringLiteral("&&")), this, [this, category] { useFor(category); });
        action->setCheckable(true);
        action->setChecked(inForce_ && category == category_);
    }
    if (categories_.isEmpty()) use_->addAction(tr("There are no entities yet"))->setEnabled(false);
}

void ModelPanel::startFrom(const ReadyMade& model)
{
    if (!mayLeave()) return;
    ScriptModel script{model.name, model.source, {}};
    if (model.name.startsWith(QLatin1String("empty.")) && !category_.isEmpty()) {
        script.name = QString(category_).replace(QLatin1Char('/'), QLatin1Char('_')) + QStringLiteral(".model.mjs");
        script.source.replace(QStringLiteral("  thing: {"), QStringLiteral("  %1: {").arg(memberName(category_)));
    }
    setDraft(category_, script);
    editor_->setFocus(Qt::OtherFocusReason);
}

void ModelPanel::askFile()
{
    if (!mayLeave()) return;
    const QString path = askOpenFile(window(), tr("Open a model"), kFilter);
    if (!path.isEmpty()) emit fileRequested(path);
}

void ModelPanel::save()
{
    if (!readOnlyBecause_.isEmpty()) return emit saveRequested({}, script());  // its file can be written
    QStringList categories = namedCategories(sourceAsTyped());
    // One that was put in force for a category that it does not name stays so.
    if (!category_.isEmpty() && (categories.isEmpty() || (inForce_ && !categories.contains(category_)))) categories << category_;
    if (categories.isEmpty()) {
        fillCategories();
        use_->popup(saveButton_->mapToGlobal(saveButton_->rect().bottomLeft()));
        return;
    }
    emit saveRequested(categories, script());
}

void ModelPanel::saveAs()
{
    const QString path =
        askTargetFile(window(), tr("Save the model as"), script_.file.isEmpty() ? script_.name : script_.file, kFilter);
    if (path.isEmpty()) return;
    if (QFileInfo::exists(path) && path != script_.file &&
        QMessageBox::question(this, tr("Model"), tr("“%1” is there already. Write over it?").arg(QFileInfo(path).fileName())) !=
            QMessageBox::Yes)
        return;
    script_.file = QFileInfo(path).absoluteFilePath();
    script_.name = QFileInfo(path).fileName();
    updateHead();
    save();
}

void ModelPanel::useFor(const QString& category) { emit saveRequested({category}, script()); }

void ModelPanel::setRunningOn(const QString& entity, const QString& why)
{
    runsOn_ = entity;
    runsNotBecause_ = why;
    updateHead();
}

void ModelPanel::setSaved(const QDateTime& when)
{
    saved_ = when;
    updateHead();
}

void ModelPanel::setCategories(const QStringList& categories) { categories_ = categories; }

void ModelPanel::setReadOnly(const QString& because)
{
    readOnlyBecause_ = because;
    updateActions();
}

void ModelPanel::setUndoable(bool on)
{
    undoable_ = on;
    updateActions();
}

void ModelPanel::updateActions()
{
    const bool writable = readOnlyBecause_.isEmpty();
    const bool text = hasText();
    save_->setEnabled(text && changed_ && writable);
    saveAs_->setEnabled(text);
    discard_->setEnabled(text && changed_);
    compare_->setEnabled(text && changed_);
    undo_->setEnabled(undoable_ && writable && !changed_);
    use_->setEnabled(text && writable);
    saveButton_->setVisible(text);
    saveButton_->setEnabled(save_->isEnabled());
    saveButton_->setToolTip(writable ? tr("Save the model (Ctrl+S)") : tr("Cannot be saved: %1").arg(readOnlyBecause_));
    use_->setToolTip(saveButton_->toolTip());
}

QString ModelPanel::savedWords() const
{
    if (changed_) return tr("not saved");
    if (!saved_.isValid()) return {};
    const qint64 seconds = saved_.secsTo(QDateTime::currentDateTime());
    if (seconds < 1) return tr("saved now");
    constexpr qint64 kMinute = 60;
    // By minutes, where seconds would only make the line restless.
    const qint64 told = seconds < kMinute ? seconds : seconds / kMinute * kMinute;
    return tr("saved %1 ago").arg(durationText(std::chrono::seconds(told)));
}

void ModelPanel::updateHead()
{
    if (!hasText()) {
        head_->setShorter({});
        say(*head_, {}, category_);
        return;
    }
    const QString saved = savedWords();
    QString state = version_ > 0 ? tr("version %1").arg(version_) : QString();
    if (!saved.isEmpty()) state += state.isEmpty() ? saved : QStringLiteral(", ") + saved;
    const QString runs = !runsOn_.isEmpty() ? tr("runs on %1 while you type").arg(runsOn_) : runsNotBecause_;
    const auto joined = [](const QStringList& parts) {
        QStringList there = parts;
        there.removeAll(QString());
        return there.join(QStringLiteral(" · "));
    };
    const QString text = joined({script_.name, state, runs});
    head_->setShorter({joined({script_.name, state, runsOn_.isEmpty() ? QString() : tr("on %1").arg(runsOn_)}),
                       joined({script_.name, state}), joined({script_.name, saved}), script_.name});
    head_->setToolTip(script_.file.isEmpty() ? QString() : asTip(script_.file + QLatin1Char('\n') + text));
    if (head_->text() != text) say(*head_, {}, text);
}

QString ModelPanel::headText() const { return head_->text(); }

}  // namespace hindcast::ui
