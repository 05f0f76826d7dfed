#include "ui/shell/play_button.h"

#include "ui/look/glyphs.h"
#include "ui/shell/speed_text.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace hindcast::ui {

PlayButton::PlayButton(const Theme& theme, QAction& play, QMenu& menu, QWidget* parent) : QToolButton(parent), theme_(theme)
{
    setPopupMode(QToolButton::MenuButtonPopup);
    setMenu(&menu);
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QToolButton::clicked, &play, &QAction::trigger);
    connect(&play, &QAction::changed, this, [this, &play] { show(play); });
    show(play);
    write();
}

void PlayButton::show(const QAction& play)
{
    setEnabled(play.isEnabled());
    setToolTip(play.toolTip());
}

void PlayButton::setSpeed(PlaybackSpeed speed)
{
    speed_ = speed;
    write();
}

void PlayButton::setPlaying(bool playing)
{
    playing_ = playing;
    write();
}

void PlayButton::setWords(Words words)
{
    if (words == words_) return;
    words_ = words;
    write();
}

QString PlayButton::words(bool playing) const
{
    if (words_ == Words::None) return {};
    const QString speed = words_ == Words::ShortSpeed ? shortSpeedText(speed_) : speedText(speed_);
    if (words_ != Words::All) return speed;
    return playing ? tr("pause %1").arg(speed) : tr("play %1").arg(speed);
}

void PlayButton::write()
{
    setIcon(glyphIcon(playing_ ? Glyph::Pause : Glyph::Play, theme_));
    setText(words(playing_));
    setToolButtonStyle(words_ == Words::None ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    const QString speed = speedText(speed_);
    setAccessibleName(playing_ ? tr("Pause, playing at %1").arg(speed) : tr("Play at %1").arg(speed));
    updateGeometry();
}

QSize PlayButton::sizeHint() const
{
    QSize hint = QToolButton::sizeHint();
    const auto width = [this](const QString& text) { return fontMetrics().size(Qt::TextShowMnemonic, text).width(); };
    hint.rwidth() += std::max(width(words(true)), width(words(false))) - width(text());
    return hint;
}

/// The arrow is no stop of the Tab key.
void PlayButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down && (event->modifiers() & ~(Qt::AltModifier | Qt::KeypadModifier)) == 0) return showMenu();
    QToolButton::keyPressEvent(event);
}

}  // namespace hindcast::ui

#include "moc_play_button.cpp"
