#include "tests/ui/shell/window_fixture.h"
#include "ui/shell/error_bar.h"
#include "ui/shell/recent.h"
#include "ui/shell/welcome_page.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QTimer>

using namespace hindcast;
using namespace hindcast::ui;
using namespace hindcast::ui::test;

class TestFiles : public InWindow {
    Q_OBJECT

    /// As a file manager does it. False where the window does not take it.
    bool drop(const QList<QUrl>& urls)
    {
        QMimeData data;
        data.setUrls(urls);
        QDragEnterEvent enter(QPoint(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(at_->window.get(), &enter);
        if (!enter.isAccepted()) return false;
        QDropEvent event(QPointF(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(at_->window.get(), &event);
        QCoreApplication::processEvents();
        return event.isAccepted();
    }
    QUrl file(const char* name) { return QUrl::fromLocalFile(at_->path(name)); }
    /// Chooses that file where Open asks for one; what kinds it offers. Empty where no dialog came.
    QStringList chooseToOpen(const char* name)
    {
        QStringList kinds;
        QTimer::singleShot(0, at_->window.get(), [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            kinds = dialog->nameFilters();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(at_->path(name));
            static_cast<QDialog*>(dialog)->accept();
            if (dialog->isVisible()) dialog->reject();  // it did not take it
        });
        at_->window->actions().openWorkspace.trigger();
        return kinds;
    }
    QString said() { return at_->window->errorBar().text(); }

private slots:
    void initTestCase() { WindowFixture::prepare(); }
    void init() { at_ = std::make_unique<WindowFixture>(); }
    void cleanup() { at_.reset(); }

    void aDroppedFileIsImportedIntoTheOpenWorkspace()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        writeEvents(at_->path("more.jsonl"), 2, 3, 3);
        QVERIFY(drop({file("more.jsonl")}));
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->counts().records, std::uint64_t{12}, kWaitMs);
    }

    void severalDroppedFilesAreImportedOneAfterAnother()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        for (int i = 1; i <= 3; ++i) writeEvents(at_->path(qPrintable(QStringLiteral("more%1.jsonl").arg(i))), 2, 3, 3 * i);
        QVERIFY(drop({file("more1.jsonl"), file("more2.jsonl"), file("more3.jsonl")}));
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->counts().records, std::uint64_t{24}, kWaitMs);
        QVERIFY(said().isEmpty());
    }

