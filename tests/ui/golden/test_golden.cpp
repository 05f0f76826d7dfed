// The window's main states, drawn and compared with the pictures beside this file. Rewritten by HINDCAST_UPDATE_GOLDEN=1.
#include "tests/ui/golden/golden.h"
#include "tests/ui/golden/noisy_topic.h"
#include "tests/ui/shell/window_fixture.h"
#include "ui/connect/connect_dialog.h"
#include "ui/connect/profiles.h"
#include "ui/entities/entity_browser.h"
#include "ui/entities/entity_list.h"
#include "ui/look/search_field.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/first_minute.h"
#include "ui/shell/status_line.h"

#include <QFile>
#include <QLabel>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestGolden : public InDemoWindow {
    Q_OBJECT

    void open(const QString& entity = {}, Version version = {})
    {
        if (!at_->session->isDemo()) {
            at_->session->openDemo();
            QVERIFY(QTest::qWaitFor([&] { return at_->session->isOpen() && at_->session->history(); }, kDemoWaitMs));
        }
        if (!entity.isEmpty()) select(entity, version);
    }
    void select(const QString& entity, Version version = {})
    {
        at_->session->selectByText(entity);
        const auto there = [&] {
            const auto history = at_->session->history();
            return history && history->entity == at_->session->selected() &&
                   (QString::fromStdString(history->key.text()) == entity || QString::fromStdString(history->key.id) == entity);
        };
        QVERIFY(QTest::qWaitFor(there, kDemoWaitMs));
        if (version.value > 0)
            at_->session->playhead()->setVersion(version);
        else
            at_->session->playhead()->toLast();
        at_->session->timeWindow()->fit();
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
            QVERIFY(settle(*at_->window));
            // Where the list stood when its rows came is a matter of who was first.
            EntityList& list = at_->window->entities().list();
            if (list.currentRow() != RowView::kNone) list.setTopRow(std::max<RowView::Row>(0, list.currentRow() - 4));
            standStill(shown);
            const QImage now = shown.grab().toImage();
            same = now == before ? same + 1 : 0;
            before = now;
        }
    }
    void compare(const char* name, QWidget* widget = nullptr)
    {
        const Golden golden(QStringLiteral(HINDCAST_GOLDEN), madeWith(at_->theme.text(), at_->theme.mono()));
        QStringList trouble;
        for (const auto scheme : {Theme::Scheme::Light, Theme::Scheme::Dark}) {
            at_->theme.setScheme(scheme);
            QWidget& shown = widget ? *widget : *at_->window;
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
        WindowFixture::prepare();
        QApplication::setCursorFlashTime(0);
        QApplication::setEffectEnabled(Qt::UI_General, false);
        Theme theme(Theme::Scheme::Light);
        theme.apply();
        const Golden golden(QStringLiteral(HINDCAST_GOLDEN), madeWith(theme.text(), theme.mono()));
        if (const QString why = golden.unfit(); !why.isEmpty()) QSKIP(qPrintable(why));
        QVERIFY(qFuzzyCompare(qApp->devicePixelRatio(), 1.0));
    }
    void init()
    {
        at_ = std::make_unique<WindowFixture>(QSize(1400, 850), false);
        at_->window->firstMinute().dismiss();
    }
    void cleanup() { at_.reset(); }

    void theWelcomePage() { compare("welcome"); }

    void theDemosUserAtItsNinthEvent()
    {
        open(QStringLiteral("user/user-123"), Version{9});
        compare("user-123");
    }

    void aWorkspaceWithNothingSelected()
    {
        const QString path = at_->folder.filePath(QStringLiteral("few.hindcast"));
        QFile file(at_->folder.filePath(QStringLiteral("few.jsonl")));
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
        at_->window->openOrImport(QStringLiteral("/nowhere/orders.jsonl"));
        QVERIFY(QTest::qWaitFor([&] { return !at_->window->errorBar().isHidden(); }, kDemoWaitMs));
        compare("import-failed");
    }

    void theConnectDialogBeforeAnythingWasDone()
    {
        Profiles profiles;
        ConnectDialog dialog(at_->theme, profiles);
        dialog.setBrokers(QStringLiteral("localhost:9092"));
        dialog.setWorkspace(QStringLiteral("/home/ada/kafka.hindcast"));
        dialog.setAttribute(Qt::WA_DontShowOnScreen);
        dialog.resize(1120, 800);
        dialog.show();
        compare("connect", &dialog);
    }

    void threeHundredEventTypesAndKeysThatAreUuids()
    {
        writeNoisyTopic(at_->folder.filePath(QStringLiteral("noisy.jsonl")));
        import(at_->folder.filePath(QStringLiteral("noisy.hindcast")), at_->folder.filePath(QStringLiteral("noisy.jsonl")),
               "noisy");
        const auto& counts = at_->session->counts();
        QCOMPARE(counts.entities, std::uint64_t{60});
        at_->session->select(EntityId{0});
        QVERIFY(QTest::qWaitFor([&] { return at_->session->history() != nullptr; }, kDemoWaitMs));
        at_->session->playhead()->setVersion(Version{200});
        at_->session->timeWindow()->fit();
        compare("300-types");
    }

    void asSmallAs1280By720()
    {
        at_->window->resize(1280, 720);
        open(QStringLiteral("user/user-123"), Version{9});
        compare("1280x720");
    }

    void aPresentation()
    {
        at_->window->resize(1280, 720);
        open(QStringLiteral("user/user-123"), Version{9});
        at_->window->setPresentation(true, false);
        compare("presentation");
    }

    void theFirstMinuteOfTheDemo()
    {
        open(QStringLiteral("user/user-123"), Version{9});
        at_->window->firstMinute().bringBack();
        compare("first-minute");
    }

private:
    void import(const QString& path, const QString& file, const char* topic)
    {
        decode::Mapping mapping = noisyMapping();
        mapping.topic = topic;
        bool started = false;
        at_->window->openAndThen(path, [&] {
            at_->session->importFile(file, {}, {mapping});
            started = true;
        });
        QVERIFY(QTest::qWaitFor([&] { return started && !at_->session->reading().reading; }, kDemoWaitMs));
        QVERIFY(settle(*at_->window));
    }
};

QTEST_MAIN(TestGolden)
#include "test_golden.moc"
