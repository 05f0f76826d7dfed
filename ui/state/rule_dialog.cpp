#include "ui/state/rule_dialog.h"

#include "core/event/pointer.h"
#include "ui/look/background.h"
#include "ui/look/format.h"
#include "ui/look/json_text.h"
#include "ui/look/say.h"
#include "ui/state/json_place.h"
#include "ui/state/state_tree.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <atomic>

namespace hindcast::ui {

namespace {

constexpr std::size_t kOffered = 400;         // fields of a payload
constexpr std::size_t kReadMost = 1'000'000;  // bytes; of a larger one the field is typed
constexpr std::size_t kReadAtOnce = 20'000;   // bytes that are read within a frame
constexpr int kPause = 120;                   // ms after the last key

QString pointerOf(const QComboBox& box)
{
    // What was chosen carries its pointer; what was typed is one.
    const int at = box.findText(box.currentText(), Qt::MatchExactly | Qt::MatchCaseSensitive);
    return at >= 0 ? box.itemData(at).toString() : box.currentText().trimmed();
}

}  // namespace

RuleDialog::RuleDialog(const Theme& theme, Start start, QWidget* parent) : QDialog(parent), start_(std::move(start))
{
    build(theme);
    if (!start_.type.isEmpty()) type_->setCurrentText(start_.type);
    target_->setText(start_.target);
    readPayload();
    offerFroms();
    pause_.setSingleShot(true);
    pause_.setInterval(kPause);
    connect(&pause_, &QTimer::timeout, this, &RuleDialog::tell);
    const auto changed = [this] {
        remake();
        pause_.start();
    };
    connect(type_, &QComboBox::currentTextChanged, this, changed);
    connect(operation_, &QComboBox::currentIndexChanged, this, [this, changed] {
        offerFroms();
        changed();
    });
    connect(target_, &QLineEdit::textChanged, this, changed);
    connect(from_, &QComboBox::currentIndexChanged, this, [this, changed] {
        offerSources();
        changed();
    });
    connect(source_, &QComboBox::currentTextChanged, this, changed);
}

void RuleDialog::begin()
{
    remake();
    tell();
}

void RuleDialog::readPayload()
{
    if (!start_.event || start_.event->event.payload.size() > kReadMost) return;
    const auto read = [event = start_.event] { return leavesOf(event->event.payload, kOffered); };
    if (start_.event->event.payload.size() <= kReadAtOnce) {
        offered_ = read();
        return;
    }
    inBackground(this, read, [this](std::vector<std::pair<std::string, QString>> fields) {
        offered_ = std::move(fields);
        if (from_->currentData().toInt() != Payload) return;
        offerSources();
        remake();
        pause_.start();
    });
}

void RuleDialog::offerFroms()
{
    const QString operation = operation_->currentData().toString();
    const int before = from_->count() > 0 ? from_->currentData().toInt() : Payload;
    const QSignalBlocker quiet(from_);
    from_->clear();
    if (operation != QLatin1String("end")) {
        from_->addItem(tr("from the payload"), Payload);
        from_->addItem(tr("a constant"), Constant);
        from_->addItem(tr("the event's time"), Time);
    }
    if (operation == QLatin1String("remove")) from_->insertItem(0, tr("the field itself"), Nothing);
    if (operation == QLatin1String("merge")) from_->addItem(tr("the whole payload"), Nothing);
    if (operation == QLatin1String("end")) from_->addItem(tr("no value"), Nothing);
    const int again = from_->findData(before);
    from_->setCurrentIndex(operation == QLatin1String("remove") && before == Payload ? 0 : std::max(0, again));
    const bool ends = operation == QLatin1String("end");
    from_->setEnabled(!ends);
    target_->setEnabled(!ends);
    targetLabel_->setEnabled(!ends);
    offerSources();
}

QString RuleDialog::likeliest(const std::vector<std::pair<std::string, QString>>& offered) const
{
    const auto kindOf = [](const QString& value) {
        const QChar first = value.isEmpty() ? QChar() : value.at(0);
        return first == QLatin1Char('"') ? 1 : first == QLatin1Char('-') || first.isDigit() ? 2 : 0;
    };
    std::optional<Json> payload;
    if (start_.whole && start_.event)
        if (auto parsed = parseJson(start_.event->event.payload)) payload = std::move(*parsed);
    const auto holdsTheSame = [&](const std::string& pointer, const QString& value) {
        if (!start_.whole) return !start_.present.isEmpty() && value == start_.present;
        const auto at = Pointer::parse(pointer);
        const Json* there = payload && at ? valueAt(*payload, *at) : nullptr;
        return there != nullptr && there->type() == start_.whole->type() && there->size() == start_.whole->size() &&
               sameText(*there, *start_.whole);
    };
    const QString name = target_->text().section(QLatin1Char('/'), -1);
    QString best;
    int most = 1;  // that both are numbers is no reason
    for (const auto& [pointer, value] : offered) {
        const QString candidate = QString::fromStdString(pointer);
        // The value that the field took in this event says most, then the same name, then a value that it has had before.
        int points = 0;
        if (holdsTheSame(pointer, value)) points += start_.setNow ? 16 : 4;
        if (!name.isEmpty() && candidate.section(QLatin1Char('/'), -1) == name) points += 8;
        if (!start_.present.isEmpty() && kindOf(value) == kindOf(start_.present)) points += 1;
        if (points > most) {
            most = points;
            best = candidate;
        }
    }
    return best;
}

void RuleDialog::offerSources()
{
    const int from = from_->currentData().toInt();
    const bool first = source_->count() == 0 && source_->currentText().isEmpty();
    const QString before = first ? start_.source : pointerOf(*source_);
    const QSignalBlocker quiet(source_);
    source_->clear();
    source_->setEnabled(from == Payload || from == Constant);
    if (from == Payload)
        for (const auto& [pointer, value] : offered_) {
            const QString name = QString::fromStdString(pointer);
            source_->addItem(QStringLiteral("%1   %2").arg(name, value), name);
        }
    source_->lineEdit()->setPlaceholderText(from == Payload    ? tr("/field of the payload")
                                            : from == Constant ? tr("42, \"text\", true, …")
                                                               : QString());
    if (from != Payload)
        return source_->setEditText(from == Constant && !before.startsWith(QLatin1Char('/')) ? before : QString());
    QString wanted = before;
    if (wanted.isEmpty() || !wanted.startsWith(QLatin1Char('/'))) wanted = likeliest(offered_);
    const int at = source_->findData(wanted);
    if (at >= 0)
        source_->setCurrentIndex(at);
    else
        source_->setEditText(wanted);
}

model::RuleDraft RuleDialog::draft() const
{
    model::RuleDraft draft;
    draft.type = type_->currentText().trimmed().toStdString();
    draft.operation = operation_->currentData().toString().toStdString();
    if (draft.operation != "end") draft.target = target_->text().trimmed().toStdString();
    Json value = Json::object();
    switch (from_->currentData().toInt()) {
        case Payload: value["at"] = pointerOf(*source_).toStdString(); break;
        case Constant: {
            // A text without quotes is meant as one.
            const std::string text = source_->currentText().trimmed().toStdString();
            auto constant = parseJson(text);
            value["const"] = constant ? std::move(*constant) : Json(text);
            break;
        }
        case Time: value["meta"] = "time"; break;
        default: return draft;
    }
    draft.value = std::move(value);
    return draft;
}

QString RuleDialog::sentence(const model::RuleDraft& draft)
{
    const QString type = draft.type == "*" ? tr("any event") : QString::fromStdString(draft.type);
    const QString field = draft.target.empty() ? tr("the whole state") : QString::fromStdString(draft.target);
    QString value;
    if (draft.value) {
        if (const auto at = draft.value->find("at"); at != draft.value->end())
            value = at->get_ref<const std::string&>().empty()
                        ? tr("the whole payload")
                        : tr("the payload's %1").arg(QString::fromStdString(at->get<std::string>()));
        else if (const auto constant = draft.value->find("const"); constant != draft.value->end())
            value = valueText(*constant, 60);
        else
            value = tr("the event's time");
    }
    if (draft.operation == "set") return tr("When %1: set %2 to %3.").arg(type, field, value);
    if (draft.operation == "add") return tr("When %1: add %3 to %2.").arg(type, field, value);
    if (draft.operation == "append") return tr("When %1: append %3 to the list %2.").arg(type, field, value);
    if (draft.operation == "remove")
        return draft.value ? tr("When %1: take %3 off the list %2.").arg(type, field, value)
                           : tr("When %1: remove %2.").arg(type, field);
    if (draft.operation == "merge")
        return tr("When %1: merge %3 into %2.").arg(type, field, draft.value ? value : tr("the whole payload"));
    return tr("When %1: the life ends.").arg(type);
}

quint64 RuleDialog::nextTicket()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

void RuleDialog::remake()
{
    const model::RuleDraft made = draft();
    std::optional<Json> present;
    if (start_.model && start_.model->document) present = *start_.model->document;
    const auto withIt = [&]() -> Result<Json> {
        if (start_.model && !start_.model->whyNoRules.isEmpty())
            return fail("cannot make the rule", start_.model->whyNoRules.toStdString(), {}, Error::Kind::Unsupported);
        return model::withRule(present, start_.model ? start_.model->category.toStdString() : std::string(), false, made);
    };
    // Nothing chosen would mean the whole payload, which nobody has asked for.
    const bool open = from_->currentData().toInt() == Payload && source_->currentText().trimmed().isEmpty();
    auto rules = open ? Result<Json>(fail("cannot make the rule", tr("which field of the payload?").toStdString())) : withIt();
    ticket_ = nextTicket();
    complete_ = rules.has_value();
    save_->setEnabled(complete_ && start_.readOnlyBecause.isEmpty());
    rule_->setPlainText(QString::fromStdString(toText(model::operationOf(made), 2)));
    if (!rules) {
        say(*words_, tr("The rule in words"), tr("Not yet a rule: %1").arg(QString::fromStdString(rules.error().why)));
        previewWords_->clear();
        preview_->setView({});
        document_->clear();
        return;
    }
    rules_ = std::move(*rules);
    say(*words_, tr("The rule in words"), sentence(made));
    previewWords_->setText(tr("Rebuilding…"));
}

void RuleDialog::tell()
{
    pause_.stop();
    if (!complete_) return;
    document_->setPlainText(QString::fromStdString(toText(rules_, 2)));
    emit previewWanted(ticket_, rules_);
}

void RuleDialog::setPreview(const std::shared_ptr<const ModelPreview>& preview)
{
    if (!preview || preview->ticket != ticket_) return;
    if (!preview->view) {
        previewWords_->setText(preview->error);
        return preview_->setView({});
    }
    const StateView& view = *preview->view;
    preview_->setEmptyText(tr("There is no state at v%1 under these rules").arg(grouped(view.state.version.value)));
    seeksMarked_ = true;
    preview_->setView(preview->view);
    const QString version = grouped(view.state.version.value);
    QString text = view.changes.empty() ? tr("v%1: the same state as now").arg(version)
                   : view.changes.size() == 1
                       ? tr("v%1: 1 of its values differs from now; it is marked").arg(version)
                       : tr("v%1: %2 of its values differ from now; they are marked").arg(version, grouped(view.changes.size()));
    if (view.state.error)
        text +=
            tr(". The rule failed at #%1: %2")
                .arg(grouped(view.state.error->version.value), QString::fromStdString(view.state.error->error.message).left(300));
    previewWords_->setText(text);
}

QString RuleDialog::words() const { return words_->text(); }

QString RuleDialog::json() const { return document_->toPlainText(); }

QString RuleDialog::previewWords() const { return previewWords_->text(); }

}  // namespace hindcast::ui
