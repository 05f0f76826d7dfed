#include "ui/connect/mapping_editor.h"

#include "ui/connect/field_text.h"
#include "ui/connect/form_labels.h"
#include "ui/connect/wrong_field.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <tuple>
#include <utility>

namespace hindcast::ui {

namespace {

using decode::Envelope;
using decode::ValueFormat;

constexpr int kTwoAcross = 740;  // pixels at the zoom of a desk: two fields and their names side by side

void setText(QComboBox* box, const QString& text)
{
    if (box->currentText() != text) box->setEditText(text);
}

QString optionalText(const std::optional<decode::FieldSource>& field) { return field ? fieldText(*field) : QString(); }

}  // namespace

MappingEditor::MappingEditor(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    setAccessibleName(tr("How records become events"));
    rest_ = new QWidget;
    rest_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    firstGrid_ = new QGridLayout;
    restGrid_ = new QGridLayout(rest_);
    for (QGridLayout* grid : {firstGrid_, restGrid_}) {
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(14);
        grid->setVerticalSpacing(8);
        grid->setColumnStretch(1, 1);
        grid->setColumnMinimumWidth(0, 92);
    }
    makeFirst();
    makeRest();
    reasons_ = new WrappedLabel;
    reasons_->setProperty("role", QStringLiteral("secondary"));
    reasons_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    error_ = wrongLabel(tr("What is wrong"));
    more_ = new QToolButton;
    more_->setCheckable(true);
    more_->setFocusPolicy(Qt::StrongFocus);
    auto* words = new QHBoxLayout;
    words->setSpacing(10);
    words->addWidget(reasons_, 1);
    words->addWidget(more_, 0, Qt::AlignRight | Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 10, 10, 6);
    layout->setSpacing(8);
    layout->addLayout(firstGrid_);
    layout->addWidget(rest_);
    arrange();  // here, for Tab goes in the order in which widgets get their place
    layout->addWidget(error_);
    layout->addLayout(words);
    rest_->hide();
    tellMore();

    connect(more_, &QToolButton::toggled, rest_, &QWidget::setVisible);
    for (QComboBox* box : fields_) connect(box, &QComboBox::editTextChanged, this, &MappingEditor::read);
    connect(others_, &QLineEdit::textChanged, this, &MappingEditor::read);
    for (QComboBox* box : {envelope_, format_, unit_}) connect(box, &QComboBox::currentIndexChanged, this, &MappingEditor::read);
    connect(&theme_, &Theme::changed, this, qOverload<>(&MappingEditor::arrange));
}

QComboBox* MappingEditor::makeField(Field field, const QString& name, const QString& placeholder)
{
    auto* box = new QComboBox;
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->setFont(theme_.mono());
    box->lineEdit()->setFont(theme_.mono());
    box->lineEdit()->setPlaceholderText(placeholder);
    box->setMinimumContentsLength(12);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    // In a list below: a completion in the line would be taken for what was written.
    if (box->completer() != nullptr) {
        box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        box->completer()->popup()->setObjectName(QStringLiteral("completions"));  // it has an edge in the style sheet
    }
    box->setAccessibleName(name);
    fields_[field] = box;
    absent_[field] = placeholder;
    return box;
}

/// What nearly every topic is asked for.
void MappingEditor::makeFirst()
{
    const auto add = [this](Field field, const QString& name, const QString& placeholder) {
        QComboBox* box = makeField(field, name, placeholder);
        firstCells_.push_back({fieldLabel(name, box), box});
    };
    add(Id, tr("Entity"), tr("message key"));
    add(Category, tr("Category"), tr("topic"));
    add(Type, tr("Type"), tr("none"));
    unit_ = new QComboBox;
    unit_->setAccessibleName(tr("Unit of time"));
    for (const auto& [text, unit] : {std::pair(tr("any unit"), TimeUnit::Auto), std::pair(tr("ISO 8601"), TimeUnit::Iso),
                                     std::pair(tr("s"), TimeUnit::Seconds), std::pair(tr("ms"), TimeUnit::Milliseconds),
                                     std::pair(tr("µs"), TimeUnit::Microseconds), std::pair(tr("ns"), TimeUnit::Nanoseconds)})
        unit_->addItem(text, static_cast<int>(unit));
    auto* time = new QWidget;
    auto* row = new QHBoxLayout(time);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    QComboBox* place = makeField(Time, tr("Time"), tr("broker time"));
    row->addWidget(place, 1);
    row->addWidget(unit_);
    firstCells_.push_back({fieldLabel(tr("Time"), place), time});
}

/// What stands behind "More…".
void MappingEditor::makeRest()
{
    const auto add = [this](const QString& name, QWidget* field) {
        field->setAccessibleName(name);
        moreCells_.push_back({fieldLabel(name, field), field});
    };
    others_ = new QLineEdit;
    others_->setFont(theme_.mono());
    others_->setPlaceholderText(tr("constant “order”: /order_id; …"));
    add(othersName(), others_);
    for (const auto& [field, name, placeholder] :
         {std::tuple(Name, tr("Name"), tr("none: the id")), std::tuple(Version, tr("Own version"), tr("none")),
          std::tuple(Correlation, tr("Correlation"), tr("none")), std::tuple(Causation, tr("Causation"), tr("none"))})
        add(name, makeField(field, name, placeholder));
    fields_[Name]->setToolTip(tr("How people call the entity, usually taken from its state: state /name"));
    envelope_ = new QComboBox;
    envelope_->addItem(tr("recognised"), static_cast<int>(Envelope::Auto));
    envelope_->addItem(tr("plain"), static_cast<int>(Envelope::Plain));
    envelope_->addItem(tr("Debezium"), static_cast<int>(Envelope::Debezium));
    add(tr("Envelope"), envelope_);
    format_ = new QComboBox;
    format_->addItem(tr("recognised"), static_cast<int>(ValueFormat::Auto));
    format_->addItem(tr("JSON"), static_cast<int>(ValueFormat::Json));
    format_->addItem(tr("text"), static_cast<int>(ValueFormat::Text));
    format_->addItem(tr("bytes"), static_cast<int>(ValueFormat::Bytes));
    add(tr("Format"), format_);
}

QString MappingEditor::othersName() { return tr("Other entities"); }

void MappingEditor::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void MappingEditor::arrange()
{
    const bool placed = across_ > 0;  // else its width says nothing yet
    const int across = !placed || width() >= theme_.px(kTwoAcross) ? 2 : 1;
    if (across == across_) return;
    across_ = across;
    arrange(*firstGrid_, firstCells_, across);
    arrange(*restGrid_, moreCells_, across);
}

void MappingEditor::arrange(QGridLayout& grid, const std::vector<Cell>& cells, int across)
{
    for (const Cell& cell : cells) {
        grid.removeWidget(cell.label);
        grid.removeWidget(cell.field);
    }
    for (int i = 0; const Cell& cell : cells) {
        grid.addWidget(cell.label, i / across, i % across * 2);
        grid.addWidget(cell.field, i / across, i % across * 2 + 1);
        ++i;
    }
    grid.setColumnMinimumWidth(2, across == 2 ? 92 : 0);
    grid.setColumnStretch(3, across == 2 ? 1 : 0);
}

void MappingEditor::setGuessedLater(bool later)
{
    for (const Field field : {Id, Category, Type, Time})
        fields_[field]->lineEdit()->setPlaceholderText(later ? tr("guessed from the first records") : absent_[field]);
}

void MappingEditor::setMapping(const decode::Mapping& mapping)
{
    mapping_ = mapping;
    filling_ = true;
    const bool any = !mapping.entities.empty();
    setText(fields_[Id], any ? fieldsText(mapping.entities.front().id) : QString());
    setText(fields_[Category], any ? optionalText(mapping.entities.front().category) : QString());
    others_->setText(any ? otherEntitiesText({mapping.entities.begin() + 1, mapping.entities.end()}) : QString());
    setText(fields_[Type], optionalText(mapping.type));
    setText(fields_[Time], mapping.time ? fieldText(mapping.time->source) : QString());
    unit_->setCurrentIndex(unit_->findData(static_cast<int>(mapping.time ? mapping.time->unit : TimeUnit::Auto)));
    setText(fields_[Name], optionalText(mapping.name));
    setText(fields_[Version], optionalText(mapping.version));
    setText(fields_[Correlation], optionalText(mapping.correlation));
    setText(fields_[Causation], optionalText(mapping.causation));
    envelope_->setCurrentIndex(envelope_->findData(static_cast<int>(mapping.envelope)));
    format_->setCurrentIndex(format_->findData(static_cast<int>(mapping.format)));
    filling_ = false;
    sayWrong(*error_, {});
    updateEnabled();
    tellMore();
}

/// What is set must be seen: by its count on the button, for the fields would take the preview's room.
void MappingEditor::tellMore()
{
    QStringList set;
    const auto note = [&](bool is, const QString& name) {
        if (is) set << name;
    };
    note(mapping_.entities.size() > 1, othersName());
    note(mapping_.name.has_value(), tr("Name"));
    note(mapping_.version.has_value(), tr("Own version"));
    note(mapping_.correlation.has_value(), tr("Correlation"));
    note(mapping_.causation.has_value(), tr("Causation"));
    note(mapping_.envelope != Envelope::Auto, tr("Envelope"));
    note(mapping_.format != ValueFormat::Auto, tr("Format"));
    more_->setText(set.isEmpty() ? tr("More…") : tr("More (%1 set)…").arg(set.size()));
    const QString all = tr("Other entities, name, own version, correlation, causation, envelope, format");
    more_->setToolTip(set.isEmpty() ? all : tr("%1\nSet: %2").arg(all, set.join(QStringLiteral(", "))));
    more_->setAccessibleDescription(more_->toolTip());
}

void MappingEditor::setReasons(const QStringList& reasons) { reasons_->setText(reasons.join(QStringLiteral(" · "))); }

void MappingEditor::setCandidates(const MappingCandidates& candidates)
{
    if (candidates_ == candidates) return;  // after each letter there is a preview, and mostly of the same samples
    candidates_ = candidates;
    filling_ = true;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        QComboBox* box = fields_[i];
        // Somebody may be writing in it.
        QLineEdit* line = box->lineEdit();
        const QString text = line->text();
        const int cursor = line->cursorPosition();
        const int marked = line->hasSelectedText() ? line->selectionStart() : -1;
        const int length = static_cast<int>(line->selectedText().size());
        box->clear();
        if (i == Id) box->addItem(QStringLiteral("message key"));
        if (i == Category || i == Type) box->addItem(QStringLiteral("topic"));
        if (i == Category) box->addItems(candidates.constants);
        if (i == Name) {  // a header is an event's, a name the entity's
            for (const QString& pointer : candidates.pointers) box->addItem(QStringLiteral("state ") + pointer);
        } else {
            box->addItems(candidates.pointers);
            box->addItems(candidates.headers);
        }
        box->setEditText(text);
        line->setCursorPosition(cursor);
        if (marked >= 0) line->setSelection(marked, length);
    }
    filling_ = false;
}

