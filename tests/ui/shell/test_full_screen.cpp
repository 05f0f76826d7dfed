// A presentation fills the screen and gives back the window that was there: its size, its state, and what is remembered of it.
#include "tests/ui/shell/window_fixture.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QSplitter>

#include <cstdlib>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestFullScreen : public InWindow {
    Q_OBJECT

    void togglePresentation()
    {
        at_->window->actions().presentation.trigger();
        QVERIFY(settle(*at_->window));
    }
    QList<int> columns() { return at_->window->findChild<QSplitter*>()->sizes(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(begin());
        QVERIFY(at_->openWithEvents(2, 12));
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
    }
    void cleanup() { at_.reset(); }

    void aWindowComesBackInItsSizeAndLayout()
    {
        const QSize size = at_->window->size();
        const QList<int> before = columns();
        const int timeline = at_->window->timeline().height();
        for (int round = 0; round < 2; ++round) {
            togglePresentation();
            QVERIFY(at_->window->isFullScreen());
            togglePresentation();
            QVERIFY(!at_->window->isFullScreen() && !at_->window->isMaximized());
            QCOMPARE(at_->window->size(), size);
            QCOMPARE(columns(), before);
            QCOMPARE(at_->window->timeline().height(), timeline);
        }
    }

    void aMaximisedWindowComesBackMaximised()
    {
        at_->window->showMaximized();
        QVERIFY(settle(*at_->window));
        const QSize maximised = at_->window->size();
        const QSize normal = at_->window->normalGeometry().size();
        togglePresentation();
        QVERIFY(at_->window->isFullScreen());
        togglePresentation();
        QVERIFY(at_->window->isMaximized() && !at_->window->isFullScreen());
        QCOMPARE(at_->window->size(), maximised);
        QCOMPARE(at_->window->normalGeometry().size(), normal);
    }

    void theLayoutFollowsASizeThatTheWindowManagerGivesLater()
    {
        at_->window->setPresentation(true, false);
        at_->window->resize(1600, 900);
        QVERIFY(settle(*at_->window));
        const int share = at_->window->state().width();
        QVERIFY2(std::abs(share - 1600 * 36 / 100) <= 2, qPrintable(QString::number(share)));
        // What the user has chosen stays.
        auto* splitter = at_->window->findChild<QSplitter*>();
        QSplitterHandle* handle = splitter->handle(2);
        QTest::mousePress(handle, Qt::LeftButton, {}, handle->rect().center());
        QTest::mouseMove(handle, handle->rect().center() - QPoint(80, 0));
        QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center() - QPoint(80, 0));
        const int chosen = at_->window->state().width();
        QVERIFY(chosen > share);
        at_->window->resize(1500, 900);
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->window->state().width(), chosen);
    }

    void whoEndsTheProgramInAPresentationFindsTheDesksWindowNextTime()
    {
        at_->window->resize(1000, 600);
        QVERIFY(settle(*at_->window));
        togglePresentation();
        at_->window->close();
        at_->theme.setZoom(1);
        at_->window = std::make_unique<MainWindow>(*at_->session, at_->theme);
        at_->window->show();
        QVERIFY(at_->isShown());
        QVERIFY(!at_->window->isFullScreen());
        QCOMPARE(at_->window->normalGeometry().size(), QSize(1000, 600));
    }
};

QTEST_MAIN(TestFullScreen)
#include "test_full_screen.moc"
