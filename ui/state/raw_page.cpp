#include "ui/state/raw_page.h"

#include "ui/look/background.h"
#include "ui/look/elided_label.h"
#include "ui/look/file_dialog.h"
#include "ui/look/format.h"
#include "ui/state/copying.h"
#include "ui/state/hex_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QSaveFile>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr int kValue = 0;
constexpr int kKey = 1;
constexpr int kFirstHeader = 2;
constexpr int kStay = 6000;  // ms: how long it is told that something was saved

QString asHex(const std::string& bytes) { return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex()); }
QString asBase64(const std::string& bytes) { return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64()); }
QString asText(const std::string& bytes) { return QString::fromStdString(bytes); }

}  // namespace

RawPage::RawPage(const Theme& theme, QWidget* parent) : QWidget(parent)
{
    part_ = new QComboBox;
    part_->setAccessibleName(tr("Which bytes"));
    part_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    part_->setMinimumContentsLength(9);  // or it would be what the whole side panel cannot be narrower than
    hex_ = new HexView(theme);
    copy_ = new QMenu(this);
    copy_->addAction(tr("As &hex"), this, [this] { copyAs(asHex); });
    copy_->addAction(tr("As &base64"), this, [this] { copyAs(asBase64); });
    copy_->addAction(tr("As &text (what is no UTF-8 becomes �)"), this, [this] { copyAs(asText); });
    copyButton_ = new QToolButton;
    copyButton_->setText(tr("copy"));
    copyButton_->setAccessibleName(tr("Copy these bytes"));
    copyButton_->setMenu(copy_);
    copyButton_->setPopupMode(QToolButton::InstantPopup);
    saveButton_ = new QToolButton;
    saveButton_->setText(tr("save…"));
    saveButton_->setAccessibleName(tr("Save these bytes to a file"));
    for (QToolButton* button : {copyButton_, saveButton_}) button->setFocusPolicy(Qt::StrongFocus);

    said_ = new ElidedLabel;
    said_->setProperty("role", QStringLiteral("secondary"));
    said_->setContentsMargins(10, 5, 10, 6);
    said_->hide();
    sayNoMore_.setSingleShot(true);
    sayNoMore_.setInterval(kStay);
    connect(&sayNoMore_, &QTimer::timeout, this, [this] { say({}); });

    auto* row = new QHBoxLayout;
    row->setContentsMargins(10, 8, 10, 6);
    row->setSpacing(8);
    row->addWidget(part_, 1);
    row->addWidget(copyButton_);
    row->addWidget(saveButton_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(hex_, 1);
    layout->addWidget(said_);
    connect(part_, &QComboBox::activated, this, &RawPage::refresh);
    connect(saveButton_, &QToolButton::clicked, this, &RawPage::askSave);
    refresh();
}

void RawPage::setEvent(std::shared_ptr<const EventView> event)
{
    event_ = std::move(event);
    stale_ = !isVisible();  // a page that is not seen costs nothing while the playhead is dragged
    if (!stale_) refresh();
}

void RawPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (stale_) refresh();
    stale_ = false;
}

std::shared_ptr<const std::string> RawPage::chosen() const
{
    if (!event_) return nullptr;
    const Event& event = event_->event;
    const int at = std::max(0, part_->currentIndex());
    const auto header = static_cast<std::size_t>(std::max(0, at - kFirstHeader));
    const std::optional<std::string>* bytes = at == kValue                    ? &event.value
                                              : at == kKey                    ? &event.key
                                              : header < event.headers.size() ? &event.headers[header].second
                                                                              : nullptr;
    // Shares the event's bytes: no copy of what may be megabytes.
    return bytes && *bytes ? std::shared_ptr<const std::string>(event_, &**bytes) : nullptr;
}

void RawPage::refresh()
{
    const QString before = part_->currentText().section(QStringLiteral(" · "), 0, 0);
    const auto label = [](const QString& name, const std::optional<std::string>& bytes) {
        return bytes ? tr("%1 · %2").arg(name, bytesText(bytes->size())) : tr("%1 · null").arg(name);
    };
    part_->clear();
    if (event_) {
        part_->addItem(label(tr("value"), event_->event.value));
        part_->addItem(label(tr("key"), event_->event.key));
        for (const auto& [name, value] : event_->event.headers)
            part_->addItem(label(tr("header %1").arg(QString::fromStdString(name).left(60)), value));
        for (int i = 0; i < part_->count(); ++i)
            if (part_->itemText(i).section(QStringLiteral(" · "), 0, 0) == before) part_->setCurrentIndex(i);
    } else {
        part_->addItem(tr("no event"));
    }
    const auto bytes = chosen();
    hex_->setBytes(bytes);
    hex_->setEmptyText(!event_ ? tr("No event at the playhead")
                       : bytes ? tr("empty: no bytes")
                               : tr("null: nothing was sent here"));
    copyButton_->setEnabled(bytes != nullptr);
    saveButton_->setEnabled(bytes != nullptr);
}

void RawPage::copyAs(QString (*write)(const std::string& bytes))
{
    constexpr std::size_t kAtOnce = 200'000;
    const auto bytes = chosen();
    if (!bytes) return;
    if (bytes->size() < kAtOnce) return copyText(write(*bytes));
    copyLater(this, [bytes, write] { return write(*bytes); });
}

void RawPage::askSave()
{
    // Before the dialog: while it is open another event may come to be shown.
    const auto bytes = chosen();
    if (!bytes) return;
    const Position& at = event_->event.position;
    const QString name = QStringLiteral("%1-%2-%3.bin")
                             .arg(QString::fromStdString(at.topic).replace(QLatin1Char('/'), QLatin1Char('_')))
                             .arg(at.partition.value)
                             .arg(at.offset.value);
    const QString path = askTargetFile(this, tr("Save the bytes"), name, tr("All files (*)"));
    if (!path.isEmpty()) write(bytes, path);
}

void RawPage::save(const QString& path)
{
    if (const auto bytes = chosen()) write(bytes, path);
}

QString RawPage::said() const { return said_->text(); }

void RawPage::say(const QString& text)
{
    said_->setText(text);
    said_->setAccessibleName(text);
    said_->setVisible(!text.isEmpty());
    if (!text.isEmpty()) sayNoMore_.start();
}

void RawPage::write(std::shared_ptr<const std::string> bytes, const QString& path)
{
    inBackground(
        this,
        [bytes, path]() -> QString {
            QSaveFile file(path);
            const auto size = static_cast<qint64>(bytes->size());
            if (!file.open(QIODevice::WriteOnly) || file.write(bytes->data(), size) != size || !file.commit())
                return file.errorString();
            return {};
        },
        [this, path, size = bytes->size()](const QString& error) {
            if (error.isEmpty()) {
                say(tr("%1 saved to %2").arg(bytesText(size), path));
                emit saved(path);
            } else
                emit failed(tr("cannot save %1").arg(path), error, tr("choose another place"));
        });
}

}  // namespace hindcast::ui
