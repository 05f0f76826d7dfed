#include "tests/ui/shell/window_fixture.h"
#include "ui/events/copy_progress.h"
#include "ui/events/event_table.h"
#include "ui/events/events_view.h"
#include "ui/state/event_details.h"
#include "ui/state/state_inspector.h"
#include "ui/timeline/timeline_view.h"

#include <QClipboard>
#include <QProcess>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestCopying : public InWindow {
    Q_OBJECT

    EventTable& table() { return at_->window->events().table(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        QVERIFY(beginInShop());
        QApplication::clipboard()->clear();
    }
    void cleanup() { at_.reset(); }

    void theStateIsCopiedAsTheCommandLinePrintsIt()
    {
        at_->session->playhead()->setVersion(Version{7});
        QVERIFY(settle(*at_->window));
        at_->window->timeline().canvas().setFocus();
        at_->window->actions().copyJson.trigger();
        QTRY_VERIFY(!QApplication::clipboard()->text().isEmpty());
        QProcess cli;
        cli.start(QStringLiteral(HINDCAST_CLI),
                  {QStringLiteral("state"), at_->path("shop.hindcast"), QStringLiteral("user/user-1"),
                   QStringLiteral("--version"), QStringLiteral("7"), QStringLiteral("--json")});
        QVERIFY(cli.waitForFinished(kWaitMs));
        QCOMPARE(QApplication::clipboard()->text(), QString::fromUtf8(cli.readAllStandardOutput()).trimmed());
    }

    void copyingAnotherRowChangesNothingThatIsShown()
    {
        at_->window->state().showTab(StateInspector::Event);
        at_->session->playhead()->setVersion(Version{7});
        QVERIFY(settle(*at_->window));
        const QString shown = at_->window->state().eventDetails().toPlainText();
        QVERIFY(at_->session->event() && at_->session->event()->version == Version{7});
        QSignalSpy changed(at_->session.get(), &Session::eventChanged);
        emit table().copyWanted(2);  // Ctrl+C on the third row
        QTRY_VERIFY(!QApplication::clipboard()->text().isEmpty());
        const auto copied = parseJson(QApplication::clipboard()->text().toStdString());
        QVERIFY(copied.has_value());
        QCOMPARE(copied->at("version").get<int>(), 3);
        QVERIFY(!QApplication::clipboard()->text().endsWith(u'\n'));
        QVERIFY(settle(*at_->window));
        QCOMPARE(changed.count(), 0);
        QCOMPARE(at_->window->state().eventDetails().toPlainText(), shown);
        QCOMPARE(at_->window->events().copyProgress().text(), QStringLiteral("1 event copied"));
    }

    void whoGoesElsewhereKeepsTheClipboard()
    {
        const EventId other = at_->session->history()->events[4].id;
        emit table().copyWanted(2);
        at_->session->selectByText(QStringLiteral("user/user-2"));
        QVERIFY(at_->select(QStringLiteral("user/user-2")));
        QApplication::clipboard()->setText(QStringLiteral("mine"));
        // The event that was wanted comes to be shown, by another way.
        at_->session->requestEvent(other);
        QVERIFY(at_->select(QStringLiteral("user/user-1")));
        at_->session->playhead()->setVersion(Version{3});
        QVERIFY(settle(*at_->window));
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
    }
};

QTEST_MAIN(TestCopying)
#include "test_copying.moc"