    void oneThatCannotBeReadIsSaidAndEndsIt()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        QVERIFY(drop({file("nothing.jsonl"), file("events.jsonl")}));
        QTRY_VERIFY(said().contains(QStringLiteral("nothing.jsonl")));
        QCOMPARE(at_->session->counts().records, std::uint64_t{6});
    }

    void aBinaryFileIsRefusedInTheWindowsOwnWords()
    {
        {
            QFile binary(at_->path("picture.bin"));
            QVERIFY(binary.open(QIODevice::WriteOnly));
            binary.write(QByteArray("\x01\x00\x02\x00 bytes\n", 11));
        }
        QVERIFY(drop({file("picture.bin")}));
        QTRY_VERIFY2(said().contains(QStringLiteral("binary data")), qPrintable(said()));
        QVERIFY2(!said().contains(QStringLiteral("--format")) && said().contains(QStringLiteral("one a line")),
                 qPrintable(said()));
    }

    void openTakesWorkspacesAndFilesOfEvents()
    {
        // A workspace is one under any name.
        at_->window->openWorkspace(at_->path("kept.db"), true);
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("kept.db"), kWaitMs);
        QVERIFY(at_->openWithEvents(2, 3));
        writeEvents(at_->path("more.jsonl"), 2, 3, 3);
        const QStringList kinds = chooseToOpen("more.jsonl");
        QCOMPARE(kinds.size(), 4);
        for (const char* ending : {"*.hindcast", "*.jsonl", "*.records", "*.gz"})
            QVERIFY2(kinds.first().contains(QLatin1String(ending)), qPrintable(kinds.first()));
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->counts().records, std::uint64_t{12}, kWaitMs);
        QVERIFY(QTest::qWaitFor([&] { return !at_->session->reading().reading; }, kWaitMs) && settle(*at_->window));
        QCOMPARE(at_->session->path(), at_->path("shop.hindcast"));
        QVERIFY2(said().isEmpty(), qPrintable(said()));

        QVERIFY(!chooseToOpen("kept.db").isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("kept.db"), kWaitMs);
        QVERIFY(!chooseToOpen("shop.hindcast").isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("shop.hindcast"), kWaitMs);
        QCOMPARE(at_->session->counts().records, std::uint64_t{12});
        QVERIFY2(said().isEmpty(), qPrintable(said()));
    }

    void aDroppedWorkspaceIsOneUnderAnyName()
    {
        at_->window->openWorkspace(at_->path("kept.db"), true);
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("kept.db"), kWaitMs);
        QVERIFY(at_->openWithEvents(2, 3));
        QVERIFY(drop({file("kept.db")}));
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("kept.db"), kWaitMs);
        QVERIFY2(said().isEmpty(), qPrintable(said()));

        QVERIFY(drop({file("shop.hindcast")}));
        QTRY_COMPARE_WITH_TIMEOUT(at_->session->path(), at_->path("shop.hindcast"), kWaitMs);
        QVERIFY(drop({file("kept.db"), file("events.jsonl")}));
        QTRY_VERIFY2(said().contains(QStringLiteral("the workspace first")), qPrintable(said()));
        QCOMPARE(at_->session->path(), at_->path("shop.hindcast"));
        QCOMPARE(at_->session->counts().records, std::uint64_t{6});
    }

    void aFolderIsSaidToBeOne()
    {
        QVERIFY(drop({QUrl::fromLocalFile(at_->folder.path())}));
        QVERIFY2(said().contains(QStringLiteral("it is a folder")), qPrintable(said()));
        QVERIFY(!at_->session->isOpen());
    }

    void whatIsOnAnotherComputerIsSaidToBe()
    {
        QVERIFY(drop({QUrl(QStringLiteral("https://shop.example/events.jsonl"))}));
        QVERIFY2(said().contains(QStringLiteral("not a file on this computer")), qPrintable(said()));
        QVERIFY2(said().contains(QStringLiteral("https://shop.example/events.jsonl")), qPrintable(said()));
    }

    void twoWorkspacesAtOnceAreRefused()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        QVERIFY(drop({file("a.hindcast"), file("b.hindcast")}));
        QVERIFY2(said().contains(QStringLiteral("one window shows one workspace")), qPrintable(said()));
        QVERIFY(drop({file("a.hindcast"), file("events.jsonl")}));
        QVERIFY2(said().contains(QStringLiteral("the workspace first")), qPrintable(said()));
        QCOMPARE(at_->session->counts().records, std::uint64_t{6});
    }

    void whatWasToFollowAWorkspaceThatCannotBeOpenedFollowsNoOther()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        bool followed = false;
        at_->window->openAndThen(at_->path("nothing.hindcast"), [&] { followed = true; }, false);
        QTRY_VERIFY(said().contains(QStringLiteral("nothing.hindcast")));
        QVERIFY(at_->session->isOpen());
        QCOMPARE(at_->session->counts().records, std::uint64_t{6});
        at_->window->openWorkspace(at_->path("other.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->path() == at_->path("other.hindcast"); }, kWaitMs));
        QVERIFY(!followed);
    }

    void whatWasToFollowAWorkspaceThatWasGivenUpFollowsNoOther()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        bool followed = false;
        at_->window->openAndThen(at_->path("one.hindcast"), [&] { followed = true; });
        at_->window->openWorkspace(at_->path("other.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->path() == at_->path("other.hindcast"); }, kWaitMs));
        QVERIFY(!followed);
        at_->window->openWorkspace(at_->path("one.hindcast"), true);
        QVERIFY(QTest::qWaitFor([&] { return at_->session->path() == at_->path("one.hindcast"); }, kWaitMs));
        QVERIFY(!followed);
        at_->window->openAndThen(at_->path("other.hindcast"), [&] { followed = true; });
        QVERIFY(QTest::qWaitFor([&] { return followed; }, kWaitMs));
        QCOMPARE(at_->session->path(), at_->path("other.hindcast"));
    }

    void textIsNotTaken()
    {
        QMimeData data;
        data.setText(QStringLiteral("user-123"));
        QDragEnterEvent enter(QPoint(50, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(at_->window.get(), &enter);
        QVERIFY(!enter.isAccepted());
    }

    void workspacesOpenedBeforeAreOfferedUnlessTheyAreGone()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        at_->window->actions().closeWorkspace.trigger();
        QCOMPARE(rememberedWorkspaces().size(), 1);
        auto* welcome = at_->window->findChild<WelcomePage*>();
        QPushButton* again = nullptr;
        const auto offered = [&] {
            for (QPushButton* button : welcome->findChildren<QPushButton*>())
                if (button->text() == QLatin1String("shop.hindcast") && button->isVisible()) again = button;
            return again != nullptr;
        };
        QVERIFY(QTest::qWaitFor(offered, kWaitMs));
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(at_->session->isOpen(), kWaitMs);
        emit at_->window->actions().recent.aboutToShow();
        QCOMPARE(at_->window->actions().recent.actions().first()->text(), QStringLiteral("shop.hindcast"));
        at_->window->actions().closeWorkspace.trigger();
        rememberWorkspace(at_->path("gone.hindcast"));
        QCOMPARE(thoseThere(rememberedWorkspaces()).size(), 1);
    }

    void theLayoutIsThereAgainNextTime()
    {
        QVERIFY(at_->openWithEvents(2, 3));
        at_->window->resize(1180, 690);
        auto* columns = at_->window->findChild<QSplitter*>();
        columns->setSizes({280, 420, 480});
        const QList<int> sizes = columns->sizes();
        at_->window->close();
        at_->window = std::make_unique<MainWindow>(*at_->session, at_->theme);
        at_->window->show();
        QVERIFY(QTest::qWaitForWindowExposed(at_->window.get()));
        QCOMPARE(at_->window->size(), QSize(1180, 690));
        QCOMPARE(at_->window->findChild<QSplitter*>()->sizes(), sizes);
    }

    void aMaximisedWindowComesBackMaximisedAndKnowsItsOwnSize()
    {
        at_->window->resize(1000, 600);
        at_->window->showMaximized();
        QTRY_VERIFY(at_->window->isMaximized());
        at_->window->close();
        at_->window = std::make_unique<MainWindow>(*at_->session, at_->theme);
        at_->window->show();
        QVERIFY(QTest::qWaitForWindowExposed(at_->window.get()));
        QVERIFY(at_->window->isMaximized());
        QCOMPARE(at_->window->normalGeometry().size(), QSize(1000, 600));
    }

    void aScreenThatIsGoneLeavesTheWindowOnOneThatIsThere()
    {
        at_->window->setGeometry(9000, 7000, 1000, 600);
        at_->window->close();
        at_->window = std::make_unique<MainWindow>(*at_->session, at_->theme);
        at_->window->show();
        QVERIFY(QTest::qWaitForWindowExposed(at_->window.get()));
        const QRect screen = at_->window->screen()->availableGeometry();
        QVERIFY2(screen.intersects(at_->window->geometry()) && screen.contains(at_->window->geometry().center()),
                 qPrintable(QStringLiteral("%1, %2").arg(at_->window->x()).arg(at_->window->y())));
    }
};

QTEST_MAIN(TestFiles)
#include "test_files.moc"
