// Two entities, two moments, and what happened between, in the window.
#include "tests/ui/fixtures.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/entities/entity_browser.h"
#include "ui/session/comparison.h"
#include "ui/shell/error_bar.h"
#include "ui/state/aligned_list.h"
#include "ui/state/between_list.h"
#include "ui/state/changes_list.h"
#include "ui/state/diff_page.h"
#include "ui/state/entity_field.h"
#include "ui/state/state_inspector.h"
#include "ui/state/watch_dialog.h"
#include "ui/timeline/timeline_view.h"

#include <QLineEdit>
#include <QPushButton>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;
using Mode = DiffPage::Mode;

class TestCompareInWindow : public QObject {
    Q_OBJECT

    DemoHome home_;
    std::unique_ptr<WindowFixture> at_;

    DiffPage& page() { return at_->window->state().diffPage(); }
    Comparison& comparison() { return *at_->session->comparison(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        at_ = std::make_unique<WindowFixture>();
        QVERIFY(at_->isShown());
        QVERIFY(at_->openShop());
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
    }
    void cleanup()
    {
        QSettings().clear();
        at_.reset();
    }

    void anEntityOfTheListIsComparedWithTheSelectedOne()
    {
        emit at_->window->entities().compareWanted(QStringLiteral("user/user-2"));
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->window->state().tab(), StateInspector::Diff);
        QVERIFY2(page().header().startsWith(QStringLiteral("user-1 ↔ user-2, at ")), qPrintable(page().header()));
        QVERIFY(page().list().rowCount() > 0);
        QCOMPARE(page().entityB().text(), QStringLiteral("user/user-2"));
        picture(*at_->window, QStringLiteral("compare-two"));
        // A lane's menu does the same.
        emit at_->window->timeline().compareWanted(QStringLiteral("user/user-3"));
        QVERIFY(settle(*at_->window));
        QVERIFY(page().header().contains(QStringLiteral("user-3")));
        comparison().reset();
        QVERIFY(settle(*at_->window));
        QVERIFY2(page().header().startsWith(QStringLiteral("user-1 v")), qPrintable(page().header()));
    }

    void theCommandLeadsToTheFieldWhereOneTypes()
    {
        at_->window->actions().compare.trigger();
        QVERIFY(page().entityB().hasFocus());
        QTest::keyClicks(&page().entityB(), QStringLiteral("user-3"));
        QTest::keyClick(&page().entityB(), Qt::Key_Return);
        QTRY_VERIFY(page().header().contains(QStringLiteral("user-3")));
        QVERIFY(settle(*at_->window));
        QCOMPARE(page().entityA().text(), QStringLiteral("user/user-1"));
        QVERIFY(comparison().view()->isOf(comparison().sides()));
    }

    void theEventsBetweenAreThereAndLeadToTheirPlaces()
    {
        at_->window->state().showTab(StateInspector::Diff);
        at_->session->playhead()->setVersion(Version{10});
        comparison().compareFrom(Version{3});
        page().setMode(Mode::Between);
        QVERIFY(settle(*at_->window));
        QCOMPARE(page().between().rowCount(), qint64(7));
        QCOMPARE(page().title(), QStringLiteral("7 events · 7 AddressChanged"));
        QTRY_VERIFY2(page().between().rowText(0).contains(QStringLiteral("3 Main St")), qPrintable(page().between().rowText(0)));
        page().between().choose(1);
        QTest::keyClick(&page().between(), Qt::Key_Return);
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->playhead()->version(), Version{5});
        QCOMPARE(page().between().rowCount(), qint64(7));
        // Nothing lies between A and B where B is let go of onto A.
        comparison().reset();
        QVERIFY(settle(*at_->window));
        QCOMPARE(page().between().rowCount(), qint64(1));
    }

    void everyViewOfItLooksRightOnASmallDeskInBothSchemes()
    {
        at_->window->resize(1280, 800);
        QVERIFY(at_->openDemo());
        at_->window->state().showTab(StateInspector::Diff);
        at_->session->playhead()->toLast();
        comparison().compareFrom(Version{3});
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            at_->theme.setScheme(scheme);
            const QString suffix = scheme == Theme::Scheme::Light ? QStringLiteral("-light") : QStringLiteral("-dark");
            for (const auto& [mode, name] : {std::pair{Mode::List, "list"}, std::pair{Mode::Unified, "unified"},
                                             std::pair{Mode::SideBySide, "side"}, std::pair{Mode::Between, "between"}}) {
                page().setMode(mode);
                QVERIFY(settle(*at_->window));
                picture(*at_->window, QStringLiteral("compare-demo-") + QLatin1String(name) + suffix);
            }
        }
        QVERIFY(page().between().rowCount() > 0);
    }

    void aFieldIsWatchedByThePointerThatIsTyped()
    {
        at_->window->actions().watchField.trigger();
        auto* dialog = at_->window->findChild<WatchDialog*>();
        QVERIFY(dialog);
        dialog->field().setText(QStringLiteral("/address"));
        dialog->watchButton().click();
        QVERIFY(settle(*at_->window));
        QCOMPARE(at_->session->watches()->of(QStringLiteral("user")), QStringList{QStringLiteral("/address")});
        at_->session->close();
        QVERIFY(!at_->window->actions().watchField.isEnabled());
        QVERIFY(!at_->window->actions().compare.isEnabled());
    }
};

QTEST_MAIN(TestCompareInWindow)
#include "test_compare_in_window.moc"
