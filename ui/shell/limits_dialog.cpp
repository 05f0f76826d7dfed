#include "ui/shell/limits_dialog.h"

#include "ui/session/replay_policy.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <limits>

namespace hindcast::ui {

namespace {

constexpr unsigned kMegaShift = 20;
constexpr int kBetween = 10;  // px

std::size_t bytesOf(const QSpinBox& box) { return static_cast<std::size_t>(box.value()) << kMegaShift; }

int megabytes(std::size_t bytes) { return static_cast<int>(bytes >> kMegaShift); }

}  // namespace

LimitsDialog::LimitsDialog(const model::Limits& limits, QWidget* parent)
    : QDialog(parent),
      given_(limits),
      handler_(new QSpinBox(this)),
      model_(new QSpinBox(this)),
      snapshots_(new QSpinBox(this)),
      sweeps_(new QSpinBox(this))
{
    setWindowTitle(tr("Limits"));
    using std::chrono::milliseconds;
    const model::Limits least =
        ReplayPolicy::within({.perHandler = milliseconds(0), .memoryBytes = 0, .snapshotBytes = 0, .sweepBytes = 0});
    constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max();
    const model::Limits most = ReplayPolicy::within(
        {.perHandler = milliseconds(1'000'000'000), .memoryBytes = kHuge, .snapshotBytes = kHuge, .sweepBytes = kHuge});
    handler_->setRange(static_cast<int>(least.perHandler.count()), static_cast<int>(most.perHandler.count()));
    handler_->setSuffix(tr(" ms"));
    handler_->setSingleStep(100);
    model_->setRange(megabytes(least.memoryBytes), megabytes(most.memoryBytes));
    snapshots_->setRange(megabytes(least.snapshotBytes), megabytes(most.snapshotBytes));
    sweeps_->setRange(megabytes(least.sweepBytes), megabytes(most.sweepBytes));

    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(3);
    grid->setColumnStretch(0, 1);
    const auto add = [&](QSpinBox* box, const QString& words, const QString& more) {
        const int row = grid->rowCount();
        if (row > 1) grid->setRowMinimumHeight(row, kBetween);
        if (box != handler_) {
            box->setSuffix(tr(" MB"));
            box->setSingleStep(32);
        }
        box->setAccessibleName(QString(words).remove(QLatin1Char('&')));
        box->setAccessibleDescription(more);
        box->setToolTip(more);
        box->setMinimumWidth(fontMetrics().averageCharWidth() * 16);
        auto* label = new QLabel(words, this);
        label->setBuddy(box);
        auto* details = new QLabel(more, this);
        details->setProperty("role", QStringLiteral("secondary"));
        grid->addWidget(label, row + 1, 0);
        grid->addWidget(box, row + 1, 1);
        grid->addWidget(details, row + 2, 0, 1, 2);
    };
    add(handler_, tr("&Time for one event"),
        tr("Of a script; of a program: for one answer. One that takes longer is stopped there."));
    add(model_, tr("&Memory of a model"), tr("Of each process that runs a script or a program. One that takes more is stopped."));
    add(snapshots_, tr("Memory for &states"), tr("Of the selected entity, so that each version is at hand quickly."));
    add(sweeps_, tr("Memory while looking at &all entities"), tr("For “first time when” and findings; from the next search on."));

    auto* buttons =
        new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::RestoreDefaults, this);
    buttons->button(QDialogButtonBox::Ok)->setProperty("primary", true);
    for (QAbstractButton* one : buttons->buttons()) one->setIcon({});
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit chosen(this->limits());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons->button(QDialogButtonBox::RestoreDefaults), &QPushButton::clicked, this, [this] { fill(model::Limits{}); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 14);
    column->setSpacing(14);
    column->addLayout(grid);
    column->addStretch(1);
    column->addWidget(buttons);
    fill(limits);
}

void LimitsDialog::fill(const model::Limits& limits)
{
    handler_->setValue(static_cast<int>(limits.perHandler.count()));
    model_->setValue(megabytes(limits.memoryBytes));
    snapshots_->setValue(megabytes(limits.snapshotBytes));
    sweeps_->setValue(megabytes(limits.sweepBytes));
}

model::Limits LimitsDialog::limits() const
{
    model::Limits limits = given_;
    limits.perHandler = std::chrono::milliseconds(handler_->value());
    limits.memoryBytes = bytesOf(*model_);
    limits.snapshotBytes = bytesOf(*snapshots_);
    limits.sweepBytes = bytesOf(*sweeps_);
    return limits;
}

}  // namespace hindcast::ui

#include "moc_limits_dialog.cpp"
