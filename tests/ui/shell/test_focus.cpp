// Wherever Tab leads one sees where one is: each stop is in sight, named, and looks other with the focus than without.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QTabBar>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

/// Pixels of the two that differ so much that one sees it.
int differing(const QImage& a, const QImage& b)
{
    if (a.size() != b.size()) return a.width() * a.height();
    int count = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x) {
            const QColor one = a.pixelColor(x, y);
            const QColor other = b.pixelColor(x, y);
            const int apart = std::max(
                {std::abs(one.red() - other.red()), std::abs(one.green() - other.green()), std::abs(one.blue() - other.blue())});
            if (apart >= 24) ++count;
        }
    return count;
}

QString nameOf(const QWidget& widget)
{
    return QStringLiteral("%1 “%2”").arg(QString::fromLatin1(widget.metaObject()->className()), widget.accessibleName());
}

}  // namespace

class TestFocus : public InWindow {
    Q_OBJECT

    /// What is wrong with the stops of the Tab key, from where the focus is once around.
    QStringList trouble(int least)
    {
        MainWindow& window = *at_->window;
        QStringList found;
        QList<QWidget*> stops;
        for (int presses = 0; presses < 200; ++presses) {
            QWidget* stop = QApplication::focusWidget();
            if (stop == nullptr) return {QStringLiteral("the focus is lost after %1 stops").arg(stops.size())};
            if (presses > 0 && stop == stops.first()) break;
            // A label leads through its links, each with a press of its own.
            if (!stops.contains(stop)) {
                stops << stop;
                (void)settle(window);
                const QRect place = QRect(stop->mapTo(&window, QPoint()), stop->size()).adjusted(-2, -2, 2, 2);
                if (!stop->isVisible() || stop->visibleRegion().isEmpty() || !window.rect().contains(place.center()))
                    found << QStringLiteral("is not in sight: ") + nameOf(*stop);
                if (stop->accessibleName().isEmpty() && stop->property("text").toString().isEmpty())
                    found << QStringLiteral("has no name: ") + nameOf(*stop);
                const QImage with = window.grab(place).toImage();
                stop->clearFocus();
                QCoreApplication::processEvents();
                const QImage without = window.grab(place).toImage();
                stop->setFocus(Qt::TabFocusReason);
                QCoreApplication::processEvents();
                const int other = differing(with, without);
                if (other < 12) found << QStringLiteral("looks the same with the focus (%1 px): ").arg(other) + nameOf(*stop);
            }
            QTest::keyClick(stop, Qt::Key_Tab);
            QCoreApplication::processEvents();
        }
        if (stops.size() < least) found << QStringLiteral("only %1 stops").arg(stops.size());
        return found;
    }

private slots:
    void initTestCase()
    {
        WindowFixture::prepare();
        QApplication::setCursorFlashTime(0);
    }
    void init()
    {
        at_ = std::make_unique<WindowFixture>();
        QVERIFY(at_->openShop());
    }
    void cleanup() { at_.reset(); }

    void everyStopOfTheTabKeyIsSeen_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("tab");
        QTest::newRow("nothing selected") << -1 << 0;
        QTest::newRow("before the first event") << 0 << 0;
        QTest::newRow("at version 9") << 9 << 0;
        QTest::newRow("at version 9, the event") << 9 << 1;
        QTest::newRow("at version 9, the differences") << 9 << 2;
        QTest::newRow("at version 9, the bytes") << 9 << 3;
    }
    void everyStopOfTheTabKeyIsSeen()
    {
        QFETCH(int, version);
        QFETCH(int, tab);
        if (version >= 0) {
            QVERIFY(at_->select(QStringLiteral("user/user-1")));
            at_->session->playhead()->setVersion(Version{static_cast<std::uint64_t>(version)});
            at_->window->state().showTab(static_cast<StateInspector::Tab>(tab));
        }
        QVERIFY(settle(*at_->window));
        at_->window->timeline().canvas().clearFocus();
        at_->window->timeline().canvas().setFocus(Qt::TabFocusReason);
        const QStringList wrong = trouble(version < 0 ? 10 : 16);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_MAIN(TestFocus)
#include "test_focus.moc"
