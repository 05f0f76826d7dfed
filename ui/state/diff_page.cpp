#include "ui/state/diff_page.h"

#include "ui/look/elided_label.h"
#include "ui/look/format.h"
#include "ui/look/hairline.h"
#include "ui/look/search_field.h"
#include "ui/look/shown_zone.h"
#include "ui/state/changes_list.h"
#include "ui/state/copying.h"
#include "ui/state/notice.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace hindcast::ui {

namespace {

constexpr const char* kSideKey = "state/diffSideBySide";

/// Takes numbers beyond the last, which become the last: that is said, not done in silence.
class VersionBox final : public QSpinBox {
public:
    explicit VersionBox(std::function<void(const QString&)> beyond) : beyond_(std::move(beyond)) {}
    QValidator::State validate(QString& text, int& position) const override
    {
        const QValidator::State state = QSpinBox::validate(text, position);
        return state == QValidator::Invalid && isNumber(text) ? QValidator::Intermediate : state;
    }
    void fixup(QString& text) const override
    {
        if (!isNumber(text)) return QSpinBox::fixup(text);
        beyond_(digitsOf(text));
        text = prefix() + QString::number(maximum());
    }

private:
    [[nodiscard]] QString digitsOf(const QString& text) const
    {
        return text.startsWith(prefix()) ? text.mid(prefix().size()).trimmed() : text.trimmed();
    }
    [[nodiscard]] bool isNumber(const QString& text) const
    {
        const QString digits = digitsOf(text);
        return !digits.isEmpty() && digits.size() <= 18 && std::ranges::all_of(digits, [](QChar c) { return c.isDigit(); });
    }
    std::function<void(const QString&)> beyond_;
};

QSpinBox* picker(const QString& name, std::function<void(const QString&)> beyond)
{
    auto* box = new VersionBox(std::move(beyond));
    box->setAccessibleName(name);
    box->setPrefix(QStringLiteral("v"));
    box->setKeyboardTracking(false);
    box->setMinimumWidth(84);
    return box;
}

QLabel* secondary()
{
    auto* label = new ElidedLabel;
    label->setProperty("role", QStringLiteral("secondary"));
    return label;
}

QToolButton* button(const QString& text, const QString& tip)
{
    auto* made = new QToolButton;
    made->setText(text);
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

}  // namespace

DiffPage::DiffPage(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme)
{
    title_ = new ElidedLabel;
    title_->setProperty("role", QStringLiteral("title"));
    title_->setContentsMargins(10, 4, 10, 5);
    life_ = new Notice(theme);
    list_ = new ChangesList(theme);
    list_->setAccessibleName(tr("What differs between the two versions"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(buildPickers());
    layout->addLayout(buildTools());
    layout->addWidget(new Hairline(theme));
    layout->addWidget(title_);
    layout->addWidget(life_);
    layout->addWidget(list_, 1);
    connectParts();
    updateWords();
}

QLayout* DiffPage::buildPickers()
{
    const auto beyond = [this](const QString& number) {
        if (!history_) return;
        beyond_ = tr("There is no v%1: the last is v%2.").arg(number, grouped(history_->last().value));
        QMetaObject::invokeMethod(this, &DiffPage::updateWords, Qt::QueuedConnection);  // also where the last stood there already
    };
    a_ = picker(tr("Version A, the earlier side"), beyond);
    b_ = picker(tr("Version B, the later side"), beyond);
    nameA_ = secondary();
    nameB_ = secondary();
    swap_ = button(tr("swap"), tr("Swap A and B"));
    reset_ = button(tr("reset"), tr("Back to the version before the playhead, and the playhead"));
    auto* pick = new QGridLayout;
    pick->setContentsMargins(10, 8, 10, 2);
    pick->setHorizontalSpacing(8);
    pick->setVerticalSpacing(5);
    const auto line = [&](int row, const QString& name, QSpinBox* box, QLabel* label, QToolButton* tool) {
        auto* letter = new QLabel(name);
        letter->setBuddy(box);
        pick->addWidget(letter, row, 0);
        pick->addWidget(box, row, 1);
        pick->addWidget(label, row, 2);
        pick->addWidget(tool, row, 3);
    };
    line(0, tr("A"), a_, nameA_, swap_);
    line(1, tr("B"), b_, nameB_, reset_);
    pick->setColumnStretch(2, 1);
    return pick;
}

QLayout* DiffPage::buildTools()
{
    auto* search = new SearchField(theme_);
    search->setList(*list_);
    search_ = search;
    search_->setPlaceholderText(tr("find…"));
    search_->setAccessibleName(tr("Filter the differences by field or value"));
    search_->setMinimumWidth(96);
    side_ = button(tr("side by side"), tr("Old and new in columns of their own"));
    side_->setCheckable(true);
    side_->setChecked(QSettings().value(QLatin1String(kSideKey)).toBool());
    copy_ = new QMenu(this);
    copy_->addAction(tr("As JSON &patch, with the old values"), this, [this] {
        if (diff_) copyLater(this, [diff = diff_] { return patchText(diff->changes); });
    });
    copy_->addAction(tr("As a &Markdown table"), this, [this] {
        if (diff_)
            copyLater(this, [diff = diff_, before = versionName(diff_->a), after = versionName(diff_->b)] {
                return markdownText(diff->shown(), before, after);
            });
    });
    QToolButton* copying = button(tr("copy"), tr("Copy the differences"));
    copying->setMenu(copy_);
    copying->setPopupMode(QToolButton::InstantPopup);
    auto* tools = new QHBoxLayout;
    tools->setContentsMargins(10, 4, 10, 6);
    tools->setSpacing(8);
    tools->addWidget(search_, 1);
    tools->addWidget(side_);
    tools->addWidget(copying);
    return tools;
}

void DiffPage::connectParts()
{
    for (QSpinBox* box : {a_, b_})
        connect(box->findChild<QLineEdit*>(), &QLineEdit::textEdited, this, [this] {
            if (beyond_.isEmpty()) return;
            beyond_.clear();
            updateWords();
        });
    connect(a_, &QSpinBox::valueChanged, this,
            [this](int version) { hold(Version{static_cast<std::uint64_t>(version)}, heldB_); });
    connect(b_, &QSpinBox::valueChanged, this, [this](int version) {
        // A stays what it was, so that one side moves at a time.
        const Version chosen{static_cast<std::uint64_t>(version)};
        hold(a(), chosen == playhead_ ? std::nullopt : std::optional(chosen));
    });
    connect(swap_, &QToolButton::clicked, this, &DiffPage::swap);
    connect(reset_, &QToolButton::clicked, this, [this] { hold(std::nullopt, std::nullopt); });
    connect(side_, &QToolButton::toggled, this, [this](bool on) {
        QSettings().setValue(QLatin1String(kSideKey), on);
        updateWords();
    });
    connect(search_, &QLineEdit::textChanged, list_, &ChangesList::setFilter);
    connect(list_, &ChangesList::shownChanged, this, &DiffPage::updateWords);
    connect(list_, &ChangesList::menuFilled, this, [this](QMenu* menu, const QString& pointer) {
        menu->addSeparator();
        menu->addAction(tr("Show in the state"), this, [this, pointer] { emit fieldChosen(pointer); });
    });
    connect(list_, &RowView::activated, this,
            [this](qint64 row) { emit fieldChosen(QString::fromStdString(*list_->change(row).pointer)); });
    connect(life_, &Notice::linkActivated, this, &DiffPage::follow);
    connect(&theme_, &Theme::changed, this, &DiffPage::updateWords);
    connect(&ShownZoneSignal::get(), &ShownZoneSignal::changed, this, &DiffPage::updateWords);
}

Version DiffPage::b() const
{
    const Version last = history_ ? history_->last() : Version{0};
    return std::min(heldB_.value_or(playhead_), last);
}

Version DiffPage::a() const
{
    const Version last = history_ ? history_->last() : Version{0};
    const Version to = b();
    return std::min(heldA_.value_or(Version{to.value > 0 ? to.value - 1 : 0}), last);
}

void DiffPage::setTypeNames(TypeNames names)
{
    names_ = std::move(names);
    updateWords();
}

void DiffPage::setNoEntities(bool none)
{
    if (std::exchange(noEntities_, none) != none) updateWords();
}

void DiffPage::setHistory(std::shared_ptr<const replay::History> history)
{
    const bool another = !history || !history_ || history->entity != history_->entity;
    history_ = std::move(history);
    if (another) {
        heldA_.reset();
        heldB_.reset();
        beyond_.clear();
        setDiff({});
    }
    asked_.reset();
    ask();
}

void DiffPage::setPlayhead(Version version)
{
    playhead_ = version;
    beyond_.clear();
    ask();
}

void DiffPage::setDiff(std::shared_ptr<const DiffView> diff)
{
    diff_ = std::move(diff);
    list_->setChanges(diff_, diff_ ? &diff_->shown() : nullptr);
    updateWords();
}

void DiffPage::compareFrom(Version a) { hold(a, std::nullopt); }

void DiffPage::swap() { hold(b(), a()); }

void DiffPage::setHeld(std::optional<Version> a, std::optional<Version> b)
{
    if (heldA_ == a && heldB_ == b) return;
    heldA_ = a;
    heldB_ = b;
    ask();
}

void DiffPage::hold(std::optional<Version> a, std::optional<Version> b)
{
    heldA_ = a;
    heldB_ = b;
    ask();
    emit heldChanged(heldA_, heldB_);
}

void DiffPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void DiffPage::ask()
{
    // A page that is not seen costs nothing while the playhead is dragged: it is made when it is shown.
    if (!isVisible()) return;
    updatePickers();
    const std::pair wanted{a(), b()};
    if (history_ && asked_ != wanted) {
        asked_ = wanted;
        emit diffWanted(wanted.first, wanted.second);
    }
    updateWords();
}

void DiffPage::updatePickers()
{
    const QSignalBlocker quietA(a_);
    const QSignalBlocker quietB(b_);
    const auto number = [](Version version) {
        return static_cast<int>(std::min<std::uint64_t>(version.value, std::numeric_limits<int>::max()));
    };
    for (QSpinBox* box : {a_, b_}) {
        box->setEnabled(history_ != nullptr);
        box->setRange(0, history_ ? number(history_->last()) : 0);
    }
    a_->setValue(number(a()));
    b_->setValue(number(b()));
}

QString DiffPage::versionName(Version version) const
{
    return version.value == 0 ? tr("v0, before the first event")
                              : QLatin1Char('v') + StateWords::event(history_.get(), version, names_).mid(1);
}

void DiffPage::follow(const QString& link) { emit versionChosen(Version{link.mid(8).toULongLong()}); }

QString DiffPage::lifeNotice() const
{
    if (!diff_ || !history_) return {};
    const auto link = [this](Version version) {
        return QStringLiteral("<a style=\"color:%1\" href=\"version:%2\">%3</a>")
            .arg(theme_.color(Theme::Role::Link).name())
            .arg(version.value)
            .arg(versionName(version).toHtmlEscaped());
    };
    const auto why = [&](Version version) {
        return version.value == 0 ? tr("before its birth") : tr("it does not live at %1").arg(link(version));
    };
    if (!diff_->aliveA && !diff_->aliveB) return tr("There is no state at either version.");
    if (!diff_->aliveA) return tr("There is nothing in A (%1): all of B is new.").arg(why(diff_->a));
    if (!diff_->aliveB) return tr("There is nothing in B (%1): all of A is gone.").arg(why(diff_->b));
    return {};
}

QString DiffPage::title() const { return title_->text(); }

QString DiffPage::notice() const { return life_->text(); }

void DiffPage::updateWords()
{
    if (!isVisible()) return;
    const bool fresh = diff_ && history_ && diff_->entity == history_->entity && diff_->a == a() && diff_->b == b();
    const auto name = [this](Version version, bool follows) {
        QString text = version.value == 0 ? tr("before the first event")
                                          : StateWords::event(history_.get(), version, names_).section(QLatin1Char(' '), 1);
        if (version.value > 0 && history_ && version <= history_->last())
            text += QStringLiteral(" · ") + shortTimeText(history_->events[version.value - 1].effective);
        return follows ? tr("playhead · %1").arg(text) : text;
    };
    nameA_->setText(history_ ? name(a(), false) : QString());
    nameB_->setText(history_ ? name(b(), !heldB_) : QString());
    reset_->setEnabled(heldA_ || heldB_);
    if (!history_) {
        title_->setText(tr("No entity selected"));
        list_->setEmptyText(noEntities_ ? tr("No entities yet") : tr("Select an entity to compare two of its versions"));
    } else if (!fresh || list_->isWorking()) {
        title_->setText(tr("Comparing…"));
        list_->setEmptyText({});
    } else {
        const ChangesList::Counts counts = list_->counts();
        const std::size_t all = counts.all();
        QStringList parts;
        if (counts.changed > 0) parts << tr("%1 changed").arg(grouped(counts.changed));
        if (counts.added > 0) parts << tr("%1 added").arg(grouped(counts.added));
        if (counts.removed > 0) parts << tr("%1 removed").arg(grouped(counts.removed));
        title_->setText(parts.isEmpty() ? tr("The same") : parts.join(QStringLiteral(" · ")));
        list_->setEmptyText(
            all > 0                ? tr("No difference holds “%1”").arg(search_->text().left(60))
            : diff_->a == diff_->b ? tr("A and B are the same version")
            : diff_->aliveA ? tr("The states at v%1 and v%2 are the same").arg(grouped(diff_->a.value), grouped(diff_->b.value))
                            : tr("There is no state at v%1 nor at v%2").arg(grouped(diff_->a.value), grouped(diff_->b.value)));
    }
    life_->say(!beyond_.isEmpty() ? beyond_ : fresh ? lifeNotice() : QString());
    const bool side = side_->isChecked();
    const QString before = side ? tr("A · v%1").arg(grouped(a().value)) : QString();
    const QString after = side ? tr("B · v%1").arg(grouped(b().value)) : QString();
    const bool same = list_->isSideBySide() == side && (!side || list_->columns()[1].title == before) &&
                      (!side || list_->columns()[2].title == after);
    if (!same) list_->setSideBySide(before, after);
}

}  // namespace hindcast::ui
