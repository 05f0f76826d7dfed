// The parts of the dialog that makes a rule.
#include "ui/look/dialog_buttons.h"
#include "ui/look/fitting.h"
#include "ui/state/rule_dialog.h"
#include "ui/state/state_tree.h"
#include "ui/state/value_popup.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include <utility>

namespace hindcast::ui {

namespace {

QPlainTextEdit* jsonView(const Theme& theme, const QString& name)
{
    auto* edit = new QPlainTextEdit;
    edit->setReadOnly(true);
    edit->setFont(theme.mono());
    edit->setAccessibleName(name);
    edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return edit;
}

}  // namespace

void RuleDialog::build(const Theme& theme)
{
    setWindowTitle(tr("Make a rule · %1").arg(start_.model ? start_.model->category : QString()));
    QLayout* form = buildFields(theme);
    words_ = new QLabel;
    words_->setWordWrap(true);
    words_->setTextFormat(Qt::PlainText);
    words_->setProperty("role", QStringLiteral("title"));
    QWidget* tabs = buildPreview(theme);
    const DialogButtons buttons = dialogButtons(*this, tr("&Save the rule"));
    save_ = buttons.accept;

    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(words_);
    layout->addWidget(tabs, 1);
    if (!start_.readOnlyBecause.isEmpty()) {
        auto* because = new QLabel(tr("It can be tried and not saved: %1").arg(start_.readOnlyBecause));
        because->setTextFormat(Qt::PlainText);
        because->setWordWrap(true);
        layout->addWidget(because);
    }
    layout->addWidget(buttons.box);
    resize(fitting({640, 620}, *screen()));
}

QLayout* RuleDialog::buildFields(const Theme& theme)
{
    type_ = new QComboBox;
    type_->setEditable(true);
    type_->setInsertPolicy(QComboBox::NoInsert);
    type_->setAccessibleName(tr("Type of the events"));
    type_->addItems(start_.types);
    type_->addItem(QStringLiteral("*"));
    operation_ = new QComboBox;
    operation_->setAccessibleName(tr("What the rule does"));
    const std::pair<const char*, QString> operations[] = {{"set", tr("set – the field takes the value")},
                                                          {"add", tr("add – the number is added to the field")},
                                                          {"append", tr("append – the value goes to the end of a list")},
                                                          {"remove", tr("remove – the field, or an item of a list")},
                                                          {"merge", tr("merge – the object's members, one by one")},
                                                          {"end", tr("end – the entity's life ends")}};
    for (const auto& [name, words] : operations) operation_->addItem(words, QString::fromLatin1(name));
    target_ = new QLineEdit;
    target_->setAccessibleName(tr("Field of the state, as a JSON pointer"));
    target_->setPlaceholderText(tr("/field"));
    target_->setFont(theme.mono());
    from_ = new QComboBox;
    from_->setAccessibleName(tr("Where the value comes from"));
    source_ = new QComboBox;
    source_->setEditable(true);
    source_->setInsertPolicy(QComboBox::NoInsert);
    source_->setCompleter(nullptr);  // it would add the sample value to the pointer that is typed
    source_->setAccessibleName(tr("The payload's field, or the constant"));
    source_->setFont(theme.mono());
    source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source_->setMinimumContentsLength(24);

    auto* form = new QFormLayout;
    form->addRow(tr("&When"), type_);
    form->addRow(tr("&Do"), operation_);
    targetLabel_ = new QLabel(tr("&Field"));
    targetLabel_->setBuddy(target_);
    form->addRow(targetLabel_, target_);
    auto* value = new QHBoxLayout;
    value->addWidget(from_);
    value->addWidget(source_, 1);
    auto* valueLabel = new QLabel(tr("&Value"));
    valueLabel->setBuddy(from_);
    form->addRow(valueLabel, value);
    return form;
}

QWidget* RuleDialog::buildPreview(const Theme& theme)
{
    previewWords_ = new QLabel;
    previewWords_->setWordWrap(true);
    previewWords_->setTextFormat(Qt::PlainText);
    previewWords_->setProperty("role", QStringLiteral("secondary"));
    preview_ = new StateTree(theme);
    connect(preview_, &StateTree::valueWanted, this,
            [this, &theme](const QString& pointer, const std::shared_ptr<const void>& owner, const Json* value) {
                (new ValuePopup(theme, pointer, owner, *value, this))->open();
            });
    preview_->setAccessibleName(tr("The state at the playhead under the new rules"));
    preview_->setSetByShown(false);  // nobody set what is only tried
    connect(preview_, &StateTree::rowsTaken, this, [this] {
        if (std::exchange(seeksMarked_, false)) preview_->bringMarkedIntoView();
    });
    rule_ = jsonView(theme, tr("The rule as JSON"));
    document_ = jsonView(theme, tr("All rules of the category as JSON"));

    auto* shown = new QWidget;
    auto* shownLayout = new QVBoxLayout(shown);
    shownLayout->setContentsMargins(0, 6, 0, 0);
    shownLayout->addWidget(previewWords_);
    shownLayout->addWidget(preview_, 1);
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(shown, tr("State under the rule"));
    tabs->addTab(rule_, tr("Rule"));
    tabs->addTab(document_, tr("All rules"));
    return tabs;
}

}  // namespace hindcast::ui
