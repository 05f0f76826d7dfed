// The connect dialog as the window opens it: what it goes on with, and what it knows of the workspace that is open.
#include "core/source/kafka.h"
#include "tests/ui/session/workspace_files.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/connection_form.h"
#include "ui/connect/mapping_editor.h"
#include "ui/connect/target_form.h"
#include "ui/connect/topics_table.h"
#include "ui/shell/main_window.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 20'000;

}  // namespace

class TestConnectInWindow : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    QString path(const char* name) { return folder_->filePath(QString::fromLatin1(name)); }

    ConnectDialog* opened()
    {
        window_->actions().connectKafka.trigger();
        for (ConnectDialog* dialog : window_->findChildren<ConnectDialog*>())
            if (dialog->isVisible()) return dialog;
        return nullptr;
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
    }
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, path("settings"));
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->resize(1280, 720);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup()
    {
        window_.reset();
        session_.reset();
    }

    void whatWasFilledInIsThereAgainAndTheMappingIsTheWorkspacesOwn()
    {
        writeEvents(path("events.jsonl"), 3, 9);
        bool started = false;
        window_->whenOpen([&] {
            session_->importFile(path("events.jsonl"), {}, {eventsMapping("events")});
            started = true;
        });
        window_->openWorkspace(path("shop.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return started && !session_->reading().reading; }, kWaitMs));

        ConnectDialog* dialog = opened();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->target().workspace(), session_->path());
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
        QVERIFY(QTest::qWaitFor([&] { return window_->findChild<ConnectDialog*>() == nullptr; }, kWaitMs));

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
