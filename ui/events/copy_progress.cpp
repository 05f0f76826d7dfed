#include "ui/events/copy_progress.h"

#include "ui/look/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace hindcast::ui {

namespace {

constexpr int kSayAfter = 300;  // ms: what is done by then needs no progress
constexpr int kStay = 6000;     // ms: how long the end is told

}  // namespace

CopyProgress::CopyProgress(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Copying"));
    label_ = new QLabel;
    label_->setTextFormat(Qt::PlainText);
    label_->setProperty("role", QStringLiteral("secondary"));
    cancel_ = new QToolButton;
    cancel_->setProperty("bare", true);
    cancel_->setText(tr("Cancel"));
    cancel_->setAccessibleName(tr("Cancel copying"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(label_);
    row->addWidget(cancel_);
    hide();
    hideLater_.setSingleShot(true);
    hideLater_.setInterval(kStay);
    connect(&hideLater_, &QTimer::timeout, this, [this] {
        if (!copying_) hide();
    });
    connect(cancel_, &QToolButton::clicked, this, [this] {
        emit cancelled();
        end(tr("not copied"));
    });
}

QString CopyProgress::text() const { return isHidden() ? QString() : label_->text(); }

void CopyProgress::show(const QString& text)
{
    label_->setText(text);
    label_->setAccessibleName(text);
    cancel_->setVisible(copying_);
    QWidget::show();
}

void CopyProgress::begin(quint64 total)
{
    total_ = total;
    copying_ = true;
    clock_.start();
    hideLater_.stop();
    hide();
}

void CopyProgress::progress(quint64 done)
{
    if (!copying_ || clock_.elapsed() < kSayAfter) return;
    const qint64 left = done == 0 ? 0 : clock_.elapsed() * static_cast<qint64>(total_ - done) / static_cast<qint64>(done);
    QString text = tr("copying %1 of %2").arg(grouped(done), grouped(total_));
    if (left >= 1000) text += tr(" · %1 left").arg(durationText(std::chrono::seconds(left / 1000)));
    show(text);
}

void CopyProgress::end(const QString& text)
{
    copying_ = false;
    show(text);
    hideLater_.start();
}

void CopyProgress::abandon()
{
    copying_ = false;
    hide();
}

}  // namespace hindcast::ui
