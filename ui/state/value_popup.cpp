#include "ui/state/value_popup.h"

#include "ui/look/background.h"
#include "ui/look/elided_label.h"
#include "ui/look/fitting.h"
#include "ui/look/format.h"
#include "ui/state/copying.h"

#include <QDialogButtonBox>
#include <QFontMetrics>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace hindcast::ui {

namespace {

constexpr qsizetype kShown = 64'000;  // characters, as many as are laid out within a frame or two; the copy has all of them

QString written(const Json& value)
{
    return QString::fromStdString(value.is_string() ? value.get_ref<const std::string&>() : toText(value, 2));
}

}  // namespace

ValuePopup::ValuePopup(const Theme& theme, const QString& title, std::shared_ptr<const void> owner, const Json& value,
                       QWidget* parent)
    : QDialog(parent)
{
    build(theme, title);
    if (isSmall(value)) {
        write(written(value));
        return;
    }
    about_->setText(tr("Writing it out…"));
    inBackground(
        this, [owner = std::move(owner), at = &value] { return written(*at); }, [this](const QString& text) { write(text); });
}

ValuePopup::ValuePopup(const Theme& theme, const QString& title, const QString& text, QWidget* parent, Form form)
    : QDialog(parent)
{
    build(theme, title);
    write(text);
    if (form == Form::Value) return;
    edit_->setFont(theme.text());
    edit_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    edit_->setAccessibleName(title);
    fitToText();
}

/// As high as the text at the width that it has for now; of a long one as much as a value has.
void ValuePopup::fitToText()
{
    constexpr int kWide = 520;
    constexpr int kMost = 320;
    constexpr int kSlack = 8;  // px: a line too many is better than one that is hidden
    const QMargins margins = layout()->contentsMargins();
    const int around = 2 * (edit_->frameWidth() + static_cast<int>(edit_->document()->documentMargin()));
    const int across = kWide - margins.left() - margins.right() - around - kSlack;
    const QFontMetrics metrics(edit_->font());
    const QRect asked = metrics.boundingRect(QRect(0, 0, across, 1), Qt::TextWordWrap, whole_.left(kShown));
    const int high = std::min(kMost, asked.height() + metrics.lineSpacing() / 2 + around);
    if (high < kMost) edit_->setFocusPolicy(Qt::ClickFocus);  // there is nothing to scroll
    edit_->setMinimumHeight(high);
    resize(fitting({kWide, sizeHint().height() - edit_->sizeHint().height() + high}, *screen()));
}

QPushButton* ValuePopup::addButton(const QString& text)
{
    QPushButton* button = buttons_->addButton(text, QDialogButtonBox::ActionRole);
    button->setAutoDefault(false);
    button->setIcon({});
    return button;
}

void ValuePopup::build(const Theme& theme, const QString& title)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto* name = new ElidedLabel;
    name->setText(title);
    name->setProperty("role", QStringLiteral("title"));
    about_ = new QLabel;
    about_->setProperty("role", QStringLiteral("secondary"));
    edit_ = new QPlainTextEdit;
    edit_->setReadOnly(true);
    edit_->setFont(theme.mono());
    edit_->setAccessibleName(tr("The value"));
    edit_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    buttons_ = new QDialogButtonBox(QDialogButtonBox::Close);
    const QPushButton* copy = addButton(tr("&Copy"));
    for (QAbstractButton* one : buttons_->buttons()) one->setIcon({});
    connect(copy, &QPushButton::clicked, this, [this] { copyText(whole_); });
    connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(name);
    layout->addWidget(edit_, 1);
    layout->addWidget(about_);
    layout->addWidget(buttons_);
    resize(fitting({620, 420}, *screen()));
}

void ValuePopup::write(const QString& text)
{
    whole_ = text;
    edit_->setPlainText(text.left(kShown));
    const bool cut = text.size() > kShown;
    about_->setVisible(cut);
    if (cut)
        about_->setText(
            tr("the beginning of %1 characters; a copy has all").arg(grouped(static_cast<std::uint64_t>(text.size()))));
}

QString ValuePopup::text() const { return whole_; }

}  // namespace hindcast::ui
