#include "ui/connect/mapping_editor.h"

#include "ui/connect/field_text.h"
#include "ui/connect/wrapped_label.h"

#include <QComboBox>
#include <QCompleter>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

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
    std::vector<Cell>* cells = &firstCells_;
    const auto cell = [&](const QString& text, QWidget* named, QWidget* whole = nullptr) {
        auto* out = new QLabel(text);
        out->setProperty("role", QStringLiteral("secondary"));
        out->setBuddy(named);
        named->setAccessibleName(text);
        cells->push_back({out, whole != nullptr ? whole : named});
    };
    const auto place = [&](Field field, const QString& text, const QString& placeholder) {
        auto* box = new QComboBox;
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->setFont(theme_.mono());
        box->lineEdit()->setFont(theme_.mono());
        box->lineEdit()->setPlaceholderText(placeholder);
        box->setMinimumContentsLength(12);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        // In a list below: a completion in the line would be taken for what was written.
        if (box->completer() != nullptr) box->completer()->setCompletionMode(QCompleter::PopupCompletion);
        box->setAccessibleName(text);
        fields_[field] = box;
        absent_[field] = placeholder;
        connect(box, &QComboBox::editTextChanged, this, &MappingEditor::read);
        return box;
    };
    cell(tr("Entity"), place(Id, tr("Entity"), tr("message key")));
    cell(tr("Category"), place(Category, tr("Category"), tr("topic")));
    cell(tr("Type"), place(Type, tr("Type"), tr("none")));
    unit_ = new QComboBox;
    unit_->setAccessibleName(tr("Unit of time"));
    for (const auto& [text, unit] : {std::pair(tr("any unit"), TimeUnit::Auto), std::pair(tr("ISO 8601"), TimeUnit::Iso),
                                     std::pair(tr("s"), TimeUnit::Seconds), std::pair(tr("ms"), TimeUnit::Milliseconds),
                                     std::pair(tr("µs"), TimeUnit::Microseconds), std::pair(tr("ns"), TimeUnit::Nanoseconds)})
        unit_->addItem(text, static_cast<int>(unit));
    auto* time = new QWidget;
    auto* timeRow = new QHBoxLayout(time);
    timeRow->setContentsMargins(0, 0, 0, 0);
    timeRow->setSpacing(6);
    cell(tr("Time"), place(Time, tr("Time"), tr("broker time")), time);
    timeRow->addWidget(fields_[Time], 1);
    timeRow->addWidget(unit_);
    cells = &moreCells_;
    others_ = new QLineEdit;
    others_->setFont(theme_.mono());
    others_->setPlaceholderText(tr("constant “order”: /order_id; …"));
    cell(tr("Belongs to, too"), others_);
    cell(tr("Own version"), place(Version, tr("Own version"), tr("none")));
    cell(tr("Correlation"), place(Correlation, tr("Correlation"), tr("none")));
    cell(tr("Causation"), place(Causation, tr("Causation"), tr("none")));
    envelope_ = new QComboBox;
    envelope_->addItem(tr("by itself"), static_cast<int>(Envelope::Auto));
    envelope_->addItem(tr("plain"), static_cast<int>(Envelope::Plain));
    envelope_->addItem(tr("Debezium"), static_cast<int>(Envelope::Debezium));
    cell(tr("Envelope"), envelope_);
    format_ = new QComboBox;
    format_->addItem(tr("by itself"), static_cast<int>(ValueFormat::Auto));
    format_->addItem(tr("JSON"), static_cast<int>(ValueFormat::Json));
    format_->addItem(tr("text"), static_cast<int>(ValueFormat::Text));
    format_->addItem(tr("bytes"), static_cast<int>(ValueFormat::Bytes));
    cell(tr("Format"), format_);

    reasons_ = new WrappedLabel;
    reasons_->setProperty("role", QStringLiteral("secondary"));
    reasons_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    error_ = new WrappedLabel;
    error_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    error_->setAccessibleName(tr("What is wrong"));
    more_ = new QToolButton;
    more_->setText(tr("More…"));
    more_->setToolTip(tr("Other entities, own version, correlation, causation, envelope, format"));
    more_->setCheckable(true);
    more_->setFocusPolicy(Qt::StrongFocus);
    auto* words = new QHBoxLayout;
    words->setSpacing(10);
    words->addWidget(reasons_, 1);
    words->addWidget(more_, 0, Qt::AlignRight | Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 10, 10, 6);
    layout->setSpacing(8);
    layout->addLayout(firstGrid_);
    layout->addWidget(rest_);
    arrange();  // here, for Tab goes in the order in which widgets get their place
    layout->addWidget(error_);
    layout->addLayout(words);
    error_->hide();
    rest_->hide();
    connect(more_, &QToolButton::toggled, rest_, &QWidget::setVisible);

    connect(others_, &QLineEdit::textChanged, this, &MappingEditor::read);
    for (QComboBox* box : {envelope_, format_, unit_}) connect(box, &QComboBox::currentIndexChanged, this, &MappingEditor::read);
    const auto colour = [this] {
        QPalette colours = error_->palette();
        colours.setColor(QPalette::WindowText, theme_.color(Theme::Role::Warning));
        error_->setPalette(colours);
    };
    connect(&theme_, &Theme::changed, error_, colour);
    connect(&theme_, &Theme::changed, this, qOverload<>(&MappingEditor::arrange));
    colour();
}

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
    setText(fields_[Version], optionalText(mapping.version));
    setText(fields_[Correlation], optionalText(mapping.correlation));
    setText(fields_[Causation], optionalText(mapping.causation));
    envelope_->setCurrentIndex(envelope_->findData(static_cast<int>(mapping.envelope)));
    format_->setCurrentIndex(format_->findData(static_cast<int>(mapping.format)));
    filling_ = false;
    error_->clear();
    error_->hide();
    // What is set must be seen.
    const bool more = mapping.entities.size() > 1 || mapping.version || mapping.correlation || mapping.causation ||
                      mapping.envelope == Envelope::Debezium || mapping.format != ValueFormat::Auto;
    if (more) more_->setChecked(true);
    updateEnabled();
}

