// The window's main states, drawn and compared with the pictures beside this file. Rewritten by HINDCAST_UPDATE_GOLDEN=1.
#include "tests/ui/golden/golden.h"
#include "tests/ui/golden/noisy_topic.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/profiles.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/look/search_field.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/first_minute.h"
#include "ui/shell/main_window.h"
#include "ui/shell/render.h"
#include "ui/shell/status_line.h"

#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

namespace {

constexpr int kWaitMs = 60'000;

}  // namespace

class TestGolden : public QObject {
    Q_OBJECT
    QTemporaryDir folder_;
    std::unique_ptr<Theme> theme_;
    std::unique_ptr<Session> session_;
    std::unique_ptr<MainWindow> window_;

    void open(const QString& entity = {}, Version version = {})
    {
        if (!session_->isDemo()) {
            session_->openDemo();
            QVERIFY(QTest::qWaitFor([&] { return session_->isOpen() && session_->history(); }, kWaitMs));
        }
        if (!entity.isEmpty()) select(entity, version);
    }
    void select(const QString& entity, Version version = {})
    {
        session_->selectByText(entity);
        const auto there = [&] {
            const auto history = session_->history();
            return history && history->entity == session_->selected() &&
                   (QString::fromStdString(history->key.text()) == entity || QString::fromStdString(history->key.id) == entity);
        };
        QVERIFY(QTest::qWaitFor(there, kWaitMs));
        if (version.value > 0)
            session_->playhead()->setVersion(version);
        else
            session_->playhead()->toLast();
        session_->timeWindow()->fit();
    }
    /// What a run measured and what a file system made of the size is no part of the picture.
    void standStill(QWidget& widget)
    {
        for (QLabel* label : widget.findChildren<QLabel*>()) {
            if (label->text().isEmpty()) continue;
            if (label->accessibleName().startsWith(QLatin1String("Cost of the state")))
                label->setText(QStringLiteral("state rebuilt in 41 µs"));
            if (label->accessibleName().startsWith(QLatin1String("Size of the workspace")))
                label->setText(label->text().section(QStringLiteral(" · "), 0, 1) + QStringLiteral(" · 21 MB"));
        }
        QCoreApplication::sendPostedEvents();  // the line is laid out anew
    }
    /// Until nothing changes any more: strips ask again a little after they have been laid out.
    void comeToRest(QWidget& shown)
    {
        QImage before;
        int same = 0;
        for (int round = 0; round < 40 && same < 4; ++round) {
            QVERIFY(settle(*window_));
            // Where the list stood when its rows came is a matter of who was first.
            EntityList& list = window_->entities().list();
            if (list.currentRow() != RowView::kNone) list.setTopRow(std::max<RowView::Row>(0, list.currentRow() - 4));
            standStill(shown);
            const QImage now = shown.grab().toImage();
            same = now == before ? same + 1 : 0;
            before = now;
        }
    }
    void compare(const char* name, QWidget* widget = nullptr)
    {
        const Golden golden(QStringLiteral(HINDCAST_GOLDEN), madeWith(theme_->text(), theme_->mono()));
        QStringList trouble;
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            theme_->setScheme(scheme);
            QWidget& shown = widget ? *widget : *window_;
            comeToRest(shown);
            const QString file =
                QString::fromLatin1(name) + (scheme == Theme::Scheme::Dark ? QStringLiteral("-dark") : QStringLiteral("-light"));
            if (const QString wrong = golden.check(shown.grab().toImage(), file); !wrong.isEmpty()) trouble << wrong;
        }
        QVERIFY2(trouble.isEmpty(), qPrintable(trouble.join(QLatin1Char('\n'))));
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("HindcastTest"));
        QSettings::setDefaultFormat(QSettings::IniFormat);
        qputenv("XDG_DATA_HOME", folder_.filePath(QStringLiteral("data")).toUtf8());
        QApplication::setCursorFlashTime(0);
        QApplication::setEffectEnabled(Qt::UI_General, false);
        theme_ = std::make_unique<Theme>(Theme::Scheme::Light);
        theme_->apply();
        const Golden golden(QStringLiteral(HINDCAST_GOLDEN), madeWith(theme_->text(), theme_->mono()));
        if (const QString why = golden.unfit(); !why.isEmpty()) QSKIP(qPrintable(why));
        QVERIFY(qFuzzyCompare(qApp->devicePixelRatio(), 1.0));
    }
    void init()
    {
        static int run = 0;
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.filePath(QStringLiteral("settings%1").arg(++run)));
        QSettings().setValue(QStringLiteral("firstMinute/dismissed"), true);
        QSettings().setValue(QStringLiteral("firstMinute/hintDismissed"), true);
        theme_->setScheme(Theme::Scheme::Light);
        session_ = std::make_unique<Session>();
        window_ = std::make_unique<MainWindow>(*session_, *theme_);
        window_->setAttribute(Qt::WA_DontShowOnScreen);
        window_->resize(1400, 850);
        window_->show();
    }
    void cleanup()
    {
        if (window_ && window_->isPresentation()) window_->setPresentation(false, false);
        window_.reset();
        session_.reset();
    }

    void theWelcomePage() { compare("welcome"); }

    void theDemosUserAtItsNinthEvent()
    {
        open(QStringLiteral("user/user-123"), Version{9});
        compare("user-123");
    }

    void aWorkspaceWithNothingSelected()
    {
        const QString path = folder_.filePath(QStringLiteral("few.hindcast"));
        QFile file(folder_.filePath(QStringLiteral("few.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 0; i < 40; ++i)
            file.write(QStringLiteral("{\"id\":\"case-%1\",\"type\":\"Noted\",\"time\":%2,\"step\":%1}\n")
                           .arg(i % 12)
                           .arg(1'762'200'000'000 + i * 61'000LL)
                           .toUtf8());
        file.close();
        import(path, file.fileName(), "few");
        compare("nothing-selected");
    }

    void aLifeThatDoesNotReachBackToItsBirth()
    {
        open(QStringLiteral("user/user-933"));
        compare("partial-life");
    }

    void aDeadEntity()
    {
        open(QStringLiteral("public.users/12"));
        compare("dead-entity");
    }

    void anImportThatFailed()
    {
        open(QStringLiteral("user/user-123"), Version{9});
        window_->openOrImport(QStringLiteral("/nowhere/orders.jsonl"));
        QVERIFY(QTest::qWaitFor([&] { return !window_->errorBar().isHidden(); }, kWaitMs));
        compare("import-failed");
    }

    void theConnectDialogBeforeAnythingWasDone()
    {
        Profiles profiles;
        ConnectDialog dialog(*theme_, profiles);
        dialog.setBrokers(QStringLiteral("localhost:9092"));
        dialog.setWorkspace(QStringLiteral("/home/ada/kafka.hindcast"));
        dialog.setAttribute(Qt::WA_DontShowOnScreen);
        dialog.resize(1120, 800);
        dialog.show();
        compare("connect", &dialog);
    }

    void threeHundredEventTypesAndKeysThatAreUuids()
    {
        writeNoisyTopic(folder_.filePath(QStringLiteral("noisy.jsonl")));
        import(folder_.filePath(QStringLiteral("noisy.hindcast")), folder_.filePath(QStringLiteral("noisy.jsonl")), "noisy");
        const auto& counts = session_->counts();
        QCOMPARE(counts.entities, std::uint64_t{60});
        session_->select(EntityId{0});
        QVERIFY(QTest::qWaitFor([&] { return session_->history() != nullptr; }, kWaitMs));
        session_->playhead()->setVersion(Version{200});
        session_->timeWindow()->fit();
        compare("300-types");
    }

    void asSmallAs1280By720()
    {
        window_->resize(1280, 720);
        open(QStringLiteral("user/user-123"), Version{9});
        compare("1280x720");
    }

    void aPresentation()
    {
        window_->resize(1280, 720);
        open(QStringLiteral("user/user-123"), Version{9});
        window_->setPresentation(true, false);
        compare("presentation");
    }

    void theFirstMinuteOfTheDemo()
    {
        open(QStringLiteral("user/user-123"), Version{9});
        window_->firstMinute().bringBack();
        compare("first-minute");
    }

private:
    void import(const QString& path, const QString& file, const char* topic)
    {
        decode::Mapping mapping = noisyMapping();
        mapping.topic = topic;
        bool started = false;
        window_->whenOpen([&] {
            session_->importFile(file, {}, {mapping});
            started = true;
        });
        window_->openWorkspace(path, true);
        QVERIFY(QTest::qWaitFor([&] { return started && !session_->reading().reading; }, kWaitMs));
        QVERIFY(settle(*window_));
    }
};

QTEST_MAIN(TestGolden)
#include "test_golden.moc"
