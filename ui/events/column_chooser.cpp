#include "ui/events/column_chooser.h"

#include "core/event/pointer.h"
#include "ui/events/column_list.h"
#include "ui/look/format.h"
#include "ui/look/say.h"
#include "ui/look/search_field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace hindcast::ui {

ColumnChooser::ColumnChooser(const EventColumns& columns, const Theme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup), theme_(theme)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Columns of the event table"));
    setFrameShape(QFrame::NoFrame);
    auto* field = new SearchField(theme);
    field_ = field;
    field_->setPlaceholderText(tr("find, or type a pointer: /total"));
    field_->setAccessibleName(tr("Find a field, or type a JSON pointer"));
    list_ = new ColumnList(theme);
    list_->setColumns(columns);
    note_ = new QLabel;
    note_->setTextFormat(Qt::PlainText);
    note_->setProperty("role", QStringLiteral("secondary"));
    note_->setWordWrap(true);
    auto* reset = new QPushButton(tr("Reset"));
    reset->setToolTip(tr("The five standard columns, in their own widths"));
    auto* row = new QHBoxLayout;
    row->addWidget(note_, 1);
    row->addWidget(reset);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    column->addLayout(row);
    resize(theme.px(380), theme.px(400));
    setFocusProxy(field_);
    say(tr("Looking at the events in view…"));

    connect(field_, &QLineEdit::textChanged, this, [this](const QString& text) {
        list_->setSearch(text.trimmed());
        list_->setEmptyText(Pointer::parse(text.trimmed().toStdString()) && !text.trimmed().isEmpty()
                                ? tr("No event in view has it: Enter adds it all the same")
                                : tr("No such field in view"));
    });
    field->setList(*list_);
    connect(field, &SearchField::entered, this, &ColumnChooser::enter);
    connect(list_, &ColumnList::refused, this, &ColumnChooser::sayFull);
    connect(list_, &ColumnList::chosenChanged, this, [this] { emit chosen(list_->chosen()); });
    connect(reset, &QPushButton::clicked, this, [this] {
        list_->setColumns({});
        emit chosen(list_->chosen());
    });
}

void ColumnChooser::say(const QString& text) { hindcast::ui::say(*note_, {}, text); }

void ColumnChooser::sayFull() { say(tr("No more than %1 payload columns").arg(EventColumns::kMostPointers)); }

void ColumnChooser::setNames(const FieldNames& names)
{
    list_->setNames(names);
    if (names.names.empty())
        say(names.events == 0 ? tr("No event in view") : tr("The payloads in view have no fields"));
    else if (names.names.size() >= FieldNames::kMost)
        say(tr("the first %1 fields in view").arg(grouped(names.names.size())));
    else
        say(names.names.size() == 1 ? tr("1 field in view") : tr("%1 fields in view").arg(grouped(names.names.size())));
}

void ColumnChooser::enter()
{
    const QString text = field_->text().trimmed();
    const std::string pointer = text.toStdString();
    if (!text.isEmpty() && Pointer::parse(pointer)) {
        if (!list_->add(pointer)) return;
        field_->clear();
    } else if (!text.isEmpty() && list_->rowCount() > 0) {
        list_->toggle(std::max<qint64>(0, list_->currentRow()));
        field_->clear();
    }
}

void ColumnChooser::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme_.color(Theme::Role::Line));
    painter.fillRect(rect().adjusted(1, 1, -1, -1), theme_.color(Theme::Role::Panel));
}

void ColumnChooser::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

}  // namespace hindcast::ui
