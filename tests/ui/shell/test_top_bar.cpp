// The bar beneath the menus: what has room in it.
#include "ui/session/playhead.h"
#include "ui/shell/live_controls.h"
#include "ui/shell/play_button.h"
#include "ui/shell/speed_text.h"
#include "ui/shell/time_field.h"
#include "ui/shell/top_bar.h"

#include <QMenu>
#include <QToolButton>
#include <QtTest>

#include <memory>

using namespace hindcast;
using namespace hindcast::ui;

namespace {

/// A bar with actions of its own, `width` wide and shown.
struct Bar {
    Bar(const Theme& theme, int width)
    {
        follow.setCheckable(true);
        const LiveControls::Actions live{&pause, &follow, &firstNew, &stop};
        const TopBar::Actions actions{&first,  &previous, &next,         &last, &previousChange, &nextChange,
                                      &source, live,      &presentation, &play, &playback};
        bar = std::make_unique<TopBar>(theme, playhead, actions);
        bar->setParent(&window);  // for a window grows with what is in it
        window.resize(width, bar->height());
        bar->resize(width, bar->height());
        bar->show();
        window.show();
        QCoreApplication::processEvents();
    }
    /// As the window tells it.
    void setReading(const ReadingView& reading) const
    {
        bar->setSource(QStringLiteral("orders, payments · kafka.example.com:9092"), reading);
        bar->live().setReading(true, reading);
    }
    [[nodiscard]] QString sourceText() const
    {
        for (const QToolButton* button : bar->findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
            if (button->accessibleName() == QLatin1String("Source")) return button->text();
        return {};
    }

    QAction first, previous, next, last, previousChange, nextChange, pause, follow, firstNew, stop, presentation, play;
    QMenu source, playback;
    Playhead playhead;
    QWidget window;
    std::unique_ptr<TopBar> bar;
};

}  // namespace

class TestTopBar : public QObject {
    Q_OBJECT
    Theme theme_{Theme::Scheme::Light};

private slots:
    void initTestCase() { theme_.apply(); }

    void theSourceHasTheRoomThatTheControlsLeaveAlsoWhereMuchIsToldAtOnce()
    {
        ReadingView reading;
        reading.reading = reading.resumable = reading.live = true;
        ReadingView ended;
        ended.ended = QStringLiteral("complete");
        bool isElided = false;
        bool isWhole = false;
        // From what a screen at 200 % has room for to a desk's.
        for (int width = 700; width <= 1400; width += 20) {
            const Bar fresh(theme_, width);
            fresh.setReading(ended);
            QCoreApplication::processEvents();
            const Bar told(theme_, width);
            told.setReading(reading);
            told.bar->live().setNew(48'211, 3);
            QCoreApplication::processEvents();
            const QString before = told.sourceText();
            told.setReading(ended);
            told.bar->live().setNew(0, 0);
            told.setReading(ended);  // once more, before the bar has been laid out
            QCoreApplication::processEvents();
            QCOMPARE(told.sourceText(), fresh.sourceText());
            isElided = isElided || before != fresh.sourceText();
            isWhole = isWhole || before == fresh.sourceText();
        }
        QVERIFY2(isElided && isWhole, "the widths are such that the controls matter, and do not");
    }

    void theSpeedIsShortenedBeforeAnythingIsLeftOut()
    {
        QStringList seen;
        for (int width = 1400; width >= 700; width -= 20) {
            const Bar at(theme_, width);
            at.setReading({});
            at.bar->play().setSpeed({PlaybackSpeed::Unit::Times, 1e6});
            QCoreApplication::processEvents();
            const PlayButton& play = at.bar->play();
            if (seen.isEmpty() || seen.last() != play.text()) seen << play.text();
            QVERIFY(play.isVisible() && play.width() >= play.sizeHint().width());
            QVERIFY(play.geometry().right() < at.bar->timeField().geometry().left());
            // The ends go only once it is as short as can be.
            bool ends = true;
            for (const QToolButton* one : at.bar->findChildren<QToolButton*>(QString(), Qt::FindDirectChildrenOnly))
                if (one->defaultAction() == &at.first) ends = one->isVisible();
            QVERIFY(ends || play.text().isEmpty());
        }
        QCOMPARE(seen.first(), QStringLiteral("play ×1\u2009000\u2009000"));
        QCOMPARE(seen.mid(1, 2), QStringList({speedText({PlaybackSpeed::Unit::Times, 1e6}), QStringLiteral("×10⁶")}));
    }
};

QTEST_MAIN(TestTopBar)
#include "test_top_bar.moc"