void MappingEditor::setDebezium(bool debezium)
{
    debezium_ = debezium;
    updateEnabled();
}

bool MappingEditor::isFixed() const
{
    return mapping_.envelope == Envelope::Debezium || (debezium_ && mapping_.envelope == Envelope::Auto);
}

void MappingEditor::updateEnabled()
{
    const bool fixed = isFixed();
    for (QComboBox* box : {fields_[Id], fields_[Category], fields_[Type], fields_[Time], unit_}) {
        box->setEnabled(!fixed);
        box->setToolTip(fixed ? tr("Debezium records say this themselves") : QString());
    }
    others_->setEnabled(!fixed);
}

QString MappingEditor::error() const { return error_->text(); }

/// The mapping that is written in the fields; in `wrong` the first thing that cannot be understood.
decode::Mapping MappingEditor::written(QString& wrong) const
{
    decode::Mapping next = mapping_;
    const auto note = [&wrong](const QString& name, const QString& why) {
        if (wrong.isEmpty()) wrong = tr("%1: %2").arg(name, why);
    };
    const auto one = [&](Field field) -> std::optional<decode::FieldSource> {
        const QString text = fields_[field]->currentText().trimmed();
        if (text.isEmpty()) return std::nullopt;
        auto source = fieldFromText(text);
        if (source) return std::move(*source);
        note(fields_[field]->accessibleName(), source.error());
        return std::nullopt;
    };
    auto id = fieldsFromText(fields_[Id]->currentText());
    if (!id) note(fields_[Id]->accessibleName(), id.error());
    const auto category = one(Category);
    next.type = one(Type);
    next.time.reset();
    if (const auto time = one(Time))
        next.time = decode::TimeRule{*time, static_cast<TimeUnit>(unit_->currentData().toInt()),
                                     mapping_.time ? mapping_.time->zoneOffsetMinutes : 0};
    auto others = otherEntitiesFromText(others_->text());
    if (!others) note(othersName(), others.error());
    next.name = one(Name);
    next.version = one(Version);
    next.correlation = one(Correlation);
    next.causation = one(Causation);
    if (id && others) {
        next.entities.clear();
        // Without an id of its own the record's key is the id, as where no entity is named at all.
        if (id->empty() && (category || !others->empty())) id->push_back({decode::FieldSource::From::Key, {}, {}, {}, {}, 0, {}});
        if (!id->empty()) next.entities.push_back({category, std::move(*id)});
        next.entities.insert(next.entities.end(), others->begin(), others->end());
    }
    next.envelope = static_cast<Envelope>(envelope_->currentData().toInt());
    next.format = static_cast<ValueFormat>(format_->currentData().toInt());
    return next;
}

void MappingEditor::read()
{
    if (filling_) return;
    QString wrong;
    decode::Mapping next = written(wrong);
    sayWrong(*error_, wrong);
    emit errorChanged();
    if (!wrong.isEmpty() || next == mapping_) return;
    mapping_ = std::move(next);
    setGuessedLater(false);
    updateEnabled();
    tellMore();
    emit mappingChanged(mapping_);
}

}  // namespace hindcast::ui