void MappingEditor::setReasons(const QStringList& reasons) { reasons_->setText(reasons.join(QStringLiteral(" · "))); }

void MappingEditor::setCandidates(const MappingCandidates& candidates)
{
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
        box->addItems(candidates.pointers);
        box->addItems(candidates.headers);
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

void MappingEditor::updateEnabled()
{
    const bool fixed = mapping_.envelope == Envelope::Debezium || (debezium_ && mapping_.envelope == Envelope::Auto);
    for (QComboBox* box : {fields_[Id], fields_[Category], fields_[Type], fields_[Time], unit_}) {
        box->setEnabled(!fixed);
        box->setToolTip(fixed ? tr("Debezium records say this themselves") : QString());
    }
    others_->setEnabled(!fixed);
}

QString MappingEditor::error() const { return error_->text(); }

void MappingEditor::read()
{
    if (filling_) return;
    decode::Mapping next = mapping_;
    QString wrong;
    const auto one = [&](Field field, std::optional<decode::FieldSource>& into) {
        const QString text = fields_[field]->currentText().trimmed();
        into.reset();
        if (text.isEmpty()) return;
        auto source = fieldFromText(text);
        if (source)
            into = std::move(*source);
        else if (wrong.isEmpty())
            wrong = fields_[field]->accessibleName() + QStringLiteral(": ") + source.error();
    };
    std::optional<decode::FieldSource> category;
    std::optional<decode::FieldSource> time;
    one(Category, category);
    one(Type, next.type);
    one(Time, time);
    one(Version, next.version);
    one(Correlation, next.correlation);
    one(Causation, next.causation);
    next.time.reset();
    if (time)
        next.time = decode::TimeRule{*time, static_cast<TimeUnit>(unit_->currentData().toInt()),
                                     mapping_.time ? mapping_.time->zoneOffsetMinutes : 0};
    auto id = fieldsFromText(fields_[Id]->currentText());
    auto others = otherEntitiesFromText(others_->text());
    if (!id && wrong.isEmpty()) wrong = tr("Entity: %1").arg(id.error());
    if (!others && wrong.isEmpty()) wrong = tr("Belongs to, too: %1").arg(others.error());
    if (id && others) {
        next.entities.clear();
        // Without an id of its own the record's key is the id, as where no entity is named at all.
        if (id->empty() && (category || !others->empty())) id->push_back({decode::FieldSource::From::Key, {}, {}, {}, {}, 0, {}});
        if (!id->empty()) next.entities.push_back({category, std::move(*id)});
        next.entities.insert(next.entities.end(), others->begin(), others->end());
    }
    next.envelope = static_cast<Envelope>(envelope_->currentData().toInt());
    next.format = static_cast<ValueFormat>(format_->currentData().toInt());
    error_->setText(wrong);
    error_->setVisible(!wrong.isEmpty());
    emit errorChanged();
    if (!wrong.isEmpty() || next == mapping_) return;
    mapping_ = std::move(next);
    setGuessedLater(false);
    updateEnabled();
    emit mappingChanged(mapping_);
}

}  // namespace hindcast::ui
