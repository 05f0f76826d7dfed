// The connect dialog as the window opens it: what it goes on with, and what it knows of the workspace that is open.
#include "core/source/kafka.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"

#include <QComboBox>
#include <QLineEdit>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestConnectInWindow : public InWindow {
    Q_OBJECT

    ConnectDialog* opened()
    {
        at_->window->actions().connectKafka.trigger();
        for (ConnectDialog* dialog : at_->window->findChildren<ConnectDialog*>())
            if (dialog->isVisible()) return dialog;
        return nullptr;
    }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init()
    {
        at_ = std::make_unique<WindowFixture>(QSize(1280, 720));
        qputenv("XDG_DATA_HOME", at_->path("data").toUtf8());
        QVERIFY(at_->isShown());
    }
    void cleanup() { at_.reset(); }

    void whatWasFilledInIsThereAgainAndTheMappingIsTheWorkspacesOwn()
    {
        QVERIFY(at_->openWithEvents(3, 9));
        ConnectDialog* dialog = opened();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->target().workspace(), at_->session->path());
        dialog->setBrokers(QStringLiteral("127.0.0.1:1"));  // where nobody answers
        source::ClusterInfo cluster;
        cluster.topics.resize(2);
        cluster.topics[0].name = "events";
        cluster.topics[1].name = "others";
        dialog->showTopics(cluster);
        dialog->topics().setChosen(QStringLiteral("events"), true);
        const auto holds = [&] { return dialog->mappingHint().contains(QStringLiteral("the workspace's own")); };
        QVERIFY(QTest::qWaitFor(holds, kWaitMs));
        QCOMPARE(dialog->mapping().field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        QTest::keyClick(dialog, Qt::Key_Escape);
        QVERIFY(QTest::qWaitFor([&] { return at_->window->findChild<ConnectDialog*>() == nullptr; }, kWaitMs));

        dialog = opened();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->connection().brokersField().text(), QStringLiteral("127.0.0.1:1"));
        QCOMPARE(dialog->topics().chosen(), QStringList{QStringLiteral("events")});
        QVERIFY(QTest::qWaitFor(holds, kWaitMs));
        QCOMPARE(dialog->mapping().field(MappingEditor::Type).currentText(), QStringLiteral("/event_type"));
        dialog->close();
    }
};

QTEST_MAIN(TestConnectInWindow)
#include "test_connect_in_window.moc"
